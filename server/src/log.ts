/**
 * Structured logs without personal data. A line may carry the fields listed here and no others: whatever else is passed
 * (a name, a phone, what somebody wrote) is dropped by construction, not by remembering to redact it.
 */
import { pino, type Logger as PinoLogger } from 'pino';
import type { LogLevel } from './config.ts';

const FIELDS = [
  'requestId',
  'method',
  'route',
  'status',
  'ms',
  'bytes',
  'door',
  'code', // requests
  'personId',
  'tokenId',
  'caseId',
  'action',
  'version',
  'unitId',
  'areaId',
  'fileId',
  'draftId', // what it was about
  'worker',
  'job',
  'count',
  'attempts',
  'lagMs',
  'seq',
  'fence',
  'lease',
  'timer',
  'clockId',
  'step',
  'kind',
  'at', // workers
  'hostId',
  'operation',
  'taskId',
  'outTrackId',
  'outboxId',
  'cardId',
  'notice',
  'retryable', // hosts
  'port',
  'address',
  'pid',
  'databaseKind',
  'migration',
  'signal',
  'reason', // life of the process
] as const;
const ALLOWED = new Set<string>(FIELDS);

export type LogField = (typeof FIELDS)[number];
type Scalar = string | number | boolean | null | undefined;
/** What a line may carry beside its message; `error` is reduced to its type, code, message and stack. */
export type LogFields = Partial<Record<LogField, Scalar>> & { error?: unknown };

export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A log whose every line carries these fields. */
  child(fields: LogFields): Log;
}

/** @param write where lines go, for tests; standard output otherwise. */
export function createLog(level: LogLevel, write?: (line: string) => void): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return wrap(write ? pino(options, { write }) : pino(options));
}

/** Says nothing: for tests. */
export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLog,
};

function wrap(target: PinoLogger): Log {
  return {
    debug: (message, fields) => target.debug(keepAllowed(fields), message),
    info: (message, fields) => target.info(keepAllowed(fields), message),
    warn: (message, fields) => target.warn(keepAllowed(fields), message),
    error: (message, fields) => target.error(keepAllowed(fields), message),
    child: (fields) => wrap(target.child(keepAllowed(fields))),
  };
}

/** The fields that may be written; texts are cut, so that no field becomes a way round the list. */
function keepAllowed(fields: LogFields | undefined): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields ?? {})) {
    if (ALLOWED.has(name) && (value === null || typeof value !== 'object')) {
      kept[name] = typeof value === 'string' ? value.slice(0, 200) : value;
    }
  }
  if (fields?.error !== undefined) {
    kept['error'] = describeError(fields.error);
  }
  return kept;
}

/**
 * An error's type, code and stack. Messages of database drivers quote values, so only the first line of the message is
 * kept and quoted parts of it are blanked.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) {
    return { type: typeof error };
  }
  const code: unknown = 'code' in error ? error.code : undefined;
  const message = (error.message.split('\n', 1)[0] ?? '')
    .replace(/'[^']*'|"[^"]*"|`[^`]*`/g, '…')
    .slice(0, 300);
  return {
    type: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    message,
    stack: framesOf(error),
    ...(error.cause instanceof Error ? { cause: describeError(error.cause) } : {}),
  };
}

/** The stack without its first lines, which repeat the message. */
function framesOf(error: Error): string {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim())
    .join(' | ');
}
