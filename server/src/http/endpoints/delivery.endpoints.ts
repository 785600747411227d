/** The delivery log: what did not reach somebody, and what is done about it. */
import {
  deliveriesResent,
  deliveryCall,
  deliveryFilter,
  deliveryPage,
  deliverySummary,
  deliveryView,
} from '@minqing/shared/contract';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { workbook } from '../../workbook/index.ts';
import { tableOutput } from '../table.ts';
import { changeRequest, changing, signedOn, signedOnSpreadsheet } from './factories.ts';

const tag = 'deliveries';
const id = z.object({ deliveryId: z.uuid() });
const ids = z.array(z.uuid()).min(1, '请先选几条').max(200, '一次最多选 200 条');

export function deliveryEndpoints({ deliveries }: HttpDeps) {
  const view = deliveryView.meta({ id: 'Delivery' });
  const list = signedOn.build({
    tag,
    summary: 'What was sent to whom, and what became of it',
    description: 'For administrators, of their areas. Newest first; dead letters stand over the first page.',
    operationId: 'listDeliveries',
    input: deliveryFilter.extend({ after: z.string().max(1_000).optional() }),
    output: deliveryPage.meta({ id: 'DeliveryPage' }),
    handler: async ({ input: { after, ...filter }, ctx }) =>
      deliveries.list(ctx.identity.actor, filter, after),
  });

  const table = signedOnSpreadsheet.build({
    tag,
    summary: 'The delivery log as an Excel workbook',
    description: 'The whole list under the same filters. Recorded in the audit log.',
    operationId: 'deliveryTable',
    input: deliveryFilter,
    output: tableOutput,
    handler: async ({ input, ctx }) => ({
      name: '投递记录.xlsx',
      pieces: workbook([await deliveries.table(ctx.identity.actor, input)]),
    }),
  });

  const summary = signedOn.build({
    tag,
    summary: 'What stands still, and each channel’s last 24 hours',
    operationId: 'deliverySummary',
    output: deliverySummary.meta({ id: 'DeliverySummary' }),
    handler: async ({ ctx }) => deliveries.summary(ctx.identity.actor),
  });

  const one = signedOn.build({
    tag,
    summary: 'One delivery, with every attempt',
    operationId: 'getDelivery',
    input: id,
    output: view,
    handler: async ({ input, ctx }) => deliveries.view(ctx.identity.actor, input.deliveryId),
  });

  const resend = changing.build({
    tag,
    summary: 'Send dead letters again',
    description: 'Those named, or every one the filter finds: at most 500 a call, and `more` says to go on.',
    operationId: 'resendDeliveries',
    method: 'post',
    input: z.object({ ids: ids.optional(), filter: deliveryFilter.omit({ state: true }).optional() }),
    output: deliveriesResent.meta({ id: 'DeliveriesResent' }),
    handler: async ({ input, ctx }) =>
      deliveries.resend(
        ctx.identity.actor,
        changeRequest(ctx, 'resendDeliveries', input),
        input.ids ? { ids: input.ids } : { filter: input.filter ?? { period: 'all' } },
      ),
  });

  const redirect = changing.build({
    tag,
    summary: 'Tell whoever can act now, or the unit’s head, instead',
    operationId: 'redirectDelivery',
    method: 'post',
    input: id.extend({ to: z.enum(['handler', 'head']) }),
    output: view,
    handler: async ({ input, ctx }) =>
      deliveries.redirect(
        ctx.identity.actor,
        changeRequest(ctx, 'redirectDelivery', input),
        input.deliveryId,
        input.to,
      ),
  });

  const recordCall = changing.build({
    tag,
    summary: 'Record a telephone call that took the notice’s place',
    operationId: 'recordDeliveryCall',
    method: 'post',
    input: id.extend(deliveryCall.shape),
    output: view,
    handler: async ({ input, ctx }) => {
      const { deliveryId, ...call } = input;
      const request = changeRequest(ctx, 'recordDeliveryCall', input);
      return deliveries.recordCall(ctx.identity.actor, request, deliveryId, call);
    },
  });

  return { list, table, summary, one, resend, redirect, recordCall };
}
