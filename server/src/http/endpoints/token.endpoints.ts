/** Personal access tokens: one's own, and those of an administrator's people. */
import { adminTokenPage, myTokens, tokenMade } from '@minqing/shared/contract';
import { TOKEN_DAYS, TOKEN_NAME_LENGTH, TOKEN_SCOPE_NAMES } from '@minqing/shared/words';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { changeRequest, changing, signedOn } from './factories.ts';

const tag = 'tokens';
const tokenId = z.uuid();

export function tokenEndpoints({ tokens }: HttpDeps) {
  const mine = signedOn.build({
    tag,
    summary: 'My access tokens',
    operationId: 'listTokens',
    output: myTokens.meta({ id: 'MyTokens' }),
    handler: async ({ ctx }) => tokens.mine(ctx.identity.actor),
  });

  const make = changing.build({
    tag,
    summary: 'Make an access token',
    description: 'Its secret is in this answer and nowhere else.',
    operationId: 'makeToken',
    method: 'post',
    input: z.object({
      name: z
        .string()
        .trim()
        .min(1, '请写一个名字，以后好认')
        .max(TOKEN_NAME_LENGTH, `最多 ${TOKEN_NAME_LENGTH} 个字`),
      scopes: z.array(z.enum(TOKEN_SCOPE_NAMES)).min(1, '请至少勾选一项权限'),
      days: z.union(
        TOKEN_DAYS.map((days) => z.literal(days)),
        '请选一个有效期',
      ),
    }),
    output: tokenMade.meta({ id: 'TokenMade' }),
    handler: async ({ input, ctx }) => {
      ctx.response.set('Cache-Control', 'no-store');
      return tokens.make(ctx.identity.actor, input, changeRequest(ctx, 'makeToken', input));
    },
  });

  const revoke = changing.build({
    tag,
    summary: 'Revoke one of my access tokens',
    operationId: 'revokeToken',
    method: 'delete',
    input: z.object({ tokenId }),
    output: z.object({}),
    handler: async ({ input, ctx }) => {
      const request = changeRequest(ctx, 'revokeToken', input);
      await tokens.revoke(ctx.identity.actor, input.tokenId, request);
      return {};
    },
  });

  const list = signedOn.build({
    tag,
    summary: 'Access tokens of my areas’ people',
    operationId: 'adminTokens',
    input: z.object({
      state: z.enum(['live', 'over']).default('live'),
      after: z.string().max(1_000).optional(),
    }),
    output: adminTokenPage.meta({ id: 'AdminTokenPage' }),
    handler: async ({ input, ctx }) => tokens.admin.list(ctx.identity.actor, input),
  });

  const revokeFor = changing.build({
    tag,
    summary: 'Revoke somebody’s access token',
    operationId: 'adminRevokeToken',
    method: 'post',
    input: z.object({
      tokenId,
      reason: z.string().trim().min(1, '请写明原因，本人会看到').max(100, '最多 100 个字'),
    }),
    output: z.object({}),
    handler: async ({ input, ctx }) => {
      const request = changeRequest(ctx, 'adminRevokeToken', input);
      await tokens.admin.revoke(ctx.identity.actor, input.tokenId, input.reason, request);
      return {};
    },
  });

  return {
    'get tokens': mine,
    'post tokens': make,
    'delete tokens/:tokenId': revoke,
    'get admin/tokens': list,
    'post admin/tokens/:tokenId/revoke': revokeFor,
  };
}
