/** Plain SQL on either database, with the drivers alone: for those who must not believe the server's own words. */
import { DatabaseSync } from 'node:sqlite';
import mysql from 'mysql2/promise';

export type Row = Record<string, unknown>;

export interface Tables {
  all(sql: string): Promise<Row[]>;
  run(sql: string): Promise<void>;
  close(): Promise<void>;
}

/** @param url as in DATABASE_URL: `sqlite:<path>` or `mysql://…` */
export async function openTables(url: string): Promise<Tables> {
  if (url.startsWith('sqlite:')) {
    const database = new DatabaseSync(url.slice('sqlite:'.length), { timeout: 5_000 });
    return {
      all: async (sql) => database.prepare(sql).all(),
      run: async (sql) => database.exec(sql),
      close: async () => database.close(),
    };
  }
  const connection = await mysql.createConnection(url);
  return {
    async all(sql) {
      const [rows] = await connection.query(sql);
      return rows as Row[];
    },
    async run(sql) {
      await connection.query(sql);
    },
    close: () => connection.end(),
  };
}

export const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
export const number = (value: unknown): number => Number(value);
