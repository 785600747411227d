/** 统计: figures with what they are made of, and the cases behind each of them. */
import { z } from 'zod';
import { FIGURE_NAMES } from '../statistics/figures.ts';
import { FLOW_END_NAMES, FLOW_STEP_NAMES, FLOW_STEPS } from '../statistics/flow.ts';
import { PERIOD_NAMES } from '../statistics/period.ts';
import { STAGE_NAMES } from '../statistics/tallies.ts';

const id = z.string().min(1).max(64);
const date = z.iso.date('日期格式应为 2026-07-06');
const instant = z.string().describe('ISO 8601 with offset +08:00');

/** What figures can be put apart by. */
export const STATISTICS_SPLITS = {
  none: '合计',
  area: '按地区',
  unit: '按单位',
  category: '按类别',
  sector: '按界别',
  place: '按事发地',
  day: '按天',
  week: '按周',
  month: '按月',
} as const;
export type StatisticsSplit = keyof typeof STATISTICS_SPLITS;
const splits = Object.keys(STATISTICS_SPLITS) as [StatisticsSplit, ...StatisticsSplit[]];

/** Whose figures, of when, narrowed to what. */
export const statisticsFilter = z.object({
  desk: z.string().min(1).max(120).describe('From GET /api/statistics/desks: an area’s or a unit’s'),
  period: z.enum(PERIOD_NAMES).default('year'),
  within: date.optional().describe('A day of the period asked for; today where it is left out'),
  from: date.optional().describe('Of a custom period; counted'),
  to: date.optional().describe('Of a custom period; counted'),
  area: id.optional().describe('The receiving area, with everything below it'),
  unit: id.optional(),
  category: id.optional(),
  sector: id.optional(),
  place: id.optional().describe('Where the matter is'),
});
export type StatisticsFilter = z.output<typeof statisticsFilter>;

/** Every answer says up to where it counts: a place in the history, and the moment it was asked. */
const standing = {
  /** Of the last event that is counted. */
  seq: z.number(),
  /** Another number once everything was counted anew; 0 of what is not summed. */
  counting: z.number(),
  asOf: instant,
  /** 「截至 7月7日 周二 15:00」 */
  asOfText: z.string(),
};

/** Where an answer stands; its numbers hand it to the lists they open. */
export interface StatisticsStanding {
  seq: number;
  counting: number;
  asOf: string;
}

/** What the link of a number brings along: the list then is the one of that place and moment. */
const placed = {
  seq: z.coerce.number().int().min(0).optional().describe('Of the figure; as things are now where left out'),
  counting: z.coerce.number().int().min(0).optional().describe('Of the figure'),
  asOf: z.string().max(40).optional().describe('Of the figure'),
};

const periodView = z.object({
  name: z.enum(PERIOD_NAMES),
  from: z.string(),
  to: z.string(),
  /** 「2026年1月1日至7月7日」 */
  text: z.string(),
});
export type StatisticsPeriod = z.output<typeof periodView>;

/** How a figure compares with an earlier one. */
export const comparisonView = z.object({
  part: z.number(),
  whole: z.number(),
  value: z.number().nullable(),
  text: z.string(),
  direction: z.enum(['up', 'down', 'same']),
  /** Null where neither direction is better. */
  better: z.boolean().nullable(),
  /** 「比去年同期高 1.3 个百分点」 */
  phrase: z.string(),
});
export type ComparisonView = z.output<typeof comparisonView>;

export const figureView = z.object({
  id: z.enum(FIGURE_NAMES),
  name: z.string(),
  form: z.enum(['count', 'rate', 'mean']),
  part: z.number(),
  whole: z.number(),
  /** A count; percent with one decimal; a mean with two. Null where there is nothing to divide by. */
  value: z.number().nullable(),
  /** 「93.7%」, 「1,142」, 「4.6」, 「—」 */
  text: z.string(),
  /** 「已答复且不在整改 23,295 ÷ 已交办 24,870」; empty of a count */
  fraction: z.string(),
  /** 环比; null where it was not asked for or the periods before hold nothing. */
  last: comparisonView.nullable(),
  /** 同比 */
  year: comparisonView.nullable(),
});
export type FigureView = z.output<typeof figureView>;

export const figureGroup = z.object({
  /** What a list is narrowed to: the id, or of a time its first day. Empty: counted under none. */
  key: z.string(),
  name: z.string(),
  /** Of a piece of time, its days. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  figures: z.array(figureView),
  /** From 1; null where it has too few to be ranked, or nothing is ranked by. */
  rank: z.number().nullable(),
});
export type FigureGroup = z.output<typeof figureGroup>;

export const figuresQuery = statisticsFilter.extend({
  split: z.enum(splits).default('none'),
  figures: z
    .string()
    .regex(/^[\w:,]{1,900}$/, '指标名不对')
    .optional()
    .describe('Names with commas between; the usual ones where it is left out'),
  rankBy: z
    .enum(FIGURE_NAMES)
    .optional()
    .describe('Orders the groups, best first, and ranks those with enough'),
  compare: z.stringbool().default(true).describe('Also the period before and the year before'),
});
export type FiguresQuery = z.output<typeof figuresQuery>;

