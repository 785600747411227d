/** After the reply: rating, settling, ruling; and what watches the clocks. */
import type { InputOf } from './inputs.ts';
import type { Case, Clock, Rating } from './model.ts';
import { atDueOf, CLOCKS, REWORKS_PER_DISPATCH } from './clocks.ts';
import { assign, need, runningClock, start, stop, type Effect, type Situation } from './situation.ts';
import { replyLimit } from './effects-dispatch.ts';
import { shanghaiDate } from '../time/index.ts';

const LOW = 2;

export function ratingsOfRound(c: Case): Rating[] {
  return c.ratings.filter((r) => r.round === c.round);
}

/** Whose stars are still waited for. */
export function stillAwaited(c: Case, leftOffice: (personId: string) => boolean): string[] {
  const rated = new Set(ratingsOfRound(c).map((r) => r.personId));
  return c.awaited.filter((personId) => !rated.has(personId) && !leftOffice(personId));
}

export function rate(s: Situation<InputOf<'rate'>>): Effect {
  const personId = s.personId ?? '';
  need(s.c.awaited.includes(personId), 'notAwaited');
  need(!ratingsOfRound(s.c).some((r) => r.personId === personId), 'ratedAlready');
  const rating: Rating = { personId, round: s.c.round, ...s.input, at: s.world.now };
  const waiting = stillAwaited(s.c, s.world.leftOffice).filter((p) => p !== personId);
  return { data: { rating }, ...(waiting.length === 0 ? { then: 'settle' as const } : {}) };
}

export function settle(s: Situation): Effect {
  const { c, world } = s;
  const clock = runningClock(c, 'rate');
  need(clock, 'clockGone');
  const over = world.now >= clock.dueAt;
  need(over || stillAwaited(c, world.leftOffice).length === 0, 'settleEarly');
  const given = ratingsOfRound(c);
  if (!given.some((r) => r.stars <= LOW)) {
    const outcome = given.length > 0 ? 'rated' : 'unrated';
    return {
      to: 'closed',
      data: { outcome, assignments: [], round: c.round },
      clocks: stop(s, 'rate'),
      tell: outcome === 'unrated' ? [{ notice: 'closed', audience: { to: 'authors' } }] : [],
    };
  }
  if (c.ruled || c.reworks >= REWORKS_PER_DISPATCH) {
    return {
      to: 'disputed',
      data: { outcome: null, assignments: [], round: c.round },
      clocks: [...stop(s, 'rate'), start(s, 'ruling')],
    };
  }
  const round = c.round + 1;
  const lead = c.assignments.findLast((a) => a.part === 'lead' && a.round === c.round && a.state === 'done');
  need(lead, 'unitUnknown');
  return {
    to: 'dispatched',
    data: {
      outcome: null,
      assignments: assign(s, round, lead.unitId, c.replies.at(-1)?.coUnitIds ?? []),
      round,
    },
    clocks: [
      ...stop(s, 'rate'),
      start(s, 'sign', { unitId: lead.unitId, round }),
      start(s, 'reply', { unitId: lead.unitId, round, limit: replyLimit(s)?.limit }),
    ],
  };
}

export function conclude(s: Situation<InputOf<'conclude'>>): Effect {
  const again = s.input.ruling === 'dispatchAgain';
  need(!again || !s.c.ruled, 'ruledOnce');
  return {
    to: again ? 'accepted' : 'closed',
    data: { ...s.input, again },
    clocks: [...stop(s, 'ruling'), ...(again ? [start(s, 'dispatch')] : [])],
    tell: [{ notice: again ? 'ruledAgain' : 'upheld', audience: { to: 'authors' } }],
  };
}

/** The working day an urge counts for; on a day off it is the next one. */
function workingDay(s: Situation): string {
  const { calendar, now } = s.world;
  const today = shanghaiDate(now);
  return calendar.dayKind(today).kind === 'off' ? calendar.nextWorkingDay(today) : today;
}

export function urge(s: Situation<InputOf<'urge'>>): Effect {
  need(!s.c.clocks.some((k) => k.stoppedAt === null && k.pausedAt !== null), 'paused');
  const byAuthor = s.standing.relation === 'author';
  const today = workingDay(s);
  need(!byAuthor || s.c.urgedOn !== today, 'urgedToday');
  return {
    data: { ...s.input, day: byAuthor ? today : null },
    tell: [{ notice: 'urged', audience: { to: 'movers' } }],
  };
}

function watched(s: Situation<InputOf<'clock'>>): Clock {
  const clock = s.c.clocks.find((k) => k.id === s.input.clockId);
  need(clock && clock.stoppedAt === null, 'clockGone');
  need(clock.pausedAt === null, 'paused');
  return clock;
}

const toUnitHead = (clock: Clock): Effect['tell'] =>
  clock.unitId ? [{ notice: 'overdue', audience: { to: 'unit', unitId: clock.unitId, role: 'head' } }] : [];

export function overdue(s: Situation<InputOf<'clock'>>): Effect {
  const clock = watched(s);
  need(atDueOf(s.c, clock.kind) === 'overdue' && clock.overdueAt === null, 'clockGone');
  need(s.world.now >= clock.dueAt, 'clockEarly');
  return {
    data: { clockId: clock.id, kind: clock.kind },
    clocks: [{ do: 'overdue', id: clock.id }],
    tell: [{ notice: 'overdue', audience: { to: 'movers' } }, ...(toUnitHead(clock) ?? [])],
  };
}

export function remind(s: Situation<InputOf<'clock'>>): Effect {
  const clock = watched(s);
  need(
    CLOCKS[clock.kind].remind &&
      clock.remindedAt === null &&
      clock.overdueAt === null &&
      s.world.now < clock.dueAt,
    'clockGone',
  );
  need(s.world.now >= s.world.calendar.amberAt(clock.startedAt, clock.dueAt, clock.limit), 'clockEarly');
  const head = (toUnitHead(clock) ?? []).map((t) => ({ ...t, notice: 'reminded' as const }));
  return {
    data: { clockId: clock.id, kind: clock.kind },
    clocks: [{ do: 'remind', id: clock.id }],
    tell: [{ notice: 'reminded', audience: { to: 'movers' } }, ...head],
  };
}
