/**
 * 对账: once a day, and when an administrator asks, both sides' books are compared by digest, first a day, then a case.
 * What one side lacks and the other has is given back; what cannot be is told to the administrator.
 */
import { daysSchema, daySchema, messagesSchema, type DayCase } from '@minqing/shared/exchange';
import { shanghaiDate } from '@minqing/shared/time';
import type { Clock } from '../clock.ts';
import { ledgerOfCase } from '../ledger/index.ts';
import { claimLease, releaseLease, uuidv7, type Store } from '../store/index.ts';
import type { Books } from './books.ts';
import { Refused, Unreachable, type ExchangeClient } from './client.ts';
import type { Delivery } from './delivery.ts';
import type { Inbound } from './inbound.ts';
import { ExchangeRefusal } from './model.ts';
import { enqueue, type OutboundDeps } from './outbound.ts';
import type { Partner } from './partners.ts';

const DAY_MS = 86_400_000;
/** How far back a comparison looks: a case that was lost for a week is well within it. */
const DAYS_BACK = 35;
const LEASE_MS = 300_000;
const MOST_TOLD = 200;

export const FINDINGS = {
  lostHere: '本系统缺，已按台账和对方的记录补回',
  missingThere: '对方缺，已重发',
  missingHere: '本系统缺对方的消息，已取回',
  theirsLost: '对方丢了自己发过的消息，已送还',
  unknownHere: '本系统没有这件民情，请与对方核对',
  conflict: '同一序号两边内容不同，请与对方核对',
  refused: '对方不接受补送，请与对方核对',
} as const;
export type FindingKind = keyof typeof FINDINGS;

export interface Finding {
  caseId: string;
  kind: FindingKind;
  repaired: boolean;
}

export interface ReconcileDeps {
  store: Store;
  clock: Clock;
  books: Books;
  client: ExchangeClient;
  inbound: Pick<Inbound, 'take'>;
  delivery: Pick<Delivery, 'runOnce'>;
  outbound: OutboundDeps;
}

export interface Outcome {
  days: number;
  cases: number;
  findings: Finding[];
  error: string;
}

export type Reconcile = (partner: Partner) => Promise<Outcome | null>;

