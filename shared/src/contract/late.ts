/** 督办: what is late, why, and whose move it is; and urging many at once. */
import { z } from 'zod';
import { LATE_REASON_NAMES, MOVERS, type LateMover } from '../statistics/late.ts';

const instant = z.string().describe('ISO 8601 with offset +08:00');
const movers = Object.keys(MOVERS) as [LateMover, ...LateMover[]];

/** What the late cases can be put together by. */
export const LATE_GROUPINGS = { unit: '按单位', stage: '按环节', reason: '按原因', area: '按地区' } as const;
export type LateGrouping = keyof typeof LATE_GROUPINGS;
const groupings = Object.keys(LATE_GROUPINGS) as [LateGrouping, ...LateGrouping[]];

/** Which late cases: of a desk, narrowed. */
export const lateFilter = z.object({
  desk: z
    .string()
    .min(1)
    .max(120)
    .describe('From GET /api/queues: inspector, leader, dispatcher or reviewer'),
  reason: z.enum(LATE_REASON_NAMES).optional(),
  area: z.string().min(1).max(64).optional().describe('Where the matter is'),
  mover: z.enum(movers).optional().describe('Whose move'),
});
export type LateFilter = z.output<typeof lateFilter>;
export const lateGrouping = z.enum(groupings);

export const lateSummary = z.object({
  desk: z.object({ id: z.string(), title: z.string(), area: z.string() }),
  /** The desks this person can watch from; the first is the one that opens. */
  desks: z.array(z.object({ id: z.string(), title: z.string() })),
  /** 「164 件超期，其中 26 件不是单位的责任」 */
  sentence: z.string(),
  /** 「在办 2,013 件，临近到期 238 件。21 件在等三服务办改派。」 */
  detail: z.string(),
  late: z.number(),
  notUnit: z.number(),
  running: z.number(),
  soon: z.number(),
  /** Why, most first; only reasons there are. Their counts make up `late`. */
  reasons: z.array(
    z.object({ id: z.enum(LATE_REASON_NAMES), label: z.string(), count: z.number(), unit: z.boolean() }),
  ),
  areas: z.array(z.object({ id: z.string(), name: z.string(), count: z.number() })),
  movers: z.array(z.object({ id: z.enum(movers), label: z.string(), count: z.number() })),
  /** Whether this person may urge from this desk. */
  mayUrge: z.boolean(),
  asOf: instant,
  /** 「7月7日 周二 15:00」 */
  asOfText: z.string(),
});
export type LateSummary = z.output<typeof lateSummary>;

export const lateGroup = z.object({
  key: z.string(),
  name: z.string(),
  late: z.number(),
  /** Of them, those that are the unit's to end: what ticking the group selects. */
  unitMoves: z.number(),
  running: z.number(),
  /** By stage, in the order of the workflow; empty where the groups are no units or areas. */
  stages: z.array(z.object({ id: z.string(), running: z.number(), late: z.number() })),
  /** 「9 天 2 小时」 of working time, the longest in the group; empty when none is late. */
  longestText: z.string(),
  /** 「没有答复 11 · 转办两次以上 5」; of a reason, whose move it is */
  reasonsText: z.string(),
  /** 「昨天 16:20」, 「没催过」 */
  urgedText: z.string(),
});
export type LateGroup = z.output<typeof lateGroup>;

export const lateGroupPage = z.object({
  items: z.array(lateGroup),
  after: z.string().nullable(),
  /** Groups with something late, all pages together. */
  total: z.number(),
});
export type LateGroupPage = z.output<typeof lateGroupPage>;

export const lateItem = z.object({
  id: z.string(),
  number: z.string(),
  title: z.string(),
  area: z.string(),
  /** 「办理中 · 第 2 轮」 */
  stageText: z.string(),
  /** 「超 9 天 2 小时」, working time */
  overText: z.string(),
  /** 「7月2日 周四 17:00 前答复，限 3 个工作日」 */
  dueText: z.string(),
  /** 「7月2日 17:00」, where there is little room */
  dueAtText: z.string(),
  /** 「等婺城区住建局答复」 */
  moveText: z.string(),
  reason: z.enum(LATE_REASON_NAMES),
  /** 「转办 3 次」 */
  tag: z.string(),
  /** 「已催 2 次，昨天」「没催过」 */
  urgedText: z.string(),
  /** Is for the unit to end: selected with its group. */
  unit: z.boolean(),
  /** This viewer may urge it now. */
  mayUrge: z.boolean(),
});
export type LateItem = z.output<typeof lateItem>;

export const lateItemPage = z.object({
  items: z.array(lateItem),
  after: z.string().nullable(),
  total: z.number(),
});
export type LateItemPage = z.output<typeof lateItemPage>;

/** The most cases one wish may urge. */
export const MOST_URGED = 1_000;

/** Which cases to urge: named, or all of some groups that are the unit's to end, but those taken out again. */
export const urgeSelection = lateFilter.extend({
  by: lateGrouping.default('unit'),
  groups: z
    .array(
      z.object({
        key: z.string().min(1).max(64),
        except: z.array(z.string().min(1).max(64)).max(MOST_URGED).default([]),
      }),
    )
    .max(200)
    .default([]),
  caseIds: z
    .array(z.string().min(1).max(64))
    .max(MOST_URGED, `一次最多催 ${MOST_URGED} 件，请分几次催`)
    .default([]),
});
export type UrgeSelection = z.input<typeof urgeSelection>;

export const urgePreview = z.object({
  /** 「给交警支队（3 件）、婺城区住建局（1 件）各发 1 条催办，写明…。发出后不能撤回。」 */
  sentence: z.string(),
  count: z.number(),
  /** What to send: exactly the cases the sentence names. */
  caseIds: z.array(z.string()),
  units: z.array(z.object({ name: z.string(), count: z.number() })),
  /** Chosen, and not urged, with why. */
  leftOut: z.array(z.object({ id: z.string(), title: z.string(), why: z.string() })),
});
export type UrgePreview = z.output<typeof urgePreview>;

export const urgesView = z.object({
  id: z.string(),
  /** True until every case was tried and every notice is on its way. */
  open: z.boolean(),
  total: z.number(),
  /** Tried so far. */
  done: z.number(),
  urged: z.number(),
  /** 「已催 17 件，给 2 个单位各发了 1 条」, 「已催 12 件，还有 6 件」 */
  sentence: z.string(),
  units: z.array(z.object({ name: z.string(), count: z.number() })),
  /** Not urged, with why: nothing chosen is lost without a word. */
  skipped: z.array(z.object({ id: z.string(), number: z.string(), title: z.string(), why: z.string() })),
});
export type UrgesView = z.output<typeof urgesView>;
