/** The tables of 统计 as a workbook: every figure with what it is made of, what it means and what it leaves out. */
import type {
  BacklogView,
  FigureView,
  FiguresView,
  FlowView,
  StagesView,
  StatisticsFilter,
  TopicsView,
} from '@minqing/shared/contract';
import { FIGURES, PARTICIPATION, type FigureName } from '@minqing/shared/statistics';
import type { Actor } from '@minqing/shared/workflow';
import type { Statistics } from '../statistics/index.ts';
import {
  part,
  yesCell,
  type Cell,
  type Column,
  type ColumnOf,
  type Part,
  type Sheet,
} from '../workbook/index.ts';

const GROUPED: readonly FigureName[] = [
  'reported',
  'dispatched',
  'replied',
  'closed',
  'closeRate',
  'onTimeRate',
  'solvedRate',
  'satisfactionRate',
  'reworkRate',
  'stars',
];
const SPLITS = [
  { split: 'area', name: '各地', head: '地区' },
  { split: 'unit', name: '承办单位', head: '单位' },
  { split: 'category', name: '类别', head: '类别' },
  { split: 'month', name: '按月', head: '月份' },
] as const;

/** Rates as shares, so that they can be sorted and charted; null where there is nothing to divide by. */
const cellOf = ({ form, part: share, whole, value }: FigureView): Cell =>
  form === 'rate' ? (whole === 0 ? null : share / whole) : value;

const kindOf = (id: FigureName): Column['kind'] =>
  ({ count: 'count', rate: 'percent', mean: 'decimal' } as const)[FIGURES[id].form];

/** A line of the overall sheet: a figure, or what the figures are about. */
interface OverallLine {
  name?: string;
  text?: string;
  fraction?: string;
  last?: string | undefined;
  year?: string | undefined;
  formula?: string;
  leavesOut?: string;
}

/** The figures with what they mean and leave out; at the end of when and up to when they are. */
export const OVERALL = part(
  '总体',
  ({ figures, participation, period, asOfText, seq }: FiguresView): OverallLine[] => [
    ...figures.map((figure) => ({
      name: figure.name,
      text: figure.text,
      fraction: figure.fraction,
      last: figure.last?.phrase,
      year: figure.year?.phrase,
      formula: FIGURES[figure.id].formula,
      leavesOut: FIGURES[figure.id].leavesOut,
    })),
    ...(participation ? [{ ...PARTICIPATION, ...participation }] : []),
    {},
    { name: '时间', text: period.text },
    { name: '截至', text: asOfText },
    { name: '记录号', text: String(seq) },
  ],
  [
    ['指标', 16, (line) => line.name ?? null],
    ['数值', 12, (line) => line.text ?? null],
    ['怎么得来', 46, (line) => line.fraction ?? null, 'wrapped'],
    ['环比', 26, (line) => line.last ?? null],
    ['同比', 26, (line) => line.year ?? null],
    ['公式', 52, (line) => line.formula ?? null, 'wrapped'],
    ['不计', 44, (line) => line.leavesOut ?? null, 'wrapped'],
  ],
);

export const STAGES = part('各环节用时', ({ stages }: StagesView) => stages, [
  ['环节', 12, (stage) => stage.name],
  ['件数', 10, (stage) => stage.count, 'count'],
  ['平均', 14, (stage) => stage.meanText],
  ['九成在…以内', 16, (stage) => stage.p90Text],
  ['同比', 26, (stage) => stage.year?.phrase ?? null],
  ['从哪里到哪里', 60, (stage) => stage.formula, 'wrapped'],
]);

interface FlowLine {
  step: FlowView['steps'][number];
  end: FlowView['steps'][number]['ends'][number] | null;
}
const flowLines = ({ steps }: FlowView): FlowLine[] =>
  steps.flatMap((step) => [{ step, end: null }, ...step.ends.map((end) => ({ step, end }))]);

export const FLOW = part('从上报到满意', flowLines, [
  ['步骤', 14, ({ step }) => step.name],
  ['停在或离开这一步', 26, ({ end }) => end?.name ?? null],
  ['件数', 10, ({ step, end }) => (end ?? step).count, 'count'],
]);

