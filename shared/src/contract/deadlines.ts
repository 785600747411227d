/** What the API says of calendars, policies and the working of clocks. */
import { z } from 'zod';
import { URGENCIES } from '../words/index.ts';
import { CLOCKS } from '../workflow/clocks.ts';
import { areaRef } from './views.ts';

const keys = <T extends Record<string, unknown>>(map: T): [keyof T & string, ...(keyof T & string)[]] =>
  Object.keys(map) as [keyof T & string, ...(keyof T & string)[]];
const instant = z.string().describe('ISO 8601 with offset +08:00');
const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, '日期要写成 2027-01-01')
  .describe('YYYY-MM-DD');
const clock = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/, '时间要写成 08:30');
const dayKind = z.enum(['work', 'half', 'off']);

// --- the working of one clock ---

const workingDay = z.object({
  date,
  /** 7月6日 周一 */
  dateText: z.string(),
  kind: dayKind,
  /** 工作日, 周末, 国庆节, or what the area says of the day */
  name: z.string(),
  counted: z.boolean(),
  /** 第 2 天 · 国庆节，不计 · 10:00–12:00 暂停 2 小时 */
  text: z.string(),
});
export type WorkingDayView = z.output<typeof workingDay>;

export const clockWorking = z.object({
  caseId: z.string(),
  clockId: z.string(),
  /** 答复时限 */
  title: z.string(),
  /** 3 个工作日 */
  limitText: z.string(),
  /** How such a limit is counted, in a sentence. */
  ruleText: z.string(),
  startAt: instant,
  startText: z.string(),
  days: z.array(workingDay),
  firstDueText: z.string(),
  /** Whatever moved the due time, in order. */
  moves: z.array(
    z.object({
      kind: z.enum(['pause', 'granted', 'calendar', 'told']),
      title: z.string(),
      text: z.string(),
      dueText: z.string(),
      days: z.array(workingDay),
    }),
  ),
  dueAt: instant,
  dueText: z.string(),
  /** 计时中 · 计时暂停 · 已按时完成 · 已超期 */
  stateText: z.string(),
  light: z.enum(['green', 'amber', 'red', 'paused']),
  /** Why the due time may still move later, or null. */
  provisionalText: z.string().nullable(),
});
export type ClockWorkingView = z.output<typeof clockWorking>;

// --- calendars ---

export const calendarDay = z.object({
  date,
  weekday: z.number(),
  kind: dayKind,
  reason: z.enum(['weekday', 'weekend', 'holiday', 'makeUp', 'override']),
  name: z.string(),
  /** Set by hand: in this area, or in one above; null elsewhere. */
  local: z.enum(['own', 'above']).nullable(),
});
export type CalendarDayView = z.output<typeof calendarDay>;

const span = z.tuple([clock, clock]);

export const calendarView = z.object({
  area: areaRef,
  year: z.number(),
  years: z.array(z.number()),
  today: date,
  /** Half days count half: 247.5. */
  workDays: z.number(),
  /** 来源：国务院办公厅 2026 年放假安排 · 2027 年放假安排未公布，先按法定节日推算，暂定 */
  sourceText: z.string(),
  provisional: z.boolean(),
  /** True when this area itself imported the notice of the year, and may take it back. */
  ownNotice: z.boolean(),
  months: z.array(
    z.object({ month: z.number(), holidays: z.string(), workDays: z.number(), days: z.array(calendarDay) }),
  ),
  /** Days set by hand in this area, above it and below it, in this year. */
  localDays: z.array(
    z.object({
      area: areaRef,
      own: z.boolean(),
      date,
      dateText: z.string(),
      kind: dayKind,
      kindText: z.string(),
      reason: z.string(),
    }),
  ),
  hours: z.object({
    /** 上午 08:30 – 12:00, 下午 13:30 – 17:00, as in force today or on the first day of another year. */
    now: z.array(z.object({ label: z.string(), text: z.string() })),
    /** 7 小时 */
    lengthText: z.string(),
    entries: z.array(
      z.object({
        area: areaRef.nullable(),
        own: z.boolean(),
        validFrom: date.nullable(),
        /** 2026年6月1日起 */
        fromText: z.string(),
        /** Null gives the area back to the hours of the area above. */
        spans: z.array(span).nullable(),
        text: z.string(),
        /** In force today. */
        inForce: z.boolean(),
      }),
    ),
  }),
  /** The latest changes, newest first, with how far running clocks have been counted anew. */
  changes: z.array(
    z.object({
      id: z.string(),
      words: z.string(),
      /** 管理员 王敏，今天 14:20 */
      who: z.string(),
      /** 「7 件时限顺延」「正在重算，还有 3 件」「没有时限变动」 */
      effect: z.string(),
      running: z.boolean(),
    }),
  ),
});
export type CalendarView = z.output<typeof calendarView>;

