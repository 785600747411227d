/** From a token's secret to the person it stands for, with what it may do; every use leaves its trace. */
import type { Clock } from '../clock.ts';
import { shanghaiDate } from '@minqing/shared/time';
import { AppError } from '../errors.ts';
import { appendAudit } from '../ledger/index.ts';
import { actorOf, type Identity } from '../people/index.ts';
import type { Quota } from '../quota/index.ts';
import type { Store } from '../store/index.ts';
import { scopesOf, stateOf, type TokenRow } from './present.ts';
import { hashOf } from './secret.ts';

/** The last use is written at most this often. */
const TOUCH_EVERY_MS = 60_000;
const LONGEST_ADDRESS = 64;

/**
 * The identity behind a token. Throws `tokenInvalid` (401) with what became of it: whoever holds the secret may know.
 * A person without a grant has no working token, as they have no session. One that asks too often is told when it may
 * ask again: `tooManyRequests`.
 */
export function createIdentify({ store, clock, quota }: { store: Store; clock: Clock; quota: Quota }) {
  return async (secret: string, address: string): Promise<Identity> => {
    const now = clock.businessNow();
    const found = await store.read(async (db) => {
      const row = await db
        .selectFrom('access_token')
        .selectAll()
        .where('secret_hash', '=', hashOf(secret))
        .executeTakeFirst();
      return row ? { row, acting: await actorOf(db, row.person_id, now) } : null;
    });
    if (!found) {
      throw new AppError('tokenInvalid');
    }
    const { row, acting } = found;
    const state = stateOf(row, now);
    if (state !== 'live') {
      const what = state === 'expired' ? '已过期' : '已撤销';
      throw new AppError('tokenInvalid', { title: `这个访问令牌${what}，请换一个`, reason: state });
    }
    if (!acting || acting.actor.grants.length === 0) {
      throw new AppError('tokenInvalid', {
        title: '访问令牌的主人已经没有角色，请联系管理员',
        reason: 'noGrant',
      });
    }
    await quota.spend('token', row.id);
    await touch(store, row, { now, address: address.slice(0, LONGEST_ADDRESS) });
    return {
      person: acting.person,
      actor: { ...acting.actor, via: row.id },
      session: null,
      token: { id: row.id, name: row.name, scopes: new Set(scopesOf(row)) },
      hostId: '',
    };
  };
}

/** When and from where it was used last; the first use of a day also enters the audit log. */
async function touch(
  store: Store,
  row: TokenRow,
  { now, address }: { now: number; address: string },
): Promise<void> {
  const last = row.last_used_at;
  if (last !== null && now - last < TOUCH_EVERY_MS && row.last_address === address) {
    return;
  }
  await store.transact(async (tx) => {
    const moved = await tx
      .updateTable('access_token')
      .set({ last_used_at: now, last_address: address })
      .where('id', '=', row.id)
      .where('last_used_at', last === null ? 'is' : '=', last)
      .executeTakeFirst();
    const firstToday = last === null || shanghaiDate(last) !== shanghaiDate(now);
    if (Number(moved.numUpdatedRows) === 1 && firstToday) {
      await appendAudit(tx, {
        at: now,
        kind: 'token.used',
        personId: row.person_id,
        subject: row.person_id,
        data: { id: row.id, name: row.name, address },
      });
    }
  });
}
