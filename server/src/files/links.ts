/**
 * Links to thumbnails for cards: a messenger's servers and clients fetch them without a session. Whoever holds the link
 * may see that one thumbnail until it expires; the full picture stays behind the session.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock.ts';

export interface ThumbLinks {
  /** Absolute; good for at least 30 days. The same within a week, so that a card drawn again is the same card. */
  thumbLink(fileId: string): string;
  /** Whether `card` of a thumbnail's address was made here for this file and has not expired. */
  isGood(fileId: string, card: string): boolean;
}

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const MAC_BYTES = 16;

interface LinkDeps {
  /** Where clients reach the server, without a trailing slash. */
  publicUrl: string;
  /** 32 bytes; a key of its own is derived from it. */
  indexKey: Buffer;
  clock: Pick<Clock, 'machineNow'>;
}

export function createThumbLinks({ publicUrl, indexKey, clock }: LinkDeps): ThumbLinks {
  const key = Buffer.from(hkdfSync('sha256', indexKey, '', 'minqing thumbnail links of cards, 1', 32));
  /** @param expires seconds since 1970, in base 36 */
  const macOf = (fileId: string, expires: string): Buffer =>
    createHmac('sha256', key).update(`${fileId}.${expires}`).digest().subarray(0, MAC_BYTES);

  return {
    thumbLink(fileId) {
      const weekEnds = (Math.floor(clock.machineNow() / WEEK_MS) + 1) * WEEK_MS;
      const expires = ((weekEnds + 30 * DAY_MS) / 1_000).toString(36);
      return `${publicUrl}/api/files/${fileId}/thumb?card=${expires}.${macOf(fileId, expires).toString('base64url')}`;
    },
    isGood(fileId, card) {
      const [, expires, mac] = /^([0-9a-z]{1,11})\.([\w-]{22})$/.exec(card) ?? [];
      if (
        expires === undefined ||
        mac === undefined ||
        Number.parseInt(expires, 36) * 1_000 <= clock.machineNow()
      ) {
        return false;
      }
      return timingSafeEqual(Buffer.from(mac, 'base64url'), macOf(fileId, expires));
    },
  };
}
