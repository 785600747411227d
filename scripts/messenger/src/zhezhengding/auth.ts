import { TOKEN_SECONDS } from '../tokens.ts';
import { BusinessRefusal } from './envelope.ts';
import type { GovCall, GovOperation } from './wire.ts';

/** Tokens, sign-on codes and the JSAPI ticket. */
export const AUTH_OPERATIONS: readonly GovOperation[] = [
  {
    api: 'zzd.token',
    words: '取访问令牌',
    path: '/gettoken.json',
    handle(call) {
      const { zhezhengding } = call.messenger;
      if (
        call.get('appkey') !== call.apiKey ||
        call.get('appsecret') !== zhezhengding.secretOf(call.apiKey)
      ) {
        throw new BusinessRefusal('INVALID_APP', 'appkey 或 appsecret 无效');
      }
      return { data: { accessToken: zhezhengding.tokensOf(call.apiKey).issue(), expiresIn: TOKEN_SECONDS } };
    },
  },
  {
    api: 'zzd.signon',
    words: '换取登录身份',
    path: '/rpc/oauth2/dingtalk_app_user.json',
    token: ['access_token'],
    handle: (call) => ({ data: account(call, call.get('auth_code')) }),
  },
  {
    api: 'zzd.signon.scan',
    words: '换取扫码身份',
    path: '/rpc/oauth2/getuserinfo_bycode.json',
    token: ['access_token'],
    handle: (call) => ({ data: account(call, call.get('code')) }),
  },
  {
    api: 'zzd.ticket',
    words: '取 JSAPI 票据',
    path: '/get_jsapi_token.json',
    token: ['accessToken', 'access_token'],
    handle: (call) => ({
      data: {
        accessToken: call.messenger.zhezhengding.tokensOf(call.apiKey).ticket(),
        expiresIn: TOKEN_SECONDS,
      },
    }),
  },
];

/** A code serves the app it was minted for, once, for five minutes. */
function account(call: GovCall, code: string): Record<string, unknown> {
  const { messenger } = call;
  const personId = messenger.tokens.redeem(code, call.apiKey);
  const person = personId === undefined ? undefined : messenger.directory.person(personId);
  if (person === undefined) {
    throw new BusinessRefusal('INVALID_AUTH_CODE', '临时授权码不存在、已使用或已过期');
  }
  call.told.personIds = [person.id];
  const { tenantId } = messenger.zhezhengding.settings;
  return {
    account: person.id,
    accountId: Number(person.unionid),
    clientId: call.apiKey,
    employeeCode: person.userid,
    lastName: person.name,
    nickNameCn: person.name,
    namespace: 'local',
    realmId: Number(tenantId),
    realmName: '本机信使',
    tenantId: Number(tenantId),
    tenantUserId: `${tenantId}$${person.unionid}`,
    openid: `${call.apiKey.slice(0, 6)}-${person.unionid}`,
  };
}
