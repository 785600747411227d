import { z } from 'zod';
import { idText } from '../common/shapes.ts';
import { HostError } from '../port.ts';
import type { HostAccount, SignOnDoor } from '../port.ts';
import type { Accounts } from './accounts.ts';
import type { ApiClient } from './client.ts';
import type { ZhezhengdingOptions } from './options.ts';

const USER = z.object({
  data: z.object({
    accountId: idText,
    employeeCode: z.string().nullish(),
    lastName: z.string().nullish(),
    nickNameCn: z.string().nullish(),
    tenantId: idText.nullish(),
    realmId: idText.nullish(),
  }),
});

const CODE_LENGTH = 512; // far above any code the platform mints

/**
 * Exchanges a one-time code (five minutes, single use): of `getAuthCode` in the container, or of the login page that
 * was scanned. Rejects `invalid` for a bad code and for an account of another tenant.
 */
export async function exchangeCode(
  client: ApiClient,
  accounts: Accounts,
  options: ZhezhengdingOptions,
  code: string,
  door: SignOnDoor,
): Promise<HostAccount> {
  if (code === '' || code.length > CODE_LENGTH) {
    throw new HostError('invalid', 'code', 'sign-on code is empty or too long');
  }
  if (door === 'scan' && options.scan === null) {
    throw new HostError('invalid', 'scan', 'signing on by scanning is not set up');
  }
  const { data } = await asBadCode(
    door === 'scan'
      ? client.callScanning('/rpc/oauth2/getuserinfo_bycode.json', { code }, USER, 'access_token')
      : client.call('/rpc/oauth2/dingtalk_app_user.json', { auth_code: code }, USER, 'access_token'),
  );
  const tenant = data.tenantId ?? data.realmId;
  if (tenant != null && tenant !== options.tenantId) {
    throw new HostError('invalid', 'tenant', 'the account belongs to another tenant');
  }
  const employeeCode = data.employeeCode || (await accounts.codeOf(data.accountId));
  accounts.remember(employeeCode, data.accountId);
  return { userId: employeeCode, unionId: data.accountId, name: data.lastName || data.nickNameCn || '' };
}

/** Whatever words the platform has for a code that is gone or was used: to whoever signs on it is a bad code. */
async function asBadCode<T>(exchange: Promise<T>): Promise<T> {
  try {
    return await exchange;
  } catch (error) {
    if (error instanceof HostError && (error.kind === 'gone' || error.kind === 'duplicate')) {
      throw new HostError('invalid', error.code, error.message);
    }
    throw error;
  }
}

/**
 * The login page for browsers outside the messenger; the page that asks adds `redirect_uri` and its own `state`. Null
 * where scanning is not set up.
 */
export function loginPage(options: ZhezhengdingOptions): string | null {
  if (options.scan === null) {
    return null;
  }
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: options.scan.clientId,
    scope: 'get_user_info',
    authType: 'QRCODE',
  });
  return `${options.scan.loginBase.replace(/\/+$/, '')}/oauth2/auth.htm?${query.toString()}`;
}
