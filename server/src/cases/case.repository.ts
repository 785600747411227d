/** Rows of one case: loading it for `decide`, and saving what was decided. All functions take the executor first. */
import {
  clockThatMatters,
  flagsOf,
  moverOf,
  ratingsOfRound,
  stillAwaited,
  type Case,
  type CaseEvent,
  type Reply,
} from '@minqing/shared/workflow';
import type { WorkingCalendar } from '@minqing/shared/calendar';
import type { CaseState } from '@minqing/shared/words';
import { insertIgnore, Stale, upsert, type Reader, type Tx } from '../store/index.ts';
import { FAR, type NewCaseRow } from '../store/tables.ts';
import { searchTokens } from './search.ts';
import { leadUnitId, mayAct, saveUnitCases } from './unit.cases.ts';

export async function findCase(db: Reader, caseId: string): Promise<Case | null> {
  const row = await db.selectFrom('cases').select('body_json').where('id', '=', caseId).executeTakeFirst();
  return row ? (JSON.parse(row.body_json) as Case) : null;
}

/** Several cases at once, by id. */
export async function findCases(db: Reader, ids: readonly string[]): Promise<Map<string, Case>> {
  if (ids.length === 0) {
    return new Map();
  }
  const rows = await db
    .selectFrom('cases')
    .select('body_json')
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => JSON.parse(row.body_json) as Case).map((c) => [c.id, c]));
}

const flag = (value: boolean): 0 | 1 => (value ? 1 : 0);

/** The columns lists filter and sort by, all derived from the case. */
export function caseRow(c: Case, calendar: WorkingCalendar): NewCaseRow {
  const clock = clockThatMatters(c);
  const paused = clock?.pausedAt != null;
  const stars = ratingsOfRound(c).map((r) => r.stars);
  return {
    id: c.id,
    number: c.number,
    version: c.version,
    exclusive_version: c.exclusiveVersion,
    state: c.state,
    area_id: c.areaId,
    committee_id: c.committeeId,
    dispatch_office_id: c.dispatchOfficeId,
    title: c.content.title,
    category_id: c.content.categoryId,
    place_area_id: c.content.place.areaId,
    urgency: c.urgency,
    openness: c.disclosure.openness,
    anonymous: flag(c.disclosure.anonymous),
    round: c.round,
    transferred: flag(c.transferred),
    lead_unit_id: leadUnitId(c),
    mover: moverOf(c),
    clock_kind: clock?.kind ?? null,
    due_at: clock && !paused ? clock.dueAt : FAR,
    amber_at:
      clock && !paused
        ? calendar.amberAt(clock.startedAt, clock.dueAt, clock.limit, clock.pausedMinutes)
        : FAR,
    started_at: clock?.startedAt ?? c.lastEventAt,
    paused: flag(paused),
    outcome: c.outcome,
    last_stars: stars.length > 0 ? Math.min(...stars) : null,
    submitted_at: c.submittedAt,
    first_dispatched_at: c.firstDispatchedAt,
    released_at: c.releasedAt,
    closed_at: c.closedAt,
    last_event_at: c.lastEventAt,
    body_json: JSON.stringify(c),
  };
}

/**
 * Writes the case as it now stands. Throws {@link Stale} when the stored version is not `before`'s (or, for a new
 * case, when somebody stored it first).
 */
export async function saveCase(
  tx: Tx,
  before: Case | null,
  next: Case,
  calendar: WorkingCalendar,
): Promise<void> {
  const row = caseRow(next, calendar);
  if (before === null) {
    const inserted = await insertIgnore(tx, 'cases', row);
    if (!inserted) {
      throw new Stale(`case ${next.id} changed meanwhile`);
    }
  } else {
    const { id, number: _number, submitted_at: _submitted, ...changes } = row;
    const result = await tx
      .updateTable('cases')
      .set(changes)
      .where('id', '=', id)
      .where('version', '=', before.version)
      .executeTakeFirst();
    if (Number(result.numUpdatedRows) !== 1) {
      throw new Stale(`case ${next.id} changed meanwhile`);
    }
  }
  await saveAuthors(tx, before, next);
  await saveMergedAuthors(tx, next);
  await saveMarks(tx, before, next);
  await saveAssignments(tx, before, next);
  await saveUnitCases(tx, before, next, row);
  if (before === null || searchText(before) !== searchText(next)) {
    await saveSearch(tx, next);
  }
}

async function saveAuthors(tx: Tx, before: Case | null, next: Case): Promise<void> {
  const waiting = next.state === 'replied' ? new Set(stillAwaited(next, () => false)) : new Set<string>();
  const rowsOf = (c: Case, awaited: ReadonlySet<string>): string =>
    JSON.stringify(c.authors.map((a) => [a, awaited.has(a.personId)]));
  const had = before?.state === 'replied' ? new Set(stillAwaited(before, () => false)) : new Set<string>();
  if (before && rowsOf(before, had) === rowsOf(next, waiting)) {
    return;
  }
  await tx.deleteFrom('case_author').where('case_id', '=', next.id).execute();
  await tx
    .insertInto('case_author')
    .values(
      next.authors.map((a, position) => ({
        case_id: next.id,
        person_id: a.personId,
        position,
        joined: a.joined,
        awaited: flag(waiting.has(a.personId)),
        submitted_at: next.submittedAt,
      })),
    )
    .execute();
}

/** Authors of merged cases rate where the case was merged into; their own row says that their stars are awaited. */
async function saveMergedAuthors(tx: Tx, next: Case): Promise<void> {
  const waiting = next.state === 'replied' ? stillAwaited(next, () => false) : [];
  for (const { caseId, authors } of next.absorbed) {
    for (const personId of authors) {
      await tx
        .updateTable('case_author')
        .set({ awaited: flag(waiting.includes(personId)) })
        .where('case_id', '=', caseId)
        .where('person_id', '=', personId)
        .execute();
    }
  }
}

