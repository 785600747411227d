/**
 * How much one caller from outside may ask for in a minute: counted in the database, so that all processes share the
 * budget. Callers are kept as a hash, and for a few minutes only.
 */
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import { sha256, upsert, type Store } from '../store/index.ts';

/** Requests a minute: with one access token, and of one address over Open311. */
export const PER_MINUTE = { token: 600, open311: 120 } as const;
export type QuotaKind = keyof typeof PER_MINUTE;

export interface Quota {
  /** Counts one request. Throws `tooManyRequests`, which says when it may be tried again. */
  spend(kind: QuotaKind, caller: string): Promise<void>;
}

const MINUTE_MS = 60_000;
const KEPT_MINUTES = 5;

/** @param perMinute other limits, for tests */
export function createQuota(deps: {
  store: Pick<Store, 'transact'>;
  clock: Pick<Clock, 'machineNow'>;
  perMinute?: Record<QuotaKind, number>;
}): Quota {
  const most = deps.perMinute ?? PER_MINUTE;
  /** Budgets that are used up, so that who goes on asking costs nothing. */
  const spent = new Set<string>();
  let minuteNow = 0;

  return {
    async spend(kind, caller) {
      const now = deps.clock.machineNow();
      const minute = Math.floor(now / MINUTE_MS);
      if (minute !== minuteNow) {
        spent.clear();
        minuteNow = minute;
      }
      const host_id = `quota:${kind}`;
      const budget_key = `${sha256(caller).slice(0, 40)}:${minute}`;
      const key = `${host_id} ${budget_key}`;
      const refuse = (): never => {
        spent.add(key);
        const retryAfter = Math.max(1, Math.ceil(((minute + 1) * MINUTE_MS - now) / 1_000));
        throw new AppError('tooManyRequests', { retryAfter });
      };
      if (spent.has(key)) {
        refuse();
      }
      const used = await deps.store.transact(async (tx) => {
        const row = { host_id, budget_key, window_start: minute * MINUTE_MS, used: 1 };
        await upsert(tx, 'rate_budget', row, { key: ['host_id', 'budget_key'], add: ['used'] });
        const counted = await tx
          .selectFrom('rate_budget')
          .select('used')
          .where('host_id', '=', host_id)
          .where('budget_key', '=', budget_key)
          .executeTakeFirstOrThrow();
        if (counted.used === 1) {
          await tx
            .deleteFrom('rate_budget')
            .where('host_id', '=', host_id)
            .where('window_start', '<', (minute - KEPT_MINUTES) * MINUTE_MS)
            .execute();
        }
        return counted.used;
      });
      if (used > most[kind]) {
        refuse();
      }
    },
  };
}
