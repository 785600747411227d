/** Rows as the databases hold them. Instants are epoch milliseconds; flags are 0 or 1; `…_json` columns hold JSON text. */
import type { Insertable, Selectable } from 'kysely';
import type { CatalogueTables } from './tables.catalogue.ts';
import type { DeadlineTables } from './tables.deadlines.ts';
import type { DoorTables } from './tables.door.ts';
import type {
  AccountDepartmentTable,
  AccountTable,
  AreaTable,
  HoldingChangeTable,
  HostDepartmentTable,
  HostOrganisationTable,
  MembershipTable,
  PersonTable,
  RoleGrantTable,
  SessionTable,
  SubstitutionTable,
  SyncRunTable,
  UnitTable,
} from './tables.people.ts';
import type { LedgerCheckTable, OutboxAttemptTable, OutboxTable, StuckTable } from './tables.delivery.ts';
import type { ExchangeTables } from './tables.exchange.ts';
import type { LateTables } from './tables.late.ts';
import type { LinkingTables } from './tables.linking.ts';
import type { StatisticsTables } from './tables.statistics.ts';
import type { LessonCountTable, LessonTable, OpenCaseWordTable } from './tables.words.ts';

type Flag = 0 | 1;
type Instant = number;

/** One row a case: what lists filter and sort by, and the whole case as JSON for `decide`. */
export interface CasesTable {
  id: string;
  number: string;
  version: number;
  exclusive_version: number;
  state: string;
  area_id: string;
  committee_id: string;
  dispatch_office_id: string;
  title: string;
  category_id: string;
  place_area_id: string | null;
  urgency: string;
  openness: string;
  anonymous: Flag;
  round: number;
  transferred: Flag;
  lead_unit_id: string | null;
  /** Who must move: reviewer, dispatcher, handler, author, inspector or none. */
  mover: string;
  clock_kind: string | null; // of the clock that matters now
  due_at: Instant; // FAR when no clock runs, so that sorting needs no nulls
  amber_at: Instant;
  started_at: Instant;
  paused: Flag;
  outcome: string | null;
  last_stars: number | null; // lowest of the last round
  submitted_at: Instant;
  first_dispatched_at: Instant | null;
  released_at: Instant | null;
  closed_at: Instant | null;
  last_event_at: Instant;
  body_json: string;
}

export interface CaseAuthorTable {
  case_id: string;
  person_id: string;
  position: number;
  joined: string;
  awaited: Flag; // their rating is waited for
  submitted_at: Instant; // of the case, so that a member's list is one index
}

/** What a case is marked with beside its state: an extension to decide, a visit to make. */
export interface CaseFlagTable {
  case_id: string;
  flag: string;
}

export interface CaseSupporterTable {
  case_id: string;
  person_id: string;
  at: Instant;
}

/** Committees that received a case before it was handed up or down: they keep seeing it. */
export interface CasePassedTable {
  case_id: string;
  committee_id: string;
  area_id: string;
}

/** Offices one tier up that act because everybody at the case's own reported it. */
export interface CaseSteppedTable {
  case_id: string;
  unit_id: string;
}

export interface AssignmentTable {
  case_id: string;
  assignment_id: string;
  unit_id: string;
  part: string;
  round: number;
  state: string;
  active: Flag; // its unit may act now
  last_event_at: Instant;
}

/** One row a unit and case it may see: its lists come out of an index, however many it had. */
export interface UnitCaseTable {
  unit_id: string;
  case_id: string;
  part: string; // lead | co, as the case stands now
  opinion_open: Flag; // its own co-handling still waits
  state: string; // of the case, like the next two
  due_at: Instant;
  submitted_at: Instant;
}

export interface EventTable {
  id: string;
  case_id: string;
  version: number;
  action: string;
  at: Instant; // business time
  recorded_at: Instant; // machine time
  person_id: string | null;
  capacity_json: string;
  to_state: string;
  clocks_json: string;
  data_json: string;
  prev_hash: string;
  hash: string;
}

/** Sign-ons, administrative acts, reads of personal data: chained through the ledger like events. */
export interface AuditTable {
  id: string;
  at: Instant;
  kind: string;
  person_id: string | null;
  subject: string;
  data_json: string;
  hash: string;
  /** Whose administrators see it; part of the hash. Null in entries made before there was one. */
  area_id: string | null;
}

export interface EventPendingTable {
  event_id: string;
  source: string; // case | audit
  case_id: string;
  version: number;
  recorded_at: Instant;
}

export interface LedgerTable {
  seq: number;
  event_id: string;
  source: string;
  event_hash: string;
  chain_hash: string;
}

export interface RequestTable {
  door: string;
  principal: string;
  request_key: string;
  digest: string;
  case_id: string;
  version: number;
  created_at: Instant; // machine time
}

