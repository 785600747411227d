/** Moments in what is written once and read any day: never 今天 or 昨天, which would be wrong tomorrow. */
import {
  dayNumberOf,
  deadlineText,
  HOUR_MS,
  localTime,
  MINUTE_MS,
  momentText,
  startOfDay,
} from '@minqing/shared/time';

/** Far enough that neither is told as a near day, near enough that the year stays out. */
const AWAY_MS = 3 * 86_400_000;

/** 7月6日 周一 14:20 */
export const lastingMoment = (ms: number): string => momentText(ms, ms - AWAY_MS);
/** 7月9日 周四 17:00; midnight is the 24:00 of the day it ends. */
export const lastingDeadline = (ms: number): string => deadlineText(ms, ms - AWAY_MS);

/** Quiet hours: 22:00 to 07:30. */
const MORNING_MS = 7 * HOUR_MS + 30 * MINUTE_MS;
const EVENING_HOUR = 22;

/** The end of the quiet hours an instant lies in; 0 outside them. */
export function afterQuietHours(ms: number): number {
  const today = startOfDay(dayNumberOf(ms));
  if (ms < today + MORNING_MS) {
    return today + MORNING_MS;
  }
  return localTime(ms).hour >= EVENING_HOUR ? startOfDay(dayNumberOf(ms) + 1) + MORNING_MS : 0;
}
