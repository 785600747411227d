/** Drafts: the author's private text; the greater counter of the client wins. */
import { draftView } from '@minqing/shared/contract';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { changing, signedOn } from './factories.ts';

const draftSchema = draftView.meta({ id: 'Draft' });
const caseId = z.uuid('编号应为 UUID').describe('The id the report will have');

export function draftEndpoints({ cases }: HttpDeps) {
  const list = signedOn.build({
    tag: 'drafts',
    summary: 'My drafts',
    operationId: 'listDrafts',
    output: z.object({ items: z.array(draftSchema) }),
    handler: async ({ ctx }) => ({ items: await cases.listDrafts(ctx.identity.actor) }),
  });

  const get = signedOn.build({
    tag: 'drafts',
    summary: 'One draft of mine',
    operationId: 'getDraft',
    input: z.object({ caseId }),
    output: draftSchema,
    handler: async ({ input, ctx }) => cases.getDraft(ctx.identity.actor, input.caseId),
  });

  const put = changing.build({
    tag: 'drafts',
    summary: 'Keep a draft',
    description: 'Answers 409 staleDraft with the newer one under `draft` when the counter is not greater.',
    operationId: 'putDraft',
    method: 'put',
    input: z.object({
      caseId,
      counter: z
        .number()
        .int()
        .min(0)
        .max(Number.MAX_SAFE_INTEGER)
        .describe('Raised by the client at each change'),
      content: z.record(z.string().max(60), z.unknown()).describe('What the form holds, unchecked'),
    }),
    output: draftSchema,
    handler: async ({ input, ctx }) =>
      cases.putDraft(ctx.identity.actor, input.caseId, { counter: input.counter, content: input.content }),
  });

  const remove = changing.build({
    tag: 'drafts',
    summary: 'Throw a draft away',
    operationId: 'removeDraft',
    method: 'delete',
    input: z.object({ caseId }),
    output: z.object({}),
    handler: async ({ input, ctx }) => {
      await cases.removeDraft(ctx.identity.actor, input.caseId);
      return {};
    },
  });

  return { list, get, put, remove };
}
