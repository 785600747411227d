/** Keys of a platform, as administrators make, rotate and revoke them. */
import type { NewKeyView } from '@minqing/shared/contract';
import type { Clock } from '../clock.ts';
import { conflict, invalidInput, notFound } from '../errors.ts';
import { appendAudit } from '../ledger/index.ts';
import { administering, type Directory } from '../people/index.ts';
import { changeOnce, sha256, type ChangeRequest, type Store } from '../store/index.ts';
import { FAR } from '../store/tables.ts';
import { partnerFor } from './admin.view.ts';
import type { ExchangeAdmin } from './admin.ts';
import type { Partners } from './partners.ts';
import type { KeyVault } from './secrets.ts';
import { isPublicSm2, newKeyPair, newSecret, publicHalf, type KeyMaterial } from './signature.ts';

const HOUR_MS = 3_600_000;

export function createKeysAdmin(deps: {
  store: Store;
  clock: Clock;
  directory: Directory;
  partners: Partners;
  vault: KeyVault;
}): Pick<ExchangeAdmin, 'newKey' | 'revokeKey'> {
  const { store, clock, partners, vault } = deps;

  return {
    async newKey(viewer, partnerId, input, request): Promise<NewKeyView> {
      const scope = administering(viewer, deps.directory);
      const partner = partnerFor(partners, scope, partnerId);
      const theirPublic = (input.theirPublic ?? '').trim();
      if (partner.suite === 'sm2-sm3' && !isPublicSm2(theirPublic)) {
        throw invalidInput([{ path: 'theirPublic', message: '请贴对方的 SM2 公钥（PEM）' }]);
      }
      const now = clock.machineNow();
      const until = now + input.overlapHours * HOUR_MS;
      const material: KeyMaterial =
        partner.suite === 'sm2-sm3'
          ? { suite: 'sm2-sm3', ownPrivate: newKeyPair().privateKey, theirPublic }
          : { suite: 'hmac-sha256', secret: newSecret() };
      const keyId = await changeOnce(store, request, now, async (tx) => {
        const made = keyIdFor(now, request);
        await tx
          .updateTable('exchange_key')
          .set({ to_at: until })
          .where('partner_id', '=', partnerId)
          .where('to_at', '>', until)
          .execute();
        await tx
          .insertInto('exchange_key')
          .values({
            partner_id: partnerId,
            key_id: made,
            suite: material.suite,
            sealed: vault.seal(material, `${partnerId}:${made}`),
            from_at: now,
            to_at: FAR,
            seen_at: 0,
          })
          .execute();
        await appendAudit(tx, {
          at: clock.businessNow(),
          kind: 'exchange.key',
          personId: scope.personId,
          subject: partnerId,
          data: { keyId: made, suite: material.suite, overlapHours: input.overlapHours },
          areaId: partner.areaId,
        });
        return made;
      });
      await partners.refresh();
      // Read back: a repeat of the request is told the key it made the first time.
      const made = partners.one(partnerId)?.keys.find((k) => k.keyId === keyId)?.material ?? material;
      return {
        keyId,
        secret: made.suite === 'hmac-sha256' ? made.secret : '',
        publicKey: made.suite === 'sm2-sm3' ? publicHalf(made.ownPrivate) : '',
      };
    },

    async revokeKey(viewer, partnerId, keyId, request): Promise<void> {
      const scope = administering(viewer, deps.directory);
      const partner = partnerFor(partners, scope, partnerId);
      const now = clock.machineNow();
      await changeOnce(store, request, now, async (tx) => {
        const row = await tx
          .selectFrom('exchange_key')
          .select('to_at')
          .where('partner_id', '=', partnerId)
          .where('key_id', '=', keyId)
          .executeTakeFirst();
        if (!row) {
          throw notFound('没有这把密钥，请刷新');
        }
        if (row.to_at <= now) {
          throw conflict('这把密钥已经停用了');
        }
        await tx
          .updateTable('exchange_key')
          .set({ to_at: now })
          .where('partner_id', '=', partnerId)
          .where('key_id', '=', keyId)
          .execute();
        await appendAudit(tx, {
          at: clock.businessNow(),
          kind: 'exchange.keyRevoked',
          personId: scope.personId,
          subject: partnerId,
          data: { keyId },
          areaId: partner.areaId,
        });
        return keyId;
      });
      await partners.refresh();
    },
  };
}

/** Readable in a configuration file, and never the same twice. */
const keyIdFor = (now: number, request: ChangeRequest): string =>
  `k${now.toString(36)}${sha256(`${request.principal} ${request.key}`).slice(0, 4)}`;
