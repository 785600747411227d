/** Both sides are compared without opening the messages, which are long. */
import type { Kysely } from 'kysely';
import { createIndex } from '../columns.ts';

export async function up(db: Kysely<never>): Promise<void> {
  await createIndex(db, 'exchange_out', ['partner_id', 'case_id', 'status']);
}
