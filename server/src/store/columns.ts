/** One set of column kinds for both databases. */
import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import { isMysql } from './dialects.ts';
import type { Executor } from './dialects.ts';
import { point } from './killpoints.ts';

export interface ColumnTypes {
  /** Ids, codes, hashes: up to 64 characters. Not an ASCII column: comparing one with Chinese is an error, not a no. */
  id: RawBuilder<unknown>;
  /** Names and titles: up to 191 characters of anything, so that a key over it stays under 768 bytes. */
  short: RawBuilder<unknown>;
  /** Up to 64 KB. */
  text: RawBuilder<unknown>;
  /** JSON or rendered bytes as text, up to 16 MB. */
  json: RawBuilder<unknown>;
  /** Epoch milliseconds, or any whole number up to 2^53. */
  instant: RawBuilder<unknown>;
  int: RawBuilder<unknown>;
  /** 0 or 1. */
  flag: RawBuilder<unknown>;
}

/** The column types of this database. Binary collations: 㐂, emoji and letter case all stay apart. */
export function columnTypes(db: Executor): ColumnTypes {
  if (isMysql(db)) {
    const wide = sql`character set utf8mb4 collate utf8mb4_bin`;
    return {
      id: sql`varchar(64) ${wide}`,
      short: sql`varchar(191) ${wide}`,
      text: sql`text ${wide}`,
      json: sql`mediumtext ${wide}`,
      instant: sql`bigint`,
      int: sql`integer`,
      flag: sql`tinyint`,
    };
  }
  const text = sql`text`;
  const integer = sql`integer`;
  return { id: text, short: text, text, json: text, instant: integer, int: integer, flag: integer };
}

/** What follows a table's closing bracket. STRICT makes SQLite refuse what the MySQL family would refuse. */
export function tableOptions(db: Executor): RawBuilder<unknown> {
  return isMysql(db)
    ? sql`engine=InnoDB row_format=dynamic default charset=utf8mb4 collate=utf8mb4_bin`
    : sql`strict`;
}

/** Adds a column unless it is there, for the same reason as `createIndex`. `definition` follows its name. */
export async function addColumn<DB>(
  db: Kysely<DB>,
  table: string,
  column: string,
  definition: RawBuilder<unknown>,
): Promise<void> {
  point('migration');
  const { rows } = isMysql(db)
    ? await sql`select 1 from information_schema.columns
        where table_schema = database() and table_name = ${table} and column_name = ${column}`.execute(db)
    : await sql`select 1 from pragma_table_info(${table}) where name = ${column}`.execute(db);
  if (rows.length === 0) {
    await sql`alter table ${sql.table(table)} add column ${sql.ref(column)} ${definition}`.execute(db);
  }
}

/**
 * Creates an index unless it is there: a migration that was killed half-way is run again, and DDL of the MySQL
 * family cannot be rolled back. The name is the table's and the columns', at most 60 characters.
 */
export async function createIndex<DB>(
  db: Kysely<DB>,
  table: string,
  columns: string[],
  unique = false,
): Promise<void> {
  point('migration');
  const name = indexName(table, columns);
  const create = sql`create ${sql.raw(unique ? 'unique index' : 'index')}`;
  const on = sql`${sql.id(name)} on ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})`;
  if (!isMysql(db)) {
    await sql`${create} if not exists ${on}`.execute(db);
    return;
  }
  if (!(await hasIndex(db, table, name))) {
    await sql`${create} ${on}`.execute(db);
  }
}

/** Drops an index that `createIndex` made, unless it is gone already. */
export async function dropIndex<DB>(db: Kysely<DB>, table: string, columns: string[]): Promise<void> {
  point('migration');
  const name = indexName(table, columns);
  if (!isMysql(db)) {
    await sql`drop index if exists ${sql.id(name)}`.execute(db);
  } else if (await hasIndex(db, table, name)) {
    await sql`drop index ${sql.id(name)} on ${sql.table(table)}`.execute(db);
  }
}

const indexName = (table: string, columns: readonly string[]): string =>
  `${table}_${columns.join('_')}`.slice(0, 60);

async function hasIndex<DB>(db: Kysely<DB>, table: string, name: string): Promise<boolean> {
  const found = await sql<{ found: number }>`select count(*) as found from information_schema.statistics
    where table_schema = database() and table_name = ${table} and index_name = ${name}`.execute(db);
  return Number(found.rows[0]?.found) > 0;
}
