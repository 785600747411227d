/** What webhooks tell, and how much. */
import type { ActionName } from '../workflow/actions.ts';

/** The steps of a case a subscriber may choose, in groups. Steps that are internal or say who joined in stay out. */
export const WEBHOOK_EVENTS = {
  intake: {
    label: '提交与受理',
    actions: ['submit', 'withdraw', 'accept', 'return', 'decline', 'reconsider', 'merge', 'separate'],
  },
  routing: {
    label: '交办与改派',
    actions: [
      'escalate',
      'delegate',
      'sendBack',
      'dispatch',
      'redispatch',
      'changeCoHandlers',
      'recall',
      'transferBack',
    ],
  },
  handling: {
    label: '签收与办理',
    actions: ['sign', 'ask', 'answer', 'requestExtension', 'grant', 'deny', 'opinion', 'overdue'],
  },
  answer: {
    label: '答复与评价',
    actions: [
      'reply',
      'approve',
      'rejectReply',
      'rate',
      'settle',
      'conclude',
      'appeal',
      'reviewAppeal',
      'reopen',
      'followUp',
      'fulfil',
    ],
  },
  outcome: { label: '公开与采用', actions: ['publish', 'adopt', 'commend', 'supervise'] },
} as const satisfies Record<string, { label: string; actions: readonly ActionName[] }>;
export type WebhookEventGroup = keyof typeof WEBHOOK_EVENTS;
export type WebhookAction = (typeof WEBHOOK_EVENTS)[WebhookEventGroup]['actions'][number];
export const WEBHOOK_ACTIONS = Object.values(WEBHOOK_EVENTS).flatMap((group) => [...group.actions]) as [
  WebhookAction,
  ...WebhookAction[],
];

/** How much a subscriber is told. Names and phone numbers never go out. */
export const WEBHOOK_LEVELS = {
  outline: { label: '只推进展', detail: '编号、状态、类别、单位、时限；文字只推已公开的' },
  content: { label: '连同内容', detail: '另推标题、情况、地点和答复；匿名的只推进展' },
} as const;
export type WebhookLevel = keyof typeof WEBHOOK_LEVELS;

export const WEBHOOK_STATES = {
  on: '正常',
  failing: '推送不通',
  off: '已停用',
  stopped: '已自动停用',
} as const;
export type WebhookState = keyof typeof WEBHOOK_STATES;

export const WEBHOOK_DELIVERY_STATES = { waiting: '待推送', sent: '已送达', failed: '没送到' } as const;
export type WebhookDeliveryState = keyof typeof WEBHOOK_DELIVERY_STATES;
