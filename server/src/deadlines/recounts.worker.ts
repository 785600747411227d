/**
 * Counts running clocks anew after a change of a calendar. First the area's running cases are looked through and those
 * that move are put in line, one row a case; then each row is carried out. Both are claimed by lease and fence, so any
 * number of processes may run one, and one that dies leaves its part to another.
 */
import { sql } from 'kysely';
import type { Log } from '../log.ts';
import { createLoop, type Loop } from '../loop.ts';
import type { Directory } from '../people/index.ts';
import {
  claimRows,
  databaseClock,
  holdsRow,
  releaseRow,
  type LeasedKeys,
  type Store,
} from '../store/index.ts';
import type { CalendarChangeTable, RecountTable } from '../store/tables.deadlines.ts';
import type { AreaCalendars } from './calendars.ts';
import { movedCases } from './moved.ts';
import { orderRecounts, SECOND_SWEEP_MS, waitingRecounts } from './recount.repository.ts';

const LEASE_MS = 60_000;
const BATCH = 20;
/** So many cases are put in line in one transaction. */
const PORTION = 200;
const IDLE_MS = 2_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 300_000;

export interface RecountDeps {
  store: Store;
  log: Log;
  directory: Pick<Directory, 'areasWithin'>;
  calendars: AreaCalendars;
  /** Counts every clock of the case anew; tells whether one moved. Doing it twice moves nothing more. */
  recountCase(caseId: string, because: { changeId: string; why: string }): Promise<boolean>;
}

export interface RecountWorker extends Loop {
  /** Does what is due now; answers how many changes and cases it dealt with. */
  runOnce(): Promise<number>;
  /** Cases that wait to be counted anew, for the metrics. */
  waiting(): Promise<number>;
}

export function createRecountWorker(deps: RecountDeps): RecountWorker {
  const { store, log, directory, calendars } = deps;

  /** Looks through the running cases in portions; a process that lost its lease meanwhile stops. */
  async function sweep(change: CalendarChangeTable): Promise<void> {
    await calendars.refresh();
    let portion: string[] = [];
    for await (const moved of movedCases(store, directory.areasWithin(change.area_id), calendars)) {
      portion.push(moved.case.id);
      if (portion.length === PORTION) {
        if (!(await putInLine(change, portion, false))) {
          return;
        }
        portion = [];
      }
    }
    await putInLine(change, portion, true);
  }

  function putInLine(change: CalendarChangeTable, caseIds: string[], last: boolean): Promise<boolean> {
    return store.transact(async (tx) => {
      if (!(await holdsRow(tx, 'calendar_change', { id: change.id }, claimOf(change)))) {
        return false;
      }
      await orderRecounts(tx, change.id, caseIds);
      const now = databaseClock(tx);
      await tx
        .updateTable('calendar_change')
        .set((eb) =>
          last
            ? {
                sweeps: eb('sweeps', '-', 1),
                sweep_at: sql<number>`${now} + ${SECOND_SWEEP_MS}`,
                lease_owner: null,
                lease_until: 0,
              }
            : { lease_until: sql<number>`${now} + ${LEASE_MS}` },
        )
        .where('id', '=', change.id)
        .execute();
      return true;
    });
  }

  const letGo = <T extends 'calendar_change' | 'recount'>(
    table: T,
    key: LeasedKeys[T],
    claim: Claimed,
  ): Promise<unknown> => store.transact((tx) => releaseRow(tx, table, key, claimOf(claim)));

  async function sweepAll(): Promise<number> {
    const due = await store.read((db) =>
      db
        .selectFrom('calendar_change')
        .select(['id', 'sweeps'])
        .where('sweeps', '>', 0)
        .where('sweep_at', '<=', databaseClock(db))
        .where('lease_until', '<', databaseClock(db))
        .limit(BATCH)
        .execute(),
    );
    if (due.length === 0) {
      return 0;
    }
    const keys = due.map(({ id }) => ({ id }));
    const { rows } = await store.transact((tx) => claimRows(tx, 'calendar_change', keys, LEASE_MS));
    const wanted = new Map(due.map(({ id, sweeps }) => [id, sweeps]));
    for (const change of rows) {
      // Between the look and the claim another process may have done it.
      await (change.sweeps === wanted.get(change.id)
        ? sweep(change)
        : letGo('calendar_change', { id: change.id }, change));
    }
    return rows.length;
  }

  async function carryOut(row: RecountTable, why: string): Promise<void> {
    const { change_id, case_id } = row;
    const key = { change_id, case_id };
    let result: Partial<RecountTable>;
    try {
      const moved = await deps.recountCase(case_id, { changeId: change_id, why });
      result = { state: 'done', moved: moved || row.moved === 1 ? 1 : 0 };
    } catch (error) {
      log.warn('a case could not be counted anew', { caseId: case_id, error });
      const wait = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** row.attempts);
      result = { attempts: row.attempts + 1, not_before: wait };
    }
    await store.transact(async (tx) => {
      if (!(await holdsRow(tx, 'recount', key, claimOf(row)))) {
        return;
      }
      const { not_before: wait, ...rest } = result;
      await tx
        .updateTable('recount')
        .set({
          ...rest,
          not_before: wait === undefined ? 0 : sql<number>`${databaseClock(tx)} + ${wait}`,
          lease_owner: null,
          lease_until: 0,
        })
        .where('change_id', '=', change_id)
        .where('case_id', '=', case_id)
        .execute();
    });
  }

  async function recountAll(): Promise<number> {
    const due = await store.read((db) =>
      db
        .selectFrom('recount')
        .innerJoin('calendar_change', 'calendar_change.id', 'recount.change_id')
        .select(['recount.change_id', 'recount.case_id', 'calendar_change.words'])
        .where('recount.state', '=', 'waiting')
        .where('recount.not_before', '<=', databaseClock(db))
        .where('recount.lease_until', '<', databaseClock(db))
        .orderBy('recount.change_id')
        .orderBy('recount.case_id')
        .limit(BATCH)
        .execute(),
    );
    if (due.length === 0) {
      return 0;
    }
    const keys = due.map(({ change_id, case_id }) => ({ change_id, case_id }));
    const words = new Map(due.map((row) => [row.change_id, row.words]));
    await calendars.refresh();
    const { rows } = await store.transact((tx) => claimRows(tx, 'recount', keys, LEASE_MS));
    for (const row of rows) {
      const key = { change_id: row.change_id, case_id: row.case_id };
      await (row.state === 'waiting'
        ? carryOut(row, words.get(row.change_id) ?? '')
        : letGo('recount', key, row));
    }
    return rows.length;
  }

  const runOnce = async (): Promise<number> => (await sweepAll()) + (await recountAll());

  return {
    ...createLoop({ name: 'counting anew', log, idleMs: IDLE_MS, turn: runOnce }),
    runOnce,
    waiting: () => store.read(waitingRecounts),
  };
}

interface Claimed {
  lease_owner: string | null;
  fence: number;
}

function claimOf(row: Claimed): { owner: string; fence: number } {
  return { owner: row.lease_owner ?? '', fence: row.fence };
}
