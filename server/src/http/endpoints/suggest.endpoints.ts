/** What earlier dispatches suggest. */
import { suggestions } from '@minqing/shared/contract';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { caseIdInput } from './case.endpoints.ts';
import { signedOn } from './factories.ts';

export function suggestEndpoints({ suggest }: HttpDeps) {
  const forCase = signedOn.build({
    tag: 'cases',
    summary: 'Who might lead this case, what it is about',
    description:
      'Learned from the area’s earlier dispatches, each with its reasons; for those who may decide it. Empty where earlier cases leave it open. Nothing is done by itself.',
    operationId: 'suggestions',
    input: z.object({ caseId: caseIdInput }),
    output: suggestions.meta({ id: 'Suggestions' }),
    handler: async ({ input, ctx }) => suggest.forCase(ctx.identity.actor, input.caseId),
  });

  return { forCase };
}
