/** Lets a call of a platform in: known, allowed from there, signed now and for the first time. */
import { LIMITS, SIGNATURE_HEADERS, signedText } from '@minqing/shared/exchange';
import type { Clock } from '../clock.ts';
import { insertIgnore, type Store } from '../store/index.ts';
import { isAllowed } from './addresses.ts';
import { ExchangeRefusal } from './model.ts';
import type { Partner, PartnerKey, Partners } from './partners.ts';
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

/**
 * Throws {@link ExchangeRefusal}; a refused call leaves nothing behind but a used nonce. Whether the key still counts is
 * asked of the database: one that was revoked in another process is refused at once.
 */
export function createGate(deps: {
  store: Pick<Store, 'transact'>;
  clock: Pick<Clock, 'machineNow'>;
  partners: Pick<Partners, 'one' | 'refresh' | 'refreshOnDoubt'>;
}): Gate {
  const { partners } = deps;

  /** The platform and the key it names, with what another process may just have added. */
  async function named(call: Call, now: number): Promise<{ partner: Partner; key: PartnerKey }> {
    const partnerId = call.header(SIGNATURE_HEADERS.partner) ?? '';
    const keyId = call.header(SIGNATURE_HEADERS.key) ?? '';
    const keyNow = (): PartnerKey | undefined =>
      partners.one(partnerId)?.keys.find((k) => k.keyId === keyId && k.fromAt <= now && now < k.toAt);
    if (!keyNow()) {
      await partners.refreshOnDoubt(now);
    }
    const partner = partners.one(partnerId);
    if (!partner?.active) {
      throw new ExchangeRefusal('unknownPartner');
    }
    if (!isAllowed(partner.allow, call.from)) {
      throw new ExchangeRefusal('addressNotAllowed');
    }
    const key = keyNow();
    if (!key) {
      throw new ExchangeRefusal('unknownKey');
    }
    return { partner, key };
  }

  return async (call) => {
    const now = deps.clock.machineNow();
    const { partner, key } = await named(call, now);
    const { keyId } = key;
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
    const entered = await deps.store.transact(async (tx) => {
      const row = await tx
        .selectFrom('exchange_key')
        .select(['to_at', 'seen_at'])
        .where('partner_id', '=', partner.id)
        .where('key_id', '=', keyId)
        .executeTakeFirst();
      if (!row || row.to_at <= now) {
        throw new ExchangeRefusal('unknownKey');
      }
      if (!(await insertIgnore(tx, 'exchange_nonce', { partner_id: partner.id, nonce, at: now }))) {
        throw new ExchangeRefusal('replayed');
      }
      if (row.seen_at === 0) {
        await tx
          .updateTable('exchange_key')
          .set({ seen_at: now })
          .where('partner_id', '=', partner.id)
          .where('key_id', '=', keyId)
          .where('seen_at', '=', 0)
          .execute();
      }
      return { first: row.seen_at === 0 };
    });
    if (entered.first) {
      await partners.refresh();
    }
    return partner;
  };
}
