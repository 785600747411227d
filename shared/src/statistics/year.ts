/** A member's own year in one sentence. */
import type { WorkingCalendar } from '../calendar/types.ts';
import type { Case } from '../workflow/model.ts';

/** 部门用时: dispatch → the unit's accepted submission of the first reply, less pauses, in working minutes. */
export function unitMinutesOfFirstReply(c: Case, calendar: WorkingCalendar): number | null {
  const reply = c.replies[0];
  const clock = reply
    ? c.clocks.find(
        (k) =>
          k.kind === 'reply' &&
          k.round === reply.round &&
          k.unitId === reply.unitId &&
          k.stoppedAt === reply.at,
      )
    : undefined;
  return clock && clock.stoppedAt !== null
    ? calendar.workingMinutesBetween(clock.startedAt, clock.stoppedAt) - clock.pausedMinutes
    : null;
}

/** Reports filed, closed, and the mean 部门用时 of the answered ones (null before the first answer). */
export function memberYear(
  cases: readonly Case[],
  calendarOf: (c: Case) => WorkingCalendar,
): { submitted: number; closed: number; meanReplyMinutes: number | null } {
  const minutes = cases.map((c) => unitMinutesOfFirstReply(c, calendarOf(c))).filter((m) => m !== null);
  return {
    submitted: cases.length,
    closed: cases.filter((c) => c.state === 'closed').length,
    meanReplyMinutes: minutes.length > 0 ? minutes.reduce((a, b) => a + b, 0) / minutes.length : null,
  };
}
