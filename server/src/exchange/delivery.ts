/**
 * Sends what waits: each case's messages in their order, cases side by side. One process sends to a platform at a time
 * (lease). What fails is tried again with growing pauses; a platform that fails again and again is left alone for a
 * while; what it refuses for good becomes a dead letter and holds back the later ones of its case.
 */
import { receiptSchema } from '@minqing/shared/exchange';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { claimLease, point, releaseLease, uuidv7, type Lease, type Store } from '../store/index.ts';
import { Refused, Unreachable, type ExchangeClient } from './client.ts';
import type { OutboundFiles } from './files.ts';
import { hasFiles } from './messages.ts';
import type { OutRow } from './model.ts';
import type { Partner, Partners } from './partners.ts';

const LEASE_MS = 30_000;
const CASES_AT_ONCE = 6;
const PAGE = 300;
const LONGEST_MS = 300_000;
/** A message that named files waits this long for their bytes to arrive. */
const FILES_WAIT_MS = 600_000;
/** Failures in a row that open the breaker. */
const BREAKER = 5;
/** Beyond this many attempts, about three days, it is a dead letter. */
const MOST_ATTEMPTS = 900;

export interface DeliveryDeps {
  store: Store;
  clock: Clock;
  log: Log;
  partners: Partners;
  client: ExchangeClient;
  files: OutboundFiles;
  /** Shortest pause before another try, ms. */
  paceMs: number;
  /** Has `runOnce` called in so many ms, or a little later. */
  soon(ms: number): void;
  /** Has both sides compared soon. */
  compare(partner: Partner): void;
}

export interface Delivery {
  /** Sends what is ready now to these platforms; answers how many messages it took. */
  runOnce(isOpen?: (partnerId: string) => boolean): Promise<number>;
}

