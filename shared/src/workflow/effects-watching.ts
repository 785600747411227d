/** What watches over a case: urging, supervising, and the clocks. */
import { shanghaiDate } from '../time/index.ts';
import type { InputOf } from './inputs.ts';
import type { Audience, Case, Clock, Tell } from './model.ts';
import { atDueOf, mayRecount, REMINDER_STEPS, type ReminderStep, type Rung } from './clocks.ts';
import { isPlatforms } from './platform.ts';
import { supervisedUnit } from './relations.ts';
import { reminderAt, rungsOf } from './reminders.ts';
import { need, runningClock, start, stop, type Effect, type Situation } from './situation.ts';

/** The working day an urge counts for; on a day off it is the next one. */
function workingDay(s: Situation): string {
  const { calendar, now } = s.world;
  const today = shanghaiDate(now);
  return calendar.dayKind(today).kind === 'off' ? calendar.nextWorkingDay(today) : today;
}

export function urge(s: Situation<InputOf<'urge'>>): Effect {
  need(s.c.ask === null, 'paused');
  const byInspector = s.standing.relation === 'inspector';
  const today = workingDay(s);
  need(byInspector || s.c.urgedOn !== today, 'urgedToday');
  return {
    data: { ...s.input, day: byInspector ? null : today },
    tell: [{ notice: 'urged', audience: { to: 'movers' } }],
  };
}

export function supervise(s: Situation<InputOf<'supervise'>>): Effect {
  const { limit, ...words } = s.input;
  need(s.c.supervision === null || s.c.supervision.answeredAt !== null, 'supervisedAlready');
  return {
    data: { supervision: { ...words, at: s.world.now, answeredAt: null } },
    clocks: [start(s, 'supervision', { limit, unitId: supervisedUnit(s.c) })],
    tell: [{ notice: 'supervised', audience: { to: 'movers' } }],
  };
}

export function answerSupervision(s: Situation<InputOf<'words'>>): Effect {
  need(s.c.supervision && s.c.supervision.answeredAt === null, 'notWaiting');
  return {
    data: { ...s.input },
    clocks: stop(s, 'supervision'),
    tell: [{ notice: 'supervisionAnswered', audience: { to: 'inspectors' } }],
  };
}

function watched(s: Situation, clockId: string): Clock {
  const clock = s.c.clocks.find((k) => k.id === clockId);
  need(clock && clock.stoppedAt === null, 'clockGone');
  need(clock.pausedAt === null, 'paused');
  need(!isPlatforms(s.c, clock), 'clockGone');
  return clock;
}

/** Whoever must move on this very clock; movers of the case where it is the one that matters. */
function moversOn(c: Case, clock: Clock): Audience[] {
  switch (clock.kind) {
    case 'extension':
      return [{ to: 'dispatchers' }];
    case 'appeal':
      return [{ to: 'inspectors' }];
    case 'supervision':
      return [{ to: 'supervised' }];
    case 'promise':
      return clock.unitId ? [{ to: 'unit', unitId: clock.unitId, role: 'handler' }] : [];
    case 'sign':
    case 'reply':
      // Also while something else holds the case: the unit's own clock is the unit's.
      return clock.unitId && c.state !== 'replying'
        ? [{ to: 'unit', unitId: clock.unitId, role: 'handler' }]
        : [{ to: 'movers' }];
    default:
      return [{ to: 'movers' }];
  }
}

export function overdue(s: Situation<InputOf<'clock'>>): Effect {
  const clock = watched(s, s.input.clockId);
  need(atDueOf(s.c, clock.kind) === 'overdue' && clock.overdueAt === null, 'clockGone');
  need(s.world.now >= clock.dueAt, 'clockEarly');
  const lapses = clock.kind === 'reply' && s.c.extension !== null;
  const tell: Tell[] = moversOn(s.c, clock).map((audience) => ({ notice: 'overdue', audience }));
  if (clock.kind === 'promise') {
    tell.push({ notice: 'promiseMissed', audience: { to: 'authors' } });
  }
  if (lapses) {
    tell.push({ notice: 'extensionLapsed', audience: { to: 'dispatchers' } });
  }
  return {
    data: { clockId: clock.id, kind: clock.kind, lapses },
    clocks: [{ do: 'overdue', id: clock.id }, ...(lapses ? stop(s, 'extension') : [])],
    tell,
  };
}

function audienceOf(c: Case, clock: Clock, rung: Rung): Audience {
  if (rung === 'inspector') {
    return { to: 'inspectors' };
  }
  if (rung === 'dispatcher') {
    return { to: 'dispatchers' };
  }
  const own = clock.kind === 'review' ? c.committeeId : clock.kind === 'dispatch' ? c.dispatchOfficeId : null;
  return { to: 'unit', unitId: clock.unitId ?? own ?? c.dispatchOfficeId, role: 'head' };
}

/** Half and yellow go to whoever must move; after the due time each rung of the ladder is told, those missed together. */
export function remind(s: Situation<InputOf<'reminder'>>): Effect {
  const { step } = s.input;
  const clock = watched(s, s.input.clockId);
  const told = clock.told === null ? -1 : REMINDER_STEPS.indexOf(clock.told);
  need(REMINDER_STEPS.indexOf(step) > told, 'clockGone');
  const at = reminderAt(s.world.calendar, clock, step);
  need(at !== null, 'clockGone');
  need(s.world.now >= at, 'clockEarly');
  const early = step === 'half' || step === 'amber';
  need(early ? clock.overdueAt === null && s.world.now < clock.dueAt : clock.overdueAt !== null, 'clockGone');
  const missed = (rung: ReminderStep): boolean =>
    REMINDER_STEPS.indexOf(rung) > told && REMINDER_STEPS.indexOf(rung) <= REMINDER_STEPS.indexOf(step);
  const tell: Tell[] = early
    ? moversOn(s.c, clock).map((audience) => ({ notice: 'reminded', audience }))
    : rungsOf(clock)
        .filter(missed)
        .map((rung) => ({ notice: 'escalated', audience: audienceOf(s.c, clock, rung) }));
  return {
    data: { clockId: clock.id, kind: clock.kind, step },
    clocks: [{ do: 'remind', id: clock.id, step }],
    tell,
  };
}

/** A changed calendar counts a running clock anew; a due time that was told never moves to an earlier moment. */
export function recount(s: Situation<InputOf<'recount'>>): Effect {
  const clock = s.c.clocks.find((k) => k.id === s.input.clockId);
  need(clock && clock.stoppedAt === null && clock.overdueAt === null, 'clockGone');
  need(mayRecount(clock) && !isPlatforms(s.c, clock), 'nothingChanged');
  const { startedAt: startAt, limit, dueAt: told, moves } = clock;
  const dueAt = s.world.calendar.recount({ startAt, limit, dueAt: told, moves });
  need(dueAt > told, 'nothingChanged');
  // A question that runs beside the reply keeps its own end: only the unit's time moves.
  const follower = clock.kind === 'reply' ? runningClock(s.c, 'countersign') : undefined;
  return {
    data: { clockId: clock.id, kind: clock.kind, why: s.input.why, from: told },
    clocks: [clock, ...(follower ? [follower] : [])].map(({ id }) => ({ do: 'recount', id, dueAt })),
    tell: [
      ...moversOn(s.c, clock).map((audience) => ({ notice: 'dueMoved' as const, audience })),
      ...(clock.kind === 'reply'
        ? [{ notice: 'dueMoved' as const, audience: { to: 'authors' as const } }]
        : []),
    ],
  };
}
