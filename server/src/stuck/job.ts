/**
 * The detector as a job of one process at a time: each pass looks again at what was found before and at what changed
 * since the last one; once a night, or when asked, it goes through everything open in slices, on from where it stopped.
 */
import { localTime, shanghaiDate } from '@minqing/shared/time';
import {
  claimLease,
  holdLease,
  LeaseLost,
  releaseLease,
  upsert,
  uuidv7,
  type Lease,
} from '../store/index.ts';
import { findLeased, findStuck } from './find.ts';
import type { StuckDeps } from './model.ts';
import { keepFindings, keptSubjects } from './records.ts';
import { changedSince, START, sweepPage, type Cursor } from './scan.ts';

const LEASE = 'stuck';
const LEASE_MS = 60_000;
/** A slice of a sweep; passes come every minute. */
const SLICE_MS = 40_000;
/** Looked at once more: a change that was committed late. */
const OVERLAP_MS = 300_000;
const NIGHT_HOUR = 3;
const BATCH = 200;

const SCAN = 'stuck:scan';
const ASKED = 'stuck:asked';

export interface Scan {
  /** Business time up to which changes were looked at. */
  since: number;
  /** Where the sweep under way stands; null for none. */
  cursor: Cursor | null;
  /** Of the sweep under way, or the last one. */
  startedAt: number;
  endedAt: number | null;
  looked: number;
}
const NEVER: Scan = { since: 0, cursor: null, startedAt: 0, endedAt: null, looked: 0 };

export interface StuckJob {
  /** One pass; does nothing while another process makes one. Call it every minute or so. */
  tick(): Promise<void>;
  /** Asks for a sweep, which begins at once where workers run. */
  ask(): Promise<void>;
  scan(): Promise<Scan>;
  stop(): Promise<void>;
}

export function createStuckJob(deps: StuckDeps): StuckJob {
  const { store, clock, log } = deps;
  const owner = uuidv7();
  let running: Promise<void> | null = null;
  let stopped = false;

  const read = async <T>(name: string, otherwise: T): Promise<T> => {
    const row = await store.read((db) =>
      db.selectFrom('setting').select('value_json').where('name', '=', name).executeTakeFirst(),
    );
    return row ? (JSON.parse(row.value_json) as T) : otherwise;
  };
  const write = (name: string, value: unknown, lease?: Lease): Promise<void> =>
    store.transact(async (tx) => {
      if (lease) {
        await holdLease(tx, lease, LEASE_MS);
      }
      await upsert(tx, 'setting', { name, value_json: JSON.stringify(value) }, { key: ['name'] });
    });

  /** Looks at one case and keeps what is wrong with it, or forgets it. */
  async function look(caseId: string): Promise<void> {
    try {
      const findings = await findStuck(deps, caseId);
      await store.transact((tx) => keepFindings(tx, caseId, findings, clock.businessNow()));
    } catch (error) {
      log.error('a case could not be looked at', { caseId, error });
    }
  }

  async function lookAgain(): Promise<void> {
    const leased = await findLeased(store);
    const now = clock.businessNow();
    for (let after = ''; ;) {
      const from = after;
      const page = await store.read((db) => keptSubjects(db, from, BATCH));
      for (const { subject, case_id } of page) {
        if (case_id !== null) {
          await look(case_id);
        } else if (!leased.some((f) => f.subject === subject)) {
          await store.transact((tx) => keepFindings(tx, subject, [], now));
        }
      }
      const last = page.at(-1);
      if (!last || page.length < BATCH) {
        break;
      }
      after = last.subject;
    }
    for (const finding of leased) {
      await store.transact((tx) => keepFindings(tx, finding.subject, [finding], now));
    }
  }

  async function pass(lease: Lease): Promise<void> {
    const begun = performance.now();
    const now = clock.businessNow();
    const scan = { ...(await read(SCAN, NEVER)) };
    await lookAgain();
    // The first pass ever leaves the past to the sweep.
    const from = scan.since === 0 ? now - OVERLAP_MS : scan.since - OVERLAP_MS;
    for await (const ids of changedSince(store, from)) {
      for (const id of ids) {
        await look(id);
      }
      await store.transact((tx) => holdLease(tx, lease, LEASE_MS));
      if (stopped) {
        return;
      }
    }
    scan.since = now;
    if (scan.cursor === null && (await isWanted(scan, now))) {
      Object.assign(scan, { cursor: START, startedAt: now, endedAt: null, looked: 0 });
    }
    while (scan.cursor !== null && !stopped && performance.now() - begun < SLICE_MS) {
      const page = await sweepPage(store, scan.cursor);
      for (const id of page.ids) {
        await look(id);
      }
      scan.looked += page.ids.length;
      scan.cursor = page.next;
      scan.endedAt = page.next === null ? clock.businessNow() : null;
      await write(SCAN, scan, lease);
    }
    await write(SCAN, scan, lease);
  }

  /** Asked for since the last one began, never made, or not made this night. */
  async function isWanted(scan: Scan, now: number): Promise<boolean> {
    const asked = await read(ASKED, 0);
    const isNight = localTime(now).hour >= NIGHT_HOUR;
    return asked > scan.startedAt || (isNight && shanghaiDate(scan.startedAt) !== shanghaiDate(now));
  }

  async function once(): Promise<void> {
    const lease = await store.transact((tx) => claimLease(tx, LEASE, owner, LEASE_MS));
    if (!lease) {
      return;
    }
    try {
      await pass(lease);
    } catch (error) {
      if (!(error instanceof LeaseLost)) {
        throw error;
      }
    } finally {
      await store.transact((tx) => releaseLease(tx, lease));
    }
  }

  const tick = (): Promise<void> =>
    (running ??= once().finally(() => {
      running = null;
    }));

  return {
    tick,
    async ask() {
      await write(ASKED, clock.businessNow());
      void tick().catch((error: unknown) => log.warn('the detector stumbled', { error }));
    },
    scan: () => read(SCAN, NEVER),
    async stop() {
      stopped = true;
      await running?.catch(() => undefined);
    },
  };
}
