/** The cases behind a figure: as many as it says, at the same place in the history, the latest first. */
import type { StatisticsCasePage, StatisticsCasesQuery } from '@minqing/shared/contract';
import type { Tally } from '@minqing/shared/statistics';
import type { Actor, Case } from '@minqing/shared/workflow';
import type { Calendars } from '../cases/index.ts';
import {
  decodeCursor,
  keyset,
  pageOf,
  type KeysetColumn,
  type KeyValue,
  type Page,
  type Reader,
} from '../store/index.ts';
import { asked, type ReadingDeps } from './asked.ts';
import { checkThen, movedSince, NOTHING_MOVED, refuseMovedMembers, thenOf, type Then } from './asof.ts';
import { countCases } from './facts.ts';
import { listInHand } from './list.backlog.ts';
import { presentCounted, type Counted } from './list.present.ts';
import { boundsOf, isListed, wantedOf, type Listed } from './list.wanted.ts';
import { committeeOf, JOINED } from './members.ts';
import { readStanding, told, type Standing } from './standing.ts';
import { readSums } from './sums.ts';
import { keptTallies } from './tally.repository.ts';
import { many } from './words.ts';

export type ListDeps = ReadingDeps & { calendars: Calendars };

const ORDER: readonly KeysetColumn[] = [
  { column: 'at', direction: 'desc', type: 'number' },
  { column: 'case_id', direction: 'desc', type: 'string' },
  { column: 'nth', direction: 'desc', type: 'number' },
];
const AT_ONCE = 100;

type Line = Counted & { nth: number };

/** What moved on since the figure: lines that are there now, and those of then in their place. */
export interface Change {
  ids: ReadonlySet<string>;
  gone: number;
  then: readonly Line[];
}

export const NO_CHANGE: Change = { ids: new Set(), gone: 0, then: [] };

async function changeSince(
  db: Reader,
  deps: ListDeps,
  listed: Listed,
  standing: Standing,
  then: Then | undefined,
): Promise<Change> {
  if (then) {
    checkThen(then, standing);
    if (listed.selection.where.sector !== undefined) {
      await refuseMovedMembers(db, then.seq);
    }
  }
  const moved = then ? await movedSince(db, then.seq) : NOTHING_MOVED;
  const belongs = isListed(listed, standing.now);
  const { member } = listed;
  const theirs = member === undefined ? null : await casesOf(db, member, moved.ids);
  const theirsThen = new Set(
    moved.cases.filter((c) => member === undefined || isAuthor(c, member)).map((c) => c.id),
  );
  const current = await keptTallies(db, standing.gen, moved.ids);
  const sources = { calendars: deps.calendars, liveFrom: (id: string) => deps.settings.liveFrom(id) };
  const before = await countCases(db, sources, moved.cases);
  return {
    ids: new Set(moved.ids),
    gone: [...current].flatMap(([id, tallies]) => (theirs?.has(id) === false ? [] : tallies.filter(belongs)))
      .length,
    then: [...before].flatMap(([caseId, tallies]) =>
      tallies.flatMap((t, nth) => (theirsThen.has(caseId) && belongs(t) ? [lineOf(caseId, t, nth)] : [])),
    ),
  };
}

const isAuthor = (c: Case, personId: string): boolean =>
  c.authors.some((a) => a.personId === personId && JOINED.some((joined) => joined === a.joined));

/** Which of these cases the member has a part in now. */
async function casesOf(db: Reader, personId: string, ids: readonly string[]): Promise<Set<string>> {
  const rows =
    ids.length === 0
      ? []
      : await db
          .selectFrom('case_author')
          .select('case_id')
          .where('person_id', '=', personId)
          .where('joined', 'in', [...JOINED])
          .where('case_id', 'in', [...ids])
          .execute();
  return new Set(rows.map((row) => row.case_id));
}

const lineOf = (caseId: string, t: Tally, nth: number): Line => ({
  caseId,
  nth,
  kind: t.kind,
  mark: t.mark,
  at: t.at,
  areaId: t.areaId,
  unitId: t.unitId,
  categoryId: t.categoryId,
});

const keyOf = (line: Line): [number, string, number] => [line.at, line.caseId, line.nth];

/** Below nought where `a` stands first: the latest first, as ORDER says. */
function inOrder(a: readonly KeyValue[], b: readonly KeyValue[]): number {
  for (const [i, value] of a.entries()) {
    const other = b[i] ?? '';
    if (value !== other) {
      return value > other ? -1 : 1;
    }
  }
  return 0;
}

