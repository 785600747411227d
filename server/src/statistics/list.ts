/** The cases behind a figure: as many as it says, at the same place in the history, the latest first. */
import type { StatisticsCasePage, StatisticsCasesQuery } from '@minqing/shared/contract';
import { AHEAD, FIGURES, STAGES, type Period, type TallyKind } from '@minqing/shared/statistics';
import { startOfDay } from '@minqing/shared/time';
import type { Actor } from '@minqing/shared/workflow';
import type { Calendars } from '../cases/index.ts';
import { invalidInput } from '../errors.ts';
import { keyset, pageOf, type KeysetColumn, type Page, type Reader } from '../store/index.ts';
import { asked, type ReadingDeps } from './asked.ts';
import { listInHand } from './list.backlog.ts';
import { presentCounted, type Counted } from './list.present.ts';
import type { Selection } from './scope.ts';
import { readStanding, told, type Standing } from './standing.ts';
import { readSums } from './sums.ts';
import { many } from './words.ts';

export type ListDeps = ReadingDeps & { calendars: Calendars };

/** What is listed: tallies of a kind, with some marks or all but some. */
interface Wanted {
  title: string;
  kind: TallyKind;
  only: readonly number[] | null;
  but: readonly number[] | null;
}

function wantedOf(query: StatisticsCasesQuery): Wanted {
  if (query.stage) {
    return { title: `${STAGES[query.stage].name}用时`, kind: `time:${query.stage}`, only: null, but: null };
  }
  if (!query.figure) {
    throw invalidInput([{ path: 'figure', message: '请说明要看哪个指标的民情' }]);
  }
  const { name, form, of, marks = null, partName, wholeName, restName } = FIGURES[query.figure];
  if (form === 'count') {
    return { title: name, kind: of, only: marks, but: null };
  }
  const part = form === 'mean' ? 'whole' : query.part;
  const words = { part: partName, rest: restName, whole: wholeName }[part];
  return {
    title: `${name} · ${words}`,
    kind: of,
    only: part === 'part' ? marks : null,
    but: part === 'rest' ? marks : null,
  };
}

const ORDER: readonly KeysetColumn[] = [
  { column: 'at', direction: 'desc', type: 'number' },
  { column: 'case_id', direction: 'desc', type: 'string' },
  { column: 'nth', direction: 'desc', type: 'number' },
];
const AT_ONCE = 100;

/** A page out of the index of the unit, or merged from the heads of the areas' own. */
async function pageOfTallies(
  db: Reader,
  { gen, now }: Standing,
  { selection, wanted, period }: { selection: Selection; wanted: Wanted; period: Period },
  query: Pick<StatisticsCasesQuery, 'after' | 'limit'>,
): Promise<Page<Counted & { nth: number }>> {
  const end = startOfDay(period.to + 1) - 1;
  const until = (AHEAD as readonly string[]).includes(wanted.kind) ? Math.min(end, now) : end;
  const base = db
    .selectFrom('tally')
    .where('gen', '=', gen)
    .where('kind', '=', wanted.kind)
    .where('at', '>=', startOfDay(period.from))
    .where('at', '<=', until)
    .$if(wanted.only !== null, (qb) => qb.where('mark', 'in', [...(wanted.only ?? [])]))
    .$if(wanted.but !== null, (qb) => qb.where('mark', 'not in', [...(wanted.but ?? [])]))
    .where((eb) => eb.and(selection.where))
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
  const rows = [];
  for (let i = 0; i < heads.length; i += AT_ONCE) {
    const [first, ...others] = heads
      .slice(i, i + AT_ONCE)
      .map((head) => db.selectFrom(keyset(head, ORDER, query.limit, query.after).as('head')).selectAll());
    rows.push(...(first ? await others.reduce((all, head) => all.unionAll(head), first).execute() : []));
  }
  const ordered = rows
    .map((row) => ({ ...row, at: Number(row.at) }))
    .toSorted((a, b) => b.at - a.at || (a.caseId < b.caseId ? 1 : a.caseId > b.caseId ? -1 : b.nth - a.nth));
  return pageOf(ordered, query.limit, (row) => [row.at, row.caseId, row.nth]);
}

async function totalOf(
  db: Reader,
  standing: Standing,
  { selection, wanted, period }: { selection: Selection; wanted: Wanted; period: Period },
): Promise<number> {
  const rows = await readSums(db, {
    ...standing,
    ...selection,
    kinds: [wanted.kind],
    from: period.from,
    to: period.to,
    by: [],
  });
  return rows
    .filter(({ mark }) => wanted.only?.includes(mark) ?? true)
    .filter(({ mark }) => !wanted.but?.includes(mark))
    .reduce((sum, { n }) => sum + n, 0);
}

export async function listCounted(
  deps: ListDeps,
  viewer: Actor,
  query: StatisticsCasesQuery,
): Promise<StatisticsCasePage> {
  if (query.age !== undefined) {
    return listInHand(deps, viewer, query);
  }
  const wanted = wantedOf(query);
  const { selection, period, now } = asked(deps, viewer, query);
  const what = { selection, wanted, period };
  const { found, standing } = await readStanding(deps.store, now, async (db, at) => {
    const page = await pageOfTallies(db, at, what, query);
    return {
      total: await totalOf(db, at, what),
      items: await presentCounted(db, deps, viewer, page.rows, now),
      after: page.next ?? null,
    };
  });
  return { ...told(standing), title: `${wanted.title} ${many(found.total)}`, ...found };
}
