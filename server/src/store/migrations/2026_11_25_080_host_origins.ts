/** Where a host organisation has the mini-app served from, beside the server's own address. */
import type { Kysely } from 'kysely';
import { columnTypes, tableOptions } from '../columns.ts';

export async function up(db: Kysely<never>): Promise<void> {
  const { id, text, instant, int } = columnTypes(db);
  await db.schema
    .createTable('host_organisation')
    .ifNotExists()
    .modifyEnd(tableOptions(db))
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('origins_json', text, (c) => c.notNull())
    .addColumn('version', int, (c) => c.notNull())
    .addColumn('changed_at', instant, (c) => c.notNull())
    .execute();
}
