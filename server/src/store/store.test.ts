import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { STORES } from '../../../tests/support/stores.ts';
import type { TestDatabase } from '../../../tests/support/stores.ts';
import { Stale, afterCommit, databaseNow, insertIgnore, openStore, upsert } from './index.ts';
import type { Store, Tx } from './index.ts';

const set = (tx: Tx, name: string, value: string) => insertIgnore(tx, 'setting', { name, value_json: value });

describe.each(STORES)('the store on $name', (kind) => {
  let database: TestDatabase;
  let store: Store;

  const valueOf = async (name: string): Promise<string | undefined> => {
    const row = await store.read((db) =>
      db.selectFrom('setting').select('value_json').where('name', '=', name).executeTakeFirst(),
    );
    return row?.value_json;
  };

  beforeEach(async () => {
    database = await kind.create();
    store = await openStore({ url: database.databaseUrl });
    await store.migrate();
  });

  afterEach(async () => {
    await store.close();
    await database.drop();
  });

  it('keeps what a transaction wrote, and nothing of one that threw', async () => {
    await store.transact((tx) => set(tx, 'kept', '1'));
    const failing = store.transact(async (tx) => {
      await set(tx, 'dropped', '1');
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    expect(await valueOf('kept')).toBe('1');
    expect(await valueOf('dropped')).toBeUndefined();
  });

  it('lets 30 transactions that read and then write the same row count to 30', async () => {
    await store.transact((tx) => insertIgnore(tx, 'number_counter', { area_id: 'a', year: 2026, last: 0 }));
    const increment = (tx: Tx) =>
      tx
        .updateTable('number_counter')
        .set((eb) => ({ last: eb('last', '+', 1) }))
        .where('area_id', '=', 'a')
        .executeTakeFirst();
    await Promise.all(
      Array.from({ length: 30 }, () =>
        store.transact(async (tx) => {
          await tx.selectFrom('number_counter').selectAll().execute();
          await increment(tx);
        }),
      ),
    );
    const row = await store.read((db) => db.selectFrom('number_counter').select('last').executeTakeFirst());
    expect(row?.last).toBe(30);
  });

  it('runs a whole new transaction when the work says its state is stale, five times at most', async () => {
    let runs = 0;
    const stubborn = store.transact(async (tx) => {
      runs += 1;
      await set(tx, `run${runs}`, '1');
      throw new Stale('changed by another');
    });
    await expect(stubborn).rejects.toThrow(Stale);
    expect(runs).toBe(5);
    expect(await valueOf('run1')).toBeUndefined();

    const patient = await store.transact(async (tx) => {
      runs += 1;
      if (runs < 8) {
        throw new Stale('changed by another');
      }
      await set(tx, 'patient', String(runs));
      return runs;
    });
    expect(patient).toBe(8);
    expect(await valueOf('patient')).toBe('8');
  });

  it('runs hooks once, after the commit, and never when nothing was committed', async () => {
    const seen: (string | undefined)[] = [];
    let runs = 0;
    await store.transact(async (tx) => {
      runs += 1;
      afterCommit(tx, async () => void seen.push(await valueOf('hooked')));
      await set(tx, 'hooked', '1');
      if (runs === 1) {
        throw new Stale('once more');
      }
    });
    await store
      .transact(async (tx) => {
        afterCommit(tx, () => void seen.push('never'));
        throw new Error('on purpose');
      })
      .catch(() => undefined);
    await expect.poll(() => seen).toEqual(['1']);
  });

  it('refuses to be used inside a transaction instead of waiting for itself', async () => {
    const nested = store.transact(async () => store.transact(async () => 1));
    await expect(nested).rejects.toThrow('inside a transaction');
    const reading = store.transact(async () => valueOf('x'));
    await expect(reading).rejects.toThrow('inside a transaction');
  });

  it('lets a task that a transaction started use the store once the transaction is over', async () => {
    let later: Promise<string | undefined> | undefined;
    await store.transact(async (tx) => {
      await set(tx, 'later', '1');
      later = new Promise((resolve) => setTimeout(resolve, 0)).then(async () => {
        await expect.poll(() => valueOf('later').catch(() => undefined)).toBe('1');
        return valueOf('later');
      });
    });
    expect(await later).toBe('1');
  });

  it('reads what is committed while a transaction is open', async () => {
    await store.transact((tx) => set(tx, 'seen', '1'));
    let reached: () => void = () => undefined;
    const open = new Promise<void>((resolve) => (reached = resolve));
    let finish: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (finish = resolve));
    const writing = store.transact(async (tx) => {
      await tx.updateTable('setting').set({ value_json: '2' }).where('name', '=', 'seen').execute();
      reached();
      await gate;
    });
    await open;
    const during = await valueOf('seen');
    finish();
    await writing;
    expect(during).toBe('1');
    expect(await valueOf('seen')).toBe('2');
  });

  it('gives numbers for big integers, sums and counts, and keeps rare characters apart', async () => {
    await store.transact(async (tx) => {
      for (const [id, name] of [
        ['1', '𠀀'],
        ['2', '㐂'],
        ['3', '🚦'],
        ['4', '🚥'],
        ['5', 'a'],
        ['6', 'A'],
      ] as const) {
        await tx
          .insertInto('unit')
          .values({ id, name, short_name: name, type: 'department', area_id: 'x', active: 1 })
          .execute();
      }
      await tx
        .insertInto('event_pending')
        .values({ event_id: 'e', source: 'case', case_id: 'c', version: 1, recorded_at: 253_402_214_400_000 })
        .execute();
    });
    const found = await store.read(async (db) => ({
      lights: await db.selectFrom('unit').select('id').where('name', '=', '🚦').execute(),
      letters: await db.selectFrom('unit').select('id').where('name', '=', 'a').execute(),
      counted: await db
        .selectFrom('unit')
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .executeTakeFirst(),
      summed: await db
        .selectFrom('event_pending')
        .select((eb) => eb.fn.sum<number>('recorded_at').as('n'))
        .executeTakeFirst(),
      far: await db.selectFrom('event_pending').select('recorded_at').executeTakeFirst(),
      stranger: await db.selectFrom('unit').select('id').where('id', '=', '民').execute(),
    }));
    expect(found.lights.map((row) => row.id)).toEqual(['3']);
    expect(found.letters.map((row) => row.id)).toEqual(['5']);
    expect(found.counted?.n).toBe(6);
    expect(found.summed?.n).toBe(253_402_214_400_000);
    expect(found.far?.recorded_at).toBe(253_402_214_400_000);
    expect(found.stranger).toEqual([]);
  });

  it('inserts once under concurrency and says who did', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => store.transact((tx) => set(tx, 'one', String(i)))),
    );
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await valueOf('one')).toBe(String(answers.indexOf(true)));
  });

  it('throws for a row that does not fit instead of cutting or ignoring it', async () => {
    const missing = store.transact((tx) => sql`insert into setting (name) values ('half')`.execute(tx));
    await expect(missing).rejects.toThrow();
    const text = store.transact((tx) =>
      sql`insert into number_counter values ('a', 2026, 'many')`.execute(tx),
    );
    await expect(text).rejects.toThrow();
  });

  it('upserts: replaces, adds up, keeps, and takes several rows', async () => {
    const at = (budget: string, used: number, window_start: number) => ({
      host_id: 'h',
      budget_key: budget,
      used,
      window_start,
    });
    const write = (rows: ReturnType<typeof at>[]) =>
      store.transact((tx) =>
        upsert(tx, 'rate_budget', rows, { key: ['host_id', 'budget_key'], add: ['used'] }),
      );
    await write([at('a', 1, 10), at('b', 5, 10)]);
    await write([at('a', 2, 20)]);
    await store.transact((tx) =>
      upsert(tx, 'rate_budget', at('b', 9, 30), {
        key: ['host_id', 'budget_key'],
        keep: ['used', 'window_start'],
      }),
    );
    const rows = await store.read((db) =>
      db.selectFrom('rate_budget').selectAll().orderBy('budget_key').execute(),
    );
    expect(rows.map((row) => ({ ...row }))).toEqual([at('a', 3, 20), at('b', 5, 10)]);
  });

  it('counts a row an update matched even when nothing in it changed', async () => {
    await store.transact((tx) => set(tx, 'same', '1'));
    const result = await store.transact((tx) =>
      tx.updateTable('setting').set({ value_json: '1' }).where('name', '=', 'same').executeTakeFirst(),
    );
    expect(Number(result.numUpdatedRows)).toBe(1);
  });

  it('tells the database clock in milliseconds', async () => {
    const before = Date.now();
    const now = await store.read((db) => databaseNow(db));
    expect(Number.isInteger(now)).toBe(true);
    expect(Math.abs(now - before)).toBeLessThan(60_000);
  });

  it('answers a long read apart from the others', async () => {
    await store.transact((tx) => set(tx, 'far', '[1]'));
    const rows = await store.readApart((db) =>
      db.selectFrom('setting').selectAll().where('name', '=', 'far'),
    );
    expect(rows.map((row) => ({ ...row }))).toEqual([{ name: 'far', value_json: '[1]' }]);
    const wrong = store.readApart(() => sql`select * from nowhere`.$castTo<unknown>() as never);
    await expect(wrong).rejects.toThrow();
  });
});
