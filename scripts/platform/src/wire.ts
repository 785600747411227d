/** The contract as this side implements it, from its documents alone: signatures, digests, problems. */
import {
  createHash,
  createHmac,
  generateKeyPairSync,
  randomBytes,
  sign as signWith,
  timingSafeEqual,
  verify as verifyWith,
} from 'node:crypto';

export const MEDIA_TYPE = 'application/vnd.minqing.exchange.v1+json';
export const MOST_BYTES = 1_048_576;
const SKEW_MS = 300_000;

export const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

/** A shared secret, base64; or our private and their public SM2 key, PEM. */
export type Secret = { secret: string } | { ownPrivate: string; theirPublic: string };
export type Key = Secret & { partner: string; keyId: string };

/** Seven lines: what a signature covers. The digest of the body is the suite’s own. */
function signedLines(key: Key, time: string, nonce: string, call: string, body: Buffer): string {
  const digest = createHash('secret' in key ? 'sha256' : 'sm3')
    .update(body)
    .digest('hex');
  return ['v1', key.partner, key.keyId, time, nonce, call, digest].join('\n');
}

/** HMAC-SHA256, or SM2 over SM3 (default user id, DER). */
function signatureOf(key: Key, text: string): Buffer {
  return 'secret' in key
    ? createHmac('sha256', Buffer.from(key.secret, 'base64')).update(text).digest()
    : signWith('sm3', Buffer.from(text), key.ownPrivate);
}

function isTheirs(key: Key, text: string, given: Buffer): boolean {
  if ('secret' in key) {
    const own = signatureOf(key, text);
    return own.length === given.length && timingSafeEqual(own, given);
  }
  return verifyWith('sm3', Buffer.from(text), key.theirPublic, given);
}

/** A fresh SM2 pair, PEM. */
export function newPair(): { ownPrivate: string; publicKey: string } {
  const pair = generateKeyPairSync('ec', {
    namedCurve: 'SM2',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return { ownPrivate: pair.privateKey, publicKey: pair.publicKey };
}

export function headersFor(key: Key, method: string, path: string, body: Buffer): Record<string, string> {
  const time = String(Date.now());
  const nonce = randomBytes(18).toString('base64url');
  const text = signedLines(key, time, nonce, `${method} ${path}`, body);
  return {
    'x-exchange-partner': key.partner,
    'x-exchange-key': key.keyId,
    'x-exchange-time': time,
    'x-exchange-nonce': nonce,
    'x-exchange-signature': signatureOf(key, text).toString('base64'),
  };
}

export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly more: Record<string, unknown>;

  constructor(status: number, code: string, more: Record<string, unknown> = {}) {
    super(code);
    this.status = status;
    this.code = code;
    this.more = more;
  }
}

/**
 * Checks a call of the other side against the keys that count; answers the id of the one it was signed with. `fresh` says
 * whether its nonce is new. Throws {@link Problem}.
 */
export function check(
  keys: readonly Key[],
  request: { method: string; path: string; header(name: string): string; body: Buffer },
  fresh: (nonce: string) => boolean,
): string {
  const time = request.header('x-exchange-time');
  const nonce = request.header('x-exchange-nonce');
  if (keys.every((one) => one.partner !== request.header('x-exchange-partner'))) {
    throw new Problem(401, 'unknownPartner');
  }
  const key = keys.find((one) => one.keyId === request.header('x-exchange-key'));
  if (!key) {
    throw new Problem(401, 'unknownKey');
  }
  if (!(Math.abs(Number(time) - Date.now()) <= SKEW_MS)) {
    throw new Problem(401, 'staleTime');
  }
  const text = signedLines(key, time, nonce, `${request.method} ${request.path}`, request.body);
  if (!isTheirs(key, text, Buffer.from(request.header('x-exchange-signature'), 'base64'))) {
    throw new Problem(401, 'badSignature');
  }
  if (!fresh(nonce)) {
    throw new Problem(401, 'replayed');
  }
  return key.keyId;
}

export interface Numbered {
  side: 'M' | 'P';
  seq: number;
  id: string;
}

/** The digest of a case: a line for each message, the other side's first. */
export function caseDigest(log: readonly Numbered[]): string {
  const lines = (side: 'M' | 'P'): string[] =>
    log
      .filter((m) => m.side === side)
      .toSorted((a, b) => a.seq - b.seq)
      .map((m) => `${side}:${m.seq}:${m.id}`);
  return sha256([...lines('M'), ...lines('P')].join('\n'));
}

export const dayDigest = (cases: readonly { caseId: string; digest: string }[]): string =>
  sha256(
    cases
      .map((c) => `${c.caseId}:${c.digest}`)
      .toSorted()
      .join('\n'),
  );
