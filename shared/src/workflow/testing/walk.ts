/** Random lives of a case, watched at every step by rules that are not the workflow's own. */
import { ACTION_NAMES, spec, type ActionName } from '../actions.ts';
import { replay } from '../apply.ts';
import { availableActions, type Decision } from '../decide.ts';
import { PAUSE_CAP_MINUTES } from '../clocks.ts';
import { duties, isOutrun, timerAct, timersOf } from '../duties.ts';
import type { Case, CaseEvent } from '../model.ts';
import { learn, partsOf, type Belief } from './belief.ts';
import {
  act,
  DAY,
  EVERYONE,
  HOUR,
  inputFor,
  joinedByBea,
  MONDAY,
  PEOPLE,
  refusalOf,
  same,
  worldAt,
  type Who,
} from './people.ts';
import { allowed, OFF } from './rules.ts';

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

/** Instead of a stretch of time: on to the moment of the next timer. */
const TO_TIMER = 9;
const OUTSIDERS = new Set<Who>(['rob', 'dan', 'iris', 'lea', 'mia', 'nobody', 'hal', 'platform', 'pit']);
const WAITS = [0, 60_000, 20 * 60_000, 2 * HOUR, 5 * HOUR, DAY, 3 * DAY, 12 * DAY, 40 * DAY];
const ENDED = new Set(['closed', 'declined', 'withdrawn']);
const FORBIDDEN = new Set(['notYours', 'wrongState', 'recused', 'disabled', 'exists']);
/** Acts that end or undo much are drawn less often, so that walks get far. */
const WEIGHT: Partial<Record<ActionName, number>> = {
  withdraw: 1,
  decline: 1,
  recall: 4,
  return: 4,
  sendBack: 5,
  accept: 14,
  dispatch: 14,
  reply: 14,
  rate: 16,
  conclude: 8,
  ask: 5,
};

/** Lives one case through the choices; every broken rule is a finding. */
export function walk(choices: readonly Choice[], probeAll = true): Walk {
  const out: Walk = { findings: [], states: new Set(), done: new Set(), outcomes: new Set() };
  const say = (finding: string): void => void out.findings.push(finding);
  const belief: Belief = { state: 'new', joined: false, lead: null, co: new Map(), answered: [] };
  const events: CaseEvent[] = [];
  let now = MONDAY;
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
      events.push(event);
    }
    watch(c, decision.next);
    c = decision.next;
    out.states.add(c.state);
    if (c.outcome) {
      out.outcomes.add(c.outcome);
    }
  };

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
      if (running.length > 0 || holding.length > 0) {
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

  /** Tries everything as everybody; answers what worked. */
  function probe(vary: number): { who: Who; action: ActionName; input: object; decision: Decision }[] {
    const worked: { who: Who; action: ActionName; input: object; decision: Decision }[] = [];
    for (const who of EVERYONE) {
      if (!probeAll && OUTSIDERS.has(who)) {
        continue;
      }
      const parts = partsOf(who, belief);
      const offered = new Set(c ? availableActions(c, PEOPLE[who], worldAt(now)) : []);
      for (const action of ACTION_NAMES) {
        if (!probeAll && who !== 'timer' && !offered.has(action)) {
          continue;
        }
        const input = inputFor(action, c, vary);
        const to = OFF.includes(action) ? [] : allowed(action, parts, belief.state);
        let decision: Decision | undefined;
        const code = refusalOf(() => {
          decision = act(c, who, action, input, now);
        });
        const what = `${who} ${action} in ${belief.state}`;
        if (decision && to.length === 0) {
          say(`${what} must be refused`);
        } else if (decision && !to.includes(decision.events[0]?.to ?? '')) {
          say(`${what} led to ${decision.events[0]?.to}`);
        } else if (code && to.length > 0 && FORBIDDEN.has(code)) {
          say(`${what} was refused: ${code}`);
        }
        const button = c !== null && spec(action).rank !== null && PEOPLE[who].kind === 'person';
        const byInput = code === 'ruledOnce' || code === 'nothingChanged';
        if (button && offered.has(action) !== (code === null) && !byInput) {
          say(`${what}: ${offered.has(action) ? 'offered' : 'not offered'}, yet ${code ?? 'done'}`);
        }
        if (decision) {
          worked.push({ who, action, input, decision });
        }
      }
    }
    return worked;
  }

  function nextTimer(): number {
    const { calendar } = worldAt(now);
    const moments = c ? timersOf(c, calendar).map((t) => t.at) : [];
    return moments.length > 0 ? Math.min(...moments) : now;
  }

  function fireTimers(): void {
    for (let i = 0; i < 40; i += 1) {
      if (!c) {
        return;
      }
      const world = worldAt(now);
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
      take(act(c, 'timer', action, input, Math.max(timer.at, events.at(-1)?.at ?? 0)), {}),
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
    const kept = JSON.stringify(c);
    const worked = c
      ? probe(choice.vary)
      : [
          {
            who: 'ann' as const,
            action: 'submit' as const,
            input: {},
            decision: act(null, 'ann', 'submit', inputFor('submit', null, 1), now),
          },
        ];
    if (c && JSON.stringify(c) !== kept) {
      say('deciding changed the case it decided on');
    }
    const lots = worked
      .filter((w) => w.who !== 'timer' || choice.vary % 3 === 0)
      .flatMap((w) => Array.from({ length: WEIGHT[w.action] ?? 3 }, () => w));
    const chosen = lots[choice.pick % Math.max(1, lots.length)];
    if (!chosen || out.findings.length > 3) {
      break;
    }
    take(chosen.decision, chosen.input);
    if (events.length === 1 && choice.vary % 2 === 0 && c) {
      c = joinedByBea(c);
      belief.joined = true;
    }
  }
  const again = replay(events);
  // Joining is not built yet, so no event tells of it.
  if (!same(c && again ? { ...again, authors: c.authors } : again, c)) {
    say('replaying the history gives another case');
  }
  return out;
}
