/** 通讯录同步: reading the contacts, seeing what would change, writing it. */
import { syncDetail, syncOverview } from '@minqing/shared/contract';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { changeRequest, changing, signedOn } from './factories.ts';
import { idOf } from './units.endpoints.ts';

const runId = idOf('Run');

export function contactEndpoints({ people }: HttpDeps) {
  const runs = people.contactRuns;

  const overview = signedOn.build({
    tag: 'admin',
    summary: 'Contacts: hosts and the last syncs',
    operationId: 'contactRuns',
    output: syncOverview.meta({ id: 'SyncOverview' }),
    handler: async ({ ctx }) => runs.overview(ctx.identity.actor),
  });

  const begin = changing.build({
    tag: 'admin',
    summary: 'Read the contacts and work out what would change',
    description: 'Answers at once; ask for the run to see how far it has come. Nothing is written.',
    operationId: 'readContacts',
    method: 'post',
    input: z.object({ hostId: idOf('Host organisation') }),
    output: z.object({ id: z.string() }),
    handler: async ({ input, ctx }) => ({
      id: await runs.begin(ctx.identity.actor, input.hostId, changeRequest(ctx, 'readContacts', input)),
    }),
  });

  const one = signedOn.build({
    tag: 'admin',
    summary: 'One sync: what it would change, or has changed',
    operationId: 'contactRun',
    input: z.object({ runId }),
    output: syncDetail.meta({ id: 'SyncDetail' }),
    handler: async ({ input, ctx }) => runs.one(ctx.identity.actor, input.runId),
  });

  const apply = changing.build({
    tag: 'admin',
    summary: 'Write what was read, unless the contacts have changed since',
    operationId: 'applyContacts',
    method: 'post',
    input: z.object({ runId }),
    output: z.object({}),
    handler: async ({ input, ctx }) => {
      await runs.apply(ctx.identity.actor, input.runId, changeRequest(ctx, 'applyContacts', input));
      return {};
    },
  });

  return { overview, begin, one, apply };
}
