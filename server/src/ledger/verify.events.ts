/** Checks of what was recorded: every case's chain of events, and the audit entries. */
import { sql } from 'kysely';
import { databaseNow } from '../store/clock.ts';
import type { Store } from '../store/types.ts';
import { auditText, digest, eventText } from './verify.model.ts';
import type { AuditLine, EventLine, Progress, Report } from './verify.model.ts';

const PAGE = 500;
/** The sequencer needs milliseconds; a minute means that it stands still. */
const LONGEST_WAIT_MS = 60_000;

interface Cut {
  caseId: string;
  version: number;
}

/** Walks all events by case and version, holding one page. Returns how many there were. */
export async function verifyEvents(store: Store, report: Report, progress: Progress): Promise<number> {
  let total = 0;
  let after: Cut = { caseId: '', version: 0 };
  let previous: EventLine | undefined;
  for (;;) {
    const rows = await eventsAfter(store, after);
    for (const row of rows) {
      const before: EventLine | undefined = previous?.case_id === row.case_id ? previous : undefined;
      await checkEvent(store, row, before, report);
      previous = row;
    }
    total += rows.length;
    await progress(rows.length);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) {
      return total;
    }
    after = { caseId: last.case_id, version: last.version };
  }
}

async function checkEvent(
  store: Store,
  row: EventLine,
  before: EventLine | undefined,
  report: Report,
): Promise<void> {
  const place = `case ${row.case_id} event ${row.version} (${row.id})`;
  const at = { caseId: row.case_id, version: row.version };
  const expected = (before?.version ?? 0) + 1;
  if (row.version !== expected) {
    const gap =
      row.version === expected + 1 ? `event ${expected}` : `events ${expected} to ${row.version - 1}`;
    report({
      kind: 'missing',
      place: `case ${row.case_id} ${gap}`,
      detail: `deleted before event ${row.version}`,
      at: { caseId: row.case_id, version: expected },
    });
  }
  if (digest(eventText(row)) !== row.hash) {
    const home = await versionWrittenFor(store, row);
    if (home === undefined) {
      report({ kind: 'edited', place, detail: 'its content is not what its hash was made of', at });
    } else {
      report({ kind: 'moved', place, detail: `it was written as event ${home} of this case`, at });
    }
  }
  if (row.version === expected && row.prev_hash !== (before?.hash ?? '')) {
    report({
      kind: 'broken',
      place,
      detail: `it does not follow event ${expected - 1} as that stands now`,
      at,
    });
  }
}

/** A swap leaves each row whole but at the other's version: find the version its hash was made with. */
async function versionWrittenFor(store: Store, row: EventLine): Promise<number | undefined> {
  const last = await store.read((db) =>
    db
      .selectFrom('event')
      .select((eb) => eb.fn.max('version').as('version'))
      .where('case_id', '=', row.case_id)
      .executeTakeFirst(),
  );
  for (let version = 1; version <= (last?.version ?? 0) + 1; version += 1) {
    if (digest(eventText(row, version)) === row.hash) {
      return version;
    }
  }
  return undefined;
}

function eventsAfter(store: Store, { caseId, version }: Cut): Promise<EventLine[]> {
  return store.read((db) =>
    db
      .selectFrom('event')
      .select(['id', 'case_id', 'version', 'action', 'at', 'recorded_at', 'person_id', 'capacity_json'])
      .select(['to_state', 'clocks_json', 'data_json', 'prev_hash', 'hash'])
      .where('case_id', '>=', caseId)
      .where((eb) => eb.or([eb('case_id', '>', caseId), eb('version', '>', version)]))
      .orderBy('case_id')
      .orderBy('version')
      .limit(PAGE)
      .execute(),
  );
}

