/** Looks up what became of work notices: a host queues first and refuses by quota later, in silence. */
import { HostError, type Host } from '../hosts/index.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/index.ts';

/** The host needs a moment to send; after a day it no longer tells. */
const SETTLE_MS = 2_000;
const TELLS_FOR_MS = 20 * 3_600_000; // business time: hosts count their day by it
const TASKS = 20;

export interface CheckDeps {
  store: Store;
  clock: Clock;
  hosts: ReadonlyMap<string, Host>;
  log: Log;
}

/**
 * Checks sent notices that nobody has checked yet. A refusal for quota or content makes that recipient's row a dead
 * letter; 「same words, same person, same day」 after a retry means that the first try had got through.
 */
export async function checkNotices(deps: CheckDeps): Promise<number> {
  const { store, clock } = deps;
  const now = clock.machineNow();
  const tasks = await store.read((db) =>
    db
      .selectFrom('outbox')
      .select(['host_id', 'task_id'])
      .distinct()
      .where('checked', '=', 0)
      .where('status', '=', 'done')
      .where('kind', '=', 'notice')
      .where('sent_at', '<=', now - SETTLE_MS)
      .limit(TASKS)
      .execute(),
  );
  for (const { host_id, task_id } of tasks) {
    const host = deps.hosts.get(host_id);
    if (host && task_id !== null) {
      await checkTask(deps, host, task_id);
    }
  }
  return tasks.length;
}

async function checkTask({ store, clock, log }: CheckDeps, host: Host, taskId: string): Promise<void> {
  const rows = await store.read((db) =>
    db
      .selectFrom('outbox')
      .innerJoin('account', 'account.id', 'outbox.account_id')
      .select(['outbox.id', 'outbox.attempts', 'outbox.created_at', 'account.user_id'])
      .where('outbox.host_id', '=', host.id)
      .where('outbox.task_id', '=', taskId)
      .where('outbox.checked', '=', 0)
      .execute(),
  );
  const forget = (): Promise<unknown> =>
    store.transact((tx) =>
      tx
        .updateTable('outbox')
        .set({ checked: 1 })
        .where(
          'id',
          'in',
          rows.map((r) => r.id),
        )
        .execute(),
    );
  if (rows.every((r) => clock.businessNow() - r.created_at > TELLS_FOR_MS)) {
    await forget();
    return;
  }
  try {
    const { refused } = await host.checkNotice(taskId);
    const byUser = new Map(refused.map((r) => [r.userId, r]));
    await store.transact(async (tx) => {
      for (const row of rows) {
        const refusal = byUser.get(row.user_id);
        const lost = refusal && !(refusal.kind === 'duplicate' && row.attempts > 1);
        await tx
          .updateTable('outbox')
          .set({
            checked: 1,
            ...(lost ? { status: 'dead', last_error: `${refusal.code} 平台没有送达` } : {}),
          })
          .where('id', '=', row.id)
          .execute();
      }
    });
  } catch (error) {
    log.warn('could not look up a notice', { hostId: host.id, taskId, error });
    if (error instanceof HostError && !error.retryable) {
      await forget();
    }
  }
}
