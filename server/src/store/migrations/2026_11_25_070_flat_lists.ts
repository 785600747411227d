/**
 * Lists that cost the same whatever their past: a unit's cases in one narrow row each, with what they are sorted by; and
 * for the others, newest first within a state. A page reads a few rows of each state out of an index, in order.
 */
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { columnTypes, createIndex, dropIndex, tableOptions } from '../columns.ts';

const OWNERS = ['committee_id', 'dispatch_office_id', 'area_id'];

export async function up(db: Kysely<never>): Promise<void> {
  const { id, short, instant, flag } = columnTypes(db);
  await db.schema
    .createTable('unit_case')
    .ifNotExists()
    .modifyEnd(tableOptions(db))
    .addColumn('unit_id', id, (c) => c.notNull())
    .addColumn('case_id', id, (c) => c.notNull())
    .addColumn('part', short, (c) => c.notNull())
    .addColumn('opinion_open', flag, (c) => c.notNull())
    .addColumn('state', short, (c) => c.notNull())
    .addColumn('due_at', instant, (c) => c.notNull())
    .addColumn('submitted_at', instant, (c) => c.notNull())
    .addPrimaryKeyConstraint('unit_case_pk', ['case_id', 'unit_id'] as never[])
    .execute();
  await createIndex(db, 'unit_case', ['unit_id', 'state', 'due_at', 'case_id']);
  await createIndex(db, 'unit_case', ['unit_id', 'state', 'submitted_at', 'case_id']);
  await sql`delete from unit_case`.execute(db);
  await sql`insert into unit_case (unit_id, case_id, part, opinion_open, state, due_at, submitted_at)
    select a.unit_id, a.case_id, case when min(a.unit_id) = min(c.lead_unit_id) then 'lead' else 'co' end,
      max(case when a.part = 'co' and a.state in ('unsigned', 'handling') then 1 else 0 end),
      min(c.state), min(c.due_at), min(c.submitted_at)
    from assignment a join cases c on c.id = a.case_id
    where a.active = 1 group by a.unit_id, a.case_id`.execute(db);

  for (const owner of OWNERS) {
    await createIndex(db, 'cases', [owner, 'state', 'submitted_at', 'id']);
    await dropIndex(db, 'cases', [owner, 'submitted_at', 'id']);
  }
  await dropIndex(db, 'cases', ['lead_unit_id', 'submitted_at', 'id']);
}
