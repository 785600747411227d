/** The platforms we are connected to, the areas they handle and their keys: kept in memory, read anew every few seconds. */
import type { Suite } from '@minqing/shared/exchange';
import type { Store } from '../store/index.ts';
import type { PartnerRow } from './model.ts';
import type { KeyVault } from './secrets.ts';
import type { KeyMaterial } from './signature.ts';

export interface PartnerKey {
  keyId: string;
  fromAt: number;
  toAt: number;
  /** When the platform first signed with it; 0 before. */
  seenAt: number;
  material: KeyMaterial;
}

export interface Partner {
  id: string;
  name: string;
  areaId: string;
  baseUrl: string;
  suite: Suite;
  allow: readonly string[];
  sharePhone: boolean;
  /** Our messages carry the history for it to keep, sealed. */
  sealHistory: boolean;
  active: boolean;
  keys: readonly PartnerKey[];
}

export interface Partners {
  all(): readonly Partner[];
  one(id: string): Partner | undefined;
  /** The platform that cases accepted in this area are handed to now. */
  of(areaId: string): string | null;
  /** The key to sign with at machine time `now`: see {@link sendingKey}. */
  keyOf(partner: Partner, now: number): PartnerKey | undefined;
  refresh(): Promise<void>;
  /** Reads anew what another process may just have changed, at most once a second. */
  refreshOnDoubt(now: number): Promise<void>;
}

const DOUBT_MS = 1_000;

/**
 * The newest valid key the platform has signed with itself: it has it for certain. While it has signed with none, the
 * oldest valid one. So a fresh key counts at once for what comes, and nothing is sent under it before it has arrived.
 */
export function sendingKey(keys: readonly PartnerKey[], now: number): PartnerKey | undefined {
  const valid = keys.filter((k) => k.fromAt <= now && now < k.toAt);
  return valid.findLast((k) => k.seenAt > 0) ?? valid[0];
}

/** Reads them once; `refresh` again. */
export async function createPartners(store: Pick<Store, 'read'>, vault: KeyVault): Promise<Partners> {
  let partners = new Map<string, Partner>();
  let areas = new Map<string, string>();
  let doubtedAt = 0;

  async function refresh(): Promise<void> {
    const [rows, keys, connected] = await store.read((db) =>
      Promise.all([
        db.selectFrom('exchange_partner').selectAll().orderBy('created_at').execute(),
        db.selectFrom('exchange_key').selectAll().orderBy('from_at').execute(),
        db.selectFrom('exchange_area').select(['area_id', 'partner_id']).execute(),
      ]),
    );
    const made = rows.map((row) =>
      partnerOf(
        row,
        keys
          .filter((k) => k.partner_id === row.id)
          .map((k) => ({
            keyId: k.key_id,
            fromAt: k.from_at,
            toAt: k.to_at,
            seenAt: k.seen_at,
            material: vault.open(k.sealed, `${k.partner_id}:${k.key_id}`),
          })),
      ),
    );
    partners = new Map(made.map((p) => [p.id, p]));
    areas = new Map(connected.map((row) => [row.area_id, row.partner_id]));
  }

  await refresh();
  return {
    all: () => [...partners.values()],
    one: (id) => partners.get(id),
    of(areaId) {
      const id = areas.get(areaId);
      return id !== undefined && partners.get(id)?.active ? id : null;
    },
    keyOf: (partner, now) => sendingKey(partner.keys, now),
    refresh,
    async refreshOnDoubt(now) {
      if (now - doubtedAt >= DOUBT_MS) {
        doubtedAt = now;
        await refresh();
      }
    },
  };
}

const partnerOf = (row: PartnerRow, keys: PartnerKey[]): Partner => ({
  id: row.id,
  name: row.name,
  areaId: row.area_id,
  baseUrl: row.base_url,
  suite: row.suite as Suite,
  allow: JSON.parse(row.allow_json) as string[],
  sharePhone: row.share_phone === 1,
  sealHistory: row.seal_history === 1,
  active: row.active === 1,
  keys,
});
