import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';

/** Life of an access token and of a JSAPI ticket, in seconds, as the platform announces it. */
export const TOKEN_SECONDS = 7200;
/** Life of a sign-on code. */
export const CODE_MS = 5 * 60_000;
/** A ticket's life can be extended by asking again, but never beyond this. */
const TICKET_MAX_MS = 24 * 3_600_000;

export type TokenState = 'valid' | 'expired' | 'unknown' | 'missing';

export interface Tokens {
  /** The app's token: the same value while it lives, its life renewed by asking. */
  issue(): string;
  check(token: string): TokenState;
  /** The JSAPI ticket, on the same terms as the token but for at most 24 hours. */
  ticket(): string;
  /** Whether this is the ticket, and it lives. */
  isTicket(value: string): boolean;
  /** A single-use code that stands for one person and serves one app, as the JSAPI mints it. */
  mintCode(personId: string, app: string): string;
  /** The person a code stands for; undefined when it is unknown, was used, is another app's, or older than five minutes. */
  redeem(code: string, app: string): string | undefined;
  /** Whether a page's signature fits the current ticket: SHA-256 or SHA-1, lower-case hex. */
  verifySignature(fields: { nonce: string; timestamp: string; url: string; signature: string }): boolean;
  reset(): void;
}

interface Lease {
  value: string;
  bornAt: number;
  expiresAt: number;
}

/** All lives are counted in business time, so moving the demo's clock ends them too. */
export function createTokens(clock: Clock): Tokens {
  let token: Lease | null = null;
  let ticket: Lease | null = null;
  const ended = new Set<string>();
  const codes = new Map<string, { personId: string; app: string; expiresAt: number }>();

  const renew = (lease: Lease | null, maxMs: number): Lease => {
    const now = clock.now();
    if (lease !== null && now < lease.expiresAt) {
      return { ...lease, expiresAt: Math.min(now + TOKEN_SECONDS * 1000, lease.bornAt + maxMs) };
    }
    return { value: randomBytes(24).toString('hex'), bornAt: now, expiresAt: now + TOKEN_SECONDS * 1000 };
  };

  return {
    issue() {
      const next = renew(token, Number.POSITIVE_INFINITY);
      if (token !== null && token.value !== next.value) {
        ended.add(token.value);
      }
      token = next;
      return next.value;
    },
    check(value) {
      if (value === '') {
        return 'missing';
      }
      if (token !== null && token.value === value) {
        return clock.now() < token.expiresAt ? 'valid' : 'expired';
      }
      return ended.has(value) ? 'expired' : 'unknown';
    },
    ticket() {
      ticket = renew(ticket, TICKET_MAX_MS);
      return ticket.value;
    },
    isTicket: (value) => ticket !== null && ticket.value === value && clock.now() < ticket.expiresAt,
    mintCode(personId, app) {
      const code = randomBytes(16).toString('hex');
      codes.set(code, { personId, app, expiresAt: clock.now() + CODE_MS });
      return code;
    },
    redeem(code, app) {
      const entry = codes.get(code);
      if (entry?.app !== app) {
        return undefined;
      }
      codes.delete(code);
      return clock.now() < entry.expiresAt ? entry.personId : undefined;
    },
    verifySignature({ nonce, timestamp, url, signature }) {
      if (ticket === null || clock.now() >= ticket.expiresAt) {
        return false;
      }
      const plain = `jsapi_ticket=${ticket.value}&noncestr=${nonce}&timestamp=${timestamp}&url=${signedUrl(url)}`;
      return ['sha256', 'sha1'].some((hash) => createHash(hash).update(plain).digest('hex') === signature);
    },
    reset() {
      token = null;
      ticket = null;
      ended.clear();
      codes.clear();
    },
  };
}

/** The form in which a page's address enters the signature: no fragment, the query decoded once. */
export function signedUrl(url: string): string {
  const [address = ''] = url.split('#');
  const mark = address.indexOf('?');
  if (mark < 0) {
    return address;
  }
  try {
    return address.slice(0, mark + 1) + decodeURIComponent(address.slice(mark + 1));
  } catch {
    return address;
  }
}
