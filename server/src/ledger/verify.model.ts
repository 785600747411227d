/** What the verifier reads and says. It shares no code with the writing side but the names of tables and columns. */
import { createHash } from 'node:crypto';
import type { EventRow } from './rows.ts';

export type FindingKind =
  | 'edited' // content and hash no longer agree
  | 'moved' // the row is whole but stands at another place than it was written for
  | 'missing' // deleted, or never there
  | 'broken' // a link to the one before it is wrong
  | 'unsealed' // not in the ledger, or too long on the way to it
  | 'count'; // a number that must agree does not

export interface Finding {
  kind: FindingKind;
  /** Where, in words a person can find it by: case and version, or ledger seq. */
  place: string;
  detail: string;
  /** The same for programs, as far as it is known. */
  at: { caseId?: string; version?: number; auditId?: string; seq?: number };
}

export type Report = (finding: Finding) => void;
/** Told after each page how many rows it had; what it throws ends the check. */
export type Progress = (rows: number) => Promise<void> | void;

export interface EventLine extends EventRow {
  id: string;
  prev_hash: string;
  hash: string;
}

export interface AuditLine {
  id: string;
  at: number;
  kind: string;
  person_id: string | null;
  subject: string;
  data_json: string;
  hash: string;
  area_id: string | null;
}

export const digest = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/**
 * The text an event was hashed as: its fields in alphabetical order, the JSON columns exactly as they are stored, so
 * that not even a space can be added to them unseen.
 */
export function eventText(row: EventLine, version: number = row.version): string {
  const member = (name: string, json: string): string => `"${name}":${json}`;
  const quoted = (value: string | number | null): string => JSON.stringify(value);
  return `{${[
    member('action', quoted(row.action)),
    member('at', quoted(row.at)),
    member('capacity', row.capacity_json),
    member('caseId', quoted(row.case_id)),
    member('clocks', row.clocks_json),
    member('data', row.data_json),
    member('id', quoted(row.id)),
    member('personId', quoted(row.person_id)),
    member('prevHash', quoted(row.prev_hash)),
    member('recordedAt', quoted(row.recorded_at)),
    member('to', quoted(row.to_state)),
    member('version', quoted(version)),
  ].join(',')}}`;
}

/** The text an audit entry was hashed as. */
export function auditText(row: AuditLine): string {
  const rest = JSON.stringify({ id: row.id, kind: row.kind, personId: row.person_id, subject: row.subject });
  // Entries from before areas were recorded have none, and their hash knows of none.
  const area = row.area_id === null ? '' : `"areaId":${JSON.stringify(row.area_id)},`;
  return `{${area}"at":${row.at},"data":${row.data_json},${rest.slice(1)}`;
}
