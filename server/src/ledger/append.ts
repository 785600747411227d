/** Adding to the history: each event carries the hash of the one before it in its case. */
import type { CaseEvent } from '@minqing/shared/workflow';
import { canonicalJson, digestOf } from '../store/hash.ts';
import { uuidv7 } from '../store/ids.ts';
import type { Tx } from '../store/types.ts';

/** What the record adds to an event: its id and the machine time it was written at, epoch milliseconds. */
export interface RecordIdentity {
  id: string;
  recordedAt: number;
}

export type RecordedEvent = CaseEvent & RecordIdentity;

/** A sign-on, an administrative act, a reading of personal data. `subject` says whom or what it was about. */
export interface AuditEntry {
  at: number; // business time
  kind: string;
  personId: string | null;
  subject: string;
  data: Record<string, unknown>;
  /** Whose administrators see it; by default the area of the case it is about, else of whom or by whom it was done. */
  areaId?: string;
}

/**
 * Appends an event to its case, in the transaction that moves the case to the event's version: that row is what makes
 * one event follow another. Hands it to the sequencer. Returns the event's hash.
 * Throws when the event before it is missing, since a chain must not begin in the middle.
 */
export async function appendEvent(
  tx: Tx,
  event: CaseEvent,
  identity: RecordIdentity = { id: uuidv7(), recordedAt: Date.now() },
): Promise<string> {
  const prevHash = await previousHash(tx, event);
  const { id, recordedAt } = identity;
  const hash = digestOf({
    id,
    caseId: event.caseId,
    version: event.version,
    action: event.action,
    at: event.at,
    recordedAt,
    personId: event.personId,
    capacity: event.capacity,
    to: event.to,
    clocks: event.clocks,
    data: event.data,
    prevHash,
  });
  await tx
    .insertInto('event')
    .values({
      id,
      case_id: event.caseId,
      version: event.version,
      action: event.action,
      at: event.at,
      recorded_at: recordedAt,
      person_id: event.personId,
      capacity_json: canonicalJson(event.capacity),
      to_state: event.to,
      clocks_json: canonicalJson(event.clocks),
      data_json: canonicalJson(event.data),
      prev_hash: prevHash,
      hash,
    })
    .execute();
  await tx
    .insertInto('event_pending')
    .values({
      event_id: id,
      source: 'case',
      case_id: event.caseId,
      version: event.version,
      recorded_at: recordedAt,
    })
    .execute();
  return hash;
}

/** Appends an audit entry; it enters the ledger as events do. Returns its hash. */
export async function appendAudit(
  tx: Tx,
  entry: AuditEntry,
  identity: RecordIdentity = { id: uuidv7(), recordedAt: Date.now() },
): Promise<string> {
  const { id, recordedAt } = identity;
  const { at, kind, personId, subject, data } = entry;
  const areaId = entry.areaId ?? (await areaOf(tx, entry));
  const hash = digestOf({ id, areaId, at, kind, personId, subject, data });
  await tx
    .insertInto('audit')
    .values({
      id,
      at,
      kind,
      person_id: personId,
      subject,
      data_json: canonicalJson(data),
      hash,
      area_id: areaId,
    })
    .execute();
  await tx
    .insertInto('event_pending')
    .values({ event_id: id, source: 'audit', case_id: '', version: 0, recorded_at: recordedAt })
    .execute();
  return hash;
}

/** '' when neither the case nor anybody's grant says: then only those see it who administer a topmost area. */
async function areaOf(tx: Tx, { personId, subject }: AuditEntry): Promise<string> {
  const about = await tx.selectFrom('cases').select('area_id').where('id', '=', subject).executeTakeFirst();
  if (about) {
    return about.area_id;
  }
  const grants = await tx
    .selectFrom('role_grant')
    .select(['person_id', 'area_id'])
    .where('person_id', 'in', personId === null ? [subject] : [subject, personId])
    .orderBy('from_at')
    .orderBy('id')
    .execute();
  const own = grants.find((g) => g.person_id === subject) ?? grants[0];
  return own?.area_id ?? '';
}

async function previousHash(tx: Tx, event: CaseEvent): Promise<string> {
  if (event.version === 1) {
    return '';
  }
  const previous = await tx
    .selectFrom('event')
    .select('hash')
    .where('case_id', '=', event.caseId)
    .where('version', '=', event.version - 1)
    .executeTakeFirst();
  if (!previous) {
    throw new Error(
      `case ${event.caseId} has no event ${event.version - 1} for event ${event.version} to follow`,
    );
  }
  return previous.hash;
}
