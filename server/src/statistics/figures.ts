/** Figures of a selection, as a whole and put apart, with what they are compared with. */
import type { FigureGroup, FiguresQuery, FiguresView } from '@minqing/shared/contract';
import {
  before,
  figureFrom,
  FIGURES,
  rateText,
  USUAL_FIGURES,
  yearBefore,
  type FigureName,
  type Period,
  type Rate,
} from '@minqing/shared/statistics';
import { startOfDay } from '@minqing/shared/time';
import type { Actor } from '@minqing/shared/workflow';
import { invalidInput } from '../errors.ts';
import type { Reader } from '../store/index.ts';
import { asked, type ReadingDeps } from './asked.ts';
import { groupingOf, ranked, unrankedText, type Grouping } from './groups.ts';
import type { Selection } from './scope.ts';
import { readStanding, told, type Standing } from './standing.ts';
import { readSums } from './sums.ts';
import { comparison, figureView, lastName, many, NOTHING, periodView, YEAR_NAME } from './words.ts';

/** Marks and how often they are there, by group and kind. */
type Tallied = Map<string, Map<string, Map<number, number>>>;

async function tallied(
  db: Reader,
  standing: Standing,
  { selection, grouping }: { selection: Selection; grouping: Grouping },
  names: readonly FigureName[],
  period: Pick<Period, 'from' | 'to'>,
): Promise<Tallied> {
  const rows = await readSums(db, {
    ...standing,
    ...grouping.ask,
    areas: selection.areas,
    kinds: [...new Set(names.map((name) => FIGURES[name].of))],
    from: period.from,
    to: period.to,
  });
  const found: Tallied = new Map();
  for (const row of rows) {
    const key = grouping.keyOf(row);
    const kinds = found.get(key) ?? new Map<string, Map<number, number>>();
    const marks = kinds.get(row.kind) ?? new Map<number, number>();
    marks.set(row.mark, (marks.get(row.mark) ?? 0) + row.n);
    found.set(key, kinds.set(row.kind, marks));
  }
  return found;
}

const rateIn = (found: Tallied, key: string, name: FigureName): Rate =>
  figureFrom(name, found.get(key)?.get(FIGURES[name].of) ?? new Map());

/** Over all groups: the whole is the sum of its parts, because it is made of them. */
function rateOver(found: Tallied, name: FigureName): Rate {
  const all = [...found.keys()].map((key) => rateIn(found, key, name));
  return {
    part: all.reduce((sum, rate) => sum + rate.part, 0),
    whole: all.reduce((sum, rate) => sum + rate.whole, 0),
  };
}

function namesAsked(text: string | undefined): FigureName[] {
  const names = text?.split(',').filter((name) => name !== '') ?? USUAL_FIGURES;
  const unknown = names.filter((name) => !(name in FIGURES));
  if (unknown.length > 0 || names.length === 0) {
    throw invalidInput([{ path: 'figures', message: `没有这个指标：${unknown.join('、')}` }]);
  }
  return names as FigureName[];
}

