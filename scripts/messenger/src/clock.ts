import type { Kept } from './keeping.ts';

/**
 * Two clocks. Business time is what the demonstration shows: it dates messages and ends codes, tokens and days, runs at the
 * machine's speed and can be moved forwards. Machine time drives budgets, time-outs and redelivery and is never moved.
 */
export interface Clock extends Kept {
  /** Business time, epoch milliseconds. */
  now(): number;
  /** Machine time, epoch milliseconds. */
  machineNow(): number;
  /** Moves business time to a later moment. False, and no change, when the moment lies in the past. */
  moveTo(target: number): boolean;
  /** Back to where it started; only the messenger's reset may do that. */
  reset(): void;
}

/** @param startAt business time at the start, epoch milliseconds; null is the machine's own time */
export function createClock(startAt: number | null, machineNow: () => number = Date.now): Clock {
  let offset = startAt === null ? 0 : startAt - machineNow();
  const now = (): number => machineNow() + offset;
  return {
    now,
    machineNow,
    moveTo(target) {
      const ahead = target - now();
      if (!Number.isFinite(target) || ahead < 0) {
        return false;
      }
      offset += ahead;
      return true;
    },
    reset() {
      offset = startAt === null ? 0 : startAt - machineNow();
    },
    dump: () => offset,
    load(state) {
      offset = state as number;
    },
  };
}

const SHANGHAI_MS = 8 * 3_600_000;

/** The calendar day of a moment in China, as a number that grows by one a day. */
export function chinaDay(ms: number): number {
  return Math.floor((ms + SHANGHAI_MS) / 86_400_000);
}

/** A moment as ISO 8601 text with China's offset, e.g. `2026-07-07T14:30:00.000+08:00`. */
export function chinaIso(ms: number): string {
  return `${new Date(ms + SHANGHAI_MS).toISOString().slice(0, -1)}+08:00`;
}
