/** One way to run a transaction, on both databases. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { ControlledTransaction, Kysely } from 'kysely';
import { CommitUnknown, Stale, StoreMisuse, isConflict, isConnectionLost } from './errors.ts';
import { point } from './killpoints.ts';
import type { Database } from './tables.ts';
import type { Reader, StoreLog, TransactOptions, Tx } from './types.ts';

/** About four seconds of trying, with the pauses below. */
const ATTEMPTS = 10;
/** A case somebody else keeps changing is decided anew this many times. */
const STALE_ATTEMPTS = 5;
/** A server that restarts is given about half a minute to say what became of a COMMIT. */
const SETTLE_ATTEMPTS = 36;
const LONGEST_PAUSE_MS = 1_000;

type Hook = () => void | Promise<void>;

type Outcome<T> =
  | { kind: 'committed'; value: T }
  | { kind: 'again'; error: unknown }
  | { kind: 'unknown'; error: unknown };

/** Set while a transaction's function runs; kept as an object because tasks it started may outlive it. */
const inside = new AsyncLocalStorage<{ open: boolean }>();
const hooksOf = new WeakMap<Tx, Hook[]>();

export interface TransactParts {
  writer: Kysely<Database>;
  read: <T>(fn: (db: Reader) => Promise<T>, attempts?: number) => Promise<T>;
  log?: StoreLog | undefined;
}

/** Runs `fn` once after `tx` has been committed, and never if it is not: to wake workers, drop caches. */
export function afterCommit(tx: Tx, fn: Hook): void {
  const hooks = hooksOf.get(tx);
  if (!hooks) {
    throw new StoreMisuse('afterCommit needs the transaction that transact handed out, while it is open');
  }
  hooks.push(fn);
}

/** Throws when called from inside a transaction: on SQLite it would wait for itself for ever. */
export function refuseInside(what: string): void {
  if (inside.getStore()?.open) {
    throw new StoreMisuse(`${what} was called inside a transaction: pass its tx on instead`);
  }
}

/** See `Store.transact`. */
export async function runTransaction<T>(
  parts: TransactParts,
  fn: (tx: Tx) => Promise<T>,
  options: TransactOptions<T> = {},
): Promise<T> {
  refuseInside('transact');
  for (let attempt = 1; ; attempt += 1) {
    const hooks: Hook[] = [];
    let outcome = await attemptOnce(parts.writer, fn, hooks);
    if (outcome.kind === 'unknown') {
      outcome = await settle(parts, outcome.error, options);
    }
    if (outcome.kind === 'committed') {
      point('after-commit');
      runHooks(hooks, parts.log);
      return outcome.value;
    }
    if (
      outcome.kind === 'unknown' ||
      attempt >= (outcome.error instanceof Stale ? STALE_ATTEMPTS : ATTEMPTS)
    ) {
      throw outcome.error;
    }
    parts.log?.warn({ attempt, reason: reasonOf(outcome.error) }, 'transaction runs again');
    await pause(pauseBefore(attempt));
  }
}

/** Runs `fn`, and again after a lost connection. Reading twice is harmless. */
export async function retryRead<T>(fn: () => Promise<T>, attempts = 5): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await fn();
    } catch (error) {
      if (attempt >= attempts || !(isConnectionLost(error) || isConflict(error))) {
        throw error;
      }
      await pause(pauseBefore(attempt));
    }
  }
}

async function attemptOnce<T>(
  writer: Kysely<Database>,
  fn: (tx: Tx) => Promise<T>,
  hooks: Hook[],
): Promise<Outcome<T>> {
  let tx: ControlledTransaction<Database>;
  try {
    tx = await writer.startTransaction().execute();
  } catch (error) {
    return againOrThrow(error);
  }
  hooksOf.set(tx, hooks);
  const scope = { open: true };
  let value: T;
  try {
    value = await inside.run(scope, () => fn(tx));
  } catch (error) {
    await rollBack(tx);
    return againOrThrow(error);
  } finally {
    scope.open = false;
    hooksOf.delete(tx);
  }
  try {
    await tx.commit().execute();
  } catch (error) {
    // A database that still has the transaction open, or names a conflict, has not committed; silence proves nothing.
    const rolledBack = await rollBack(tx);
    if (isConflict(error)) {
      return { kind: 'again', error };
    }
    if (rolledBack && !isConnectionLost(error) && 'errcode' in Object(error)) {
      throw error;
    }
    return { kind: 'unknown', error };
  }
  return { kind: 'committed', value };
}

function againOrThrow<T>(error: unknown): Outcome<T> {
  if (error instanceof Stale || isConflict(error) || isConnectionLost(error)) {
    return { kind: 'again', error };
  }
  throw error;
}

/** Whether the database confirmed it. A connection that is gone rolls back by itself, and is dropped by the pool. */
async function rollBack(tx: ControlledTransaction<Database>): Promise<boolean> {
  try {
    await tx.rollback().execute();
    return true;
  } catch {
    return false;
  }
}

async function settle<T>(
  parts: TransactParts,
  cause: unknown,
  options: TransactOptions<T>,
): Promise<Outcome<T>> {
  const lookUp = options.settle;
  if (!lookUp) {
    throw new CommitUnknown('the answer to COMMIT was lost', { cause });
  }
  parts.log?.warn({ reason: reasonOf(cause) }, 'the answer to COMMIT was lost; looking the request up');
  let value: T | undefined;
  try {
    value = await parts.read(lookUp, SETTLE_ATTEMPTS);
  } catch (error) {
    throw new CommitUnknown('the answer to COMMIT was lost and could not be looked up', { cause: error });
  }
  return value === undefined ? { kind: 'again', error: cause } : { kind: 'committed', value };
}

function runHooks(hooks: Hook[], log: StoreLog | undefined): void {
  // The change is kept already: a hook's failure is told, not thrown.
  const failed = (error: unknown): void =>
    log?.warn({ reason: reasonOf(error) }, 'a hook after commit failed');
  for (const hook of hooks) {
    try {
      void Promise.resolve(hook()).catch(failed);
    } catch (error) {
      failed(error);
    }
  }
}

function pauseBefore(attempt: number): number {
  return Math.min(LONGEST_PAUSE_MS, 10 * 2 ** attempt) * (0.5 + Math.random() / 2);
}

/** Words for the log: a database's message may quote a row, so only its code. */
function reasonOf(error: unknown): string {
  const facts: Record<string, unknown> = Object(error);
  return [facts['name'], facts['code'], facts['errcode']]
    .filter((part) => typeof part === 'string' || typeof part === 'number')
    .join(' ');
}
