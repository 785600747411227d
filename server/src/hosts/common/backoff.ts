import { setTimeout as wait } from 'node:timers/promises';

export interface Backoff {
  /** The next pause, milliseconds: doubled each time up to the limit, between half and the whole of it. */
  next(): number;
  reset(): void;
}

/** Growing pauses with jitter, so that processes cut off together do not come back together. */
export function createBackoff(firstMs: number, maxMs: number, random: () => number = Math.random): Backoff {
  let step = firstMs;
  return {
    next: () => {
      const whole = step;
      step = Math.min(step * 2, maxMs);
      return Math.round(whole * (0.5 + random() / 2));
    },
    reset: () => {
      step = firstMs;
    },
  };
}

/** Waits, or returns at once when `signal` aborts; never rejects and keeps no process alive. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await wait(ms, undefined, { signal, ref: false });
  } catch {
    // Aborted: whoever waited looks at the signal itself.
  }
}
