/** Away: naming a substitute and ending it. Who may is decided in people/. */
import { mySubstitutions, substituteCandidates, substitutionPage } from '@minqing/shared/contract';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { changeRequest, changing, signedOn } from './factories.ts';

const id = z.string().min(1).max(64);
const date = z.string().max(10).describe('YYYY-MM-DD');
const mineSchema = mySubstitutions.meta({ id: 'MySubstitutions' });

export function awayEndpoints({ people }: HttpDeps) {
  const { substitutes } = people;

  const mine = signedOn.build({
    tag: 'away',
    summary: 'My substitutes, and for whom I act',
    operationId: 'mySubstitutions',
    output: mineSchema,
    handler: async ({ ctx }) => substitutes.mine(ctx.identity.actor),
  });

  const list = signedOn.build({
    tag: 'admin',
    summary: 'Who acts for whom in my areas',
    operationId: 'adminSubstitutions',
    input: z.object({
      state: z.enum(['open', 'over']).default('open'),
      after: z.string().max(1_000).optional(),
    }),
    output: substitutionPage.meta({ id: 'SubstitutionPage' }),
    handler: async ({ input, ctx }) => substitutes.list(ctx.identity.actor, input),
  });

  const candidates = signedOn.build({
    tag: 'away',
    summary: 'Who may act for somebody',
    description: 'Active people with duties in the same unit or above; for oneself, or for administrators.',
    operationId: 'substituteCandidates',
    input: z.object({ personId: id.optional(), q: z.string().trim().max(60).default('') }),
    output: substituteCandidates.meta({ id: 'SubstituteCandidates' }),
    handler: async ({ input, ctx }) =>
      substitutes.candidates(ctx.identity.actor, input.personId ?? ctx.identity.person.id, input.q),
  });

  const name = changing.build({
    tag: 'away',
    summary: 'Name a substitute for a period',
    operationId: 'nameSubstitute',
    method: 'post',
    input: z.object({
      personId: id.optional().describe('Somebody else, for administrators'),
      substituteId: id,
      fromDate: date,
      toDate: date.describe('YYYY-MM-DD, the last day'),
      reason: z.string().trim().max(60, '原因最多 60 个字').default(''),
    }),
    output: z.object({ id: z.string() }),
    handler: async ({ input, ctx }) => {
      const wanted = { ...input, personId: input.personId ?? ctx.identity.person.id };
      return {
        id: await substitutes.name(ctx.identity.actor, wanted, changeRequest(ctx, 'substitute', wanted)),
      };
    },
  });

  const end = changing.build({
    tag: 'away',
    summary: 'End a substitution now',
    operationId: 'endSubstitution',
    method: 'post',
    input: z.object({ substitutionId: id }),
    output: z.object({}),
    handler: async ({ input, ctx }) => {
      await substitutes.end(
        ctx.identity.actor,
        input.substitutionId,
        changeRequest(ctx, 'endSubstitution', input),
      );
      return {};
    },
  });

  return { mine, list, candidates, name, end };
}
