/** What is readable by us alone: AES-256-GCM under keys of their own, bound to what it belongs to. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Kept } from './history.ts';
import type { KeyMaterial } from './signature.ts';

const IV = 12;
const TAG = 16;

export interface Vault<T> {
  seal(value: T, boundTo: string): string;
  /** Throws when it was damaged, moved to something else or sealed under another DATA_KEY. */
  open(sealed: string, boundTo: string): T;
}

interface Packing {
  pack(text: string): Buffer;
  unpack(bytes: Buffer): string;
}
const PLAIN: Packing = {
  pack: (text) => Buffer.from(text, 'utf8'),
  unpack: (bytes) => bytes.toString('utf8'),
};
const SMALL: Packing = {
  pack: (text) => deflateRawSync(text),
  unpack: (bytes) => inflateRawSync(bytes, { maxOutputLength: 4_000_000 }).toString('utf8'),
};

export type KeyVault = Vault<KeyMaterial>;

/** Keys of partners at rest, bound to partner and key id. `dataKey`: 32 bytes; what seals is derived from it. */
export const createKeyVault = (dataKey: Buffer): KeyVault =>
  createVault(dataKey, 'minqing exchange keys, 1', PLAIN);

/** History that travels with our messages, bound to partner and case. */
export const createHistoryVault = (dataKey: Buffer): Vault<Kept> =>
  createVault(dataKey, 'minqing exchange history, 1', SMALL);

function createVault<T>(dataKey: Buffer, purpose: string, { pack, unpack }: Packing): Vault<T> {
  const key = Buffer.from(hkdfSync('sha256', dataKey, '', purpose, 32));
  return {
    seal(value, boundTo) {
      const iv = randomBytes(IV);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(boundTo));
      const body = Buffer.concat([cipher.update(pack(JSON.stringify(value))), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(sealed, boundTo) {
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV)).setAAD(
        Buffer.from(boundTo),
      );
      decipher.setAuthTag(bytes.subarray(IV, IV + TAG));
      const body = Buffer.concat([decipher.update(bytes.subarray(IV + TAG)), decipher.final()]);
      return JSON.parse(unpack(body)) as T;
    },
  };
}
