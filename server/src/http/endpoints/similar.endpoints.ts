/** Open cases like the one being written or reviewed. */
import { similarCases } from '@minqing/shared/contract';
import { LENGTHS } from '@minqing/shared/words';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { caseIdInput } from './case.endpoints.ts';
import { signedOn } from './factories.ts';

const words = (max: number) => z.string().trim().max(max).default('');
const id = z.string().min(1).max(64).optional();

export function similarEndpoints({ similar }: HttpDeps) {
  const output = similarCases.meta({ id: 'SimilarCases' });

  const find = signedOn.build({
    tag: 'cases',
    summary: 'Open cases like what I am writing',
    description:
      'At most five, most alike first, from those the reader may see; title, category, place and state only. The beginning of a situation is enough.',
    operationId: 'similarCases',
    input: z.object({
      title: z.string().trim().min(1).max(LENGTHS.title),
      situation: words(LENGTHS.situation),
      place: words(LENGTHS.place),
      categoryId: id,
      areaId: id,
      latitude: z.coerce.number().min(-90).max(90).optional(),
      longitude: z.coerce.number().min(-180).max(180).optional(),
      exclude: id.describe('A case not to be offered'),
    }),
    output,
    handler: async ({ input, ctx }) => similar.find(ctx.identity.actor, input),
  });

  const beside = signedOn.build({
    tag: 'cases',
    summary: 'Open cases like this one',
    description: 'For those who work on the case.',
    operationId: 'similarToCase',
    input: z.object({ caseId: caseIdInput }),
    output,
    handler: async ({ input, ctx }) => similar.beside(ctx.identity.actor, input.caseId),
  });

  return { find, beside };
}
