/** What a database's error means for the transaction it ended. */

/** Another process changed what this transaction had read: `transact` runs it again, five times at most. */
export class Stale extends Error {
  override name = 'Stale';
}

/** COMMIT was sent and its answer lost; nobody knows yet whether the change was kept. */
export class CommitUnknown extends Error {
  override name = 'CommitUnknown';
}

/** The store was used in a way that could only hang or lose data: a bug of the caller. */
export class StoreMisuse extends Error {
  override name = 'StoreMisuse';
}

/** Deadlock, lock wait timeout, MariaDB's "record has changed since last read". */
const CONFLICT_NUMBERS = new Set([1213, 1205, 1020]);

/** The server goes away, refuses for the moment, or a Galera node has lost its cluster. */
const LOST_NUMBERS = new Set([
  1040, 1047, 1053, 1077, 1080, 1152, 1158, 1159, 1160, 1161, 1184, 1927, 2006, 2013,
]);

const LOST_CODES = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** SQLITE_BUSY and SQLITE_LOCKED, whatever their extended part. */
const SQLITE_CONFLICTS = new Set([5, 6]);

interface DatabaseError {
  errno?: unknown;
  errcode?: unknown;
  code?: unknown;
  sqlState?: unknown;
  fatal?: unknown;
}

/** The transaction was rolled back because of others; the same work may well succeed now. */
export function isConflict(error: unknown): boolean {
  const { errno, errcode, sqlState } = facts(error);
  return (
    (typeof errno === 'number' && CONFLICT_NUMBERS.has(errno)) ||
    sqlState === '40001' ||
    (typeof errcode === 'number' && SQLITE_CONFLICTS.has(errcode & 0xff))
  );
}

/** The connection broke or could not be made. Before COMMIT that means: rolled back. */
export function isConnectionLost(error: unknown): boolean {
  const { errno, code, fatal } = facts(error);
  return (
    (typeof errno === 'number' && LOST_NUMBERS.has(errno)) ||
    (typeof code === 'string' && LOST_CODES.has(code)) ||
    (fatal === true && code === undefined) // mysql2 on a connection that was closed before
  );
}

/** A unique key of the MySQL family refused the row. */
export function isDuplicateKey(error: unknown): boolean {
  return facts(error).errno === 1062;
}

function facts(error: unknown): DatabaseError {
  return typeof error === 'object' && error !== null ? error : {};
}
