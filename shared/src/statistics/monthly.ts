/** 每月统计: when the figures of the month before go to those in charge of an area, and to whom. */
import { dateOfDay, MINUTE_MS, startOfDay } from '../time/index.ts';
import { firstDayOf } from './period.ts';

export const MONTHLY_ROLES = ['leader', 'inspector'] as const;
export type MonthlyRole = (typeof MONTHLY_ROLES)[number];

export interface MonthlyRule {
  on: boolean;
  /** On which working day of the month, from 1. */
  day: number;
  roles: MonthlyRole[];
}

/** What holds where nothing was set. */
export const MONTHLY_OFF: MonthlyRule = { on: false, day: 1, roles: ['leader'] };
/** The last working day that can be chosen: every month has as many. */
export const LAST_MONTHLY_DAY = 10;

const AT_MINUTE = 8 * 60 + 30;
const MOST_DAYS = 31;

/** 08:30 of the working day of that number in a month (months since the year 0), in ms. */
export function monthlyMoment(
  calendar: { dayKind(date: string): { kind: string } },
  month: number,
  day: number,
): number {
  const first = firstDayOf(month);
  let left = day;
  for (let at = first; at < first + MOST_DAYS; at += 1) {
    left -= calendar.dayKind(dateOfDay(at)).kind === 'off' ? 0 : 1;
    if (left === 0) {
      return startOfDay(at) + AT_MINUTE * MINUTE_MS;
    }
  }
  return startOfDay(firstDayOf(month + 1) - 1) + AT_MINUTE * MINUTE_MS;
}

/** 6月 of months since the year 0. */
export const monthName = (month: number): string => `${(month % 12) + 1}月`;
