/**
 * Sends what waits: claims messages by lease, posts outside any transaction, records what came of it under the row's
 * fence. Subscribers side by side, the messages of one after another; after a failure the rest of that one waits too.
 */
import { sql } from 'kysely';
import type { Clock } from '../clock.ts';
import { appendAudit } from '../ledger/index.ts';
import type { Log } from '../log.ts';
import { createLoop, type Loop } from '../loop.ts';
import {
  afterCommit,
  claimRows,
  databaseClock,
  holdsRow,
  uuidv7,
  type Store,
  type Tx,
} from '../store/index.ts';
import type { Vault } from '../vault.ts';
import { findWebhook, isRunning, type DeliveryRow, type WebhookRow } from './rows.ts';
import type { Outcome, Post } from './send.ts';
import { signedHeaders } from './sign.ts';

export interface WebhookWorkerDeps {
  store: Store;
  clock: Clock;
  log: Log;
  vault: Vault;
  post: Post;
  /** Tells the area's administrators, in the transaction that stops it. */
  tellStopped(tx: Tx, hook: WebhookRow, why: string): Promise<void>;
  /** Called after COMMIT: the notice may go out. */
  wakeNotices(): void;
}

export interface WebhookWorker extends Loop {
  /** Sends what is ready now; answers how many messages were tried. */
  runOnce(): Promise<number>;
}

const LEASE_MS = 60_000;
/** A message is not begun later than this after its claim: a try, at most 10 s, must end within the lease. */
const BEGIN_WITHIN_MS = 40_000;
const CLAIM_EACH = 20;
const HOOKS_AT_ONCE = 4;
const IDLE_MS = 1_000;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** The pause after each failed try; about three days in all. */
const PAUSES = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
  12 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
export const MOST_TRIES = PAUSES.length + 1;
/** Nothing arrived for so long: the subscription is stopped. */
export const STOP_AFTER_MS = 72 * HOUR;
const GONE = 410;

/** The pause after the `attempt`-th failure, with a fifth of jitter either way. */
export function pauseAfter(attempt: number, random: () => number = Math.random): number {
  const whole = PAUSES[Math.min(attempt, PAUSES.length) - 1] ?? 0;
  return Math.round(whole * (0.8 + 0.4 * random()));
}

