/** Webhooks: subscriptions, what is sent, and the log of every try. For administrators. */
import { z } from 'zod';
import {
  WEBHOOK_ACTIONS,
  WEBHOOK_DELIVERY_STATES,
  WEBHOOK_LEVELS,
  WEBHOOK_STATES,
} from '../webhooks/index.ts';
import { areaRef, unitRef } from './views.ts';

const keys = <T extends Record<string, unknown>>(map: T): [keyof T & string, ...(keyof T & string)[]] =>
  Object.keys(map) as [keyof T & string, ...(keyof T & string)[]];
const instant = z.string().describe('ISO 8601 with offset +08:00');
const level = z.enum(keys(WEBHOOK_LEVELS));

/** What an administrator sets. */
export const webhookValue = z.object({
  name: z.string().trim().min(1, '请写一个名字').max(30, '最多 30 个字'),
  url: z.string().trim().min(1, '请填写推送地址').max(500, '最多 500 个字'),
  events: z.array(z.enum(WEBHOOK_ACTIONS)).min(1, '请至少选一种进展'),
  level,
  /** Why the subscriber may have the words of cases; needed for `content`. */
  basis: z.string().trim().max(200, '最多 200 个字').default(''),
});
export type WebhookValue = z.output<typeof webhookValue>;

export const webhookView = webhookValue.extend({
  id: z.string(),
  area: areaRef,
  state: z.enum(keys(WEBHOOK_STATES)),
  /** 「从 7月6日 周一 14:20 起推送不通，还会再试」 */
  stateText: z.string(),
  /** Pass as `seen` when changing it. */
  version: z.number(),
  waiting: z.number(),
  failed: z.number(),
  lastText: z.string(),
  createdText: z.string(),
  /** An older secret still signs beside the new one until then. */
  oldSecretText: z.string(),
});
export type WebhookView = z.output<typeof webhookView>;

export const webhookList = z.object({ items: z.array(webhookView) });
export type WebhookList = z.output<typeof webhookList>;

/** The secret is told when it is made, and never again. */
export const webhookMade = z.object({ webhook: webhookView, secret: z.string() });
export type WebhookMade = z.output<typeof webhookMade>;

export const webhookDelivery = z.object({
  id: z.string(),
  /** Its place in the ledger; 0 for a test. */
  seq: z.number(),
  type: z.string(),
  /** 「受理」「试推」 */
  label: z.string(),
  number: z.string(),
  state: z.enum(keys(WEBHOOK_DELIVERY_STATES)),
  /** 「今天 14:20 送达，试了 2 次」 */
  stateText: z.string(),
  attempts: z.number(),
  createdText: z.string(),
});
export type WebhookDelivery = z.output<typeof webhookDelivery>;

export const webhookDeliveryPage = z.object({
  items: z.array(webhookDelivery),
  /** Pass as `after` for the next page; null on the last. */
  after: z.string().nullable(),
  /** The ledger’s newest place, for a replay. */
  lastSeq: z.number(),
});
export type WebhookDeliveryPage = z.output<typeof webhookDeliveryPage>;

export const webhookDeliveryDetail = webhookDelivery.extend({
  /** The very bytes of the body. */
  payload: z.string(),
  tries: z.array(
    z.object({
      at: instant,
      atText: z.string(),
      ms: z.number(),
      status: z.number().nullable(),
      /** Why it did not arrive; empty when it did. */
      problem: z.string(),
      /** The beginning of the answer. */
      answer: z.string(),
    }),
  ),
});
export type WebhookDeliveryDetail = z.output<typeof webhookDeliveryDetail>;

export const webhookReplayed = z.object({ count: z.number() });
export type WebhookReplayed = z.output<typeof webhookReplayed>;

/** The body of a webhook: Standard Webhooks’ envelope, with what a subscriber is told of one step of a case. */
export const webhookPayload = z.object({
  type: z.string().describe('case.<step>, or webhook.test'),
  timestamp: instant,
  data: z.object({
    seq: z.number().describe('Place in the ledger: dense, rising; 0 for a test'),
    caseId: z.string(),
    number: z.string(),
    version: z.number().describe('Steps of this case so far: order them by it'),
    action: z.string(),
    actionLabel: z.string(),
    state: z.string(),
    stateLabel: z.string(),
    area: areaRef,
    category: z.object({ id: z.string(), name: z.string() }),
    urgency: z.string(),
    round: z.number(),
    leadUnit: unitRef.nullable(),
    dueAt: instant.nullable(),
    /** As the committee published it; null while it did not. */
    published: z.object({ title: z.string(), text: z.string() }).nullable(),
    /** Only with level `content`, and never of an anonymous report. */
    content: z
      .object({
        title: z.string(),
        situation: z.string(),
        suggestion: z.string(),
        place: z.string(),
        reply: z.object({ class: z.string(), text: z.string() }).nullable(),
        stars: z.number().nullable(),
      })
      .nullable(),
    url: z.string(),
  }),
});
export type WebhookPayload = z.output<typeof webhookPayload>;
