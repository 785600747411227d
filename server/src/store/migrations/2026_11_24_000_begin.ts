/** The first schema: every table, portable between SQLite and the MySQL family (no triggers, no foreign-key cascades). */
import type { Kysely } from 'kysely';
import { columnTypes, createIndex, tableOptions } from '../columns.ts';

export async function up(db: Kysely<never>): Promise<void> {
  const { id, text, short, json, instant, int, flag } = columnTypes(db);
  const table = (name: string) => db.schema.createTable(name).ifNotExists().modifyEnd(tableOptions(db));
  const index = (on: string, columns: string[], unique = false): Promise<void> =>
    createIndex(db, on, columns, unique);

  await table('area')
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('name', short, (c) => c.notNull())
    .addColumn('tier', short, (c) => c.notNull())
    .addColumn('parent_id', id)
    .addColumn('prefix', short, (c) => c.notNull())
    .execute();

  await table('unit')
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('name', short, (c) => c.notNull())
    .addColumn('short_name', short, (c) => c.notNull())
    .addColumn('type', short, (c) => c.notNull())
    .addColumn('area_id', id, (c) => c.notNull())
    .addColumn('active', flag, (c) => c.notNull())
    .execute();
  await index('unit', ['area_id', 'type']);

  await table('person')
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('name', short, (c) => c.notNull())
    .addColumn('title', short, (c) => c.notNull())
    .addColumn('phone_cipher', text)
    .addColumn('phone_index', short)
    .addColumn('active', flag, (c) => c.notNull())
    .addColumn('settings_json', text, (c) => c.notNull())
    .addColumn('created_at', instant, (c) => c.notNull())
    .execute();
  await index('person', ['phone_index']);

  await table('account')
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('host_id', id, (c) => c.notNull())
    .addColumn('user_id', id, (c) => c.notNull())
    .addColumn('union_id', id, (c) => c.notNull())
    .addColumn('person_id', id, (c) => c.notNull())
    .addColumn('active', flag, (c) => c.notNull())
    .addColumn('last_seen_at', instant)
    .addColumn('synced_at', instant, (c) => c.notNull())
    .execute();
  await index('account', ['host_id', 'user_id'], true);
  await index('account', ['person_id']);

  await table('host_department')
    .addColumn('host_id', id, (c) => c.notNull())
    .addColumn('department_id', id, (c) => c.notNull())
    .addColumn('parent_id', id)
    .addColumn('name', short, (c) => c.notNull())
    .addColumn('unit_id', id)
    .addColumn('synced_at', instant, (c) => c.notNull())
    .addPrimaryKeyConstraint('host_department_pk', ['host_id', 'department_id'] as never[])
    .execute();

  await table('role_grant')
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('person_id', id, (c) => c.notNull())
    .addColumn('role', short, (c) => c.notNull())
    .addColumn('unit_id', id)
    .addColumn('area_id', id, (c) => c.notNull())
    .addColumn('from_at', instant, (c) => c.notNull())
    .addColumn('to_at', instant)
    .execute();
  await index('role_grant', ['person_id']);
  await index('role_grant', ['unit_id', 'role']);
  await index('role_grant', ['area_id', 'role']);

  await table('membership')
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('person_id', id, (c) => c.notNull())
    .addColumn('committee_id', id, (c) => c.notNull())
    .addColumn('sector', short, (c) => c.notNull())
    .addColumn('special_committee', short, (c) => c.notNull())
    .addColumn('term', short, (c) => c.notNull())
    .addColumn('from_at', instant, (c) => c.notNull())
    .addColumn('to_at', instant)
    .execute();
  await index('membership', ['person_id']);

  await table('session')
    .addColumn('id_hash', id, (c) => c.primaryKey())
    .addColumn('person_id', id, (c) => c.notNull())
    .addColumn('account_id', id, (c) => c.notNull())
    .addColumn('kind', short, (c) => c.notNull())
    .addColumn('csrf', id, (c) => c.notNull())
    .addColumn('created_at', instant, (c) => c.notNull())
    .addColumn('seen_at', instant, (c) => c.notNull())
    .addColumn('expires_at', instant, (c) => c.notNull())
    .execute();
  await index('session', ['person_id']);
  await index('session', ['expires_at']);

  await table('cases')
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('number', short, (c) => c.notNull())
    .addColumn('version', int, (c) => c.notNull())
    .addColumn('exclusive_version', int, (c) => c.notNull())
    .addColumn('state', short, (c) => c.notNull())
    .addColumn('area_id', id, (c) => c.notNull())
    .addColumn('committee_id', id, (c) => c.notNull())
    .addColumn('dispatch_office_id', id, (c) => c.notNull())
    .addColumn('title', short, (c) => c.notNull())
    .addColumn('category_id', id, (c) => c.notNull())
    .addColumn('place_area_id', id)
    .addColumn('urgency', short, (c) => c.notNull())
    .addColumn('openness', short, (c) => c.notNull())
    .addColumn('anonymous', flag, (c) => c.notNull())
    .addColumn('round', int, (c) => c.notNull())
    .addColumn('transferred', flag, (c) => c.notNull())
    .addColumn('lead_unit_id', id)
    .addColumn('mover', short, (c) => c.notNull())
    .addColumn('clock_kind', short)
    .addColumn('due_at', instant, (c) => c.notNull())
    .addColumn('amber_at', instant, (c) => c.notNull())
    .addColumn('started_at', instant, (c) => c.notNull())
    .addColumn('paused', flag, (c) => c.notNull())
    .addColumn('outcome', short)
    .addColumn('last_stars', int)
    .addColumn('submitted_at', instant, (c) => c.notNull())
    .addColumn('first_dispatched_at', instant)
    .addColumn('released_at', instant)
    .addColumn('closed_at', instant)
    .addColumn('last_event_at', instant, (c) => c.notNull())
    .addColumn('body_json', json, (c) => c.notNull())
    .execute();
  await index('cases', ['number'], true);
  await index('cases', ['committee_id', 'state', 'due_at', 'id']);
  await index('cases', ['dispatch_office_id', 'state', 'due_at', 'id']);
  await index('cases', ['lead_unit_id', 'state', 'due_at', 'id']);
  await index('cases', ['area_id', 'state', 'due_at', 'id']);
  await index('cases', ['committee_id', 'submitted_at', 'id']);
  await index('cases', ['dispatch_office_id', 'submitted_at', 'id']);
  await index('cases', ['lead_unit_id', 'submitted_at', 'id']);
  await index('cases', ['area_id', 'submitted_at', 'id']);

  await table('case_author')
    .addColumn('case_id', id, (c) => c.notNull())
    .addColumn('person_id', id, (c) => c.notNull())
    .addColumn('position', int, (c) => c.notNull())
    .addColumn('joined', short, (c) => c.notNull())
    .addColumn('awaited', flag, (c) => c.notNull())
    .addColumn('submitted_at', instant, (c) => c.notNull())
    .addPrimaryKeyConstraint('case_author_pk', ['case_id', 'person_id'] as never[])
    .execute();
  await index('case_author', ['person_id', 'submitted_at', 'case_id']);

  await table('assignment')
    .addColumn('case_id', id, (c) => c.notNull())
    .addColumn('assignment_id', id, (c) => c.notNull())
    .addColumn('unit_id', id, (c) => c.notNull())
    .addColumn('part', short, (c) => c.notNull())
    .addColumn('round', int, (c) => c.notNull())
    .addColumn('state', short, (c) => c.notNull())
    .addColumn('active', flag, (c) => c.notNull())
    .addColumn('last_event_at', instant, (c) => c.notNull())
    .addPrimaryKeyConstraint('assignment_pk', ['case_id', 'assignment_id'] as never[])
    .execute();
  await index('assignment', ['unit_id', 'active', 'case_id']);

  await table('event')
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('case_id', id, (c) => c.notNull())
    .addColumn('version', int, (c) => c.notNull())
    .addColumn('action', short, (c) => c.notNull())
    .addColumn('at', instant, (c) => c.notNull())
    .addColumn('recorded_at', instant, (c) => c.notNull())
    .addColumn('person_id', id)
    .addColumn('capacity_json', text, (c) => c.notNull())
    .addColumn('to_state', short, (c) => c.notNull())
    .addColumn('clocks_json', text, (c) => c.notNull())
    .addColumn('data_json', json, (c) => c.notNull())
    .addColumn('prev_hash', id, (c) => c.notNull())
    .addColumn('hash', id, (c) => c.notNull())
    .execute();
  await index('event', ['case_id', 'version'], true);

  await table('audit')
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('at', instant, (c) => c.notNull())
    .addColumn('kind', short, (c) => c.notNull())
    .addColumn('person_id', id)
    .addColumn('subject', short, (c) => c.notNull())
    .addColumn('data_json', text, (c) => c.notNull())
    .addColumn('hash', id, (c) => c.notNull())
    .execute();
  await index('audit', ['at']);

  await table('event_pending')
    .addColumn('event_id', id, (c) => c.primaryKey())
    .addColumn('source', short, (c) => c.notNull())
    .addColumn('case_id', id, (c) => c.notNull())
    .addColumn('version', int, (c) => c.notNull())
    .addColumn('recorded_at', instant, (c) => c.notNull())
    .execute();
  await index('event_pending', ['recorded_at']);

  await table('ledger')
    .addColumn('seq', instant, (c) => c.primaryKey())
    .addColumn('event_id', id, (c) => c.notNull())
    .addColumn('source', short, (c) => c.notNull())
    .addColumn('event_hash', id, (c) => c.notNull())
    .addColumn('chain_hash', id, (c) => c.notNull())
    .execute();
  await index('ledger', ['event_id'], true);

  await table('request')
    .addColumn('door', short, (c) => c.notNull())
    .addColumn('principal', id, (c) => c.notNull())
    .addColumn('request_key', short, (c) => c.notNull())
    .addColumn('digest', id, (c) => c.notNull())
    .addColumn('case_id', id, (c) => c.notNull())
    .addColumn('version', int, (c) => c.notNull())
    .addColumn('created_at', instant, (c) => c.notNull())
    .addPrimaryKeyConstraint('request_pk', ['door', 'principal', 'request_key'] as never[])
    .execute();
  await index('request', ['created_at']);

  await table('timer')
    .addColumn('case_id', id, (c) => c.notNull())
    .addColumn('clock_id', id, (c) => c.notNull())
    .addColumn('step', id, (c) => c.notNull())
    .addColumn('fire_at', instant, (c) => c.notNull())
    .addColumn('clock_version', int, (c) => c.notNull())
    .addColumn('lease_owner', id)
    .addColumn('lease_until', instant, (c) => c.notNull())
    .addColumn('fence', int, (c) => c.notNull())
    .addPrimaryKeyConstraint('timer_pk', ['case_id', 'clock_id', 'step'] as never[])
    .execute();
  await index('timer', ['fire_at']);

  await table('outbox')
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('kind', id, (c) => c.notNull())
    .addColumn('host_id', id, (c) => c.notNull())
    .addColumn('case_id', id)
    .addColumn('notice', id, (c) => c.notNull())
    .addColumn('person_id', id, (c) => c.notNull())
    .addColumn('account_id', id, (c) => c.notNull())
    .addColumn('card_id', id)
    .addColumn('batch_key', id, (c) => c.notNull())
    .addColumn('payload', json, (c) => c.notNull())
    .addColumn('status', id, (c) => c.notNull())
    .addColumn('attempts', int, (c) => c.notNull())
    .addColumn('not_before', instant, (c) => c.notNull())
    .addColumn('lease_owner', id)
    .addColumn('lease_until', instant, (c) => c.notNull())
    .addColumn('fence', int, (c) => c.notNull())
    .addColumn('task_id', id)
    .addColumn('checked', flag, (c) => c.notNull())
    .addColumn('last_error', text)
    .addColumn('created_at', instant, (c) => c.notNull())
    .addColumn('sent_at', instant)
    .execute();
  await index('outbox', ['status', 'not_before', 'id']);
  await index('outbox', ['checked', 'status', 'sent_at']);
  await index('outbox', ['card_id', 'status']);
  await index('outbox', ['case_id']);

  await table('card')
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('case_id', id)
    .addColumn('duty_key', id, (c) => c.notNull())
    .addColumn('purpose', id, (c) => c.notNull())
    .addColumn('round', int, (c) => c.notNull())
    .addColumn('person_id', id, (c) => c.notNull())
    .addColumn('account_id', id, (c) => c.notNull())
    .addColumn('host_id', id, (c) => c.notNull())
    .addColumn('out_track_id', id, (c) => c.notNull())
    .addColumn('template', id, (c) => c.notNull())
    .addColumn('live', flag, (c) => c.notNull())
    .addColumn('rev', int, (c) => c.notNull())
    .addColumn('case_version', int, (c) => c.notNull())
    .addColumn('sent_hash', id)
    .addColumn('delivered', flag, (c) => c.notNull())
    .addColumn('private_json', text, (c) => c.notNull())
    .addColumn('todo_task_id', id)
    .addColumn('todo_state', id, (c) => c.notNull())
    .addColumn('result_text', text, (c) => c.notNull())
    .addColumn('created_at', instant, (c) => c.notNull())
    .addColumn('updated_at', instant, (c) => c.notNull())
    .execute();
  await index('card', ['out_track_id'], true);
  await index('card', ['case_id', 'live']);
  await index('card', ['person_id', 'purpose', 'created_at']);

  await table('draft')
    .addColumn('case_id', id, (c) => c.primaryKey())
    .addColumn('person_id', id, (c) => c.notNull())
    .addColumn('counter', instant, (c) => c.notNull())
    .addColumn('content_json', json, (c) => c.notNull())
    .addColumn('saved_at', instant, (c) => c.notNull())
    .execute();
  await index('draft', ['person_id', 'saved_at']);

  await table('file')
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('person_id', id, (c) => c.notNull())
    .addColumn('name', short, (c) => c.notNull())
    .addColumn('declared_type', short, (c) => c.notNull())
    .addColumn('type', short, (c) => c.notNull())
    .addColumn('kind', id, (c) => c.notNull())
    .addColumn('bytes', instant, (c) => c.notNull())
    .addColumn('received', instant, (c) => c.notNull())
    .addColumn('state', id, (c) => c.notNull())
    .addColumn('problem', text)
    .addColumn('storage_key', short)
    .addColumn('thumb_key', short)
    .addColumn('sha256', id)
    .addColumn('created_at', instant, (c) => c.notNull())
    .addColumn('updated_at', instant, (c) => c.notNull())
    .execute();
  await index('file', ['state', 'updated_at']);

  await table('case_file')
    .addColumn('case_id', id, (c) => c.notNull())
    .addColumn('file_id', id, (c) => c.notNull())
    .addColumn('person_id', id, (c) => c.notNull())
    .addColumn('audience', id, (c) => c.notNull())
    .addPrimaryKeyConstraint('case_file_pk', ['case_id', 'file_id'] as never[])
    .execute();
  await index('case_file', ['file_id']);

  await table('search_token')
    .addColumn('token', id, (c) => c.notNull())
    .addColumn('submitted_at', instant, (c) => c.notNull())
    .addColumn('case_id', id, (c) => c.notNull())
    .addPrimaryKeyConstraint('search_token_pk', ['token', 'submitted_at', 'case_id'] as never[])
    .execute();
  await index('search_token', ['case_id']);

  await table('case_seen')
    .addColumn('person_id', id, (c) => c.notNull())
    .addColumn('case_id', id, (c) => c.notNull())
    .addColumn('version', int, (c) => c.notNull())
    .addPrimaryKeyConstraint('case_seen_pk', ['person_id', 'case_id'] as never[])
    .execute();

  await table('rate_budget')
    .addColumn('host_id', id, (c) => c.notNull())
    .addColumn('budget_key', id, (c) => c.notNull())
    .addColumn('window_start', instant, (c) => c.notNull())
    .addColumn('used', int, (c) => c.notNull())
    .addPrimaryKeyConstraint('rate_budget_pk', ['host_id', 'budget_key'] as never[])
    .execute();

  await table('lease')
    .addColumn('name', id, (c) => c.primaryKey())
    .addColumn('owner', id, (c) => c.notNull())
    .addColumn('until_at', instant, (c) => c.notNull())
    .addColumn('fence', int, (c) => c.notNull())
    .execute();

  await table('number_counter')
    .addColumn('area_id', id, (c) => c.notNull())
    .addColumn('year', int, (c) => c.notNull())
    .addColumn('last', int, (c) => c.notNull())
    .addPrimaryKeyConstraint('number_counter_pk', ['area_id', 'year'] as never[])
    .execute();

  await table('setting')
    .addColumn('name', id, (c) => c.primaryKey())
    .addColumn('value_json', text, (c) => c.notNull())
    .execute();
}
