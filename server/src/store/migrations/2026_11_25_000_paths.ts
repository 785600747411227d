/** Marks that queues start from, members who support, earlier receivers; reminders that wait for the morning. */
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { addColumn, columnTypes, createIndex, tableOptions } from '../columns.ts';

export async function up(db: Kysely<never>): Promise<void> {
  const { id, short, instant } = columnTypes(db);
  const table = (name: string) => db.schema.createTable(name).ifNotExists().modifyEnd(tableOptions(db));

  await table('case_flag')
    .addColumn('case_id', id, (c) => c.notNull())
    .addColumn('flag', short, (c) => c.notNull())
    .addPrimaryKeyConstraint('case_flag_pk', ['case_id', 'flag'] as never[])
    .execute();
  await createIndex(db, 'case_flag', ['flag', 'case_id']);

  await table('case_supporter')
    .addColumn('case_id', id, (c) => c.notNull())
    .addColumn('person_id', id, (c) => c.notNull())
    .addColumn('at', instant, (c) => c.notNull())
    .addPrimaryKeyConstraint('case_supporter_pk', ['case_id', 'person_id'] as never[])
    .execute();
  await createIndex(db, 'case_supporter', ['person_id', 'case_id']);

  await table('case_passed')
    .addColumn('case_id', id, (c) => c.notNull())
    .addColumn('committee_id', id, (c) => c.notNull())
    .addColumn('area_id', id, (c) => c.notNull())
    .addPrimaryKeyConstraint('case_passed_pk', ['case_id', 'committee_id'] as never[])
    .execute();
  await createIndex(db, 'case_passed', ['committee_id', 'case_id']);

  await addColumn(db, 'outbox', 'held_until', sql`${instant} not null default 0`);
}
