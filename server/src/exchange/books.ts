/** What we have of each case with a platform, for 对账: lists, digests, and taking back what was lost. */
import { createHash } from 'node:crypto';
import {
  ACTION_OF,
  caseLines,
  dayLines,
  OUTBOUND_TYPES,
  type Day,
  type DayCase,
  type Days,
  type InboundType,
  type Messages,
  type Told,
} from '@minqing/shared/exchange';
import type { Clock } from '../clock.ts';
import { insertIgnore, type Reader, type Store, type Tx } from '../store/index.ts';
import { ExchangeRefusal } from './model.ts';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const CASES_AT_ONCE = 200;
const MOST_DAYS = 400;
const DAY_MS = 86_400_000;

/** How many messages of a case there are of each side. */
export type Counts = Pick<DayCase, 'fromMinqing' | 'fromPlatform'>;

export interface Books {
  /** The numbers alone, by case. */
  counts(partnerId: string, from: string, to: string): Promise<Map<string, Counts>>;
  days(partnerId: string, from: string, to: string): Promise<Days>;
  day(partnerId: string, date: string): Promise<Day>;
  /** One side's messages as they were sent, `after` a number on. Throws `unknownCase`. */
  messages(partnerId: string, caseId: string, from: Messages['from'], after: number): Promise<Messages>;
  /** Cases of these days in which what the platform did is not what we took from it, each once and in order. */
  doneOtherwise(partnerId: string, from: string, to: string): Promise<string[]>;
  /** How many messages of the platform about a case we have. */
  heard(partnerId: string, caseId: string): Promise<number>;
  /** Takes messages of ours back that we lost and the platform still has; answers how many were new to us. */
  restore(partnerId: string, caseId: string, given: readonly { id: string; seq: number }[]): Promise<number>;
}

