/** Webhooks: subscriptions, messages and their tries. */
import type { Kysely } from 'kysely';
import { columnTypes, createIndex, tableOptions } from '../columns.ts';

export async function up(db: Kysely<never>): Promise<void> {
  const { id, text, short, json, instant, int, flag } = columnTypes(db);
  const table = (name: string) => db.schema.createTable(name).ifNotExists().modifyEnd(tableOptions(db));

  await table('webhook')
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('area_id', id, (c) => c.notNull())
    .addColumn('name', short, (c) => c.notNull())
    .addColumn('url', text, (c) => c.notNull())
    .addColumn('events_json', json, (c) => c.notNull())
    .addColumn('level', id, (c) => c.notNull())
    .addColumn('basis', text, (c) => c.notNull())
    .addColumn('secret_cipher', text, (c) => c.notNull())
    .addColumn('old_secret_cipher', text)
    .addColumn('old_until', instant, (c) => c.notNull())
    .addColumn('active', flag, (c) => c.notNull())
    .addColumn('stopped', text, (c) => c.notNull())
    .addColumn('failing_since', instant)
    .addColumn('from_seq', instant, (c) => c.notNull())
    .addColumn('version', int, (c) => c.notNull())
    .addColumn('created_by', id, (c) => c.notNull())
    .addColumn('created_at', instant, (c) => c.notNull())
    .addColumn('removed', flag, (c) => c.notNull())
    .execute();
  await createIndex(db, 'webhook', ['removed', 'area_id']);

  await table('webhook_delivery')
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('webhook_id', id, (c) => c.notNull())
    .addColumn('event_key', id, (c) => c.notNull())
    .addColumn('seq', instant, (c) => c.notNull())
    .addColumn('type', id, (c) => c.notNull())
    .addColumn('number', id, (c) => c.notNull())
    .addColumn('payload', json, (c) => c.notNull())
    .addColumn('state', id, (c) => c.notNull())
    .addColumn('attempts', int, (c) => c.notNull())
    .addColumn('next_at', instant, (c) => c.notNull())
    .addColumn('lease_owner', id)
    .addColumn('lease_until', instant, (c) => c.notNull())
    .addColumn('fence', int, (c) => c.notNull())
    .addColumn('created_at', instant, (c) => c.notNull())
    .addColumn('done_at', instant)
    .execute();
  await createIndex(db, 'webhook_delivery', ['webhook_id', 'event_key'], true);
  await createIndex(db, 'webhook_delivery', ['webhook_id', 'state', 'next_at']);
  await createIndex(db, 'webhook_delivery', ['webhook_id', 'id']);
  await createIndex(db, 'webhook_delivery', ['state', 'created_at']);

  await table('webhook_attempt')
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('delivery_id', id, (c) => c.notNull())
    .addColumn('at', instant, (c) => c.notNull())
    .addColumn('ms', int, (c) => c.notNull())
    .addColumn('status', int)
    .addColumn('problem', text, (c) => c.notNull())
    .addColumn('answer', text, (c) => c.notNull())
    .execute();
  await createIndex(db, 'webhook_attempt', ['delivery_id', 'id']);
}
