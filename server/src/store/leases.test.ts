import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { STORES } from '../../../tests/support/stores.ts';
import type { TestDatabase } from '../../../tests/support/stores.ts';
import { LeaseLost, claimLease, claimRows, holdLease, holdsRow, openStore, releaseLease } from './index.ts';
import type { Store } from './index.ts';

const MINUTE = 60_000;

describe.each(STORES)('leases on $name', (kind) => {
  let database: TestDatabase;
  let store: Store;

  const claim = (owner: string, ms = MINUTE) => store.transact((tx) => claimLease(tx, 'work', owner, ms));
  const lapse = () => store.transact((tx) => tx.updateTable('lease').set({ until_at: 1 }).execute());
  const addTimer = (clock: string) =>
    store.transact((tx) =>
      tx
        .insertInto('timer')
        .values({
          case_id: 'c',
          clock_id: clock,
          step: 'due',
          fire_at: 1,
          clock_version: 1,
          lease_until: 0,
          fence: 0,
        })
        .execute(),
    );
  const key = (clock: string) => ({ case_id: 'c', clock_id: clock, step: 'due' });

  beforeEach(async () => {
    database = await kind.create();
    store = await openStore({ url: database.databaseUrl });
    await store.migrate();
  });

  afterEach(async () => {
    await store.close();
    await database.drop();
  });

  it('refuses a lease another holds, and gives one to exactly one of ten', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => claim(`owner${i}`)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await claim('late')).toBeUndefined();
  });

  it('renews without raising the fence, and raises it for whoever takes a lapsed one', async () => {
    const first = await claim('a');
    expect(await claim('a')).toEqual(first);
    await lapse();
    const second = await claim('b');
    expect(second?.fence).toBe((first?.fence ?? 0) + 1);
  });

  it('undoes the effect of a holder that slept through the end of its lease', async () => {
    const first = await claim('a');
    await lapse();
    await claim('b');
    const effect = store.transact(async (tx) => {
      await tx.insertInto('setting').values({ name: 'effect', value_json: '1' }).execute();
      await holdLease(tx, first ?? { name: '', owner: '', fence: 0 }, MINUTE);
    });
    await expect(effect).rejects.toThrow(LeaseLost);
    expect(await store.read((db) => db.selectFrom('setting').selectAll().execute())).toEqual([]);
  });

  it('hands over at once what was released', async () => {
    const first = await claim('a');
    await store.transact((tx) => releaseLease(tx, first ?? { name: '', owner: '', fence: 0 }));
    expect((await claim('b'))?.owner).toBe('b');
  });

  it('gives each row to one claim only, with its fence raised', async () => {
    const clocks = ['k1', 'k2', 'k3', 'k4'];
    for (const clock of clocks) {
      await addTimer(clock);
    }
    const claims = await Promise.all(
      Array.from({ length: 6 }, () =>
        store.transact((tx) => claimRows(tx, 'timer', clocks.map(key), MINUTE)),
      ),
    );
    const rows = claims.flatMap(({ rows }) => rows);
    expect(rows.map((row) => row.clock_id).sort()).toEqual(clocks);
    expect(rows.every((row) => row.fence === 1)).toBe(true);
    expect(await store.transact((tx) => claimRows(tx, 'timer', [], MINUTE))).toMatchObject({ rows: [] });
  });

  it('knows a row that went to another claim', async () => {
    await addTimer('k1');
    const first = await store.transact((tx) => claimRows(tx, 'timer', [key('k1')], MINUTE));
    const held = { owner: first.owner, fence: 1 };
    expect(await store.transact((tx) => holdsRow(tx, 'timer', key('k1'), held))).toBe(true);
    await store.transact((tx) => tx.updateTable('timer').set({ lease_until: 1 }).execute());
    const second = await store.transact((tx) => claimRows(tx, 'timer', [key('k1')], MINUTE));
    expect(second.rows[0]?.fence).toBe(2);
    expect(await store.transact((tx) => holdsRow(tx, 'timer', key('k1'), held))).toBe(false);
  });
});
