/**
 * China's statutory holidays and make-up days. Years whose yearly notice chinese-days carries are taken from it; for
 * the others it silently answers ordinary weeks, so those get the days the law itself fixes (national holidays as
 * revised from 2025: 元旦 1 day, 春节 4 from 除夕, 清明 1, 劳动节 2, 端午 1, 中秋 1, 国庆 3) and count as provisional.
 * Only the server loads this file: the mini-app is told due times and never carries the tables.
 */
import chineseDays from 'chinese-days';
// The table itself, not the library's look-ups: those go through the machine's own zone and answer a day off west of UTC.
import notices from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { dateOfDay, DAY_MS, dayOfDate } from '../time/zone.ts';
import type { Holiday, HolidayRule, HolidaySource } from './types.ts';

/** The library's table of lunar months and the formula for 清明 both hold for these years. */
const LUNAR_YEARS = { first: 2000, last: 2099 } as const;
/** Its short names, made whole. */
const FULL_NAMES: Record<string, string> = { 清明: '清明节', 端午: '端午节', 中秋: '中秋节' };

const SOLAR_FESTIVALS: readonly (readonly [monthDay: string, name: string])[] = [
  ['01-01', '元旦'],
  ['05-01', '劳动节'],
  ['05-02', '劳动节'],
  ['10-01', '国庆节'],
  ['10-02', '国庆节'],
  ['10-03', '国庆节'],
];
/** Month and day of the lunar year; 除夕 is the day before 春节 and is found from it. */
const LUNAR_FESTIVALS: Record<string, { name: string; before: number; after: number }> = {
  '1-1': { name: '春节', before: 1, after: 2 },
  '5-5': { name: '端午节', before: 0, after: 0 },
  '8-15': { name: '中秋节', before: 0, after: 0 },
};

const byYear = new Map<number, ReadonlyMap<string, HolidayRule>>();

/** Years whose yearly notice the library carries, in order. */
export const noticeYears: readonly number[] = knownYears();

/** Holidays and make-up days of a year by date; without a notice the days fixed by law, no make-up days. */
export function holidaysOf(year: number): Holiday[] {
  return [...rulesOf(year)]
    .map(([date, rule]) => ({ date, ...rule }))
    .sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** The holidays every area of China shares. */
export const chineseHolidays: HolidaySource = {
  noticeYears,
  rule: (date) => rulesOf(Number(date.slice(0, 4))).get(date),
};

function rulesOf(year: number): ReadonlyMap<string, HolidayRule> {
  const found = byYear.get(year);
  if (found) {
    return found;
  }
  const rules = noticeYears.includes(year) ? fromNotice(year) : statutoryDays(year);
  byYear.set(year, rules);
  return rules;
}

function knownYears(): number[] {
  const years = new Set(Object.keys(notices.holidays).map((date) => Number(date.slice(0, 4))));
  return [...years].sort((a, b) => a - b);
}

function fromNotice(year: number): Map<string, HolidayRule> {
  const rules = new Map<string, HolidayRule>();
  const add = (entries: Record<string, string>, kind: HolidayRule['kind']): void => {
    for (const [date, text] of Object.entries(entries)) {
      if (Number(date.slice(0, 4)) === year) {
        rules.set(date, { kind, name: nameIn(text) });
      }
    }
  };
  add(notices.holidays, 'off');
  add(notices.workdays, 'work');
  return rules;
}

/** The table's texts read `National Day,国庆节,3`: English, Chinese, statutory days. */
function nameIn(text: string): string {
  const name = text.split(',')[1] ?? text;
  return FULL_NAMES[name] ?? name;
}

/** The days off the law itself fixes, by date: what holds for a year as long as its notice is not out. */
export function statutoryDays(year: number): ReadonlyMap<string, HolidayRule> {
  const rules = new Map<string, HolidayRule>();
  const add = (date: string, name: string): void => {
    rules.set(date, { kind: 'off', name: rules.has(date) ? `${rules.get(date)?.name}、${name}` : name });
  };
  SOLAR_FESTIVALS.forEach(([monthDay, name]) => add(`${year}-${monthDay}`, name));
  if (year < LUNAR_YEARS.first || year > LUNAR_YEARS.last) {
    return rules;
  }
  add(`${year}-04-0${clearAndBright(year)}`, '清明节');
  for (const date of datesOf(year)) {
    // Text is read as UTC here and the lunar date counted in UTC, so the machine's zone does not matter.
    const lunar = chineseDays.getLunarDate(date);
    const festival = lunar.isLeap ? undefined : LUNAR_FESTIVALS[`${lunar.lunarMon}-${lunar.lunarDay}`];
    if (festival) {
      const number = dayOfDate(date) ?? 0;
      for (let day = number - festival.before; day <= number + festival.after; day += 1) {
        add(dateOfDay(day), festival.name);
      }
    }
  }
  return rules;
}

/** The day of April on which 清明 falls, by the usual approximation for the years 2000 to 2099. */
function clearAndBright(year: number): number {
  const inCentury = year % 100;
  return Math.floor(inCentury * 0.2422 + 4.81) - Math.floor(inCentury / 4);
}

function datesOf(year: number): string[] {
  const first = Date.UTC(year, 0, 1) / DAY_MS;
  const next = Date.UTC(year + 1, 0, 1) / DAY_MS;
  return Array.from({ length: next - first }, (_, index) => dateOfDay(first + index));
}
