/** A platform as administrators see it, and whether it is theirs. */
import type { ExchangePartnerView } from '@minqing/shared/contract';
import { momentText } from '@minqing/shared/time';
import type { Clock } from '../clock.ts';
import { notFound } from '../errors.ts';
import type { Administering } from '../people/index.ts';
import { digestOf, type Reader, type Store } from '../store/index.ts';
import { FAR } from '../store/tables.ts';
import { NOT_TRUSTED } from './client.ts';
import type { PartnerRow } from './model.ts';
import type { Partner, PartnerKey, Partners } from './partners.ts';
import { publicHalf } from './signature.ts';

/** The partner, if this administrator looks after it. Throws. */
export function partnerFor(partners: Partners, scope: Administering, partnerId: string): Partner {
  const partner = partners.one(partnerId);
  if (!partner) {
    throw notFound('没有这个对接平台');
  }
  scope.require(partner.areaId);
  return partner;
}

/** The settings of a platform in one word: another one after any change of them. */
export const seenOf = (
  row: Pick<
    PartnerRow,
    'name' | 'base_url' | 'suite' | 'allow_json' | 'share_phone' | 'seal_history' | 'active'
  >,
): string =>
  digestOf([
    row.name,
    row.base_url,
    row.suite,
    row.allow_json,
    row.share_phone,
    row.seal_history,
    row.active,
  ]).slice(0, 32);

/** With what waits, what failed and the last comparison. */
export async function partnerView(
  { store, clock, partners }: { store: Pick<Store, 'read'>; clock: Clock; partners: Partners },
  partner: Partner,
): Promise<ExchangePartnerView> {
  const now = clock.machineNow();
  const [row, counts, check] = await store.read((db) =>
    Promise.all([
      db.selectFrom('exchange_partner').selectAll().where('id', '=', partner.id).executeTakeFirstOrThrow(),
      countsOf(db, partner.id),
      db
        .selectFrom('exchange_check')
        .selectAll()
        .where('partner_id', '=', partner.id)
        .orderBy('at', 'desc')
        .limit(1)
        .executeTakeFirst(),
    ]),
  );
  const away = row.failures > 0;
  const trouble = away ? await troubleOf(store, partner.id) : '';
  return {
    id: partner.id,
    name: partner.name,
    baseUrl: partner.baseUrl,
    suite: partner.suite,
    allow: [...partner.allow],
    sharePhone: partner.sharePhone,
    sealHistory: partner.sealHistory,
    active: partner.active,
    keys: partner.keys.toReversed().map((k) => keyView(k, partners.keyOf(partner, now), now)),
    ...counts,
    seen: seenOf(row),
    sentence: !partner.active
      ? '已停用'
      : partners.keyOf(partner, now) === undefined
        ? '还没有密钥，不能收发'
        : away
          ? `${trouble || '连不上'}，已试 ${row.failures} 次，稍后再试；${counts.waiting} 条待发`
          : counts.waiting > 0
            ? `正常，${counts.waiting} 条待发`
            : '正常',
    checked: check
      ? `${momentText(check.at, clock.businessNow())} 对账，${
          check.error !== ''
            ? '没有对完'
            : check.differing === 0
              ? '一致'
              : `${check.differing} 件不同，已修复 ${check.repaired} 件`
        }`
      : '',
  };
}

/** What the platform answered last, where that was a refusal of our key and not silence. */
async function troubleOf(store: Pick<Store, 'read'>, partnerId: string): Promise<string> {
  const row = await store.read((db) =>
    db
      .selectFrom('exchange_out')
      .select('error_text')
      .where('partner_id', '=', partnerId)
      .where('status', '=', 'waiting')
      .where('error_text', 'like', `${NOT_TRUSTED}%`)
      .limit(1)
      .executeTakeFirst(),
  );
  return row?.error_text ?? '';
}

function keyView(
  k: PartnerKey,
  sending: PartnerKey | undefined,
  now: number,
): ExchangePartnerView['keys'][0] {
  const valid = k.fromAt <= now && now < k.toAt;
  const sends = k.keyId === sending?.keyId;
  const ends = k.toAt === FAR ? '' : `，${momentText(k.toAt, now)}停用`;
  return {
    keyId: k.keyId,
    suite: k.material.suite,
    valid,
    sends,
    sentence: !valid
      ? `${momentText(k.toAt, now)}已停用`
      : [
          `${momentText(k.fromAt, now)}起用${ends}`,
          sends ? '发送用这一把' : '',
          k.seenAt === 0 ? '对方还没用过' : '',
        ]
          .filter(Boolean)
          .join('，'),
    publicKey: k.material.suite === 'sm2-sm3' ? publicHalf(k.material.ownPrivate) : '',
  };
}

async function countsOf(
  db: Reader,
  partnerId: string,
): Promise<{ waiting: number; dead: number; held: number; unmatched: number }> {
  const [out, held, unmatched] = await Promise.all([
    db
      .selectFrom('exchange_out')
      .select((eb) => ['status', eb.fn.countAll<number>().as('n')])
      .where('partner_id', '=', partnerId)
      .where('status', 'in', ['waiting', 'dead'])
      .groupBy('status')
      .execute(),
    db
      .selectFrom('exchange_in')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('partner_id', '=', partnerId)
      .where('status', '=', 'held')
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('exchange_code')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('partner_id', '=', partnerId)
      .where('ours', '=', '')
      .where('kind', '=', 'unit')
      .executeTakeFirstOrThrow(),
  ]);
  const of = (status: string): number => Number(out.find((row) => row.status === status)?.n ?? 0);
  return { waiting: of('waiting'), dead: of('dead'), held: Number(held.n), unmatched: Number(unmatched.n) };
}