export function createBooks(deps: { store: Store; clock: Pick<Clock, 'machineNow'> }): Books {
  const { store, clock } = deps;

  async function casesOn(
    partnerId: string,
    from: string,
    to: string,
  ): Promise<(DayCase & { day: string })[]> {
    const rows = await store.read((db) =>
      db
        .selectFrom('exchange_case')
        .select(['case_id', 'day', 'state_code'])
        .where('partner_id', '=', partnerId)
        .where('day', '>=', from)
        .where('day', '<=', to)
        .orderBy('case_id')
        .execute(),
    );
    const found: (DayCase & { day: string })[] = [];
    for (let i = 0; i < rows.length; i += CASES_AT_ONCE) {
      const page = rows.slice(i, i + CASES_AT_ONCE);
      const told = await store.read((db) =>
        toldOf(
          db,
          partnerId,
          page.map((row) => row.case_id),
        ),
      );
      for (const { case_id, day, state_code } of page) {
        const { out = [], in: came = [] } = told.get(case_id) ?? {};
        found.push({
          day,
          caseId: case_id,
          state: state_code || null,
          fromMinqing: out.length,
          fromPlatform: came.length,
          digest: sha256(caseLines(out, came)),
        });
      }
    }
    return found;
  }

  return {
    async counts(partnerId, from, to) {
      const rows = await store.read((db) =>
        db
          .selectFrom('exchange_case')
          .select('case_id')
          .select((eb) => [
            eb
              .selectFrom('exchange_out')
              .select((out) => out.fn.countAll<number>().as('n'))
              .whereRef('exchange_out.partner_id', '=', 'exchange_case.partner_id')
              .whereRef('exchange_out.case_id', '=', 'exchange_case.case_id')
              .where('exchange_out.status', '=', 'sent')
              .as('sent'),
            eb
              .selectFrom('exchange_in')
              .select((came) => came.fn.countAll<number>().as('n'))
              .whereRef('exchange_in.partner_id', '=', 'exchange_case.partner_id')
              .whereRef('exchange_in.case_id', '=', 'exchange_case.case_id')
              .as('came'),
          ])
          .where('partner_id', '=', partnerId)
          .where('day', '>=', from)
          .where('day', '<=', to)
          .execute(),
      );
      return new Map(
        rows.map((row) => [
          row.case_id,
          { fromMinqing: Number(row.sent ?? 0), fromPlatform: Number(row.came ?? 0) },
        ]),
      );
    },
    async days(partnerId, from, to) {
      if ((Date.parse(to) - Date.parse(from)) / DAY_MS > MOST_DAYS - 1) {
        throw new ExchangeRefusal('invalidMessage', { detail: `最多 ${MOST_DAYS} 天` });
      }
      const byDay = new Map<string, DayCase[]>();
      for (const { day, ...one } of await casesOn(partnerId, from, to)) {
        byDay.set(day, [...(byDay.get(day) ?? []), one]);
      }
      return {
        days: [...byDay]
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([date, cases]) => ({ date, cases: cases.length, digest: sha256(dayLines(cases)) })),
      };
    },
    async day(partnerId, date) {
      const cases = (await casesOn(partnerId, date, date)).map(({ day: _day, ...one }) => one);
      return { date, digest: sha256(dayLines(cases)), cases };
    },
    async messages(partnerId, caseId, from, after) {
      const messages = await store.read(async (db) => {
        const known = await db
          .selectFrom('exchange_case')
          .select('case_id')
          .where('partner_id', '=', partnerId)
          .where('case_id', '=', caseId)
          .executeTakeFirst();
        if (!known) {
          throw new ExchangeRefusal('unknownCase');
        }
        return bodiesOf(db, partnerId, caseId, from, after);
      });
      return { caseId, from, messages };
    },
    async doneOtherwise(partnerId, from, to) {
      const done = await store.read((db) =>
        db
          .selectFrom('exchange_case')
          .innerJoin('event', 'event.case_id', 'exchange_case.case_id')
          .select(['event.case_id', 'event.version', 'event.action'])
          .where('exchange_case.partner_id', '=', partnerId)
          .where('exchange_case.day', '>=', from)
          .where('exchange_case.day', '<=', to)
          .where('event.capacity_json', 'like', `%"platformId":"${partnerId}"%`)
          .orderBy('event.case_id')
          .orderBy('event.version')
          .execute(),
      );
      const taken = await store.read((db) =>
        db
          .selectFrom('exchange_case')
          .innerJoin('exchange_in', (join) =>
            join
              .onRef('exchange_in.partner_id', '=', 'exchange_case.partner_id')
              .onRef('exchange_in.case_id', '=', 'exchange_case.case_id'),
          )
          .select(['exchange_in.case_id', 'exchange_in.version', 'exchange_in.type'])
          .where('exchange_case.partner_id', '=', partnerId)
          .where('exchange_case.day', '>=', from)
          .where('exchange_case.day', '<=', to)
          .where('exchange_in.status', '=', 'applied')
          .orderBy('exchange_in.case_id')
          .orderBy('exchange_in.seq')
          .execute(),
      );
      const linesOf = (rows: readonly { case_id: string; version: number; action: string }[]) =>
        Map.groupBy(rows, (row) => row.case_id);
      const [events, messages] = [
        linesOf(done),
        linesOf(taken.map(({ type, ...row }) => ({ ...row, action: ACTION_OF[type as InboundType] }))),
      ];
      const text = (rows: readonly { version: number; action: string }[] = []): string =>
        rows.map((row) => `${row.version} ${row.action}`).join('\n');
      return [...new Set([...events.keys(), ...messages.keys()])].filter(
        (id) => text(events.get(id)) !== text(messages.get(id)),
      );
    },
    heard: (partnerId, caseId) =>
      store.read(async (db) =>
        Number(
          (
            await db
              .selectFrom('exchange_in')
              .select((eb) => eb.fn.countAll<number>().as('n'))
              .where('partner_id', '=', partnerId)
              .where('case_id', '=', caseId)
              .executeTakeFirstOrThrow()
          ).n,
        ),
      ),
    restore: (partnerId, caseId, given) =>
      store.transact((tx) => takeBack(tx, partnerId, caseId, given, clock.machineNow())),
  };
}

async function toldOf(
  db: Reader,
  partnerId: string,
  caseIds: readonly string[],
): Promise<Map<string, { out: Told[]; in: Told[] }>> {
  const [out, came] = await Promise.all([
    db
      .selectFrom('exchange_out')
      .select(['case_id', 'seq', 'id'])
      .where('partner_id', '=', partnerId)
      .where('case_id', 'in', [...caseIds])
      .where('status', '=', 'sent')
      .execute(),
    db
      .selectFrom('exchange_in')
      .select(['case_id', 'seq', 'message_id'])
      .where('partner_id', '=', partnerId)
      .where('case_id', 'in', [...caseIds])
      .execute(),
  ]);
  const found = new Map<string, { out: Told[]; in: Told[] }>(caseIds.map((id) => [id, { out: [], in: [] }]));
  out.forEach((row) => found.get(row.case_id)?.out.push({ seq: row.seq, id: row.id }));
  came.forEach((row) => found.get(row.case_id)?.in.push({ seq: row.seq, id: row.message_id }));
  return found;
}

