/** The contract as this side implements it, from its documents alone: signatures, digests, problems. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export const MEDIA_TYPE = 'application/vnd.minqing.exchange.v1+json';
export const MOST_BYTES = 1_048_576;
const SKEW_MS = 300_000;

export const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

export interface Key {
  partner: string;
  keyId: string;
  secret: string;
}

/** Seven lines, signed with HMAC-SHA256. */
export function signatureOf(
  key: Key,
  time: string,
  nonce: string,
  method: string,
  path: string,
  body: Buffer,
): string {
  const text = ['v1', key.partner, key.keyId, time, nonce, `${method} ${path}`, sha256(body)].join('\n');
  return createHmac('sha256', Buffer.from(key.secret, 'base64')).update(text).digest('base64');
}

export function headersFor(key: Key, method: string, path: string, body: Buffer): Record<string, string> {
  const time = String(Date.now());
  const nonce = randomBytes(18).toString('base64url');
  return {
    'x-exchange-partner': key.partner,
    'x-exchange-key': key.keyId,
    'x-exchange-time': time,
    'x-exchange-nonce': nonce,
    'x-exchange-signature': signatureOf(key, time, nonce, method, path, body),
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

/** Checks a call of the other side. `fresh` says whether its nonce is new. Throws {@link Problem}. */
export function check(
  key: Key,
  request: { method: string; path: string; header(name: string): string; body: Buffer },
  fresh: (nonce: string) => boolean,
): void {
  const time = request.header('x-exchange-time');
  const nonce = request.header('x-exchange-nonce');
  if (request.header('x-exchange-partner') !== key.partner) {
    throw new Problem(401, 'unknownPartner');
  }
  if (request.header('x-exchange-key') !== key.keyId) {
    throw new Problem(401, 'unknownKey');
  }
  if (!(Math.abs(Number(time) - Date.now()) <= SKEW_MS)) {
    throw new Problem(401, 'staleTime');
  }
  const own = Buffer.from(signatureOf(key, time, nonce, request.method, request.path, request.body));
  const given = Buffer.from(request.header('x-exchange-signature'));
  if (own.length !== given.length || !timingSafeEqual(own, given)) {
    throw new Problem(401, 'badSignature');
  }
  if (!fresh(nonce)) {
    throw new Problem(401, 'replayed');
  }
}

interface Numbered {
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
