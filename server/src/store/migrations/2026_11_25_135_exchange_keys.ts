/** When a platform first signed with a key: from then on we sign with it too. */
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { addColumn, columnTypes } from '../columns.ts';

export async function up(db: Kysely<never>): Promise<void> {
  const { instant } = columnTypes(db);
  await addColumn(db, 'exchange_key', 'seen_at', sql`${instant} not null default 0`);
}
