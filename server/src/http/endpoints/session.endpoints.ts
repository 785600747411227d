/** Signing on and off, and who am I. */
import { meView } from '@minqing/shared/contract';
import { z } from 'zod';
import { hostUnavailable, invalidInput } from '../../errors.ts';
import type { HttpDeps } from '../deps.ts';
import {
  bearerSecret,
  clearSessionCookie,
  cookieSecret,
  requireOwnOrigin,
  setSessionCookie,
} from '../identity.ts';
import { anyone, changing, signedOn } from './factories.ts';
import { isOwnPage } from '../origins.ts';

const settings = z.object({
  text: z.enum(['normal', 'large']).optional().describe('Size of text'),
  theme: z.enum(['auto', 'light', 'dark']).optional(),
});

export function sessionEndpoints(deps: HttpDeps) {
  const { people, clock, config } = deps;
  const secure = config.publicUrl.startsWith('https:');

  const signOn = anyone.build({
    tag: 'session',
    summary: 'Sign on',
    description:
      'Exchanges the one-time code of the host for a session. A cookie session answers no token; a bearer one lives for minutes and is kept in memory only.',
    operationId: 'signOn',
    input: z.object({
      hostId: z.string().min(1).max(64).describe('Which organisation, as in config.json'),
      code: z.string().min(1).max(512).describe('From the JSAPI, or from the login page'),
      door: z
        .enum(['container', 'scan'])
        .default('container')
        .describe('Where the code comes from: the container, or a login page that was scanned'),
      mode: z.enum(['cookie', 'bearer']).default('cookie'),
      linkCode: z
        .string()
        .max(20)
        .optional()
        .describe('Nine digits shown in another messenger: makes this account the same person’s'),
    }),
    output: z.object({ token: z.string().optional(), expiresAt: z.string() }).meta({ id: 'Session' }),
    handler: async ({ input, ctx: { request, response } }) => {
      await requireOwnOrigin(deps.origins, request, input.hostId);
      const previous = cookieSecret(request, secure);
      const session = await people.signOn({
        ...input,
        previousSecret: previous,
        address: request.ip ?? 'unknown',
      });
      const expiresAt = new Date(session.expiresAt).toISOString();
      response.set('Cache-Control', 'no-store');
      if (input.mode === 'bearer') {
        return { token: session.secret, expiresAt };
      }
      setSessionCookie(response, session, clock.machineNow(), secure);
      return { expiresAt };
    },
  });

  const signOff = anyone.build({
    tag: 'session',
    summary: 'Sign off',
    operationId: 'signOff',
    method: 'delete',
    output: z.object({}),
    handler: async ({ ctx: { request, response } }) => {
      const secret = bearerSecret(request) ?? cookieSecret(request, secure);
      if (secret) {
        await people.signOff(secret);
      }
      clearSessionCookie(response, secure);
      return {};
    },
  });

  const me = signedOn.build({
    tag: 'session',
    summary: 'Who am I',
    description: 'Grants, settings, and the word that changes by cookie carry in X-CSRF.',
    operationId: 'me',
    output: meView.meta({ id: 'Me' }),
    handler: async ({ ctx }) => {
      ctx.response.set('Cache-Control', 'no-store');
      return people.me(ctx.identity, await deps.cases.recordOf(ctx.identity.person.id));
    },
  });

  const saveSettings = changing.build({
    tag: 'session',
    summary: 'Change my settings',
    operationId: 'saveSettings',
    method: 'patch',
    input: settings,
    output: settings.required(),
    handler: async ({ input, ctx }) => people.saveSettings(ctx.identity.person.id, input),
  });

  const jsapi = signedOn.build({
    tag: 'session',
    summary: 'Signed JSAPI configuration of a page',
    operationId: 'jsapi',
    input: z.object({ url: z.string().max(2_000).describe('The page, without #…') }),
    output: z
      .union([
        z.object({
          agentId: z.string(),
          corpId: z.string(),
          timeStamp: z.string(),
          nonceStr: z.string(),
          signature: z.string(),
        }),
        z.object({ ticket: z.string().describe('Of hosts that sign no page') }),
      ])
      .meta({ id: 'JsapiConfig' }),
    handler: async ({ input, ctx }) => {
      const host = deps.hosts.get(ctx.identity.hostId);
      if (!host || !(await isOwnPage(input.url, host.id, deps))) {
        throw invalidInput([{ path: 'url', message: '只能为本应用的页面签名' }]);
      }
      try {
        return await host.signJsapi(input.url.split('#', 1)[0] ?? '');
      } catch (error) {
        throw hostUnavailable(error);
      }
    },
  });

  return { signOn, signOff, me, saveSettings, jsapi };
}
