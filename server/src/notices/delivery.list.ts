/** The delivery log as a list, and what stands over it. */
import type { DeliveryFilter, DeliveryPage, DeliverySummary } from '@minqing/shared/contract';
import { deliveredRate, percentText } from '@minqing/shared/statistics';
import { isoShanghaiFull } from '@minqing/shared/time';
import { DELIVERY_CHANNELS, type DeliveryChannel, type DeliveryState } from '@minqing/shared/words';
import type { Administering, Directory } from '../people/index.ts';
import { decodeCursor, keyset, pageOf, type KeysetColumn, type Reader, type Store } from '../store/index.ts';
import { logRows, presentItem, type ItemDeps, type LogRow } from './delivery.item.ts';
import { logged, meaningsOf, STATES, type Where } from './delivery.query.ts';
import { NOTICE_NAMES, noticeLabel } from './delivery.words.ts';

const PAGE = 30;
/** Dead letters shown over the list; the rest have their own state to look under. */
const PINNED = 20;
/** Counts are exact up to here; beyond, a number nobody reads would cost a scan. */
const COUNT_CAP = 1_000;
/** Slower than this on average is worth a word. */
const SLOW_MS = 5_000;
/** Channels whose share is told; a to-do goes with its card. */
const TOLD: readonly DeliveryChannel[] = ['card', 'actionCard', 'notice'];

const NEWEST: readonly KeysetColumn[] = [
  { column: 'outbox.created_at', direction: 'desc', type: 'number' },
  { column: 'outbox.id', direction: 'desc', type: 'string' },
];
const keyOf = (row: LogRow): [number, string] => [row.created_at, row.id];
const byNewest = (a: LogRow, b: LogRow): number => b.created_at - a.created_at || (a.id < b.id ? 1 : -1);

export interface ListDeps extends ItemDeps {
  store: Store;
  directory: Directory;
}

/** A page of the log, newest first; dead letters stand over the first page of a list of every state. */
export async function listDeliveries(
  deps: ListDeps,
  scope: Administering,
  filter: DeliveryFilter,
  after: string | undefined,
): Promise<DeliveryPage> {
  if (after !== undefined) {
    decodeCursor(after, NEWEST);
  }
  return deps.store.read(async (db) => {
    const find = await finder(db, deps, scope, filter);
    const every = filter.state === undefined;
    const state: Where = filter.state ? STATES[filter.state] : (eb) => eb.not(STATES.dead(eb));
    const pinned = every && after === undefined ? (await find(STATES.dead, PINNED)).slice(0, PINNED) : [];
    const { rows, next } = pageOf(await find(state, PAGE, after), PAGE, keyOf);
    return {
      pinned: pinned.map((row) => presentItem(deps, row)),
      items: rows.map((row) => presentItem(deps, row)),
      after: next ?? null,
    };
  });
}

/** Everything the filter finds, page by page, newest first. */
export async function* loggedRows(
  deps: ListDeps,
  scope: Administering,
  filter: DeliveryFilter,
  size: number,
): AsyncGenerator<LogRow[], void, undefined> {
  const state: Where = filter.state ? STATES[filter.state] : (eb) => eb.lit(true);
  for (let after: string | undefined; ;) {
    const cursor = after;
    const { rows, next } = await deps.store.read(async (db) => {
      const find = await finder(db, deps, scope, filter);
      return pageOf(await find(state, size, cursor), size, keyOf);
    });
    yield rows;
    if (next === undefined) {
      return;
    }
    after = next;
  }
}

type Find = (state: Where, limit: number, cursor?: string) => Promise<LogRow[]>;

/** Finds rows in a state under a filter, one more than the limit when there are more. */
async function finder(
  db: Reader,
  deps: ListDeps,
  scope: Administering,
  filter: DeliveryFilter,
): Promise<Find> {
  const within = logged(scope.areaIds, filter, deps.clock.businessNow());
  const meanings = filter.q ? await meaningsOf(db, deps.directory, filter.q) : [() => null];
  return async (state, limit, cursor) => {
    const pages = await Promise.all(
      meanings.map((meaning) => rowsOf(db, [within, state, meaning], limit, cursor)),
    );
    // Each meaning of the words was asked by itself: what several of them found stands once.
    const once = new Map(pages.flat().map((row) => [row.id, row]));
    return [...once.values()].toSorted(byNewest).slice(0, limit + 1);
  };
}

type Maybe = Where | (() => null);

function rowsOf(db: Reader, all: readonly Maybe[], limit: number, after?: string): Promise<LogRow[]> {
  const query = logRows(db).where((eb) =>
    eb.and(all.map((where) => where(eb)).filter((condition) => condition !== null)),
  );
  return keyset(query, NEWEST, limit, after).execute();
}