type Body = { id: string; seq: number };

async function bodiesOf(
  db: Reader,
  partnerId: string,
  caseId: string,
  from: Messages['from'],
  after: number,
): Promise<Body[]> {
  if (from === 'platform') {
    const rows = await db
      .selectFrom('exchange_in')
      .select('body_json')
      .where('partner_id', '=', partnerId)
      .where('case_id', '=', caseId)
      .where('seq', '>', after)
      .orderBy('seq')
      .execute();
    return rows.map((row) => JSON.parse(row.body_json) as Body);
  }
  const rows = await db
    .selectFrom('exchange_out')
    .select('body_json')
    .where('partner_id', '=', partnerId)
    .where('case_id', '=', caseId)
    .where('seq', '>', after)
    .where('status', '=', 'sent')
    .orderBy('seq')
    .execute();
  return rows.map((row) => (JSON.parse(row.body_json) as { message: Body }).message);
}

/** The given messages take their places as sent; what we have not sent yet moves behind them. */
async function takeBack(
  tx: Tx,
  partnerId: string,
  caseId: string,
  given: readonly Body[],
  machineNow: number,
): Promise<number> {
  const place = await tx
    .selectFrom('exchange_case')
    .select('out_seq')
    .where('partner_id', '=', partnerId)
    .where('case_id', '=', caseId)
    .executeTakeFirst();
  if (!place) {
    throw new ExchangeRefusal('unknownCase');
  }
  const rows = await tx
    .selectFrom('exchange_out')
    .selectAll()
    .where('partner_id', '=', partnerId)
    .where('case_id', '=', caseId)
    .orderBy('seq')
    .execute();
  const theirs = new Set(given.map((message) => message.id));
  const sent = new Set(rows.filter((row) => row.status === 'sent').map((row) => row.id));
  const unsent = rows.filter((row) => row.status !== 'sent');
  const lost = given.filter((message) => !sent.has(message.id)).toSorted((a, b) => a.seq - b.seq);
  if (lost.length === 0) {
    return 0;
  }
  for (const row of unsent) {
    await tx.deleteFrom('exchange_out').where('id', '=', row.id).execute();
  }
  const known = new Map(unsent.map((row) => [row.id, row]));
  let last = Math.max(0, ...rows.filter((row) => sent.has(row.id)).map((row) => row.seq));
  for (const message of lost) {
    if (message.seq !== last + 1) {
      throw new ExchangeRefusal('outOfOrder', { expected: last + 1 });
    }
    last = message.seq;
    const own = known.get(message.id);
    const type = (message as { type?: string }).type ?? '';
    const fileIds = own ? (JSON.parse(own.body_json) as { fileIds: string[] }).fileIds : [];
    await insertIgnore(tx, 'exchange_out', {
      ...(own ?? {
        id: message.id,
        partner_id: partnerId,
        case_id: caseId,
        type: (OUTBOUND_TYPES as readonly string[]).includes(type) ? type : 'case.corrected',
        attempts: 0,
        next_at: 0,
        created_at: machineNow,
      }),
      // As they have it: one of ours that was made anew in the meantime may stand at another place.
      body_json: JSON.stringify({ message, fileIds }),
      seq: message.seq,
      status: 'sent',
      error_code: own ? '' : 'restored',
      error_text: '',
      sent_at: machineNow,
    });
  }
  for (const row of unsent.filter((r) => !theirs.has(r.id))) {
    last += 1;
    const body = JSON.parse(row.body_json) as { message: Body };
    await tx
      .insertInto('exchange_out')
      .values({
        ...row,
        seq: last,
        status: 'waiting',
        next_at: 0,
        body_json: JSON.stringify({ ...body, message: { ...body.message, seq: last } }),
      })
      .execute();
  }
  await tx
    .updateTable('exchange_case')
    .set({ out_seq: last })
    .where('partner_id', '=', partnerId)
    .where('case_id', '=', caseId)
    .execute();
  return lost.filter((message) => !known.has(message.id)).length;
}
