/** Lets a call of a platform in: known, allowed from there, signed now and for the first time. */
import { LIMITS, SIGNATURE_HEADERS, signedText } from '@minqing/shared/exchange';
import type { Clock } from '../clock.ts';
import { insertIgnore, type Store } from '../store/index.ts';
import { isAllowed } from './addresses.ts';
import { ExchangeRefusal } from './model.ts';
import type { Partner, Partners } from './partners.ts';
import { bodyDigest, isSignedBy } from './signature.ts';

export interface Call {
  method: string;
  /** With its query, as it came. */
  path: string;
  body: Buffer;
  from: string;
  header(name: string): string | undefined;
}

export type Gate = (call: Call) => Promise<Partner>;

const NONCE = /^[\w-]{16,64}$/;

/** Throws {@link ExchangeRefusal}; a refused call leaves nothing behind but a used nonce. */
export function createGate(deps: {
  store: Pick<Store, 'transact'>;
  clock: Pick<Clock, 'machineNow'>;
  partners: Pick<Partners, 'one'>;
}): Gate {
  return async (call) => {
    const partner = deps.partners.one(call.header(SIGNATURE_HEADERS.partner) ?? '');
    if (!partner?.active) {
      throw new ExchangeRefusal('unknownPartner');
    }
    if (!isAllowed(partner.allow, call.from)) {
      throw new ExchangeRefusal('addressNotAllowed');
    }
    const now = deps.clock.machineNow();
    const keyId = call.header(SIGNATURE_HEADERS.key) ?? '';
    const key = partner.keys.find((k) => k.keyId === keyId && k.fromAt <= now && now < k.toAt);
    if (!key) {
      throw new ExchangeRefusal('unknownKey');
    }
    const time = call.header(SIGNATURE_HEADERS.time) ?? '';
    const nonce = call.header(SIGNATURE_HEADERS.nonce) ?? '';
    if (!/^\d{10,15}$/.test(time) || Math.abs(Number(time) - now) > LIMITS.skewMs) {
      throw new ExchangeRefusal('staleTime');
    }
    const text = signedText({
      method: call.method,
      path: call.path,
      bodyDigest: bodyDigest(key.material.suite, call.body),
      time,
      nonce,
      partner: partner.id,
      keyId,
    });
    if (
      !NONCE.test(nonce) ||
      !isSignedBy(key.material, text, call.header(SIGNATURE_HEADERS.signature) ?? '')
    ) {
      throw new ExchangeRefusal('badSignature');
    }
    const fresh = await deps.store.transact((tx) =>
      insertIgnore(tx, 'exchange_nonce', { partner_id: partner.id, nonce, at: now }),
    );
    if (!fresh) {
      throw new ExchangeRefusal('replayed');
    }
    return partner;
  };
}