/** The sentence over the list, the counts of its tabs, and each channel's last 24 hours. */
export async function summariseDeliveries(deps: ListDeps, scope: Administering): Promise<DeliverySummary> {
  const now = deps.clock.businessNow();
  return deps.store.read(async (db) => {
    const count = (state: DeliveryState): Promise<number | null> => countUpTo(db, scope, STATES[state], now);
    const [dead, retrying, queued] = await Promise.all([count('dead'), count('retrying'), count('queued')]);
    const tallies = await lastDay(db, scope, now);
    return {
      headline: dead === 0 ? '没有发不出去的通知' : `${numberText(dead)} 条通知发不出去，等您处理`,
      sentence: sentenceOf(tallies, retrying),
      counts: { dead, retrying, queued },
      channels: TOLD.map((channel) => presentChannel(channel, tallies.get(channel) ?? NONE)),
      notices: NOTICE_NAMES.map((id) => ({ id, label: noticeLabel(id) })),
      asOf: isoShanghaiFull(now),
    };
  });
}

/** Dead letters nobody has dealt with; `COUNT_CAP` stands for that many or more. */
export async function countDead(deps: ListDeps, scope: Administering): Promise<number> {
  const now = deps.clock.businessNow();
  return (await deps.store.read((db) => countUpTo(db, scope, STATES.dead, now))) ?? COUNT_CAP;
}

async function countUpTo(
  db: Reader,
  scope: Administering,
  state: Where,
  now: number,
): Promise<number | null> {
  const within = logged(scope.areaIds, { period: 'all' }, now);
  const { n } = await db
    .selectFrom((eb) =>
      eb
        .selectFrom('outbox')
        .select('outbox.id')
        .where((inner) => inner.and([within(inner), state(inner)]))
        .limit(COUNT_CAP + 1)
        .as('found'),
    )
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(n) > COUNT_CAP ? null : Number(n);
}

interface Tally {
  delivered: number;
  dead: number;
  retrying: number;
  replaced: number;
  /** Milliseconds from queueing to delivery, over all delivered. */
  waited: number;
}
const NONE: Tally = { delivered: 0, dead: 0, retrying: 0, replaced: 0, waited: 0 };

async function lastDay(db: Reader, scope: Administering, now: number): Promise<Map<string, Tally>> {
  const within = logged(scope.areaIds, { period: 'day' }, now);
  const rows = await db
    .selectFrom('outbox')
    .where((eb) => within(eb))
    .where((eb) => eb.not(STATES.queued(eb)))
    .groupBy(['outbox.channel', 'outbox.status', 'outbox.closing'])
    .select(['outbox.channel', 'outbox.status', 'outbox.closing'])
    .select((eb) => [
      eb.fn.countAll<number>().as('n'),
      eb.fn.sum<number>(eb('outbox.sent_at', '-', eb.ref('outbox.queued_at'))).as('waited'),
    ])
    .execute();
  const found = new Map<string, Tally>();
  for (const { channel, status, closing, n, waited } of rows) {
    const tally = found.get(channel) ?? { ...NONE };
    if (status === 'done') {
      tally.delivered += Number(n);
      tally.waited += Number(waited ?? 0);
    } else if (status === 'waiting') {
      tally.retrying += Number(n);
    } else {
      tally.dead += Number(n);
      tally.replaced += closing === 'replaced' ? Number(n) : 0;
    }
    found.set(channel, tally);
  }
  return found;
}

const grouped = (n: number): string => n.toLocaleString('en-US');
const numberText = (n: number | null): string => (n === null ? `${COUNT_CAP}+` : grouped(n));

/** What arrived of everything tried, whichever channel took it in the end. */
function sentenceOf(tallies: ReadonlyMap<string, Tally>, retrying: number | null): string {
  const all = TOLD.map((channel) => tallies.get(channel) ?? NONE);
  const sum = (key: keyof Tally): number => all.reduce((n, tally) => n + tally[key], 0);
  // What another channel took over is counted there.
  const rate = deliveredRate({
    delivered: sum('delivered'),
    dead: sum('dead') - sum('replaced'),
    retrying: sum('retrying'),
  });
  const again = retrying === 0 ? '' : `，${numberText(retrying)} 条正在重试`;
  return rate.whole === 0
    ? `过去 24 小时没有发过通知${again}。`
    : `过去 24 小时发出 ${grouped(rate.whole)} 条，送达 ${percentText(rate)}（${grouped(rate.part)} 条）${again}。人没收到，时限不会停。`;
}

function presentChannel(channel: DeliveryChannel, tally: Tally): DeliverySummary['channels'][number] {
  const rate = deliveredRate(tally);
  const average = tally.delivered > 0 ? tally.waited / tally.delivered : 0;
  const [light, word] =
    rate.whole === 0
      ? ([null, ''] as const)
      : rate.part === 0
        ? (['red', '发不出去'] as const)
        : tally.retrying > 0
          ? (['amber', '有的在重试'] as const)
          : average > SLOW_MS
            ? (['amber', '变慢'] as const)
            : (['green', '正常'] as const);
  return {
    channel,
    label: DELIVERY_CHANNELS[channel],
    light,
    word,
    share: percentText(rate),
    fraction: rate.whole === 0 ? '没有发过' : `${grouped(rate.part)} / ${grouped(rate.whole)} 条`,
    average: tally.delivered > 0 ? `平均 ${(average / 1_000).toFixed(1)} 秒` : '',
  };
}
