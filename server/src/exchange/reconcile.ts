/**
 * 对账: once a day, and when an administrator asks, both sides' books are compared by digest, first a day, then a case.
 * What one side lacks and the other has is given back; what cannot be is told to the administrator.
 */
import { daysSchema, daySchema, messagesSchema, type DayCase, type Days } from '@minqing/shared/exchange';
import { shanghaiDate } from '@minqing/shared/time';
import type { Clock } from '../clock.ts';
import { claimLease, releaseLease, uuidv7, type Store } from '../store/index.ts';
import type { Books, Counts } from './books.ts';
import { Refused, Unreachable, type ExchangeClient } from './client.ts';
import type { Delivery } from './delivery.ts';
import type { Inbound } from './inbound.ts';
import { ExchangeRefusal } from './model.ts';
import { enqueueAnew, type OutboundDeps } from './outbound.ts';
import type { Partner } from './partners.ts';
import type { Restore } from './restore.ts';

const DAY_MS = 86_400_000;
/** How far back a comparison looks: a case that was lost for a week is well within it. */
const DAYS_BACK = 35;
const LEASE_MS = 300_000;
const MOST_TOLD = 200;
/** Of one call. */
const TRIES = 4;
const BREATH_MS = 400;

type DayDigest = Days['days'][number];
type Asked = Parameters<ExchangeClient['call']> extends [unknown, ...infer Rest] ? Rest : never;

export const FINDINGS = {
  lostHere: '本系统缺，已按台账和对方的记录补回',
  missingThere: '对方缺，已重发',
  missingHere: '本系统缺对方的消息，已取回',
  theirsLost: '对方丢了自己发过的消息，已送还',
  historyLost: '本系统丢了办理经过，已用对方代存的密封记录恢复',
  diverged: '本系统丢了办理经过，之后又有别的办理，请与对方核对',
  doneTwice: '收下的消息与办理经过对不上，请核对',
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
  inbound: Pick<Inbound, 'take' | 'retryHeld'>;
  delivery: Pick<Delivery, 'runOnce'>;
  outbound: OutboundDeps;
  restore: Restore;
}

export interface Outcome {
  days: number;
  cases: number;
  findings: Finding[];
  error: string;
}

export type Reconcile = (
  partner: Partner,
  options?: {
    /**
     * Looks first whether the platform has messages of ours that we have lost, and compares everything only if so.
     * Kept for the administrators only then, and not as the day's comparison.
     */
    ifLost?: boolean;
  },
) => Promise<Outcome | null>;

