/** The delivery log: what did not reach somebody, and sending it again. */
import { deliveryPage } from '@minqing/shared/contract';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { changing, signedOn } from './factories.ts';

export function deliveryEndpoints({ deliveries }: HttpDeps) {
  const list = signedOn.build({
    tag: 'deliveries',
    summary: 'Notices, cards and to-dos by what became of them',
    description: 'For administrators.',
    operationId: 'listDeliveries',
    input: z.object({
      status: z.enum(['waiting', 'done', 'dead']).default('dead'),
      after: z.string().max(1_000).optional(),
    }),
    output: deliveryPage.meta({ id: 'DeliveryPage' }),
    handler: async ({ input, ctx }) => deliveries.list(ctx.identity.actor, input),
  });

  const resend = changing.build({
    tag: 'deliveries',
    summary: 'Send a dead letter again',
    operationId: 'resendDelivery',
    method: 'post',
    input: z.object({ deliveryId: z.uuid() }),
    output: z.object({}),
    handler: async ({ input, ctx }) => {
      await deliveries.resend(ctx.identity.actor, input.deliveryId);
      return {};
    },
  });

  return { list, resend };
}
