import { z } from 'zod';
import { createTokenCache, memoryTokenStore } from '../common/tokens.ts';
import { HostError } from '../port.ts';
import { isStaleToken } from './errors.ts';
import type { DingTalkOptions } from './options.ts';
import { createTransport } from './transport.ts';
import type { Transport, WireRequest } from './transport.ts';

export type ApiCall = Omit<WireRequest, 'headers' | 'query' | 'secrets'>;

export interface ApiClient {
  /** Calls with the app's token. Rejects {@link HostError}; an answer of another shape is `unavailable`. */
  call<T>(request: ApiCall, shape: z.ZodType<T>): Promise<T>;
  /** Without a token, for the few doors that take the credentials themselves. */
  bare: Transport;
  jsapiTicket(): Promise<string>;
}

const TOKEN_ANSWER = z.object({ accessToken: z.string().min(1), expireIn: z.coerce.number().positive() });
const TICKET_ANSWER = z.object({ jsapiTicket: z.string().min(1), expireIn: z.coerce.number().positive() });

function read<T>(api: string, shape: z.ZodType<T>, body: unknown): T {
  const result = shape.safeParse(body);
  if (result.success) {
    return result.data;
  }
  const paths = result.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new HostError('unavailable', 'shape', `${api}: unexpected answer at ${paths}`);
}

/**
 * The platform's API for one app. The app token serves both generations: as header on the new host, as query on the
 * legacy one. A call refused for its token is repeated once with a fresh one.
 */
export function createApiClient(options: DingTalkOptions): ApiClient {
  const bare = createTransport(options);
  const store = options.tokenStore ?? memoryTokenStore();
  const { businessNow } = options.clock;

  const tokens = createTokenCache({
    key: `dingtalk:${options.clientId}:token`,
    store,
    businessNow,
    obtain: async () => {
      const api = 'POST /v1.0/oauth2/accessToken';
      const answer = await bare({
        api,
        generation: 'modern',
        method: 'POST',
        path: '/v1.0/oauth2/accessToken',
        body: { appKey: options.clientId, appSecret: options.clientSecret },
        secrets: [options.clientSecret],
      });
      const { accessToken, expireIn } = read(api, TOKEN_ANSWER, answer);
      return { value: accessToken, lifeSeconds: expireIn };
    },
  });

  function withToken(request: ApiCall, token: string): WireRequest {
    const credentials =
      request.generation === 'modern'
        ? { headers: { 'x-acs-dingtalk-access-token': token } }
        : { query: { access_token: token } };
    return { ...request, ...credentials, secrets: [token] };
  }

  /** A store that fails is one more thing that may work later. */
  async function appToken(stale?: string): Promise<string> {
    try {
      if (stale !== undefined) {
        await tokens.drop(stale);
      }
      return await tokens.get();
    } catch (error) {
      throw error instanceof HostError
        ? error
        : new HostError('unavailable', 'tokenStore', 'tokens cannot be kept', { cause: error });
    }
  }

  async function call<T>(request: ApiCall, shape: z.ZodType<T>): Promise<T> {
    const token = await appToken();
    try {
      return read(request.api, shape, await bare(withToken(request, token)));
    } catch (error) {
      if (!isStaleToken(error)) {
        throw error;
      }
    }
    return read(request.api, shape, await bare(withToken(request, await appToken(token))));
  }

  const tickets = createTokenCache({
    key: `dingtalk:${options.clientId}:jsapiTicket`,
    store,
    businessNow,
    obtain: async () => {
      const { jsapiTicket, expireIn } = await call(
        {
          api: 'POST /v1.0/oauth2/jsapiTickets',
          generation: 'modern',
          method: 'POST',
          path: '/v1.0/oauth2/jsapiTickets',
        },
        TICKET_ANSWER,
      );
      return { value: jsapiTicket, lifeSeconds: expireIn };
    },
  });

  return { call, bare, jsapiTicket: tickets.get };
}

/** A call of the legacy API: `path` is its name. */
export function legacy(path: string, body: unknown): ApiCall {
  return { api: path, generation: 'legacy', method: 'POST', path, body };
}

/** A call of the new API. `pattern` has `{id}` where ids stand, so that they stay out of logs and budgets. */
export function modern(
  method: ApiCall['method'],
  pattern: string,
  ids: readonly string[] = [],
  body?: unknown,
): ApiCall {
  const rest = [...ids];
  const path = pattern.replaceAll(/\{\w+\}/g, () => encodeURIComponent(rest.shift() ?? ''));
  return { api: `${method} ${pattern.split('?')[0]}`, generation: 'modern', method, path, body };
}
