/** The tokens of an administrator's people: who has which, and taking one away. */
import type { AdminTokenPage } from '@minqing/shared/contract';
import type { Actor } from '@minqing/shared/workflow';
import type { Clock } from '../clock.ts';
import { notFound } from '../errors.ts';
import { administering, peopleById, type Administering, type Directory } from '../people/index.ts';
import {
  changeOnce,
  keyset,
  pageOf,
  type ChangeRequest,
  type KeysetColumn,
  type Reader,
  type Store,
} from '../store/index.ts';
import { findToken, revokeToken } from './own.ts';
import { presentToken } from './present.ts';

const PAGE = 40;
const NEWEST: readonly KeysetColumn[] = [
  { column: 'access_token.created_at', direction: 'desc', type: 'number' },
  { column: 'access_token.id', direction: 'desc', type: 'string' },
];

export interface TokenQuery {
  state: 'live' | 'over';
  after?: string | undefined;
}

export function createAdmin(deps: { store: Store; clock: Clock; directory: Directory }) {
  const { store, clock, directory } = deps;

  return {
    async list(viewer: Actor, { state, after }: TokenQuery): Promise<AdminTokenPage> {
      const scope = administering(viewer, directory);
      const now = clock.businessNow();
      return store.read(async (db) => {
        const live = tokensOf(db, scope).where('revoked_at', 'is', null).where('expires_at', '>', now);
        const over = tokensOf(db, scope).where((eb) =>
          eb.or([eb('revoked_at', 'is not', null), eb('expires_at', '<=', now)]),
        );
        const wanted = (state === 'live' ? live : over).selectAll('access_token');
        const { rows, next } = pageOf(await keyset(wanted, NEWEST, PAGE, after).execute(), PAGE, (row) => [
          row.created_at,
          row.id,
        ]);
        const people = await peopleById(
          db,
          rows.flatMap((row) => [row.person_id, row.revoked_by ?? '']),
        );
        const { count } = await live
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow();
        return {
          items: rows.map((row) => {
            const { name = '', title = '' } = people.get(row.person_id) ?? {};
            return {
              ...presentToken(row, now, (id) => people.get(id)?.name ?? '管理员'),
              person: { id: row.person_id, name, title },
            };
          }),
          after: next ?? null,
          sentence: Number(count) > 0 ? `现在有 ${Number(count)} 个访问令牌有效` : '现在没有有效的访问令牌',
        };
      });
    },

    async revoke(viewer: Actor, tokenId: string, reason: string, request: ChangeRequest): Promise<void> {
      const scope = administering(viewer, directory);
      await changeOnce(store, request, clock.machineNow(), async (tx) => {
        const row = await findToken(tx, tokenId);
        const own = await tokensOf(tx, scope)
          .select('access_token.id')
          .where('access_token.id', '=', tokenId)
          .executeTakeFirst();
        if (!row || !own) {
          throw notFound('没有这个访问令牌，或它的主人不归您管');
        }
        await revokeToken(tx, row, { by: scope.personId, reason, now: clock.businessNow() });
        return tokenId;
      });
    },
  };
}

/** The tokens of everybody who holds or held a role in the administrator's areas. */
function tokensOf(db: Reader, scope: Administering) {
  return db.selectFrom('access_token').where('person_id', 'in', (eb) =>
    eb
      .selectFrom('role_grant')
      .select('role_grant.person_id')
      .where('role_grant.area_id', 'in', [...scope.areaIds]),
  );
}
