/** Connected platforms: who they are, which areas they handle, what was sent and came, and what was compared. */
import type { Kysely } from 'kysely';
import { columnTypes, createIndex, tableOptions } from '../columns.ts';

export async function up(db: Kysely<never>): Promise<void> {
  const { id, text, short, json, instant, int, flag } = columnTypes(db);
  const table = (name: string) => db.schema.createTable(name).ifNotExists().modifyEnd(tableOptions(db));

  await table('exchange_partner')
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('name', short, (c) => c.notNull())
    .addColumn('area_id', id, (c) => c.notNull())
    .addColumn('base_url', text, (c) => c.notNull())
    .addColumn('suite', id, (c) => c.notNull())
    .addColumn('allow_json', json, (c) => c.notNull())
    .addColumn('share_phone', flag, (c) => c.notNull())
    .addColumn('active', flag, (c) => c.notNull())
    .addColumn('failures', int, (c) => c.notNull())
    .addColumn('paused_until', instant, (c) => c.notNull())
    .addColumn('checked_on', id, (c) => c.notNull())
    .addColumn('created_at', instant, (c) => c.notNull())
    .execute();

  await table('exchange_key')
    .addColumn('partner_id', id, (c) => c.notNull())
    .addColumn('key_id', id, (c) => c.notNull())
    .addColumn('suite', id, (c) => c.notNull())
    .addColumn('sealed', text, (c) => c.notNull())
    .addColumn('from_at', instant, (c) => c.notNull())
    .addColumn('to_at', instant, (c) => c.notNull())
    .addPrimaryKeyConstraint('exchange_key_pk', ['partner_id', 'key_id'] as never[])
    .execute();

  await table('exchange_area')
    .addColumn('area_id', id, (c) => c.primaryKey())
    .addColumn('partner_id', id, (c) => c.notNull())
    .addColumn('since_at', instant, (c) => c.notNull())
    .execute();

  await table('exchange_code')
    .addColumn('partner_id', id, (c) => c.notNull())
    .addColumn('kind', id, (c) => c.notNull())
    .addColumn('code', id, (c) => c.notNull())
    .addColumn('name', short, (c) => c.notNull())
    .addColumn('ours', id, (c) => c.notNull())
    .addPrimaryKeyConstraint('exchange_code_pk', ['partner_id', 'kind', 'code'] as never[])
    .execute();
  await createIndex(db, 'exchange_code', ['partner_id', 'kind', 'ours']);

  await table('exchange_case')
    .addColumn('partner_id', id, (c) => c.notNull())
    .addColumn('case_id', id, (c) => c.notNull())
    .addColumn('day', id, (c) => c.notNull())
    .addColumn('open', flag, (c) => c.notNull())
    .addColumn('state_code', id, (c) => c.notNull())
    .addColumn('out_seq', int, (c) => c.notNull())
    .addColumn('in_seq', int, (c) => c.notNull())
    .addPrimaryKeyConstraint('exchange_case_pk', ['partner_id', 'case_id'] as never[])
    .execute();
  await createIndex(db, 'exchange_case', ['case_id']);
  await createIndex(db, 'exchange_case', ['partner_id', 'day']);

  await table('exchange_out')
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('partner_id', id, (c) => c.notNull())
    .addColumn('case_id', id, (c) => c.notNull())
    .addColumn('seq', int, (c) => c.notNull())
    .addColumn('type', id, (c) => c.notNull())
    .addColumn('body_json', json, (c) => c.notNull())
    .addColumn('status', id, (c) => c.notNull())
    .addColumn('attempts', int, (c) => c.notNull())
    .addColumn('next_at', instant, (c) => c.notNull())
    .addColumn('error_code', id, (c) => c.notNull())
    .addColumn('error_text', text, (c) => c.notNull())
    .addColumn('created_at', instant, (c) => c.notNull())
    .addColumn('sent_at', instant, (c) => c.notNull())
    .execute();
  await createIndex(db, 'exchange_out', ['partner_id', 'case_id', 'seq'], true);
  await createIndex(db, 'exchange_out', ['partner_id', 'status', 'next_at']);

  await table('exchange_in')
    .addColumn('partner_id', id, (c) => c.notNull())
    .addColumn('message_id', id, (c) => c.notNull())
    .addColumn('case_id', id, (c) => c.notNull())
    .addColumn('seq', int, (c) => c.notNull())
    .addColumn('type', id, (c) => c.notNull())
    .addColumn('body_json', json, (c) => c.notNull())
    .addColumn('digest', id, (c) => c.notNull())
    .addColumn('status', id, (c) => c.notNull())
    .addColumn('error_code', id, (c) => c.notNull())
    .addColumn('error_text', text, (c) => c.notNull())
    .addColumn('received_at', instant, (c) => c.notNull())
    .addColumn('done_at', instant, (c) => c.notNull())
    .addColumn('version', int, (c) => c.notNull())
    .addPrimaryKeyConstraint('exchange_in_pk', ['partner_id', 'message_id'] as never[])
    .execute();
  await createIndex(db, 'exchange_in', ['partner_id', 'case_id', 'seq'], true);
  await createIndex(db, 'exchange_in', ['partner_id', 'status', 'received_at']);

  await table('exchange_nonce')
    .addColumn('partner_id', id, (c) => c.notNull())
    .addColumn('nonce', id, (c) => c.notNull())
    .addColumn('at', instant, (c) => c.notNull())
    .addPrimaryKeyConstraint('exchange_nonce_pk', ['partner_id', 'nonce'] as never[])
    .execute();
  await createIndex(db, 'exchange_nonce', ['at']);

  await table('exchange_check')
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('partner_id', id, (c) => c.notNull())
    .addColumn('at', instant, (c) => c.notNull())
    .addColumn('days', int, (c) => c.notNull())
    .addColumn('cases', int, (c) => c.notNull())
    .addColumn('differing', int, (c) => c.notNull())
    .addColumn('repaired', int, (c) => c.notNull())
    .addColumn('error', text, (c) => c.notNull())
    .addColumn('findings_json', json, (c) => c.notNull())
    .execute();
  await createIndex(db, 'exchange_check', ['partner_id', 'at']);
}
