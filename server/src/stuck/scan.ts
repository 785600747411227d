/**
 * Which cases are looked at, page by page: what changed lately, at every pass; every case that is not over, and what
 * should have ended with the others, once a night or when asked. Nothing here reads a case that has ended and left
 * nothing behind, so a pass costs what is open, not what there ever was.
 */
import { OPEN_STATES } from '@minqing/shared/workflow';
import type { CaseState } from '@minqing/shared/words';
import { databaseNow, type Reader, type Store } from '../store/index.ts';
import { LONGEST_LEASE_MS } from './examine.ts';
import { MOST_ATTEMPTS } from '../notices/index.ts';

const PAGE = 100;

/** Where a sweep stands. */
export interface Cursor {
  part: 'open' | 'timers' | 'cards' | 'outbox';
  state: number;
  at: number;
  id: string;
}
export const START: Cursor = { part: 'open', state: 0, at: 0, id: '' };

export interface Page {
  ids: string[];
  /** Null after the last. */
  next: Cursor | null;
}

/** The next page of a sweep. */
export function sweepPage(store: Store, cursor: Cursor): Promise<Page> {
  return store.read((db) => {
    switch (cursor.part) {
      case 'open':
        return openPage(db, cursor);
      case 'timers':
      case 'cards':
        return leftoverPage(db, cursor);
      case 'outbox':
        return leasedPage(db, cursor);
    }
  });
}

async function openPage(db: Reader, cursor: Cursor): Promise<Page> {
  const state = OPEN_STATES[cursor.state];
  if (!state) {
    return { ids: [], next: { ...START, part: 'timers' } };
  }
  const rows = await changedAfter(db, state, cursor.at, cursor.id);
  const last = rows.at(-1);
  return {
    ids: rows.map((row) => row.id),
    next:
      last && rows.length === PAGE
        ? { ...cursor, at: last.last_event_at, id: last.id }
        : { ...START, state: cursor.state + 1 },
  };
}

/** Open cases behind (`at`, `id`) in the order of their last event: one range of one index. */
function changedAfter(db: Reader, state: CaseState, at: number, id: string) {
  return db
    .selectFrom('cases')
    .select(['id', 'last_event_at'])
    .where('state', '=', state)
    .where('last_event_at', '>=', at)
    .where((eb) => eb.or([eb('last_event_at', '>', at), eb('id', '>', id)]))
    .orderBy('last_event_at')
    .orderBy('id')
    .limit(PAGE)
    .execute();
}

/** Cases that are over by their row and still have timers or live cards: some rightly (a promise), some not. */
async function leftoverPage(db: Reader, cursor: Cursor): Promise<Page> {
  const found =
    cursor.part === 'timers'
      ? await db
          .selectFrom('timer')
          .select('case_id')
          .distinct()
          .where('case_id', '>', cursor.id)
          .orderBy('case_id')
          .limit(PAGE)
          .execute()
      : await db
          .selectFrom('card')
          .select('case_id')
          .distinct()
          .where('live', '=', 1)
          .where('case_id', '>', cursor.id)
          .orderBy('case_id')
          .limit(PAGE)
          .execute();
  const ids = found.flatMap((row) => row.case_id ?? []);
  const last = ids.at(-1);
  return {
    ids: await notOpen(db, ids),
    next:
      last !== undefined && found.length === PAGE
        ? { ...cursor, id: last }
        : { ...START, part: cursor.part === 'timers' ? 'cards' : 'outbox' },
  };
}

async function notOpen(db: Reader, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) {
    return [];
  }
  const open = await db
    .selectFrom('cases')
    .select('id')
    .where('id', 'in', [...ids])
    .where('state', 'in', [...OPEN_STATES])
    .execute();
  const known = new Set(open.map((row) => row.id));
  return ids.filter((id) => !known.has(id));
}

/** Cases one of whose rows in the outbox is held for ever, or never comes to an end. */
async function leasedPage(db: Reader, cursor: Cursor): Promise<Page> {
  const rows = await leasedForEver(db, cursor.id);
  const last = rows.at(-1);
  return {
    ids: [...new Set(rows.flatMap((row) => row.case_id ?? []))],
    next: last && rows.length === PAGE ? { ...cursor, id: last.id } : null,
  };
}

/** Rows of the outbox that nobody will ever send, behind `after`. */
export async function leasedForEver(
  db: Reader,
  after = '',
): Promise<{ id: string; case_id: string | null; area_id: string; created_at: number }[]> {
  const now = await databaseNow(db);
  return db
    .selectFrom('outbox')
    .select(['id', 'case_id', 'area_id', 'created_at'])
    .where('status', '=', 'waiting')
    .where('id', '>', after)
    .where((eb) =>
      eb.or([
        eb('lease_until', '>', now + LONGEST_LEASE_MS),
        eb.and([eb('attempts', '>', MOST_ATTEMPTS), eb('lease_until', '<', now)]),
      ]),
    )
    .orderBy('id')
    .limit(PAGE)
    .execute();
}

/** Open cases that changed since then, whichever state they are in now; handed over page by page. */
export async function* changedSince(store: Store, since: number): AsyncGenerator<string[], void, undefined> {
  for (const state of OPEN_STATES) {
    let at = since;
    let id = '';
    for (;;) {
      const [fromAt, fromId] = [at, id];
      const rows = await store.read((db) => changedAfter(db, state, fromAt, fromId));
      yield rows.map((row) => row.id);
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) {
        break;
      }
      at = last.last_event_at;
      id = last.id;
    }
  }
}
