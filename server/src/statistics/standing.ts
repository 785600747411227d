/** One answer, one place in the history: what is read together is read again when the figures moved meanwhile. */
import { clockText, dateText, isoShanghaiFull, localTime, weekdayText } from '@minqing/shared/time';
import type { Reader, Store } from '../store/index.ts';
import { countedUpTo, liveGeneration } from './generation.ts';

export interface Standing {
  gen: number;
  now: number;
  seq: number;
}

const TRIES = 8;

/**
 * Runs `read` between two looks at the position and again while they differ: everything it reads then belongs to one
 * place in the history. Under a constant stream of events the last try is taken.
 */
export async function readStanding<T>(
  store: Pick<Store, 'read'>,
  now: number,
  read: (db: Reader, standing: Standing) => Promise<T>,
): Promise<{ found: T; standing: Standing }> {
  return store.read(async (db) => {
    for (let attempt = 1; ; attempt += 1) {
      const gen = await liveGeneration(db);
      const standing = { gen, now, seq: await countedUpTo(db, gen) };
      const found = await read(db, standing);
      const same = (await liveGeneration(db)) === gen && (await countedUpTo(db, gen)) === standing.seq;
      if (same || attempt >= TRIES) {
        return { found, standing };
      }
    }
  });
}

/** What every answer says of itself. */
export const told = ({
  gen,
  seq,
  now,
}: Standing): { seq: number; counting: number; asOf: string; asOfText: string } => ({
  seq,
  counting: gen,
  asOf: isoShanghaiFull(now),
  asOfText: `截至 ${dateText(now, now)} ${weekdayText(localTime(now).weekday)} ${clockText(now)}`,
});
