/**
 * One narrow row for each case that is not over, kept in the transaction that changes the case: what is late in an area
 * is then one range of one index, however many cases have ended.
 */
import type { Insertable } from 'kysely';
import { OPEN_STATES, type Case, type CaseFlag, type Decision } from '@minqing/shared/workflow';
import type { CaseState } from '@minqing/shared/words';
import { lateClock, lateMove, latePartyId, lateReason, lateUnitId } from '@minqing/shared/statistics';
import type { Calendars } from '../cases/index.ts';
import { upsert, type Reader, type Store, type Tx } from '../store/index.ts';
import { FAR } from '../store/tables.ts';
import type { RunningCaseTable } from '../store/tables.late.ts';

/** Stages that are no states of their own: given back by a unit; closed with a promise, or an appeal, still open. */
export const OWN_STAGES = { redispatch: '待改派', promised: '待落实', appealed: '待复核' } as const;
export type OwnStage = keyof typeof OWN_STAGES;
/** Of cases that are closed: watched, and no longer running. */
export const AFTER_CLOSING: readonly OwnStage[] = ['promised', 'appealed'];

/** Where the case stands, for grouping. */
export function stageOf(c: Case): CaseState | OwnStage {
  if (c.state === 'closed') {
    return lateClock(c)?.kind === 'appeal' ? 'appealed' : 'promised';
  }
  return c.state === 'accepted' && c.transferred ? 'redispatch' : c.state;
}

/** Whether anybody can still be late with it. */
const isWatched = (c: Case): boolean =>
  OPEN_STATES.includes(c.state) || (c.state === 'closed' && lateClock(c) !== null);

/** The row of a running case; null once it is over and nothing promised or appealed is left. */
export function runningRow(
  c: Case,
  calendars: Calendars,
  urged: { urges: number; urged_at: number },
): Insertable<RunningCaseTable> | null {
  if (!isWatched(c)) {
    return null;
  }
  const clock = lateClock(c);
  return {
    case_id: c.id,
    area_id: c.areaId,
    committee_id: c.committeeId,
    dispatch_office_id: c.dispatchOfficeId,
    place_area_id: c.content.place.areaId ?? c.areaId,
    unit_id: lateUnitId(c) ?? '',
    party_id: latePartyId(c) ?? '',
    stage: stageOf(c),
    reason: lateReason(c) ?? '',
    mover: lateMove(c)?.mover ?? '',
    due_at: clock?.dueAt ?? FAR,
    amber_at: clock ? calendars.of(c.areaId).amberAt(clock.startedAt, clock.dueAt, clock.limit) : FAR,
    ...urged,
  };
}

/** Keeps the row beside the case, in the decision's own transaction. */
export async function recordRunning(tx: Tx, calendars: Calendars, decision: Decision): Promise<void> {
  const urges = decision.events.filter((event) => event.action === 'urge');
  const urged = { urges: urges.length, urged_at: urges.at(-1)?.at ?? 0 };
  const row = runningRow(decision.next, calendars, urged);
  if (row === null) {
    await tx.deleteFrom('running_case').where('case_id', '=', decision.next.id).execute();
    return;
  }
  await upsert(tx, 'running_case', row, {
    key: ['case_id'],
    add: ['urges'],
    ...(urges.length === 0 ? { keep: ['urged_at'] as const } : {}),
  });
}

/** Raised when a row would be made otherwise from the same case: at the next start all are made anew. */
const RULES = 3;
const MARK = 'late:rules';
const BATCH = 200;

/**
 * Makes every row anew when they were made by other rules, or never; answers how many. Bears being run by several
 * processes and beside changes: each case is held while its row is made.
 */
export async function remakeRunning(store: Store, calendars: Calendars): Promise<number> {
  const mark = await store.read((db) =>
    db.selectFrom('setting').select('value_json').where('name', '=', MARK).executeTakeFirst(),
  );
  if (mark?.value_json === String(RULES)) {
    return 0;
  }
  let made = 0;
  for (let after = ''; ;) {
    const from = after;
    const page = await store.read((db) => openCases(db, from));
    for (const { id } of page) {
      made += (await remakeOne(store, calendars, id)) ? 1 : 0;
    }
    const last = page.at(-1);
    if (!last) {
      break;
    }
    after = last.id;
  }
  await dropEnded(store, calendars);
  await store.transact((tx) =>
    upsert(tx, 'setting', { name: MARK, value_json: String(RULES) }, { key: ['name'] }),
  );
  return made;
}

const LEFT_OPEN: readonly CaseFlag[] = ['promise', 'appeal'];
const openCases = (db: Reader, after: string): Promise<{ id: string }[]> =>
  db
    .selectFrom('cases')
    .select('id')
    .where('id', '>', after)
    .where((eb) =>
      eb.or([
        eb('state', 'in', [...OPEN_STATES]),
        eb(
          'id',
          'in',
          eb
            .selectFrom('case_flag')
            .select('case_id')
            .where('flag', 'in', [...LEFT_OPEN]),
        ),
      ]),
    )
    .orderBy('id')
    .limit(BATCH)
    .execute();

async function remakeOne(store: Store, calendars: Calendars, caseId: string): Promise<boolean> {
  return store.transact(async (tx) => {
    // Holds the case until the end: nobody changes it between the look and the row.
    await tx
      .updateTable('cases')
      .set((eb) => ({ version: eb.ref('version') }))
      .where('id', '=', caseId)
      .execute();
    const row = await tx
      .selectFrom('cases')
      .select('body_json')
      .where('id', '=', caseId)
      .executeTakeFirstOrThrow();
    const urges = await tx
      .selectFrom('event')
      .select('at')
      .where('case_id', '=', caseId)
      .where('action', '=', 'urge')
      .orderBy('version')
      .execute();
    const made = runningRow(JSON.parse(row.body_json) as Case, calendars, {
      urges: urges.length,
      urged_at: urges.at(-1)?.at ?? 0,
    });
    await tx.deleteFrom('running_case').where('case_id', '=', caseId).execute();
    if (made) {
      await tx.insertInto('running_case').values(made).execute();
    }
    return made !== null;
  });
}

/** Rows of cases that ended while nobody kept them: those not made anew. */
async function dropEnded(store: Store, calendars: Calendars): Promise<void> {
  for (let after = ''; ;) {
    const from = after;
    const rows = await store.read((db) =>
      db
        .selectFrom('running_case')
        .innerJoin('cases', 'cases.id', 'running_case.case_id')
        .select('cases.id')
        .where('cases.id', '>', from)
        .where('cases.state', 'not in', [...OPEN_STATES])
        .orderBy('cases.id')
        .limit(BATCH)
        .execute(),
    );
    for (const { id } of rows) {
      await remakeOne(store, calendars, id);
    }
    const last = rows.at(-1);
    if (!last) {
      return;
    }
    after = last.id;
  }
}