/** One change of an area's own settings. */
export const calendarChange = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('day'),
    date,
    /** Null takes the area's own setting away. */
    to: dayKind.nullable(),
    reason: z.string().trim().max(60, '说明不超过 60 个字').default(''),
  }),
  z.object({
    kind: z.literal('hours'),
    validFrom: date,
    /** Null: the hours of the area above again. */
    spans: z
      .array(span, '请写上下班时间')
      .min(1, '至少写一段办公时间')
      .max(4, '一天最多四段办公时间')
      .nullable(),
  }),
  z.object({ kind: z.literal('hoursGone'), validFrom: date }),
  z.object({
    kind: z.literal('notice'),
    year: z.number().int().min(2020).max(2099),
    text: z.string().trim().min(1, '请贴上放假安排').max(20_000, '内容太长，请只贴放假安排'),
  }),
  z.object({ kind: z.literal('noticeGone'), year: z.number().int().min(2020).max(2099) }),
]);
export type CalendarChange = z.input<typeof calendarChange>;

export const calendarPreview = z.object({
  /** 7月31日 周五 改为半天 */
  words: z.string(),
  /** 「7 件顺延，最晚到 8月3日 周一 17:00，对应的人会收到新时限。已答复的不变。」 */
  sentence: z.string(),
  /** False when nothing would change at all. */
  changes: z.boolean(),
  caseCount: z.number(),
  /** The first of them by due time. */
  items: z.array(
    z.object({
      caseId: z.string(),
      number: z.string(),
      title: z.string(),
      clock: z.string(),
      /** Whom it concerns: 市公安局交警支队 */
      whom: z.string(),
      fromText: z.string(),
      toText: z.string(),
    }),
  ),
  /** For a notice: what was read in it. */
  holidays: z.array(z.object({ name: z.string(), text: z.string(), makeUp: z.string() })),
});
export type CalendarPreview = z.output<typeof calendarPreview>;

// --- policies ---

const urgency = z.enum(keys(URGENCIES)).nullable();
const clockKind = z.enum(keys(CLOCKS));

export const policyLimit = z.object({
  unit: z.enum(['hours', 'days', 'naturalDays']),
  amount: z.number().positive('时限要大于 0'),
});

export const policyRow = z.object({
  categoryId: z.string().min(1).max(64).nullable(),
  urgency,
  kind: clockKind,
  limit: policyLimit,
});

export const policyRules = z.object({
  dispatcherCheck: z.boolean().nullable(),
  headApproval: z.boolean().nullable(),
  visitPercent: z.number().int('回访比例是整数').min(0).max(100).nullable(),
});

export const policyDocument = z.object({ rows: z.array(policyRow).max(1_000), rules: policyRules });
export type PolicyDocumentView = z.output<typeof policyDocument>;

const policyCell = z.object({
  kind: clockKind,
  limit: policyLimit,
  text: z.string(),
  /** Set in this row by this area. */
  own: z.boolean(),
  /** Where the limit comes from when it is not: 沿用浙江省 · 同默认 · 系统默认 */
  from: z.string(),
  /** Differs from the version in force. */
  changed: z.boolean(),
});
export type PolicyCell = z.output<typeof policyCell>;

export const policyView = z.object({
  area: areaRef,
  /** The version in force: 「第 4 版，7月1日 周三 王敏发布」; null while everything is inherited. */
  published: z.object({ id: z.string(), number: z.number(), text: z.string() }).nullable(),
  draft: z.object({ id: z.string(), number: z.number(), revision: z.number(), text: z.string() }).nullable(),
  /** Pass with the next saving; 0 when there is no draft. */
  revision: z.number(),
  /** What this area has set: the draft's, or the version's in force. Sent back whole, changed. */
  document: policyDocument,
  kinds: z.array(
    z.object({
      kind: clockKind,
      label: z.string(),
      /** Counted by the almanac, not by working time. */
      natural: z.boolean(),
      /** Stands in the table; the others in the list under it. */
      main: z.boolean(),
    }),
  ),
  rows: z.array(
    z.object({
      categoryId: z.string().nullable(),
      urgency,
      /** 默认 · 住房物业 · 紧急 */
      label: z.string(),
      scope: z.string(),
      /** Some cell of it is this area's own. */
      own: z.boolean(),
      cells: z.array(policyCell),
    }),
  ),
  rules: z.array(
    z.object({
      rule: z.enum(['dispatcherCheck', 'headApproval', 'visitPercent']),
      label: z.string(),
      hint: z.string(),
      value: z.union([z.boolean(), z.number()]),
      own: z.boolean(),
      from: z.string(),
      changed: z.boolean(),
    }),
  ),
  /** What the draft changes, a line each. */
  changes: z.array(z.string()),
  /** Why the draft cannot be published as it stands. */
  faults: z.array(z.string()),
  tempos: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      limits: z.partialRecord(clockKind, policyLimit),
    }),
  ),
  categories: z.array(z.object({ id: z.string(), name: z.string() })),
  urgencies: z.array(z.object({ id: z.enum(keys(URGENCIES)), name: z.string() })),
  versions: z.array(
    z.object({
      id: z.string(),
      number: z.number(),
      text: z.string(),
      note: z.string(),
      changes: z.array(z.string()),
    }),
  ),
});
export type PolicyView = z.output<typeof policyView>;
