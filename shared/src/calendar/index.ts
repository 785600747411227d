/**
 * The working calendar: what counts as working time, when limits end, how lights stand. This door loads the holiday
 * tables, so the mini-app imports types from it only and takes texts from `time/`.
 */
import { chineseHolidays } from './holidays.ts';
import { buildCalendar } from './maths.ts';
import type { CalendarData, WorkingCalendar } from './types.ts';

/** An area's calendar over the national holidays. Throws RangeError, naming the fault, for malformed data. */
export function createCalendar(data: CalendarData): WorkingCalendar {
  return buildCalendar(data, chineseHolidays);
}

export { DEFAULT_SPANS } from './days.ts';
export { chineseHolidays, holidaysOf, noticeYears, statutoryDays } from './holidays.ts';
export { type AreaCalendar, type AreaHours, inheritCalendar } from './inherit.ts';
export { type NoticeFault, readNotice, type ReadNotice } from './notice.ts';
export {
  type ClockWorking,
  explainClock,
  type WorkingDay,
  workingDayText,
  type WorkingMove,
} from './working.ts';
export { buildCalendar } from './maths.ts';
export { limitText, parseLimit } from './limits.ts';
export { type Rests, restsBetween, restText } from './rests.ts';
export { explainLines, RULE_TEXTS } from './text.ts';
export type * from './types.ts';
