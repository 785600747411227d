/** 履职档案: what a member reported in a year, what came of it, and the points for it. Read from their own few cases. */
import type { MemberRecord, MemberRecordCases } from '@minqing/shared/contract';
import { RECORD_NUMBERS } from '@minqing/shared/contract';
import {
  acceptedAt,
  isSolved,
  lastStars,
  POINT_ACTS,
  pointsOf,
  type Earned,
  type PointRules,
} from '@minqing/shared/statistics';
import { dateText, localTime, shanghaiDate } from '@minqing/shared/time';
import { asMerged, type Actor, type Case } from '@minqing/shared/workflow';
import { CASE_STATES } from '@minqing/shared/words';
import { sightOf } from '../cases/index.ts';
import { conflict, forbidden } from '../errors.ts';
import type { Reader } from '../store/index.ts';
import type { ReadingDeps } from './asked.ts';
import { casesAt, versionsAt } from './facts.ts';
import { told } from './standing.ts';

type RecordDeps = Pick<ReadingDeps, 'store' | 'clock' | 'directory' | 'settings'>;
export type RecordNumber = keyof typeof RECORD_NUMBERS;

/** More than anyone reports in a life; keeps the page cheap whatever happens. */
const MOST = 2_000;

interface Own {
  personId: string;
  name: string;
  rules: readonly PointRules[];
  /** As they follow them: a merged one takes the course of the case it went into. */
  cases: Case[];
  supported: { c: Case; at: number }[];
}

/** Everything as it stood at a place in the history. */
async function ownOf(db: Reader, deps: RecordDeps, viewer: Actor, seq: number): Promise<Own> {
  const personId = viewer.kind === 'person' ? viewer.personId : '';
  const grants = viewer.kind === 'person' ? viewer.grants : [];
  const member = grants.find((grant) => grant.role === 'member' && grant.forPersonId === undefined);
  const rows = await db
    .selectFrom('case_author')
    .select('case_id')
    .where('person_id', '=', personId)
    .orderBy('submitted_at', 'desc')
    .limit(MOST)
    .execute();
  const then = await casesById(
    db,
    rows.map((row) => row.case_id),
    seq,
  );
  // Whoever declined an invitation, or left, has no part in it.
  const own = rows.flatMap((row) => then.get(row.case_id) ?? []).filter((c) => isAuthor(c, personId));
  if (!member && own.length === 0) {
    throw forbidden('履职档案是委员自己的，您名下没有');
  }
  const survivors = await casesById(
    db,
    own.flatMap((c) => c.mergedInto ?? []),
    seq,
  );
  const supported = await db
    .selectFrom('case_supporter')
    .select(['case_id', 'at'])
    .where('person_id', '=', personId)
    .limit(MOST)
    .execute();
  const theirs = await casesById(
    db,
    supported.map((row) => row.case_id),
    seq,
  );
  const person = await db.selectFrom('person').select('name').where('id', '=', personId).executeTakeFirst();
  const home = deps.directory.unit(member?.unitId ?? '')?.areaId ?? own[0]?.areaId ?? '';
  return {
    personId,
    name: person?.name ?? '',
    rules: deps.settings.points(home),
    cases: own
      .filter((c) => c.submittedAt >= deps.settings.liveFrom(c.areaId))
      .map((c) => {
        const survivor = survivors.get(c.mergedInto ?? '');
        return survivor ? asMerged(survivor, c) : c;
      }),
    supported: supported.flatMap(({ case_id, at }) => {
      const c = theirs.get(case_id);
      return c?.supporters.some((one) => one.personId === personId) ? [{ c, at: Number(at) }] : [];
    }),
  };
}

const isAuthor = (c: Case, personId: string): boolean =>
  c.authors.some((a) => a.personId === personId && (a.joined === 'first' || a.joined === 'accepted'));

async function casesById(db: Reader, ids: readonly string[], seq: number): Promise<Map<string, Case>> {
  const cases = await casesAt(db, await versionsAt(db, [...new Set(ids)], seq));
  return new Map(cases.map((c) => [c.id, c]));
}

/** The last place of the history. */
async function lastSeq(db: Reader): Promise<number> {
  const row = await db.selectFrom('ledger').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst();
  return row?.seq ?? 0;
}

/** When it was solved, as it stands; null while it is not, or is being done again. */
function solvedAt(c: Case): number | null {
  return isSolved(c) && c.releasedAt !== null ? (c.fulfilledAt ?? c.releasedAt) : null;
}

const yearOf = (at: number): number => localTime(at).year;

function earnedBy({ cases, supported }: Own): (Earned & { c: Case })[] {
  const earned: (Earned & { c: Case })[] = [];
  const add = (c: Case, act: Earned['act'], at: number | null): void => {
    if (at !== null) {
      earned.push({ act, date: shanghaiDate(at), c });
    }
  };
  for (const c of cases) {
    add(c, 'reported', c.submittedAt);
    add(c, 'accepted', acceptedAt(c));
    add(c, 'solved', solvedAt(c));
    add(c, 'commended', c.commendedAt);
    c.adoptions.forEach(({ level, at }) => add(c, `adopted:${level}`, at));
  }
  supported.forEach(({ c, at }) => add(c, 'supported', at));
  return earned;
}

/** Everything a member earned points for, whenever. */
export const earnedOf = async (db: Reader, deps: RecordDeps, member: Actor): Promise<Earned[]> =>
  earnedBy(await ownOf(db, deps, member, await lastSeq(db)));

