/** What committees published, one row a case, for whoever reads over Open311. */
import type { Kysely } from 'kysely';
import { columnTypes, createIndex, tableOptions } from '../columns.ts';

export async function up(db: Kysely<never>): Promise<void> {
  const { id, instant, flag } = columnTypes(db);
  await db.schema
    .createTable('published_case')
    .ifNotExists()
    .modifyEnd(tableOptions(db))
    .addColumn('case_id', id, (c) => c.primaryKey())
    .addColumn('number', id, (c) => c.notNull())
    .addColumn('area_id', id, (c) => c.notNull())
    .addColumn('category_id', id, (c) => c.notNull())
    .addColumn('open', flag, (c) => c.notNull())
    .addColumn('submitted_at', instant, (c) => c.notNull())
    .execute();
  await createIndex(db, 'published_case', ['area_id', 'submitted_at']);
  await createIndex(db, 'published_case', ['number']);
}
