/** Plain SQL on either database, without the product's store: what a twin written by hand would use. */
import { DatabaseSync } from 'node:sqlite';
import mysql, { type Connection, type Pool } from 'mysql2/promise';

type Run = <R>(text: string, ...values: (string | number)[]) => Promise<R[]>;

export interface Sql {
  rows: Run;
  /** Everything `fn` runs, or nothing. */
  transaction(fn: (run: Run) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** Opens a database by its DATABASE_URL; for reading only, unless told otherwise. */
export function openSql(url: string, { write = false } = {}): Sql {
  return url.startsWith('mysql:') ? openMysql(url) : openSqlite(url.replace(/^sqlite:/, ''), write);
}

function openMysql(url: string): Sql {
  const pool = mysql.createPool({ uri: url, connectionLimit: 20, charset: 'utf8mb4_bin', timezone: 'Z' });
  const runOn =
    (on: Pool | Connection): Run =>
    async (text, ...values) =>
      (await on.execute(text, values))[0] as never;
  return {
    rows: runOn(pool),
    async transaction(fn) {
      const connection = await pool.getConnection();
      await connection.beginTransaction();
      await fn(runOn(connection));
      await connection.commit();
      connection.release();
    },
    close: () => pool.end(),
  };
}

function openSqlite(path: string, write: boolean): Sql {
  const database = new DatabaseSync(path, { readOnly: !write });
  if (write) {
    database.exec('pragma journal_mode = wal; pragma synchronous = full');
  }
  const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const rows: Run = async (text, ...values) => {
    const statement = prepared.get(text) ?? database.prepare(text);
    prepared.set(text, statement);
    return statement.all(...values) as never;
  };
  // One connection: who comes later waits.
  let last: Promise<void> = Promise.resolve();
  return {
    rows,
    transaction(fn) {
      const mine = last.then(async () => {
        database.exec('begin immediate');
        await fn(rows);
        database.exec('commit');
      });
      last = mine;
      return mine;
    },
    close: async () => database.close(),
  };
}
