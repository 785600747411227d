/** What repositories see of the store. They take the executor as their first argument and never hold one. */
import type { Compilable, Kysely, Transaction } from 'kysely';
import type { Database } from './tables.ts';

/** May read. A transaction is one too, so a `find…` works in both; writing is a compile error. */
export type Reader = Pick<
  Kysely<Database>,
  | 'selectFrom'
  | 'selectNoFrom'
  | 'with'
  | 'withRecursive'
  | 'fn'
  | 'case'
  | 'dynamic'
  | 'getExecutor'
  | 'isTransaction'
>;

/** One transaction, handed out by `Store.transact` alone. */
export type Tx = Transaction<Database>;

export interface TransactOptions<T> {
  /**
   * Looks up whether an earlier run of the same request was committed, after the answer to COMMIT was lost.
   * Gives its result, or undefined when nothing was kept: then the work is done again.
   */
  settle?: (db: Reader) => Promise<T | undefined>;
}

export interface Store {
  readonly dialect: 'sqlite' | 'mysql';
  /**
   * Runs `fn` in one transaction (READ COMMITTED on the MySQL family, one writer at a time on SQLite) and commits.
   * `fn` may run several times, each time in a new transaction: it must touch nothing but `tx`. Throws what `fn`
   * throws; `CommitUnknown` when the answer to COMMIT was lost and there is no `settle`.
   */
  transact<T>(fn: (tx: Tx) => Promise<T>, options?: TransactOptions<T>): Promise<T>;
  /** Reads outside any transaction; may run `fn` again after a lost connection. Refused inside `transact`. */
  read<T>(fn: (db: Reader) => Promise<T>): Promise<T>;
  /** One long query (exports, recounts): on SQLite in a worker thread, so that the process goes on answering. */
  readApart<O>(query: (db: Reader) => Compilable<O>): Promise<O[]>;
  /** Brings the schema up to date; several processes may call it at once. Names what it applied. */
  migrate(): Promise<string[]>;
  close(): Promise<void>;
}

/** The part of a logger the store needs. */
export interface StoreLog {
  warn(facts: Record<string, unknown>, message: string): void;
}

export interface StoreOptions {
  /** `sqlite:<path>` or `mysql://user:password@host:port/database?poolSize=20&ssl=true` */
  url: string;
  /** Takes no lock, cannot write: for checks beside a running server. */
  readOnly?: boolean;
  log?: StoreLog;
}
