import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { STORES } from '../../../tests/support/stores.ts';
import type { TestDatabase } from '../../../tests/support/stores.ts';
import { runWithStore } from '../store/child.test-support.ts';
import { Stale, openStore } from '../store/index.ts';
import type { Store } from '../store/index.ts';
import { followLedger, ledgerAfter, ledgerPosition } from './follow.ts';
import { addCase, addEvent, madeEvent } from './made.test-support.ts';
import { appendEvent } from './append.ts';
import { createSequencer } from './sequencer.ts';
import type { Sequencer } from './sequencer.ts';
import { verifyLedger } from './verify.ts';

describe.each(STORES)('the sequencer on $name', (kind) => {
  let database: TestDatabase;
  let store: Store;
  const started: Sequencer[] = [];

  const ledger = async () => store.read((db) => ledgerAfter(db, 0, 10_000));
  const flaws = async () => (await verifyLedger(store, () => undefined)).findings;
  const addCaseAt = (caseId: string, recordedAt: number): Promise<unknown> =>
    store.transact((tx) => addEvent(tx, caseId, 1, recordedAt));

  /** Writes the case `early` in a transaction that stays open until the function it gives is called. */
  async function openSlowly(): Promise<() => Promise<unknown>> {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    let written: () => void = () => undefined;
    const open = new Promise<void>((resolve) => (written = resolve));
    const slow = store.transact(async (tx) => {
      await addEvent(tx, 'early', 1, 1_000);
      written();
      await gate;
    });
    await open;
    return () => {
      release();
      return slow;
    };
  }

  const starts = (sequencer: Sequencer): Sequencer => {
    sequencer.start();
    started.push(sequencer);
    return sequencer;
  };

  beforeEach(async () => {
    database = await kind.create();
    store = await openStore({ url: database.databaseUrl });
    await store.migrate();
  });

  afterEach(async () => {
    await Promise.all(started.splice(0).map((sequencer) => sequencer.stop()));
    await store.close();
    await database.drop();
  });

  it('refuses an event whose predecessor is missing', async () => {
    const early = store.transact((tx) => appendEvent(tx, madeEvent('ca', 2), { id: 'x', recordedAt: 1 }));
    await expect(early).rejects.toThrow('has no event 1');
  });

  it('numbers events densely, each case in its own order, and empties the list', async () => {
    await addCase(store, 'cb', 3);
    await addCase(store, 'ca', 2);
    expect(await createSequencer(store).runOnce()).toBe(5);
    const entries = await ledger();
    expect(entries.map((entry) => entry.seq)).toEqual([1, 2, 3, 4, 5]);
    expect(entries.map((entry) => entry.eventId)).toEqual(['ca-1', 'ca-2', 'cb-1', 'cb-2', 'cb-3']);
    expect(entries[0]?.event).toEqual({ ...madeEvent('ca', 1), id: 'ca-1', recordedAt: expect.any(Number) });
    expect(await flaws()).toBe(0);
  });

  it('keeps a case in order over several batches even where a later event carries an earlier clock', async () => {
    for (let version = 1; version <= 5; version += 1) {
      await store.transact((tx) => addEvent(tx, 'ca', version, 1_000_000 - version));
      await store.transact((tx) => addEvent(tx, `c${version}`, 1, 1_000_000 - version));
    }
    const batches: number[] = [];
    const sequencer = createSequencer(store, { batchSize: 2, onMoved: (seq) => batches.push(seq) });
    expect(await sequencer.runOnce()).toBe(10);
    expect(batches.length).toBeGreaterThan(4);
    const versions = (await ledger())
      .filter(({ event }) => event?.caseId === 'ca')
      .map(({ event }) => event?.version);
    expect(versions).toEqual([1, 2, 3, 4, 5]);
  });

  it('never overlooks an event committed after one that was recorded later', async () => {
    const sequencer = createSequencer(store);
    // SQLite has one writer at a time; there the earlier time comes from another machine's clock alone.
    const finish = store.dialect === 'mysql' ? await openSlowly() : () => addCaseAt('early', 1_000);
    await addCaseAt('late', 2_000);
    expect(await sequencer.runOnce()).toBe(1);
    await finish();
    expect(await sequencer.runOnce()).toBe(1);
    expect((await ledger()).map((entry) => entry.eventId)).toEqual(['late-1', 'early-1']);
  });

  it('lets one of several move the events, while cases flow', async () => {
    const other = kind.name === 'sqlite' ? store : await openStore({ url: database.databaseUrl });
    try {
      const moved = [0, 0];
      [store, other].forEach((each, i) => {
        const metrics = {
          sequencerLag: () => undefined,
          sequenced: (count: number) => (moved[i] = (moved[i] ?? 0) + count),
        };
        starts(createSequencer(each, { metrics, batchSize: 7 }));
      });
      await Promise.all(Array.from({ length: 10 }, (_, i) => addCase(i % 2 ? store : other, `c${i}`, 5)));
      started.forEach((sequencer) => sequencer.wake());
      await expect.poll(async () => (await ledger()).length, { timeout: 15_000 }).toBe(50);
      expect((moved[0] ?? 0) + (moved[1] ?? 0)).toBe(50);
      expect(await flaws()).toBe(0);
    } finally {
      await Promise.all(started.splice(0).map((sequencer) => sequencer.stop()));
      if (other !== store) {
        await other.close();
      }
    }
  });

  it('stops acting once its lease went to another, who goes on where it was', async () => {
    const sleeper = createSequencer(store);
    await addCase(store, 'ca', 1);
    expect(await sleeper.runOnce()).toBe(1);
    await store.transact((tx) => tx.updateTable('lease').set({ until_at: 0 }).execute());
    await addCase(store, 'cb', 1);
    const next = createSequencer(store);
    expect(await next.runOnce()).toBe(1);
    await addCase(store, 'cc', 1);
    expect(await sleeper.runOnce()).toBe(0);
    expect(await next.runOnce()).toBe(1);
    expect((await ledger()).map((entry) => entry.seq)).toEqual([1, 2, 3]);
    expect(await flaws()).toBe(0);
  });

  it(
    'loses and doubles nothing when it is killed in the middle of a batch',
    { timeout: 60_000 },
    async () => {
      await addCase(store, 'ca', 3);
      await store.close();
      const killed = await runWithStore(
        database.databaseUrl,
        'await ledger.createSequencer(store).runOnce();',
        'sequencer',
      );
      expect(killed.signal).toBe('SIGKILL');
      store = await openStore({ url: database.databaseUrl });
      expect(await ledger()).toEqual([]);
      starts(createSequencer(store));
      await expect.poll(async () => (await ledger()).length, { timeout: 30_000 }).toBe(3);
      expect(await flaws()).toBe(0);
    },
  );

  it('tells how long the oldest event waits', async () => {
    const lags: number[] = [];
    const sequencer = createSequencer(store, {
      metrics: { sequencerLag: (ms) => lags.push(ms), sequenced: () => undefined },
    });
    await store.transact((tx) => addEvent(tx, 'ca', 1, Date.now() - 5_000));
    await sequencer.runOnce();
    await sequencer.runOnce();
    expect(lags[0]).toBeGreaterThan(4_000);
    expect(lags[1]).toBe(0);
  });

  it('keeps a follower in step with its effect: moved together, or neither', async () => {
    await addCase(store, 'ca', 5);
    await createSequencer(store).runOnce();
    const step = (fail: boolean) =>
      store.transact(async (tx) => {
        const after = await ledgerPosition(tx, 'counts');
        const entries = await followLedger(tx, 'counts', after, 3);
        if (fail) {
          throw new Error('the effect failed');
        }
        return entries.map((entry) => entry.seq);
      });
    await expect(step(true)).rejects.toThrow('the effect failed');
    expect(await step(false)).toEqual([1, 2, 3]);
    expect(await step(false)).toEqual([4, 5]);
    expect(await step(false)).toEqual([]);
    expect(await store.read((db) => ledgerPosition(db, 'counts'))).toBe(5);
    const outrun = store.transact((tx) => followLedger(tx, 'counts', 3, 3));
    await expect(outrun).rejects.toThrow(Stale);
  });
});
