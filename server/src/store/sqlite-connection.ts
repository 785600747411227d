import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';

/** Prepared statements kept per connection; the product has a few hundred texts. */
const KEPT_STATEMENTS = 500;
const BUSY_TIMEOUT_MS = 5_000;
const DATA_STATEMENT =
  /^\s*(select|insert|update|delete|with|replace|begin|commit|rollback|savepoint|release)\b/i;

interface Prepared {
  statement: StatementSync;
  givesRows: boolean;
}

/** Opens the file with the settings both kinds of connection share. */
export function openSqlite(path: string, readOnly: boolean): DatabaseSync {
  const database = new DatabaseSync(path, {
    readOnly,
    timeout: BUSY_TIMEOUT_MS,
    enableForeignKeyConstraints: false,
  });
  if (!readOnly) {
    // An acknowledged change survives a power cut: WAL alone would sync at checkpoints only.
    database.exec('pragma journal_mode = wal; pragma synchronous = full');
  }
  database.exec('pragma cache_size = -16000; pragma temp_store = memory');
  return database;
}

/** One `node:sqlite` connection as Kysely sees it. Queries run at once, on the calling thread. */
export class SqliteConnection implements DatabaseConnection {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, Prepared>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Whether a transaction is open, as the database itself says. */
  get inTransaction(): boolean {
    return this.#database.isTransaction;
  }

  run(sql: string): void {
    this.#database.exec(sql);
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { statement, givesRows } = this.#prepare(query.sql);
    const parameters = query.parameters.map(toSqlite);
    if (givesRows) {
      return { rows: statement.all(...parameters) as R[] };
    }
    const { changes, lastInsertRowid } = statement.run(...parameters);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    // A statement of its own: a kept one might be run again while this one is still being read.
    const statement = this.#database.prepare(query.sql);
    for (const row of statement.iterate(...query.parameters.map(toSqlite))) {
      yield { rows: [row as R] };
    }
  }

  close(): void {
    this.#prepared.clear();
    this.#database.close();
  }

  #prepare(sql: string): Prepared {
    const kept = this.#prepared.get(sql);
    if (kept) {
      return kept;
    }
    const statement = this.#database.prepare(sql);
    const fresh = { statement, givesRows: statement.columns().length > 0 };
    if (!DATA_STATEMENT.test(sql)) {
      this.#prepared.clear(); // the schema changes: what a kept `select *` gives may change with it
      return fresh;
    }
    const oldest = this.#prepared.size >= KEPT_STATEMENTS ? this.#prepared.keys().next().value : undefined;
    if (oldest !== undefined) {
      this.#prepared.delete(oldest);
    }
    this.#prepared.set(sql, fresh);
    return fresh;
  }
}

/** Booleans and undefined as the MySQL driver binds them. */
export function toSqlite(value: unknown): SQLInputValue {
  if (value === undefined) {
    return null;
  }
  if (typeof value === 'boolean') {
    return value ? 1 : 0;
  }
  return value as SQLInputValue;
}
