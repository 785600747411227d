/**
 * Bodies that are being read, by file. A sender whose connection broke comes back at once, over another connection,
 * while bytes of the first are still being taken in: it must be told where those end, or it sends them again.
 */

/** One body being read. */
export interface Reading {
  /** Resolves when the body should be read no further. */
  readonly ended: Promise<'cut'>;
  /** Tells that bytes came. */
  progress(): void;
  /** Must be called when nothing more will be kept. */
  done(): void;
}

export interface Readings {
  /** Begins to read a body at the offset. */
  begin(fileId: string, offset: number): Reading;
  /**
   * Waits until bodies that began before `offset` are taken in as far as they go; one from which nothing comes any more
   * is ended.
   */
  settle(fileId: string, offset: number): Promise<void>;
}

/** A connection that is silent for so long, while its sender has come back over another one, is dead. */
const SILENCE_MS = 250;
/** Whatever trickles on longer than this is ended too. */
const MOST_WAITS = 40;

interface Active {
  start: number;
  received: number;
  end: () => void;
  finished: Promise<void>;
}

export function createReadings(): Readings {
  const active = new Map<string, Set<Active>>();

  async function settleOne(one: Active): Promise<void> {
    for (let waits = 0; ; waits += 1) {
      const before = one.received;
      if (await isOver(one.finished)) {
        return;
      }
      if (one.received === before || waits >= MOST_WAITS) {
        one.end();
        await one.finished;
        return;
      }
    }
  }

  return {
    begin(fileId, offset) {
      const { promise: ended, resolve: end } = Promise.withResolvers<'cut'>();
      const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
      const one: Active = { start: offset, received: 0, end: () => end('cut'), finished };
      const all = active.get(fileId) ?? new Set();
      active.set(fileId, all.add(one));
      return {
        ended,
        progress() {
          one.received += 1;
        },
        done() {
          finish();
          all.delete(one);
          if (all.size === 0) {
            active.delete(fileId);
          }
        },
      };
    },
    async settle(fileId, offset) {
      const earlier = [...(active.get(fileId) ?? [])].filter(({ start }) => start < offset);
      await Promise.all(earlier.map(settleOne));
    },
  };
}

async function isOver(finished: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), SILENCE_MS);
  });
  try {
    return await Promise.race([finished.then(() => true), silence]);
  } finally {
    clearTimeout(timer);
  }
}
