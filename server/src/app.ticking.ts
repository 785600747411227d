/** Jobs that are run again and again by this process, each one at a time. */
import type { Log } from './log.ts';

export interface Ticking {
  /** Runs the job every `ms`; a run still under way is not joined by another, and one that fails is only told. */
  every(ms: number, job: string, run: () => Promise<unknown>): void;
  stop(): void;
}

export function createTicking(log: Log): Ticking {
  const timers: NodeJS.Timeout[] = [];
  return {
    every(ms, job, run) {
      let busy = false;
      const tick = (): void => {
        if (busy) {
          return;
        }
        busy = true;
        run()
          .catch((error: unknown) => log.warn('a job stumbled', { job, error }))
          .finally(() => {
            busy = false;
          });
      };
      timers.push(setInterval(tick, ms));
    },
    stop: () => timers.forEach((timer) => clearInterval(timer)),
  };
}
