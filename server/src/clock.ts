/**
 * Two clocks. Business time (events, deadlines, what people read) follows the local messenger's clock where CLOCK_URL
 * names one; machine time (leases, back-off, sessions) is always the machine's. Elsewhere both are the same.
 */

export interface Clock {
  /** Epoch milliseconds; never runs backwards, except when the messenger was set back to its beginning. */
  businessNow(): number;
  /** Epoch milliseconds of the machine. */
  machineNow(): number;
  /** Calls `fn` after business time was moved by hand; returns a function that ends it. */
  onJump(fn: (businessNow: number) => void): () => void;
}

export interface FollowingClock extends Clock {
  /** Asks the source at once; resolves when the answer is in force. Rejects when it cannot be had. */
  refresh(): Promise<void>;
  stop(): void;
}

/** The clock of every real deployment. */
export const systemClock: Clock = {
  businessNow: Date.now,
  machineNow: Date.now,
  onJump: () => () => undefined,
};

/** Differences below this are the jitter of asking, not a change. */
const JITTER_MS = 100;
/** A change larger than this is somebody moving the clock. */
const JUMP_MS = 1_000;
/** Further back than this is the demo's reset, not jitter. */
const RESET_MS = 60_000;

interface FollowOptions {
  pollMs?: number;
  fetch?: typeof fetch;
  machineNow?: () => number;
  /** Told once when the source falls silent and once when it answers again. */
  onTrouble?: (problem: string | null) => void;
}

/**
 * Follows a source that answers GET with JSON `{now}`, epoch milliseconds or ISO 8601. Between answers business time is
 * machine time plus the last offset, so it is synchronous and keeps running while the source is away.
 */
export function followClock(url: string, options: FollowOptions = {}): FollowingClock {
  const ask = options.fetch ?? fetch;
  const machineNow = options.machineNow ?? Date.now;
  const pollMs = options.pollMs ?? 250;
  const listeners = new Set<(businessNow: number) => void>();
  let offset = 0;
  let latest = 0;
  let silent = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const businessNow = (): number => {
    latest = Math.max(latest, machineNow() + offset);
    return latest;
  };

  const adopt = (remote: number, asked: number): void => {
    // The answer was made somewhere between asking and now: the middle is the best guess.
    const now = machineNow();
    const next = Math.round(remote - (asked + now) / 2);
    const change = next - offset;
    if (Math.abs(change) <= JITTER_MS) {
      return;
    }
    offset = next;
    if (change < -RESET_MS) {
      latest = now + offset;
    }
    if (Math.abs(change) > JUMP_MS) {
      const moved = businessNow();
      listeners.forEach((listener) => listener(moved));
    }
  };

  const refresh = async (): Promise<void> => {
    const asked = machineNow();
    const response = await ask(url, { signal: AbortSignal.timeout(2_000) });
    if (!response.ok) {
      throw new Error(`the clock answered ${response.status}`);
    }
    adopt(readNow(await response.json()), asked);
  };

  const poll = async (): Promise<void> => {
    try {
      await refresh();
      if (silent) {
        silent = false;
        options.onTrouble?.(null);
      }
    } catch (error) {
      if (!silent) {
        silent = true;
        options.onTrouble?.(error instanceof Error ? error.message : String(error));
      }
    }
    if (!stopped) {
      timer = setTimeout(() => void poll(), pollMs).unref();
    }
  };
  void poll();

  return {
    businessNow,
    machineNow,
    onJump(fn) {
      listeners.add(fn);
      return () => listeners.delete(fn);
    },
    refresh,
    stop() {
      stopped = true;
      clearTimeout(timer);
      listeners.clear();
    },
  };
}

/** The source's `now` as epoch milliseconds. */
function readNow(answer: unknown): number {
  const now = typeof answer === 'object' && answer !== null ? (answer as { now?: unknown }).now : undefined;
  const ms = typeof now === 'string' ? Date.parse(now) : now;
  if (typeof ms !== 'number' || !Number.isFinite(ms)) {
    throw new Error('the clock answered no time');
  }
  return ms;
}
