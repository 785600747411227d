/** Which areas' figures of which month went out, when, and to how many: once, whichever process comes first. */
import type { Kysely } from 'kysely';
import { columnTypes, tableOptions } from '../columns.ts';

export async function up(db: Kysely<never>): Promise<void> {
  const { id, instant, int } = columnTypes(db);
  await db.schema
    .createTable('monthly_delivery')
    .ifNotExists()
    .addColumn('area_id', id, (c) => c.notNull())
    .addColumn('month', int, (c) => c.notNull())
    .addColumn('at', instant, (c) => c.notNull())
    .addColumn('people', int, (c) => c.notNull())
    .addPrimaryKeyConstraint('monthly_delivery_pk', ['area_id', 'month'] as never[])
    .modifyEnd(tableOptions(db))
    .execute();
}
