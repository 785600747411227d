/** Following the ledger: projections, webhooks and exports read it by `seq` and keep their place beside their effect. */
import { Stale } from '../store/errors.ts';
import type { Reader, Tx } from '../store/types.ts';
import { insertIgnore } from '../store/writes.ts';
import type { RecordedEvent } from './append.ts';
import { eventOf, type EventRow } from './rows.ts';

export interface LedgerEntry {
  seq: number;
  eventId: string;
  source: string; // case | audit
  /** Null for audit entries. */
  event: RecordedEvent | null;
}

const settingOf = (name: string): string => `ledger:${name}`;

/** The `seq` up to which the follower `name` has taken effect; 0 before its first entry. */
export async function ledgerPosition(db: Reader, name: string): Promise<number> {
  const row = await db
    .selectFrom('setting')
    .select('value_json')
    .where('name', '=', settingOf(name))
    .executeTakeFirst();
  return row ? Number(JSON.parse(row.value_json)) : 0;
}

/** The entries behind `after`, at most `limit`, in order. */
export async function ledgerAfter(db: Reader, after: number, limit: number): Promise<LedgerEntry[]> {
  const rows = await entries(db).where('ledger.seq', '>', after).orderBy('ledger.seq').limit(limit).execute();
  return rows.map(entryOf);
}

/** Every entry of one case, in order. */
export async function ledgerOfCase(db: Reader, caseId: string): Promise<LedgerEntry[]> {
  const rows = await entries(db).where('event.case_id', '=', caseId).orderBy('event.version').execute();
  return rows.map(entryOf);
}

const entries = (db: Reader) =>
  db
    .selectFrom('ledger')
    .leftJoin('event', 'event.id', 'ledger.event_id')
    .select(['ledger.seq', 'ledger.event_id', 'ledger.source'])
    .select([
      'event.case_id',
      'event.version',
      'event.action',
      'event.at',
      'event.recorded_at',
      'event.person_id',
    ])
    .select(['event.capacity_json', 'event.to_state', 'event.clocks_json', 'event.data_json']);

const entryOf = (row: Awaited<ReturnType<ReturnType<typeof entries>['execute']>>[number]): LedgerEntry => ({
  seq: row.seq,
  eventId: row.event_id,
  source: row.source,
  event: row.case_id === null ? null : eventOf(row.event_id, row as EventRow),
});

/**
 * Takes the follower `name` on from `after` by at most `limit` entries: gives them and stores the new position in this
 * transaction, in which the caller also writes their effect. Throws `Stale` when another process has moved the
 * follower since `after` was read; `transact` then runs the work again, which must read the position anew.
 */
export async function followLedger(
  tx: Tx,
  name: string,
  after: number,
  limit: number,
): Promise<LedgerEntry[]> {
  const entries = await ledgerAfter(tx, after, limit);
  const last = entries.at(-1);
  if (!last) {
    return [];
  }
  await insertIgnore(tx, 'setting', { name: settingOf(name), value_json: '0' });
  const moved = await tx
    .updateTable('setting')
    .set({ value_json: JSON.stringify(last.seq) })
    .where('name', '=', settingOf(name))
    .where('value_json', '=', JSON.stringify(after))
    .executeTakeFirst();
  if (Number(moved.numUpdatedRows) !== 1) {
    throw new Stale(`${name} is no longer at ${after}`);
  }
  return entries;
}