export const figuresView = z.object({
  ...standing,
  period: periodView,
  figures: z.array(figureView),
  groups: z.array(figureGroup),
  /** 参与率, for an area as a whole. */
  participation: z
    .object({
      part: z.number(),
      whole: z.number(),
      value: z.number().nullable(),
      text: z.string(),
      fraction: z.string(),
    })
    .nullable(),
  /** Groups with fewer in the denominator are not ranked. */
  leastRanked: z.number(),
  /** 「另有 27 个单位不足 30 件，不参加排名」; empty where all are ranked */
  unrankedText: z.string(),
});
export type FiguresView = z.output<typeof figuresView>;

export const stageFigure = z.object({
  stage: z.enum(STAGE_NAMES),
  name: z.string(),
  /** 「从首轮交办到单位提交答复，扣除计时暂停」 */
  formula: z.string(),
  count: z.number(),
  meanMinutes: z.number().nullable(),
  /** Nine of ten took no longer. */
  p90Minutes: z.number().nullable(),
  /** 「16.8 小时」, 「—」 */
  meanText: z.string(),
  p90Text: z.string(),
  /** 「比去年同期快 2.4 小时」; null where there is nothing to compare with */
  last: z.object({ minutes: z.number(), faster: z.boolean().nullable(), phrase: z.string() }).nullable(),
  year: z.object({ minutes: z.number(), faster: z.boolean().nullable(), phrase: z.string() }).nullable(),
});
export type StageFigure = z.output<typeof stageFigure>;

export const stagesQuery = statisticsFilter.extend({
  split: z.enum(['none', 'unit', 'category', 'day', 'week', 'month']).default('none'),
  stage: z.enum(STAGE_NAMES).default('handle').describe('The stage groups are told of, slowest first'),
});
export type StagesQuery = z.output<typeof stagesQuery>;

export const stagesView = z.object({
  ...standing,
  period: periodView,
  stages: z.array(stageFigure),
  groups: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      from: z.string().nullable(),
      to: z.string().nullable(),
      figure: stageFigure,
      /** 1 is the slowest; null with too few. */
      rank: z.number().nullable(),
    }),
  ),
  leastRanked: z.number(),
  unrankedText: z.string(),
});
export type StagesView = z.output<typeof stagesView>;

export const flowView = z.object({
  ...standing,
  period: periodView,
  steps: z.array(
    z.object({
      id: z.enum(FLOW_STEPS.map((step) => step.id)),
      name: z.string(),
      count: z.number(),
      /** Who stopped or left here; the figure `at:<id>` opens them. With the next step they make up `count`. */
      ends: z.array(z.object({ id: z.enum(FLOW_END_NAMES), name: z.string(), count: z.number() })),
    }),
  ),
});
export type FlowView = z.output<typeof flowView>;

export const backlogView = z.object({
  ...standing,
  /** Accepted and not answered, or being done again. */
  total: z.number(),
  late: z.number(),
  /** 「1,575 件在办，其中 1,361 件等承办单位，164 件超期」 */
  sentence: z.string(),
  /** By working days since the first dispatch; of those not dispatched since the report. */
  ages: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      count: z.number(),
      late: z.number(),
      /** Of them, those that wait for the unit. */
      unit: z.number(),
    }),
  ),
  /** Whom they wait for. */
  movers: z.array(
    z.object({ id: z.string(), label: z.string(), unit: z.boolean(), count: z.number(), late: z.number() }),
  ),
  /** Why the late ones are late, the most first; `unit` where the unit can end it. */
  reasons: z.array(z.object({ id: z.string(), label: z.string(), unit: z.boolean(), count: z.number() })),
  /** The areas right below, each with everything below it, as figures are put apart; empty for a unit. */
  areas: z.array(z.object({ key: z.string(), name: z.string(), count: z.number(), late: z.number() })),
});
export type BacklogView = z.output<typeof backlogView>;

