/** What each day is and when its office is open: overrides first, then holidays and make-up days, then the week. */
import { dateOfDay, dayOfDate, MINUTE_MS, minuteOfDay, startOfDay, weekdayOfDay } from '../time/zone.ts';
import type { CalendarData, DayInfo, DayRule, HolidayRule, HolidaySource } from './types.ts';

/** One day, resolved: what it is, its open spans as instants, and their length. */
export interface Day {
  info: DayInfo;
  spans: readonly (readonly [start: number, end: number])[];
  openMs: number;
}

type MinuteSpan = readonly [start: number, end: number];
interface HoursFrom {
  fromDay: number;
  whole: readonly MinuteSpan[];
  half: readonly MinuteSpan[];
}

/** Office hours where nobody set others. */
export const DEFAULT_SPANS: readonly [string, string][] = [
  ['08:30', '12:00'],
  ['13:30', '17:00'],
];

/**
 * A remembering look-up from day number to day.
 * Throws RangeError, naming the fault, when dates or hours of the data are malformed.
 */
export function createDays(data: CalendarData, holidays: HolidaySource): (dayNumber: number) => Day {
  const hours = hoursInOrder(data);
  const overrides = new Map<number, DayRule>(data.overrides.map((rule) => [requireDay(rule.date), rule]));
  const importedYears = new Set(data.notices.map((notice) => notice.year));
  const importedDays = new Map(data.notices.flatMap((notice) => notice.days).map((day) => [day.date, day]));
  const noticeYears = new Set([...holidays.noticeYears, ...importedYears]);
  const known = new Map<number, Day>();

  const holidayOn = (date: string): HolidayRule | undefined =>
    importedDays.get(date) ?? (importedYears.has(Number(date.slice(0, 4))) ? undefined : holidays.rule(date));

  const infoOf = (dayNumber: number): DayInfo => {
    const date = dateOfDay(dayNumber);
    const weekday = weekdayOfDay(dayNumber);
    const override = overrides.get(dayNumber);
    if (override) {
      const name = override.name ?? { work: '上班', half: '半天', off: '不上班' }[override.kind];
      return { date, weekday, kind: override.kind, reason: 'override', name, provisional: false };
    }
    const provisional = !noticeYears.has(Number(date.slice(0, 4)));
    const rule = holidayOn(date);
    if (rule?.kind === 'off') {
      return { date, weekday, kind: 'off', reason: 'holiday', name: rule.name, provisional };
    }
    if (rule) {
      return { date, weekday, kind: 'work', reason: 'makeUp', name: `${rule.name}补班`, provisional };
    }
    if (weekday === 0 || weekday === 6) {
      return { date, weekday, kind: 'off', reason: 'weekend', name: '周末', provisional };
    }
    return { date, weekday, kind: 'work', reason: 'weekday', name: '工作日', provisional };
  };

  return (dayNumber) => {
    const found = known.get(dayNumber);
    if (found) {
      return found;
    }
    const info = infoOf(dayNumber);
    const spans = openSpans(info, dayNumber, hours);
    const openMs = spans.reduce((sum, [start, end]) => sum + end - start, 0);
    const day = { info, spans, openMs };
    known.set(dayNumber, day);
    return day;
  };
}

/** The day number of a date. Throws RangeError when the text is no date. */
export function requireDay(date: string): number {
  const day = dayOfDate(date);
  if (day === null) {
    throw new RangeError(`Not a date (YYYY-MM-DD): ${date}`);
  }
  return day;
}

function openSpans(info: DayInfo, dayNumber: number, hours: readonly HoursFrom[]): Day['spans'] {
  const inForce = hours.find((entry) => entry.fromDay <= dayNumber);
  if (info.kind === 'off' || !inForce) {
    return [];
  }
  const midnight = startOfDay(dayNumber);
  const spans = info.kind === 'half' ? inForce.half : inForce.whole;
  return spans.map(([start, end]) => [midnight + start * MINUTE_MS, midnight + end * MINUTE_MS] as const);
}

/** Latest first; the default stands before all of them. */
function hoursInOrder(data: CalendarData): HoursFrom[] {
  const given = data.hours.map((entry) => hoursFrom(requireDay(entry.validFrom), entry.spans));
  given.sort((a, b) => b.fromDay - a.fromDay);
  return [...given, hoursFrom(Number.NEGATIVE_INFINITY, DEFAULT_SPANS)];
}

function hoursFrom(fromDay: number, texts: readonly (readonly [string, string])[]): HoursFrom {
  let last = -1;
  const whole = texts.map(([startText, endText]): MinuteSpan => {
    const start = minuteOfDay(startText);
    const end = minuteOfDay(endText);
    if (start === null || end === null || start >= end || start < last) {
      throw new RangeError(`Office hours must be HH:MM pairs in order: ${startText}–${endText}`);
    }
    last = end;
    return [start, end];
  });
  if (whole.length === 0) {
    throw new RangeError('Office hours need at least one span');
  }
  return { fromDay, whole, half: firstHalf(whole) };
}

/** The morning: the first half of the spans; a single span is cut in its middle. */
function firstHalf(whole: readonly MinuteSpan[]): readonly MinuteSpan[] {
  const [only] = whole;
  if (whole.length === 1 && only) {
    return [[only[0], Math.floor((only[0] + only[1]) / 2)]];
  }
  return whole.slice(0, Math.floor(whole.length / 2));
}
