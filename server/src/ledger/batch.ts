import type { Tx } from '../store/types.ts';

export interface PendingEvent {
  eventId: string;
  source: string; // case | audit
  caseId: string;
  version: number;
  /** Of the event or audit entry; null when that row is gone. */
  hash: string | null;
}

export interface Batch {
  batch: PendingEvent[];
  /** The limit was reached: there may be more. */
  full: boolean;
}

/**
 * The longest pending events, at most `limit`, sorted by case and version. A case's event never comes before an
 * earlier one of its case: clocks of several machines differ, so the oldest by time may lack a predecessor that only
 * looks younger; such an event waits for the next batch.
 */
export async function pickBatch(tx: Tx, limit: number): Promise<Batch> {
  const oldest = await pending(tx)
    .orderBy('event_pending.recorded_at')
    .orderBy('event_pending.event_id')
    .limit(limit)
    .execute();
  if (oldest.length < limit) {
    return { batch: sorted(oldest), full: false };
  }
  const whole = await withoutGaps(tx, oldest);
  if (whole.length > 0) {
    return { batch: sorted(whole), full: true };
  }
  // Every one of them waits for an event with a later time: take whole cases instead.
  const byCase = await pending(tx)
    .orderBy('event_pending.case_id')
    .orderBy('event_pending.version')
    .limit(limit)
    .execute();
  return { batch: byCase, full: true };
}

function pending(tx: Tx) {
  return tx
    .selectFrom('event_pending')
    .leftJoin('event', (join) =>
      join.onRef('event.id', '=', 'event_pending.event_id').on('event_pending.source', '=', 'case'),
    )
    .leftJoin('audit', (join) =>
      join.onRef('audit.id', '=', 'event_pending.event_id').on('event_pending.source', '=', 'audit'),
    )
    .select((eb) => [
      'event_pending.event_id as eventId',
      'event_pending.source as source',
      'event_pending.case_id as caseId',
      'event_pending.version as version',
      eb.fn.coalesce('event.hash', 'audit.hash').as('hash'),
    ]);
}

async function withoutGaps(tx: Tx, events: PendingEvent[]): Promise<PendingEvent[]> {
  const picked = new Set(events.map((event) => event.eventId));
  const cases = [...new Set(events.filter((event) => event.source === 'case').map((event) => event.caseId))];
  if (cases.length === 0) {
    return events;
  }
  const others = await tx
    .selectFrom('event_pending')
    .select(['event_id', 'case_id', 'version'])
    .where('case_id', 'in', cases)
    .execute();
  const firstLeftOut = new Map<string, number>();
  for (const { event_id, case_id, version } of others) {
    if (!picked.has(event_id)) {
      firstLeftOut.set(case_id, Math.min(version, firstLeftOut.get(case_id) ?? Infinity));
    }
  }
  return events.filter(
    (event) => event.source !== 'case' || event.version < (firstLeftOut.get(event.caseId) ?? Infinity),
  );
}

function sorted(events: PendingEvent[]): PendingEvent[] {
  return events.sort((a, b) => {
    if (a.caseId !== b.caseId) {
      return a.caseId < b.caseId ? -1 : 1;
    }
    if (a.version !== b.version) {
      return a.version - b.version;
    }
    return a.eventId < b.eventId ? -1 : 1; // audit entries, in the order of their ids
  });
}
