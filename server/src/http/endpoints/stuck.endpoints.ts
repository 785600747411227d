/** What stands still, and putting it right, for administrators. */
import { adminAttention, stuckPage, stuckRepaired } from '@minqing/shared/contract';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { changeRequest, changing, signedOn } from './factories.ts';

const tag = 'admin';

export function stuckEndpoints({ stuck, deliveries }: HttpDeps) {
  const page = stuckPage.meta({ id: 'StuckPage' });
  const list = signedOn.build({
    tag,
    summary: 'Cases that stand still and would not move by themselves',
    operationId: 'listStuck',
    input: z.object({ after: z.string().max(1_000).optional() }),
    output: page,
    handler: async ({ input, ctx }) => stuck.list(ctx.identity.actor, input.after),
  });

  const attention = signedOn.build({
    tag,
    summary: 'What waits for an administrator',
    operationId: 'adminAttention',
    output: adminAttention.meta({ id: 'AdminAttention' }),
    handler: async ({ ctx: { identity } }) => ({
      deadLetters: await deliveries.dead(identity.actor),
      stuck: await stuck.count(identity.actor),
    }),
  });

  const check = changing.build({
    tag,
    summary: 'Look at everything open now, in the background',
    operationId: 'checkStuck',
    method: 'post',
    output: page,
    handler: async ({ ctx }) => stuck.ask(ctx.identity.actor),
  });

  const repair = changing.build({
    tag,
    summary: 'Put right what can be',
    description: 'Those named, or all of my areas: at most a hundred a call, and `more` says to go on.',
    operationId: 'repairStuck',
    method: 'post',
    input: z.object({ subjects: z.array(z.string().min(1).max(64)).min(1).max(100).optional() }),
    output: stuckRepaired.meta({ id: 'StuckRepaired' }),
    handler: async ({ input, ctx }) =>
      stuck.repair(ctx.identity.actor, input.subjects ?? 'all', changeRequest(ctx, 'repairStuck', input)),
  });

  return { list, attention, check, repair };
}
