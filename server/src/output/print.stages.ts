/** How long each stage took, against its limit: the case's own clocks, told for paper. */
import { limitText, type WorkingCalendar } from '@minqing/shared/calendar';
import type { CasePrint } from '@minqing/shared/contract';
import { durationText, fullDeadlineText, hoursText, overText } from '@minqing/shared/time';
import { CLOCKS, type Case, type CaseEvent, type Clock } from '@minqing/shared/workflow';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

/** Natural days are counted as they pass, everything else in working time without its pauses. */
function minutesOf(clock: Clock, calendar: WorkingCalendar, until: number): number {
  return clock.limit.unit === 'naturalDays'
    ? (until - clock.startedAt) / MINUTE_MS
    : Math.max(0, calendar.workingMinutesBetween(clock.startedAt, until) - clock.pausedMinutes);
}

function lengthText(clock: Clock, minutes: number): string {
  if (clock.limit.unit === 'naturalDays' && minutes >= DAY_MINUTES) {
    return `${Math.floor(minutes / DAY_MINUTES)} 天 ${Math.floor((minutes % DAY_MINUTES) / 60)} 小时`;
  }
  return minutes < 60 || clock.limit.unit === 'naturalDays' ? durationText(minutes) : hoursText(minutes);
}

/** A line for every clock of the case, in the order they started. */
export function stagesOf(c: Case, calendar: WorkingCalendar, now: number): CasePrint['stages'] {
  return [...c.clocks]
    .toSorted((a, b) => a.startedAt - b.startedAt)
    .map((clock) => {
      const until = clock.stoppedAt ?? clock.pausedAt ?? now;
      const minutes = minutesOf(clock, calendar, until);
      const whole =
        clock.limit.unit === 'naturalDays'
          ? (clock.dueAt - clock.startedAt) / MINUTE_MS
          : calendar.workingMinutesBetween(clock.startedAt, clock.dueAt) - clock.pausedMinutes;
      const late = until > clock.dueAt;
      const over = late ? overText(calendar.workingMinutesBetween(clock.dueAt, until)) : '';
      return {
        label: `${CLOCKS[clock.kind].label}${clock.round > 1 ? `（第 ${clock.round} 轮）` : ''}`,
        limit: clock.limit.unit === 'days' ? `${fullDeadlineText(clock.dueAt)} 前` : limitText(clock.limit),
        used: lengthText(clock, minutes),
        result: late
          ? `■ ${over}`
          : clock.stoppedAt === null
            ? clock.pausedAt === null
              ? '◐ 进行中'
              : '‖ 暂停'
            : '● 按期',
        share: whole > 0 ? Math.min(1, Math.max(0, minutes / whole)) : 1,
      };
    });
}

/** 「审核用时 17 分钟」 for the clocks this event stopped; '' when it stopped none. */
export function usedWords(event: CaseEvent, c: Case, calendar: WorkingCalendar): string {
  return event.clocks
    .flatMap((change) => {
      const clock = change.do === 'stop' ? c.clocks.find((k) => k.id === change.id) : undefined;
      if (!clock || clock.stoppedAt === null) {
        return [];
      }
      return [
        `${CLOCKS[clock.kind].label}用时 ${lengthText(clock, minutesOf(clock, calendar, clock.stoppedAt))}`,
      ];
    })
    .join('，');
}