export interface TimerTable {
  case_id: string;
  clock_id: string;
  step: string; // amber | due
  fire_at: Instant; // business time
  clock_version: number;
  lease_owner: string | null;
  lease_until: Instant; // machine time
  fence: number;
}

export interface CardTable {
  id: string;
  case_id: string | null;
  duty_key: string; // purpose and the clock, assignment or ask it belongs to; day for daily cards
  purpose: string;
  round: number;
  person_id: string;
  account_id: string;
  host_id: string;
  out_track_id: string;
  template: string;
  live: Flag;
  rev: number; // raised before each call that shows the card: 1 means that none was ever begun
  case_version: number; // the case was at this version when last rendered
  sent_hash: string | null; // of the data the host has
  delivered: Flag;
  private_json: string; // the presser's own: picked stars
  todo_task_id: string | null;
  todo_state: string; // none | open | done
  result_text: string; // after the duty ended: who did what and when
  created_at: Instant;
  updated_at: Instant;
}

export interface DraftTable {
  case_id: string;
  person_id: string;
  counter: number;
  content_json: string;
  saved_at: Instant;
}

export interface FileTable {
  id: string;
  person_id: string; // who uploads it
  name: string;
  declared_type: string;
  type: string; // found in the content
  kind: string; // image | document | audio | video
  bytes: number;
  received: number;
  state: string; // pending | processing | ready | refused
  problem: string | null;
  storage_key: string | null;
  thumb_key: string | null;
  sha256: string | null;
  created_at: Instant;
  updated_at: Instant;
}

/** Which cases name a file, and who may see it there. */
export interface CaseFileTable {
  case_id: string;
  file_id: string;
  /** Who named it: bytes show only when the same person uploaded them, so nobody can name another's file to see it. */
  person_id: string;
  audience: string; // all | staff
}

export interface SearchTokenTable {
  token: string;
  case_id: string;
  submitted_at: Instant;
}

export interface CaseSeenTable {
  person_id: string;
  case_id: string;
  version: number;
}

export interface RateBudgetTable {
  host_id: string;
  budget_key: string;
  window_start: Instant;
  used: number;
}

export interface LeaseTable {
  name: string;
  owner: string;
  until_at: Instant;
  fence: number;
}

export interface NumberCounterTable {
  area_id: string;
  year: number;
  last: number;
}

export interface SettingTable {
  name: string;
  value_json: string;
}

export interface Database
  extends
    CatalogueTables,
    DeadlineTables,
    DoorTables,
    ExchangeTables,
    LateTables,
    LinkingTables,
    StatisticsTables {
  area: AreaTable;
  unit: UnitTable;
  person: PersonTable;
  account: AccountTable;
  host_department: HostDepartmentTable;
  host_organisation: HostOrganisationTable;
  role_grant: RoleGrantTable;
  membership: MembershipTable;
  substitution: SubstitutionTable;
  holding_change: HoldingChangeTable;
  account_department: AccountDepartmentTable;
  sync_run: SyncRunTable;
  session: SessionTable;
  cases: CasesTable;
  case_author: CaseAuthorTable;
  case_flag: CaseFlagTable;
  case_supporter: CaseSupporterTable;
  case_passed: CasePassedTable;
  case_stepped: CaseSteppedTable;
  assignment: AssignmentTable;
  unit_case: UnitCaseTable;
  event: EventTable;
  audit: AuditTable;
  event_pending: EventPendingTable;
  ledger: LedgerTable;
  ledger_check: LedgerCheckTable;
  stuck: StuckTable;
  request: RequestTable;
  timer: TimerTable;
  outbox: OutboxTable;
  outbox_attempt: OutboxAttemptTable;
  card: CardTable;
  draft: DraftTable;
  file: FileTable;
  case_file: CaseFileTable;
  search_token: SearchTokenTable;
  open_case_word: OpenCaseWordTable;
  lesson: LessonTable;
  lesson_count: LessonCountTable;
  case_seen: CaseSeenTable;
  rate_budget: RateBudgetTable;
  lease: LeaseTable;
  number_counter: NumberCounterTable;
  setting: SettingTable;
}

export type CaseRow = Selectable<CasesTable>;
export type NewCaseRow = Insertable<CasesTable>;
export type EventRow = Selectable<EventTable>;
export type OutboxRow = Selectable<OutboxTable>;
export type CardRow = Selectable<CardTable>;
export type TimerRow = Selectable<TimerTable>;
export type FileRow = Selectable<FileTable>;
export type PersonRow = Selectable<PersonTable>;
export type AccountRow = Selectable<AccountTable>;

/** Stands for "no due time" so that every list sorts by one indexed column. 9999-12-31. */
export const FAR = 253_402_214_400_000;
