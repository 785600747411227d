/** A person's own tokens: making, listing, revoking. */
import type { MyTokens, TokenMade } from '@minqing/shared/contract';
import { DAY_MS, startOfDay, dayNumberOf } from '@minqing/shared/time';
import { TOKEN_SCOPES, type Role, type TokenScope } from '@minqing/shared/words';
import type { Actor } from '@minqing/shared/workflow';
import type { Clock } from '../clock.ts';
import { conflict, forbidden, invalidInput, notFound } from '../errors.ts';
import { appendAudit } from '../ledger/index.ts';
import { peopleById } from '../people/index.ts';
import { changeOnce, uuidv7, type ChangeRequest, type Store, type Tx } from '../store/index.ts';
import { presentToken, stateOf, type TokenRow } from './present.ts';
import { hashOf, hintOf, newSecret } from './secret.ts';

export interface NewToken {
  name: string;
  scopes: readonly TokenScope[];
  /** How many days it lasts, today included. */
  days: number;
}

/** Live tokens a person may have at once. */
const MOST = 20;
const STAFF: readonly Role[] = ['reviewer', 'dispatcher', 'handler', 'head', 'inspector', 'leader'];

/** Whose roles have a use for a scope. A token never may more than its owner: this only keeps the choice short. */
const FOR: Record<TokenScope, readonly Role[] | 'everyone'> = {
  'cases:read': 'everyone',
  'cases:file': ['member', 'reviewer'],
  'cases:write': ['member', ...STAFF],
  'statistics:read': STAFF,
  'admin:read': ['admin'],
  'open311:file': ['member'],
};

function offersTo(viewer: Actor): TokenScope[] {
  const roles = new Set(viewer.kind === 'person' ? viewer.grants.map((grant) => grant.role) : []);
  return (Object.keys(FOR) as TokenScope[]).filter((scope) => {
    const whose = FOR[scope];
    return whose === 'everyone' || whose.some((role) => roles.has(role));
  });
}

function personIdOf(viewer: Actor): string {
  if (viewer.kind !== 'person') {
    throw forbidden();
  }
  return viewer.personId;
}

export function createOwn({ store, clock }: { store: Store; clock: Clock }) {
  const present = async (rows: readonly TokenRow[]): Promise<MyTokens['items']> => {
    const now = clock.businessNow();
    const names = await store.read((db) =>
      peopleById(
        db,
        rows.flatMap((row) => row.revoked_by ?? []),
      ),
    );
    return rows.map((row) => presentToken(row, now, (id) => names.get(id)?.name ?? '管理员'));
  };

  return {
    async mine(viewer: Actor): Promise<MyTokens> {
      const rows = await store.read((db) =>
        db
          .selectFrom('access_token')
          .selectAll()
          .where('person_id', '=', personIdOf(viewer))
          .orderBy('created_at', 'desc')
          .orderBy('id', 'desc')
          .limit(200)
          .execute(),
      );
      return {
        items: await present(rows),
        offers: offersTo(viewer).map((scope) => ({ scope, ...TOKEN_SCOPES[scope] })),
      };
    },

    /**
     * Makes a token. A repeat of the same request, whose answer was lost, gives the same token a new secret as long as
     * the old one was never used; afterwards it answers no secret.
     */
    async make(viewer: Actor, wanted: NewToken, request: ChangeRequest): Promise<TokenMade> {
      const personId = personIdOf(viewer);
      const offered = new Set(offersTo(viewer));
      if (wanted.scopes.some((scope) => !offered.has(scope))) {
        throw invalidInput([{ path: 'scopes', message: '您的角色用不到其中的权限，请重新勾选' }]);
      }
      const secret = newSecret();
      const secretOf = { secret_hash: hashOf(secret), hint: hintOf(secret) };
      let made = false;
      const id = await changeOnce(store, request, clock.machineNow(), async (tx) => {
        made = true;
        return insert(tx, personId, wanted, secretOf, clock.businessNow());
      });
      const again = made ? 1n : await renew(store, id, secretOf);
      const row = await store.read((db) =>
        db.selectFrom('access_token').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
      );
      const [token] = await present([row]);
      return { token: token!, secret: again === 1n ? secret : null };
    },

    async revoke(viewer: Actor, tokenId: string, request: ChangeRequest): Promise<void> {
      const personId = personIdOf(viewer);
      await changeOnce(store, request, clock.machineNow(), async (tx) => {
        const row = await findToken(tx, tokenId);
        if (row?.person_id !== personId) {
          throw notFound('没有这个访问令牌，请刷新');
        }
        await revokeToken(tx, row, { by: personId, reason: '', now: clock.businessNow() });
        return tokenId;
      });
    },
  };
}

async function insert(
  tx: Tx,
  personId: string,
  { name, scopes, days }: NewToken,
  secretOf: { secret_hash: string; hint: string },
  now: number,
): Promise<string> {
  const { live } = await tx
    .selectFrom('access_token')
    .select((eb) => eb.fn.countAll<number>().as('live'))
    .where('person_id', '=', personId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirstOrThrow();
  if (Number(live) >= MOST) {
    throw conflict(`有效的访问令牌已有 ${MOST} 个，请先撤销不用的`);
  }
  const id = uuidv7();
  const expires_at = startOfDay(dayNumberOf(now)) + days * DAY_MS;
  await tx
    .insertInto('access_token')
    .values({
      id,
      person_id: personId,
      name,
      ...secretOf,
      scopes_json: JSON.stringify([...new Set(scopes)]),
      created_at: now,
      expires_at,
      last_used_at: null,
      last_address: '',
      revoked_at: null,
      revoked_by: null,
      revoke_reason: '',
    })
    .execute();
  await appendAudit(tx, {
    at: now,
    kind: 'token.made',
    personId,
    subject: personId,
    data: { id, name, scopes, to: expires_at },
  });
  return id;
}

/** 1n when the token has the new secret now. */
async function renew(
  store: Store,
  id: string,
  secretOf: { secret_hash: string; hint: string },
): Promise<bigint> {
  const renewed = await store.transact((tx) =>
    tx
      .updateTable('access_token')
      .set(secretOf)
      .where('id', '=', id)
      .where('last_used_at', 'is', null)
      .where('revoked_at', 'is', null)
      .executeTakeFirst(),
  );
  return renewed.numUpdatedRows;
}

export async function findToken(tx: Tx, tokenId: string): Promise<TokenRow | undefined> {
  return tx.selectFrom('access_token').selectAll().where('id', '=', tokenId).executeTakeFirst();
}

/** Ends it now and records who did it. One that is over already stays as it is. */
export async function revokeToken(
  tx: Tx,
  row: TokenRow,
  { by, reason, now }: { by: string; reason: string; now: number },
): Promise<void> {
  if (stateOf(row, now) !== 'live') {
    return;
  }
  await tx
    .updateTable('access_token')
    .set({ revoked_at: now, revoked_by: by, revoke_reason: reason })
    .where('id', '=', row.id)
    .where('revoked_at', 'is', null)
    .execute();
  await appendAudit(tx, {
    at: now,
    kind: 'token.revoked',
    personId: by,
    subject: row.person_id,
    data: { id: row.id, name: row.name, reason },
  });
}
