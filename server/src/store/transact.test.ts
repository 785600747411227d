/** What happens when COMMIT's answer is lost, a connection breaks or two transactions collide: on the MySQL family. */
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { STORES } from '../../../tests/support/stores.ts';
import type { TestDatabase } from '../../../tests/support/stores.ts';
import { CommitUnknown, insertIgnore, openStore } from './index.ts';
import type { Reader, Store, Tx } from './index.ts';
import { startLine } from './line.test-support.ts';
import type { Line } from './line.test-support.ts';

const maria = STORES.filter((kind) => kind.name === 'mariadb');

describe.each(maria)('a transaction over a bad line to $name', (kind) => {
  let database: TestDatabase;
  let direct: Store;
  let line: Line;
  let store: Store;
  let runs: number;

  const write = async (tx: Tx): Promise<string> => {
    runs += 1;
    const inserted = await insertIgnore(tx, 'setting', { name: 'acted', value_json: String(runs) });
    return inserted ? `acted in run ${runs}` : 'found it done';
  };
  const settle = async (db: Reader): Promise<string | undefined> => {
    const row = await db
      .selectFrom('setting')
      .select('value_json')
      .where('name', '=', 'acted')
      .executeTakeFirst();
    return row ? `settled as run ${row.value_json}` : undefined;
  };
  const kept = () => direct.read((db) => db.selectFrom('setting').select('value_json').execute());

  beforeEach(async () => {
    runs = 0;
    database = await kind.create();
    direct = await openStore({ url: database.databaseUrl });
    await direct.migrate();
    const url = new URL(database.databaseUrl);
    line = await startLine(Number(url.port));
    url.port = String(line.port);
    url.searchParams.set('poolSize', '3');
    store = await openStore({ url: url.href });
  });

  afterEach(async () => {
    await store.close();
    await line.close();
    await direct.close();
    await database.drop();
  });

  it('looks the request up when COMMIT arrived and its answer did not, and acts once', async () => {
    line.cutAt('commit', 'after');
    expect(await store.transact(write, { settle })).toBe('settled as run 1');
    expect(runs).toBe(1);
    expect(await kept()).toHaveLength(1);
  });

  it('runs again when COMMIT never arrived', async () => {
    line.cutAt('commit', 'before');
    expect(await store.transact(write, { settle })).toBe('acted in run 2');
    expect(await kept()).toHaveLength(1);
  });

  it('says that it does not know when nobody can look it up', async () => {
    line.cutAt('commit', 'after');
    await expect(store.transact(write)).rejects.toThrow(CommitUnknown);
    expect(runs).toBe(1);
  });

  it('runs the whole transaction again when the connection breaks before COMMIT', async () => {
    line.cutAt('insert into', 'after');
    expect(await store.transact(write)).toBe('acted in run 2');
    line.cutAt('begin', 'before');
    expect(await store.transact(async () => 'begun')).toBe('begun');
    expect(await kept()).toHaveLength(1);
  });

  it('reads again over a new connection', async () => {
    line.cutAt('select', 'before');
    expect(await store.read(settle)).toBeUndefined();
  });

  it('goes on working over its pool after many broken lines', async () => {
    for (let i = 0; i < 8; i += 1) {
      line.cutAt('commit', 'before');
      await store.transact(write, { settle });
    }
    expect(await kept()).toHaveLength(1);
  });

  it('runs the loser of a deadlock again', async () => {
    await direct.transact((tx) =>
      tx
        .insertInto('number_counter')
        .values([
          { area_id: 'a', year: 1, last: 0 },
          { area_id: 'b', year: 1, last: 0 },
        ])
        .execute(),
    );
    let arrived = 0;
    let open: () => void = () => undefined;
    const both = new Promise<void>((resolve) => (open = resolve));
    let total = 0;
    const cross = (first: string, second: string) =>
      direct.transact(async (tx) => {
        total += 1;
        const add = (area: string) =>
          sql`update number_counter set last = last + 1 where area_id = ${area} and year = 1`.execute(tx);
        await add(first);
        arrived += 1;
        if (arrived === 2) {
          open();
        }
        await both;
        await add(second);
      });
    await Promise.all([cross('a', 'b'), cross('b', 'a')]);
    expect(total).toBe(3);
    const rows = await direct.read((db) => db.selectFrom('number_counter').select('last').execute());
    expect(rows.map((row) => row.last)).toEqual([2, 2]);
  });

  it('reads what others committed meanwhile: READ COMMITTED, whatever the server default', async () => {
    let reached: () => void = () => undefined;
    const read = new Promise<void>((resolve) => (reached = resolve));
    let open: () => void = () => undefined;
    const written = new Promise<void>((resolve) => (open = resolve));
    const reading = store.transact(async (tx) => {
      const before = await settle(tx);
      reached();
      await written;
      return [before, await settle(tx)];
    });
    await read;
    await direct.transact(write);
    open();
    expect(await reading).toEqual([undefined, 'settled as run 1']);
  });
});
