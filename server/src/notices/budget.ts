/** A host's rate budget, shared by every process: calls are spaced evenly, so no window ever holds more than the rate. */
import { databaseNow, insertIgnore, type Store } from '../store/index.ts';

/** Longer than this nobody waits for a turn; the caller tries again later. */
const LONGEST_WAIT_MS = 30_000;
/** Who wakes up later than this lets the turn go: calls that were held up must not arrive on top of the next ones. */
const LATE_MS = 60;

interface Turn {
  /** Milliseconds to wait, from `since` of this process's monotonic clock. */
  wait: number;
  since: number;
}

/**
 * `take` resolves when one more call may be made now. Each API has its own budget of `perSecond` calls.
 * Rejects when the queue is longer than 30 s, or this process so slow that it keeps no turn for that long.
 */
export function createBudget(
  store: Store,
  hostId: string,
  perSecond: number,
): { take(api: string): Promise<void> } {
  const spacing = Math.ceil(1_000 / perSecond);

  async function nextTurn(api: string): Promise<Turn> {
    const found = await store.transact(async (tx) => {
      const mine = () =>
        tx.updateTable('rate_budget').where('host_id', '=', hostId).where('budget_key', '=', api);
      // Taking the row first orders the takers; the clock is read after, so a turn is never in the past twice.
      const take = () =>
        mine()
          .set((eb) => ({ used: eb('used', '+', 1) }))
          .executeTakeFirst();
      // The row is there but for the first time ever; inserting first would have takers lock one another out.
      if ((await take()).numUpdatedRows === 0n) {
        await insertIgnore(tx, 'rate_budget', { host_id: hostId, budget_key: api, window_start: 0, used: 0 });
        await take();
      }
      const now = await databaseNow(tx);
      const since = performance.now();
      const row = await tx
        .selectFrom('rate_budget')
        .select('window_start')
        .where('host_id', '=', hostId)
        .where('budget_key', '=', api)
        .executeTakeFirstOrThrow();
      const turn = Math.max(now, row.window_start);
      if (turn - now > LONGEST_WAIT_MS) {
        return null;
      }
      await mine()
        .set({ window_start: turn + spacing })
        .execute();
      return { wait: turn - now, since };
    });
    if (found === null) {
      throw new Error(`the rate budget of ${hostId} ${api} is spoken for`);
    }
    return found;
  }

  return {
    async take(api) {
      const limit = performance.now() + LONGEST_WAIT_MS;
      while (!(await isOnTime(await nextTurn(api)))) {
        if (performance.now() > limit) {
          throw new Error(`this process is too slow to keep a turn of ${hostId} ${api}`);
        }
      }
    },
  };
}

/** Waits for the turn; false when it was missed. */
async function isOnTime({ wait, since }: Turn): Promise<boolean> {
  const left = since + wait - performance.now();
  if (left > 0) {
    await new Promise((resolve) => {
      setTimeout(resolve, left);
    });
  }
  return performance.now() <= since + wait + LATE_MS;
}
