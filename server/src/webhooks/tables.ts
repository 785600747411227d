/** Webhooks and the log of one as workbooks; never their secrets or what was sent. */
import type { WebhookDeliveryPage, WebhookList } from '@minqing/shared/contract';
import { WEBHOOK_DELIVERY_STATES, WEBHOOK_LEVELS, WEBHOOK_STATES } from '@minqing/shared/webhooks';
import { ACTIONS } from '@minqing/shared/workflow';
import { part, type Book } from '../workbook/index.ts';

export const WEBHOOK_BOOK: Book<WebhookList> = {
  name: '推送订阅',
  parts: [
    part('推送订阅', ({ items }) => items, [
      ['名字', 24, (hook) => hook.name],
      ['地区', 14, (hook) => hook.area.name],
      ['推送地址', 44, (hook) => hook.url],
      ['推多少', 12, (hook) => WEBHOOK_LEVELS[hook.level].label],
      ['推哪些进展', 50, (hook) => hook.events.map((name) => ACTIONS[name].label).join('、'), 'wrapped'],
      ['依据', 30, (hook) => hook.basis, 'wrapped'],
      ['状态', 12, (hook) => WEBHOOK_STATES[hook.state]],
      ['情况', 36, (hook) => hook.stateText, 'wrapped'],
      ['待推送', 8, (hook) => hook.waiting, 'count'],
      ['没送到', 8, (hook) => hook.failed, 'count'],
      ['最近一次', 24, (hook) => hook.lastText],
      ['创建', 28, (hook) => hook.createdText],
    ]),
  ],
};

export const WEBHOOK_LOG_BOOK: Book<WebhookDeliveryPage> = {
  name: '推送记录',
  parts: [
    part('推送记录', ({ items }) => items, [
      ['台账序号', 10, (one) => one.seq, 'count'],
      ['什么进展', 16, (one) => one.label],
      ['编号', 18, (one) => one.number],
      ['状态', 10, (one) => WEBHOOK_DELIVERY_STATES[one.state]],
      ['情况', 40, (one) => one.stateText, 'wrapped'],
      ['试了几次', 10, (one) => one.attempts, 'count'],
      ['生成', 22, (one) => one.createdText],
      ['推送编号', 40, (one) => one.id],
    ]),
  ],
};
