/**
 * Empties the outbox: claims rows by lease, calls the host outside any transaction, records what came of it under the
 * row's fence. Any number of processes may run one.
 */
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { createLoop, type Loop } from '../loop.ts';
import { HostError, type Host } from '../hosts/index.ts';
import { claimRows, databaseClock, holdsRow, type Store, type Tx } from '../store/index.ts';
import type { OutboxRow } from '../store/tables.ts';
import { recordAttempt, type Attempt } from './attempts.ts';
import { queueRow, type QueuedRow } from './queue.ts';

/** What came of sending rows that go out together. */
export interface Sent {
  taskId?: string;
  /** Nothing had to be sent: the card shows it already, or the duty is over. */
  dropped?: boolean;
  /** Rows that reached nobody, because their recipient has left the host. */
  lost?: readonly string[];
}

export interface Senders {
  notice(host: Host, rows: readonly OutboxRow[]): Promise<Sent>;
  /** Rows of one card: each says that it may look different now, so it is shown once for all of them. */
  card(host: Host, rows: readonly OutboxRow[]): Promise<Sent>;
  todo(host: Host, row: OutboxRow): Promise<Sent>;
  /** How to tell of it another way once a row is dead: card → action card → another messenger. Null when there is none. */
  fallBack(row: OutboxRow, error: HostError): Promise<Instead | null>;
}

/** A row in place of one that is given up. `before` runs in the same transaction; false says that none is needed any more. */
export interface Instead {
  row: QueuedRow;
  before?(tx: Tx): Promise<boolean>;
}

export interface OutboxDeps {
  store: Store;
  clock: Clock;
  hosts: ReadonlyMap<string, Host>;
  senders: Senders;
  log: Log;
}

const LEASE_MS = 60_000;
/** A group is not begun later than this after its claim: a call, with its wait for a turn, must end within the lease. */
const BEGIN_WITHIN_MS = 20_000;
const CLAIM = 100;
const AT_ONCE = 4;
const IDLE_MS = 250;
/** Tries before a row is dead: with the back-off below about a day. */
export const MOST_ATTEMPTS = 20;
const LONGEST_BACKOFF_MS = 4 * 3_600_000;

/** Doubling from one second, with jitter of a quarter so that rows that failed together do not come back together. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const whole = Math.min(LONGEST_BACKOFF_MS, 1_000 * 2 ** (attempt - 1));
  return Math.round(whole * (0.75 + 0.5 * random()));
}

/** Why a row whose recipient's account is gone reaches nobody; the host need not be asked. */
const LEFT = new HostError('gone', 'account.left', '收件人已不在通讯录里');

const errorOf = (error: HostError): Pick<OutboxRow, 'last_error' | 'error_kind'> => ({
  last_error: `${error.code} ${error.message}`.slice(0, 500),
  error_kind: error.kind,
});

/** A row given up. It stands in the log even if it would not have otherwise, but one card stands there once. */
function deadRow(group: readonly OutboxRow[], row: OutboxRow, error: HostError): Partial<OutboxRow> {
  const shown = row.kind === 'card' ? (group.find((r) => r.logged === 1) ?? group[0]) : row;
  return { ...errorOf(error), status: 'dead', logged: row.id === shown?.id ? 1 : 0 };
}

/** Queues what is told instead of a row that was just given up; the log shows the one behind the other. */
export async function standIn(
  tx: Tx,
  clock: Clock,
  dead: OutboxRow,
  { row, before }: Instead,
): Promise<void> {
  if (before && !(await before(tx))) {
    return;
  }
  const { id: originId, area_id: areaId, unit_id: unitId, to_role: toRole } = dead;
  await queueRow(tx, { clock }, { ...row, originId, areaId, unitId, toRole });
  await tx
    .updateTable('outbox')
    .set({ closing: 'replaced', closed_at: clock.businessNow() })
    .where('id', '=', dead.id)
    .execute();
}

export interface OutboxWorker extends Loop {
  /** Sends what is ready now; answers how many rows it settled. For tests and for a clean stop. */
  runOnce(): Promise<number>;
}

