import { readdirSync } from 'node:fs';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { STORES } from '../../../tests/support/stores.ts';
import type { TestDatabase } from '../../../tests/support/stores.ts';
import { runWithStore } from './child.test-support.ts';
import { openStore } from './index.ts';
import type { Store } from './index.ts';
import { MIGRATIONS } from './migrate.ts';

/** Every index with its columns, as the database lists them. */
async function indexes(store: Store): Promise<string[]> {
  const { rows } = await store.read((db) =>
    store.dialect === 'sqlite'
      ? sql<{ line: string }>`select m.tbl_name || ' ' || m.name || ' ' || i.seqno || ' ' || i.name as line
          from sqlite_master m, pragma_index_info(m.name) i where m.type = 'index' order by 1`.execute(db)
      : sql<{
          line: string;
        }>`select concat(table_name, ' ', index_name, ' ', seq_in_index, ' ', column_name) as line
          from information_schema.statistics where table_schema = database() order by 1`.execute(db),
  );
  return rows.map((row) => row.line);
}

describe('the list of migrations', () => {
  it('names every file of the folder, in order', () => {
    const files = readdirSync(new URL('./migrations/', import.meta.url)).map((file) =>
      file.replace(/\.ts$/, ''),
    );
    expect(MIGRATIONS.map((migration) => migration.name)).toEqual(files.sort());
  });
});

describe.each(STORES)('migrations on $name', (kind) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await kind.create();
  });

  afterEach(() => database.drop());

  it('apply once, and nothing the second time', async () => {
    const store = await openStore({ url: database.databaseUrl });
    expect(await store.migrate()).toEqual(MIGRATIONS.map((migration) => migration.name));
    expect(await store.migrate()).toEqual([]);
    await store.close();
  });

  it('go on after a kill half-way, to the same schema as without one', { timeout: 60_000 }, async () => {
    const killed = await runWithStore(database.databaseUrl, 'await store.migrate();', 'migration:9');
    expect(killed.signal).toBe('SIGKILL');
    const store = await openStore({ url: database.databaseUrl });
    expect(await store.migrate()).toEqual(MIGRATIONS.map((migration) => migration.name));
    const untouched = await kind.create();
    const twin = await openStore({ url: untouched.databaseUrl });
    await twin.migrate();
    const expected = await indexes(twin);
    expect(expected.length).toBeGreaterThan(60);
    expect(await indexes(store)).toEqual(expected);
    await Promise.all([store.close(), twin.close()]);
    await untouched.drop();
  });
});

describe.each(STORES.filter((kind) => kind.name === 'mariadb'))(
  'two processes that start at once on $name',
  (kind) => {
    it('apply each migration once between them', async () => {
      const database = await kind.create();
      const stores = await Promise.all([1, 2, 3].map(() => openStore({ url: database.databaseUrl })));
      const applied = await Promise.all(stores.map((store) => store.migrate()));
      expect(applied.flat()).toEqual(MIGRATIONS.map((migration) => migration.name));
      await Promise.all(stores.map((store) => store.close()));
      await database.drop();
    });

    it('keeps every composite key inside what the engine takes', async () => {
      const database = await kind.create();
      const store = await openStore({ url: database.databaseUrl });
      await store.migrate();
      const { rows } = await store.read((db) =>
        sql<{ name: string; bytes: number }>`select concat(s.table_name, '.', s.index_name) as name,
          sum(coalesce(c.character_octet_length, 8)) as bytes
        from information_schema.statistics s join information_schema.columns c
          on c.table_schema = s.table_schema and c.table_name = s.table_name and c.column_name = s.column_name
        where s.table_schema = database() group by s.table_name, s.index_name`.execute(db),
      );
      expect(rows.length).toBeGreaterThan(40);
      expect(rows.filter((row) => row.bytes > 3072)).toEqual([]);
      await store.close();
      await database.drop();
    });
  },
);
