/** 履职档案 of a member, and what administrators set about figures and points. */
import { z } from 'zod';
import { LAST_MONTHLY_DAY, MONTHLY_ROLES } from '../statistics/monthly.ts';
import { POINT_ACT_NAMES } from '../statistics/points.ts';
import { unitRef } from './views.ts';

const id = z.string().min(1).max(64);
const date = z.iso.date('日期格式应为 2026-07-06');
const instant = z.string().describe('ISO 8601 with offset +08:00');

/** 履职档案: a member's own year. */
export const memberRecord = z.object({
  /** Of the last event that is counted; the lists of its numbers take it. */
  seq: z.number(),
  asOf: instant,
  asOfText: z.string(),
  year: z.number(),
  /** Years there is anything of, newest first. */
  years: z.array(z.number()),
  name: z.string(),
  /** 「您提的民情，解决了 7 个问题」 */
  sentence: z.string(),
  /** 「提交 12 件，受理 11 件，办结 9 件」 */
  detail: z.string(),
  submitted: z.number(),
  accepted: z.number(),
  closed: z.number(),
  solved: z.number(),
  supported: z.number(),
  adopted: z.number(),
  /** Every month up to now. */
  months: z.array(z.object({ month: z.number(), closed: z.number(), open: z.number() })),
  points: z.object({
    total: z.number(),
    cap: z.number().nullable(),
    uncapped: z.number(),
    /** 「比去年同期多 9 分」; empty without a year before */
    comparison: z.string(),
    items: z.array(
      z.object({ act: z.enum(POINT_ACT_NAMES), name: z.string(), count: z.number(), points: z.number() }),
    ),
  }),
  stars: z.object({
    /** One decimal; null while nothing was rated. */
    mean: z.number().nullable(),
    rated: z.number(),
    five: z.number(),
    /** 「9 件，五星 5 件」 */
    text: z.string(),
  }),
});
export type MemberRecord = z.output<typeof memberRecord>;

/** The numbers of a record, each of which opens its cases. */
export const RECORD_NUMBERS = {
  submitted: '提交',
  accepted: '受理',
  closed: '办结',
  solved: '解决',
  rated: '评价',
  adopted: '采用',
  supported: '附议',
} as const;
const recordNumbers = Object.keys(RECORD_NUMBERS) as [
  keyof typeof RECORD_NUMBERS,
  ...(keyof typeof RECORD_NUMBERS)[],
];

const calendarYear = z.coerce.number().int().min(2000, '年份不对').max(2100, '年份不对');
export const memberRecordQuery = z.object({ year: calendarYear.optional() });
export const memberRecordCasesQuery = z.object({
  year: calendarYear,
  of: z.enum(recordNumbers).default('submitted'),
  act: z.enum(POINT_ACT_NAMES).optional().describe('Instead of a number: what points were given for'),
  seq: z.coerce.number().int().min(0).optional().describe('Of the record; as things are now where left out'),
  month: z.coerce.number().int().min(1, '月份不对').max(12, '月份不对').optional(),
});

export const memberRecordCases = z.object({
  /** 「2026年3月提交 3 件」 */
  title: z.string(),
  items: z.array(
    z.object({
      id: z.string(),
      number: z.string(),
      title: z.string(),
      stateLabel: z.string(),
      submittedText: z.string(),
    }),
  ),
});
export type MemberRecordCases = z.output<typeof memberRecordCases>;

const pointRules = z.object({
  validFrom: date,
  points: z.record(
    z.enum(POINT_ACT_NAMES),
    z.number().int('积分应为整数').min(0, '积分不能为负').max(100, '每项最多 100 分'),
  ),
  yearlyCap: z
    .number()
    .int('封顶应为整数')
    .min(1, '封顶至少 1 分')
    .max(10_000, '封顶最多 10000 分')
    .nullable(),
});
const monthlyRule = z.object({
  on: z.boolean(),
  day: z.number().int('应为整数').min(1, '最早第 1 个工作日').max(LAST_MONTHLY_DAY, '最晚第 10 个工作日'),
  roles: z.array(z.enum(MONTHLY_ROLES)).min(1, '至少选一种收件人').max(MONTHLY_ROLES.length),
});
const ownSettings = z.object({
  /** What was reported before counts nowhere. Null in each: as the area above, or the usual. */
  liveFrom: date.nullable(),
  leastRanked: z.number().int('应为整数').min(1, '至少 1 件').max(100_000, '最多 100000 件').nullable(),
  points: z.array(pointRules).max(50, '最多 50 套积分规则').nullable(),
  /** The figures of a month to those in charge, at the beginning of the next. */
  monthly: monthlyRule.nullable(),
});

/** What an area sets about its figures, and what holds. */
export const statisticsSettings = z.object({
  areaId: z.string(),
  own: ownSettings,
  /** In Shanghai, by the server's clock. */
  today: date,
  liveFrom: date.nullable(),
  leastRanked: z.number(),
  points: z.array(pointRules),
  monthly: monthlyRule,
  /** 「8月3日 周一 08:30 发 7月的，给 2 位」; empty while it is off */
  monthlyNext: z.string(),
  /** 「6月的已在 7月1日 周三 08:30 发给 2 位」; empty where none went out */
  monthlyLast: z.string(),
  acts: z.array(z.object({ act: z.enum(POINT_ACT_NAMES), name: z.string() })),
  /** Everything is being counted anew. */
  counting: z.boolean(),
  /** How far it has come; empty while none runs. */
  countingText: z.string(),
  /** What the last one found; empty where there was none. */
  countedText: z.string(),
  /** Of what was read: a change names it. */
  seen: z.string(),
});
export type StatisticsSettings = z.output<typeof statisticsSettings>;

export const pointsPreviewQuery = z.object({
  areaId: id,
  /** Whose members are looked at; the area's own committee where left out. */
  committeeId: id.optional(),
  rules: pointRules.omit({ validFrom: true }),
});
export type PointsPreviewQuery = z.output<typeof pointsPreviewQuery>;

/** What rules would have made of this year so far. Members' points are their own: nobody is named. */
export const pointsPreview = z.object({
  /** Whose members were looked at; null where the area has no committee. */
  committee: unitRef.nullable(),
  /** Whose could be: of the area and those below it. */
  committees: z.array(unitRef),
  /** Members of the committee with points now or then. */
  members: z.number(),
  more: z.number(),
  less: z.number(),
  same: z.number(),
  capped: z.number(),
  /** From the fewest points to the most: the one in the middle, and the highest. */
  middle: z.object({ before: z.number(), after: z.number() }),
  highest: z.object({ before: z.number(), after: z.number() }),
  /** 「今年到现在有积分的 58 位委员，38 位变多，3 位变少，17 位不变，5 位到封顶」 */
  sentence: z.string(),
});
export type PointsPreview = z.output<typeof pointsPreview>;

export const statisticsSettingsChange = ownSettings.extend({
  areaId: id,
  seen: z.string().max(64).describe('Of the settings as they were read; refused when they changed since'),
});
export type StatisticsSettingsChange = z.output<typeof statisticsSettingsChange>;
