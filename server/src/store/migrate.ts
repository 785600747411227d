/** Forward-only migrations: a fixed list, applied in order, safe when several processes start at once. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { databaseClock } from './clock.ts';
import { columnTypes, tableOptions } from './columns.ts';
import { isMysql } from './dialects.ts';
import { isDuplicateKey } from './errors.ts';
import { point } from './killpoints.ts';
import { up as begin } from './migrations/2026_11_24_000_begin.ts';
import { up as paths } from './migrations/2026_11_25_000_paths.ts';
import { up as people } from './migrations/2026_11_25_010_people.ts';
import { up as deadlines } from './migrations/2026_11_25_020_deadlines.ts';
import { up as catalogue } from './migrations/2026_11_25_030_catalogue.ts';
import { up as deliveryLog } from './migrations/2026_11_25_040_delivery_log.ts';
import { up as late } from './migrations/2026_11_25_050_late.ts';
import { up as wordsAndLessons } from './migrations/2026_11_25_060_words_and_lessons.ts';
import { up as flatLists } from './migrations/2026_11_25_070_flat_lists.ts';
import { up as hostOrigins } from './migrations/2026_11_25_080_host_origins.ts';
import { up as linking } from './migrations/2026_11_25_085_linking.ts';
import { up as steppedUp } from './migrations/2026_11_25_090_stepped_up.ts';
import { up as exchange } from './migrations/2026_11_25_100_exchange.ts';
import { up as tokens } from './migrations/2026_11_25_110_tokens.ts';
import { up as webhooks } from './migrations/2026_11_25_111_webhooks.ts';
import { up as published } from './migrations/2026_11_25_112_published.ts';
import { up as statistics } from './migrations/2026_11_25_120_statistics.ts';
import { up as topics } from './migrations/2026_11_25_121_topics.ts';
import { up as exchangeKeys } from './migrations/2026_11_25_135_exchange_keys.ts';
import { up as elsewhere } from './migrations/2026_11_25_136_elsewhere.ts';
import { up as monthly } from './migrations/2026_11_25_145_monthly.ts';
import { up as sealHistory } from './migrations/2026_11_25_150_seal_history.ts';
import { up as exchangeCounts } from './migrations/2026_11_25_151_exchange_counts.ts';
import type { Database } from './tables.ts';

type AnySchema = Kysely<never>;

interface Migration {
  name: string;
  /** Must bear being run again after it was killed half-way: DDL of the MySQL family commits by itself. */
  up: (db: AnySchema) => Promise<void>;
}

/** In order; names never change once released. A list and not a folder scan, so that a bundle carries them. */
export const MIGRATIONS: readonly Migration[] = [
  { name: '2026_11_24_000_begin', up: begin },
  { name: '2026_11_25_000_paths', up: paths },
  { name: '2026_11_25_010_people', up: people },
  { name: '2026_11_25_020_deadlines', up: deadlines },
  { name: '2026_11_25_030_catalogue', up: catalogue },
  { name: '2026_11_25_040_delivery_log', up: deliveryLog },
  { name: '2026_11_25_050_late', up: late },
  { name: '2026_11_25_060_words_and_lessons', up: wordsAndLessons },
  { name: '2026_11_25_070_flat_lists', up: flatLists },
  { name: '2026_11_25_080_host_origins', up: hostOrigins },
  { name: '2026_11_25_085_linking', up: linking },
  { name: '2026_11_25_090_stepped_up', up: steppedUp },
  { name: '2026_11_25_100_exchange', up: exchange },
  { name: '2026_11_25_110_tokens', up: tokens },
  { name: '2026_11_25_111_webhooks', up: webhooks },
  { name: '2026_11_25_112_published', up: published },
  { name: '2026_11_25_120_statistics', up: statistics },
  { name: '2026_11_25_121_topics', up: topics },
  { name: '2026_11_25_135_exchange_keys', up: exchangeKeys },
  { name: '2026_11_25_136_elsewhere', up: elsewhere },
  { name: '2026_11_25_145_monthly', up: monthly },
  { name: '2026_11_25_150_seal_history', up: sealHistory },
  { name: '2026_11_25_151_exchange_counts', up: exchangeCounts },
];

