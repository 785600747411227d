import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { inject } from 'vitest';

declare module 'vitest' {
  // Declaration merging is the way vitest types what a set-up hands to the tests.
  interface ProvidedContext {
    /** The run's private server, without a database name. */
    mariaDbUrl: string;
    /** Its process, for whoever has to see what happens when it dies. */
    mariaDbPid: number;
  }
}

/** An empty database of one kind, for one suite: nothing else writes to it. */
export type TestDatabase = {
  /** What the server takes as DATABASE_URL: `sqlite:<absolute path>` or `mysql://…/<name>`. */
  databaseUrl: string;
  /** Deletes it. */
  drop: () => Promise<void>;
};

export type TestStore = {
  name: 'sqlite' | 'mariadb';
  create: () => Promise<TestDatabase>;
};

/**
 * Both kinds of database every store suite runs on: `describe.each(STORES)('… on $name', (store) => …)`.
 * MariaDB is the run's private one; only projects with `mariadb.setup.ts` in their globalSetup can reach it.
 */
export const STORES: TestStore[] = [
  { name: 'sqlite', create: createSqlite },
  { name: 'mariadb', create: createMariaDb },
];

async function createSqlite(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'minqing-sqlite-'));
  return {
    databaseUrl: `sqlite:${join(folder, 'minqing.db')}`,
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

async function createMariaDb(): Promise<TestDatabase> {
  const server = inject('mariaDbUrl');
  const name = `t_${randomBytes(8).toString('hex')}`;
  await runOn(server, `CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  return {
    databaseUrl: `${server}${name}`,
    drop: () => runOn(server, `DROP DATABASE IF EXISTS ${name}`),
  };
}

async function runOn(url: string, statement: string): Promise<void> {
  const connection = await mysql.createConnection(url);
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}