export async function readFigures(
  deps: ReadingDeps,
  viewer: Actor,
  query: FiguresQuery,
): Promise<FiguresView> {
  const { selection, period, now } = asked(deps, viewer, query);
  const names = namesAsked(query.figures);
  const rankBy = query.rankBy;
  const wanted = rankBy === undefined || names.includes(rankBy) ? names : [...names, rankBy];
  const least = deps.settings.leastRanked(selection.areaId);
  const grouping = groupingOf(deps, selection, query.split, period);
  const timed = ['day', 'week', 'month'].includes(query.split);
  const { found, standing } = await readStanding(deps.store, now, async (db, at) => {
    const at_ = (p: Period): Promise<Tallied> => {
      const own = timed && p !== period ? groupingOf(deps, selection, 'none', p) : grouping;
      return tallied(db, at, { selection, grouping: own }, wanted, p);
    };
    return {
      now: await at_(period),
      last: query.compare ? await at_(before(period)) : undefined,
      year: query.compare ? await at_(yearBefore(period)) : undefined,
      participation: await participationOf(db, deps, selection, period, now),
    };
  });
  const viewOf = (name: FigureName, of: (from: Tallied) => Rate) => {
    const own = of(found.now);
    return figureView(name, own, {
      last: comparison(name, own, found.last && of(found.last), lastName(period)),
      year: comparison(name, own, found.year && of(found.year), YEAR_NAME),
    });
  };
  const keys = query.split === 'none' ? [] : [...new Set([...grouping.always, ...found.now.keys()])];
  const groups = keys.map((key): FigureGroup & { value: number | null; whole: number } => {
    const figures = names.map((name) =>
      timed
        ? figureView(name, rateIn(found.now, key, name), { last: null, year: null })
        : viewOf(name, (from) => rateIn(from, key, name)),
    );
    const by = rankBy ?? names[0] ?? 'reported';
    const rate = rateIn(found.now, key, by);
    const { value } = figureView(by, rate, { last: null, year: null });
    return { ...grouping.groupOf(key), figures, rank: null, value, whole: rate.whole };
  });
  const by = FIGURES[rankBy ?? names[0] ?? 'reported'];
  const order = by.good === 'less' ? 'ascending' : 'descending';
  const inOrder = timed
    ? groups.map((item) => ({ item, rank: null }))
    : ranked(groups, order, by.form === 'count' ? 1 : least);
  const unranked = rankBy ? inOrder.filter(({ rank, item }) => rank === null && item.whole > 0).length : 0;
  return {
    ...told(standing),
    period: periodView(period),
    figures: names.map((name) => viewOf(name, (from) => rateOver(from, name))),
    groups: inOrder.map(({ item: { value: _value, whole: _whole, ...group }, rank }) => ({
      ...group,
      rank: rankBy ? rank : null,
    })),
    participation: found.participation,
    leastRanked: least,
    unrankedText: timed ? '' : unrankedText(query.split, unranked, least),
  };
}

/** 参与率: how many of those in office at the end reported anything meanwhile. Costs one look a member. */
async function participationOf(
  db: Reader,
  { directory, settings }: ReadingDeps,
  { sphere, cut, areas, areaId }: Selection,
  period: Period,
  now: number,
): Promise<FiguresView['participation']> {
  if (sphere.kind !== 'area' || cut !== 'all') {
    return null;
  }
  const committees = directory
    .allUnits()
    .filter((unit) => unit.type === 'committee' && areas?.includes(unit.areaId))
    .map((unit) => unit.id);
  if (committees.length === 0) {
    return null;
  }
  const end = Math.min(startOfDay(period.to + 1) - 1, now);
  const begin = Math.max(startOfDay(period.from), settings.liveFrom(areaId));
  const row = await db
    .selectFrom((eb) =>
      eb
        .selectFrom('membership')
        .select('person_id')
        .distinct()
        .where('committee_id', 'in', committees)
        .where('from_at', '<=', end)
        .where((or) => or.or([or('to_at', 'is', null), or('to_at', '>', end)]))
        .as('member'),
    )
    .select((eb) => [
      eb.fn.countAll<number>().as('whole'),
      eb.fn
        .sum<number>(
          eb
            .case()
            .when(
              eb.exists(
                eb
                  .selectFrom('case_author')
                  .select('case_id')
                  .whereRef('case_author.person_id', '=', 'member.person_id')
                  .where('case_author.submitted_at', '>=', begin)
                  .where('case_author.submitted_at', '<=', end)
                  .where('case_author.joined', 'in', ['first', 'accepted']),
              ),
            )
            .then(1)
            .else(0)
            .end(),
        )
        .as('part'),
    ])
    .executeTakeFirstOrThrow();
  const rate = { part: Number(row.part ?? 0), whole: Number(row.whole) };
  const text = rateText(rate);
  return {
    ...rate,
    value: text === '' ? null : Number.parseFloat(text),
    text: text || NOTHING,
    fraction: `提交过的委员 ${many(rate.part)} ÷ 委员 ${many(rate.whole)}`,
  };
}
