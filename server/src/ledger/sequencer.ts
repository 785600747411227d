/**
 * The sequencer: gives events their one order and seals it. Writers leave an event's id in `event_pending`; one process
 * at a time, held by a lease and its fence, moves them into `ledger` with a dense `seq` and a hash that covers
 * everything before. Writers never wait for it, and a reader that follows `seq` cannot overlook an event that was
 * committed late.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Insertable } from 'kysely';
import { databaseNow } from '../store/clock.ts';
import { sha256 } from '../store/hash.ts';
import { uuidv7 } from '../store/ids.ts';
import { point } from '../store/killpoints.ts';
import { LeaseLost, claimLease, holdLease, releaseLease } from '../store/leases.ts';
import type { Lease } from '../store/leases.ts';
import type { LedgerTable } from '../store/tables.ts';
import type { Reader, Store, Tx } from '../store/types.ts';
import { pickBatch } from './batch.ts';
import type { PendingEvent } from './batch.ts';

export interface LedgerLog {
  info(facts: Record<string, unknown>, message: string): void;
  warn(facts: Record<string, unknown>, message: string): void;
}

export interface LedgerMetrics {
  /** Age in milliseconds of the oldest event without a place in the ledger; 0 when there is none. */
  sequencerLag(ms: number): void;
  /** Events just given their place. */
  sequenced(count: number): void;
}

export interface SequencerOptions {
  log?: LedgerLog;
  metrics?: LedgerMetrics;
  /** Called after a batch was committed by this process, with the last `seq`: wakes whoever follows the ledger. */
  onMoved?: (seq: number) => void;
  batchSize?: number;
}

export interface Sequencer {
  start(): void;
  /** Ends after the batch in hand and gives the lease back. */
  stop(): Promise<void>;
  /** There may be something to do; cheap, callable at any time. */
  wake(): void;
  /** Moves everything that is pending now; 0 when there was nothing or another process holds the lease. */
  runOnce(): Promise<number>;
}

const LEASE_NAME = 'sequencer';
const LEASE_MS = 5_000;
const RENEW_MS = LEASE_MS / 3;
const POLL_MS = 200;
const PAUSE_AFTER_FAILURE_MS = 1_000;

export function createSequencer(store: Store, options: SequencerOptions = {}): Sequencer {
  const { log, metrics, onMoved, batchSize = 1_000 } = options;
  const owner = uuidv7();
  let lease: Lease | undefined;
  let renewedAt = 0; // this process's monotonic clock
  let stopping: AbortController | undefined;
  let running: Promise<void> | undefined;
  let ring: () => void = () => undefined;

  async function ensureLease(): Promise<Lease | undefined> {
    if (lease && performance.now() - renewedAt < RENEW_MS) {
      return lease;
    }
    if (!lease && (await store.read((db) => isHeldByAnother(db, owner)))) {
      return undefined;
    }
    lease = await store.transact((tx) => claimLease(tx, LEASE_NAME, owner, LEASE_MS));
    renewedAt = performance.now();
    return lease;
  }

  async function runOnce(): Promise<number> {
    const oldest = await store.read(oldestPending);
    metrics?.sequencerLag(oldest);
    if (oldest === 0) {
      return 0; // before the lease: an idle system writes nothing
    }
    const held = await ensureLease();
    if (!held) {
      return 0;
    }
    let total = 0;
    for (;;) {
      const { moved, lastSeq, full } = await moveBatch(held);
      total += moved;
      if (moved > 0) {
        metrics?.sequenced(moved);
        onMoved?.(lastSeq);
      }
      if (!full || moved === 0) {
        return total;
      }
    }
  }

  async function moveBatch(held: Lease): Promise<Moved> {
    try {
      const moved = await store.transact((tx) => seal(tx, held, batchSize, log));
      renewedAt = performance.now();
      return moved;
    } catch (error) {
      if (error instanceof LeaseLost) {
        lease = undefined;
        log?.warn({ lease: held.name }, 'the sequencer lease went to another process');
        return { moved: 0, lastSeq: 0, full: false };
      }
      throw error;
    }
  }

  async function loop(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      let wait = POLL_MS;
      const rung = new Promise<void>((resolve) => (ring = resolve));
      try {
        await runOnce();
      } catch (error) {
        wait = PAUSE_AFTER_FAILURE_MS;
        log?.warn(
          { error: error instanceof Error ? error.message : String(error) },
          'the sequencer failed and tries again',
        );
      }
      const timer = new AbortController();
      const either = AbortSignal.any([signal, timer.signal]);
      await Promise.race([rung, pause(wait, undefined, { signal: either }).catch(() => undefined)]);
      timer.abort();
    }
  }

  return {
    start: () => {
      if (!running) {
        stopping = new AbortController();
        running = loop(stopping.signal);
      }
    },
    stop: async () => {
      stopping?.abort();
      await running;
      running = undefined;
      if (lease) {
        const held = lease;
        lease = undefined;
        await store.transact((tx) => releaseLease(tx, held));
      }
    },
    wake: () => ring(),
    runOnce,
  };
}

interface Moved {
  moved: number;
  lastSeq: number;
  /** There may be more. */
  full: boolean;
}

/** One batch in one transaction: hold the lease, append to the chain, take the ids off the pending list. */
async function seal(tx: Tx, lease: Lease, batchSize: number, log: LedgerLog | undefined): Promise<Moved> {
  await holdLease(tx, lease, LEASE_MS);
  const { batch, full } = await pickBatch(tx, batchSize);
  const missing = batch.filter((event) => event.hash === null);
  if (missing.length > 0) {
    // Their event was removed behind our back. They stay pending, where the verifier names them.
    log?.warn({ count: missing.length, first: missing[0]?.eventId }, 'pending events without an event');
  }
  const sound = batch.filter((event): event is PendingEvent & { hash: string } => event.hash !== null);
  const last = await tx
    .selectFrom('ledger')
    .select(['seq', 'chain_hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  let seq = last?.seq ?? 0;
  let chain = last?.chain_hash ?? '';
  const rows: Insertable<LedgerTable>[] = [];
  for (const { eventId, source, hash } of sound) {
    seq += 1;
    chain = sha256(chain + hash);
    rows.push({ seq, event_id: eventId, source, event_hash: hash, chain_hash: chain });
  }
  if (rows.length > 0) {
    await tx.insertInto('ledger').values(rows).execute();
    point('sequencer');
    const ids = rows.map((row) => row.event_id);
    await tx.deleteFrom('event_pending').where('event_id', 'in', ids).execute();
  }
  return { moved: rows.length, lastSeq: seq, full };
}

/** Age in milliseconds, at least 1; 0 when nothing is pending. */
async function oldestPending(db: Reader): Promise<number> {
  const row = await db
    .selectFrom('event_pending')
    .select('recorded_at')
    .orderBy('recorded_at')
    .limit(1)
    .executeTakeFirst();
  return row ? Math.max(1, (await databaseNow(db)) - row.recorded_at) : 0;
}

async function isHeldByAnother(db: Reader, owner: string): Promise<boolean> {
  const row = await db
    .selectFrom('lease')
    .select(['owner', 'until_at'])
    .where('name', '=', LEASE_NAME)
    .executeTakeFirst();
  return row !== undefined && row.owner !== owner && row.until_at >= (await databaseNow(db));
}
