/** Phone numbers at rest: AES-256-GCM to keep them, an HMAC under a key of its own to find them again. */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

export interface PhoneVault {
  /** `v1.<base64url of iv, tag, ciphertext>`; differs every time. */
  seal(phone: string, personId: string): string;
  /** The phone, or null when the text was damaged, moved from another person or sealed under another key. */
  open(sealed: string, personId: string): string | null;
  /** The same for the same number, 64 hexadecimal digits: for equality search only. */
  index(phone: string): string;
}

/** @param dataKey 32 bytes @param indexKey 32 other bytes */
export function createPhoneVault(dataKey: Buffer, indexKey: Buffer): PhoneVault {
  return {
    seal(phone, personId) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', dataKey, iv);
      // Bound to its person: a row's ciphertext copied into another row does not open.
      cipher.setAAD(Buffer.from(personId));
      const body = Buffer.concat([cipher.update(normalPhone(phone), 'utf8'), cipher.final()]);
      return `${VERSION}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    open(sealed, personId) {
      const [version, text] = sealed.split('.');
      if (version !== VERSION || !text) {
        return null;
      }
      const bytes = Buffer.from(text, 'base64url');
      if (bytes.length <= IV_BYTES + TAG_BYTES) {
        return null;
      }
      try {
        const decipher = createDecipheriv('aes-256-gcm', dataKey, bytes.subarray(0, IV_BYTES));
        decipher.setAAD(Buffer.from(personId));
        decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        const body = bytes.subarray(IV_BYTES + TAG_BYTES);
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
    index: (phone) => createHmac('sha256', indexKey).update(normalPhone(phone)).digest('hex'),
  };
}

/** Digits only, without the country code: +86 138-0000-0000 and 13800000000 are one number. */
export function normalPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  return digits.length === 13 && digits.startsWith('86') ? digits.slice(2) : digits;
}