/** Which of a year's cases each number counts. */
function numbered(own: Own, year: number): Record<RecordNumber, Case[]> {
  const cases = own.cases.filter((c) => yearOf(c.submittedAt) === year);
  return {
    submitted: cases,
    accepted: cases.filter((c) => acceptedAt(c) !== null),
    closed: cases.filter((c) => c.state === 'closed'),
    solved: cases.filter((c) => solvedAt(c) !== null),
    rated: cases.filter((c) => lastStars(c) !== null),
    adopted: cases.filter((c) => c.adoptions.length > 0),
    supported: own.supported.filter(({ at }) => yearOf(at) === year).map(({ c }) => c),
  };
}

function pointsText(now: number, then: number | null): string {
  if (then === null) {
    return '';
  }
  return now === then ? '与去年同期一样' : `比去年同期${now > then ? '多' : '少'} ${Math.abs(now - then)} 分`;
}

/** 29 February of a year without one is its 28th. */
function yearBefore(date: string): string {
  const year = Number(date.slice(0, 4)) - 1;
  const rest = date.slice(4);
  return rest === '-02-29' ? `${year}-02-28` : `${year}${rest}`;
}

export async function readRecord(
  deps: RecordDeps,
  viewer: Actor,
  asked: number | undefined,
): Promise<MemberRecord> {
  const now = deps.clock.businessNow();
  const { own, seq } = await deps.store.read(async (db) => {
    const at = await lastSeq(db);
    return { own: await ownOf(db, deps, viewer, at), seq: at };
  });
  const thisYear = yearOf(now);
  const year = asked ?? thisYear;
  const found = numbered(own, year);
  const earned = earnedBy(own);
  const today = shanghaiDate(now);
  const until = year === thisYear ? today : `${year}-12-31`;
  const points = pointsOf(earned, own.rules, year, until);
  const hadAny = earned.some(({ date }) => date.startsWith(`${year - 1}-`));
  const before = hadAny ? pointsOf(earned, own.rules, year - 1, yearBefore(until)).total : null;
  const stars = found.rated.map((c) => lastStars(c)?.stars ?? 0);
  const five = stars.filter((n) => n === 5).length;
  const last = year < thisYear ? 12 : year === thisYear ? localTime(now).month : 0;
  const { asOf, asOfText } = told({ gen: 0, seq, now });
  return {
    seq,
    asOf,
    asOfText,
    year,
    years: [...new Set([thisYear, ...own.cases.map((c) => yearOf(c.submittedAt))])].toSorted((a, b) => b - a),
    name: own.name,
    sentence: sentenceOf(found),
    detail: `提交 ${found.submitted.length} 件，受理 ${found.accepted.length} 件，办结 ${found.closed.length} 件`,
    submitted: found.submitted.length,
    accepted: found.accepted.length,
    closed: found.closed.length,
    solved: found.solved.length,
    supported: found.supported.length,
    adopted: found.adopted.length,
    months: Array.from({ length: last }, (_, i) => {
      const cases = found.submitted.filter((c) => localTime(c.submittedAt).month === i + 1);
      const closed = cases.filter((c) => c.state === 'closed').length;
      return { month: i + 1, closed, open: cases.length - closed };
    }),
    points: { ...points, comparison: pointsText(points.total, before) },
    stars: {
      mean:
        stars.length === 0 ? null : Math.round((stars.reduce((a, b) => a + b, 0) / stars.length) * 10) / 10,
      rated: stars.length,
      five,
      text: stars.length === 0 ? '还没有评价' : `${stars.length} 件，五星 ${five} 件`,
    },
  };
}

function sentenceOf({ submitted, accepted, solved }: Record<RecordNumber, Case[]>): string {
  if (solved.length > 0) {
    return `您提的民情，解决了 ${solved.length} 个问题`;
  }
  if (accepted.length > 0) {
    return `您提的民情，${accepted.length} 件正在推动解决`;
  }
  return submitted.length > 0 ? `您提了 ${submitted.length} 件民情，正在审核` : '这一年您还没有提交民情';
}

/** What is asked of a record: one of its numbers, or what points were given for; of one month where it is named. */
export interface RecordAsked {
  year: number;
  of: RecordNumber;
  act?: Earned['act'] | undefined;
  month?: number | undefined;
  seq?: number | undefined;
}

/** The cases behind a number of the record, the latest first, as of the place in the history it was told at. */
export async function listRecord(
  deps: RecordDeps,
  viewer: Actor,
  { year, of, act, month, seq }: RecordAsked,
): Promise<MemberRecordCases> {
  const now = deps.clock.businessNow();
  const own = await deps.store.read(async (db) => {
    const last = await lastSeq(db);
    if (seq !== undefined && seq > last) {
      throw conflict('记录还没有写到这里，请稍后再打开');
    }
    return ownOf(db, deps, viewer, seq ?? last);
  });
  const found =
    act === undefined
      ? numbered(own, year)[of]
      : earnedBy(own)
          .filter((one) => one.act === act && one.date.startsWith(`${year}-`))
          .map(({ c }) => c);
  const cases = found
    .filter((c) => month === undefined || localTime(c.submittedAt).month === month)
    .toSorted((a, b) => b.submittedAt - a.submittedAt);
  const others = act === undefined ? of === 'supported' : act === 'supported';
  const name = act === undefined ? RECORD_NUMBERS[of] : POINT_ACTS[act];
  return {
    title: `${year}年${month === undefined ? '' : `${month}月`}${name} ${cases.length} 件`,
    items: cases.map((c) => {
      // What one supported may have been narrowed since to those who work on it.
      const visible = !others || sightOf(c, viewer, deps.directory.areaChain).any;
      return {
        id: visible ? c.id : '',
        number: visible ? c.number : '',
        title: visible ? c.content.title : '这件已不公开',
        stateLabel: visible ? CASE_STATES[c.state] : '',
        submittedText: dateText(c.submittedAt, now),
      };
    }),
  };
}
