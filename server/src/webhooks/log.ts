/** The delivery log: what was sent, every try with its answer, and sending again. */
import type { WebhookDelivery, WebhookDeliveryDetail, WebhookDeliveryPage } from '@minqing/shared/contract';
import { isoShanghaiFull, momentText } from '@minqing/shared/time';
import { ACTION_NAMES, spec, type ActionName } from '@minqing/shared/workflow';
import type { WebhookDeliveryState } from '@minqing/shared/webhooks';
import type { Actor } from '@minqing/shared/workflow';
import type { Clock } from '../clock.ts';
import { conflict, invalidInput, notFound } from '../errors.ts';
import { appendAudit, ledgerAfter } from '../ledger/index.ts';
import { administering, type Administering, type Directory } from '../people/index.ts';
import {
  changeOnce,
  keyset,
  pageOf,
  type ChangeRequest,
  type KeysetColumn,
  type Reader,
  type Tx,
} from '../store/index.ts';
import { queueEntry, type FollowDeps } from './follow.ts';
import { isRunning, type DeliveryRow, type WebhookRow } from './rows.ts';

const PAGE = 30;
/** Entries of the ledger one replay may go through. */
export const REPLAY_MOST = 5_000;
const REPLAY_BATCH = 200;
const KEPT_MS = 90 * 24 * 3_600_000;
const DROP_BATCH = 500;
const NEWEST: readonly KeysetColumn[] = [
  { column: 'webhook_delivery.id', direction: 'desc', type: 'string' },
];

export interface DeliveryQuery {
  state?: WebhookDeliveryState | undefined;
  after?: string | undefined;
}

export interface LogDeps extends FollowDeps {
  directory: Directory;
  own(db: Reader, scope: Administering, id: string): Promise<WebhookRow>;
  wake(): void;
}

export function createLog(deps: LogDeps) {
  const { store, clock, directory } = deps;

  return {
    async list(viewer: Actor, webhookId: string, query: DeliveryQuery): Promise<WebhookDeliveryPage> {
      const scope = administering(viewer, directory);
      return store.read(async (db) => {
        await deps.own(db, scope, webhookId);
        let wanted = db
          .selectFrom('webhook_delivery')
          .selectAll('webhook_delivery')
          .where('webhook_id', '=', webhookId);
        if (query.state) {
          wanted = wanted.where('state', '=', query.state);
        }
        const found = await keyset(wanted, NEWEST, PAGE, query.after).execute();
        const { rows, next } = pageOf(found, PAGE, (row) => [row.id]);
        return {
          items: rows.map((row) => presentDelivery(row, clock)),
          after: next ?? null,
          lastSeq: await lastSeq(db),
        };
      });
    },

    async one(viewer: Actor, webhookId: string, deliveryId: string): Promise<WebhookDeliveryDetail> {
      const scope = administering(viewer, directory);
      return store.read(async (db) => {
        await deps.own(db, scope, webhookId);
        const row = await findDelivery(db, webhookId, deliveryId);
        const tries = await db
          .selectFrom('webhook_attempt')
          .selectAll()
          .where('delivery_id', '=', deliveryId)
          .orderBy('id', 'desc')
          .limit(50)
          .execute();
        return {
          ...presentDelivery(row, clock),
          payload: row.payload,
          tries: tries.map((one) => ({
            at: isoShanghaiFull(one.at),
            atText: momentText(one.at, clock.businessNow()),
            ms: one.ms,
            status: one.status,
            problem: one.problem,
            answer: one.answer,
          })),
        };
      });
    },

    /** Sends one message again, with the same id and the same bytes. */
    async again(viewer: Actor, webhookId: string, deliveryId: string, request: ChangeRequest): Promise<void> {
      const scope = administering(viewer, directory);
      await changeOnce(store, request, clock.machineNow(), async (tx) => {
        const hook = runningOr(await deps.own(tx, scope, webhookId));
        const row = await findDelivery(tx, webhookId, deliveryId);
        await requeue(tx, row.id, clock);
        await audit(tx, scope, hook, { number: row.number, count: 1 });
        return deliveryId;
      });
      deps.wake();
    },

    /**
     * Sends again what happened from one place of the ledger to another, both included; what was not sent then (the
     * subscription was off, or did not want it) is sent for the first time. Answers how many messages.
     */
    async replay(
      viewer: Actor,
      webhookId: string,
      range: { fromSeq: number; toSeq: number },
      request: ChangeRequest,
    ): Promise<number> {
      const scope = administering(viewer, directory);
      const { fromSeq, toSeq } = range;
      if (toSeq < fromSeq) {
        throw invalidInput([{ path: 'toSeq', message: '结束的序号要不小于开始的' }]);
      }
      if (toSeq - fromSeq >= REPLAY_MOST) {
        throw invalidInput([{ path: 'toSeq', message: `一次最多补推 ${REPLAY_MOST} 个序号，请分几次` }]);
      }
      const count = await changeOnce(store, request, clock.machineNow(), async (tx) => {
        const hook = runningOr(await deps.own(tx, scope, webhookId));
        const done = await replayRange(tx, deps, hook, fromSeq, toSeq);
        await audit(tx, scope, hook, { fromSeq, toSeq, count: done });
        return String(done);
      });
      deps.wake();
      return Number(count);
    },

    /** Drops what was settled 90 days ago. Answers how many messages. */
    async prune(): Promise<number> {
      const before = clock.businessNow() - KEPT_MS;
      const old = await store.read((db) =>
        db
          .selectFrom('webhook_delivery')
          .select('id')
          .where('state', 'in', ['sent', 'failed'])
          .where('created_at', '<', before)
          .limit(DROP_BATCH)
          .execute(),
      );
      const ids = old.map((row) => row.id);
      if (ids.length > 0) {
        await store.transact(async (tx) => {
          await tx.deleteFrom('webhook_attempt').where('delivery_id', 'in', ids).execute();
          await tx.deleteFrom('webhook_delivery').where('id', 'in', ids).execute();
        });
      }
      return ids.length;
    },
  };

  function audit(
    tx: Tx,
    scope: Administering,
    hook: WebhookRow,
    data: Record<string, unknown>,
  ): Promise<string> {
    return appendAudit(tx, {
      at: clock.businessNow(),
      kind: 'webhook.replayed',
      personId: scope.personId,
      subject: hook.area_id,
      data: { id: hook.id, name: hook.name, ...data },
      areaId: hook.area_id,
    });
  }
}