export function createWebhookWorker(deps: WebhookWorkerDeps): WebhookWorker {
  const { store, clock, log } = deps;
  let stopped = false;

  /** Subscribers with something to send now, the longest waiting first. */
  const waiting = (now: number): Promise<string[]> =>
    store.read(async (db) => {
      const rows = await db
        .selectFrom('webhook_delivery')
        .innerJoin('webhook', 'webhook.id', 'webhook_delivery.webhook_id')
        .select('webhook_delivery.webhook_id')
        .where('webhook.removed', '=', 0)
        .where('webhook.active', '=', 1)
        .where('webhook.stopped', '=', '')
        .where('webhook_delivery.state', '=', 'waiting')
        .where('webhook_delivery.next_at', '<=', now)
        .where('webhook_delivery.lease_until', '<', databaseClock(db))
        .groupBy('webhook_delivery.webhook_id')
        .orderBy(sql`min(webhook_delivery.next_at)`)
        .limit(HOOKS_AT_ONCE)
        .execute();
      return rows.map((row) => row.webhook_id);
    });

  async function claim(webhookId: string, now: number): Promise<{ owner: string; rows: DeliveryRow[] }> {
    const ready = await store.read((db) =>
      db
        .selectFrom('webhook_delivery')
        .select('id')
        .where('webhook_id', '=', webhookId)
        .where('state', '=', 'waiting')
        .where('next_at', '<=', now)
        .where('lease_until', '<', databaseClock(db))
        .orderBy('seq')
        .orderBy('id')
        .limit(CLAIM_EACH)
        .execute(),
    );
    return store.transact(async (tx) => {
      const { owner, rows } = await claimRows(tx, 'webhook_delivery', ready, LEASE_MS);
      const isReady = (row: DeliveryRow): boolean => row.state === 'waiting' && row.next_at <= now;
      await release(
        tx,
        owner,
        rows.filter((row) => !isReady(row)),
      );
      // Counted before the call: whatever happens to this process, the next try knows that one may have had effect.
      const ids = rows.filter(isReady).map((row) => row.id);
      if (ids.length > 0) {
        await tx
          .updateTable('webhook_delivery')
          .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
          .where('id', 'in', ids)
          .execute();
      }
      return {
        owner,
        rows: rows
          .filter(isReady)
          .map((row) => ({ ...row, attempts: row.attempts + 1 }))
          .toSorted((a, b) => a.seq - b.seq || (a.id < b.id ? -1 : 1)),
      };
    });
  }

  async function release(tx: Tx, owner: string, rows: readonly DeliveryRow[]): Promise<void> {
    for (const row of rows) {
      await tx
        .updateTable('webhook_delivery')
        .set({ lease_owner: null, lease_until: 0 })
        .where('id', '=', row.id)
        .where('lease_owner', '=', owner)
        .where('fence', '=', row.fence)
        .execute();
    }
  }

  /** Those not begun go back uncounted, to be looked at again at `nextAt`. */
  async function putOff(owner: string, rows: readonly DeliveryRow[], nextAt: number): Promise<void> {
    await store.transact(async (tx) => {
      for (const row of rows) {
        await tx
          .updateTable('webhook_delivery')
          .set({ lease_owner: null, lease_until: 0, attempts: row.attempts - 1, next_at: nextAt })
          .where('id', '=', row.id)
          .where('lease_owner', '=', owner)
          .where('fence', '=', row.fence)
          .execute();
      }
    });
  }

  function send(hook: WebhookRow, row: DeliveryRow): Promise<Outcome> {
    const now = clock.machineNow();
    const old = hook.old_until > now ? hook.old_secret_cipher : null;
    const secrets = [hook.secret_cipher, old].flatMap((sealed) =>
      sealed === null ? [] : (deps.vault.open(sealed, hook.id) ?? []),
    );
    if (secrets.length === 0) {
      return Promise.resolve({
        status: null,
        answer: '',
        problem: '密钥读不出来，请换一个新密钥',
        retryAfterMs: 0,
        ms: 0,
      });
    }
    return deps.post({
      url: hook.url,
      headers: signedHeaders(secrets, row.id, Math.floor(Date.now() / 1_000), row.payload),
      body: row.payload,
    });
  }

  /** Records the try; answers when the next one is due, null when the message is done with. */
  async function settle(
    owner: string,
    hook: WebhookRow,
    row: DeliveryRow,
    outcome: Outcome,
  ): Promise<number | null> {
    const now = clock.machineNow();
    const fine = outcome.problem === '';
    const over = !fine && row.attempts >= MOST_TRIES;
    const nextAt = now + Math.max(outcome.retryAfterMs, pauseAfter(row.attempts));
    const key = { id: row.id };
    await store.transact(async (tx) => {
      if (!(await holdsRow(tx, 'webhook_delivery', key, { owner, fence: row.fence }))) {
        return;
      }
      await tx
        .updateTable('webhook_delivery')
        .set({
          lease_owner: null,
          lease_until: 0,
          state: fine ? 'sent' : over ? 'failed' : 'waiting',
          next_at: nextAt,
          done_at: fine || over ? clock.businessNow() : null,
        })
        .where('id', '=', row.id)
        .execute();
      await tx
        .insertInto('webhook_attempt')
        .values({
          id: uuidv7(),
          delivery_id: row.id,
          at: clock.businessNow(),
          ms: outcome.ms,
          status: outcome.status,
          problem: outcome.problem,
          answer: outcome.answer,
        })
        .execute();
      await (fine ? recovered(tx, hook) : failed(tx, hook, outcome, now));
    });
    return fine || over ? null : nextAt;
  }

  async function recovered(tx: Tx, hook: WebhookRow): Promise<void> {
    await tx
      .updateTable('webhook')
      .set({ failing_since: null })
      .where('id', '=', hook.id)
      .where('failing_since', 'is not', null)
      .execute();
  }

  async function failed(tx: Tx, { id }: WebhookRow, outcome: Outcome, now: number): Promise<void> {
    await tx
      .updateTable('webhook')
      .set({ failing_since: now })
      .where('id', '=', id)
      .where('failing_since', 'is', null)
      .execute();
    const hook = await findWebhook(tx, id);
    const since = hook?.failing_since ?? now;
    if (!hook || !isRunning(hook) || (outcome.status !== GONE && now - since < STOP_AFTER_MS)) {
      return;
    }
    const why = outcome.status === GONE ? outcome.problem : `连续三天推送不通：${outcome.problem}`;
    const took = await tx
      .updateTable('webhook')
      .set({ stopped: why })
      .where('id', '=', id)
      .where('stopped', '=', '')
      .executeTakeFirst();
    if (Number(took.numUpdatedRows) === 1) {
      await appendAudit(tx, {
        at: clock.businessNow(),
        kind: 'webhook.stopped',
        personId: null,
        subject: hook.area_id,
        data: { id, name: hook.name, reason: why },
        areaId: hook.area_id,
      });
      await deps.tellStopped(tx, hook, why);
      afterCommit(tx, deps.wakeNotices);
    }
  }

  async function sendAll(webhookId: string, now: number): Promise<number> {
    const claimedAt = performance.now();
    const hook = await store.read((db) => findWebhook(db, webhookId));
    if (!hook) {
      return 0;
    }
    const { owner, rows } = await claim(webhookId, now);
    for (const [at, row] of rows.entries()) {
      if (stopped || performance.now() - claimedAt > BEGIN_WITHIN_MS) {
        await putOff(owner, rows.slice(at), now);
        break;
      }
      const outcome = await send(hook, row);
      const nextAt = await settle(owner, hook, row, outcome);
      if (outcome.problem !== '') {
        log.warn('a webhook did not arrive', {
          taskId: row.id,
          attempts: row.attempts,
          status: outcome.status,
        });
        // Whoever did not take this one will not take the next: it is not knocked at for each of them.
        await putOff(owner, rows.slice(at + 1), nextAt ?? clock.machineNow() + pauseAfter(1));
        break;
      }
    }
    return rows.length;
  }

  async function runOnce(): Promise<number> {
    const now = clock.machineNow();
    const counts = await Promise.all((await waiting(now)).map((id) => sendAll(id, now)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  const loop = createLoop({ name: 'the webhook worker', log, idleMs: IDLE_MS, turn: runOnce });
  return {
    ...loop,
    runOnce,
    stop() {
      stopped = true;
      return loop.stop();
    },
  };
}
