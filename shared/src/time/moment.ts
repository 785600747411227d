/** How a moment is told: 今天 14:20, 昨天 09:30, 7月6日 周一 14:20, with the year when it is another one. */
import { dayNumberOf, localTime, MINUTE_MS, startOfDay } from './zone.ts';

const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'] as const;
const NEAR: Record<number, string> = { [-1]: '昨天', 0: '今天', 1: '明天' };

const pad = (value: number): string => String(value).padStart(2, '0');

/** 周日 for 0 to 周六 for 6. */
export function weekdayText(weekday: number): string {
  return WEEKDAYS[weekday] ?? '';
}

/** 14:20, in Shanghai. */
export function clockText(ms: number): string {
  const at = localTime(ms);
  return `${pad(at.hour)}:${pad(at.minute)}`;
}

/** The clock at the end of something: midnight is the 24:00 of the day that ends. */
export function endClockText(ms: number): string {
  const clock = clockText(ms);
  return clock === '00:00' ? '24:00' : clock;
}

/** 7月9日, with the year when it is not the year of `now`; never 今天. */
export function dateText(ms: number, now: number): string {
  const at = localTime(ms);
  const year = at.year === localTime(now).year ? '' : `${at.year}年`;
  return `${year}${at.month}月${at.day}日`;
}

/** 今天, 昨天, 明天, 7月9日 周四, 2027年1月4日 周一. */
export function dayText(ms: number, now: number): string {
  const near = NEAR[dayNumberOf(ms) - dayNumberOf(now)];
  return near ?? `${dateText(ms, now)} ${weekdayText(localTime(ms).weekday)}`;
}

/** 今天 14:20, 昨天 09:30, 明天 08:41, 7月6日 周一 14:20, 2027年1月4日 周一 08:30; to the minute that has begun. */
export function momentText(ms: number, now: number): string {
  return `${dayText(ms, now)} ${clockText(ms)}`;
}

/** 2026年7月7日 周二 14:52: for print and exports, where nobody knows when it is read. */
export function fullMomentText(ms: number): string {
  const at = localTime(ms);
  return `${at.year}年${at.month}月${at.day}日 ${weekdayText(at.weekday)} ${clockText(ms)}`;
}

/** A due moment: as `momentText`, but midnight is the 24:00 of the day it ends, since 「前」 of 00:00 misleads. */
export function deadlineText(ms: number, now: number): string {
  if (ms !== startOfDay(dayNumberOf(ms))) {
    return momentText(ms, now);
  }
  return `${dayText(ms - MINUTE_MS, now)} 24:00`;
}

/** As `deadlineText`, always with year and weekday: 2026年7月14日 周二 24:00. */
export function fullDeadlineText(ms: number): string {
  if (ms !== startOfDay(dayNumberOf(ms))) {
    return fullMomentText(ms);
  }
  return `${fullMomentText(ms - MINUTE_MS).slice(0, -5)}24:00`;
}
