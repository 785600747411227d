/** One person with an account in each of several host organisations: who was joined with whom, and how it is told. */
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { addColumn, columnTypes, createIndex, tableOptions } from '../columns.ts';

export async function up(db: Kysely<never>): Promise<void> {
  const { id, json, flag, instant } = columnTypes(db);
  const table = (name: string) => db.schema.createTable(name).ifNotExists().modifyEnd(tableOptions(db));

  await addColumn(db, 'account', 'linked', sql`${flag} not null default 0`);
  await addColumn(db, 'outbox', 'others_json', sql`${json} null`);

  await table('person_link')
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('one_id', id, (c) => c.notNull())
    .addColumn('other_id', id, (c) => c.notNull())
    .addColumn('way', id, (c) => c.notNull())
    .addColumn('state', id, (c) => c.notNull())
    .addColumn('created_at', instant, (c) => c.notNull())
    .addColumn('decided_at', instant)
    .addColumn('decided_by', id)
    .addColumn('kept_id', id)
    .addColumn('moved_json', json, (c) => c.notNull())
    .execute();
  await createIndex(db, 'person_link', ['one_id', 'other_id'], true);
  await createIndex(db, 'person_link', ['other_id']);
  await createIndex(db, 'person_link', ['kept_id']);
  await createIndex(db, 'person_link', ['state', 'created_at', 'id']);

  await table('link_code')
    .addColumn('person_id', id, (c) => c.primaryKey())
    .addColumn('account_id', id, (c) => c.notNull())
    .addColumn('code_hash', id, (c) => c.notNull())
    .addColumn('expires_at', instant, (c) => c.notNull())
    .execute();
  await createIndex(db, 'link_code', ['code_hash']);
}
