/** Random lives of a case, watched at every step by rules that are not the workflow's own. */
import { ACTION_NAMES, spec, type ActionName } from '../actions.ts';
import { replay } from '../apply.ts';
import { availableActions, type Decision } from '../decide.ts';
import { PAUSE_CAP_MINUTES } from '../clocks.ts';
import { duties, isOutrun, timerAct, timersOf } from '../duties.ts';
import type { Case, CaseEvent } from '../model.ts';
import { learn, nothingBelieved, partsOf } from './belief.ts';
import {
  act,
  EVERYONE,
  inputFor,
  MONDAY,
  PEOPLE,
  refusalOf,
  same,
  saysFor,
  worldAt,
  type Who,
} from './people.ts';
import { allowed, PLATFORMS_ALONE } from './rules.ts';
import {
  TO_TIMER,
  WAITS,
  ENDED,
  AFTERWARDS,
  FORBIDDEN,
  BY_INPUT,
  WEIGHT,
  STARTS,
  STORMY,
  givenBy,
} from './lives.ts';

export interface Choice {
  wait: number;
  pick: number;
  vary: number;
  /** False leaves timers unfired for a step, as when the server is down. */
  watched: boolean;
}

export interface Walk {
  findings: string[];
  states: Set<string>;
  /** `action from>to` of everything that was done. */
  done: Set<string>;
  outcomes: Set<string>;
}

/** Clocks whose end is the platform's to watch. */
const THEIRS: ReadonlySet<string> = new Set(['dispatch', 'sign', 'reply', 'extension']);

