/** One person with accounts in several messengers: one's own, and those an administrator decides. */
import { linkCode, linkOutcome, linkPage, myAccounts } from '@minqing/shared/contract';
import { z } from 'zod';
import { forbidden } from '../../errors.ts';
import type { HttpDeps } from '../deps.ts';
import { changeRequest, changing, signedOn } from './factories.ts';
import { idOf } from './units.endpoints.ts';

const one = z.object({ linkId: idOf('Link') });

export function linkEndpoints({ people: { links } }: HttpDeps) {
  const mine = signedOn.build({
    tag: 'session',
    summary: 'My accounts in the messengers',
    operationId: 'myAccounts',
    output: myAccounts.meta({ id: 'MyAccounts' }),
    handler: async ({ ctx }) => links.mine(ctx.identity),
  });

  const makeCode = changing.build({
    tag: 'session',
    summary: 'Show a code to type in another messenger',
    description: 'An earlier code is worth nothing from then on. Asked again it is another code.',
    operationId: 'makeLinkCode',
    method: 'post',
    output: linkCode.meta({ id: 'LinkCode' }),
    handler: async ({ ctx }) => {
      ctx.response.set('Cache-Control', 'no-store');
      return links.makeCode(ctx.identity);
    },
  });

  const useCode = changing.build({
    tag: 'session',
    summary: 'Type a code that was shown in another messenger',
    description: 'Who is signed on holds roles, so that an administrator is asked to confirm.',
    operationId: 'useLinkCode',
    method: 'post',
    input: z.object({ linkCode: z.string().trim().min(1, '请输入关联码').max(20, '关联码是 9 位数字') }),
    output: linkOutcome.meta({ id: 'LinkOutcome' }),
    handler: async ({ input, ctx }) => {
      const { session, person, hostId } = ctx.identity;
      if (session === null) {
        throw forbidden('要本人在平台里打开应用才能关联账号');
      }
      const address = ctx.request.ip ?? 'unknown';
      const typist = { accountId: session.accountId, hostId, personId: person.id, address };
      return links.useCode(typist, input.linkCode);
    },
  });

  const leave = changing.build({
    tag: 'session',
    summary: 'Take an account away again that came by a code',
    operationId: 'leaveAccount',
    method: 'post',
    input: z.object({ accountId: idOf('Account') }),
    output: z.object({}),
    handler: async ({ input, ctx }) => {
      await links.leave(ctx.identity, input.accountId, changeRequest(ctx, 'leaveAccount', input));
      return {};
    },
  });

  const page = signedOn.build({
    tag: 'admin',
    summary: 'People who may be one, in two messengers',
    operationId: 'links',
    input: z.object({
      state: z.enum(['open', 'decided']).default('open'),
      after: z.string().max(1_000).optional(),
    }),
    output: linkPage.meta({ id: 'LinkPage' }),
    handler: async ({ input, ctx }) =>
      links.page(ctx.identity.actor, { open: input.state === 'open', after: input.after }),
  });

  const deciding = (
    what: 'confirm' | 'refuse' | 'undo',
    summary: string,
    operationId: 'confirmLink' | 'refuseLink' | 'undoLink',
  ) =>
    changing.build({
      tag: 'admin',
      summary,
      operationId,
      method: 'post',
      input: one,
      output: z.object({}),
      handler: async ({ input, ctx }) => {
        await links[what](ctx.identity.actor, input.linkId, changeRequest(ctx, operationId, input));
        return {};
      },
    });

  return {
    mine,
    makeCode,
    useCode,
    leave,
    page,
    confirm: deciding('confirm', 'They are one person', 'confirmLink'),
    refuse: deciding('refuse', 'They are two people', 'refuseLink'),
    undo: deciding('undo', 'They are two again', 'undoLink'),
  };
}
