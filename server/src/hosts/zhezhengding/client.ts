import { z } from 'zod';
import { createTokenCache, memoryTokenStore, type TokenCache } from '../common/tokens.ts';
import { HostError } from '../port.ts';
import { StaleToken } from './errors.ts';
import type { ZhezhengdingOptions } from './options.ts';
import type { Parameters } from './sign.ts';
import { createTransport, type Keys } from './transport.ts';

export interface ApiClient {
  /** A signed call; with `token` as the name of a parameter it carries the access token under it. */
  call<T>(path: string, parameters: Parameters, shape: z.ZodType<T>, token?: string): Promise<T>;
  /** The same with the keys of the app that people scan for, which often is another one. */
  callScanning<T>(path: string, parameters: Parameters, shape: z.ZodType<T>, token: string): Promise<T>;
  jsapiTicket(): Promise<string>;
}

const LIFE_SECONDS = 7_200; // where an answer names none
const TOKEN_ANSWER = z.object({
  data: z.object({
    accessToken: z.string().min(1),
    expiresIn: z.coerce.number().positive().catch(LIFE_SECONDS),
  }),
});

/** The answer in the shape asked for; any other is `unavailable` and names the place. */
function read<T>(api: string, shape: z.ZodType<T>, content: unknown): T {
  const result = shape.safeParse(content);
  if (result.success) {
    return result.data;
  }
  const paths = result.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new HostError('unavailable', 'shape', `${api}: unexpected answer at ${paths || 'content'}`);
}

/** The platform's API for one app. A call refused for its token is repeated once with a fresh one. */
export function createApiClient(options: ZhezhengdingOptions): ApiClient {
  const send = createTransport(options);
  const store = options.tokenStore ?? memoryTokenStore();
  const { businessNow } = options.clock;
  const scanKeys = options.scan ?? options;

  const tokensOf = (keys: Keys): TokenCache =>
    createTokenCache({
      key: `zhezhengding:${options.id}:${keys.appKey}:token`,
      store,
      businessNow,
      obtain: async () => {
        const parameters = { appkey: keys.appKey, appsecret: keys.appSecret };
        const content = await send({ path: '/gettoken.json', parameters, keys });
        const { accessToken, expiresIn } = read('/gettoken.json', TOKEN_ANSWER, content).data;
        return { value: accessToken, lifeSeconds: expiresIn };
      },
    });
  const tokens = tokensOf(options);
  const scanTokens = scanKeys.appKey === options.appKey ? tokens : tokensOf(scanKeys);

  /** A store that fails is one more thing that may work later. */
  async function fresh(cache: TokenCache, stale?: string): Promise<string> {
    try {
      if (stale !== undefined) {
        await cache.drop(stale);
      }
      return await cache.get();
    } catch (error) {
      throw error instanceof HostError
        ? error
        : new HostError('unavailable', 'tokenStore', 'tokens cannot be kept', { cause: error });
    }
  }

  async function withToken<T>(
    by: { keys: Keys; cache: TokenCache; field: string },
    path: string,
    parameters: Parameters,
    shape: z.ZodType<T>,
  ): Promise<T> {
    const attempt = async (token: string): Promise<T> =>
      read(
        path,
        shape,
        await send({
          path,
          parameters: { ...parameters, [by.field]: token },
          keys: by.keys,
          secrets: [token],
        }),
      );
    const token = await fresh(by.cache);
    try {
      return await attempt(token);
    } catch (error) {
      if (!(error instanceof StaleToken)) {
        throw error;
      }
    }
    return attempt(await fresh(by.cache, token));
  }

  const call: ApiClient['call'] = async (path, parameters, shape, token) =>
    token === undefined
      ? read(path, shape, await send({ path, parameters }))
      : withToken({ keys: options, cache: tokens, field: token }, path, parameters, shape);

  const tickets = createTokenCache({
    key: `zhezhengding:${options.id}:${options.appKey}:ticket`,
    store,
    businessNow,
    obtain: async () => {
      const { ticketTokenField } = options.dialect;
      const { data } = await call('/get_jsapi_token.json', {}, TOKEN_ANSWER, ticketTokenField);
      return { value: data.accessToken, lifeSeconds: data.expiresIn };
    },
  });

  return {
    call,
    callScanning: (path, parameters, shape, token) =>
      withToken({ keys: scanKeys, cache: scanTokens, field: token }, path, parameters, shape),
    jsapiTicket: tickets.get,
  };
}
