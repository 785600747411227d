/** A follower that runs: takes the ledger's entries in batches, each in one transaction with what they bring about. */
import { shareRuns } from '../loop.ts';
import type { Store, Tx } from '../store/types.ts';
import { upsert } from '../store/writes.ts';
import { followLedger, ledgerPosition, type LedgerEntry } from './follow.ts';

export interface Follower {
  /** Takes everything that stands in the ledger now; answers how many entries. Calls meanwhile join the running one. */
  runOnce(): Promise<number>;
  /** Entries that have not taken effect yet. */
  behind(): Promise<number>;
  /** Clears what was kept and begins again at the first entry. */
  restart(): Promise<void>;
  /** Ends after the batch in hand; takes nothing afterwards. */
  stop(): Promise<void>;
}

export interface Following {
  name: string;
  /** Of what is kept: another one than last time begins again from nothing. */
  version: number;
  /** Writes what a batch brings about; touches nothing but the transaction. */
  effect(tx: Tx, entries: readonly LedgerEntry[]): Promise<void>;
  /** Deletes everything `effect` ever wrote. */
  clear(tx: Tx): Promise<void>;
  batch?: number;
}

const BATCH = 200;

/** Two processes may run the same follower: each batch then takes effect in one of them. */
export function createFollower(store: Store, following: Following): Follower {
  const { name, batch = BATCH } = following;
  const versionName = `ledger:${name}:version`;
  let checked = false;

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

  const restart = (): Promise<void> =>
    store.transact(async (tx) => {
      await tx.deleteFrom('setting').where('name', '=', `ledger:${name}`).execute();
      await following.clear(tx);
      const version = { name: versionName, value_json: JSON.stringify(following.version) };
      await upsert(tx, 'setting', version, { key: ['name'] });
    });

  async function checkVersion(): Promise<void> {
    if (checked) {
      return;
    }
    const kept = await store.read((db) =>
      db.selectFrom('setting').select('value_json').where('name', '=', versionName).executeTakeFirst(),
    );
    if (kept?.value_json !== JSON.stringify(following.version)) {
      await restart();
    }
    checked = true;
  }

  async function run(stopped: () => boolean): Promise<number> {
    await checkVersion();
    let total = 0;
    if ((await behind()) === 0) {
      return 0; // an idle system writes nothing
    }
    for (;;) {
      const taken = await store.transact(async (tx) => {
        const entries = await followLedger(tx, name, await ledgerPosition(tx, name), batch);
        if (entries.length > 0) {
          await following.effect(tx, entries);
        }
        return entries.length;
      });
      total += taken;
      if (taken < batch || stopped()) {
        return total;
      }
    }
  }

  return { ...shareRuns(run), behind, restart };
}

/** The cases the entries are about, each once. */
export function casesIn(entries: readonly LedgerEntry[]): string[] {
  return [...new Set(entries.flatMap(({ event }) => (event ? [event.caseId] : [])))];
}
