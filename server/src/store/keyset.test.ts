import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { STORES } from '../../../tests/support/stores.ts';
import type { TestDatabase } from '../../../tests/support/stores.ts';
import { BadCursor, decodeCursor, encodeCursor, keyset, openStore, pageOf } from './index.ts';
import type { KeysetColumn, Page, Store } from './index.ts';

const ORDER: KeysetColumn[] = [
  { column: 'submitted_at', direction: 'desc', type: 'number' },
  { column: 'case_id', direction: 'asc', type: 'string' },
];

interface Row {
  submitted_at: number;
  case_id: string;
}

describe.each(STORES)('pages by key on $name', (kind) => {
  let database: TestDatabase;
  let store: Store;

  const page = async (limit: number, after?: string): Promise<Page<Row>> => {
    const rows = await store.read((db) =>
      keyset(
        db.selectFrom('search_token').select(['submitted_at', 'case_id']),
        ORDER,
        limit,
        after,
      ).execute(),
    );
    return pageOf(rows, limit, (row) => [row.submitted_at, row.case_id]);
  };

  beforeEach(async () => {
    database = await kind.create();
    store = await openStore({ url: database.databaseUrl });
    await store.migrate();
  });

  afterEach(async () => {
    await store.close();
    await database.drop();
  });

  it('gives every row once, in order, over pages of any size, with many equal times', async () => {
    const rows = Array.from({ length: 23 }, (_, i) => ({
      token: 't',
      case_id: `c${(i * 7) % 23}`,
      submitted_at: i % 4,
    }));
    await store.transact((tx) => tx.insertInto('search_token').values(rows).execute());
    const expected = rows
      .toSorted((a, b) => b.submitted_at - a.submitted_at || (a.case_id < b.case_id ? -1 : 1))
      .map((row) => row.case_id);
    for (const limit of [1, 5, 22, 23, 50]) {
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const { rows: found, next } = await page(limit, after);
        seen.push(...found.map((row) => row.case_id));
        after = next;
      } while (after !== undefined);
      expect(seen).toEqual(expected);
    }
  });

  it('does not shift or repeat when a row arrives before the page', async () => {
    const add = (case_id: string, submitted_at: number) =>
      store.transact((tx) =>
        tx.insertInto('search_token').values({ token: 't', case_id, submitted_at }).execute(),
      );
    await add('a', 10);
    await add('b', 20);
    await add('c', 30);
    const first = await page(2);
    await add('d', 40);
    const second = await page(2, first.next);
    expect([...first.rows, ...second.rows].map((row) => row.case_id)).toEqual(['c', 'b', 'a']);
    expect(second.next).toBeUndefined();
  });
});

describe('a cursor', () => {
  it('brings back what was put in', () => {
    expect(decodeCursor(encodeCursor([5, '民情-1']), ORDER)).toEqual([5, '民情-1']);
  });

  it.each([
    ['nonsense', 'x'],
    ['nothing', ''],
    ['another list’s', encodeCursor(['5', 'c'])],
    ['too few values', encodeCursor([5])],
    ['an object', Buffer.from('{"length":2}').toString('base64url')],
    ['too long', encodeCursor([5, 'c'.repeat(2_000)])],
  ])('is refused when it holds %s', (_what, cursor) => {
    expect(() => decodeCursor(cursor, ORDER)).toThrow(BadCursor);
  });
});