/** Lives one case through the choices; every broken rule is a finding. What is `wanted` (`action from>to`) is sought out. */
export function walk(
  choices: readonly Choice[],
  probeAll = true,
  wanted: ReadonlySet<string> = new Set(),
): Walk {
  const out: Walk = { findings: [], states: new Set(), done: new Set(), outcomes: new Set() };
  const say = (finding: string): void => void out.findings.push(finding);
  const belief = nothingBelieved();
  const told = new Set<string>();
  const events: CaseEvent[] = [];
  let given = givenBy(choices[0]?.vary ?? 0);
  let now = STARTS[(choices[0]?.pick ?? 0) % STARTS.length] ?? MONDAY;
  let c: Case | null = null;

  const take = (decision: Decision, input: object): void => {
    for (const event of decision.events) {
      out.done.add(`${event.action} ${belief.state}>${event.to}`);
      learn(
        belief,
        event,
        input,
        decision.next.assignments.find((a) => a.id === event.data.assignmentId),
      );
      if (event.action === 'accept') {
        belief.handedOver = given.partner !== undefined;
      } else if (event.to === 'submitted') {
        belief.handedOver = false;
      }
      once(event);
      events.push(event);
    }
    watch(c, decision.next);
    c = decision.next;
    out.states.add(c.state);
    if (c.outcome) {
      out.outcomes.add(c.outcome);
    }
  };

  /** Nobody is told the same of one clock twice, and a pause gives back what it took. */
  function once(event: CaseEvent): void {
    const { calendar } = worldAt(event.at, [], given);
    if (event.action === 'overdue' || event.action === 'remind') {
      const key = [event.action, event.data.clockId, event.data.step].join(' ');
      if (told.has(key)) {
        say(`${key} was told twice`);
      }
      told.add(key);
      if (belief.handedOver && THEIRS.has(String(event.data.kind))) {
        say(`${key} was told though the platform watches over it`);
      }
    }
    for (const change of event.clocks) {
      const clock = c?.clocks.find((k) => k.id === ('id' in change ? change.id : ''));
      if (change.do !== 'resume' || !clock) {
        continue;
      }
      const back = calendar.workingMinutesBetween(clock.dueAt, change.dueAt);
      if (clock.pausedAt === null || Math.abs(back - change.pausedMinutes) > 0.01) {
        say(`${clock.id} was paused ${change.pausedMinutes} minutes and got ${back} back`);
      }
    }
  }

  function watch(before: Case | null, after: Case): void {
    if (after.version !== events.length) {
      say(`version ${after.version} after ${events.length} events`);
    }
    const [last, previous] = [events.at(-1), events.at(-2)];
    if (last && previous && last.at < previous.at) {
      say(`${last.action} is dated before ${previous.action}`);
    }
    for (const clock of before?.clocks ?? []) {
      const later = after.clocks.find((k) => k.id === clock.id);
      if (
        !later ||
        later.dueAt < clock.dueAt ||
        later.firstDueAt !== clock.firstDueAt ||
        later.version < clock.version
      ) {
        say(`clock ${clock.id} ran backwards`);
      }
    }
    const running = after.clocks.filter((k) => k.stoppedAt === null);
    if (new Set(running.map((k) => k.kind)).size !== running.length) {
      say(`two clocks of one kind run in ${after.state}`);
    }
    if (after.pausedMinutesInRound > PAUSE_CAP_MINUTES + 0.01) {
      say(`pauses of ${after.pausedMinutesInRound} minutes in one round`);
    }
    const holding = duties(after).filter((d) => d.holds);
    if (ENDED.has(after.state)) {
      const left = running.filter((k) => after.state !== 'closed' || !AFTERWARDS.has(k.kind));
      if (left.length > 0 || holding.length > 0) {
        say(`${after.state} still waits for somebody`);
      }
      return;
    }
    if (holding.length === 0) {
      say(`nobody must move in ${after.state}`);
    }
    if (!running.some((k) => k.pausedAt === null)) {
      say(`no clock runs in ${after.state}`);
    }
    if (holding.some((d) => !running.some((k) => k.id === d.clockId))) {
      say(`a duty in ${after.state} has no running clock`);
    }
    const co = after.assignments.filter(
      (a) => a.part === 'co' && a.round === after.round && (a.state === 'unsigned' || a.state === 'handling'),
    );
    const believed = [...belief.co].filter(([, state]) => state === 'open').map(([id]) => id);
    if (!same(co.map((a) => a.unitId).toSorted(), believed.toSorted())) {
      say(`${last?.action}: open co-handlers are ${co.map((a) => a.unitId).join()}, not ${believed.join()}`);
    }
    const held = after.assignments
      .filter((a) => a.round === after.round && (a.state === 'unsigned' || a.state === 'handling'))
      .map((a) => a.unitId);
    if (new Set(held).size !== held.length) {
      say(`a unit holds the case twice: ${held.join()}`);
    }
  }

  interface Tried {
    who: Who;
    action: ActionName;
    input: object;
    decision: Decision;
  }

  /** One act as one person, held against the rules; answers what came of it when it worked. */
  function attempt(who: Who, action: ActionName, vary: number, offered: ReadonlySet<string>): Tried | null {
    const parts = partsOf(who, belief);
    const input = inputFor(action, c, vary);
    const to = allowed(action, parts, belief.state, belief.handedOver);
    let decision: Decision | undefined;
    const code = refusalOf(() => {
      decision = act(c, who, action, input, now, { ...given, says: saysFor(action, c, vary) });
    });
    const what = `${who} ${action} in ${belief.state}`;
    if (decision && to.length === 0) {
      say(`${what} must be refused`);
    } else if (decision && !to.includes(decision.events[0]?.to ?? '')) {
      say(`${what} led to ${decision.events[0]?.to}`);
    } else if (code === 'atPlatform' && !(belief.handedOver && PLATFORMS_ALONE.includes(action))) {
      say(`${what} was sent to the platform`);
    } else if (code && to.length > 0 && FORBIDDEN.has(code)) {
      say(`${what} was refused: ${code}`);
    }
    const button = c !== null && spec(action).rank !== null && PEOPLE[who].kind === 'person';
    const byInput = code !== null && BY_INPUT.has(code);
    if (button && offered.has(action) !== (code === null) && !byInput) {
      say(`${what}: ${offered.has(action) ? 'offered' : 'not offered'}, yet ${code ?? 'done'}`);
    }
    return decision ? { who, action, input, decision } : null;
  }

  const offeredTo = (who: Who): Set<string> =>
    new Set(c ? availableActions(c, PEOPLE[who], worldAt(now, [], given)) : []);

  /** Tries everything as everybody; answers what worked. */
  function probe(vary: number): Tried[] {
    return EVERYONE.flatMap((who) => {
      const offered = offeredTo(who);
      const strange = partsOf(who, belief).size === 0;
      return ACTION_NAMES.flatMap((action, i) => {
        // Whoever has no part in it is tried with a few acts a step: over a life, with all of them.
        const tried = strange && (i + vary) % 6 !== 0 ? null : attempt(who, action, vary, offered);
        return tried ?? [];
      });
    });
  }

  /** Draws what somebody may do, until something works. */
  function draw({ pick, vary }: Choice): Tried | undefined {
    const lots = EVERYONE.flatMap((who) => {
      const parts = partsOf(who, belief);
      if (parts.size === 0) {
        return [];
      }
      const offered = offeredTo(who);
      return ACTION_NAMES.filter((action) =>
        who === 'timer' || who === 'platform'
          ? allowed(action, parts, belief.state, belief.handedOver).length > 0
          : offered.has(action),
      ).flatMap((action) => {
        const times = who === 'timer' && vary % 3 !== 0 && !isSought(action) ? 0 : weightOf(action);
        return Array.from({ length: times }, () => ({ who, action, offered }));
      });
    });
    for (let i = 0; i < 12 && lots.length > 0; i += 1) {
      const lot = lots[(pick + i * 7_919) % lots.length];
      const tried = lot && attempt(lot.who, lot.action, vary + i, lot.offered);
      if (tried) {
        return tried;
      }
    }
    return undefined;
  }

  const isSought = (action: ActionName): boolean =>
    [...wanted].some((done) => done.startsWith(`${action} ${belief.state}>`));
  const weightOf = (action: ActionName): number => (WEIGHT[action] ?? 2) * (isSought(action) ? 30 : 1);

  function next(choice: Choice): Tried | undefined {
    if (!probeAll) {
      return draw(choice);
    }
    const lots = probe(choice.vary)
      .filter((w) => w.who !== 'timer' || choice.vary % 3 === 0)
      .flatMap((w) => Array.from({ length: weightOf(w.action) }, () => w));
    return lots[choice.pick % Math.max(1, lots.length)];
  }

  /** Most report themselves; for some the committee does it. */
  function filing(vary: number): { who: Who; input: object; decision: Decision } {
    const onBehalf = vary % 7 === 3;
    const input = { ...inputFor('submit', null, vary), ...(onBehalf ? { onBehalfOf: 'ann' } : {}) };
    const who = onBehalf ? 'rex' : 'ann';
    return { who, input, decision: act(null, who, 'submit', input, now, given) };
  }

  function nextTimer(): number {
    const { calendar } = worldAt(now, [], given);
    const moments = c ? timersOf(c, calendar).map((t) => t.at) : [];
    return moments.length > 0 ? Math.min(...moments) : now;
  }

  function fireTimers(): void {
    for (let i = 0; i < 40; i += 1) {
      if (!c) {
        return;
      }
      const world = worldAt(now, [], given);
      const timer = timersOf(c, world.calendar)
        .filter((t) => t.at <= now && !(c && isOutrun(c, t, world.calendar, now)))
        .toSorted((a, b) => a.at - b.at)[0];
      const clock = c.clocks.find((k) => k.id === timer?.clockId);
      if (!timer || !clock) {
        return;
      }
      fire(timer, clock);
    }
    say(`timers never come to rest in ${belief.state}`);
  }

  function fire(timer: ReturnType<typeof timersOf>[number], clock: Case['clocks'][number]): void {
    if (!c) {
      return;
    }
    const { action, input } = timerAct(c, clock, timer.step);
    const code = refusalOf(() =>
      take(act(c, 'timer', action, input, Math.max(timer.at, events.at(-1)?.at ?? 0), given), {}),
    );
    if (code) {
      say(`the timer ${timer.clockId} ${timer.step} was refused in ${belief.state}: ${code}`);
    }
  }

  for (const choice of choices) {
    now =
      choice.wait === TO_TIMER ? Math.max(now, nextTimer()) : now + (WAITS[choice.wait % WAITS.length] ?? 0);
    if (choice.watched) {
      fireTimers();
    }
    if (choice.pick % 40 === 7) {
      given = { ...given, calendar: STORMY };
    }
    const kept = JSON.stringify(c);
    const chosen = c ? next(choice) : { action: 'submit' as const, ...filing(choice.vary) };
    if (c && JSON.stringify(c) !== kept) {
      say('deciding changed the case it decided on');
    }
    if (!chosen || out.findings.length > 3) {
      break;
    }
    take(chosen.decision, chosen.input);
  }
  const again = replay(events);
  if (!same(again, c)) {
    say('replaying the history gives another case');
  }
  return out;
}
