/** Phone numbers at rest: sealed to keep them, an HMAC under a key of its own to find them again. */
import { createHmac } from 'node:crypto';
import { createVault, type Vault } from '../vault.ts';

export interface PhoneVault extends Vault {
  /** The same for the same number, 64 hexadecimal digits: for equality search only. */
  index(phone: string): string;
}

/** @param dataKey 32 bytes @param indexKey 32 other bytes */
export function createPhoneVault(dataKey: Buffer, indexKey: Buffer): PhoneVault {
  const vault = createVault(dataKey);
  return {
    seal: (phone, personId) => vault.seal(normalPhone(phone), personId),
    open: (sealed, personId) => vault.open(sealed, personId),
    index: (phone) => createHmac('sha256', indexKey).update(normalPhone(phone)).digest('hex'),
  };
}

/** Digits only, without the country code: +86 138-0000-0000 and 13800000000 are one number. */
export function normalPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  return digits.length === 13 && digits.startsWith('86') ? digits.slice(2) : digits;
}
