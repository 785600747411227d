import { MysqlAdapter } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** Anything a query can be run on: the store's reader, a transaction, a Kysely of any schema. */
export type Executor = QueryExecutorProvider;

/** Whether this executor speaks to a database of the MySQL family; otherwise it is SQLite. */
export function isMysql(db: Executor): boolean {
  return db.getExecutor().adapter instanceof MysqlAdapter;
}