export const AGES = part('在办多久', ({ ages }: BacklogView) => ages, [
  ['在办多久', 14, (age) => age.label],
  ['件数', 10, (age) => age.count, 'count'],
  ['其中等承办单位', 16, (age) => age.unit, 'count'],
  ['其中超期', 10, (age) => age.late, 'count'],
]);
export const MOVERS = part('在等谁', ({ movers }: BacklogView) => movers, [
  ['在等谁', 18, (mover) => mover.label],
  ['是承办单位', 12, (mover) => yesCell(mover.unit)],
  ['件数', 10, (mover) => mover.count, 'count'],
  ['其中超期', 10, (mover) => mover.late, 'count'],
]);
export const REASONS = part('为什么超期', ({ reasons }: BacklogView) => reasons, [
  ['原因', 22, (reason) => reason.label],
  ['单位能办', 10, (reason) => yesCell(reason.unit)],
  ['件数', 10, (reason) => reason.count, 'count'],
]);

export const TOPICS = part('热点', ({ words }: TopicsView) => words, [
  ['说得最多的', 20, (topic) => topic.word],
  ['件数', 10, (topic) => topic.count, 'count'],
  ['上期', 10, (topic) => topic.before, 'count'],
  ['比上期', 14, (topic) => topic.changeText],
]);
export const CLUSTERS = part('同一处的同类问题', ({ clusters }: TopicsView) => clusters, [
  ['地点', 20, (cluster) => cluster.place.name],
  ['类别', 16, (cluster) => cluster.category.name],
  ['共同的词', 30, (cluster) => cluster.words.join('、'), 'wrapped'],
  ['件数', 10, (cluster) => cluster.count, 'count'],
  ['比上期', 14, (cluster) => cluster.changeText],
]);
export const RECURRING = part('每月一题', ({ recurring }: TopicsView) => recurring, [
  ['词', 20, (topic) => topic.word],
  ['几个月里出现', 14, (topic) => topic.months, 'count'],
  ['件数', 10, (topic) => topic.count, 'count'],
  ['说明', 44, (topic) => topic.text, 'wrapped'],
]);

/** A sheet as it stands, unless it has no rows. */
const filled = <A>(one: Part<A>, answer: A): Sheet[] => {
  const rows = one.cells(answer);
  return rows.length > 0 ? [{ ...one, pages: [rows] }] : [];
};

type Group = FiguresView['groups'][number];
const figureColumn = (id: FigureName): ColumnOf<Group> => [
  FIGURES[id].name,
  11,
  ({ figures }) => {
    const figure = figures.find((each) => each.id === id);
    return figure ? cellOf(figure) : null;
  },
  kindOf(id),
];

/** One sheet a split: the figures of each area, unit, category, month. */
export const GROUPS = SPLITS.map(({ split, name, head }) => ({
  split,
  sheet: part(name, ({ groups }: FiguresView) => groups, [
    [head, 24, (group: Group) => group.name],
    ...GROUPED.map(figureColumn),
  ]),
}));

/** All sheets, read at the same standing as the page shows. Throws when the viewer may not read them. */
export async function figureSheets(
  statistics: Pick<Statistics, 'backlog' | 'desks' | 'figures' | 'flow' | 'stages' | 'topics'>,
  viewer: Actor,
  filter: StatisticsFilter,
): Promise<{ sheets: Sheet[]; period: string }> {
  const whole = await statistics.figures(viewer, { ...filter, split: 'none', compare: true });
  const stages = await statistics.stages(viewer, { ...filter, split: 'none', stage: 'handle' });
  const sheets: Sheet[] = [
    { ...OVERALL, pages: [OVERALL.cells(whole)] },
    { ...STAGES, pages: [STAGES.cells(stages)] },
  ];
  for (const { split, sheet } of GROUPS) {
    const view = await statistics.figures(viewer, {
      ...filter,
      split,
      figures: GROUPED.join(','),
      compare: false,
    });
    sheets.push(...filled(sheet, view));
  }
  const backlog = await statistics.backlog(viewer, filter);
  sheets.push(
    ...filled(FLOW, await statistics.flow(viewer, filter)),
    ...[AGES, MOVERS, REASONS].flatMap((one) => filled(one, backlog)),
  );
  if (statistics.desks(viewer).desks.some(({ id, kind }) => id === filter.desk && kind === 'area')) {
    const topics = await statistics.topics(viewer, filter);
    sheets.push(...filled(TOPICS, topics), ...filled(CLUSTERS, topics), ...filled(RECURRING, topics));
  }
  return { sheets, period: whole.period.text };
}
