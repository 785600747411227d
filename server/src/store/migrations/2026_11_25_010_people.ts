/** Substitutes, who holds what from when on, a unit's own rule about approval, and runs of the contact sync. */
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { addColumn, columnTypes, createIndex, tableOptions } from '../columns.ts';

export async function up(db: Kysely<never>): Promise<void> {
  const { id, text, json, instant, int } = columnTypes(db);
  const table = (name: string) => db.schema.createTable(name).ifNotExists().modifyEnd(tableOptions(db));

  await addColumn(db, 'unit', 'head_approval', sql`${id} not null default 'inherit'`);

  await table('substitution')
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('person_id', id, (c) => c.notNull())
    .addColumn('substitute_id', id, (c) => c.notNull())
    .addColumn('from_at', instant, (c) => c.notNull())
    .addColumn('to_at', instant, (c) => c.notNull())
    .addColumn('ended_at', instant)
    .addColumn('reason', text, (c) => c.notNull())
    .addColumn('created_at', instant, (c) => c.notNull())
    .addColumn('created_by', id, (c) => c.notNull())
    .execute();
  await createIndex(db, 'substitution', ['person_id', 'to_at']);
  await createIndex(db, 'substitution', ['substitute_id', 'to_at']);
  await createIndex(db, 'substitution', ['to_at', 'id']);

  await table('holding_change')
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('at', instant, (c) => c.notNull())
    .addColumn('cause', id, (c) => c.notNull())
    .addColumn('person_id', id, (c) => c.notNull())
    .addColumn('role', id)
    .addColumn('unit_id', id)
    .addColumn('area_id', id)
    .addColumn('substitution_id', id)
    .addColumn('progress', id, (c) => c.notNull())
    .execute();
  await createIndex(db, 'holding_change', ['at', 'id']);

  await table('account_department')
    .addColumn('account_id', id, (c) => c.notNull())
    .addColumn('department_id', id, (c) => c.notNull())
    .addPrimaryKeyConstraint('account_department_pk', ['account_id', 'department_id'] as never[])
    .execute();
  await createIndex(db, 'account_department', ['department_id']);
  await createIndex(db, 'host_department', ['unit_id']);

  await table('sync_run')
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('host_id', id, (c) => c.notNull())
    .addColumn('kind', id, (c) => c.notNull())
    .addColumn('state', id, (c) => c.notNull())
    .addColumn('person_id', id)
    .addColumn('at', instant, (c) => c.notNull())
    .addColumn('beat_at', instant, (c) => c.notNull())
    .addColumn('ended_at', instant)
    .addColumn('digest', id)
    .addColumn('counts_json', text, (c) => c.notNull())
    .addColumn('plan_json', json, (c) => c.notNull())
    .addColumn('problem', text)
    .addColumn('seen', int, (c) => c.notNull())
    .execute();
  await createIndex(db, 'sync_run', ['host_id', 'id']);
}
