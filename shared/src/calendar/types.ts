/** The words of the working calendar. Instants are epoch milliseconds, dates are `YYYY-MM-DD` in Asia/Shanghai. */
import type { LightName } from '../words/index.ts';

/** Working minutes; may have a fraction. */
export type Minutes = number;

/** Office hours in force from a date on, as `HH:MM` pairs in order. */
export interface OfficeHours {
  validFrom: string;
  spans: [start: string, end: string][];
}

/** work: a whole working day; half: its first half only; off: no work. */
export type DayKind = 'work' | 'half' | 'off';

/** One day set by hand; it goes before weekends, holidays and make-up days. */
export interface DayRule {
  date: string;
  kind: DayKind;
  name?: string;
}

/** What an area's calendar is made of. */
export interface CalendarData {
  /** In any order; where none is in force yet, 08:30–12:00 and 13:30–17:00. */
  hours: OfficeHours[];
  overrides: DayRule[];
  /** Yearly notices that were imported: each takes the place of what the holiday source knows of its year. */
  notices: readonly YearNotice[];
}

/** Holidays and make-up days of a year as its notice fixes them; a few may lie in the last days of the year before. */
export interface YearNotice {
  year: number;
  days: readonly Holiday[];
}

export interface Holiday extends HolidayRule {
  date: string;
}

/** What is known of statutory holidays and make-up days. */
export interface HolidaySource {
  /** Years whose yearly notice is known. */
  noticeYears: readonly number[];
  /** The holiday (off) or make-up day (work) on a date; undefined on ordinary days. */
  rule(date: string): HolidayRule | undefined;
}
export interface HolidayRule {
  kind: 'work' | 'off';
  /** Of the holiday itself: 国庆节. */
  name: string;
}

/** Why a day is what it is. */
export type DayReason = 'weekday' | 'weekend' | 'holiday' | 'makeUp' | 'override';

export interface DayInfo {
  date: string;
  /** 0 for Sunday. */
  weekday: number;
  kind: DayKind;
  reason: DayReason;
  /** 工作日, 周末, 国庆节, 国庆节补班, or what the override says. */
  name: string;
  /** True when the year's notice is not out and nobody set this day by hand. */
  provisional: boolean;
}

/** hours: through office hours only; days: whole working days after the act; naturalDays: days of the almanac. */
export interface Limit {
  unit: 'hours' | 'days' | 'naturalDays';
  /** Hours may have a fraction; days are whole and at least 1. */
  amount: number;
}

/** One day on the way from the act to the due time. */
export interface DueStep extends DayInfo {
  /** The number this day got (day n of the limit), null when it is not counted or the limit is in hours. */
  day: number | null;
  /** Working minutes of this day that count towards a limit in hours; 0 for other limits. */
  minutes: Minutes;
  /** The office time on this day that counts, for limits in hours. */
  spans: [start: number, end: number][];
  /** start: the day of the act; counted; skipped: not a day that counts; moved: the end fell on a day off; due: the last. */
  role: 'start' | 'counted' | 'skipped' | 'moved' | 'due';
  /** One phrase in Chinese: 当天不计, 国庆节，不计, 第 3 天，17:00 到期. */
  why: string;
}

export interface Due {
  dueAt: number;
  working: DueStep[];
  /** True when any day on the way is provisional (暂定). */
  provisional: boolean;
}

export interface DueExplanation extends Due {
  startAt: number;
  limit: Limit;
}

/** What a light is decided from. `pausedMinutes` is the working time of pauses that already moved `dueAt`. */
export interface ClockReading {
  now: number;
  startAt: number;
  dueAt: number;
  limit: Limit;
  paused: boolean;
  pausedMinutes?: Minutes;
}

/** A ring: its whole, what is used, left and over in working minutes, and the used share from 0 to 1. */
export interface Ring {
  whole: Minutes;
  used: Minutes;
  left: Minutes;
  over: Minutes;
  share: number;
}

/** Something that moved a running clock, in the order it happened. */
export type ClockMove = { kind: 'pause'; from: number; to: number } | { kind: 'granted'; date: string };

export interface RunningClock {
  startAt: number;
  limit: Limit;
  /** As last told. */
  dueAt: number;
  moves: readonly ClockMove[];
}

/** Pure arithmetic of one area's working time; days looked up are remembered. */
export interface WorkingCalendar {
  dayKind(date: string): DayInfo;
  /** Office time of a date, half-open [start, end); empty on a day off. */
  spansOf(date: string): readonly (readonly [start: number, end: number])[];
  isWorkingInstant(ms: number): boolean;
  /** Signed: negative when `b` is before `a`. */
  workingMinutesBetween(a: number, b: number): Minutes;
  /** The earliest instant at which `minutes` of office time have passed since `start`; `start` itself for 0. */
  addWorkingMinutes(start: number, minutes: Minutes): number;
  /** Close of business of the n-th whole working day after the day of `start`. */
  addWorkingDays(start: number, days: number): number;
  /** 24:00 of the n-th day after the day of `start`, moved to the next working day's when that day is off. */
  naturalDaysEnd(start: number, days: number): number;
  /** End of office time of a date; of the next whole working day when the date is not one. */
  closeOfBusiness(date: string): number;
  /** The next whole working day after a date. */
  nextWorkingDay(date: string): string;
  due(start: number, limit: Limit): Due;
  explain(start: number, limit: Limit): DueExplanation;
  /** `dueAt` moved by the office time a pause lasted. */
  extendByPause(dueAt: number, pausedFrom: number, pausedTo: number): number;
  /** The due time of a running clock counted anew on this calendar, never before the one already told. */
  recount(clock: RunningClock): number;
  /** Signed working minutes; negative when over. */
  remaining(now: number, dueAt: number): Minutes;
  lightOf(reading: ClockReading): LightName;
  /** The earliest instant at which the light is amber; `startAt` when it is from the beginning. */
  amberAt(startAt: number, dueAt: number, limit: Limit, pausedMinutes?: Minutes): number;
  /** The earliest instant at which half of start → due has passed, for the reminder at half. */
  halfAt(startAt: number, dueAt: number): number;
  ringOf(reading: { now: number; startAt: number; dueAt: number; pausedMinutes?: Minutes }): Ring;
}
