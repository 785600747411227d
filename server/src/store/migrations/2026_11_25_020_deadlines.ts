/** Policies and calendars as data: versions of policies, hours, days and notices by area, and cases to be counted anew. */
import type { Kysely } from 'kysely';
import { columnTypes, createIndex, tableOptions } from '../columns.ts';

export async function up(db: Kysely<never>): Promise<void> {
  const { id, text, short, json, instant, int, flag } = columnTypes(db);
  const table = (name: string) => db.schema.createTable(name).ifNotExists().modifyEnd(tableOptions(db));

  await table('policy_version')
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('area_id', id, (c) => c.notNull())
    .addColumn('number', int, (c) => c.notNull())
    .addColumn('state', short, (c) => c.notNull())
    .addColumn('revision', int, (c) => c.notNull())
    .addColumn('document_json', json, (c) => c.notNull())
    .addColumn('note', text, (c) => c.notNull())
    .addColumn('edited_by', id, (c) => c.notNull())
    .addColumn('edited_at', instant, (c) => c.notNull())
    .addColumn('published_by', id)
    .addColumn('published_at', instant)
    .execute();
  // Also what keeps an area from having two drafts: a draft's number is the next one.
  await createIndex(db, 'policy_version', ['area_id', 'number'], true);

  await table('calendar_hours')
    .addColumn('area_id', id, (c) => c.notNull())
    .addColumn('valid_from', id, (c) => c.notNull())
    .addColumn('spans_json', text)
    .addPrimaryKeyConstraint('calendar_hours_pk', ['area_id', 'valid_from'] as never[])
    .execute();

  await table('calendar_day')
    .addColumn('area_id', id, (c) => c.notNull())
    .addColumn('date', id, (c) => c.notNull())
    .addColumn('kind', id, (c) => c.notNull())
    .addColumn('reason', short, (c) => c.notNull())
    .addPrimaryKeyConstraint('calendar_day_pk', ['area_id', 'date'] as never[])
    .execute();

  await table('calendar_notice')
    .addColumn('area_id', id, (c) => c.notNull())
    .addColumn('year', int, (c) => c.notNull())
    .addColumn('days_json', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('calendar_notice_pk', ['area_id', 'year'] as never[])
    .execute();

  await table('calendar_change')
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('area_id', id, (c) => c.notNull())
    .addColumn('at', instant, (c) => c.notNull())
    .addColumn('person_id', id, (c) => c.notNull())
    .addColumn('words', text, (c) => c.notNull())
    .addColumn('sweeps', int, (c) => c.notNull())
    .addColumn('sweep_at', instant, (c) => c.notNull())
    .addColumn('lease_owner', id)
    .addColumn('lease_until', instant, (c) => c.notNull())
    .addColumn('fence', int, (c) => c.notNull())
    .execute();
  await createIndex(db, 'calendar_change', ['sweeps', 'sweep_at']);
  await createIndex(db, 'calendar_change', ['area_id', 'at']);

  await table('recount')
    .addColumn('change_id', id, (c) => c.notNull())
    .addColumn('case_id', id, (c) => c.notNull())
    .addColumn('state', id, (c) => c.notNull())
    .addColumn('moved', flag, (c) => c.notNull())
    .addColumn('attempts', int, (c) => c.notNull())
    .addColumn('not_before', instant, (c) => c.notNull())
    .addColumn('lease_owner', id)
    .addColumn('lease_until', instant, (c) => c.notNull())
    .addColumn('fence', int, (c) => c.notNull())
    .addPrimaryKeyConstraint('recount_pk', ['change_id', 'case_id'] as never[])
    .execute();
  await createIndex(db, 'recount', ['state', 'not_before']);
}
