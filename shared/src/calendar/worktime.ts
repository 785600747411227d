/** Counting office time: between two instants, forwards from one, and to the ends of days. */
import { dateOfDay, dayNumberOf, MINUTE_MS, startOfDay } from '../time/zone.ts';
import type { Day } from './days.ts';
import type { Minutes } from './types.ts';

/** A due time further away than this many days is a mistake, not a limit. */
const HORIZON_DAYS = 40_000;

/** The arithmetic the calendar is built on; `dayAt` looks a day up by its number. */
export interface WorkTime {
  dayAt(dayNumber: number): Day;
  between(a: number, b: number): Minutes;
  addMinutes(start: number, minutes: Minutes): number;
  addDays(start: number, days: number): number;
  naturalEnd(start: number, days: number): number;
  /** The first day from `dayNumber` on that is a whole working day. */
  wholeDayFrom(dayNumber: number): number;
  closeOf(dayNumber: number): number;
}

/** Binds the arithmetic to one look-up of days. */
export function createWorkTime(dayAt: (dayNumber: number) => Day): WorkTime {
  const wholeDayFrom = (dayNumber: number): number => {
    for (let day = dayNumber; day < dayNumber + HORIZON_DAYS; day += 1) {
      if (dayAt(day).info.kind === 'work') {
        return day;
      }
    }
    throw new RangeError(`No working day within ${HORIZON_DAYS} days of ${dateOfDay(dayNumber)}`);
  };
  const closeOf = (dayNumber: number): number =>
    dayAt(dayNumber).spans.at(-1)?.[1] ?? startOfDay(dayNumber + 1);

  const elapsedMs = (from: number, to: number): number => {
    const last = dayNumberOf(to);
    let sum = 0;
    for (let number = dayNumberOf(from); number <= last; number += 1) {
      const day = dayAt(number);
      const inside = startOfDay(number) >= from && number < last;
      sum += inside ? day.openMs : openWithin(day, from, to);
    }
    return sum;
  };

  return {
    dayAt,
    wholeDayFrom,
    closeOf,
    between(a, b) {
      requireInstant(a);
      requireInstant(b);
      // Subtracted from 0, not negated: a rest of -0 would be told and compared as something else than 0.
      return a <= b ? elapsedMs(a, b) / MINUTE_MS : 0 - elapsedMs(b, a) / MINUTE_MS;
    },
    addMinutes(start, minutes) {
      requireInstant(start);
      if (!Number.isFinite(minutes) || minutes < 0) {
        throw new RangeError(`Working minutes must be 0 or more: ${minutes}`);
      }
      let restMs = Math.round(minutes * MINUTE_MS);
      if (restMs === 0) {
        return start;
      }
      const first = dayNumberOf(start);
      for (let number = first; number < first + HORIZON_DAYS; number += 1) {
        for (const [from, to] of dayAt(number).spans) {
          const openMs = Math.max(0, to - Math.max(from, start));
          if (openMs >= restMs) {
            return Math.max(from, start) + restMs;
          }
          restMs -= openMs;
        }
      }
      throw new RangeError(`Too far away: ${minutes} working minutes`);
    },
    addDays(start, days) {
      requireDays(days);
      let number = dayNumberOf(requireInstant(start));
      for (let counted = 0; counted < days; counted += 1) {
        number = wholeDayFrom(number + 1);
      }
      return closeOf(number);
    },
    naturalEnd(start, days) {
      requireDays(days);
      let number = dayNumberOf(requireInstant(start)) + days;
      while (dayAt(number).info.kind === 'off') {
        number += 1;
      }
      return startOfDay(number + 1);
    },
  };
}

/** Office milliseconds of one day that lie between two instants. */
function openWithin(day: Day, from: number, to: number): number {
  return day.spans.reduce(
    (sum, [start, end]) => sum + Math.max(0, Math.min(end, to) - Math.max(start, from)),
    0,
  );
}

function requireInstant(ms: number): number {
  if (!Number.isFinite(ms)) {
    throw new RangeError(`Not an instant: ${ms}`);
  }
  return ms;
}

function requireDays(days: number): void {
  if (!Number.isInteger(days) || days < 1 || days > HORIZON_DAYS) {
    throw new RangeError(`Days must be whole and at least 1: ${days}`);
  }
}
