/** Following the ledger: each step of a case becomes a message to every subscriber that wants it. */
import { replay, type Case, type CaseEvent } from '@minqing/shared/workflow';
import type { WebhookAction } from '@minqing/shared/webhooks';
import { eventsOf } from '../cases/index.ts';
import type { Clock } from '../clock.ts';
import { createFollower, type Follower, type LedgerEntry } from '../ledger/index.ts';
import { insertIgnore, uuidv7, type Reader, type Store, type Tx } from '../store/index.ts';
import { payloadOf, type PayloadDeps } from './payload.ts';
import { eventsOfRow, levelOf, type WebhookRow } from './rows.ts';

export interface FollowDeps extends PayloadDeps {
  store: Store;
  clock: Clock;
}

/** The case as it stood right after the event. */
async function caseAt(db: Reader, event: CaseEvent): Promise<Case | null> {
  const events = await eventsOf(db, event.caseId);
  return replay(events.filter((one) => one.version <= event.version));
}

/** Writes the message of one entry to one subscriber, unless there is one or it is not wanted. Tells whether it did. */
export async function queueEntry(
  tx: Tx,
  deps: FollowDeps,
  hook: WebhookRow,
  entry: LedgerEntry,
  areaIds: ReadonlySet<string>,
): Promise<'queued' | 'known' | null> {
  const { event, seq } = entry;
  if (!event || !eventsOfRow(hook).includes(event.action as WebhookAction)) {
    return null;
  }
  const c = await caseAt(tx, event);
  if (!c || !areaIds.has(c.areaId)) {
    return null;
  }
  const payload = payloadOf(deps, levelOf(hook), { seq, event, c });
  const written = await queueMessage(tx, deps.clock, hook.id, {
    key: entry.eventId,
    seq,
    type: payload.type,
    number: c.number,
    body: JSON.stringify(payload),
  });
  return written ? 'queued' : 'known';
}

export interface NewMessage {
  /** Of the entry, or of a test: a subscriber gets each once. */
  key: string;
  seq: number;
  type: string;
  number: string;
  body: string;
}

/** False when the subscriber has a message of that key. */
export function queueMessage(tx: Tx, clock: Clock, webhookId: string, message: NewMessage): Promise<boolean> {
  return insertIgnore(tx, 'webhook_delivery', {
    id: uuidv7(),
    webhook_id: webhookId,
    event_key: message.key,
    seq: message.seq,
    type: message.type,
    number: message.number,
    payload: message.body,
    state: 'waiting',
    attempts: 0,
    next_at: clock.machineNow(),
    lease_owner: null,
    lease_until: 0,
    fence: 0,
    created_at: clock.businessNow(),
    done_at: null,
  });
}

/**
 * The follower `webhooks`. Its version stays 1: a begin from nothing would only find that every message exists or lies
 * before its subscription.
 */
export function createWebhookFollower(deps: FollowDeps, wake: () => void): Follower {
  return createFollower(deps.store, {
    name: 'webhooks',
    version: 1,
    async effect(tx, entries) {
      const hooks = await tx
        .selectFrom('webhook')
        .selectAll()
        .where('removed', '=', 0)
        .where('active', '=', 1)
        .where('stopped', '=', '')
        .execute();
      let queued = 0;
      for (const hook of hooks) {
        const areaIds = new Set(deps.directory.areasWithin(hook.area_id));
        for (const entry of entries) {
          if (entry.seq > hook.from_seq && (await queueEntry(tx, deps, hook, entry, areaIds)) === 'queued') {
            queued += 1;
          }
        }
      }
      if (queued > 0) {
        wake();
      }
    },
    // What was sent stays in the log.
    clear: async () => undefined,
  });
}
