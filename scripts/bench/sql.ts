/** Plain SQL on either database, without the product's store: what a twin written by hand would use. */
import { DatabaseSync } from 'node:sqlite';
import mysql from 'mysql2/promise';

export interface Sql {
  rows<R>(text: string, ...values: (string | number)[]): Promise<R[]>;
  close(): Promise<void>;
}

/** Opens a database by its DATABASE_URL for reading beside the server that owns it. */
export function openSql(url: string): Sql {
  return url.startsWith('mysql:') ? openMysql(url) : openSqlite(url.replace(/^sqlite:/, ''));
}

function openMysql(url: string): Sql {
  const pool = mysql.createPool({ uri: url, connectionLimit: 20, charset: 'utf8mb4_bin', timezone: 'Z' });
  return {
    async rows<R>(text: string, ...values: (string | number)[]): Promise<R[]> {
      const [found] = await pool.execute(text, values);
      return found as R[];
    },
    close: () => pool.end(),
  };
}

function openSqlite(path: string): Sql {
  const database = new DatabaseSync(path, { readOnly: true });
  const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  return {
    async rows<R>(text: string, ...values: (string | number)[]): Promise<R[]> {
      const statement = prepared.get(text) ?? database.prepare(text);
      prepared.set(text, statement);
      return statement.all(...values) as R[];
    },
    close: async () => database.close(),
  };
}
