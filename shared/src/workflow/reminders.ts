/** When a clock reminds whom: one definition for the timers, the acts and the tests. */
import type { WorkingCalendar } from '../calendar/index.ts';
import { CLOCKS, LADDER_MINUTES, type ReminderStep, type Rung } from './clocks.ts';
import type { Clock } from './model.ts';

/** The rungs of the ladder this clock climbs once it is overdue. */
export function rungsOf(clock: Pick<Clock, 'kind'>): readonly Rung[] {
  return CLOCKS[clock.kind].ladder;
}

/** The moment of a reminder; null when this clock has none of that kind. */
export function reminderAt(calendar: WorkingCalendar, clock: Clock, step: ReminderStep): number | null {
  if (step !== 'half' && step !== 'amber') {
    return rungsOf(clock).includes(step)
      ? calendar.addWorkingMinutes(clock.dueAt, LADDER_MINUTES[step])
      : null;
  }
  if (!CLOCKS[clock.kind].remind) {
    return null;
  }
  const amber = Math.min(
    calendar.amberAt(clock.startedAt, clock.dueAt, clock.limit, clock.pausedMinutes),
    clock.dueAt,
  );
  if (step === 'amber') {
    return amber;
  }
  const half = calendar.halfAt(clock.startedAt, clock.dueAt);
  // Short limits turn yellow at half: one reminder then, not two.
  return half < amber ? half : null;
}