export const statisticsCasesQuery = statisticsFilter.extend({
  ...placed,
  figure: z.enum(FIGURE_NAMES).optional(),
  stage: z.enum(STAGE_NAMES).optional().describe('Instead of a figure: the cases that went through a stage'),
  step: z
    .enum(FLOW_STEP_NAMES)
    .optional()
    .describe('Instead of a figure: reports that came as far as a step'),
  age: z.string().max(20).optional().describe('Instead of a figure: an age of the backlog, or `all`'),
  mover: z.string().max(20).optional().describe('With an age: whom they wait for; `units` for any unit'),
  member: id.optional().describe('With a figure, at a committee’s desk: of one of its members'),
  late: z.stringbool().optional().describe('With an age: only those past due'),
  reason: z.string().max(40).optional().describe('With an age and `late`: why they are'),
  part: z
    .enum(['part', 'rest', 'whole'])
    .default('whole')
    .describe('Of a rate: the numerator, what is missing to the denominator, or the denominator'),
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type StatisticsCasesQuery = z.output<typeof statisticsCasesQuery>;

export const statisticsCase = z.object({
  /** Null where this person may not open it: it is counted, and no more is told. */
  id: z.string().nullable(),
  number: z.string(),
  title: z.string(),
  stateLabel: z.string(),
  category: z.string(),
  area: z.string(),
  unit: z.string(),
  /** What it is counted for: 「7月7日 周二 14:30」 */
  atText: z.string(),
  at: instant,
  /** 「按期」, 「五星」, 「用 1.5 个工作日」; empty where nothing tells it apart */
  note: z.string(),
});
export type StatisticsCase = z.output<typeof statisticsCase>;

export const statisticsCasePage = z.object({
  ...standing,
  /** 「按期率 · 没有按期 823」 */
  title: z.string(),
  items: z.array(statisticsCase),
  after: z.string().nullable(),
  /** Exactly the figure, at the same `seq`. */
  total: z.number(),
});
export type StatisticsCasePage = z.output<typeof statisticsCasePage>;

export const statisticsDesks = z.object({
  desks: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['area', 'unit']),
      /** 「金华市」, 「市公安局交警支队」 */
      title: z.string(),
      roleLabel: z.string(),
      areaId: z.string(),
      unitId: z.string().nullable(),
      /** Whether it reads what each member reported: a committee’s own. */
      members: z.boolean(),
      /** The areas whose figures it may read, its own first. */
      areas: z.array(z.object({ id: z.string(), name: z.string(), parentId: z.string().nullable() })),
    }),
  ),
  /** Has a record of its own: GET /api/statistics/record. */
  member: z.boolean(),
});
export type StatisticsDesks = z.output<typeof statisticsDesks>;

export const topicsView = z.object({
  ...standing,
  period: periodView,
  words: z.array(
    z.object({
      word: z.string(),
      count: z.number(),
      /** In the period before. */
      before: z.number(),
      /** 「增 38%」, 「减 6%」, 「新出现」, 「持平」 */
      changeText: z.string(),
      rising: z.boolean(),
    }),
  ),
  /** The same kind of problem in the same place. */
  clusters: z.array(
    z.object({
      category: z.object({ id: z.string(), name: z.string() }),
      place: z.object({ id: z.string(), name: z.string() }),
      /** The words most of its cases share. */
      words: z.array(z.string()),
      count: z.number(),
      before: z.number(),
      changeText: z.string(),
    }),
  ),
  /** 每月一题: what came up in each of the last months again and again. */
  recurring: z.array(
    z.object({
      word: z.string(),
      months: z.number(),
      count: z.number(),
      text: z.string(),
      /** The days looked back at, the first and the last. */
      from: z.string(),
      to: z.string(),
    }),
  ),
});
export type TopicsView = z.output<typeof topicsView>;

export const topicCasesQuery = statisticsFilter.extend({
  ...placed,
  word: z.string().min(1).max(32).optional(),
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type TopicCasesQuery = z.output<typeof topicCasesQuery>;

export const ratingsView = z.object({
  ...standing,
  /** The latest first. */
  items: z.array(
    z.object({
      /** Null where this person may not open it; then without a title. */
      id: z.string().nullable(),
      title: z.string(),
      category: z.string(),
      area: z.string(),
      unit: z.string(),
      stars: z.number(),
      /** 「用 1.5 个工作日」, 「已进入第 2 轮整改」 */
      note: z.string(),
    }),
  ),
});
export type RatingsView = z.output<typeof ratingsView>;

export const ratingsQuery = statisticsFilter.extend({
  limit: z.coerce.number().int().min(1).max(20).default(5),
});
export type RatingsQuery = z.output<typeof ratingsQuery>;

/** Where a unit stands among those of its area; nobody else’s place is told. */
export const unitRankView = z.object({
  ...standing,
  period: periodView,
  /** Null with too few. */
  rank: z.number().nullable(),
  /** How many are ranked. */
  of: z.number(),
  /** 「按期率在全市 12 个参加排名的单位里排第 3」 */
  text: z.string(),
});
export type UnitRankView = z.output<typeof unitRankView>;

/** What each member of a committee reported to it, the most first. */
export const memberFiguresView = z.object({
  ...standing,
  period: periodView,
  members: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      sector: z.string(),
      reported: z.number(),
      accepted: z.number(),
      adopted: z.number(),
      rated: z.number(),
      /** Mean of the stars their answers got, one decimal; 「—」 */
      starsText: z.string(),
    }),
  ),
  /** In office at the end and counted for nothing. */
  silent: z.number(),
});
export type MemberFiguresView = z.output<typeof memberFiguresView>;
