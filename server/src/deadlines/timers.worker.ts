/**
 * Fires the timers of all cases in the order of their moments, by business time. A timer only calls `perform`; what it
 * may do and whether it is still wanted is the workflow's to say. Any number of processes may run one.
 */
import { isOutrun, timerAct, type Case, type Timer } from '@minqing/shared/workflow';
import type { Calendars, Perform } from '../cases/index.ts';
import { findCase } from '../cases/index.ts';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import { createLoop, type Loop } from '../loop.ts';
import { claimRows, databaseClock, digestOf, type Store } from '../store/index.ts';
import type { TimerRow } from '../store/tables.ts';

const LEASE_MS = 30_000;
const BATCH = 50;
const IDLE_MS = 500;

export interface TimersDeps {
  store: Store;
  clock: Clock;
  log: Log;
  perform: Perform;
  calendars: Calendars;
}

export interface TimersWorker extends Loop {
  /** Fires what is due now, in order; answers how many rows it settled. */
  runOnce(): Promise<number>;
  /** The moment of the next timer, business time; null when none waits. */
  nextAt(): Promise<number | null>;
  /** Timers whose moment has passed, for the metrics. */
  late(): Promise<number>;
}

export function createTimersWorker(deps: TimersDeps): TimersWorker {
  const { store, clock, log } = deps;

  async function fire(row: TimerRow): Promise<void> {
    const c = await store.read((db) => findCase(db, row.case_id));
    const clockRun = c?.clocks.find((k) => k.id === row.clock_id);
    if (!c || !clockRun || clockRun.version !== row.clock_version || clockRun.stoppedAt !== null) {
      await forget(row);
      return;
    }
    const step = row.step as Timer['step'];
    const timer = { clockId: row.clock_id, step, at: row.fire_at, clockVersion: row.clock_version };
    if (isOutrun(c, timer, deps.calendars.of(c.areaId), clock.businessNow())) {
      // Several moments passed while nobody was watching: only the latest is told.
      await forget(row);
      return;
    }
    await act(c, row, timerAct(c, clockRun, step));
  }

  async function act(c: Case, row: TimerRow, { action, input }: ReturnType<typeof timerAct>): Promise<void> {
    try {
      await deps.perform(
        { kind: 'timer' },
        c.id,
        action,
        input,
        {
          door: 'timer',
          principal: 'timer',
          key: `${c.id}:${row.clock_id}:${row.step}:${row.clock_version}`,
          digest: digestOf({ action, input }),
        },
        { now: row.fire_at },
      );
    } catch (error) {
      if (!(error instanceof AppError)) {
        throw error;
      }
      // The case went on without this timer: there is nothing to do any more.
      log.debug('a timer was no longer wanted', {
        caseId: c.id,
        clockId: row.clock_id,
        step: row.step,
        reason: error.reason,
      });
    }
    await forget(row);
  }

  async function forget(row: TimerRow): Promise<void> {
    await store.transact((tx) =>
      tx
        .deleteFrom('timer')
        .where('case_id', '=', row.case_id)
        .where('clock_id', '=', row.clock_id)
        .where('step', '=', row.step)
        .where('clock_version', '=', row.clock_version)
        .where('fire_at', '=', row.fire_at)
        .execute(),
    );
  }

  const letGo = (row: TimerRow): Promise<unknown> =>
    store.transact((tx) =>
      tx
        .updateTable('timer')
        .set({ lease_owner: null, lease_until: 0 })
        .where('case_id', '=', row.case_id)
        .where('clock_id', '=', row.clock_id)
        .where('step', '=', row.step)
        .where('fence', '=', row.fence)
        .execute(),
    );

  async function runOnce(): Promise<number> {
    const now = clock.businessNow();
    const due = await store.read((db) =>
      db
        .selectFrom('timer')
        .select(['case_id', 'clock_id', 'step'])
        .where('fire_at', '<=', now)
        // What another process holds must not fill the page.
        .where('lease_until', '<', databaseClock(db))
        .orderBy('fire_at')
        .orderBy('case_id')
        .limit(BATCH)
        .execute(),
    );
    if (due.length === 0) {
      return 0;
    }
    const { rows } = await store.transact((tx) => claimRows(tx, 'timer', due, LEASE_MS));
    const inOrder = rows.toSorted((a, b) => a.fire_at - b.fire_at || a.case_id.localeCompare(b.case_id));
    for (const row of inOrder) {
      // A clock may have been moved between the look and the claim: its timer is due later, then.
      await (row.fire_at <= now ? fire(row) : letGo(row));
    }
    return rows.length;
  }

  const soonest = () =>
    store.read((db) =>
      db.selectFrom('timer').select('fire_at').orderBy('fire_at').limit(1).executeTakeFirst(),
    );

  return {
    ...createLoop({ name: 'the timers', log, idleMs: IDLE_MS, turn: runOnce }),
    runOnce,
    nextAt: async () => (await soonest())?.fire_at ?? null,
    late: async () => {
      const row = await store.read((db) =>
        db
          .selectFrom('timer')
          .select((eb) => eb.fn.countAll<number>().as('n'))
          .where('fire_at', '<', clock.businessNow() - 60_000)
          .executeTakeFirstOrThrow(),
      );
      return Number(row.n);
    },
  };
}