/** Flags, supporters and earlier receivers: small tables that queues start from. */
async function saveMarks(tx: Tx, before: Case | null, next: Case): Promise<void> {
  const had = before ? flagsOf(before) : [];
  const has = flagsOf(next);
  const gone = had.filter((f) => !has.includes(f));
  if (gone.length > 0) {
    await tx.deleteFrom('case_flag').where('case_id', '=', next.id).where('flag', 'in', gone).execute();
  }
  for (const flagName of has.filter((f) => !had.includes(f))) {
    await insertIgnore(tx, 'case_flag', { case_id: next.id, flag: flagName });
  }
  for (const { personId, at } of next.supporters.slice(before?.supporters.length ?? 0)) {
    await insertIgnore(tx, 'case_supporter', { case_id: next.id, person_id: personId, at });
  }
  for (const { committeeId, areaId } of next.passed.slice(before?.passed.length ?? 0)) {
    await insertIgnore(tx, 'case_passed', { case_id: next.id, committee_id: committeeId, area_id: areaId });
  }
}

async function saveAssignments(tx: Tx, before: Case | null, next: Case): Promise<void> {
  for (const a of next.assignments) {
    const was = before?.assignments.find((b) => b.id === a.id);
    if (was && was.state === a.state) {
      continue;
    }
    const active = flag(mayAct(a));
    if (was) {
      await tx
        .updateTable('assignment')
        .set({ state: a.state, active, last_event_at: next.lastEventAt })
        .where('case_id', '=', next.id)
        .where('assignment_id', '=', a.id)
        .execute();
    } else {
      await tx
        .insertInto('assignment')
        .values({
          case_id: next.id,
          assignment_id: a.id,
          unit_id: a.unitId,
          part: a.part,
          round: a.round,
          state: a.state,
          active,
          last_event_at: next.lastEventAt,
        })
        .execute();
    }
  }
}

const searchText = (c: Case): string =>
  `${c.number} ${c.content.title} ${c.content.place.text} ${c.content.situation}`;

async function saveSearch(tx: Tx, c: Case): Promise<void> {
  await tx.deleteFrom('search_token').where('case_id', '=', c.id).execute();
  const tokens = searchTokens(searchText(c)).slice(0, 600);
  for (let i = 0; i < tokens.length; i += 200) {
    const values = tokens
      .slice(i, i + 200)
      .map((token) => ({ token, case_id: c.id, submitted_at: c.submittedAt }));
    await tx.insertInto('search_token').values(values).execute();
  }
}

/** Names the files an event brings, so that whoever may see the event may see them once they have arrived. */
export async function nameFiles(tx: Tx, event: CaseEvent): Promise<void> {
  const data = event.data as {
    fileIds?: string[];
    content?: { fileIds?: string[] };
    reply?: { fileIds?: string[] };
    release?: { reply: Reply } | null;
    visible?: boolean;
  };
  const ids = [
    ...new Set([...(data.fileIds ?? []), ...(data.content?.fileIds ?? []), ...(data.reply?.fileIds ?? [])]),
  ];
  const { capacity } = event;
  const platform = capacity.kind === 'platform' ? `platform:${capacity.platformId}` : null;
  const ownerId = platform ?? event.personId;
  if (data.release) {
    const { reply } = data.release;
    await showFiles(tx, event.caseId, reply.fileIds, platform ?? reply.personId);
  }
  if (ownerId === null) {
    return;
  }
  const unreleased = event.action === 'reply' && !data.release;
  const internal =
    data.visible === false || event.action === 'opinion' || event.action === 'answerSupervision';
  const audience = unreleased || internal ? 'staff' : 'all';
  for (const fileId of ids) {
    await insertIgnore(tx, 'case_file', {
      case_id: event.caseId,
      file_id: fileId,
      person_id: ownerId,
      audience,
    });
  }
}

/** A released reply's files are for the authors as well. */
async function showFiles(tx: Tx, caseId: string, fileIds: readonly string[], ownerId: string): Promise<void> {
  for (const file_id of fileIds) {
    const row = { case_id: caseId, file_id, person_id: ownerId, audience: 'all' };
    await upsert(tx, 'case_file', row, { key: ['case_id', 'file_id'], keep: ['person_id'] });
  }
}

export async function eventsOf(db: Reader, caseId: string): Promise<CaseEvent[]> {
  const rows = await db
    .selectFrom('event')
    .select([
      'case_id',
      'version',
      'action',
      'at',
      'person_id',
      'capacity_json',
      'to_state',
      'clocks_json',
      'data_json',
    ])
    .where('case_id', '=', caseId)
    .orderBy('version')
    .execute();
  return rows.map((r) => ({
    caseId: r.case_id,
    version: r.version,
    action: r.action as CaseEvent['action'],
    at: r.at,
    personId: r.person_id,
    capacity: JSON.parse(r.capacity_json) as CaseEvent['capacity'],
    to: r.to_state as CaseState,
    clocks: JSON.parse(r.clocks_json) as CaseEvent['clocks'],
    data: JSON.parse(r.data_json) as Record<string, unknown>,
  }));
}

/** How the case's events are chained: each with the hash of the one before it, oldest first. */
export function hashesOf(
  db: Reader,
  caseId: string,
): Promise<{ version: number; prev_hash: string; hash: string }[]> {
  return db
    .selectFrom('event')
    .select(['version', 'prev_hash', 'hash'])
    .where('case_id', '=', caseId)
    .orderBy('version')
    .execute();
}
