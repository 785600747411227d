/**
 * Counts everything anew beside the figures in use: every case as it stands now, then what the ledger brought meanwhile,
 * then the new figures take the place of the old ones at once. One process at a time; broken off, it begins again.
 */
import {
  claimLease,
  holdLease,
  LeaseLost,
  point,
  releaseLease,
  upsert,
  uuidv7,
  type Lease,
  type Reader,
  type Store,
  type Tx,
} from '../store/index.ts';
import { casesAt, countCases, versionsAt } from './facts.ts';
import {
  countedUpTo,
  followerName,
  isRebuildDue,
  liveGeneration,
  rebuildDone,
  rebuildsWanted,
  takeOver,
} from './generation.ts';
import { stepOn, type ProjectionDeps } from './projection.ts';
import { differingSums, keepProgress, keepResult } from './recount.ts';
import { replaceTallies } from './tally.repository.ts';

const LEASE_NAME = 'statistics-rebuild';
const LEASE_MS = 60_000;
const PAGE = 200;
/** Rows taken away at once. */
const AWAY = 2_000;

export interface Rebuild {
  /** Counts anew when that is due and nobody else does; answers whether it did. */
  ifDue(): Promise<boolean>;
  /** Counts anew in any case, unless another process does. */
  now(): Promise<boolean>;
  stop(): Promise<void>;
}

export function createRebuild(deps: ProjectionDeps & { now(): number }): Rebuild {
  const { store } = deps;
  const owner = uuidv7();
  let running: Promise<boolean> | undefined;
  let stopped = false;

  async function run(): Promise<boolean> {
    const lease = await store.transact((tx) => claimLease(tx, LEASE_NAME, owner, LEASE_MS));
    if (!lease) {
      return false;
    }
    try {
      return await build(lease);
    } catch (error) {
      if (error instanceof LeaseLost) {
        return false;
      }
      throw error;
    } finally {
      await store.transact((tx) => releaseLease(tx, lease));
    }
  }

  async function build(lease: Lease): Promise<boolean> {
    const held = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
      store.transact(async (tx) => {
        await holdLease(tx, lease, LEASE_MS);
        return work(tx);
      });
    await deps.refresh();
    const wanted = await store.read(rebuildsWanted);
    const live = await store.read(liveGeneration);
    const gen = live + 1;
    await takeAway(held, store, (each) => each !== live);
    // Cases are counted as they stood here; from here on the ledger is followed.
    const position = await held(async (tx) => {
      const seq = await lastSeq(tx);
      const kept = { name: `ledger:${followerName(gen)}`, value_json: JSON.stringify(seq) };
      await upsert(tx, 'setting', kept, { key: ['name'] });
      return seq;
    });
    const cases = await store.read(allCases);
    let done = 0;
    for (let after = ''; !stopped;) {
      const from = after;
      const last = await held(async (tx) => {
        const ids = await pageOfCases(tx, from);
        const found = await casesAt(tx, await versionsAt(tx, ids, position));
        await replaceTallies(tx, gen, await countCases(tx, deps, found));
        done += ids.length;
        await keepProgress(tx, { done, cases });
        return ids.at(-1);
      });
      point('statistics-rebuild');
      if (last === undefined) {
        return swap(held, { live, gen, wanted, cases: done });
      }
      after = last;
    }
    return false;
  }

  async function swap(
    held: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
    { live, gen, wanted, cases }: { live: number; gen: number; wanted: number; cases: number },
  ): Promise<boolean> {
    for (let swapped = false; !swapped;) {
      while ((await stepOn(deps, async () => gen)) > 0) {
        if (stopped) {
          return false;
        }
      }
      swapped = await held(async (tx) => {
        const position = await countedUpTo(tx, live);
        // Holds the old one where it is: what is read never goes back in the history.
        await tx
          .updateTable('setting')
          .set({ value_json: JSON.stringify(position) })
          .where('name', '=', `ledger:${followerName(live)}`)
          .execute();
        if ((await countedUpTo(tx, live)) > (await countedUpTo(tx, gen))) {
          return false;
        }
        await keepResult(tx, { at: deps.now(), cases, differing: await differingSums(tx, live, gen) });
        await takeOver(tx, gen);
        await rebuildDone(tx, wanted);
        return true;
      });
    }
    await takeAway(held, store, (each) => each !== gen);
    return true;
  }

  const start = (): Promise<boolean> => {
    running ??= run().finally(() => {
      running = undefined;
    });
    return running;
  };
  return {
    ifDue: async () => (!stopped && (await store.read(isRebuildDue)) ? start() : false),
    now: start,
    async stop() {
      stopped = true;
      await running?.catch(() => undefined);
    },
  };
}

async function pageOfCases(db: Reader, after: string): Promise<string[]> {
  const rows = await db
    .selectFrom('cases')
    .select('id')
    .where('id', '>', after)
    .orderBy('id')
    .limit(PAGE)
    .execute();
  return rows.map((row) => row.id);
}

async function lastSeq(db: Reader): Promise<number> {
  const last = await db.selectFrom('ledger').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst();
  return last?.seq ?? 0;
}

/** Takes generations away that nobody reads, some rows at a time. */
async function takeAway(
  held: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
  store: Store,
  unread: (gen: number) => boolean,
): Promise<void> {
  for (const gen of (await store.read(generations)).filter(unread)) {
    for (;;) {
      const gone = await held(async (tx) => {
        const cases = await tx
          .selectFrom('tally')
          .select('case_id')
          .distinct()
          .where('gen', '=', gen)
          .limit(PAGE)
          .execute();
        if (cases.length > 0) {
          await tx
            .deleteFrom('tally')
            .where('gen', '=', gen)
            .where(
              'case_id',
              'in',
              cases.map((row) => row.case_id),
            )
            .execute();
        }
        return cases.length + (await takeSumsAway(tx, gen));
      });
      if (gone === 0) {
        break;
      }
    }
    await held((tx) =>
      tx
        .deleteFrom('setting')
        .where('name', '=', `ledger:${followerName(gen)}`)
        .execute(),
    );
  }
}

/** From the first to the last there is anything of: both ends of an index. */
async function generations(db: Reader): Promise<number[]> {
  const ends = [];
  for (const name of ['tally', 'tally_sum'] as const) {
    for (const direction of ['asc', 'desc'] as const) {
      const row = await db
        .selectFrom(name)
        .select('gen')
        .orderBy('gen', direction)
        .limit(1)
        .executeTakeFirst();
      ends.push(...(row ? [row.gen] : []));
    }
  }
  const first = Math.min(...ends);
  return ends.length === 0 ? [] : Array.from({ length: Math.max(...ends) - first + 1 }, (_, i) => first + i);
}

async function takeSumsAway(tx: Tx, gen: number): Promise<number> {
  const [first] = await tx
    .selectFrom('tally_sum')
    .select(['cut', 'area_id', 'grain', 'kind', 'period'])
    .where('gen', '=', gen)
    .orderBy('cut')
    .orderBy('area_id')
    .orderBy('grain')
    .orderBy('kind')
    .orderBy('period')
    .limit(1)
    .offset(AWAY)
    .execute();
  const from = tx.deleteFrom('tally_sum').where('gen', '=', gen);
  const done = await (
    first ? from.where('cut', '=', first.cut).where('area_id', '<=', first.area_id) : from
  ).executeTakeFirst();
  return Number(done.numDeletedRows);
}

async function allCases(db: Reader): Promise<number> {
  const row = await db
    .selectFrom('cases')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(row.n);
}
