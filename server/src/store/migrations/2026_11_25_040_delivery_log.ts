/** The delivery log with every attempt, checks of the ledger, stuck cases, and the areas audit entries belong to. */
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { addColumn, columnTypes, createIndex, tableOptions } from '../columns.ts';
import { FAR } from '../tables.ts';

export async function up(db: Kysely<never>): Promise<void> {
  const { id, text, int, flag, instant, json } = columnTypes(db);
  const table = (name: string) => db.schema.createTable(name).ifNotExists().modifyEnd(tableOptions(db));

  await addColumn(db, 'outbox', 'queued_at', sql`${instant} not null default 0`);
  await addColumn(db, 'outbox', 'channel', sql`${id} not null default 'notice'`);
  await addColumn(db, 'outbox', 'logged', sql`${flag} not null default 1`);
  await addColumn(db, 'outbox', 'area_id', sql`${id} not null default ''`);
  await addColumn(db, 'outbox', 'unit_id', sql`${id} null`);
  await addColumn(db, 'outbox', 'to_role', sql`${id} not null default ''`);
  await addColumn(db, 'outbox', 'error_kind', sql`${id} null`);
  await addColumn(db, 'outbox', 'read_at', sql`${instant} null`);
  await addColumn(db, 'outbox', 'look_at', sql`${instant} not null default ${sql.lit(FAR)}`);
  await addColumn(db, 'outbox', 'looks', sql`${int} not null default 0`);
  await addColumn(db, 'outbox', 'closing', sql`${id} not null default ''`);
  await addColumn(db, 'outbox', 'closed_at', sql`${instant} null`);
  await addColumn(db, 'outbox', 'closed_by', sql`${id} null`);
  await addColumn(db, 'outbox', 'closing_json', sql`${text} null`);
  await addColumn(db, 'outbox', 'origin_id', sql`${id} null`);
  // Rows from before: the channel is their kind, the area their case's. Done twice it changes nothing.
  await sql`update outbox set channel = kind where channel = 'notice' and kind <> 'notice'`.execute(db);
  await sql`update outbox set area_id = coalesce((select cases.area_id from cases where cases.id = outbox.case_id), '')
    where area_id = ''`.execute(db);
  await createIndex(db, 'outbox', ['area_id', 'logged', 'created_at', 'id']);
  await createIndex(db, 'outbox', ['person_id', 'created_at', 'id']);
  await createIndex(db, 'outbox', ['unit_id', 'created_at', 'id']);
  await createIndex(db, 'outbox', ['status', 'closing', 'created_at', 'id']);
  await createIndex(db, 'outbox', ['origin_id']);
  await createIndex(db, 'outbox', ['look_at']);
  await createIndex(db, 'outbox', ['task_id']);
  await createIndex(db, 'person', ['name']);

  await table('outbox_attempt')
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('outbox_id', id, (c) => c.notNull())
    .addColumn('at', instant, (c) => c.notNull())
    .addColumn('channel', id, (c) => c.notNull())
    .addColumn('outcome', id, (c) => c.notNull())
    .addColumn('error_kind', id)
    .addColumn('code', id)
    .addColumn('answer_json', text, (c) => c.notNull())
    .addColumn('ms', int, (c) => c.notNull())
    .execute();
  await createIndex(db, 'outbox_attempt', ['outbox_id', 'id']);

  await addColumn(db, 'audit', 'area_id', sql`${id} null`);
  await createIndex(db, 'audit', ['area_id', 'at', 'id']);
  await createIndex(db, 'audit', ['person_id', 'at', 'id']);
  await createIndex(db, 'audit', ['subject', 'at', 'id']);
  await createIndex(db, 'audit', ['kind', 'at', 'id']);

  await table('ledger_check')
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('person_id', id)
    .addColumn('state', id, (c) => c.notNull())
    .addColumn('started_at', instant, (c) => c.notNull())
    .addColumn('finished_at', instant)
    .addColumn('beat_at', instant, (c) => c.notNull())
    .addColumn('done', instant, (c) => c.notNull())
    .addColumn('total', instant, (c) => c.notNull())
    .addColumn('last_seq', instant, (c) => c.notNull())
    .addColumn('chain_hash', id, (c) => c.notNull())
    .addColumn('findings', int, (c) => c.notNull())
    .addColumn('findings_json', json, (c) => c.notNull())
    .execute();

  await table('stuck')
    .addColumn('subject', id, (c) => c.notNull())
    .addColumn('kind', id, (c) => c.notNull())
    .addColumn('case_id', id)
    .addColumn('area_id', id, (c) => c.notNull())
    .addColumn('what', text, (c) => c.notNull())
    .addColumn('repair', text, (c) => c.notNull())
    .addColumn('fixable', flag, (c) => c.notNull())
    .addColumn('since', instant, (c) => c.notNull())
    .addColumn('found_at', instant, (c) => c.notNull())
    .addColumn('told_at', instant)
    .addPrimaryKeyConstraint('stuck_pk', ['subject', 'kind'] as never[])
    .execute();
  await createIndex(db, 'stuck', ['area_id', 'since', 'subject']);
  await createIndex(db, 'cases', ['state', 'last_event_at', 'id']);
  await createIndex(db, 'card', ['live', 'case_id', 'id']);
}
