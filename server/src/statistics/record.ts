/** 履职档案: what a member reported in a year, what came of it, and the points for it. Read from their own few cases. */
import type { MemberRecord, MemberRecordCases } from '@minqing/shared/contract';
import { RECORD_NUMBERS } from '@minqing/shared/contract';
import {
  acceptedAt,
  isSolved,
  lastStars,
  pointsOf,
  type Earned,
  type PointRules,
} from '@minqing/shared/statistics';
import { dateText, localTime, shanghaiDate } from '@minqing/shared/time';
import { asMerged, type Actor, type Case } from '@minqing/shared/workflow';
import { CASE_STATES } from '@minqing/shared/words';
import { sightOf } from '../cases/index.ts';
import { forbidden } from '../errors.ts';
import type { Reader } from '../store/index.ts';
import type { ReadingDeps } from './asked.ts';
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

async function ownOf(db: Reader, deps: RecordDeps, viewer: Actor): Promise<Own> {
  const personId = viewer.kind === 'person' ? viewer.personId : '';
  const grants = viewer.kind === 'person' ? viewer.grants : [];
  const member = grants.find((grant) => grant.role === 'member' && grant.forPersonId === undefined);
  const rows = await db
    .selectFrom('case_author')
    .innerJoin('cases', 'cases.id', 'case_author.case_id')
    .select('cases.body_json')
    .where('case_author.person_id', '=', personId)
    .where('case_author.joined', 'in', ['first', 'accepted'])
    .orderBy('case_author.submitted_at', 'desc')
    .limit(MOST)
    .execute();
  if (!member && rows.length === 0) {
    throw forbidden('履职档案是委员自己的，您名下没有');
  }
  const own = rows.map((row) => JSON.parse(row.body_json) as Case);
  const survivors = await casesById(
    db,
    own.flatMap((c) => c.mergedInto ?? []),
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
      return c ? [{ c, at: Number(at) }] : [];
    }),
  };
}

async function casesById(db: Reader, ids: readonly string[]): Promise<Map<string, Case>> {
  if (ids.length === 0) {
    return new Map();
  }
  const rows = await db
    .selectFrom('cases')
    .select('body_json')
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => JSON.parse(row.body_json) as Case).map((c) => [c.id, c]));
}

/** When it was solved, as it stands; null while it is not, or is being done again. */
function solvedAt(c: Case): number | null {
  return isSolved(c) && c.releasedAt !== null ? (c.fulfilledAt ?? c.releasedAt) : null;
}

const yearOf = (at: number): number => localTime(at).year;

function earnedBy({ cases, supported }: Own): Earned[] {
  const earned: Earned[] = [];
  const add = (act: Earned['act'], at: number | null): void => {
    if (at !== null) {
      earned.push({ act, date: shanghaiDate(at) });
    }
  };
  for (const c of cases) {
    add('reported', c.submittedAt);
    add('accepted', acceptedAt(c));
    add('solved', solvedAt(c));
    add('commended', c.commendedAt);
    c.adoptions.forEach(({ level, at }) => add(`adopted:${level}`, at));
  }
  supported.forEach(({ at }) => add('supported', at));
  return earned;
}

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
  const own = await deps.store.read((db) => ownOf(db, deps, viewer));
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
  const { asOf, asOfText } = told({ gen: 0, seq: 0, now });
  return {
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

/** The cases behind a number of the record, the latest first; of one month where it is named. */
export async function listRecord(
  deps: RecordDeps,
  viewer: Actor,
  { year, of, month }: { year: number; of: RecordNumber; month?: number | undefined },
): Promise<MemberRecordCases> {
  const now = deps.clock.businessNow();
  const own = await deps.store.read((db) => ownOf(db, deps, viewer));
  const cases = numbered(own, year)
    [of].filter((c) => month === undefined || localTime(c.submittedAt).month === month)
    .toSorted((a, b) => b.submittedAt - a.submittedAt);
  return {
    title: `${year}年${month === undefined ? '' : `${month}月`}${RECORD_NUMBERS[of]} ${cases.length} 件`,
    items: cases.map((c) => {
      // What one supported may have been narrowed since to those who work on it.
      const visible = of !== 'supported' || sightOf(c, viewer, deps.directory.areaChain).any;
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
