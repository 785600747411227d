import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { STORES } from '../../../tests/support/stores.ts';
import type { TestDatabase } from '../../../tests/support/stores.ts';
import { runWithStore } from './child.test-support.ts';
import { DatabaseInUse, StoreMisuse, openStore } from './index.ts';

const lite = STORES.filter((kind) => kind.name === 'sqlite');

describe.each(lite)('a database file of $name', (kind) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await kind.create();
  });

  afterEach(() => database.drop());

  it('refuses a second process, naming the first', async () => {
    const store = await openStore({ url: database.databaseUrl });
    const second = await runWithStore(database.databaseUrl, '');
    expect(second.code).not.toBe(0);
    expect(second.output).toContain(`pid ${process.pid}`);
    expect(second.output).toContain('DATABASE_URL=mysql://');
    await store.close();
    expect(await runWithStore(database.databaseUrl, '')).toMatchObject({ code: 0 });
  });

  it('is free again as soon as the process that held it was killed', async () => {
    const killed = await runWithStore(
      database.databaseUrl,
      "process.kill(process.pid, 'SIGKILL'); await new Promise(() => 0);",
    );
    expect(killed.signal).toBe('SIGKILL');
    const store = await openStore({ url: database.databaseUrl });
    await store.close();
  });

  it('refuses a second opening in the same process too', async () => {
    const store = await openStore({ url: database.databaseUrl });
    await expect(openStore({ url: database.databaseUrl })).rejects.toThrow(DatabaseInUse);
    await store.close();
  });

  it('can be read beside the writer, and only read', async () => {
    const store = await openStore({ url: database.databaseUrl });
    await store.migrate();
    const beside = await openStore({ url: database.databaseUrl, readOnly: true });
    await store.transact((tx) => tx.insertInto('setting').values({ name: 'a', value_json: '1' }).execute());
    const rows = await beside.read((db) => db.selectFrom('setting').select('name').execute());
    expect(rows).toHaveLength(1);
    await expect(beside.transact(async () => 1)).rejects.toThrow(StoreMisuse);
    await beside.close();
    await store.close();
  });

  it('syncs every commit to the disk', async () => {
    const store = await openStore({ url: database.databaseUrl });
    const found = await store.transact(async (tx) => ({
      journal: (await sql<{ journal_mode: string }>`pragma journal_mode`.execute(tx)).rows[0]?.journal_mode,
      sync: (await sql<{ synchronous: number }>`pragma synchronous`.execute(tx)).rows[0]?.synchronous,
    }));
    expect(found).toEqual({ journal: 'wal', sync: 2 });
    await store.close();
  });

  it('keeps what was acknowledged when the process is killed right after COMMIT', async () => {
    const killed = await runWithStore(
      database.databaseUrl,
      `await store.migrate();
       await store.transact((tx) => tx.insertInto('setting').values({ name: 'kept', value_json: '1' }).execute());
       console.log('never printed');`,
      'after-commit',
    );
    expect(killed).toMatchObject({ signal: 'SIGKILL', output: '' });
    const store = await openStore({ url: database.databaseUrl });
    const rows = await store.read((db) => db.selectFrom('setting').select('name').execute());
    expect(rows.map((row) => row.name)).toEqual(['kept']);
    await store.close();
  });

  it('answers other reads while a long one runs apart', async () => {
    const store = await openStore({ url: database.databaseUrl });
    const state = { done: false };
    const long = store
      .readApart<{ n: number }>((db) =>
        db
          .withRecursive('steps(n)', (q) =>
            q.selectNoFrom(sql<number>`1`.as('n')).unionAll(
              q
                .selectFrom('steps')
                .select(sql<number>`n + 1`.as('n'))
                .where('n', '<', 2_000_000),
            ),
          )
          .selectFrom('steps')
          .select((eb) => eb.fn.countAll<number>().as('n')),
      )
      .then((rows) => {
        state.done = true;
        return rows;
      });
    let between = 0;
    while (!state.done) {
      await store.read((db) => sql`select 1`.execute(db));
      await new Promise((resolve) => setImmediate(resolve));
      between += 1;
    }
    expect((await long)[0]?.n).toBe(2_000_000);
    expect(between).toBeGreaterThan(10);
    await store.close();
  });

  it.each(['sqlite:', 'sqlite::memory:', 'postgres://x/y', 'mysql://host'])(
    'refuses the address %s',
    async (url) => {
      await expect(openStore({ url })).rejects.toThrow('DATABASE_URL must be');
    },
  );
});
