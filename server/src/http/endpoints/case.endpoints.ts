/** Reading cases: queues, lists, one case, and what stands around them. */
import {
  casePage,
  caseView,
  categoryView,
  dispatchPreview,
  memberRef,
  queuesView,
  unitRef,
} from '@minqing/shared/contract';
import { limitSchema, type Actor } from '@minqing/shared/workflow';
import { TIERS } from '@minqing/shared/words';
import { z } from 'zod';
import { fieldErrors, invalidInput } from '../../errors.ts';
import type { HttpDeps } from '../deps.ts';
import { signedOn } from './factories.ts';

/** The one schema instance of a case, so that the document names it once. */
export const caseSchema = caseView.meta({ id: 'Case' });
export const caseIdInput = z.string().min(1).max(64).describe('Id of the case, made by the author’s device');

/** The committee a member belongs to. */
const homeOf = (actor: Actor): string | null =>
  (actor.kind === 'person' ? actor.grants.find((g) => g.role === 'member')?.unitId : null) ?? null;

const filter = (max: number) => z.string().trim().min(1).max(max).optional();

/** Which list, and narrowed to what: the same for a page of it and for the whole as a file. */
export const listInput = z.object({
  desk: z.string().min(1).max(120).describe('From GET /api/queues; member for my own'),
  queue: filter(40),
  q: filter(60).describe('Words to look for'),
  category: filter(64),
  area: filter(64),
  unit: filter(64),
  sort: z.enum(['due', 'newest']).optional(),
});

export function caseEndpoints(deps: HttpDeps) {
  const { cases, people, catalogue } = deps;

  const reference = signedOn.build({
    tag: 'reference',
    summary: 'Categories, areas and committees',
    operationId: 'reference',
    output: z
      .object({
        categories: z.array(categoryView),
        areas: z.array(
          z.object({
            id: z.string(),
            name: z.string(),
            tier: z.enum(Object.keys(TIERS) as [keyof typeof TIERS, ...(keyof typeof TIERS)[]]),
            parentId: z.string().nullable(),
            receivedBy: z
              .string()
              .nullable()
              .describe(
                'The committee that receives the reader’s reports from there, unless another is chosen',
              ),
          }),
        ),
        committees: z.array(unitRef.extend({ areaId: z.string() })),
      })
      .meta({ id: 'Reference' }),
    handler: async ({ ctx }) => ({
      categories: catalogue.categoriesFor(ctx.identity.actor, null),
      areas: people.directory.areas().map((area) => ({
        ...area,
        receivedBy:
          people.directory.receivingCommittee(area.id, homeOf(ctx.identity.actor))?.committeeId ?? null,
      })),
      committees: people.directory.units().filter((unit) => unit.type === 'committee'),
    }),
  });

  const units = signedOn.build({
    tag: 'reference',
    summary: 'Units a case may be dispatched to',
    description: 'Best match first, at most 30.',
    operationId: 'units',
    input: z.object({ q: z.string().trim().max(60).default(''), caseId: z.string().max(64).optional() }),
    output: z.object({ items: z.array(unitRef.extend({ areaId: z.string(), type: z.string() })) }),
    handler: async ({ input, ctx }) => ({
      items: await cases.unitsFor(ctx.identity.actor, input.q, input.caseId),
    }),
  });

  const members = signedOn.build({
    tag: 'reference',
    summary: 'Members by name',
    description: 'For inviting a joint author or filing for a member; one’s own committee first, at most 20.',
    operationId: 'members',
    input: z.object({ q: z.string().trim().max(30).default('') }),
    output: z.object({ items: z.array(memberRef) }),
    handler: async ({ input, ctx }) => ({ items: await people.members(ctx.identity.actor, input.q) }),
  });

  const queues = signedOn.build({
    tag: 'cases',
    summary: 'What needs me',
    operationId: 'queues',
    output: queuesView.meta({ id: 'Queues' }),
    handler: async ({ ctx }) => cases.queues(ctx.identity.actor),
  });

  const list = signedOn.build({
    tag: 'cases',
    summary: 'A page of cases I may see',
    description: 'By keyset: pass the answer’s `after` for the next page.',
    operationId: 'listCases',
    input: listInput.extend({
      after: filter(400),
      limit: z.coerce.number().int().min(1).max(50).optional(),
    }),
    output: casePage.meta({ id: 'CasePage' }),
    handler: async ({ input, ctx }) => cases.list(ctx.identity.actor, input),
  });

  const one = signedOn.build({
    tag: 'cases',
    summary: 'One case',
    description:
      'Its ETag changes whenever this viewer would read something else; If-None-Match answers 304.',
    operationId: 'getCase',
    input: z.object({ caseId: caseIdInput }),
    output: caseSchema,
    handler: async ({ input, ctx }) => {
      const view = await cases.view(ctx.identity.actor, input.caseId);
      await cases.markSeen(ctx.identity.actor, input.caseId);
      return view;
    },
  });

  const previewDispatch = signedOn.build({
    tag: 'cases',
    summary: 'The due time before dispatching',
    description: 'Without `unit` and `amount`: of the limit the area’s policy gives such a case.',
    operationId: 'previewDispatch',
    input: z.object({
      caseId: caseIdInput,
      unit: z.enum(['days', 'hours']).optional(),
      amount: z.coerce.number().optional(),
    }),
    output: dispatchPreview.meta({ id: 'DispatchPreview' }),
    handler: async ({ input, ctx }) => {
      if (input.unit === undefined && input.amount === undefined) {
        return cases.previewDispatch(ctx.identity.actor, input.caseId, null);
      }
      const limit = limitSchema.safeParse({ unit: input.unit, amount: input.amount });
      if (!limit.success) {
        throw invalidInput(fieldErrors(limit.error));
      }
      return cases.previewDispatch(ctx.identity.actor, input.caseId, limit.data);
    },
  });

  return { reference, units, members, queues, list, one, previewDispatch };
}
