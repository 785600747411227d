/** One change of an area's calendar: what it makes of the settings, its words, and what is wrong with it. */
import {
  createCalendar,
  inheritCalendar,
  readNotice,
  type AreaCalendar,
  type Holiday,
  type OfficeHours,
} from '@minqing/shared/calendar';
import type { calendarChange } from '@minqing/shared/contract';
import { dayOfDate, localTime, weekdayOfDay, weekdayText } from '@minqing/shared/time';
import type { z } from 'zod';
import { invalidInput } from '../errors.ts';

export type Change = z.output<typeof calendarChange>;

/** Calendars are kept for the year before this one to three years ahead. */
const YEARS_BACK = 1;
const YEARS_AHEAD = 3;

export interface Changed {
  after: AreaCalendar;
  /** 7月31日 周五 改为半天，政务网机房割接 */
  words: string;
  /** What a notice holds; empty for other changes. */
  days: readonly Holiday[];
}

/** The settings with the change in them. Throws invalidInput, in Chinese, for what cannot be. */
export function changeCalendar(before: AreaCalendar, change: Change, now: number): Changed {
  switch (change.kind) {
    case 'day':
      return changeDay(before, change, now);
    case 'hours':
      return changeHours(before, change, now);
    case 'hoursGone':
      return takeHoursAway(before, change.validFrom, now);
    case 'notice':
      return importNotice(before, change, now);
    case 'noticeGone':
      return takeNoticeAway(before, change.year);
  }
}

/** What saving needs and a preview can do without. */
export function requireReason(change: Change): void {
  if (change.kind === 'day' && change.to !== null && change.reason === '') {
    throw invalidInput([{ path: 'change.reason', message: '请写上原因，对应的人会看到' }]);
  }
}

/** True when the two say the same. */
export function sameCalendar(a: AreaCalendar, b: AreaCalendar): boolean {
  const told = ({ hours, overrides, notices }: AreaCalendar): string =>
    JSON.stringify([
      [...hours].sort((x, y) => order(x.validFrom, y.validFrom)).map((h) => [h.validFrom, h.spans]),
      [...overrides].sort((x, y) => order(x.date, y.date)).map((d) => [d.date, d.kind, d.name ?? '']),
      [...notices].sort((x, y) => x.year - y.year),
    ]);
  return told(a) === told(b);
}

/** 上班, 半天, 不上班. */
export const KIND_WORDS = { work: '上班', half: '半天', off: '不上班' } as const;

/** 7月31日 周五, with the year when it is not `year`. */
export function dateWords(date: string, year?: number): string {
  const [y, month, day] = date.split('-').map(Number);
  const before = year === undefined || y !== year ? `${y}年` : '';
  return `${before}${month}月${day}日 ${weekdayText(weekdayOfDay(dayOfDate(date) ?? 0))}`;
}

/** 08:30–12:00、13:30–17:00. */
export function spanWords(spans: OfficeHours['spans']): string {
  return spans.map(([from, to]) => `${from}–${to}`).join('、');
}

function changeDay(before: AreaCalendar, change: Extract<Change, { kind: 'day' }>, now: number): Changed {
  const { date, to, reason } = change;
  requireDate(date, 'change.date', now);
  const day = dateWords(date, localTime(now).year);
  const others = before.overrides.filter((rule) => rule.date !== date);
  if (to === null) {
    return { after: { ...before, overrides: others }, words: `${day} 还原`, days: [] };
  }
  return {
    after: { ...before, overrides: [...others, { date, kind: to, name: reason }] },
    words: `${day} ${KIND_WORDS[to]}${reason ? `，${reason}` : ''}`,
    days: [],
  };
}

function changeHours(before: AreaCalendar, change: Extract<Change, { kind: 'hours' }>, now: number): Changed {
  const { validFrom, spans } = change;
  requireDate(validFrom, 'change.validFrom', now);
  const others = before.hours.filter((entry) => entry.validFrom !== validFrom);
  const after = { ...before, hours: [...others, { validFrom, spans }] };
  checkHours(after);
  const words = spans ? `办公时间 ${spanWords(spans)}` : '办公时间按上级';
  return { after, words: `${dateWords(validFrom, localTime(now).year)}起${words}`, days: [] };
}

function takeHoursAway(before: AreaCalendar, validFrom: string, now: number): Changed {
  const hours = before.hours.filter((entry) => entry.validFrom !== validFrom);
  const day = dateWords(validFrom, localTime(now).year);
  return { after: { ...before, hours }, words: `去掉 ${day}起的办公时间`, days: [] };
}

/** The calendar itself says what hours may be. */
function checkHours(after: AreaCalendar): void {
  try {
    createCalendar(inheritCalendar([after]));
  } catch (error) {
    if (error instanceof RangeError) {
      throw invalidInput([{ path: 'change.spans', message: '上下班时间要从早到晚，不能重叠' }]);
    }
    throw error;
  }
}

function importNotice(
  before: AreaCalendar,
  change: Extract<Change, { kind: 'notice' }>,
  now: number,
): Changed {
  const { year, text } = change;
  requireYear(year, 'change.year', now);
  const { days, faults } = readNotice(text, year);
  if (faults.length > 0) {
    throw invalidInput(
      faults.slice(0, 20).map(({ line, message }) => ({
        path: 'change.text',
        message: line > 0 ? `第 ${line} 行：${message}` : message,
      })),
      '放假安排里有要核对的地方，没有保存',
    );
  }
  const notices = before.notices.filter((notice) => notice.year !== year);
  return {
    after: { ...before, notices: [...notices, { year, days }] },
    words: `导入 ${year} 年放假安排`,
    days,
  };
}

function takeNoticeAway(before: AreaCalendar, year: number): Changed {
  const notices = before.notices.filter((notice) => notice.year !== year);
  return { after: { ...before, notices }, words: `去掉 ${year} 年放假安排`, days: [] };
}

function requireDate(date: string, path: string, now: number): void {
  if (dayOfDate(date) === null) {
    throw invalidInput([{ path, message: '没有这一天' }]);
  }
  requireYear(Number(date.slice(0, 4)), path, now);
}

function requireYear(year: number, path: string, now: number): void {
  const current = localTime(now).year;
  if (year < current - YEARS_BACK || year > current + YEARS_AHEAD) {
    const message = `只能改 ${current - YEARS_BACK} 年到 ${current + YEARS_AHEAD} 年`;
    throw invalidInput([{ path, message }]);
  }
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
