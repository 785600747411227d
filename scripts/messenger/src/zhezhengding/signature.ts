import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isRecord, parseJson } from '../values.ts';
import { GatewayRefusal } from './envelope.ts';

export type Pair = readonly [name: string, value: string];

/** A call as it came in: nothing decoded but its parameters. */
export interface SignedCall {
  method: string;
  /** Without query. */
  path: string;
  headers: IncomingHttpHeaders;
  pairs: readonly Pair[];
}

/** Parameters of the query and of a form or JSON body; a name that comes twice is two pairs. */
export function readPairs(query: string, contentType: string, body: string): Pair[] {
  const fromBody = contentType.includes('json') ? jsonPairs(body) : formPairs(body);
  return [...formPairs(query), ...fromBody];
}

function formPairs(text: string): Pair[] {
  return text
    .split('&')
    .filter((part) => part !== '')
    .map((part): Pair => {
      const mark = part.indexOf('=');
      return mark < 0 ? [decode(part), ''] : [decode(part.slice(0, mark)), decode(part.slice(mark + 1))];
    });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new GatewayRefusal('InvalidParameter', '参数不是合法的表单编码');
  }
}

function jsonPairs(body: string): Pair[] {
  if (body.trim() === '') {
    return [];
  }
  const value = parseJson(body);
  if (!isRecord(value)) {
    throw new GatewayRefusal('InvalidParameter', '参数不是 JSON 对象');
  }
  const asText = (one: unknown): string => (typeof one === 'string' ? one : JSON.stringify(one));
  return Object.entries(value).flatMap(([name, given]) =>
    (Array.isArray(given) ? given : [given]).map((one): Pair => [name, asText(one)]),
  );
}

/** The lines the caller must have signed, from what arrived. */
export function linesOf(call: SignedCall, signing: 'raw' | 'encoded'): string {
  const { method, path, headers, pairs } = call;
  const word = signing === 'raw' ? (text: string) => text : formEncode;
  const parts = [...pairs].sort(byNameThenValue).map(([name, value]) => `${word(name)}=${word(value)}`);
  const lines = [
    method,
    header(headers, 'x-hmac-auth-timestamp'),
    header(headers, 'x-hmac-auth-nonce'),
    path,
  ];
  return (parts.length === 0 ? lines : [...lines, parts.join('&')]).join('\n');
}

function byNameThenValue([a, x]: Pair, [b, y]: Pair): number {
  const [small, large] = [a.toLowerCase(), b.toLowerCase()];
  if (small !== large) {
    return small < large ? -1 : 1;
  }
  if (a !== b) {
    return a < b ? -1 : 1;
  }
  return x === y ? 0 : x < y ? -1 : 1;
}

/** application/x-www-form-urlencoded: a space is a plus, only letters, digits and `*-._` stay. */
function formEncode(text: string): string {
  return [...Buffer.from(text, 'utf8')]
    .map((byte) => {
      const sign = String.fromCharCode(byte);
      if (/[A-Za-z0-9*\-._]/.test(sign)) {
        return sign;
      }
      return byte === 0x20 ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

function header(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

export interface Gate {
  /** The key of the app that signed the call; throws the gateway's refusal. */
  check(call: SignedCall): string;
  reset(): void;
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)$/;
const NONCE = /^\d{13,24}$/;

/**
 * Lets signed calls in: known key, format 1.0, a time within the window, a nonce that was not used, and a signature that
 * fits byte by byte.
 * @param secrets key → secret
 */
export function createGate(
  secrets: ReadonlyMap<string, string>,
  rules: { signing: 'raw' | 'encoded'; windowMs: number; nonceMs: number },
  machineNow: () => number,
): Gate {
  const used = new Map<string, number>();

  function forgetOld(now: number): void {
    for (const [nonce, until] of used) {
      if (until > now) {
        break;
      }
      used.delete(nonce);
    }
  }

  return {
    check(call) {
      const now = machineNow();
      const apiKey = header(call.headers, 'apikey');
      const secret = secrets.get(apiKey);
      if (secret === undefined) {
        throw new GatewayRefusal('InvalidApiKey', `apiKey ${apiKey || '(空)'} 无效`);
      }
      if (header(call.headers, 'x-hmac-auth-version') !== '1.0') {
        throw new GatewayRefusal('InvalidSignatureVersion', '签名版本应为 1.0');
      }
      const timestamp = header(call.headers, 'x-hmac-auth-timestamp');
      if (!TIME.test(timestamp)) {
        throw new GatewayRefusal('InvalidTimestamp', `时间戳格式不对: ${timestamp}`);
      }
      if (Math.abs(Date.parse(timestamp) - now) > rules.windowMs) {
        throw new GatewayRefusal('InvalidTimestamp', `时间戳 ${timestamp} 与网关相差太多`);
      }
      const given = Buffer.from(header(call.headers, 'x-hmac-auth-signature'));
      const expected = Buffer.from(
        createHmac('sha256', secret).update(linesOf(call, rules.signing), 'utf8').digest('base64'),
      );
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
        throw new GatewayRefusal('SignatureDoesNotMatch', '签名不匹配');
      }
      const nonce = header(call.headers, 'x-hmac-auth-nonce');
      if (!NONCE.test(nonce)) {
        throw new GatewayRefusal('InvalidNonce', '防重放数应为 13 位毫秒加 4 位数字');
      }
      forgetOld(now);
      if (used.has(`${apiKey} ${nonce}`)) {
        throw new GatewayRefusal('NonceUsed', '请求重放: nonce 已使用');
      }
      used.set(`${apiKey} ${nonce}`, now + rules.nonceMs);
      return apiKey;
    },
    reset: () => used.clear(),
  };
}
