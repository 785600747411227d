/** Every number the statistics tell, each with the list it opens: what screens link, without the screens. */
import {
  figuresQuery,
  stagesQuery,
  statisticsCasesQuery,
  statisticsFilter,
  topicCasesQuery,
  type FigureView,
  type StatisticsCasePage,
  type StatisticsStanding,
} from '../../shared/src/contract/index.ts';
import { FIGURE_NAMES } from '../../shared/src/statistics/index.ts';
import type { Actor } from '../../shared/src/workflow/index.ts';
import type { Statistics } from '../../server/src/statistics/index.ts';

export interface Told {
  what: string;
  n: number;
  /** The list's query, with where the number stands. */
  query: Record<string, unknown>;
  topic: boolean;
}

type Filter = Record<string, string>;

const placeOf = ({ seq, counting, asOf }: StatisticsStanding): StatisticsStanding => ({
  seq,
  counting,
  asOf,
});

/** A figure's own number, and of a rate what it is made of. */
function partsOf(figure: FigureView): { part: 'part' | 'rest' | 'whole'; n: number }[] {
  return figure.form === 'rate'
    ? [
        { part: 'part', n: figure.part },
        { part: 'rest', n: figure.whole - figure.part },
        { part: 'whole', n: figure.whole },
      ]
    : [{ part: 'whole', n: figure.whole }];
}

/** Figures with all their parts. */
export async function figures(statistics: Statistics, viewer: Actor, filter: Filter): Promise<Told[]> {
  const all: Told[] = [];
  const add = (what: string, n: number, query: object, at: StatisticsStanding): void => {
    all.push({ what, n, query: { ...filter, ...query, ...placeOf(at) }, topic: false });
  };
  const told = await statistics.figures(
    viewer,
    figuresQuery.parse({ ...filter, compare: 'false', figures: FIGURE_NAMES.join(',') }),
  );
  for (const figure of told.figures) {
    partsOf(figure).forEach(({ part, n }) => add(figure.id, n, { figure: figure.id, part }, told));
  }
  return all;
}

/** Figures month by month, stages, steps and ends of the flow. */
export async function course(statistics: Statistics, viewer: Actor, filter: Filter): Promise<Told[]> {
  const all: Told[] = [];
  const add = (what: string, n: number, query: object, at: StatisticsStanding): void => {
    all.push({ what, n, query: { ...filter, ...query, ...placeOf(at) }, topic: false });
  };
  const apart = await statistics.figures(
    viewer,
    figuresQuery.parse({ ...filter, compare: 'false', split: 'month', figures: 'reported,closed' }),
  );
  for (const { name, from, to, figures } of apart.groups) {
    figures.forEach(({ id, part }) =>
      add(`${name} ${id}`, part, { figure: id, period: 'custom', from, to }, apart),
    );
  }
  const stages = await statistics.stages(viewer, stagesQuery.parse(filter));
  stages.stages.forEach(({ stage, count }) => add(`stage ${stage}`, count, { stage }, stages));
  const flow = await statistics.flow(viewer, statisticsFilter.parse(filter));
  for (const { id, count, ends } of flow.steps) {
    add(`step ${id}`, count, { step: id }, flow);
    ends.forEach((end) => add(`end ${end.id}`, end.count, { figure: `at:${end.id}` }, flow));
  }
  return all;
}

/** What is in hand: by age, the late ones of it, whom it waits for. */
export async function inHand(statistics: Statistics, viewer: Actor, filter: Filter): Promise<Told[]> {
  const backlog = await statistics.backlog(viewer, statisticsFilter.parse(filter));
  const one = (what: string, n: number, query: object): Told => ({
    what,
    n,
    query: { ...filter, ...query, ...placeOf(backlog) },
    topic: false,
  });
  return [
    one('in hand', backlog.total, { age: 'all' }),
    one('late', backlog.late, { age: 'all', late: 'true' }),
    ...backlog.ages.flatMap(({ id, count, late, unit }) => [
      one(`age ${id}`, count, { age: id }),
      one(`age ${id} late`, late, { age: id, late: 'true' }),
      one(`age ${id} units`, unit, { age: id, mover: 'units' }),
    ]),
    ...backlog.movers.flatMap(({ id, count, late }) => [
      one(`mover ${id}`, count, { age: 'all', mover: id }),
      one(`mover ${id} late`, late, { age: 'all', mover: id, late: 'true' }),
    ]),
  ];
}

/** Words, what gathers at a place, what comes back month after month. */
export async function topics(statistics: Statistics, viewer: Actor, filter: Filter): Promise<Told[]> {
  const view = await statistics.topics(viewer, statisticsFilter.parse(filter));
  const one = (what: string, n: number, query: object): Told => ({
    what,
    n,
    query: { ...filter, ...query, ...placeOf(view) },
    topic: true,
  });
  return [
    ...view.words.map(({ word, count }) => one(`word ${word}`, count, { word })),
    ...view.clusters.map(({ category, place, count }) =>
      one(`cluster ${category.id} ${place.id}`, count, { category: category.id, place: place.id }),
    ),
    ...view.recurring.map(({ word, count, from, to }) =>
      one(`recurring ${word}`, count, { word, period: 'custom', from, to }),
    ),
  ];
}

const pageOf = (
  statistics: Statistics,
  viewer: Actor,
  told: Told,
  more: object,
): Promise<StatisticsCasePage> =>
  told.topic
    ? statistics.topicCases(viewer, topicCasesQuery.parse({ ...told.query, ...more }))
    : statistics.cases(viewer, statisticsCasesQuery.parse({ ...told.query, ...more }));

/** What a number's list says of itself, and how many lines its pages hold, each of them once. */
export async function opened(
  statistics: Statistics,
  viewer: Actor,
  told: Told,
  limit = 100,
): Promise<{ seq: number; total: number; lines: number }> {
  let lines = 0;
  for (let after: string | null = ''; after !== null;) {
    const page: StatisticsCasePage = await pageOf(statistics, viewer, told, {
      limit,
      ...(after ? { after } : {}),
    });
    lines += page.items.length;
    after = page.after;
    if (after === null) {
      return { seq: page.seq, total: page.total, lines };
    }
  }
  return { seq: 0, total: 0, lines };
}

/** How long the list is as things are now. */
export async function totalNow(statistics: Statistics, viewer: Actor, told: Told): Promise<number> {
  const { seq: _seq, counting: _counting, asOf: _asOf, ...query } = told.query;
  return (await pageOf(statistics, viewer, { ...told, query }, { limit: 1 })).total;
}