/** A page out of the index of the unit, or merged from the heads of the areas' own, with what stood there then. */
export async function pageOfTallies(
  db: Reader,
  { gen, now }: Standing,
  listed: Listed,
  change: Change,
  query: Pick<StatisticsCasesQuery, 'after' | 'limit'>,
): Promise<Page<Line>> {
  const { selection, wanted } = listed;
  const { from, to } = boundsOf(listed, now);
  const base = db
    .selectFrom('tally')
    .where('gen', '=', gen)
    .where('kind', '=', wanted.kind)
    .where('at', '>=', from)
    .where('at', '<=', to)
    .$if(wanted.only !== null, (qb) => qb.where('mark', 'in', [...(wanted.only ?? [])]))
    .$if(wanted.but !== null, (qb) => qb.where('mark', 'not in', [...(wanted.but ?? [])]))
    .where((eb) => eb.and(selection.where))
    .$if(listed.member !== undefined, (qb) => qb.where('case_id', 'in', ofMember(db, listed.member ?? '')))
    .select([
      'case_id as caseId',
      'case_id',
      'nth',
      'kind',
      'mark',
      'at',
      'area_id as areaId',
      'unit_id as unitId',
      'category_id as categoryId',
    ]);
  const { areas, where } = selection;
  const heads =
    where.unit_id !== undefined || areas === null
      ? [areas === null ? base : base.where('area_id', 'in', [...areas, ''])]
      : areas.map((areaId) => base.where('area_id', '=', areaId));
  // So many more that a page is full when those that moved on are taken out.
  const enough = query.limit + change.gone;
  const rows: Line[] = [];
  for (let i = 0; i < heads.length; i += AT_ONCE) {
    const [first, ...others] = heads
      .slice(i, i + AT_ONCE)
      .map((head) => db.selectFrom(keyset(head, ORDER, enough, query.after).as('head')).selectAll());
    const found = first ? await others.reduce((all, head) => all.unionAll(head), first).execute() : [];
    rows.push(...found.map((row) => ({ ...row, at: Number(row.at) })));
  }
  const after = query.after === undefined ? null : decodeCursor(query.after, ORDER);
  const ordered = [
    ...rows.filter(({ caseId }) => !change.ids.has(caseId)),
    ...change.then.filter((line) => after === null || inOrder(keyOf(line), after) > 0),
  ].toSorted((a, b) => inOrder(keyOf(a), keyOf(b)));
  return pageOf(ordered, query.limit, keyOf);
}

const ofMember = (db: Reader, personId: string) =>
  db
    .selectFrom('case_author')
    .select('case_id')
    .where('person_id', '=', personId)
    .where('joined', 'in', [...JOINED]);

/** Of one member's few cases they are counted one by one. */
async function countOfMember(
  db: Reader,
  { gen, now }: Standing,
  listed: Listed,
  member: string,
): Promise<number> {
  const { selection, wanted } = listed;
  const { from, to } = boundsOf(listed, now);
  const { n } = await db
    .selectFrom('tally')
    .where('gen', '=', gen)
    .where('kind', '=', wanted.kind)
    .where('at', '>=', from)
    .where('at', '<=', to)
    .where('area_id', 'in', [...(selection.areas ?? []), ''])
    .where('case_id', 'in', ofMember(db, member))
    .$if(wanted.only !== null, (qb) => qb.where('mark', 'in', [...(wanted.only ?? [])]))
    .$if(wanted.but !== null, (qb) => qb.where('mark', 'not in', [...(wanted.but ?? [])]))
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(n);
}

async function totalOf(db: Reader, standing: Standing, listed: Listed, change: Change): Promise<number> {
  const { selection, wanted, period, member } = listed;
  if (member !== undefined) {
    return (await countOfMember(db, standing, listed, member)) - change.gone + change.then.length;
  }
  const rows = await readSums(db, {
    ...standing,
    ...selection,
    kinds: [wanted.kind],
    from: period.from,
    to: period.to,
    by: [],
  });
  const now = rows
    .filter(({ mark }) => wanted.only?.includes(mark) ?? true)
    .filter(({ mark }) => !wanted.but?.includes(mark))
    .reduce((sum, { n }) => sum + n, 0);
  return now - change.gone + change.then.length;
}

/** As of the place and moment the query names; as things are now where it names none. Throws conflict where it cannot. */
export async function listCounted(
  deps: ListDeps,
  viewer: Actor,
  query: StatisticsCasesQuery,
): Promise<StatisticsCasePage> {
  if (query.age !== undefined) {
    return listInHand(deps, viewer, query);
  }
  const wanted = wantedOf(query);
  const then = thenOf(query, deps.clock.businessNow());
  const { selection, period, now } = asked(deps, viewer, query, then?.now);
  if (query.member !== undefined) {
    committeeOf(selection);
  }
  const listed = { selection, wanted, period, member: query.member };
  const { found, standing } = await readStanding(deps.store, now, async (db, at) => {
    const change = await changeSince(db, deps, listed, at, then);
    const page = await pageOfTallies(db, at, listed, change, query);
    return {
      total: await totalOf(db, at, listed, change),
      items: await presentCounted(db, deps, viewer, page.rows, deps.clock.businessNow()),
      after: page.next ?? null,
    };
  });
  const stands = then ? { ...standing, seq: then.seq } : standing;
  return { ...told(stands), title: `${wanted.title} ${many(found.total)}`, ...found };
}
