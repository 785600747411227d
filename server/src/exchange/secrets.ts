/** Keys of partners at rest: AES-256-GCM under a key of their own, bound to partner and key id. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { KeyMaterial } from './signature.ts';

const IV = 12;
const TAG = 16;

export interface KeyVault {
  seal(material: KeyMaterial, boundTo: string): string;
  /** Throws when it was damaged, moved to another partner or sealed under another DATA_KEY. */
  open(sealed: string, boundTo: string): KeyMaterial;
}

/** @param dataKey 32 bytes; what seals is derived from it */
export function createKeyVault(dataKey: Buffer): KeyVault {
  const key = Buffer.from(hkdfSync('sha256', dataKey, '', 'minqing exchange keys, 1', 32));
  return {
    seal(material, boundTo) {
      const iv = randomBytes(IV);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(boundTo));
      const body = Buffer.concat([cipher.update(JSON.stringify(material), 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(sealed, boundTo) {
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV)).setAAD(
        Buffer.from(boundTo),
      );
      decipher.setAuthTag(bytes.subarray(IV, IV + TAG));
      const body = Buffer.concat([decipher.update(bytes.subarray(IV + TAG)), decipher.final()]);
      return JSON.parse(body.toString('utf8')) as KeyMaterial;
    },
  };
}