export function createDelivery(deps: DeliveryDeps): Delivery {
  const { store, clock, log, partners } = deps;
  const owner = uuidv7();

  async function runOnce(isOpen: (partnerId: string) => boolean = () => true): Promise<number> {
    const counts = await Promise.all(
      partners
        .all()
        .filter((p) => p.active && isOpen(p.id))
        .map((p) => sendTo(p)),
    );
    return counts.reduce((sum, n) => sum + n, 0);
  }

  async function sendTo(partner: Partner): Promise<number> {
    const now = clock.machineNow();
    const state = await store.read((db) =>
      db
        .selectFrom('exchange_partner')
        .select(['failures', 'paused_until'])
        .where('id', '=', partner.id)
        .executeTakeFirst(),
    );
    if (!state || state.paused_until > now || (await nextCases(partner, now, 1)).length === 0) {
      return 0;
    }
    const name = `exchange:${partner.id}`;
    const lease = await store.transact((tx) => claimLease(tx, name, owner, LEASE_MS));
    if (!lease) {
      return 0;
    }
    try {
      // After a pause one case is tried alone before the others follow.
      const probing = state.failures >= BREAKER;
      const first = await nextCases(partner, now, probing ? 1 : PAGE);
      const sent = await inParallel(first, CASES_AT_ONCE, (caseId) =>
        sendCase(partner, caseId, lease, probing),
      );
      if (!probing || sent === 0) {
        return sent;
      }
      const others = await nextCases(partner, clock.machineNow(), PAGE);
      return (
        sent + (await inParallel(others, CASES_AT_ONCE, (caseId) => sendCase(partner, caseId, lease, false)))
      );
    } finally {
      await store.transact((tx) => releaseLease(tx, lease));
    }
  }

  /**
   * Cases whose next message is ready, the longest wait first. What stands behind one that waits or is dead is not
   * looked at: however much of it there is, it keeps nobody else waiting.
   */
  async function nextCases(partner: Partner, now: number, limit: number): Promise<string[]> {
    const rows = await store.read((db) =>
      db
        .selectFrom('exchange_out as head')
        .select('head.case_id')
        .where('head.partner_id', '=', partner.id)
        .where('head.status', '=', 'waiting')
        .where('head.next_at', '<=', now)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('exchange_out as before')
                .select('before.id')
                .whereRef('before.partner_id', '=', 'head.partner_id')
                .whereRef('before.case_id', '=', 'head.case_id')
                .whereRef('before.seq', '<', 'head.seq')
                .where('before.status', '!=', 'sent'),
            ),
          ),
        )
        .orderBy('head.next_at')
        .orderBy('head.id')
        .limit(limit)
        .execute(),
    );
    return rows.map((row) => row.case_id);
  }

  /** Sends one case's messages until one has to wait; answers how many it took. */
  async function sendCase(partner: Partner, caseId: string, lease: Lease, probing: boolean): Promise<number> {
    for (let sent = 0; ; sent += 1) {
      const row = await store.read((db) =>
        db
          .selectFrom('exchange_out')
          .selectAll()
          .where('partner_id', '=', partner.id)
          .where('case_id', '=', caseId)
          .where('status', '!=', 'sent')
          .orderBy('seq')
          .limit(1)
          .executeTakeFirst(),
      );
      if (row?.status !== 'waiting' || row.next_at > clock.machineNow()) {
        return sent;
      }
      const kept = await store.transact((tx) => claimLease(tx, lease.name, owner, LEASE_MS));
      if (!kept || !(await sendOne(partner, row, probing))) {
        return sent;
      }
    }
  }

  /** True when the next message of the case may follow at once. */
  async function sendOne(partner: Partner, row: OutRow, probing: boolean): Promise<boolean> {
    const { message, fileIds } = JSON.parse(row.body_json) as {
      message: Record<string, unknown> & { data: object };
      fileIds: string[];
    };
    const files = hasFiles(row.type) ? await deps.files.describe(partner.id, fileIds) : null;
    if (files && files.pending && row.created_at > clock.machineNow() - FILES_WAIT_MS) {
      await set(row, { next_at: clock.machineNow() + 10 * deps.paceMs });
      return false;
    }
    const body = files ? { ...message, data: { ...message.data, files: files.ready } } : message;
    try {
      const answer = await deps.client.call(partner, 'POST', '/messages', body);
      receiptSchema.parse(answer);
      point('exchange-sent');
      await worked(partner, row);
      return true;
    } catch (error) {
      return failed(partner, row, error, probing);
    }
  }

  async function worked(partner: Partner, row: OutRow): Promise<void> {
    await set(row, { status: 'sent', sent_at: clock.machineNow(), error_code: '', error_text: '' });
    await store.transact((tx) =>
      tx
        .updateTable('exchange_partner')
        .set({ failures: 0, paused_until: 0 })
        .where('id', '=', partner.id)
        .where('failures', '>', 0)
        .execute(),
    );
  }

  async function failed(partner: Partner, row: OutRow, error: unknown, probing: boolean): Promise<boolean> {
    if (error instanceof Refused) {
      return refused(partner, row, error);
    }
    const attempts = row.attempts + 1;
    const now = clock.machineNow();
    const pause =
      Math.min(LONGEST_MS, deps.paceMs * 2 ** Math.min(attempts - 1, 20)) * (0.75 + Math.random() / 2);
    await set(row, {
      attempts,
      next_at: now + Math.round(pause),
      status: attempts >= MOST_ATTEMPTS ? 'dead' : 'waiting',
      error_code: 'unreachable',
      error_text: error instanceof Unreachable ? error.message : '对方的回答看不懂',
    });
    deps.soon(pause);
    await store.transact(async (tx) => {
      const row = await tx
        .selectFrom('exchange_partner')
        .select('failures')
        .where('id', '=', partner.id)
        .executeTakeFirst();
      // What fails side by side is one failure of the line: only a try of its own lengthens the rest.
      const failures = probing ? (row?.failures ?? 0) + 1 : Math.min(BREAKER, (row?.failures ?? 0) + 1);
      const rest = Math.min(60_000, deps.paceMs * 2 ** Math.min(failures - BREAKER, 10));
      await tx
        .updateTable('exchange_partner')
        .set({ failures, ...(failures >= BREAKER ? { paused_until: now + rest } : {}) })
        .where('id', '=', partner.id)
        .execute();
      if (failures >= BREAKER) {
        deps.soon(rest);
      }
    });
    log.debug('a platform could not be reached', { hostId: partner.id, attempts });
    return false;
  }

  async function refused(
    partner: Partner,
    row: OutRow,
    { status, problem, message }: Refused,
  ): Promise<boolean> {
    if (problem?.kept) {
      await worked(partner, row); // it stands over there, and somebody there will see to it
      return true;
    }
    if (problem?.code === 'outOfOrder' && problem.expected !== undefined && problem.expected < row.seq) {
      // It lost what it had: everything from there on is sent once more.
      await store.transact((tx) =>
        tx
          .updateTable('exchange_out')
          .set({ status: 'waiting', next_at: 0 })
          .where('partner_id', '=', partner.id)
          .where('case_id', '=', row.case_id)
          .where('seq', '>=', problem.expected ?? row.seq)
          .where('status', '=', 'sent')
          .execute(),
      );
      return true;
    }
    if (problem?.code === 'sequenceTaken') {
      // It has something of ours there that we have lost: that comes back before this one goes on, behind it.
      await set(row, { next_at: clock.machineNow() + 10 * deps.paceMs, error_code: problem.code });
      deps.compare(partner);
      return false;
    }
    await set(row, {
      status: 'dead',
      attempts: row.attempts + 1,
      error_code: problem?.code ?? String(status),
      error_text: message,
    });
    log.warn('a platform refused a message', { hostId: partner.id, code: problem?.code ?? String(status) });
    return false;
  }

  const set = (row: OutRow, change: Partial<OutRow>): Promise<unknown> =>
    store.transact((tx) =>
      tx
        .updateTable('exchange_out')
        .set(change)
        .where('id', '=', row.id)
        .where('status', '=', row.status)
        .execute(),
    );

  return { runOnce };
}

/** Runs the work for each item, so many side by side; answers the sum. */
async function inParallel<T>(
  items: readonly T[],
  most: number,
  work: (item: T) => Promise<number>,
): Promise<number> {
  const left = [...items];
  let total = 0;
  const lane = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      total += await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, lane));
  return total;
}
