/** A follower that runs: takes the ledger's entries in batches, each in one transaction with what they bring about. */
import type { Store, Tx } from '../store/types.ts';
import { followLedger, ledgerPosition, type LedgerEntry } from './follow.ts';

export interface Follower {
  /** Takes everything that stands in the ledger now; answers how many entries. Calls meanwhile join the running one. */
  runOnce(): Promise<number>;
  /** Entries that have not taken effect yet. */
  behind(): Promise<number>;
  /** Ends after the batch in hand; takes nothing afterwards. */
  stop(): Promise<void>;
  /** Lets the follower begin again at the first entry, in the transaction that clears what it had written. */
  restart(clear: (tx: Tx) => Promise<void>): Promise<void>;
}

const BATCH = 200;

/**
 * The follower `name`. `effect` writes what a batch brings about and touches nothing but the transaction; two processes
 * may run the same follower, each batch then takes effect in one of them.
 */
export function createFollower(
  store: Store,
  name: string,
  effect: (tx: Tx, entries: readonly LedgerEntry[]) => Promise<void>,
  batch = BATCH,
): Follower {
  let running: Promise<number> | undefined;
  let stopped = false;

  const behind = (): Promise<number> =>
    store.read(async (db) => {
      const last = await db
        .selectFrom('ledger')
        .select('seq')
        .orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirst();
      return (last?.seq ?? 0) - (await ledgerPosition(db, name));
    });

  async function run(): Promise<number> {
    let total = 0;
    if ((await behind()) === 0) {
      return 0; // an idle system writes nothing
    }
    for (;;) {
      const taken = await store.transact(async (tx) => {
        const entries = await followLedger(tx, name, await ledgerPosition(tx, name), batch);
        if (entries.length > 0) {
          await effect(tx, entries);
        }
        return entries.length;
      });
      total += taken;
      if (taken < batch || stopped) {
        return total;
      }
    }
  }

  return {
    async runOnce() {
      if (stopped) {
        return 0;
      }
      running ??= run().finally(() => {
        running = undefined;
      });
      return running;
    },
    behind,
    async stop() {
      stopped = true;
      // Whoever asked for the run hears of its failure.
      await running?.catch(() => undefined);
    },
    async restart(clear) {
      await store.transact(async (tx) => {
        await tx.deleteFrom('setting').where('name', '=', `ledger:${name}`).execute();
        await clear(tx);
      });
    },
  };
}

/** The cases the entries are about, each once. */
export function casesIn(entries: readonly LedgerEntry[]): string[] {
  return [...new Set(entries.flatMap(({ event }) => (event ? [event.caseId] : [])))];
}