/** Recomputes every audit entry's hash. Returns how many there were. */
export async function verifyAudit(store: Store, report: Report, progress: Progress): Promise<number> {
  let total = 0;
  let after = '';
  for (;;) {
    const rows: AuditLine[] = await store.read((db) =>
      db
        .selectFrom('audit')
        .select(['id', 'at', 'kind', 'person_id', 'subject', 'data_json', 'hash', 'area_id'])
        .where('id', '>', after)
        .orderBy('id')
        .limit(PAGE)
        .execute(),
    );
    for (const row of rows) {
      if (digest(auditText(row)) !== row.hash) {
        report({
          kind: 'edited',
          place: `audit ${row.id}`,
          detail: 'its content is not what its hash was made of',
          at: { auditId: row.id },
        });
      }
    }
    total += rows.length;
    await progress(rows.length);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) {
      return total;
    }
    after = last.id;
  }
}

/** Every case stands at the version its events add up to, and every event belongs to a case: finds a tail that was cut. */
export async function verifyCounts(store: Store, report: Report, progress: Progress): Promise<void> {
  let after = '';
  for (;;) {
    // One statement, so that a case that moves on meanwhile is seen either before or after.
    const { rows } = await store.read((db) =>
      sql<{ id: string; version: number; events: number }>`
        select c.id as id, c.version as version,
          (select count(*) from event e where e.case_id = c.id) as events
        from cases c where c.id > ${after} order by c.id limit ${PAGE}`.execute(db),
    );
    for (const { id, version, events } of rows) {
      if (version !== events) {
        report({
          kind: 'count',
          place: `case ${id}`,
          detail: `it is at version ${version} but has ${events} events`,
          at: { caseId: id },
        });
      }
    }
    await progress(0); // only a sign of life: these rows are cases
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) {
      break;
    }
    after = last.id;
  }
  const { rows: orphans } = await store.read((db) =>
    sql<{ case_id: string }>`select distinct e.case_id as case_id from event e
      where not exists (select 1 from cases c where c.id = e.case_id) limit ${PAGE}`.execute(db),
  );
  for (const { case_id } of orphans) {
    report({
      kind: 'missing',
      place: `case ${case_id}`,
      detail: 'it has events but no case',
      at: { caseId: case_id },
    });
  }
}

/** Everything recorded is in the ledger or on its way there, and the way takes less than a minute. */
export async function verifySealed(store: Store, report: Report, progress: Progress): Promise<void> {
  for (const table of ['event', 'audit'] as const) {
    let after = '';
    for (;;) {
      const { rows } = await store.read((db) =>
        sql<{ id: string; sealed: string | null; waiting: string | null }>`
          select r.id as id, l.event_id as sealed, p.event_id as waiting from ${sql.table(table)} r
          left join ledger l on l.event_id = r.id left join event_pending p on p.event_id = r.id
          where r.id > ${after} order by r.id limit ${PAGE}`.execute(db),
      );
      for (const { id, sealed, waiting } of rows) {
        if (sealed === null && waiting === null) {
          report({
            kind: 'unsealed',
            place: `${table} ${id}`,
            detail: 'it is neither in the ledger nor on its way there',
            at: table === 'audit' ? { auditId: id } : {},
          });
        }
        if (sealed !== null && waiting !== null) {
          report({
            kind: 'broken',
            place: `${table} ${id}`,
            detail: 'it is in the ledger and still pending',
            at: table === 'audit' ? { auditId: id } : {},
          });
        }
      }
      await progress(rows.length);
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) {
        break;
      }
      after = last.id;
    }
  }
  const late = await store.read(async (db) =>
    db
      .selectFrom('event_pending')
      .select(['event_id', 'source', 'recorded_at'])
      .where('recorded_at', '<', (await databaseNow(db)) - LONGEST_WAIT_MS)
      .orderBy('recorded_at')
      .limit(PAGE)
      .execute(),
  );
  for (const { event_id, source, recorded_at } of late) {
    const since = new Date(recorded_at).toISOString();
    report({
      kind: 'unsealed',
      place: `${source} ${event_id}`,
      detail: `pending since ${since}: does the sequencer run?`,
      at: source === 'audit' ? { auditId: event_id } : {},
    });
  }
}
