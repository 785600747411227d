/** The holidays and make-up days that lie on the way to a due time, and the words for them. */
import { dateOfDay, dayNumberOf, dayOfDate, startOfDay } from '../time/zone.ts';
import { dateText, weekdayText } from '../time/moment.ts';
import type { DayInfo, WorkingCalendar } from './types.ts';

export interface Rests {
  /** Runs of named days off, ordinary weekends left out. */
  holidays: { name: string; from: string; to: string; days: number }[];
  /** Weekend days that are worked. */
  makeUpDays: DayInfo[];
  /** Days set to half by hand. */
  halfDays: DayInfo[];
  /** Years on the way whose notice is not out. */
  provisionalYears: number[];
}

/** What lies between an act and its due time: the day of the act left out, the day of the due time included. */
export function restsBetween(calendar: WorkingCalendar, from: number, to: number): Rests {
  const rests: Rests = { holidays: [], makeUpDays: [], halfDays: [], provisionalYears: [] };
  // A due time at 24:00 belongs to the day it ends.
  const last = dayNumberOf(to - 1);
  for (let number = dayNumberOf(from) + 1; number <= last; number += 1) {
    noteDay(rests, calendar.dayKind(dateOfDay(number)), number);
  }
  return rests;
}

/** 中间没有节假日, or 中间国庆节放假 7 天，10月10日 周六补班; with 2027 年放假安排未公布，暂定 where that holds. */
export function restText(rests: Rests, now: number): string {
  const parts = rests.holidays.map((run) => `${run.name}放假 ${run.days} 天`);
  parts.push(...rests.makeUpDays.map((day) => `${shortDay(day, now)}补班`));
  parts.push(...rests.halfDays.map((day) => `${shortDay(day, now)}半天不计`));
  const between = parts.length === 0 ? '中间没有节假日' : `中间${parts.join('，')}`;
  const years = rests.provisionalYears.join('、');
  return years === '' ? between : `${between}；${years} 年放假安排未公布，暂定`;
}

function noteDay(rests: Rests, day: DayInfo, number: number): void {
  const year = Number(day.date.slice(0, 4));
  if (day.provisional && !rests.provisionalYears.includes(year)) {
    rests.provisionalYears.push(year);
  }
  if (day.kind === 'half') {
    rests.halfDays.push(day);
    return;
  }
  const weekend = day.weekday === 0 || day.weekday === 6;
  if (day.kind === 'work') {
    rests.makeUpDays.push(...(weekend ? [day] : []));
    return;
  }
  if (day.reason === 'weekend') {
    return;
  }
  const run = rests.holidays.at(-1);
  if (run && run.name === day.name && run.to === dateOfDay(number - 1)) {
    run.to = day.date;
    run.days += 1;
    return;
  }
  rests.holidays.push({ name: day.name, from: day.date, to: day.date, days: 1 });
}

function shortDay(day: DayInfo, now: number): string {
  const midnight = startOfDay(dayOfDate(day.date) ?? 0);
  return `${dateText(midnight, now)} ${weekdayText(day.weekday)}`;
}
