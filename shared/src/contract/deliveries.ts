/** The delivery log: what reached whom, what did not, and what can be done about it. For administrators. */
import { z } from 'zod';
import { DELIVERY_CHANNELS, DELIVERY_PERIODS, DELIVERY_STATES, LIGHTS } from '../words/index.ts';
import { leftView } from './views.ts';

const keys = <T extends Record<string, unknown>>(map: T): [keyof T & string, ...(keyof T & string)[]] =>
  Object.keys(map) as [keyof T & string, ...(keyof T & string)[]];
const instant = z.string().describe('ISO 8601 with offset +08:00');

/** What the list may be narrowed to; the same for sending many again. */
export const deliveryFilter = z.object({
  state: z.enum(keys(DELIVERY_STATES)).optional(),
  channel: z.enum(keys(DELIVERY_CHANNELS)).optional(),
  notice: z.string().trim().min(1).max(64).optional().describe('One of the summary’s `notices`'),
  period: z.enum(keys(DELIVERY_PERIODS)).default('all'),
  from: z.iso.date('请写成 2026-07-06').optional().describe('First day, instead of a period'),
  to: z.iso.date('请写成 2026-07-06').optional().describe('Last day'),
  unit: z.string().max(64).optional(),
  person: z.string().max(64).optional(),
  case: z.string().max(64).optional(),
  q: z.string().trim().min(1).max(60).optional().describe('A case’s number or title, a name, a unit'),
});
export type DeliveryFilter = z.output<typeof deliveryFilter>;

export const deliveryItem = z.object({
  id: z.string(),
  createdAt: instant,
  /** 「14:32」 today, else 「7月6日 14:32」 */
  timeText: z.string(),
  /** Which notice, as a stable word. */
  notice: z.string(),
  noticeLabel: z.string(),
  /** The case's title; its number where the title is not for administrators; empty without a case. */
  about: z.string(),
  recipient: z.object({ name: z.string(), unit: z.string() }),
  channel: z.enum(keys(DELIVERY_CHANNELS)),
  channelLabel: z.string(),
  attempts: z.number(),
  state: z.enum(keys(DELIVERY_STATES)),
  stateLabel: z.string(),
  /** 「钉钉里找不到这个人」「限流，14:46 再发」「14:42 打开」 */
  result: z.string(),
});
export type DeliveryItem = z.output<typeof deliveryItem>;

export const deliveryPage = z.object({
  /** Dead letters, on the first page of a list of every state. */
  pinned: z.array(deliveryItem),
  items: z.array(deliveryItem),
  /** Pass as `after` for the next page; null on the last. */
  after: z.string().nullable(),
});
export type DeliveryPage = z.output<typeof deliveryPage>;

export const deliverySummary = z.object({
  /** 「3 条通知发不出去，等您处理」 */
  headline: z.string(),
  sentence: z.string(),
  /** Exact up to 1,000, then null: 「1000+」. */
  counts: z.object({
    dead: z.number().nullable(),
    retrying: z.number().nullable(),
    queued: z.number().nullable(),
  }),
  channels: z.array(
    z.object({
      channel: z.enum(keys(DELIVERY_CHANNELS)),
      label: z.string(),
      light: z.enum(keys(LIGHTS)).nullable(),
      /** 「正常」「变慢，正在重试」「发不出去」; empty when nothing was sent. */
      word: z.string(),
      /** 「99.5%」 */
      share: z.string(),
      /** 「1,100 / 1,106 条」 */
      fraction: z.string(),
      /** 「平均 1.2 秒」 */
      average: z.string(),
    }),
  ),
  /** Which notices there are to filter by. */
  notices: z.array(z.object({ id: z.string(), label: z.string() })),
  asOf: instant,
});
export type DeliverySummary = z.output<typeof deliverySummary>;

export const deliveryChoice = z.object({
  to: z.enum(['handler', 'head']),
  title: z.string(),
  text: z.string(),
});
export type DeliveryChoice = z.output<typeof deliveryChoice>;

export const deliveryView = deliveryItem.extend({
  /** 「黄志强没有收到「还没签收」」 */
  headline: z.string(),
  /** 「今天 14:05 起，试了 5 次」 */
  since: z.string(),
  /** What went wrong and what can be done, for a clerk; empty when nothing did. */
  reason: z.string(),
  caseId: z.string().nullable(),
  /** The viewer may open the case. */
  caseOpens: z.boolean(),
  canResend: z.boolean(),
  canRecordCall: z.boolean(),
  /** Who could be told instead, best first. */
  choices: z.array(deliveryChoice),
  attemptList: z.array(
    z.object({
      at: instant,
      timeText: z.string(),
      channelLabel: z.string(),
      text: z.string(),
      good: z.boolean(),
    }),
  ),
  /** The host's last answer as it came, for support. */
  answer: z.array(z.object({ label: z.string(), value: z.string() })),
  /** The case's running clocks: they do not stop because nobody was reached. */
  deadlines: z.array(z.object({ label: z.string(), left: leftView })),
  /** The moment of this answer: where a call's time begins. */
  asOf: instant,
  /** What was done about it: 「陈洁 今天 14:40 打电话告知 徐伟军」; empty while nothing was. */
  closing: z.string(),
});
export type DeliveryView = z.output<typeof deliveryView>;

/** A telephone call that took the notice's place. */
export const deliveryCall = z.object({
  spokeTo: z.string('请填写接电话的人').trim().min(1, '请填写接电话的人').max(40, '最多 40 个字'),
  at: z.iso.datetime({ offset: true, error: '请填写通话时间' }).describe('When; not in the future'),
  note: z.string().trim().max(300, '最多 300 个字').default(''),
});
export type DeliveryCall = z.output<typeof deliveryCall>;

export const deliveriesResent = z.object({
  /** How many are on their way again. */
  resent: z.number(),
  /** More match than one call takes: call again. */
  more: z.boolean(),
});
export type DeliveriesResent = z.output<typeof deliveriesResent>;
