/** A host's rate budget, shared by every process: calls are spaced evenly, so no window ever holds more than the rate. */
import { databaseNow, insertIgnore, type Store } from '../store/index.ts';

/** Longer than this nobody waits for a turn; the caller tries again later. */
const LONGEST_WAIT_MS = 30_000;

/**
 * `take` resolves when one more call may be made now. Each API has its own budget of `perSecond` calls.
 * Rejects when the queue is longer than 30 s.
 */
export function createBudget(store: Store, hostId: string, perSecond: number): { take(api: string): Promise<void> } {
  const spacing = Math.ceil(1_000 / perSecond);
  return {
    async take(api) {
      const wait = await store.transact(async (tx) => {
        await insertIgnore(tx, 'rate_budget', { host_id: hostId, budget_key: api, window_start: 0, used: 0 });
        // Taking the row first orders the takers; the clock is read after, so a turn is never in the past twice.
        await tx
          .updateTable('rate_budget')
          .set((eb) => ({ used: eb('used', '+', 1) }))
          .where('host_id', '=', hostId)
          .where('budget_key', '=', api)
          .execute();
        const now = await databaseNow(tx);
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
        await tx
          .updateTable('rate_budget')
          .set({ window_start: turn + spacing })
          .where('host_id', '=', hostId)
          .where('budget_key', '=', api)
          .execute();
        return turn - now;
      });
      if (wait === null) {
        throw new Error(`the rate budget of ${hostId} ${api} is spoken for`);
      }
      if (wait > 0) {
        await new Promise((resolve) => {
          setTimeout(resolve, wait);
        });
      }
    },
  };
}
