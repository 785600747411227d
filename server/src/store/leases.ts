/**
 * Who may do a piece of work, among any number of processes. A lease lapses by the database's clock; each new holder
 * raises the fence, and an effect names the fence it was begun under, so that a holder that slept through the end of
 * its lease cannot act any more.
 */
import { sql } from 'kysely';
import type { RawBuilder, Selectable } from 'kysely';
import { databaseClock } from './clock.ts';
import { uuidv7 } from './ids.ts';
import type { Database } from './tables.ts';
import type { Tx } from './types.ts';
import { insertIgnore } from './writes.ts';

/** The lease was lost to another process: whatever was begun under it must not be finished. */
export class LeaseLost extends Error {
  override name = 'LeaseLost';
}

export interface Lease {
  name: string;
  owner: string;
  fence: number;
}

/**
 * Takes the named lease for `ms`, or renews it when `owner` still holds it. Undefined while another holds it.
 * Call it in a transaction of its own: claims of one name wait for each other.
 */
export async function claimLease(
  tx: Tx,
  name: string,
  owner: string,
  ms: number,
): Promise<Lease | undefined> {
  const now = databaseClock(tx);
  const until = sql<number>`${now} + ${ms}`;
  const renewed = await tx
    .updateTable('lease')
    .set({ until_at: until })
    .where('name', '=', name)
    .where('owner', '=', owner)
    .where(sql<boolean>`until_at >= ${now}`)
    .executeTakeFirst();
  if (Number(renewed.numUpdatedRows) === 0) {
    const taken = await tx
      .updateTable('lease')
      .set((eb) => ({ owner, until_at: until, fence: eb('fence', '+', 1) }))
      .where('name', '=', name)
      .where(sql<boolean>`until_at < ${now}`)
      .executeTakeFirst();
    if (Number(taken.numUpdatedRows) === 0) {
      const row = { name, owner, until_at: 0, fence: 1 };
      const first = await insertIgnore(tx, 'lease', row);
      if (!first) {
        return undefined;
      }
      await tx.updateTable('lease').set({ until_at: until }).where('name', '=', name).execute();
    }
  }
  const row = await tx.selectFrom('lease').select('fence').where('name', '=', name).executeTakeFirstOrThrow();
  return { name, owner, fence: row.fence };
}

/**
 * Proves inside an effect's transaction that the lease is still ours, and extends it by `ms`. Until that transaction
 * ends nobody else can take it. Throws `LeaseLost`.
 */
export async function holdLease(tx: Tx, lease: Lease, ms: number): Promise<void> {
  const held = await tx
    .updateTable('lease')
    .set({ until_at: sql<number>`${databaseClock(tx)} + ${ms}` })
    .where('name', '=', lease.name)
    .where('owner', '=', lease.owner)
    .where('fence', '=', lease.fence)
    .executeTakeFirst();
  if (Number(held.numUpdatedRows) === 0) {
    throw new LeaseLost(`the lease ${lease.name} went to another process`);
  }
}

/** Gives the lease back, so that the next holder need not wait for it to lapse. */
export async function releaseLease(tx: Tx, lease: Lease): Promise<void> {
  await tx
    .updateTable('lease')
    .set({ until_at: 0 })
    .where('name', '=', lease.name)
    .where('owner', '=', lease.owner)
    .where('fence', '=', lease.fence)
    .execute();
}

/** Tables whose rows are claimed one by one: each has lease_owner, lease_until and fence. */
export interface LeasedKeys {
  timer: { case_id: string; clock_id: string; step: string };
  outbox: { id: string };
  calendar_change: { id: string };
  recount: { change_id: string; case_id: string };
  webhook_delivery: { id: string };
}
export type LeasedTable = keyof LeasedKeys;

export interface RowClaim<T extends LeasedTable> {
  /** What stands in lease_owner: new for each claim, so that two claims of one process cannot be confused. */
  owner: string;
  rows: Selectable<Database[T]>[];
}

/**
 * Claims those of the rows that nobody else holds, for `ms`, and gives them as they now stand, each with its fence.
 * `keys` is what a plain query found to be ready, some hundred at most. No FOR UPDATE and no SKIP LOCKED, which
 * promise nothing between the nodes of a cluster.
 */
export async function claimRows<T extends LeasedTable>(
  tx: Tx,
  table: T,
  keys: readonly LeasedKeys[T][],
  ms: number,
): Promise<RowClaim<T>> {
  const owner = uuidv7();
  if (keys.length === 0) {
    return { owner, rows: [] };
  }
  const now = databaseClock(tx);
  const theRows = sql.join(sortedKeys(keys).map(keyMatches), sql` or `);
  await sql`update ${sql.table(table)}
    set lease_owner = ${owner}, lease_until = ${now} + ${ms}, fence = fence + 1
    where (${theRows}) and lease_until < ${now}`.execute(tx);
  const { rows } = await sql<Selectable<Database[T]>>`select * from ${sql.table(table)}
    where (${theRows}) and lease_owner = ${owner}`.execute(tx);
  return { owner, rows };
}

/**
 * Whether the row is still held under this claim and fence; until the transaction ends it stays so. Call it first in
 * the transaction that records the effect.
 */
export async function holdsRow<T extends LeasedTable>(
  tx: Tx,
  table: T,
  key: LeasedKeys[T],
  claim: { owner: string; fence: number },
): Promise<boolean> {
  const { numAffectedRows } = await sql`update ${sql.table(table)} set lease_until = lease_until
    where ${keyMatches(key)} and lease_owner = ${claim.owner} and fence = ${claim.fence}`.execute(tx);
  return numAffectedRows === 1n;
}

/** Gives a row back that was claimed for nothing. */
export async function releaseRow<T extends LeasedTable>(
  tx: Tx,
  table: T,
  key: LeasedKeys[T],
  claim: { owner: string; fence: number },
): Promise<void> {
  await sql`update ${sql.table(table)} set lease_owner = null, lease_until = 0
    where ${keyMatches(key)} and lease_owner = ${claim.owner} and fence = ${claim.fence}`.execute(tx);
}

function keyMatches(key: object): RawBuilder<unknown> {
  const parts = Object.entries(key).map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
  return sql`(${sql.join(parts, sql` and `)})`;
}

/** Always in one order: two claims that overlap then wait for each other instead of dying in a deadlock. */
function sortedKeys<K extends object>(keys: readonly K[]): K[] {
  return [...keys].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
