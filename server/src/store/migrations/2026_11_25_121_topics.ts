/** What reports are about: their words, and how often each word, and each category at a place, was there. */
import type { Kysely } from 'kysely';
import { columnTypes, createIndex, tableOptions } from '../columns.ts';

export async function up(db: Kysely<never>): Promise<void> {
  const { id, text, instant, int } = columnTypes(db);
  const table = (name: string) => db.schema.createTable(name).ifNotExists().modifyEnd(tableOptions(db));

  await table('topic')
    .addColumn('case_id', id, (c) => c.primaryKey())
    .addColumn('area_id', id, (c) => c.notNull())
    .addColumn('category_id', id, (c) => c.notNull())
    .addColumn('place_id', id, (c) => c.notNull())
    .addColumn('at', instant, (c) => c.notNull())
    .addColumn('words_json', text, (c) => c.notNull())
    .execute();
  await createIndex(db, 'topic', ['category_id', 'place_id', 'area_id', 'at', 'case_id']);

  await table('topic_word')
    .addColumn('area_id', id, (c) => c.notNull())
    .addColumn('word', id, (c) => c.notNull())
    .addColumn('at', instant, (c) => c.notNull())
    .addColumn('case_id', id, (c) => c.notNull())
    .addPrimaryKeyConstraint('topic_word_pk', ['word', 'area_id', 'at', 'case_id'] as never[])
    .execute();

  await table('topic_count')
    .addColumn('area_id', id, (c) => c.notNull())
    .addColumn('kind', id, (c) => c.notNull())
    .addColumn('grain', id, (c) => c.notNull())
    .addColumn('period', int, (c) => c.notNull())
    .addColumn('key1', id, (c) => c.notNull())
    .addColumn('key2', id, (c) => c.notNull())
    .addColumn('n', int, (c) => c.notNull())
    .addPrimaryKeyConstraint('topic_count_pk', [
      'area_id',
      'kind',
      'grain',
      'period',
      'key1',
      'key2',
    ] as never[])
    .execute();
}
