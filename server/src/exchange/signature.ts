/** Signing and checking what goes between the platforms: HMAC-SHA256, or SM2 with SM3, both of Node's own crypto. */
import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign as signWith,
  timingSafeEqual,
  verify as verifyWith,
} from 'node:crypto';
import { SIGNATURE_HEADERS, signedText, type Signed, type Suite } from '@minqing/shared/exchange';

/** Base64 of 32 random bytes; or with `sm2-sm3` our private and their public key, PEM. */
export type KeyMaterial =
  | { suite: 'hmac-sha256'; secret: string }
  | { suite: 'sm2-sm3'; ownPrivate: string; theirPublic: string };

/** Digest of a body, hexadecimal, in the suite's own hash. */
export function bodyDigest(suite: Suite, body: Uint8Array): string {
  return createHash(suite === 'sm2-sm3' ? 'sm3' : 'sha256')
    .update(body)
    .digest('hex');
}

/** The signature of a text, base64. */
export function sign(material: KeyMaterial, text: string): string {
  return material.suite === 'hmac-sha256'
    ? createHmac('sha256', Buffer.from(material.secret, 'base64')).update(text, 'utf8').digest('base64')
    : signWith('sm3', Buffer.from(text, 'utf8'), createPrivateKey(material.ownPrivate)).toString('base64');
}

/** Whether the other side made this signature. A signature that is no base64 is a wrong one. */
export function isSignedBy(material: KeyMaterial, text: string, signature: string): boolean {
  const given = Buffer.from(signature, 'base64');
  if (material.suite === 'hmac-sha256') {
    const own = Buffer.from(sign(material, text), 'base64');
    return own.length === given.length && timingSafeEqual(own, given);
  }
  try {
    return verifyWith('sm3', Buffer.from(text, 'utf8'), createPublicKey(material.theirPublic), given);
  } catch {
    return false;
  }
}

/** The headers of a request of ours. */
export function signedHeaders(
  material: KeyMaterial,
  request: Omit<Signed, 'bodyDigest' | 'nonce'>,
  body: Uint8Array,
): Record<string, string> {
  const nonce = randomBytes(16).toString('base64url');
  const text = signedText({ ...request, nonce, bodyDigest: bodyDigest(material.suite, body) });
  return {
    [SIGNATURE_HEADERS.partner]: request.partner,
    [SIGNATURE_HEADERS.key]: request.keyId,
    [SIGNATURE_HEADERS.time]: request.time,
    [SIGNATURE_HEADERS.nonce]: nonce,
    [SIGNATURE_HEADERS.signature]: sign(material, text),
  };
}

/** A fresh shared secret, or a key pair of ours whose public half the partner is given. */
export function newSecret(): string {
  return randomBytes(32).toString('base64');
}

/** A key pair for `sm2-sm3`, PEM. */
export function newKeyPair(): { privateKey: string; publicKey: string } {
  const pair = generateKeyPairSync('ec', {
    namedCurve: 'SM2',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return { privateKey: pair.privateKey, publicKey: pair.publicKey };
}

/** The public half of a private SM2 key, PEM: for the partner, and no secret. */
export function publicHalf(privateKey: string): string {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
}

/** 1.2.156.10197.1.301, the curve, as it stands in a key: Node names this kind of key by no name of its own. */
const SM2_CURVE = Buffer.from('06082a811ccf5501822d', 'hex');

/** Whether a text is a public SM2 key that can be used. */
export function isPublicSm2(pem: string): boolean {
  try {
    return createPublicKey(pem).export({ type: 'spki', format: 'der' }).includes(SM2_CURVE);
  } catch {
    return false;
  }
}
