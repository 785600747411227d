/** Connections to a database of the MySQL family (MariaDB, Galera, MySQL 8, TiDB, OceanBase). */
import { CompiledQuery, MysqlDialect } from 'kysely';
import type { DatabaseConnection, Dialect } from 'kysely';
import mysql from 'mysql2';
import type { PoolOptions } from 'mysql2';

const DEFAULT_POOL = 20;
/** Callers that may wait for a connection; beyond it they are refused at once instead of piling up. */
const QUEUE_LIMIT = 2_000;
const CONNECT_TIMEOUT_MS = 5_000;
const LOCK_WAIT_SECONDS = 10;

/**
 * The sessions's rules, whatever the server's defaults: refuse what does not fit rather than cut it, and leave
 * backslashes their meaning, which the driver's escaping relies on.
 */
const SQL_MODE = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION';

/** Reads `mysql://user:password@host:port/database?poolSize=20&ssl=true`. Throws with what is missing. */
export function mysqlOptions(url: string): PoolOptions {
  const parsed = new URL(url);
  const database = decodeURIComponent(parsed.pathname.slice(1));
  if (parsed.protocol !== 'mysql:' || parsed.hostname === '' || database === '') {
    throw new Error('DATABASE_URL must be mysql://user:password@host:port/database');
  }
  const size = Number(parsed.searchParams.get('poolSize') ?? DEFAULT_POOL);
  if (!Number.isInteger(size) || size < 1) {
    throw new Error('poolSize in DATABASE_URL must be a whole number from 1');
  }
  return {
    host: parsed.hostname.replace(/^\[|\]$/g, ''),
    port: Number(parsed.port || 3306),
    user: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    database,
    ...(parsed.searchParams.get('ssl') === 'true' ? { ssl: { minVersion: 'TLSv1.2' } } : {}),
    connectionLimit: size,
    maxIdle: size,
    waitForConnections: true,
    queueLimit: QUEUE_LIMIT,
    connectTimeout: CONNECT_TIMEOUT_MS,
    enableKeepAlive: true,
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    // bigint and sums as numbers: every value here is under 2^53.
    supportBigNumbers: true,
    bigNumberStrings: false,
    decimalNumbers: true,
    jsonStrings: true,
    // An object as a parameter would otherwise be spelled out as SQL.
    stringifyObjects: true,
  };
}

/** The Kysely dialect over a pool; connects with the first query. */
export function mysqlDialect(url: string): Dialect {
  const pool = mysql.createPool(mysqlOptions(url));
  return new MysqlDialect({ pool, onCreateConnection: prepareSession });
}

async function prepareSession(connection: DatabaseConnection): Promise<void> {
  const run = (text: string) => connection.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text));
  await run('set session transaction isolation level read committed');
  await run(
    `set session sql_mode = '${SQL_MODE}', time_zone = '+00:00', innodb_lock_wait_timeout = ${LOCK_WAIT_SECONDS}`,
  );
  const galera = await run("show variables like 'wsrep_on'");
  if (galera.rows[0]?.['Value'] === 'ON') {
    // On a Galera cluster a read waits until this node has applied what was committed before it anywhere.
    await run('set session wsrep_sync_wait = 1');
  }
}