/** Compares and repairs; null when another process is at it. The outcome is kept for the administrators. */
export function createReconcile(deps: ReconcileDeps): Reconcile {
  const { store, clock, books, client } = deps;
  const owner = uuidv7();

  return async (partner, { ifLost = false } = {}) => {
    const name = `exchange-check:${partner.id}`;
    const lease = await store.transact((tx) => claimLease(tx, name, owner, LEASE_MS));
    if (!lease) {
      return null;
    }
    const outcome: Outcome = { days: 0, cases: 0, findings: [], error: '' };
    try {
      if (!ifLost || (await lookForLoss(partner, outcome))) {
        await compare(partner, outcome);
      }
      if (!ifLost) {
        await compareDone(partner, outcome);
      }
    } catch (error) {
      if (!(error instanceof Unreachable || error instanceof Refused || error instanceof ExchangeRefusal)) {
        throw error;
      }
      outcome.error = error.message;
    } finally {
      await store.transact((tx) => releaseLease(tx, lease));
    }
    if (!ifLost || outcome.findings.length > 0) {
      await keep(partner, outcome, !ifLost);
    }
    return outcome;
  };

  /** A line that drops a call now and then must not end a comparison of a thousand. */
  async function ask(partner: Partner, ...call: Asked): Promise<unknown> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await client.call(partner, ...call);
      } catch (error) {
        if (tries === TRIES || !(error instanceof Unreachable)) {
          throw error;
        }
      }
    }
  }

  /** The first and the last day that are compared. */
  function range(): [from: string, to: string] {
    const now = clock.businessNow();
    return [shanghaiDate(now - DAYS_BACK * DAY_MS), shanghaiDate(now + DAY_MS)];
  }

  async function daysThere(partner: Partner, from: string, to: string): Promise<DayDigest[]> {
    return daysSchema.parse(await ask(partner, 'GET', `/days?from=${from}&to=${to}`)).days;
  }

  async function dayThere(partner: Partner, date: string): Promise<DayCase[]> {
    return daySchema.parse(await ask(partner, 'GET', `/days/${date}`)).cases;
  }

  /**
   * By numbers alone, which is quick: brings back what the platform has of ours and we have not. True when there was any
   * but what a dying process had sent and not marked.
   */
  async function lookForLoss(partner: Partner, outcome: Outcome): Promise<boolean> {
    const [from, to] = range();
    const ours = await books.counts(partner.id, from, to);
    for (const { date } of await daysThere(partner, from, to)) {
      for (const there of await dayThere(partner, date)) {
        const here = ours.get(there.caseId);
        if (there.fromMinqing > (here?.fromMinqing ?? 0)) {
          await repairCase(partner, there.caseId, here, there, outcome);
        }
      }
    }
    return outcome.findings.length > 0;
  }

  async function compare(partner: Partner, outcome: Outcome): Promise<void> {
    const [from, to] = range();
    const theirs = await daysThere(partner, from, to);
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

  /** Whether each message of theirs was done once; what is being done at this moment is looked at again. */
  async function compareDone(partner: Partner, outcome: Outcome): Promise<void> {
    const look = (): Promise<string[]> => books.doneOtherwise(partner.id, ...range());
    let found = await look();
    for (let again = 0; again < 2 && found.length > 0; again += 1) {
      await new Promise((resolve) => {
        setTimeout(resolve, BREATH_MS);
      });
      const still = new Set(await look());
      found = found.filter((caseId) => still.has(caseId));
    }
    outcome.findings.push(
      ...found.map((caseId) => ({ caseId, kind: 'doneTwice' as const, repaired: false })),
    );
  }

  async function compareDay(partner: Partner, date: string, outcome: Outcome): Promise<void> {
    const theirs = new Map((await dayThere(partner, date)).map((one) => [one.caseId, one]));
    const ours = new Map((await books.day(partner.id, date)).cases.map((one) => [one.caseId, one]));
    for (const caseId of new Set([...theirs.keys(), ...ours.keys()])) {
      const [there, here] = [theirs.get(caseId), ours.get(caseId)];
      if (there?.digest !== here?.digest) {
        await repairCase(partner, caseId, here, there, outcome);
      }
    }
  }

  type Told = Omit<Finding, 'caseId'>;

  async function repairCase(
    partner: Partner,
    caseId: string,
    here: Counts | undefined,
    there: Counts | undefined,
    outcome: Outcome,
  ): Promise<void> {
    for (const finding of await repair(partner, caseId, here, there)) {
      outcome.findings.push({ caseId, ...finding });
    }
  }

  async function repair(
    partner: Partner,
    caseId: string,
    here: Counts | undefined,
    there: Counts | undefined,
  ): Promise<Told[]> {
    const found: Told[] = [];
    const [theirIn, theirOut] = [there?.fromMinqing ?? 0, there?.fromPlatform ?? 0];
    const ourOut = here?.fromMinqing ?? 0;
    if (!here && (await store.transact((tx) => enqueueAnew(tx, deps.outbound, partner.id, caseId)))) {
      found.push({ kind: 'lostHere', repaired: true });
    }
    if (theirIn > ourOut) {
      found.push(...(await comeBack(partner, caseId)));
    }
    if (!here && !(await isKnown(partner, caseId))) {
      return [...found, { kind: 'unknownHere', repaired: false }];
    }
    if (ourOut > theirIn) {
      await sendAgain(partner, caseId, theirIn);
      found.push({ kind: 'missingThere', repaired: true });
    }
    const ourIn = await books.heard(partner.id, caseId);
    if (theirOut > ourIn) {
      found.push(await takeMissing(partner, caseId, ourIn));
    } else if (ourIn > theirOut) {
      found.push(await giveBack(partner, caseId, theirOut));
    }
    const equal = ourOut === theirIn && here?.fromPlatform === theirOut;
    if (here && there && equal) {
      found.push({ kind: 'conflict', repaired: false });
    }
    return found;
  }

  /** What we said and have lost comes back: the history from what was sealed, the messages as they were sent. */
  async function comeBack(partner: Partner, caseId: string): Promise<Told[]> {
    const ours = await fetchFrom(partner, caseId, 'minqing', 0);
    const theirs = await fetchFrom(partner, caseId, 'platform', 0);
    const restored = await deps.restore(partner, caseId, ours, theirs);
    const found: Told[] = [];
    if (restored === 'restored') {
      found.push({ kind: 'historyLost', repaired: true });
    } else if (restored === 'diverged') {
      found.push({ kind: 'diverged', repaired: false });
    }
    if (await isKnown(partner, caseId)) {
      const lost = await books.restore(partner.id, caseId, ours);
      if (lost > 0 && found.length === 0) {
        found.push({ kind: 'lostHere', repaired: true });
      }
      await deps.inbound.retryHeld(partner.id, caseId);
    }
    return found;
  }

  async function isKnown(partner: Partner, caseId: string): Promise<boolean> {
    const row = await store.read((db) =>
      db
        .selectFrom('exchange_case')
        .select('case_id')
        .where('partner_id', '=', partner.id)
        .where('case_id', '=', caseId)
        .executeTakeFirst(),
    );
    return row !== undefined;
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
    const answer = await ask(partner, 'GET', `/cases/${caseId}/messages?from=${from}&after=${after}`);
    return messagesSchema.parse(answer).messages;
  }

  async function takeMissing(partner: Partner, caseId: string, after: number): Promise<Told> {
    for (const message of await fetchFrom(partner, caseId, 'platform', after)) {
      try {
        await deps.inbound.take(partner, message, true);
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
      await ask(partner, 'POST', `/cases/${caseId}/messages`, given);
      return { kind: 'theirsLost', repaired: true };
    } catch (error) {
      if (error instanceof Refused) {
        return { kind: 'refused', repaired: false };
      }
      throw error;
    }
  }

  async function keep(partner: Partner, outcome: Outcome, forToday: boolean): Promise<void> {
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
      if (forToday && outcome.error === '') {
        await tx
          .updateTable('exchange_partner')
          .set({ checked_on: shanghaiDate(now) })
          .where('id', '=', partner.id)
          .execute();
      }
    });
  }
}