const LOCK_NAME = 'migrate';
const LOCK_MS = 6_000;
const RENEW_MS = 1_500;
const RETRY_MS = 200;

/** Applies what is missing and names it. Waits while another process migrates. */
export async function migrate(writer: Kysely<Database>, migrations = MIGRATIONS): Promise<string[]> {
  const db: AnySchema = writer.withTables();
  return isMysql(db) ? migrateMysql(db, migrations) : migrateSqlite(db, migrations);
}

/** SQLite's DDL is transactional and there is one process: each migration is all or nothing. */
async function migrateSqlite(db: AnySchema, migrations: readonly Migration[]): Promise<string[]> {
  const applied: string[] = [];
  await createOwnTables(db);
  for (const migration of migrations) {
    await db.transaction().execute(async (tx) => {
      if (await isApplied(tx, migration)) {
        return;
      }
      await migration.up(tx);
      point('migration');
      await mark(tx, migration);
      applied.push(migration.name);
    });
  }
  return applied;
}

/**
 * The MySQL family: a lease keeps others out. GET_LOCK would not do, since on Galera it knows one node only. A process
 * that dies leaves the lease to lapse; the next one repeats the migration that was not marked.
 */
async function migrateMysql(db: AnySchema, migrations: readonly Migration[]): Promise<string[]> {
  await createOwnTables(db);
  await createLockRow(db);
  const owner = randomUUID();
  while (!(await takeLock(db, owner))) {
    await pause(RETRY_MS);
  }
  let lost: unknown;
  const renewal = setInterval(() => {
    takeLock(db, owner).then(
      (held) => (lost = held ? lost : 'it went to another process'),
      (error: unknown) => (lost = error),
    );
  }, RENEW_MS);
  try {
    const applied: string[] = [];
    for (const migration of migrations) {
      if (await isApplied(db, migration)) {
        continue;
      }
      await migration.up(db);
      if (lost) {
        throw new Error('the migration lock was lost', { cause: lost });
      }
      point('migration');
      await mark(db, migration);
      applied.push(migration.name);
    }
    return applied;
  } finally {
    clearInterval(renewal);
    await sql`update migration_lock set until_at = 0 where name = ${LOCK_NAME} and owner = ${owner}`.execute(
      db,
    );
  }
}

async function createOwnTables(db: AnySchema): Promise<void> {
  const { id, instant } = columnTypes(db);
  const options = tableOptions(db);
  await sql`create table if not exists migration
    (name ${id} not null primary key, applied_at ${instant} not null) ${options}`.execute(db);
  await sql`create table if not exists migration_lock
    (name ${id} not null primary key, owner ${id} not null, until_at ${instant} not null) ${options}`.execute(
    db,
  );
}

async function createLockRow(db: AnySchema): Promise<void> {
  try {
    await sql`insert into migration_lock (name, owner, until_at) values (${LOCK_NAME}, '', 0)`.execute(db);
  } catch (error) {
    if (!isDuplicateKey(error)) {
      throw error;
    }
  }
}

async function takeLock(db: AnySchema, owner: string): Promise<boolean> {
  const now = databaseClock(db);
  const { numAffectedRows } =
    await sql`update migration_lock set owner = ${owner}, until_at = ${now} + ${LOCK_MS}
    where name = ${LOCK_NAME} and (owner = ${owner} or until_at < ${now})`.execute(db);
  return numAffectedRows === 1n;
}

async function isApplied(db: AnySchema, migration: Migration): Promise<boolean> {
  const { rows } = await sql`select name from migration where name = ${migration.name}`.execute(db);
  return rows.length > 0;
}

async function mark(db: AnySchema, migration: Migration): Promise<void> {
  await sql`insert into migration (name, applied_at) values (${migration.name}, ${databaseClock(db)})`.execute(
    db,
  );
}
