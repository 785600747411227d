/** Lights and rings of running clocks: when amber begins, how much of the whole is used. */
import type { LightName } from '../words/index.ts';
import { MINUTE_MS } from '../time/zone.ts';
import type { ClockReading, Limit, Minutes, Ring } from './types.ts';
import type { WorkTime } from './worktime.ts';

/** Long limits turn amber when this much is left: one working day. */
const AMBER_MINUTES = 7 * 60;
/** Half of an odd number of milliseconds is no instant; without this the light would lag its own reminder by one. */
const ONE_MS = 1 / MINUTE_MS;

/** green, amber, red (after `dueAt`; a reply at `dueAt` itself is in time), or paused, which is never late. */
export function lightAt(time: WorkTime, reading: ClockReading): LightName {
  if (reading.paused) {
    return 'paused';
  }
  if (reading.now > reading.dueAt) {
    return 'red';
  }
  const whole = time.between(reading.startAt, reading.dueAt) - (reading.pausedMinutes ?? 0);
  const left = time.between(reading.now, reading.dueAt);
  return left <= amberBelow(whole, reading.limit) + ONE_MS ? 'amber' : 'green';
}

/** The earliest instant at which `lightAt` answers amber. */
export function amberFrom(
  time: WorkTime,
  startAt: number,
  dueAt: number,
  limit: Limit,
  paused: Minutes,
): number {
  const span = time.between(startAt, dueAt);
  const green = span - amberBelow(span - paused, limit);
  return green > 0 ? time.addMinutes(startAt, green) : startAt;
}

/** The ring of a clock; once the work is done, `now` is the moment it was done. */
export function ringAt(
  time: WorkTime,
  reading: { now: number; startAt: number; dueAt: number; pausedMinutes?: Minutes },
): Ring {
  const paused = reading.pausedMinutes ?? 0;
  const whole = Math.max(0, time.between(reading.startAt, reading.dueAt) - paused);
  const used = Math.max(0, time.between(reading.startAt, reading.now) - paused);
  const rest = time.between(reading.now, reading.dueAt);
  return {
    whole,
    used,
    left: Math.max(0, rest),
    over: Math.max(0, -rest),
    share: whole > 0 ? Math.min(1, used / whole) : 1,
  };
}

/** Limits of a day or less, and limits in hours, turn amber at half of their whole. */
function amberBelow(whole: Minutes, limit: Limit): Minutes {
  return limit.unit === 'hours' || limit.amount <= 1 ? whole / 2 : AMBER_MINUTES;
}
