/** What is late and why, one row a running case; and cases that are urged together. */
import type { Kysely } from 'kysely';
import { columnTypes, createIndex, tableOptions } from '../columns.ts';

export async function up(db: Kysely<never>): Promise<void> {
  const { id, text, short, instant, int, flag } = columnTypes(db);
  const table = (name: string) => db.schema.createTable(name).ifNotExists().modifyEnd(tableOptions(db));

  await table('running_case')
    .addColumn('case_id', id, (c) => c.primaryKey())
    .addColumn('area_id', id, (c) => c.notNull())
    .addColumn('committee_id', id, (c) => c.notNull())
    .addColumn('dispatch_office_id', id, (c) => c.notNull())
    .addColumn('place_area_id', id, (c) => c.notNull())
    .addColumn('unit_id', id, (c) => c.notNull())
    .addColumn('stage', id, (c) => c.notNull())
    .addColumn('reason', id, (c) => c.notNull())
    .addColumn('mover', id, (c) => c.notNull())
    .addColumn('due_at', instant, (c) => c.notNull())
    .addColumn('amber_at', instant, (c) => c.notNull())
    .addColumn('urges', int, (c) => c.notNull())
    .addColumn('urged_at', instant, (c) => c.notNull())
    .execute();
  // What is late in an area is one range here, and everything it is grouped and counted by stands in the same index.
  await createIndex(db, 'running_case', [
    'area_id',
    'due_at',
    'unit_id',
    'stage',
    'reason',
    'mover',
    'place_area_id',
    'urged_at',
  ]);
  // What a unit has running, by stage.
  await createIndex(db, 'running_case', ['area_id', 'unit_id', 'stage', 'place_area_id', 'due_at']);
  // The late cases of one unit, oldest miss first.
  await createIndex(db, 'running_case', ['unit_id', 'due_at', 'case_id']);

  await table('urge_batch')
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('person_id', id, (c) => c.notNull())
    .addColumn('request_key', id, (c) => c.notNull())
    .addColumn('digest', id, (c) => c.notNull())
    .addColumn('text', text, (c) => c.notNull())
    .addColumn('total', int, (c) => c.notNull())
    .addColumn('open', flag, (c) => c.notNull())
    .addColumn('created_at', instant, (c) => c.notNull())
    .execute();
  await createIndex(db, 'urge_batch', ['person_id', 'request_key'], true);
  await createIndex(db, 'urge_batch', ['open', 'id']);

  await table('urge_item')
    .addColumn('batch_id', id, (c) => c.notNull())
    .addColumn('case_id', id, (c) => c.notNull())
    .addColumn('position', int, (c) => c.notNull())
    .addColumn('outcome', id, (c) => c.notNull())
    .addColumn('why', short, (c) => c.notNull())
    .addColumn('mover', id, (c) => c.notNull())
    .addColumn('unit_id', id, (c) => c.notNull())
    .addColumn('attempts', int, (c) => c.notNull())
    .addPrimaryKeyConstraint('urge_item_pk', ['batch_id', 'case_id'] as never[])
    .execute();
  await createIndex(db, 'urge_item', ['batch_id', 'outcome', 'position']);
}
