/** Pages by key instead of by offset: page 10,000 costs what page 1 costs, and rows that arrive do not shift it. */
import { sql } from 'kysely';
import type { RawBuilder, SelectQueryBuilder, SqlBool } from 'kysely';

/** The cursor does not fit this list: made by another list, or by hand. */
export class BadCursor extends Error {
  override name = 'BadCursor';
}

export type KeyValue = string | number;

export interface KeysetColumn {
  /** As in the query, with its table where that is needed: `cases.due_at`. Never null. */
  column: string;
  direction: 'asc' | 'desc';
  type: 'string' | 'number';
}

export interface Page<R> {
  rows: R[];
  /** Cursor of the page after this one; undefined on the last. */
  next: string | undefined;
}

const LONGEST_CURSOR = 1_000;

/** The cursor behind a row with these key values: opaque to clients, base64url of a JSON list. */
export function encodeCursor(values: readonly KeyValue[]): string {
  return Buffer.from(JSON.stringify(values), 'utf8').toString('base64url');
}

/** The key values in a cursor; throws `BadCursor` unless they fit the columns in number and type. */
export function decodeCursor(cursor: string, columns: readonly KeysetColumn[]): KeyValue[] {
  let values: unknown;
  try {
    values = JSON.parse(
      cursor.length > LONGEST_CURSOR ? '' : Buffer.from(cursor, 'base64url').toString('utf8'),
    );
  } catch (error) {
    throw new BadCursor('the cursor is damaged', { cause: error });
  }
  const fits =
    Array.isArray(values) &&
    values.length === columns.length &&
    columns.every(({ type }, i) => typeof values[i] === type);
  if (!fits) {
    throw new BadCursor('the cursor belongs to another list');
  }
  return values as KeyValue[];
}

/**
 * Orders the query by the columns, begins behind `after` and asks for one row more than `limit`, which tells
 * `pageOf` whether there is another page. The columns must end with a unique one and should be an index.
 */
export function keyset<DB, TB extends keyof DB, O>(
  query: SelectQueryBuilder<DB, TB, O>,
  columns: readonly KeysetColumn[],
  limit: number,
  after?: string,
): SelectQueryBuilder<DB, TB, O> {
  let paged = query.limit(limit + 1);
  for (const { column, direction } of columns) {
    paged = paged.orderBy(sql.ref(column), direction);
  }
  return after === undefined ? paged : paged.where(behind(columns, decodeCursor(after, columns)));
}

/** Cuts the row too many off; `keyOf` gives a row's values of the keyset's columns, in their order. */
export function pageOf<R>(rows: R[], limit: number, keyOf: (row: R) => KeyValue[]): Page<R> {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return {
    rows: kept,
    next: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : undefined,
  };
}

/**
 * `a > x or (a = x and b > y) …`, led by `a >= x`: some databases find the range in an index only with it.
 */
function behind(columns: readonly KeysetColumn[], values: readonly KeyValue[]): RawBuilder<SqlBool> {
  const beyond = (i: number): RawBuilder<unknown> => {
    const { column, direction } = columns[i] as KeysetColumn;
    const operator = sql.raw(direction === 'asc' ? '>' : '<');
    const further = sql`${sql.ref(column)} ${operator} ${values[i]}`;
    return i === columns.length - 1
      ? further
      : sql`(${further} or (${sql.ref(column)} = ${values[i]} and ${beyond(i + 1)}))`;
  };
  const [first] = columns;
  if (!first) {
    throw new BadCursor('a keyset needs a column');
  }
  const lead = sql`${sql.ref(first.column)} ${sql.raw(first.direction === 'asc' ? '>=' : '<=')} ${values[0]}`;
  return sql<SqlBool>`(${lead} and ${beyond(0)})`;
}
