/** Personal access tokens. */
import type { Kysely } from 'kysely';
import { columnTypes, createIndex, tableOptions } from '../columns.ts';

export async function up(db: Kysely<never>): Promise<void> {
  const { id, text, short, json, instant } = columnTypes(db);
  await db.schema
    .createTable('access_token')
    .ifNotExists()
    .modifyEnd(tableOptions(db))
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('person_id', id, (c) => c.notNull())
    .addColumn('name', short, (c) => c.notNull())
    .addColumn('secret_hash', id, (c) => c.notNull())
    .addColumn('hint', id, (c) => c.notNull())
    .addColumn('scopes_json', json, (c) => c.notNull())
    .addColumn('created_at', instant, (c) => c.notNull())
    .addColumn('expires_at', instant, (c) => c.notNull())
    .addColumn('last_used_at', instant)
    .addColumn('last_address', short, (c) => c.notNull())
    .addColumn('revoked_at', instant)
    .addColumn('revoked_by', id)
    .addColumn('revoke_reason', text, (c) => c.notNull())
    .execute();
  await createIndex(db, 'access_token', ['secret_hash'], true);
  await createIndex(db, 'access_token', ['person_id', 'created_at', 'id']);
  await createIndex(db, 'access_token', ['created_at', 'id']);
}