/** Compares and repairs; null when another process is at it. The outcome is kept for the administrators. */
export function createReconcile(deps: ReconcileDeps): Reconcile {
  const { store, clock, books, client } = deps;
  const owner = uuidv7();

  return async (partner) => {
    const name = `exchange-check:${partner.id}`;
    const lease = await store.transact((tx) => claimLease(tx, name, owner, LEASE_MS));
    if (!lease) {
      return null;
    }
    const outcome: Outcome = { days: 0, cases: 0, findings: [], error: '' };
    try {
      await compare(partner, outcome);
    } catch (error) {
      if (!(error instanceof Unreachable || error instanceof Refused || error instanceof ExchangeRefusal)) {
        throw error;
      }
      outcome.error = error.message;
    } finally {
      await store.transact((tx) => releaseLease(tx, lease));
    }
    await keep(partner, outcome);
    return outcome;
  };

  async function compare(partner: Partner, outcome: Outcome): Promise<void> {
    const now = clock.businessNow();
    const [from, to] = [shanghaiDate(now - DAYS_BACK * DAY_MS), shanghaiDate(now + DAY_MS)];
    const theirs = daysSchema.parse(await client.call(partner, 'GET', `/days?from=${from}&to=${to}`)).days;
    const ours = (await books.days(partner.id, from, to)).days;
    const dates = [...new Set([...theirs, ...ours].map((d) => d.date))].toSorted();
    outcome.days = dates.length;
    outcome.cases = ours.reduce((sum, day) => sum + day.cases, 0);
    for (const date of dates) {
      const digests = [theirs, ours].map((list) => list.find((d) => d.date === date)?.digest);
      if (digests[0] !== digests[1]) {
        await compareDay(partner, date, outcome);
      }
    }
  }

  async function compareDay(partner: Partner, date: string, outcome: Outcome): Promise<void> {
    const theirs = new Map(
      daySchema
        .parse(await client.call(partner, 'GET', `/days/${date}`))
        .cases.map((one): [string, DayCase] => [one.caseId, one]),
    );
    const ours = new Map((await books.day(partner.id, date)).cases.map((one) => [one.caseId, one]));
    for (const caseId of new Set([...theirs.keys(), ...ours.keys()])) {
      const [there, here] = [theirs.get(caseId), ours.get(caseId)];
      if (there?.digest !== here?.digest) {
        for (const finding of await repair(partner, caseId, here, there)) {
          outcome.findings.push({ caseId, ...finding });
        }
      }
    }
  }

  type Told = Omit<Finding, 'caseId'>;

  async function repair(
    partner: Partner,
    caseId: string,
    here: DayCase | undefined,
    there: DayCase | undefined,
  ): Promise<Told[]> {
    const found: Told[] = [];
    if (!here) {
      if (!(await rebuild(partner, caseId))) {
        return [{ kind: 'unknownHere', repaired: false }];
      }
      found.push({ kind: 'lostHere', repaired: true });
    }
    const [ourOut, ourIn] = [here?.fromMinqing ?? 0, here?.fromPlatform ?? 0];
    const [theirIn, theirOut] = [there?.fromMinqing ?? 0, there?.fromPlatform ?? 0];
    if (ourOut > theirIn) {
      await sendAgain(partner, caseId, theirIn);
      found.push({ kind: 'missingThere', repaired: true });
    } else if (theirIn > ourOut && here) {
      const given = await fetchFrom(partner, caseId, 'minqing', ourOut);
      const lost = await books.restore(partner.id, caseId, given);
      if (lost > 0) {
        found.push({ kind: 'lostHere', repaired: true });
      }
    }
    if (theirOut > ourIn) {
      found.push(await takeMissing(partner, caseId, ourIn));
    } else if (ourIn > theirOut) {
      found.push(await giveBack(partner, caseId, theirOut));
    }
    if (here && there && ourOut === theirIn && ourIn === theirOut) {
      found.push({ kind: 'conflict', repaired: false });
    }
    return found;
  }

  /** Makes the queue of a case anew from its history; false when it was never handed to this platform. */
  async function rebuild(partner: Partner, caseId: string): Promise<boolean> {
    return store.transact(async (tx) => {
      const entries = await ledgerOfCase(tx, caseId);
      const handed = entries.some(
        ({ event }) => event?.action === 'accept' && event.data['handledBy'] === partner.id,
      );
      if (handed) {
        await tx
          .deleteFrom('exchange_out')
          .where('partner_id', '=', partner.id)
          .where('case_id', '=', caseId)
          .execute();
        await enqueue(tx, deps.outbound, entries);
      }
      return handed;
    });
  }

  /** Sends everything after `seq` once more, and at once: what follows may depend on it. */
  async function sendAgain(partner: Partner, caseId: string, seq: number): Promise<void> {
    await store.transact((tx) =>
      tx
        .updateTable('exchange_out')
        .set({ status: 'waiting', next_at: 0 })
        .where('partner_id', '=', partner.id)
        .where('case_id', '=', caseId)
        .where('seq', '>', seq)
        .where('status', '=', 'sent')
        .execute(),
    );
    await deps.delivery.runOnce();
  }

  async function fetchFrom(
    partner: Partner,
    caseId: string,
    from: 'minqing' | 'platform',
    after: number,
  ): Promise<{ id: string; seq: number }[]> {
    const answer = await client.call(partner, 'GET', `/cases/${caseId}/messages?from=${from}&after=${after}`);
    return messagesSchema.parse(answer).messages;
  }

  async function takeMissing(partner: Partner, caseId: string, after: number): Promise<Told> {
    for (const message of await fetchFrom(partner, caseId, 'platform', after)) {
      try {
        await deps.inbound.take(partner, message);
      } catch (error) {
        if (!(error instanceof ExchangeRefusal && error.kept)) {
          throw error;
        }
      }
    }
    return { kind: 'missingHere', repaired: true };
  }

  async function giveBack(partner: Partner, caseId: string, after: number): Promise<Told> {
    const given = await books.messages(partner.id, caseId, 'platform', after);
    try {
      await client.call(partner, 'POST', `/cases/${caseId}/messages`, given);
      return { kind: 'theirsLost', repaired: true };
    } catch (error) {
      if (error instanceof Refused) {
        return { kind: 'refused', repaired: false };
      }
      throw error;
    }
  }

  async function keep(partner: Partner, outcome: Outcome): Promise<void> {
    const now = clock.businessNow();
    await store.transact(async (tx) => {
      await tx
        .insertInto('exchange_check')
        .values({
          id: uuidv7(),
          partner_id: partner.id,
          at: now,
          days: outcome.days,
          cases: outcome.cases,
          differing: new Set(outcome.findings.map((f) => f.caseId)).size,
          repaired: new Set(outcome.findings.filter((f) => f.repaired).map((f) => f.caseId)).size,
          error: outcome.error,
          findings_json: JSON.stringify(outcome.findings.slice(0, MOST_TOLD)),
        })
        .execute();
      if (outcome.error === '') {
        await tx
          .updateTable('exchange_partner')
          .set({ checked_on: shanghaiDate(now) })
          .where('id', '=', partner.id)
          .execute();
      }
    });
  }
}
