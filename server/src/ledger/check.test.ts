import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { STORES } from '../../../tests/support/stores.ts';
import type { TestDatabase } from '../../../tests/support/stores.ts';
import { TestClock } from '../../../tests/support/people.ts';
import { openStore } from '../store/index.ts';
import type { Store } from '../store/index.ts';
import { createLedgerCheck, type LedgerCheck } from './check.ts';
import { addCase } from './made.test-support.ts';
import { createSequencer } from './sequencer.ts';

describe.each(STORES)('checks of the ledger on $name', (kind) => {
  let database: TestDatabase;
  let store: Store;
  let clock: TestClock;
  let check: LedgerCheck;

  beforeEach(async () => {
    database = await kind.create();
    store = await openStore({ url: database.databaseUrl });
    await store.migrate();
    clock = new TestClock();
    check = createLedgerCheck({ store, clock });
    await addCase(store, 'ca', 4);
    await addCase(store, 'cb', 2);
    await createSequencer(store).runOnce();
  });
  afterEach(async () => {
    await check.stop();
    await store.close();
    await database.drop();
  });

  const ended = async () => {
    await check.idle();
    return check.latest();
  };

  it('runs in the background and keeps what came of it', async () => {
    expect(await check.latest()).toBeNull();
    expect(await check.start('p1')).toBe(true);
    const whole = await ended();
    expect(whole).toMatchObject({
      state: 'whole',
      person_id: 'p1',
      last_seq: 6,
      findings: 0,
      total: 18,
    });
    expect(whole?.done).toBeGreaterThanOrEqual(18);
    expect(whole?.chain_hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('locates what was changed, to the event', async () => {
    await store.transact(async (tx) => {
      await sql`update event set at = 1 where id = 'ca-2'`.execute(tx);
    });
    await check.start(null);
    const broken = await ended();
    expect(broken).toMatchObject({ state: 'broken', findings: 1 });
    expect(JSON.parse(broken?.findings_json ?? '')).toMatchObject([
      { kind: 'edited', at: { caseId: 'ca', version: 2 } },
    ]);
  });

  it('is made by one process at a time, and by another once the first is gone', async () => {
    const other = createLedgerCheck({ store, clock });
    const started = await Promise.all([check.start('p1'), other.start('p2')]);
    expect(started.filter(Boolean)).toHaveLength(1);
    await Promise.all([check.idle(), other.idle()]);
    await store.transact(async (tx) => {
      await sql`update ledger_check set state = 'running', finished_at = null`.execute(tx);
    });
    expect(await other.start('p2')).toBe(false);
    clock.machine += 200_000;
    expect((await other.latest())?.state).toBe('failed');
    expect(await other.start('p2')).toBe(true);
    await other.idle();
    const rows = await store.read((db) =>
      db.selectFrom('ledger_check').select('state').orderBy('id').execute(),
    );
    expect(rows.map((row) => row.state)).toEqual(['failed', 'whole']);
  });

  it('ends with the process, and says that it was not finished', async () => {
    await check.start('p1');
    await check.stop();
    expect(['failed', 'whole']).toContain((await check.latest())?.state);
    expect(await check.start('p1')).toBe(false);
  });

  it('is made once a night by itself', async () => {
    clock.business = Date.parse('2026-07-07T01:59:00+08:00');
    await check.nightly();
    expect(await ended()).toBeNull();
    clock.business += 120_000;
    await check.nightly();
    const first = await ended();
    expect(first).toMatchObject({ state: 'whole', person_id: null });
    await check.nightly();
    expect((await ended())?.id).toBe(first?.id);
    clock.business += 24 * 3_600_000;
    await check.nightly();
    expect((await ended())?.id).not.toBe(first?.id);
  });
});
