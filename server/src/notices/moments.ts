/** Moments in what is written once and read any day: never 今天 or 昨天, which would be wrong tomorrow. */
import { deadlineText, momentText } from '@minqing/shared/time';

/** Far enough that neither is told as a near day, near enough that the year stays out. */
const AWAY_MS = 3 * 86_400_000;

/** 7月6日 周一 14:20 */
export const lastingMoment = (ms: number): string => momentText(ms, ms - AWAY_MS);
/** 7月9日 周四 17:00; midnight is the 24:00 of the day it ends. */
export const lastingDeadline = (ms: number): string => deadlineText(ms, ms - AWAY_MS);