async function replayRange(
  tx: Tx,
  deps: FollowDeps,
  hook: WebhookRow,
  fromSeq: number,
  toSeq: number,
): Promise<number> {
  const areaIds = new Set(deps.directory.areasWithin(hook.area_id));
  let done = 0;
  for (let after = fromSeq - 1; after < toSeq;) {
    const entries = await ledgerAfter(tx, after, Math.min(REPLAY_BATCH, toSeq - after));
    for (const entry of entries.filter(({ seq }) => seq <= toSeq)) {
      const what = await queueEntry(tx, deps, hook, entry, areaIds);
      if (what === 'known') {
        const known = await tx
          .selectFrom('webhook_delivery')
          .select('id')
          .where('webhook_id', '=', hook.id)
          .where('event_key', '=', entry.eventId)
          .executeTakeFirstOrThrow();
        await requeue(tx, known.id, deps.clock);
      }
      done += what === null ? 0 : 1;
    }
    const last = entries.at(-1);
    if (!last) {
      break;
    }
    after = last.seq;
  }
  return done;
}

/** Whoever is trying it just now finds the fence raised, and records nothing any more. */
async function requeue(tx: Tx, id: string, clock: Clock): Promise<void> {
  await tx
    .updateTable('webhook_delivery')
    .set((eb) => ({
      state: 'waiting',
      attempts: 0,
      next_at: clock.machineNow(),
      done_at: null,
      lease_owner: null,
      lease_until: 0,
      fence: eb('fence', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
}

function runningOr(hook: WebhookRow): WebhookRow {
  if (!isRunning(hook)) {
    throw conflict('请先启用这个订阅，再补推');
  }
  return hook;
}

async function findDelivery(db: Reader, webhookId: string, id: string): Promise<DeliveryRow> {
  const row = await db
    .selectFrom('webhook_delivery')
    .selectAll()
    .where('id', '=', id)
    .where('webhook_id', '=', webhookId)
    .executeTakeFirst();
  if (!row) {
    throw notFound('没有这条推送，请刷新');
  }
  return row;
}

async function lastSeq(db: Reader): Promise<number> {
  const row = await db.selectFrom('ledger').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst();
  return row?.seq ?? 0;
}

function presentDelivery(row: DeliveryRow, clock: Clock): WebhookDelivery {
  const now = clock.businessNow();
  const action = row.type.replace(/^case\./, '') as ActionName;
  return {
    id: row.id,
    seq: row.seq,
    type: row.type,
    label: ACTION_NAMES.includes(action) ? spec(action).label : '试推',
    number: row.number,
    state: row.state as WebhookDeliveryState,
    stateText: stateText(row, now, clock.machineNow()),
    attempts: row.attempts,
    createdText: momentText(row.created_at, now),
  };
}

function stateText(row: DeliveryRow, now: number, machineNow: number): string {
  const tries = row.attempts > 1 ? `，试了 ${row.attempts} 次` : '';
  if (row.done_at !== null) {
    return `${momentText(row.done_at, now)} ${row.state === 'sent' ? '送达' : '不再试'}${tries}`;
  }
  if (row.attempts === 0) {
    return '马上推送';
  }
  const minutes = Math.ceil((row.next_at - machineNow) / 60_000);
  const when =
    minutes <= 1 ? '马上' : minutes < 90 ? `${minutes} 分钟后` : `${Math.round(minutes / 60)} 小时后`;
  return `试了 ${row.attempts} 次没通，${when}再试`;
}
