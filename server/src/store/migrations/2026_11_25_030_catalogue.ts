/** What an area, a unit or a person set for themselves, and every change of it, so that each can be undone. */
import type { Kysely } from 'kysely';
import { columnTypes, createIndex, tableOptions } from '../columns.ts';

export async function up(db: Kysely<never>): Promise<void> {
  const { id, json, instant } = columnTypes(db);
  const table = (name: string) => db.schema.createTable(name).ifNotExists().modifyEnd(tableOptions(db));

  await table('catalogue')
    .addColumn('owner', id, (c) => c.notNull())
    .addColumn('kind', id, (c) => c.notNull())
    .addColumn('item_id', id, (c) => c.notNull())
    .addColumn('value_json', json, (c) => c.notNull())
    .addColumn('change_id', id, (c) => c.notNull())
    .addPrimaryKeyConstraint('catalogue_pk', ['owner', 'kind', 'item_id'] as never[])
    .execute();

  await table('catalogue_change')
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('area_id', id, (c) => c.notNull())
    .addColumn('owner', id, (c) => c.notNull())
    .addColumn('kind', id, (c) => c.notNull())
    .addColumn('item_id', id, (c) => c.notNull())
    .addColumn('at', instant, (c) => c.notNull())
    .addColumn('person_id', id, (c) => c.notNull())
    .addColumn('before_json', json)
    .addColumn('after_json', json)
    .addColumn('undone_by', id)
    .execute();
  await createIndex(db, 'catalogue_change', ['area_id', 'kind', 'id']);
}
