/** Short texts at rest: AES-256-GCM, each bound to what it belongs to. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

export interface Vault {
  /** `v1.<base64url of iv, tag, ciphertext>`; differs every time. A row's ciphertext copied to another owner does not open. */
  seal(text: string, ownerId: string): string;
  /** The text, or null when it was damaged, moved from another owner or sealed under another key. */
  open(sealed: string, ownerId: string): string | null;
}

/** @param key 32 bytes */
export function createVault(key: Buffer): Vault {
  return {
    seal(text, ownerId) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      cipher.setAAD(Buffer.from(ownerId));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return `${VERSION}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    open(sealed, ownerId) {
      const [version, text] = sealed.split('.');
      if (version !== VERSION || !text) {
        return null;
      }
      const bytes = Buffer.from(text, 'base64url');
      if (bytes.length <= IV_BYTES + TAG_BYTES) {
        return null;
      }
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES));
        decipher.setAAD(Buffer.from(ownerId));
        decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        const body = bytes.subarray(IV_BYTES + TAG_BYTES);
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}
