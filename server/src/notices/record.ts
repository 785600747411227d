/**
 * Turns a decision into outbox rows, in the decision's own transaction: cards for duties that began, fresh renderings
 * for cards that stand, an end for duties that are over, and the plain notices the workflow tells of.
 */
import { randomBytes } from 'node:crypto';
import {
  asMerged,
  duties,
  isMembers,
  type Actor,
  type Case,
  type CaseEvent,
  type Decision,
  type Duty,
  type NoticeName,
  type World,
} from '@minqing/shared/workflow';
import type { Catalogue } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import type { Calendars, RequestIdentity } from '../cases/index.ts';
import { findCase, namesOf } from '../cases/index.ts';
import type { Host } from '../hosts/index.ts';
import { reachable, type Directory } from '../people/index.ts';
import { uuidv7, type Tx } from '../store/index.ts';
import { recipientsOf, type AudienceDeps, type Recipient } from './audience.ts';
import { freshCard } from './card.fresh.ts';
import { addressOf } from './elsewhere.ts';
import { queueNotice, queueRow } from './queue.ts';
import { templateOf } from './card-templates.ts';
import { noticeContent } from './notice.texts.ts';
import { casePath } from './links.ts';
import { afterQuietHours } from './moments.ts';
import { resultWords } from './result.words.ts';

export interface RecordDeps {
  clock: Clock;
  directory: Directory;
  calendars: Calendars;
  hosts: ReadonlyMap<string, Host>;
  catalogue: Pick<Catalogue, 'categoryName' | 'wording'>;
}

export interface Change {
  before: Case | null;
  decision: Decision;
  actor: Actor;
  request: RequestIdentity;
  /** As it stands after the decision. */
  world: World;
}

/** A card whose press is being answered gets its new face in the answer; the outbox lets that land first. */
const AFTER_PRESS_MS = 3_000;

/** Stars have a card of their own; every other duty shares one. */

/** Told to whoever acted as well: they wait for a receipt. */
const RECEIPTS: ReadonlySet<NoticeName> = new Set<NoticeName>(['received', 'withdrawn']);

export function createRecorder(deps: RecordDeps): (tx: Tx, change: Change) => Promise<void> {
  const audienceDeps: AudienceDeps = { hasHost: (id) => deps.hosts.has(id) };

  return async (tx, change) => {
    const { before, decision, world } = change;
    const { next } = decision;
    const now = deps.clock.businessNow();
    const was = new Map((before ? duties(before, world.leftOffice) : []).map((d) => [d.key, d]));
    const is = new Map(duties(next, world.leftOffice).map((d) => [d.key, d]));
    const last = decision.events.at(-1);
    if (!last) {
      return;
    }
    await endCards(
      tx,
      deps,
      change,
      [...was.keys()].filter((key) => !is.has(key)),
      last,
    );
    await refreshCards(
      tx,
      deps,
      change,
      [...was.keys()].filter((key) => is.has(key)),
    );
    for (const [key, duty] of is) {
      if (!was.has(key)) {
        const people = await recipientsOf(tx, audienceDeps, next, duty.audience, world, now);
        await openCards(tx, deps, next, duty, people);
      }
    }
    for (const { notice, audience } of decision.tells) {
      const event = decision.events.find((e) => e.action !== 'settle') ?? last;
      const told = notice === 'closed' ? last : event;
      const people = await recipientsOf(tx, audienceDeps, next, audience, world, now);
      const others = people.filter((p) => p.personId !== event.personId || RECEIPTS.has(notice));
      await queueNotices(tx, deps, next, told, notice, others);
      if (audience.to === 'authors') {
        await tellMergedAuthors(tx, deps, next, told, notice);
      }
    }
  };
}

