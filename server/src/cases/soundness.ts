/**
 * Whether what is stored of a case is what its history says, and writing it anew from there. The rows beside the
 * history (body, columns, authors, assignments, timers) are made from it in every act; damage means that somebody or
 * something else wrote them.
 */
import type { WorkingCalendar } from '@minqing/shared/calendar';
import {
  isOutrun,
  replay,
  stillAwaited,
  timersOf,
  type Case,
  type CaseEvent,
  type Timer,
} from '@minqing/shared/workflow';
import { canonicalJson, type Reader, type Tx } from '../store/index.ts';
import type { CaseRow, TimerRow } from '../store/tables.ts';
import { caseRow, eventsOf, saveCase } from './case.repository.ts';
import { insertTimers } from './timers.repository.ts';

/** Everything stored of one case, as it stood at one moment. */
export interface StoredCase {
  row: CaseRow;
  events: CaseEvent[];
  timers: TimerRow[];
  authors: string;
  assignments: string;
}

/** Reads the case whole; null when there is none. Read it anew when its version moved on meanwhile. */
export async function readStored(db: Reader, caseId: string): Promise<StoredCase | null> {
  const row = await db.selectFrom('cases').selectAll().where('id', '=', caseId).executeTakeFirst();
  if (!row) {
    return null;
  }
  const authors = await db
    .selectFrom('case_author')
    .select(['person_id', 'position', 'joined', 'awaited'])
    .where('case_id', '=', caseId)
    .orderBy('position')
    .execute();
  const assignments = await db
    .selectFrom('assignment')
    .select(['assignment_id', 'unit_id', 'part', 'round', 'state', 'active'])
    .where('case_id', '=', caseId)
    .orderBy('assignment_id')
    .execute();
  return {
    row,
    events: await eventsOf(db, caseId),
    timers: await db.selectFrom('timer').selectAll().where('case_id', '=', caseId).execute(),
    authors: canonicalJson(authors),
    assignments: canonicalJson(assignments),
  };
}

/** The case as its history tells it; null when the history does not hold together. */
export function replayed(events: readonly CaseEvent[]): Case | null {
  try {
    return replay(events);
  } catch {
    return null;
  }
}

/** True when the stored body is another case than the history tells. */
export function bodyDiffers(stored: StoredCase, told: Case): boolean {
  try {
    return (
      canonicalJson(JSON.parse(stored.row.body_json)) !== canonicalJson(JSON.parse(JSON.stringify(told)))
    );
  } catch {
    return true; // not even JSON
  }
}

const flag = (value: boolean): 0 | 1 => (value ? 1 : 0);

function authorsOf(c: Case): string {
  const waiting = c.state === 'replied' ? stillAwaited(c, () => false) : [];
  return canonicalJson(
    c.authors.map((a, position) => ({
      person_id: a.personId,
      position,
      joined: a.joined,
      awaited: flag(waiting.includes(a.personId)),
    })),
  );
}

function assignmentsOf(c: Case): string {
  const rows = c.assignments.map((a) => ({
    assignment_id: a.id,
    unit_id: a.unitId,
    part: a.part,
    round: a.round,
    state: a.state,
    active: flag(a.state !== 'returned' && a.state !== 'cancelled'),
  }));
  return canonicalJson(rows.toSorted((a, b) => (a.assignment_id < b.assignment_id ? -1 : 1)));
}

/** Names of the columns and tables beside the case that are not what it says. */
export function rowDifferences(stored: StoredCase, told: Case, calendar: WorkingCalendar): string[] {
  const { body_json: _body, ...wanted } = caseRow(told, calendar);
  const has = stored.row as unknown as Record<string, unknown>;
  const columns = Object.entries(wanted)
    .filter(([column, value]) => has[column] !== value)
    .map(([column]) => column);
  return [
    ...columns,
    ...(stored.authors === authorsOf(told) ? [] : ['case_author']),
    ...(stored.assignments === assignmentsOf(told) ? [] : ['assignment']),
  ];
}

export interface Moments {
  /** Business time. */
  now: number;
  databaseNow: number;
  /** The calendar has changed since the case moved last: its reminders may rightly stand where they stood before. */
  calendarMoved: boolean;
}

/**
 * Timers the case wants and has not, and those it has and does not want. What is being fired at this moment
 * (`databaseNow` is before its lease's end) is left to whoever fires it.
 */
export function timerDifferences(
  stored: Pick<StoredCase, 'timers'>,
  told: Case,
  calendar: WorkingCalendar,
  { now, databaseNow, calendarMoved }: Moments,
): { missing: Timer[]; unwanted: TimerRow[] } {
  const timerKey = (clockId: string, step: string, at: number, version: number): string =>
    `${clockId}/${step}/${calendarMoved && step !== 'due' ? '' : at}/${version}`;
  const wanted = timersOf(told, calendar);
  const keys = new Set(wanted.map((t) => timerKey(t.clockId, t.step, t.at, t.clockVersion)));
  const busy = stored.timers.filter((t) => t.lease_until > databaseNow);
  const has = new Set(stored.timers.map((t) => timerKey(t.clock_id, t.step, t.fire_at, t.clock_version)));
  return {
    missing: wanted.filter(
      (t) =>
        !has.has(timerKey(t.clockId, t.step, t.at, t.clockVersion)) &&
        !isOutrun(told, t, calendar, now) &&
        !busy.some((b) => b.clock_id === t.clockId && b.step === t.step),
    ),
    unwanted: stored.timers.filter(
      (t) => !keys.has(timerKey(t.clock_id, t.step, t.fire_at, t.clock_version)) && !busy.includes(t),
    ),
  };
}

/** Holds the case: whatever acts on it waits for this transaction, or this one for it. */
export async function holdCase(tx: Tx, caseId: string): Promise<void> {
  await tx
    .updateTable('cases')
    .set((eb) => ({ version: eb.ref('version') }))
    .where('id', '=', caseId)
    .execute();
}

/** Writes body, columns, authors, assignments and search words anew. `version` is the stored row's. */
export async function rewriteCase(
  tx: Tx,
  version: number,
  told: Case,
  calendar: WorkingCalendar,
): Promise<void> {
  for (const table of ['assignment', 'case_author', 'case_flag'] as const) {
    await tx.deleteFrom(table).where('case_id', '=', told.id).execute();
  }
  await saveCase(tx, asIfNothingWereThere(told, version), told, calendar);
  await tx
    .updateTable('cases')
    .set({ number: told.number, submitted_at: told.submittedAt })
    .where('id', '=', told.id)
    .execute();
}

/** What `saveCase` compares with: a case of which none of the rows beside it was written yet. */
const asIfNothingWereThere = (c: Case, version: number): Case => ({
  ...c,
  version,
  state: 'draft',
  content: { ...c.content, title: '', situation: '' },
  authors: [],
  supporters: [],
  passed: [],
  assignments: [],
  clocks: [],
  approval: null,
  extension: null,
  supervision: null,
  appeals: [],
  visitWanted: null,
});

/** Makes the timers what the case wants; those that are right keep their leases. */
export async function rewriteTimers(
  tx: Tx,
  caseId: string,
  { missing, unwanted }: ReturnType<typeof timerDifferences>,
): Promise<void> {
  for (const { clock_id, step } of unwanted) {
    await tx
      .deleteFrom('timer')
      .where('case_id', '=', caseId)
      .where('clock_id', '=', clock_id)
      .where('step', '=', step)
      .execute();
  }
  await insertTimers(tx, caseId, missing);
}
