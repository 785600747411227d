/** Words of open cases, for finding like ones; lessons of earlier dispatches and their counts, for suggestions. */
import type { Kysely } from 'kysely';
import { columnTypes, createIndex, tableOptions } from '../columns.ts';

export async function up(db: Kysely<never>): Promise<void> {
  const { id, instant, int, text } = columnTypes(db);
  const table = (name: string) => db.schema.createTable(name).ifNotExists().modifyEnd(tableOptions(db));

  await table('open_case_word')
    .addColumn('area_id', id, (c) => c.notNull())
    .addColumn('audience', id, (c) => c.notNull())
    .addColumn('word', id, (c) => c.notNull())
    .addColumn('submitted_at', instant, (c) => c.notNull())
    .addColumn('case_id', id, (c) => c.notNull())
    .addPrimaryKeyConstraint('open_case_word_pk', [
      'area_id',
      'audience',
      'word',
      'submitted_at',
      'case_id',
    ] as never[])
    .execute();
  await createIndex(db, 'open_case_word', ['case_id']);

  await table('lesson')
    .addColumn('case_id', id, (c) => c.primaryKey())
    .addColumn('area_id', id, (c) => c.notNull())
    .addColumn('unit_id', id)
    .addColumn('category_id', id)
    .addColumn('features_json', text, (c) => c.notNull())
    .execute();

  await table('lesson_count')
    .addColumn('area_id', id, (c) => c.notNull())
    .addColumn('target', id, (c) => c.notNull())
    .addColumn('feature', id, (c) => c.notNull())
    .addColumn('label', id, (c) => c.notNull())
    .addColumn('n', int, (c) => c.notNull())
    .addPrimaryKeyConstraint('lesson_count_pk', ['area_id', 'target', 'feature', 'label'] as never[])
    .execute();
}