/** Authors of merged cases hear how it goes on, each under the words they wrote themselves. */
async function tellMergedAuthors(
  tx: Tx,
  deps: RecordDeps,
  c: Case,
  event: CaseEvent,
  notice: NoticeName,
): Promise<void> {
  for (const { caseId, authors } of c.absorbed) {
    const own = await findCase(tx, caseId);
    const people = (await reachable(tx, authors)).flatMap((h) => {
      const address = addressOf(h.accounts, (id) => deps.hosts.has(id));
      return address ? [{ personId: h.personId, ...address, unitId: null, role: '' as const }] : [];
    });
    if (own && notice !== 'absorbed') {
      await queueNotices(tx, deps, asMerged(c, own), event, notice, people);
    }
  }
}

/** A card and a to-do for each of the people, in the transaction in which the duty became theirs. */
export async function openCards(
  tx: Tx,
  deps: Pick<RecordDeps, 'clock'>,
  c: Case,
  duty: Duty,
  people: readonly Recipient[],
): Promise<void> {
  const now = deps.clock.businessNow();
  for (const { personId, account, unitId, role } of people) {
    const id = uuidv7();
    await tx
      .insertInto('card')
      .values({
        id,
        case_id: c.id,
        duty_key: duty.key,
        purpose: duty.purpose,
        round: c.round,
        person_id: personId,
        account_id: account.id,
        host_id: account.hostId,
        // Random, since an HTTP callback signs only its time stamp: a guessed id must reach nothing.
        out_track_id: randomBytes(16).toString('hex'),
        template: templateOf(duty.purpose),
        case_version: c.version,
        ...freshCard(now),
      })
      .execute();
    const to = {
      caseId: c.id,
      personId,
      accountId: account.id,
      hostId: account.hostId,
      cardId: id,
      unitId,
      toRole: role,
    };
    await queueRow(tx, deps, { ...to, kind: 'card', notice: duty.purpose });
    await queueRow(tx, deps, { ...to, kind: 'todo', notice: duty.purpose, payload: 'open', quiet: true });
  }
}

async function refreshCards(
  tx: Tx,
  deps: RecordDeps,
  change: Change,
  keys: readonly string[],
): Promise<void> {
  if (keys.length === 0) {
    return;
  }
  const cards = await tx
    .selectFrom('card')
    .select(['id', 'person_id', 'account_id', 'host_id', 'purpose'])
    .where('case_id', '=', change.decision.next.id)
    .where('duty_key', 'in', [...keys])
    .where('live', '=', 1)
    .execute();
  for (const card of cards) {
    await queueRow(tx, deps, {
      ...toOf(change, card),
      kind: 'card',
      notice: card.purpose,
      quiet: true,
      waitMs: waitOf(change, card.person_id),
    });
  }
}

async function endCards(
  tx: Tx,
  deps: RecordDeps,
  change: Change,
  keys: readonly string[],
  last: CaseEvent,
): Promise<void> {
  if (keys.length === 0) {
    return;
  }
  const acted = change.decision.events[0] ?? last;
  const result = await resultText(tx, deps, acted);
  const cards = await tx
    .selectFrom('card')
    .select(['id', 'person_id', 'account_id', 'host_id', 'purpose'])
    .where('case_id', '=', change.decision.next.id)
    .where('duty_key', 'in', [...keys])
    .where('live', '=', 1)
    .execute();
  await closeDeadLetters(
    tx,
    deps,
    cards.map((card) => card.id),
  );
  for (const card of cards) {
    await tx.updateTable('card').set({ live: 0, result_text: result }).where('id', '=', card.id).execute();
    await queueRow(tx, deps, {
      ...toOf(change, card),
      kind: 'card',
      notice: card.purpose,
      quiet: true,
      waitMs: waitOf(change, card.person_id),
    });
    await queueRow(tx, deps, {
      ...toOf(change, card),
      kind: 'todo',
      notice: card.purpose,
      quiet: true,
      payload: 'done',
    });
  }
}

