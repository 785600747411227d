/**
 * Looks up what became of work notices: a host queues first and refuses by quota later, in silence; and it knows who has
 * read them.
 */
import { HostError, type Host, type NoticeOutcome } from '../hosts/index.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/index.ts';
import { FAR, type OutboxRow } from '../store/tables.ts';
import { recordAttempt } from './attempts.ts';
import { standIn, type Instead, type Senders } from './outbox.worker.ts';

/** The host needs a moment to send; after a day it no longer tells. */
const SETTLE_MS = 2_000;
const TELLS_FOR_MS = 20 * 3_600_000; // business time: hosts count their day by it
const TASKS = 20;
/** When to look whether a notice was read, after the look before: most people read at once or never. */
const LOOKS_MS = [60_000, 3_600_000, 8 * 3_600_000];

export interface CheckDeps {
  store: Store;
  clock: Clock;
  hosts: ReadonlyMap<string, Host>;
  log: Log;
  /** What is told another way when a host says late that it did not deliver. */
  fallBack: Senders['fallBack'];
}

type Checked = OutboxRow & { user_id: string };

/**
 * Checks sent notices that nobody has checked yet. A refusal for quota or content makes that recipient's row a dead
 * letter; 「same words, same person, same day」 after a retry means that the first try had got through.
 */
export async function checkNotices(deps: CheckDeps): Promise<number> {
  const now = deps.clock.machineNow();
  const tasks = await deps.store.read((db) =>
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
  return eachTask(deps, tasks, 0, settleRow);
}

/** Looks again at notices nobody is known to have read; three times at most. */
export async function lookForReaders(deps: CheckDeps): Promise<number> {
  const tasks = await deps.store.read((db) =>
    db
      .selectFrom('outbox')
      .select(['host_id', 'task_id'])
      .where('look_at', '<=', deps.clock.machineNow())
      .orderBy('look_at')
      .limit(TASKS)
      .execute(),
  );
  const once = new Map(tasks.map((t) => [`${t.host_id} ${t.task_id}`, t]));
  return eachTask(deps, [...once.values()], 1, readRow);
}

type Change = (
  row: Checked,
  outcome: NoticeOutcome,
  clock: Clock,
) => { set: Partial<OutboxRow>; lost?: HostError };

const settleRow: Change = (row, { refused }, clock) => {
  const refusal = refused.find((r) => r.userId === row.user_id);
  if (refusal && !(refusal.kind === 'duplicate' && row.attempts > 1)) {
    const lost = new HostError(refusal.kind, refusal.code, '平台没有送达', {
      answer: { message: '平台收下了，但没有送达' },
    });
    return {
      lost,
      set: {
        checked: 1,
        status: 'dead',
        logged: 1,
        last_error: `${refusal.code} ${lost.message}`,
        error_kind: refusal.kind,
      },
    };
  }
  return { set: { checked: 1, look_at: clock.machineNow() + (LOOKS_MS[0] ?? 0) } };
};

const readRow: Change = (row, { read }, clock) => {
  const next = LOOKS_MS[row.looks + 1];
  return read.includes(row.user_id)
    ? { set: { read_at: clock.businessNow(), look_at: FAR } }
    : { set: { looks: row.looks + 1, look_at: next === undefined ? FAR : clock.machineNow() + next } };
};

async function eachTask(
  deps: CheckDeps,
  tasks: readonly { host_id: string; task_id: string | null }[],
  checked: 0 | 1,
  change: Change,
): Promise<number> {
  for (const { host_id, task_id } of tasks) {
    const host = deps.hosts.get(host_id);
    if (host && task_id !== null) {
      await lookAt(deps, host, task_id, checked, change);
    }
  }
  return tasks.length;
}

async function lookAt(
  { store, clock, log, fallBack }: CheckDeps,
  host: Host,
  taskId: string,
  checked: 0 | 1,
  change: Change,
): Promise<void> {
  const rows: Checked[] = await store.read((db) =>
    db
      .selectFrom('outbox')
      .innerJoin('account', 'account.id', 'outbox.account_id')
      .selectAll('outbox')
      .select('account.user_id')
      .where('outbox.host_id', '=', host.id)
      .where('outbox.task_id', '=', taskId)
      .where('outbox.checked', '=', checked)
      .$if(checked === 1, (qb) => qb.where('outbox.look_at', '<', FAR))
      .execute(),
  );
  const forget = (): Promise<unknown> =>
    store.transact((tx) =>
      tx
        .updateTable('outbox')
        .set({ checked: 1, look_at: FAR })
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
    const outcome = await host.checkNotice(taskId);
    const changes = new Map(rows.map((row) => [row.id, change(row, outcome, clock)]));
    const instead = new Map<string, Instead>();
    for (const row of rows) {
      const lost = changes.get(row.id)?.lost;
      const other = lost ? await fallBack(row, lost) : null;
      if (other) {
        instead.set(row.id, other);
      }
    }
    await store.transact(async (tx) => {
      for (const row of rows) {
        const { set, lost } = changes.get(row.id) ?? { set: {} };
        await tx.updateTable('outbox').set(set).where('id', '=', row.id).execute();
        if (lost) {
          await recordAttempt(tx, clock, { ...row, logged: 1 }, { outcome: 'dead', error: lost, ms: 0 });
        }
        const other = instead.get(row.id);
        if (other) {
          await standIn(tx, clock, row, other);
        }
      }
    });
  } catch (error) {
    log.warn('could not look up a notice', { hostId: host.id, taskId, error });
    if (error instanceof HostError && !error.retryable) {
      await forget();
    } else if (checked === 1) {
      await putOff(store, clock, rows);
    }
  }
}

/** A host that does not answer is asked again at the next look, not at every tick. */
async function putOff(store: Store, clock: Clock, rows: readonly Checked[]): Promise<void> {
  await store.transact(async (tx) => {
    for (const row of rows) {
      const { set } = readRow(row, { refused: [], read: [] }, clock);
      await tx.updateTable('outbox').set(set).where('id', '=', row.id).execute();
    }
  });
}
