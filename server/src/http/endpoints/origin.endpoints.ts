/** Front ends on other origins: what they must know first, and which there are. */
import { frontView, hostOriginsList, originsInput } from '@minqing/shared/contract';
import type { HttpDeps } from '../deps.ts';
import { anyone, changeRequest, changing, signedOn } from './factories.ts';
import { idOf } from './units.endpoints.ts';

const originsAnswer = hostOriginsList.meta({ id: 'HostOriginsList' });

export function originEndpoints({ origins, front }: HttpDeps) {
  const facts = anyone.build({
    tag: 'session',
    summary: 'What a front end must know before anybody is signed on',
    description: 'For one that is served elsewhere; beside the server’s own page it stands in config.json.',
    operationId: 'front',
    output: frontView.meta({ id: 'Front' }),
    handler: async () => front,
  });

  const list = signedOn.build({
    tag: 'admin',
    summary: 'Other origins that serve the mini-app, by host organisation',
    operationId: 'hostOrigins',
    output: originsAnswer,
    handler: async ({ ctx }) => origins.list(ctx.identity.actor),
  });

  const change = changing.build({
    tag: 'admin',
    summary: 'Replace the other origins of a host organisation',
    description: 'Pages of these origins may call the API with bearer sessions of this host organisation.',
    operationId: 'changeHostOrigins',
    method: 'put',
    input: originsInput.extend({ hostId: idOf('Host organisation') }),
    output: originsAnswer,
    handler: async ({ input, ctx }) => {
      const { hostId, ...wanted } = input;
      await origins.change(
        ctx.identity.actor,
        hostId,
        wanted,
        changeRequest(ctx, 'changeHostOrigins', input),
      );
      return origins.list(ctx.identity.actor);
    },
  });

  return { facts, list, change };
}
