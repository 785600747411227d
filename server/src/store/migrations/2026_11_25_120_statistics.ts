/**
 * Figures: what each case counts for, and the sums of it by day and by month. Both carry a generation, so that they are
 * made anew beside those in use and taken over at once.
 */
import type { Kysely } from 'kysely';
import { columnTypes, createIndex, tableOptions } from '../columns.ts';

export async function up(db: Kysely<never>): Promise<void> {
  const { id, instant, int } = columnTypes(db);
  const table = (name: string) => db.schema.createTable(name).ifNotExists().modifyEnd(tableOptions(db));

  await table('tally')
    .addColumn('gen', int, (c) => c.notNull())
    .addColumn('case_id', id, (c) => c.notNull())
    .addColumn('nth', int, (c) => c.notNull())
    .addColumn('kind', id, (c) => c.notNull())
    .addColumn('mark', int, (c) => c.notNull())
    .addColumn('at', instant, (c) => c.notNull())
    .addColumn('area_id', id, (c) => c.notNull())
    .addColumn('unit_id', id, (c) => c.notNull())
    .addColumn('category_id', id, (c) => c.notNull())
    .addColumn('sector', id, (c) => c.notNull())
    .addColumn('place_id', id, (c) => c.notNull())
    .addPrimaryKeyConstraint('tally_pk', ['gen', 'case_id', 'nth'] as never[])
    .execute();
  // The cases behind a figure of an area, and of a unit, newest first.
  await createIndex(db, 'tally', ['gen', 'kind', 'area_id', 'at', 'case_id', 'nth']);
  await createIndex(db, 'tally', ['gen', 'kind', 'unit_id', 'at', 'case_id', 'nth']);

  await table('tally_sum')
    .addColumn('gen', int, (c) => c.notNull())
    .addColumn('cut', id, (c) => c.notNull())
    .addColumn('area_id', id, (c) => c.notNull())
    .addColumn('grain', id, (c) => c.notNull())
    .addColumn('kind', id, (c) => c.notNull())
    .addColumn('period', int, (c) => c.notNull())
    .addColumn('key1', id, (c) => c.notNull())
    .addColumn('key2', id, (c) => c.notNull())
    .addColumn('mark', int, (c) => c.notNull())
    .addColumn('n', int, (c) => c.notNull())
    .addColumn('total', instant, (c) => c.notNull())
    .addPrimaryKeyConstraint('tally_sum_pk', [
      'gen',
      'cut',
      'area_id',
      'grain',
      'kind',
      'period',
      'key1',
      'key2',
      'mark',
    ] as never[])
    .execute();
  // One unit, category, 界别 or place, in whichever area.
  await createIndex(db, 'tally_sum', ['gen', 'cut', 'key1', 'grain', 'kind', 'period']);
}
