import { ApiError, LegacyError } from './errors.ts';
import { TOKEN_SECONDS } from './tokens.ts';
import { text } from './values.ts';
import type { Call, Operation } from './wire.ts';

/** Tokens, sign-on and JSAPI tickets: sections 1 and 2 of the platform's pages on app tokens and 免登. */
export const AUTH_OPERATIONS: readonly Operation[] = [
  {
    api: 'token.get',
    words: '取访问令牌',
    method: 'post',
    path: '/v1.0/oauth2/accessToken',
    generation: 'new',
    open: true,
    handle({ messenger, body }) {
      if (body.appKey !== messenger.config.clientId || body.appSecret !== messenger.config.clientSecret) {
        throw new ApiError(400, 'invalidClientIdOrSecret', '无效的clientId或者clientSecret');
      }
      return { accessToken: messenger.tokens.issue(), expireIn: TOKEN_SECONDS };
    },
  },
  {
    api: 'token.get',
    words: '取访问令牌',
    method: 'post',
    path: '/v1.0/oauth2/:corpId/token',
    generation: 'new',
    open: true,
    handle({ messenger, body, params }) {
      if (body.grant_type !== 'client_credentials') {
        throw new ApiError(400, 'unsupported.grant.type');
      }
      if (
        body.client_id !== messenger.config.clientId ||
        body.client_secret !== messenger.config.clientSecret
      ) {
        throw new ApiError(400, 'invalid.client');
      }
      if (params.corpId !== messenger.config.corpId) {
        throw new ApiError(401, 'unauthorized.client');
      }
      return { access_token: messenger.tokens.issue(), expires_in: TOKEN_SECONDS };
    },
  },
  {
    api: 'token.get',
    words: '取访问令牌',
    method: 'get',
    path: '/gettoken',
    generation: 'legacy',
    open: true,
    handle({ messenger, query }) {
      if (query.appkey !== messenger.config.clientId || query.appsecret !== messenger.config.clientSecret) {
        throw new LegacyError(40089, '不合法的appkey或appsecret');
      }
      return { access_token: messenger.tokens.issue(), expires_in: TOKEN_SECONDS };
    },
  },
  {
    api: 'jsapi.ticket',
    words: '取 JSAPI 票据',
    method: 'post',
    path: '/v1.0/oauth2/jsapiTickets',
    generation: 'new',
    handle: ({ messenger }) => ({ jsapiTicket: messenger.tokens.ticket(), expireIn: TOKEN_SECONDS }),
  },
  {
    api: 'jsapi.ticket',
    words: '取 JSAPI 票据',
    method: 'get',
    path: '/get_jsapi_ticket',
    generation: 'legacy',
    handle: ({ messenger }) => ({ ticket: messenger.tokens.ticket(), expires_in: TOKEN_SECONDS }),
  },
  {
    api: 'signon.exchange',
    words: '换取登录身份',
    method: 'post',
    path: '/topapi/v2/user/getuserinfo',
    generation: 'legacy',
    permission: 'qyapi_base',
    handle: exchangeCode,
  },
];

function exchangeCode({ messenger, body, told }: Call) {
  const personId = messenger.tokens.redeem(text(body.code), messenger.config.clientId);
  const person = personId === undefined ? undefined : messenger.directory.person(personId);
  if (person === undefined) {
    throw new LegacyError(40078, '不存在的临时授权码');
  }
  told.personIds = [person.id];
  const isAdmin = person.roles.includes('admin');
  return {
    result: {
      userid: person.userid,
      unionid: person.unionid,
      associated_unionid: `N2o5${person.unionid.slice(0, 12)}`,
      name: person.name,
      device_id: `demo-${person.id}`,
      sys: isAdmin,
      sys_level: isAdmin ? 1 : 0,
    },
  };
}
