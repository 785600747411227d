/**
 * Failed sign-ons per client address and minute, counted in the database so that all processes share them. The
 * address is kept as a hash, and for a few minutes only.
 */
import { createHash } from 'node:crypto';
import { upsert, type Reader, type Tx } from '../store/index.ts';

/** These budgets live among the hosts' under this name. */
const BUDGET = 'sign-on';
const MINUTE_MS = 60_000;

const keyOf = (address: string, minute: number): string =>
  `${createHash('sha256').update(address).digest('hex').slice(0, 40)}:${minute}`;

/** Failures of the address in the running minute of machine time. */
export async function failuresOf(db: Reader, address: string, machineNow: number): Promise<number> {
  const row = await db
    .selectFrom('rate_budget')
    .select('used')
    .where('host_id', '=', BUDGET)
    .where('budget_key', '=', keyOf(address, Math.floor(machineNow / MINUTE_MS)))
    .executeTakeFirst();
  return row?.used ?? 0;
}

/** Counts one more, and forgets those of earlier minutes. */
export async function countFailure(tx: Tx, address: string, machineNow: number): Promise<void> {
  const minute = Math.floor(machineNow / MINUTE_MS);
  await upsert(
    tx,
    'rate_budget',
    { host_id: BUDGET, budget_key: keyOf(address, minute), window_start: minute * MINUTE_MS, used: 1 },
    { key: ['host_id', 'budget_key'], add: ['used'] },
  );
  await tx
    .deleteFrom('rate_budget')
    .where('host_id', '=', BUDGET)
    .where('window_start', '<', (minute - 5) * MINUTE_MS)
    .execute();
}
