/**
 * Lists of what was counted earlier. A figure names the place in the history it counts to; when its list is opened, some
 * cases may have moved on. Those are few: they are put back to how they stood there, and everything else is read as it is.
 */
import type { StatisticsStanding } from '@minqing/shared/contract';
import type { Case } from '@minqing/shared/workflow';
import { conflict, invalidInput } from '../errors.ts';
import type { Reader } from '../store/index.ts';
import { casesAt, OF_MEMBERS, versionsAt } from './facts.ts';

export interface Moved {
  /** Everything that happened to since. */
  ids: readonly string[];
  /** Those of them that were there already, as they stood. */
  cases: readonly Case[];
}

export const NOTHING_MOVED: Moved = { ids: [], cases: [] };

/** More cases than this, or entries, and the list of then is not made again. */
const MOST_CASES = 500;
const MOST_ENTRIES = 20_000;

const movedOn = (): Error => conflict('这个数字之后又办了很多件，列不出当时的了，请回去刷新再看');

/** What a figure said of itself, as its link brings it; undefined where a list is asked for as it is now. */
export interface Then {
  seq: number;
  /** Of the sums; null where nothing is summed. */
  counting: number | null;
  now: number;
}

/** Reads it from a list's query. Throws invalid input for a moment that is none or lies ahead. */
export function thenOf(query: Partial<StatisticsStanding>, now: number): Then | undefined {
  if (query.seq === undefined) {
    return undefined;
  }
  const at = query.asOf === undefined ? now : Date.parse(query.asOf);
  if (!(at <= now)) {
    throw invalidInput([{ path: 'asOf', message: '截至时间不对，请回去刷新再看' }]);
  }
  return { seq: query.seq, counting: query.counting ?? null, now: at };
}

/** Whoever had an event behind `seq`, ordered already or not yet. Throws conflict where there are too many. */
export async function movedSince(db: Reader, seq: number): Promise<Moved> {
  const last = await db.selectFrom('ledger').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst();
  if ((last?.seq ?? 0) - seq > MOST_ENTRIES) {
    throw movedOn();
  }
  const ordered = await db
    .selectFrom('ledger')
    .innerJoin('event', 'event.id', 'ledger.event_id')
    .select('event.case_id')
    .distinct()
    .where('ledger.seq', '>', seq)
    .limit(MOST_CASES + 1)
    .execute();
  const waiting = await db
    .selectFrom('event_pending')
    .select('case_id')
    .distinct()
    .where('source', '=', 'case')
    .limit(MOST_CASES + 1)
    .execute();
  const ids = [...new Set([...ordered, ...waiting].map((row) => row.case_id))];
  if (ids.length > MOST_CASES) {
    throw movedOn();
  }
  return ids.length === 0 ? NOTHING_MOVED : { ids, cases: await casesAt(db, await versionsAt(db, ids, seq)) };
}

/** Refuses a place that these figures have not reached, or that other figures counted to. */
export function checkThen(then: Then, standing: { gen: number; seq: number }): void {
  if (then.counting !== null && then.counting !== standing.gen) {
    throw conflict('这之后全部数字重新统计过，请回去刷新再看');
  }
  if (then.seq > standing.seq) {
    throw conflict('数字还没有统计到这里，请稍后再打开');
  }
}

/** Refuses where the 界别 a case counts under may have changed since with its member and without an event of its own. */
export async function refuseMovedMembers(db: Reader, seq: number): Promise<void> {
  const act = await db
    .selectFrom('ledger')
    .innerJoin('audit', 'audit.id', 'ledger.event_id')
    .select('audit.id')
    .where('ledger.seq', '>', seq)
    .where('audit.kind', 'in', [...OF_MEMBERS])
    .limit(1)
    .executeTakeFirst();
  if (act) {
    throw conflict('这之后委员的界别有变动，请回去刷新再看');
  }
}
