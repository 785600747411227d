/** Running cases that stand with a connected platform are marked, and grouped under it where they are watched. */
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { addColumn, columnTypes, createIndex } from '../columns.ts';

export async function up(db: Kysely<never>): Promise<void> {
  const { id } = columnTypes(db);
  await addColumn(db, 'running_case', 'party_id', sql`${id} not null default ''`);
  await createIndex(db, 'running_case', [
    'area_id',
    'due_at',
    'party_id',
    'stage',
    'reason',
    'mover',
    'place_area_id',
    'urged_at',
  ]);
  await createIndex(db, 'running_case', ['area_id', 'party_id', 'stage', 'place_area_id', 'due_at']);
  await createIndex(db, 'running_case', ['party_id', 'due_at', 'case_id']);
  await sql`insert into case_flag (case_id, flag)
    select cases.id, 'elsewhere' from cases
    where cases.state in ('submitted', 'returned', 'accepted', 'dispatched', 'handling', 'replying', 'replied', 'disputed')
      and exists (select 1 from exchange_case where exchange_case.case_id = cases.id and exchange_case.open = 1)
      and not exists (select 1 from case_flag where case_flag.case_id = cases.id and case_flag.flag = 'elsewhere')`.execute(
    db,
  );
}