export function createOutboxWorker(deps: OutboxDeps): OutboxWorker {
  const { store, clock, hosts, senders, log } = deps;

  async function claim(): Promise<{ owner: string; rows: OutboxRow[] }> {
    const now = clock.machineNow();
    const businessNow = clock.businessNow();
    const isReady = (row: OutboxRow): boolean =>
      row.status === 'waiting' && row.not_before <= now && row.held_until <= businessNow;
    const ready = await store.read((db) =>
      db
        .selectFrom('outbox')
        .select('id')
        .where('status', '=', 'waiting')
        .where('not_before', '<=', now)
        .where('held_until', '<=', businessNow)
        // What another process holds must not fill the page: behind it stand rows that can be sent.
        .where('lease_until', '<', databaseClock(db))
        .orderBy('not_before')
        .orderBy('id')
        .limit(CLAIM)
        .execute(),
    );
    if (ready.length === 0) {
      return { owner: '', rows: [] };
    }
    return store.transact(async (tx) => {
      const claimed = await claimRows(tx, 'outbox', ready, LEASE_MS);
      // Between the look and the claim another process may have sent a row, or put it off.
      const rows = claimed.rows.filter(isReady);
      const others = claimed.rows.filter((r) => !isReady(r)).map((r) => r.id);
      if (others.length > 0) {
        await tx
          .updateTable('outbox')
          .set({ lease_owner: null, lease_until: 0 })
          .where('id', 'in', others)
          .execute();
      }
      // Counted before any call: whatever happens to this process, the next try knows that one may have had effect.
      const ids = rows.map((r) => r.id);
      if (ids.length > 0) {
        await tx
          .updateTable('outbox')
          .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
          .where('id', 'in', ids)
          .execute();
      }
      return { owner: claimed.owner, rows: rows.map((r) => ({ ...r, attempts: r.attempts + 1 })) };
    });
  }

  async function settle(
    owner: string,
    rows: readonly OutboxRow[],
    changes: (row: OutboxRow) => Partial<OutboxRow>,
    attempt: ((row: OutboxRow) => Attempt | null) | null = null,
    instead: ReadonlyMap<string, Instead> = new Map(),
  ): Promise<void> {
    await store.transact(async (tx) => {
      for (const row of rows) {
        if (await holdsRow(tx, 'outbox', { id: row.id }, { owner, fence: row.fence })) {
          const made = attempt?.(row) ?? null;
          await tx
            .updateTable('outbox')
            .set({ lease_owner: null, lease_until: 0, ...changes(row) })
            .where('id', '=', row.id)
            .execute();
          if (made) {
            await recordAttempt(tx, clock, row, made);
          }
          const other = instead.get(row.id);
          if (other) {
            await standIn(tx, clock, row, other);
          }
        }
      }
    });
  }

  /** What is told another way for rows that are given up, by the row: a card is one thing however many rows it has. */
  async function insteadOf(rows: readonly OutboxRow[], error: HostError): Promise<Map<string, Instead>> {
    const found = new Map<string, Instead>();
    for (const row of rows[0]?.kind === 'card' ? rows.slice(0, 1) : rows) {
      const other = await senders.fallBack(row, error);
      if (other) {
        found.set(row.id, other);
      }
    }
    return found;
  }

  async function attempt(owner: string, rows: readonly OutboxRow[]): Promise<void> {
    const [first] = rows;
    const host = first ? hosts.get(first.host_id) : undefined;
    if (!first || !host) {
      const error = new HostError('denied', 'host.unknown', '没有接入这个消息平台');
      await settle(
        owner,
        rows,
        (row) => deadRow(rows, row, error),
        () => ({ outcome: 'dead', error, ms: 0 }),
        await insteadOf(rows, error),
      );
      return;
    }
    const begun = performance.now();
    const took = (): number => Math.round(performance.now() - begun);
    try {
      const send =
        first.kind === 'notice'
          ? senders.notice(host, rows)
          : first.kind === 'card'
            ? senders.card(host, rows)
            : senders.todo(host, first);
      const sent = await send;
      const ms = took();
      const isLost = (row: OutboxRow): boolean => sent.lost?.includes(row.id) ?? false;
      await settle(
        owner,
        rows,
        (row) =>
          isLost(row)
            ? deadRow(rows, row, LEFT)
            : {
                status: sent.dropped ? 'dropped' : 'done',
                ...(sent.dropped ? { logged: 0 } : {}),
                task_id: sent.taskId ?? null,
                sent_at: clock.machineNow(),
                last_error: null,
                error_kind: null,
              },
        (row) =>
          isLost(row)
            ? { outcome: 'dead', error: LEFT, ms }
            : sent.dropped
              ? null
              : { outcome: 'sent', taskId: sent.taskId, ms },
        await insteadOf(rows.filter(isLost), LEFT),
      );
    } catch (error) {
      await failed(owner, rows, error, took());
    }
  }

  async function failed(
    owner: string,
    rows: readonly OutboxRow[],
    error: unknown,
    ms: number,
  ): Promise<void> {
    const hostError =
      error instanceof HostError
        ? error
        : new HostError('unavailable', 'internal', String(error), { cause: error });
    const retry = hostError.retryable;
    const dead = (row: OutboxRow): boolean => !retry || row.attempts >= MOST_ATTEMPTS;
    const [first] = rows;
    log.warn('a notice was not delivered', {
      kind: first?.kind,
      notice: first?.notice,
      count: rows.length,
      attempts: first?.attempts,
      code: hostError.code,
      reason: hostError.kind,
      hostId: first?.host_id,
    });
    // One pause for all: rows that went out together come back together, in one call again.
    const pause = Math.max(hostError.retryAfterMs ?? 0, backoffMs(Math.max(...rows.map((r) => r.attempts))));
    await settle(
      owner,
      rows,
      (row) =>
        dead(row)
          ? deadRow(rows, row, hostError)
          : { ...errorOf(hostError), status: 'waiting', not_before: clock.machineNow() + pause },
      (row) => ({ outcome: dead(row) ? 'dead' : 'again', error: hostError, ms }),
      await insteadOf(rows.filter(dead), hostError),
    );
  }

  async function runOnce(): Promise<number> {
    const claimedAt = performance.now();
    const { owner, rows } = await claim();
    const groups = groupRows(rows, hosts);
    for (let i = 0; i < groups.length; i += AT_ONCE) {
      if (performance.now() - claimedAt > BEGIN_WITHIN_MS) {
        // A slow host: what was not begun goes back as if it had not been claimed, before another process may take it.
        await settle(owner, groups.slice(i).flat(), (row) => ({ attempts: row.attempts - 1 }));
        break;
      }
      await Promise.all(groups.slice(i, i + AT_ONCE).map((group) => attempt(owner, group)));
    }
    return rows.length;
  }

  return { ...createLoop({ name: 'the outbox worker', log, idleMs: IDLE_MS, turn: runOnce }), runOnce };
}

/** Notices with the same bytes go out together, up to what the host takes in one call; a card once for all its rows. */
function groupRows(rows: readonly OutboxRow[], hosts: ReadonlyMap<string, Host>): OutboxRow[][] {
  const groups = new Map<string, OutboxRow[][]>();
  for (const row of rows) {
    const key = row.kind === 'todo' ? row.id : `${row.kind} ${row.batch_key}`;
    const most = row.kind === 'notice' ? (hosts.get(row.host_id)?.limits.noticeRecipients ?? 1) : CLAIM;
    const list = groups.get(key) ?? [[]];
    const open = list.at(-1);
    // A notice that was tried is not sent with one that was not: "duplicate" is then known to be its own earlier try.
    if (
      open &&
      open.length < most &&
      (row.kind === 'card' || open.length === 0 || open[0]?.attempts === row.attempts)
    ) {
      open.push(row);
    } else {
      list.push([row]);
    }
    groups.set(key, list);
  }
  return [...groups.values()].flat();
}
