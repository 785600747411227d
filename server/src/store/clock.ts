import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { isMysql } from './dialects.ts';
import type { Executor } from './dialects.ts';

/** The database's clock as an expression, epoch milliseconds: what leases compare with, since all processes share it. */
export function databaseClock(db: Executor): RawBuilder<number> {
  return isMysql(db)
    ? sql<number>`cast(unix_timestamp(now(3)) * 1000 as signed)`
    : sql<number>`cast(round(unixepoch('subsec') * 1000) as integer)`;
}

/** The database's clock, epoch milliseconds. */
export async function databaseNow(db: Executor): Promise<number> {
  const { rows } = await sql<{ now: number }>`select ${databaseClock(db)} as now`.execute(db);
  return Number(rows[0]?.now);
}
