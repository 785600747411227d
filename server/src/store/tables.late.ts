/** Rows of what is watched and urged together; kinds as in tables.ts. */

type Flag = 0 | 1;
type Instant = number;

/** One row a case that is not over: what is late, why, and whose move it is. Leaves with the case's end, so it stays small. */
export interface RunningCaseTable {
  case_id: string;
  area_id: string;
  committee_id: string;
  dispatch_office_id: string;
  place_area_id: string;
  /** The unit it is counted under: leads it or last led it, else the one that must move. */
  unit_id: string;
  /** Whom it is watched under: `platform:` and its id while it waits for a connected platform, else like `unit_id`. */
  party_id: string;
  stage: string; // the state; redispatch when a unit gave it back
  reason: string; // what it is or would be late for; empty while nobody can be
  mover: string; // empty like reason
  due_at: Instant; // FAR while nobody can be late
  amber_at: Instant;
  urges: number;
  urged_at: Instant; // 0 for never
}

/** Cases urged together by one request; open until each was tried and every unit's notice is queued. */
export interface UrgeBatchTable {
  id: string;
  person_id: string;
  request_key: string;
  digest: string;
  text: string;
  total: number;
  open: Flag;
  created_at: Instant; // business time
}

export interface UrgeItemTable {
  batch_id: string;
  case_id: string;
  position: number;
  outcome: string; // waiting | urged | skipped
  why: string; // in words, when skipped
  mover: string; // who was urged
  unit_id: string;
  attempts: number;
}

export interface LateTables {
  running_case: RunningCaseTable;
  urge_batch: UrgeBatchTable;
  urge_item: UrgeItemTable;
}
