/** 管理 of webhooks: subscriptions, and the log of what was sent. */
import {
  webhookDeliveryDetail,
  webhookDeliveryPage,
  webhookList,
  webhookMade,
  webhookReplayed,
  webhookValue,
  webhookView,
} from '@minqing/shared/contract';
import { WEBHOOK_DELIVERY_STATES } from '@minqing/shared/webhooks';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { changeRequest, changing, signedOn } from './factories.ts';
import { names } from './units.endpoints.ts';

const tag = 'webhooks';
const webhookId = z.uuid();
const id = z.object({ webhookId });
const delivery = z.object({ webhookId, deliveryId: z.uuid() });
const seq = z.coerce.number('请写数字').int('请写整数').min(1, '序号从 1 开始');

/** What the log of a webhook may be narrowed to. */
export const webhookLogInput = id.extend({ state: names(WEBHOOK_DELIVERY_STATES).optional() });

export function webhookEndpoints({ webhooks: { subscriptions, deliveries } }: HttpDeps) {
  const view = webhookView.meta({ id: 'Webhook' });
  const made = webhookMade.meta({ id: 'WebhookMade' });

  const list = signedOn.build({
    tag,
    summary: 'Webhooks of my areas',
    operationId: 'listWebhooks',
    output: webhookList.meta({ id: 'WebhookList' }),
    handler: async ({ ctx }) => subscriptions.list(ctx.identity.actor),
  });

  const add = changing.build({
    tag,
    summary: 'Add a webhook',
    description: 'The secret is in this answer; it is not shown again.',
    operationId: 'addWebhook',
    method: 'post',
    input: webhookValue.extend({ areaId: z.string().min(1, '请选地区').max(64) }),
    output: made,
    handler: async ({ input, ctx }) => {
      ctx.response.set('Cache-Control', 'no-store');
      const { areaId, ...value } = input;
      return subscriptions.add(ctx.identity.actor, areaId, value, changeRequest(ctx, 'addWebhook', input));
    },
  });

  const change = changing.build({
    tag,
    summary: 'Change a webhook',
    operationId: 'changeWebhook',
    method: 'put',
    input: webhookValue.extend({ webhookId, seen: z.number().int() }),
    output: view,
    handler: async ({ input, ctx }) => {
      const { webhookId: which, seen, ...value } = input;
      const request = changeRequest(ctx, 'changeWebhook', input);
      return subscriptions.change(ctx.identity.actor, which, seen, value, request);
    },
  });

  const switching = changing.build({
    tag,
    summary: 'Switch a webhook on or off',
    operationId: 'switchWebhook',
    method: 'post',
    input: id.extend({ active: z.boolean() }),
    output: view,
    handler: async ({ input, ctx }) => {
      const request = changeRequest(ctx, 'switchWebhook', input);
      return subscriptions.setActive(ctx.identity.actor, input.webhookId, input.active, request);
    },
  });

  const remove = changing.build({
    tag,
    summary: 'Remove a webhook',
    operationId: 'removeWebhook',
    method: 'delete',
    input: id,
    output: z.object({}),
    handler: async ({ input, ctx }) => {
      const request = changeRequest(ctx, 'removeWebhook', input);
      await subscriptions.remove(ctx.identity.actor, input.webhookId, request);
      return {};
    },
  });

  const renew = changing.build({
    tag,
    summary: 'Make a new secret; the old one signs beside it for a day',
    operationId: 'renewWebhookSecret',
    method: 'post',
    input: id,
    output: made,
    handler: async ({ input, ctx }) => {
      ctx.response.set('Cache-Control', 'no-store');
      const request = changeRequest(ctx, 'renewWebhookSecret', input);
      return subscriptions.renewSecret(ctx.identity.actor, input.webhookId, request);
    },
  });

  const test = changing.build({
    tag,
    summary: 'Send a test message',
    operationId: 'testWebhook',
    method: 'post',
    input: id,
    output: view,
    handler: async ({ input, ctx }) => {
      const request = changeRequest(ctx, 'testWebhook', input);
      return subscriptions.test(ctx.identity.actor, input.webhookId, request);
    },
  });

  const log = signedOn.build({
    tag,
    summary: 'What was sent to a webhook, newest first',
    operationId: 'listWebhookDeliveries',
    input: webhookLogInput.extend({ after: z.string().max(1_000).optional() }),
    output: webhookDeliveryPage.meta({ id: 'WebhookDeliveryPage' }),
    handler: async ({ input, ctx }) => deliveries.list(ctx.identity.actor, input.webhookId, input),
  });

  const one = signedOn.build({
    tag,
    summary: 'One message: its body, and every try with its answer',
    operationId: 'getWebhookDelivery',
    input: delivery,
    output: webhookDeliveryDetail.meta({ id: 'WebhookDeliveryDetail' }),
    handler: async ({ input, ctx }) => deliveries.one(ctx.identity.actor, input.webhookId, input.deliveryId),
  });

  const again = changing.build({
    tag,
    summary: 'Send one message again, with the same id and body',
    operationId: 'resendWebhookDelivery',
    method: 'post',
    input: delivery,
    output: z.object({}),
    handler: async ({ input, ctx }) => {
      const request = changeRequest(ctx, 'resendWebhookDelivery', input);
      await deliveries.again(ctx.identity.actor, input.webhookId, input.deliveryId, request);
      return {};
    },
  });

  const replay = changing.build({
    tag,
    summary: 'Send again what happened between two places of the ledger',
    description: 'Both included. What was not sent then, because it was off, is sent for the first time.',
    operationId: 'replayWebhook',
    method: 'post',
    input: id.extend({ fromSeq: seq, toSeq: seq }),
    output: webhookReplayed.meta({ id: 'WebhookReplayed' }),
    handler: async ({ input, ctx }) => ({
      count: await deliveries.replay(
        ctx.identity.actor,
        input.webhookId,
        input,
        changeRequest(ctx, 'replayWebhook', input),
      ),
    }),
  });

  return {
    'get admin/webhooks': list,
    'post admin/webhooks': add,
    'put admin/webhooks/:webhookId': change,
    'delete admin/webhooks/:webhookId': remove,
    'post admin/webhooks/:webhookId/switch': switching,
    'post admin/webhooks/:webhookId/secret': renew,
    'post admin/webhooks/:webhookId/test': test,
    'post admin/webhooks/:webhookId/replay': replay,
    'get admin/webhooks/:webhookId/deliveries': log,
    'get admin/webhooks/:webhookId/deliveries/:deliveryId': one,
    'post admin/webhooks/:webhookId/deliveries/:deliveryId/resend': again,
  };
}
