/** What a signature covers: the same text on both sides, whatever signs it. */

export { SUITES, type Suite } from '../words/exchange.ts';

export const SIGNATURE_HEADERS = {
  partner: 'x-exchange-partner',
  key: 'x-exchange-key',
  time: 'x-exchange-time',
  nonce: 'x-exchange-nonce',
  signature: 'x-exchange-signature',
} as const;

export interface Signed {
  method: string;
  /** With its query, as it stands in the request line. */
  path: string;
  /** Of the body’s bytes, hexadecimal: SHA-256, with `sm2-sm3` SM3. */
  bodyDigest: string;
  /** Milliseconds since 1970. */
  time: string;
  nonce: string;
  partner: string;
  keyId: string;
}

/** The signed text: seven lines, no newline at the end. */
export function signedText(s: Signed): string {
  return [
    'v1',
    s.partner,
    s.keyId,
    s.time,
    s.nonce,
    `${s.method.toUpperCase()} ${s.path}`,
    s.bodyDigest,
  ].join('\n');
}
