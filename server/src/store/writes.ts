/** The two writes whose SQL differs between the databases. */
import { sql } from 'kysely';
import type { Insertable } from 'kysely';
import { isMysql } from './dialects.ts';
import { isDuplicateKey } from './errors.ts';
import type { Database } from './tables.ts';
import type { Tx } from './types.ts';

type TableName = keyof Database;
type Column<T extends TableName> = keyof Database[T] & string;

export interface Upsert<T extends TableName> {
  /** The columns of the unique key that decides. The table must have no other one that could refuse the row. */
  key: readonly Column<T>[];
  /** Columns to add up instead of replacing. */
  add?: readonly Column<T>[];
  /** Columns to leave as they are when the row exists. */
  keep?: readonly Column<T>[];
}

/** Inserts the rows, or changes those that exist: every column of the rows is replaced but key, `add` and `keep`. */
export async function upsert<T extends TableName>(
  tx: Tx,
  table: T,
  rows: Insertable<Database[T]> | readonly Insertable<Database[T]>[],
  { key, add = [], keep = [] }: Upsert<T>,
): Promise<void> {
  const list = listOf<Insertable<Database[T]>>(rows);
  const first = list[0];
  if (first === undefined) {
    return;
  }
  const columns = Object.keys(first);
  const mysql = isMysql(tx);
  const fixed = new Set<string>([...key, ...keep]);
  const changes = columns
    .filter((column) => !fixed.has(column))
    .map((column) => {
      const incoming = mysql ? sql`values(${sql.ref(column)})` : sql`${sql.ref(`excluded.${column}`)}`;
      const adds = (add as readonly string[]).includes(column);
      return adds
        ? sql`${sql.ref(column)} = ${sql.ref(`${table}.${column}`)} + ${incoming}`
        : sql`${sql.ref(column)} = ${incoming}`;
    });
  const refs = (names: readonly string[]) => sql.join(names.map((name) => sql.ref(name)));
  const values = list.map(
    (row) => sql`(${sql.join(columns.map((column) => (row as Record<string, unknown>)[column]))})`,
  );
  const insert = sql`insert into ${sql.table(table)} (${refs(columns)}) values ${sql.join(values)}`;
  // Naming a key column as its own new value is the MySQL family's way of changing nothing.
  const onClash = mysql
    ? sql`on duplicate key update ${changes.length > 0 ? sql.join(changes) : sql`${sql.ref(key[0] ?? '')} = ${sql.ref(`${table}.${key[0]}`)}`}`
    : sql`on conflict (${refs(key)}) do ${changes.length > 0 ? sql`update set ${sql.join(changes)}` : sql`nothing`}`;
  await sql`${insert} ${onClash}`.execute(tx);
}

/**
 * Inserts the row unless a unique key refuses it; tells whether it was inserted. Waits for another transaction that
 * is inserting the same key. Anything else that is wrong with the row still throws.
 */
export async function insertIgnore<T extends TableName>(
  tx: Tx,
  table: T,
  row: Insertable<Database[T]>,
): Promise<boolean> {
  const entries = Object.entries<unknown>(row);
  const columns = sql.join(entries.map(([column]) => sql.ref(column)));
  const insert = sql`insert into ${sql.table(table)} (${columns}) values (${sql.join(entries.map(([, value]) => value))})`;
  if (!isMysql(tx)) {
    const { numAffectedRows } = await sql`${insert} on conflict do nothing`.execute(tx);
    return numAffectedRows === 1n;
  }
  try {
    // INSERT IGNORE would also swallow values that do not fit; a duplicate key undoes this statement alone.
    await insert.execute(tx);
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) {
      return false;
    }
    throw error;
  }
}

function listOf<R>(rows: R | readonly R[]): readonly R[] {
  return Array.isArray(rows) ? (rows as readonly R[]) : [rows as R];
}
