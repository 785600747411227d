/** Rows of policies and calendars. Instants are epoch milliseconds; flags are 0 or 1. */
type Flag = 0 | 1;
type Instant = number;

/** One version of an area's policy; an area has at most one draft. */
export interface PolicyVersionTable {
  id: string;
  area_id: string;
  number: number;
  state: string; // draft | published
  revision: number; // raised by each saving of the draft
  document_json: string;
  note: string;
  edited_by: string;
  edited_at: Instant; // business time, like the next
  published_by: string | null;
  published_at: Instant | null;
}

export interface CalendarHoursTable {
  area_id: string;
  valid_from: string; // YYYY-MM-DD
  spans_json: string | null; // null: those of the area above again
}

export interface CalendarDayTable {
  area_id: string;
  date: string;
  kind: string; // work | half | off
  reason: string;
}

export interface CalendarNoticeTable {
  area_id: string;
  year: number;
  days_json: string;
}

/** A change of a calendar, and how often running cases are still to be looked through for it. */
export interface CalendarChangeTable {
  id: string;
  area_id: string;
  at: Instant; // business time
  person_id: string;
  words: string; // 「7月31日 周五 半天，政务网机房割接」
  sweeps: number;
  sweep_at: Instant; // machine time
  lease_owner: string | null;
  lease_until: Instant;
  fence: number;
}

/** A case whose clocks are to be counted anew because of a change. */
export interface RecountTable {
  change_id: string;
  case_id: string;
  state: string; // waiting | done
  moved: Flag;
  attempts: number;
  not_before: Instant; // machine time
  lease_owner: string | null;
  lease_until: Instant;
  fence: number;
}

export interface DeadlineTables {
  policy_version: PolicyVersionTable;
  calendar_hours: CalendarHoursTable;
  calendar_day: CalendarDayTable;
  calendar_notice: CalendarNoticeTable;
  calendar_change: CalendarChangeTable;
  recount: RecountTable;
}
