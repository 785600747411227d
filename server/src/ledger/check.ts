/**
 * The check of the whole history as a job: asked for by an administrator or made once a night, by one process at a time,
 * with its progress and result kept where every process can read them.
 */
import { shanghaiDate, localTime } from '@minqing/shared/time';
import type { Clock } from '../clock.ts';
import { claimLease, holdLease, LeaseLost, releaseLease, type Lease } from '../store/leases.ts';
import { uuidv7 } from '../store/ids.ts';
import type { LedgerCheckTable } from '../store/tables.delivery.ts';
import type { Reader, Store } from '../store/types.ts';
import { appendAudit } from './append.ts';
import type { LedgerLog } from './sequencer.ts';
import { LOOKS_AT_EACH, verifyLedger, type Finding } from './verify.ts';

export type LedgerCheckRow = LedgerCheckTable;

export interface LedgerCheck {
  /** Begins a check in the background; answers false when one is under way already. */
  start(personId: string | null): Promise<boolean>;
  /** Once a night, after two in the morning of business time. Call it every minute or so. */
  nightly(): Promise<void>;
  /** The newest check, running or done. */
  latest(): Promise<LedgerCheckRow | null>;
  /** Resolves once what this process checks has ended; a check that is cut short says so. */
  stop(): Promise<void>;
  idle(): Promise<void>;
}

export interface LedgerCheckDeps {
  store: Store;
  clock: Clock;
  log?: LedgerLog;
}

const LEASE_NAME = 'ledger-check';
const LEASE_MS = 60_000;
const BEAT_MS = 1_000;
const NIGHT_HOUR = 2;
/** Findings kept with the result; the command tells them all. */
const KEPT = 200;
/** A sign of life this old means that the process is gone. */
const SILENT_MS = 2 * LEASE_MS;

class Stopped extends Error {
  override name = 'Stopped';
}

export function createLedgerCheck({ store, clock, log }: LedgerCheckDeps): LedgerCheck {
  const owner = uuidv7();
  let running: Promise<void> = Promise.resolve();
  let stopped = false;

  const latest = async (): Promise<LedgerCheckRow | null> => {
    const row = await store.read((db) =>
      db.selectFrom('ledger_check').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirst(),
    );
    const silent = row?.state === 'running' && clock.machineNow() - row.beat_at > SILENT_MS;
    return row ? { ...row, state: silent ? 'failed' : row.state } : null;
  };

  async function begin(personId: string | null): Promise<{ id: string; lease: Lease } | null> {
    if (await store.read((db) => isRunning(db, clock.machineNow()))) {
      return null;
    }
    const lease = await store.transact((tx) => claimLease(tx, LEASE_NAME, owner, LEASE_MS));
    if (!lease) {
      return null;
    }
    const id = uuidv7();
    const total = await store.read(lastSeq);
    await store.transact(async (tx) => {
      await holdLease(tx, lease, LEASE_MS);
      // What a process that died left behind will not end any more.
      await tx.updateTable('ledger_check').set({ state: 'failed' }).where('state', '=', 'running').execute();
      const now = clock.businessNow();
      await tx
        .insertInto('ledger_check')
        .values({
          id,
          person_id: personId,
          state: 'running',
          started_at: now,
          finished_at: null,
          beat_at: clock.machineNow(),
          done: 0,
          total: total * LOOKS_AT_EACH,
          last_seq: 0,
          chain_hash: '',
          findings: 0,
          findings_json: '[]',
        })
        .execute();
      if (personId !== null) {
        await appendAudit(tx, {
          at: now,
          kind: 'ledger.checked',
          personId,
          subject: 'ledger',
          data: { check: id },
        });
      }
    });
    return { id, lease };
  }

  async function run(id: string, lease: Lease): Promise<void> {
    const kept: Finding[] = [];
    let done = 0;
    let beat = performance.now();
    const save = (changes: Partial<LedgerCheckRow>): Promise<void> =>
      store.transact(async (tx) => {
        await holdLease(tx, lease, LEASE_MS);
        await tx
          .updateTable('ledger_check')
          .set({ done, beat_at: clock.machineNow(), ...changes })
          .where('id', '=', id)
          .execute();
      });
    try {
      const result = await verifyLedger(
        store,
        (finding) => kept.length < KEPT && kept.push(finding),
        async (rows) => {
          if (stopped) {
            throw new Stopped('the process stops');
          }
          done += rows;
          if (performance.now() - beat > BEAT_MS) {
            beat = performance.now();
            await save({});
          }
        },
      );
      await save({
        state: result.findings === 0 ? 'whole' : 'broken',
        finished_at: clock.businessNow(),
        last_seq: result.lastSeq,
        chain_hash: result.chainHash,
        findings: result.findings,
        findings_json: JSON.stringify(kept),
      });
      if (result.findings > 0) {
        log?.warn({ count: result.findings, first: kept[0]?.place }, 'the history is not whole');
      }
    } catch (error) {
      log?.warn(
        { error: error instanceof Error ? error.message : String(error) },
        'a check of the ledger was cut short',
      );
      if (!(error instanceof LeaseLost)) {
        await save({ state: 'failed', finished_at: clock.businessNow() });
      }
    } finally {
      await store.transact((tx) => releaseLease(tx, lease));
    }
  }

  async function start(personId: string | null): Promise<boolean> {
    const begun = stopped ? null : await begin(personId);
    if (!begun) {
      return false;
    }
    running = run(begun.id, begun.lease).catch((error: unknown) => {
      log?.warn(
        { error: error instanceof Error ? error.message : String(error) },
        'a check of the ledger failed',
      );
    });
    return true;
  }

  return {
    start,
    latest,
    async nightly() {
      const now = clock.businessNow();
      const last = await latest();
      const today = last !== null && shanghaiDate(last.started_at) === shanghaiDate(now);
      if (localTime(now).hour >= NIGHT_HOUR && !today) {
        await start(null);
      }
    },
    async stop() {
      stopped = true;
      await running;
    },
    idle: () => running,
  };
}

async function isRunning(db: Reader, machineNow: number): Promise<boolean> {
  const row = await db
    .selectFrom('ledger_check')
    .select('id')
    .where('state', '=', 'running')
    .where('beat_at', '>', machineNow - SILENT_MS)
    .executeTakeFirst();
  return row !== undefined;
}

async function lastSeq(db: Reader): Promise<number> {
  const row = await db.selectFrom('ledger').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst();
  return row?.seq ?? 0;
}
