/** Rows of what is sent to people, of the ledger's checks and of what stands still; see tables.ts for the conventions. */

type Flag = 0 | 1;
type Instant = number;

export interface OutboxTable {
  id: string;
  kind: string; // notice | card | todo
  host_id: string;
  case_id: string | null;
  notice: string; // which notice, for the log
  person_id: string;
  account_id: string;
  card_id: string | null;
  /** Rows with the same key and bytes are sent to many people in one call. */
  batch_key: string;
  payload: string; // bytes rendered once, for notices
  status: string; // waiting | done | dead | dropped
  attempts: number;
  not_before: Instant; // machine time
  /** Business time: reminders are held over the night. */
  held_until: Instant;
  lease_owner: string | null;
  lease_until: Instant;
  fence: number;
  task_id: string | null;
  checked: Flag;
  last_error: string | null;
  created_at: Instant; // business time
  sent_at: Instant | null;
  queued_at: Instant; // machine time
  channel: string; // card | actionCard | notice | todo
  /** Stands in the delivery log: what only brings a card up to date does not, unless it fails for good. */
  logged: Flag;
  /** Of the case, or what a notice without one is about: whose administrators see it. */
  area_id: string;
  /** The unit and role the recipient was told in; none for authors. */
  unit_id: string | null;
  to_role: string;
  error_kind: string | null;
  read_at: Instant | null; // business time
  look_at: Instant; // machine time of the next look at whether it was read; FAR for none
  looks: number;
  /** What was done about a dead row: '' nothing yet | replaced | handler | head | call. */
  closing: string;
  closed_at: Instant | null; // business time
  closed_by: string | null;
  closing_json: string | null;
  /** The row this one stands in for. */
  origin_id: string | null;
  /** The same words for the recipient's other accounts, rendered with these: for when this one cannot be reached. */
  others_json: string | null;
}

/** Each try to send a row of the delivery log, with the host's answer. */
export interface OutboxAttemptTable {
  id: string;
  outbox_id: string;
  at: Instant; // business time
  channel: string;
  outcome: string; // sent | again | dead
  error_kind: string | null;
  code: string | null;
  answer_json: string;
  ms: number;
}

/** A check of the whole history, under way or done. */
export interface LedgerCheckTable {
  id: string;
  person_id: string | null; // who asked for it; null for the nightly one
  state: string; // running | whole | broken | failed
  started_at: Instant; // business time, like the next
  finished_at: Instant | null;
  beat_at: Instant; // machine time of the last sign of life
  done: number;
  total: number;
  last_seq: number;
  chain_hash: string;
  findings: number;
  findings_json: string;
}

/** What stands still and would not move by itself, as last seen; a row goes when it is found sound. */
export interface StuckTable {
  subject: string; // the case, or the outbox row where there is none
  kind: string;
  case_id: string | null;
  area_id: string;
  what: string;
  repair: string;
  fixable: Flag;
  since: Instant; // business time, like the next two
  found_at: Instant;
  told_at: Instant | null; // when the inspectors were told that nobody can act
}
