/**
 * Asia/Shanghai as arithmetic. The zone has been a fixed +08:00 since September 1991, so instants (epoch milliseconds)
 * and local days convert with one constant, and the machine's own zone and Intl data never matter.
 */

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
const OFFSET_MS = 8 * HOUR_MS;

/** What a wall clock in Shanghai shows at an instant; `weekday` is 0 for Sunday. */
export interface LocalTime {
  year: number;
  month: number;
  day: number;
  weekday: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
}

/** Days since 1970-01-01 in Shanghai of the local day that holds the instant. */
export function dayNumberOf(ms: number): number {
  return Math.floor((ms + OFFSET_MS) / DAY_MS);
}

/** The instant at which a local day (days since 1970-01-01) begins. */
export function startOfDay(dayNumber: number): number {
  return dayNumber * DAY_MS - OFFSET_MS;
}

/** The local date (`YYYY-MM-DD`) of a day number. */
export function dateOfDay(dayNumber: number): string {
  return new Date(dayNumber * DAY_MS).toISOString().slice(0, 10);
}

/** The day number of a date, or null when the text is no date (`2026-02-30`, `2026-7-6`). */
export function dayOfDate(date: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) {
    return null;
  }
  const ms = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== date) {
    return null;
  }
  return ms / DAY_MS;
}

/** The local date (`YYYY-MM-DD`) of an instant. */
export function shanghaiDate(ms: number): string {
  return dateOfDay(dayNumberOf(ms));
}

/** 0 for Sunday to 6 for Saturday; day number 0 was a Thursday. */
export function weekdayOfDay(dayNumber: number): number {
  return (((dayNumber + 4) % 7) + 7) % 7;
}

/** The wall clock's parts at an instant. */
export function localTime(ms: number): LocalTime {
  const shifted = new Date(ms + OFFSET_MS);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    weekday: shifted.getUTCDay(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    millisecond: shifted.getUTCMilliseconds(),
  };
}

/** Minutes after midnight of `HH:MM` (00:00 to 24:00), or null when the text is no time of day. */
export function minuteOfDay(text: string): number | null {
  const match = /^(\d{2}):(\d{2})$/.exec(text);
  if (!match) {
    return null;
  }
  const minutes = Number(match[1]) * 60 + Number(match[2]);
  return Number(match[2]) < 60 && minutes <= 24 * 60 ? minutes : null;
}
