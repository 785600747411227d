import { createHmac, randomInt } from 'node:crypto';

/** Parameters of one call. A list is sent, and signed, once per value; what is empty is neither sent nor signed. */
export type Parameters = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** [name, value] in the order they are signed: names without regard to case, values of one name by themselves. */
export function pairsOf(parameters: Parameters): [string, string][] {
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return Object.entries(parameters)
    .flatMap(([name, value]) =>
      (Array.isArray(value) ? (value as readonly string[]) : [value]).map((one): [string, string] => [
        name,
        one === undefined ? '' : String(one),
      ]),
    )
    .filter(([, value]) => value !== '')
    .toSorted(([a, av], [b, bv]) => order(a.toLowerCase(), b.toLowerCase()) || order(a, b) || order(av, bv));
}

/** The line of parameters as it is signed: the values as they are, or form-encoded. */
export function parameterLine(pairs: readonly [string, string][], signing: 'raw' | 'encoded'): string {
  return signing === 'encoded'
    ? new URLSearchParams([...pairs]).toString()
    : pairs.map(([name, value]) => `${name}=${value}`).join('&');
}

/** METHOD, time, nonce, path and parameters, one a line; without parameters there is no fifth line. */
export function stringToSign(call: {
  method: string;
  timestamp: string;
  nonce: string;
  path: string;
  line: string;
}): string {
  const head = [call.method.toUpperCase(), call.timestamp, call.nonce, call.path];
  return [...head, ...(call.line === '' ? [] : [call.line])].join('\n');
}

/** Base64 of the HMAC-SHA256 of `text`. */
export function signatureOf(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text, 'utf8').digest('base64');
}

const SHANGHAI_MS = 8 * 3_600_000;

/** ISO 8601 with milliseconds: with China's offset, or UTC. */
export function timestampOf(now: number, form: 'offset' | 'utc'): string {
  return form === 'utc'
    ? new Date(now).toISOString()
    : `${new Date(now + SHANGHAI_MS).toISOString().slice(0, -1)}+08:00`;
}

const NONCES = 10_000;

/** Thirteen digits of the time and four that count on from a random start: a process never gives one twice. */
export function nonceMaker(): (now: number) => string {
  let next = randomInt(NONCES);
  return (now) => {
    next = (next + 1) % NONCES;
    return `${String(Math.floor(now)).padStart(13, '0')}${String(next).padStart(4, '0')}`;
  };
}
