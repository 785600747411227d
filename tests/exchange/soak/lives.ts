/** A process that lives, dies and lives again until it is told to stop for good. */
import type { ServerProcess } from '../../chaos/server-process.ts';

/** A named place not met for this long is given up for a kill from outside. */
const NAMED_LIMIT_MS = 20_000;

export interface Death {
  /** Where it was to die; '' at any moment. */
  point: string;
  /** It died by itself at that place. */
  there: boolean;
}

export interface Lives {
  deaths: Death[];
  /** kill -9 now; the next life dies by itself at `point` when one is named. Resolves when that life answers. */
  kill(point?: string): Promise<void>;
  /** kill -9, then `meanwhile` while it is dead, then its next life. */
  whileDead(meanwhile: () => Promise<void> | void): Promise<void>;
  /** The last this life said. */
  words(): string;
  /** SIGTERM, for good. */
  stop(): Promise<void>;
}

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });

/** @param start a life: up when it resolves, or dead already when a kill point met it on the way */
export async function keepAlive(start: (point: string) => Promise<ServerProcess>): Promise<Lives> {
  const deaths: Death[] = [];
  let point = '';
  let meanwhile: (() => Promise<void> | void) | undefined;
  let going = true;
  let life = await start('');
  let broken: unknown;
  /** Resolved at the beginning of the next life. */
  let reborn = Promise.withResolvers<void>();

  async function live(): Promise<void> {
    let wasFor = '';
    while (going) {
      const met = await Promise.race([
        life.gone.then(() => true),
        ...(wasFor === '' ? [] : [pause(NAMED_LIMIT_MS).then(() => false)]),
      ]);
      await life.kill();
      if (!going) {
        return;
      }
      deaths.push({ point: wasFor, there: wasFor !== '' && met && asked === null });
      asked = null;
      await meanwhile?.();
      meanwhile = undefined;
      wasFor = point;
      point = '';
      life = await start(wasFor);
      reborn.resolve();
      reborn = Promise.withResolvers<void>();
    }
  }
  /** Somebody outside asked for this death. */
  let asked: Promise<void> | null = null;
  const running = live().catch((error: unknown) => {
    broken = error;
    reborn.reject(error);
  });

  async function kill(next = ''): Promise<void> {
    point = next;
    const back = reborn.promise;
    asked = life.kill();
    await back;
  }

  return {
    deaths,
    kill,
    async whileDead(work) {
      meanwhile = work;
      await kill();
    },
    words: () => life.words(),
    async stop() {
      going = false;
      await life.stop();
      await running;
      if (broken) {
        throw broken;
      }
    },
  };
}
