import { createHmac, timingSafeEqual } from 'node:crypto';
import type { CardPress, HookRequest, HostHook } from '../port.ts';
import { parsePress } from './presses.ts';
import type { PressOutcome } from './presses.ts';

/** How far the stamp may lie from our clock: the body is not signed, so a captured header must not serve for long. */
export const CALLBACK_WINDOW_MS = 60_000;
const BODY_BYTES = 256 * 1_024;

/** base64 of HMAC-SHA256 over the decimal timestamp (事件回调). */
export function cardCallbackSignature(secret: string, timestamp: string): string {
  return createHmac('sha256', secret).update(timestamp).digest('base64');
}

/**
 * True when the two headers of a card callback prove the secret and are at most 60 s from `now` (epoch milliseconds).
 * Only the time stamp is signed, never the body: what a press may do must be looked up by its random outTrackId.
 */
export function verifyCardCallback(input: {
  timestamp: string | undefined;
  signature: string | undefined;
  secret: string;
  now: number;
  windowMs?: number;
}): boolean {
  const { timestamp = '', signature = '', secret, now, windowMs = CALLBACK_WINDOW_MS } = input;
  if (secret === '' || !/^\d{1,15}$/.test(timestamp) || Math.abs(now - Number(timestamp)) > windowMs) {
    return false;
  }
  const expected = Buffer.from(cardCallbackSignature(secret, timestamp));
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

interface CallbackOptions {
  host: { id: string; corpId: string };
  secret: string;
  machineNow(): number;
  /** Null while nobody listens. */
  answer(): ((press: CardPress) => Promise<PressOutcome>) | null;
}

const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? undefined : value;
const refusal = (status: number, code: string) => ({ status, body: JSON.stringify({ code }) });

/** The door for presses in HTTP mode, mounted at `POST /hooks/{host}/cards`. */
export function createCardCallback(options: CallbackOptions): HostHook {
  return async ({ headers, body }: HookRequest) => {
    const genuine = verifyCardCallback({
      timestamp: one(headers['x-ddpaas-signature-timestamp']),
      signature: one(headers['x-ddpaas-signature']),
      secret: options.secret,
      now: options.machineNow(),
    });
    if (!genuine) {
      return refusal(401, 'signature');
    }
    if (body.byteLength > BODY_BYTES) {
      return refusal(413, 'tooLarge');
    }
    const press = parsePress(new TextDecoder().decode(body), options.host, null);
    if (press === null) {
      return refusal(400, 'notAPress');
    }
    const answer = options.answer();
    if (answer === null) {
      return refusal(503, 'notListening');
    }
    const outcome = await answer(press);
    return outcome.ok ? { status: 200, body: JSON.stringify(outcome.answer) } : refusal(500, 'failed');
  };
}