/** What was never delivered of a duty that is over needs nobody's care any more. */
async function closeDeadLetters(tx: Tx, deps: RecordDeps, cardIds: readonly string[]): Promise<void> {
  if (cardIds.length === 0) {
    return;
  }
  await tx
    .updateTable('outbox')
    .set({ closing: 'over', closed_at: deps.clock.businessNow() })
    .where('card_id', 'in', [...cardIds])
    .where('status', '=', 'dead')
    .where('closing', '=', '')
    .execute();
}

/** 「周凯 今天 10:12 签收」; authors are 委员, since not everyone who holds the card may know them. */
async function resultText(tx: Tx, deps: RecordDeps, event: CaseEvent): Promise<string> {
  const names = await namesOf(tx, event.personId ? [event.personId] : []);
  const who = isMembers(event.capacity)
    ? '委员'
    : event.capacity.kind === 'timer'
      ? '系统'
      : event.capacity.kind === 'platform'
        ? '三服务小管家'
        : names(event.personId).name;
  const rating = event.action === 'rate' ? (event.data.rating as { stars: number } | undefined) : undefined;
  return resultWords(who, event.at, event.action, rating?.stars ?? null);
}

/** The open cards of every case that names the file: they were sent before its bytes had come. */
export async function redrawCardsOf(tx: Tx, deps: Pick<RecordDeps, 'clock'>, fileId: string): Promise<void> {
  const cards = await tx
    .selectFrom('case_file')
    .innerJoin('card', 'card.case_id', 'case_file.case_id')
    .select(['card.id', 'card.case_id', 'card.person_id', 'card.account_id', 'card.host_id', 'card.purpose'])
    .where('case_file.file_id', '=', fileId)
    .where('card.live', '=', 1)
    .execute();
  for (const card of cards) {
    await queueRow(tx, deps, {
      kind: 'card',
      notice: card.purpose,
      quiet: true,
      caseId: card.case_id,
      personId: card.person_id,
      accountId: card.account_id,
      hostId: card.host_id,
      cardId: card.id,
    });
  }
}

const toOf = (
  change: Change,
  card: { id: string; person_id: string; account_id: string; host_id: string },
) => ({
  caseId: change.decision.next.id,
  personId: card.person_id,
  accountId: card.account_id,
  hostId: card.host_id,
  cardId: card.id,
});

const waitOf = (change: Change, personId: string): number =>
  change.request.door === 'card' && change.actor.kind === 'person' && change.actor.personId === personId
    ? AFTER_PRESS_MS
    : 0;

async function queueNotices(
  tx: Tx,
  deps: RecordDeps,
  c: Case,
  event: CaseEvent,
  notice: NoticeName,
  people: readonly Recipient[],
): Promise<void> {
  const telling = {
    now: deps.clock.businessNow(),
    calendar: deps.calendars.of(c.areaId),
    unit: (id: string) => deps.directory.unit(id),
  };
  const names = await namesOf(tx, event.personId ? [event.personId] : []);
  const who = isMembers(event.capacity) ? '委员' : event.personId ? names(event.personId).name : '';
  const categoryName = (id: string): string => deps.catalogue.categoryName(c.areaId, id);
  const wording = (id: string) => deps.catalogue.wording(c.areaId, id)?.value ?? null;
  const content = noticeContent(notice, { c, event, telling, who, categoryName, wording }, casePath(c.id));
  await queueNotice(
    tx,
    deps,
    { notice, caseId: c.id, content, heldUntil: heldUntil(notice, c, deps.clock.businessNow()) },
    people,
  );
}

/** Reminders wait for the morning; receipts and whatever is urgent do not. */
const REMINDERS: ReadonlySet<NoticeName> = new Set<NoticeName>([
  'reminded',
  'overdue',
  'escalated',
  'promiseMissed',
]);

/** Business time before which a notice is not sent: 07:30 for a reminder between 22:00 and 07:30, else 0. */
export function heldUntil(notice: NoticeName, c: Pick<Case, 'urgency'>, now: number): number {
  return REMINDERS.has(notice) && c.urgency !== 'urgent' ? afterQuietHours(now) : 0;
}
