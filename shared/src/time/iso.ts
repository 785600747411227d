/** ISO 8601 with the offset of Asia/Shanghai, both ways. */
import { DAY_MS, dayOfDate, localTime, MINUTE_MS } from './zone.ts';

const OFFSET = '+08:00';
const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})$/;

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

/** To the minute, for people and command lines: `2026-10-10T17:00+08:00`. Seconds are cut off. */
export function isoShanghai(ms: number): string {
  const at = localTime(ms);
  return `${pad(at.year, 4)}-${pad(at.month)}-${pad(at.day)}T${pad(at.hour)}:${pad(at.minute)}${OFFSET}`;
}

/** Without loss, for the API: `2026-10-10T17:00:00+08:00`, with milliseconds when there are any. */
export function isoShanghaiFull(ms: number): string {
  const at = localTime(ms);
  const fraction = at.millisecond === 0 ? '' : `.${pad(at.millisecond, 3)}`;
  return `${isoShanghai(ms).slice(0, -OFFSET.length)}:${pad(at.second)}${fraction}${OFFSET}`;
}

/**
 * Epoch milliseconds of an ISO 8601 time **with** an offset (`Z`, `+08:00`, `+0800`); seconds and fraction may be left
 * out, 24:00 is the end of the day. Null for anything else: a time without an offset says nothing.
 */
export function parseInstant(text: string): number | null {
  const match = INSTANT.exec(text);
  if (!match) {
    return null;
  }
  const [, date = '', hour = '', minute = '', second = '0', fraction = '0', offset = ''] = match;
  const day = dayOfDate(date);
  const shift = offsetMinutes(offset);
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  if (day === null || shift === null || Number(minute) > 59 || Number(second) > 59) {
    return null;
  }
  const inDay = seconds * 1000 + Math.floor(Number(`0.${fraction}`) * 1000 + 1e-6);
  if (inDay > DAY_MS) {
    return null;
  }
  return day * DAY_MS + inDay - shift * MINUTE_MS;
}

function offsetMinutes(offset: string): number | null {
  if (offset === 'Z') {
    return 0;
  }
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(-2));
  if (hours > 18 || minutes > 59) {
    return null;
  }
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
