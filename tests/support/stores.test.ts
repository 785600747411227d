import { DatabaseSync } from 'node:sqlite';
import mysql from 'mysql2/promise';
import { describe, expect, it } from 'vitest';
import { STORES } from './stores.ts';

describe.each(STORES)('a test database on $name', (store) => {
  it('is empty, takes Chinese and is gone after drop', async () => {
    const database = await store.create();
    const write = store.name === 'sqlite' ? writeSqlite : writeMariaDb;
    expect(await write(database.databaseUrl)).toBe('迎宾大道 🚦');
    const another = await store.create();
    expect(another.databaseUrl).not.toBe(database.databaseUrl);
    await database.drop();
    await another.drop();
    await expect(write(database.databaseUrl)).rejects.toThrow();
  });
});

async function writeSqlite(url: string): Promise<unknown> {
  const db = new DatabaseSync(url.slice('sqlite:'.length));
  db.exec("CREATE TABLE t (v TEXT); INSERT INTO t VALUES ('迎宾大道 🚦')");
  const row = db.prepare('SELECT v FROM t').get();
  db.close();
  return row?.['v'];
}

async function writeMariaDb(url: string): Promise<unknown> {
  const connection = await mysql.createConnection(url);
  await connection.query('CREATE TABLE t (v TEXT)');
  await connection.query("INSERT INTO t VALUES ('迎宾大道 🚦')");
  const [rows] = await connection.query<mysql.RowDataPacket[]>('SELECT v FROM t');
  await connection.end();
  return rows[0]?.['v'];
}
