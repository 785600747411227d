/** A Kysely dialect over `node:sqlite`, with one writer and transactions that take the write lock when they begin. */
import { CompiledQuery, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { DatabaseConnection, Dialect, Driver } from 'kysely';
import { StoreMisuse } from './errors.ts';
import { SqliteConnection, openSqlite } from './sqlite-connection.ts';

/**
 * The dialect of one connection to one file. The writer hands its connection to one user at a time, in order of
 * asking; a plain `begin` would let two transactions read and then fail both at once when they write.
 * The reader is shared: its queries run to their end without a pause, so they cannot mix.
 */
export function sqliteDialect(path: string, role: 'writer' | 'reader'): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => (role === 'writer' ? new WriterDriver(path) : new ReaderDriver(path)),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

class WriterDriver implements Driver {
  readonly #path: string;
  readonly #waiting: (() => void)[] = [];
  #connection: SqliteConnection | undefined;
  #taken = false;

  constructor(path: string) {
    this.#path = path;
  }

  async init(): Promise<void> {
    this.#connection = new SqliteConnection(openSqlite(this.#path, false));
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    if (this.#taken) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#taken = true;
    return this.#open();
  }

  async releaseConnection(): Promise<void> {
    const next = this.#waiting.shift();
    if (next) {
      // Through the event loop: a long queue of writers must not keep requests and timers from being heard.
      setImmediate(next);
    } else {
      this.#taken = false;
    }
  }

  async beginTransaction(): Promise<void> {
    this.#open().run('begin immediate');
  }

  async commitTransaction(): Promise<void> {
    this.#open().run('commit');
  }

  async rollbackTransaction(): Promise<void> {
    if (this.#open().inTransaction) {
      this.#open().run('rollback');
    }
  }

  async destroy(): Promise<void> {
    this.#connection?.close();
  }

  #open(): SqliteConnection {
    if (!this.#connection) {
      throw new StoreMisuse('the database is not open');
    }
    return this.#connection;
  }
}

class ReaderDriver implements Driver {
  readonly #path: string;
  #connection: SqliteConnection | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  async init(): Promise<void> {
    this.#connection = new SqliteConnection(openSqlite(this.#path, true));
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    if (!this.#connection) {
      throw new StoreMisuse('the database is not open');
    }
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    // Nothing is handed over: the connection is shared.
  }

  async beginTransaction(): Promise<void> {
    throw new StoreMisuse('the reading connection has no transactions; use transact');
  }

  async commitTransaction(): Promise<void> {
    throw new StoreMisuse('the reading connection has no transactions');
  }

  async rollbackTransaction(): Promise<void> {
    throw new StoreMisuse('the reading connection has no transactions');
  }

  async destroy(): Promise<void> {
    this.#connection?.close();
  }
}

/** The path in `sqlite:<path>`; throws on anything else. */
export function sqlitePath(url: string): string {
  const path = url.slice('sqlite:'.length);
  if (!url.startsWith('sqlite:') || path === '' || path === ':memory:') {
    throw new Error('DATABASE_URL must be sqlite:<file> or mysql://user:password@host:port/database');
  }
  return path.replace(/^\/\/(?=\/)/, ''); // sqlite:///absolute is the same file as sqlite:/absolute
}

/** Opens both connections now, so that a wrong path or a damaged file is reported at the start. */
export const OPENING_QUERY = CompiledQuery.raw('select 1 as one');
