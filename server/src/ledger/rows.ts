/** An event as the database keeps it, and as everybody else knows it. */
import type { CaseEvent } from '@minqing/shared/workflow';
import type { Reader } from '../store/types.ts';
import type { RecordedEvent } from './append.ts';

export interface EventRow {
  case_id: string;
  version: number;
  action: string;
  at: number;
  recorded_at: number;
  person_id: string | null;
  capacity_json: string;
  to_state: string;
  clocks_json: string;
  data_json: string;
}

export function eventOf(id: string, row: EventRow): RecordedEvent {
  return {
    id,
    recordedAt: row.recorded_at,
    caseId: row.case_id,
    version: row.version,
    action: row.action as CaseEvent['action'],
    at: row.at,
    personId: row.person_id,
    capacity: JSON.parse(row.capacity_json) as CaseEvent['capacity'],
    to: row.to_state as CaseEvent['to'],
    clocks: JSON.parse(row.clocks_json) as CaseEvent['clocks'],
    data: JSON.parse(row.data_json) as CaseEvent['data'],
  };
}

/** A case's events with what the record adds to them, oldest first. */
export async function recordedEvents(db: Reader, caseId: string): Promise<RecordedEvent[]> {
  const rows = await db
    .selectFrom('event')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('version')
    .execute();
  return rows.map((row) => eventOf(row.id, row));
}
