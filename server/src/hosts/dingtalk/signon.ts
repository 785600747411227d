import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { idText } from '../common/shapes.ts';
import { HostError } from '../port.ts';
import type { HostAccount, SignedPage } from '../port.ts';
import { legacy } from './client.ts';
import type { ApiClient } from './client.ts';
import type { DingTalkOptions } from './options.ts';

const CODE_ANSWER = z.object({
  result: z.object({ userid: idText, unionid: z.string().optional(), name: z.string().optional() }),
});
const PERSON_ANSWER = z.object({
  result: z.object({ userid: idText, unionid: z.string(), name: z.string() }),
});

const CODE_LENGTH = 512; // far above any code the platform mints

/**
 * Exchanges the JSAPI's one-time code (5 minutes, single use: 免登码). The account is read from the contacts only when
 * the exchange did not name it whole. Rejects `invalid` for a bad code (40078).
 */
export async function exchangeCode(client: ApiClient, code: string): Promise<HostAccount> {
  if (code === '' || code.length > CODE_LENGTH) {
    throw new HostError('invalid', '40078', 'sign-on code is empty or too long');
  }
  const { result } = await client.call(legacy('topapi/v2/user/getuserinfo', { code }), CODE_ANSWER);
  if (result.unionid && result.name) {
    return { userId: result.userid, unionId: result.unionid, name: result.name };
  }
  const person = await client.call(
    legacy('topapi/v2/user/get', { userid: result.userid, language: 'zh_CN' }),
    PERSON_ANSWER,
  );
  return { userId: result.userid, unionId: person.result.unionid, name: person.result.name };
}

/** The page's URL as it is signed (JSAPI鉴权): without hash, the query percent-decoded once. */
export function signedUrl(url: string): string {
  const bare = url.replace(/#.*$/s, '');
  const mark = bare.indexOf('?');
  if (mark === -1) {
    return bare;
  }
  try {
    return bare.slice(0, mark + 1) + decodeURIComponent(bare.slice(mark + 1));
  } catch {
    return bare; // a lone % is no encoding: the client leaves it too
  }
}

/** Lower-case hex SHA-256 over the four fields in exactly this order (JSAPI鉴权). `timestamp` as text, milliseconds. */
export function jsapiSignature(ticket: string, nonce: string, timestamp: string, url: string): string {
  const plain = `jsapi_ticket=${ticket}&noncestr=${nonce}&timestamp=${timestamp}&url=${signedUrl(url)}`;
  return createHash('sha256').update(plain).digest('hex');
}

/** What `dd.config` needs on the page at `url`. Rejects `invalid` for anything but an http(s) URL. */
export async function signJsapi(
  client: ApiClient,
  options: DingTalkOptions,
  url: string,
): Promise<SignedPage> {
  if (!URL.canParse(url) || !/^https?:\/\//i.test(url)) {
    throw new HostError('invalid', 'jsapi.url', 'only http(s) pages can be signed');
  }
  const ticket = await client.jsapiTicket();
  const nonceStr = randomBytes(16).toString('hex');
  const timeStamp = String(options.clock.businessNow());
  return {
    agentId: options.agentId,
    corpId: options.corpId,
    timeStamp,
    nonceStr,
    signature: jsapiSignature(ticket, nonceStr, timeStamp, url),
  };
}
