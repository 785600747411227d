/** Cases on which an office one tier up acts, because everybody at their own reported them: its lists start from here. */
import type { Kysely } from 'kysely';
import { columnTypes, createIndex, tableOptions } from '../columns.ts';

export async function up(db: Kysely<never>): Promise<void> {
  const { id } = columnTypes(db);
  await db.schema
    .createTable('case_stepped')
    .ifNotExists()
    .modifyEnd(tableOptions(db))
    .addColumn('case_id', id, (c) => c.notNull())
    .addColumn('unit_id', id, (c) => c.notNull())
    .addPrimaryKeyConstraint('case_stepped_pk', ['case_id', 'unit_id'] as never[])
    .execute();
  await createIndex(db, 'case_stepped', ['unit_id', 'case_id']);
}
