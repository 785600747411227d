/** The store: one database, SQLite or of the MySQL family, behind one interface. */
import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Kysely } from 'kysely';
import type { Compilable } from 'kysely';
import { StoreMisuse } from './errors.ts';
import { migrate } from './migrate.ts';
import { mysqlDialect } from './mysql.ts';
import { apartReader } from './sqlite-apart.ts';
import { OPENING_QUERY, sqliteDialect, sqlitePath } from './sqlite-dialect.ts';
import { lockDatabase } from './sqlite-lock.ts';
import type { Database } from './tables.ts';
import { refuseInside, retryRead, runTransaction } from './transact.ts';
import type { TransactParts } from './transact.ts';
import type { Store, StoreOptions } from './types.ts';

export { databaseClock, databaseNow } from './clock.ts';
export { CommitUnknown, Stale, StoreMisuse } from './errors.ts';
export { canonicalJson, digestOf, sha256 } from './hash.ts';
export { uuidv7 } from './ids.ts';
export { BadCursor, decodeCursor, encodeCursor, keyset, pageOf } from './keyset.ts';
export type { KeysetColumn, KeyValue, Page } from './keyset.ts';
export { KeyReused, changeOnce } from './once.ts';
export type { ChangeRequest } from './once.ts';
export { LeaseLost, claimLease, claimRows, holdLease, holdsRow, releaseLease, releaseRow } from './leases.ts';
export type { Lease, LeasedKeys, RowClaim } from './leases.ts';
export { point } from './killpoints.ts';
export { DatabaseInUse, lockDatabase } from './sqlite-lock.ts';
export type { DatabaseLock } from './sqlite-lock.ts';
export { afterCommit } from './transact.ts';
export type { Reader, Store, StoreLog, StoreOptions, TransactOptions, Tx } from './types.ts';
export { insertIgnore, upsert } from './writes.ts';

interface Opened {
  writer: Kysely<Database>;
  reader: Kysely<Database>;
  apart: <O>(query: Compilable<O>) => Promise<O[]>;
  close: () => Promise<void>;
}

/**
 * Opens the database the URL names and checks that it answers. It does not migrate.
 * Throws `DatabaseInUse` when another process writes the same SQLite file.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const isMysql = options.url.startsWith('mysql:');
  const opened = isMysql ? await openMysql(options) : await openSqliteFile(options);
  const read: TransactParts['read'] = (fn, attempts) => retryRead(() => fn(opened.reader), attempts);
  const parts = { writer: opened.writer, read, log: options.log };
  const refuseWriting = (): void => {
    if (options.readOnly) {
      throw new StoreMisuse('this store was opened for reading only');
    }
  };
  return {
    dialect: isMysql ? 'mysql' : 'sqlite',
    transact: async (fn, more) => {
      refuseWriting();
      return runTransaction(parts, fn, more);
    },
    read: async (fn) => {
      refuseInside('read');
      return read(fn);
    },
    readApart: async (query) => {
      refuseInside('readApart');
      return retryRead(() => opened.apart(query(opened.reader)));
    },
    migrate: async () => {
      refuseWriting();
      return migrate(opened.writer);
    },
    close: opened.close,
  };
}

async function openMysql(options: StoreOptions): Promise<Opened> {
  const db = new Kysely<Database>({ dialect: mysqlDialect(options.url) });
  const close = once(() => db.destroy());
  await closeUnless(() => retryRead(() => db.executeQuery(OPENING_QUERY)), close);
  return { writer: db, reader: db, apart: async (query) => rowsOf(db, query), close };
}

async function openSqliteFile(options: StoreOptions): Promise<Opened> {
  const path = resolve(sqlitePath(options.url));
  if (!options.readOnly) {
    mkdirSync(dirname(path), { recursive: true });
  }
  const lock = options.readOnly ? undefined : lockDatabase(path);
  const reader = new Kysely<Database>({ dialect: sqliteDialect(path, 'reader') });
  const writer = options.readOnly ? reader : new Kysely<Database>({ dialect: sqliteDialect(path, 'writer') });
  const apart = apartReader(path);
  const close = once(async () => {
    await apart.close();
    await reader.destroy();
    await writer.destroy();
    lock?.release();
  });
  // The writer first: it makes the file the reader opens.
  await closeUnless(async () => {
    await writer.executeQuery(OPENING_QUERY);
    await reader.executeQuery(OPENING_QUERY);
  }, close);
  return {
    writer,
    reader,
    apart: async <O>(query: Compilable<O>) => (await apart.rows(query.compile())) as O[],
    close,
  };
}

async function rowsOf<O>(db: Kysely<Database>, query: Compilable<O>): Promise<O[]> {
  return (await db.executeQuery(query.compile())).rows;
}

async function closeUnless(open: () => Promise<unknown>, close: () => Promise<void>): Promise<void> {
  try {
    await open();
  } catch (error) {
    await close();
    throw error;
  }
}

function once(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => (closing ??= close());
}
