/** How workers take turns: one at a time, and none after they were stopped. */
import type { Log } from './log.ts';

export interface Loop {
  start(): void;
  /** Ends after the turn under way; none begins afterwards. */
  stop(): Promise<void>;
  /** The next turn comes at once, or right after the one under way. Nothing before `start`. */
  wake(): void;
}

export interface LoopOptions {
  /** Who stumbled, for the log. */
  name: string;
  log: Log;
  /** Between two turns when the first found nothing to do. Milliseconds. */
  idleMs: number;
  /** Answers how much it did; when there was something the next turn follows at once. */
  turn(): Promise<number>;
}

/** Turn after turn. One that fails is logged and counts as one that found nothing. */
export function createLoop({ name, log, idleMs, turn }: LoopOptions): Loop {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = true;

  function schedule(ms: number): void {
    clearTimeout(timer);
    if (!stopped) {
      timer = setTimeout(go, ms);
    }
  }

  function go(): void {
    again = false;
    running = turn()
      .catch((error: unknown) => {
        log.warn(`${name} stumbled`, { error });
        return 0;
      })
      .then((did) => {
        running = null;
        schedule(did > 0 || again ? 0 : idleMs);
      });
  }

  return {
    start() {
      stopped = false;
      schedule(0);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
    wake() {
      if (running) {
        again = true;
      } else {
        schedule(0);
      }
    },
  };
}

/** Work that several may ask for. */
export interface Shared {
  /** Calls meanwhile join the one under way; 0 once it was stopped. */
  runOnce(): Promise<number>;
  stop(): Promise<void>;
}

/** `run` is to look at `stopped` between its steps. Whoever asked for a run hears of its failure. */
export function shareRuns(run: (stopped: () => boolean) => Promise<number>): Shared {
  let running: Promise<number> | undefined;
  let stopped = false;
  return {
    async runOnce() {
      if (stopped) {
        return 0;
      }
      running ??= run(() => stopped).finally(() => {
        running = undefined;
      });
      return running;
    },
    async stop() {
      stopped = true;
      await running?.catch(() => undefined);
    },
  };
}
