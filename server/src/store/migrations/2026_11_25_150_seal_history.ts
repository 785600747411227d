/** Whether a platform keeps the sealed history of its cases for us: agreed with each. */
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { addColumn, columnTypes } from '../columns.ts';

export async function up(db: Kysely<never>): Promise<void> {
  const { flag } = columnTypes(db);
  await addColumn(db, 'exchange_partner', 'seal_history', sql`${flag} not null default 1`);
}
