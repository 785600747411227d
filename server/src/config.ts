/** Environment → typed, frozen config, or one error that lists everything that is wrong, by variable. */
import {
  parseHosts,
  readDingtalk,
  readZhezhengding,
  VENDORS,
  type DingtalkConfig,
  type Read,
  type Text,
  type Vendor,
  type ZhezhengdingConfig,
} from './config.hosts.ts';
import { isLoopback, isOneOf, parseCount, parseKey, parseNetworks, parseUrl } from './config.parse.ts';
import { readMonitoring, type MonitoringConfig } from './config.monitoring.ts';
import { VARIABLES, type Group, type Variable, type VariableName } from './config.variables.ts';

export type Mode = 'development' | 'test' | 'production';
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export interface S3Config {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** `endpoint/bucket/key` instead of `bucket.endpoint/key`. */
  readonly pathStyle: boolean;
}

export interface Config {
  readonly mode: Mode;
  readonly host: string;
  readonly port: number;
  /** Origin, without a trailing slash. */
  readonly publicUrl: string;
  readonly trustProxy: false | number | string;
  readonly frameAncestors: string;
  readonly monitoring: MonitoringConfig;
  /** Null serves no mini-app. */
  readonly miniappDir: string | null;
  readonly workers: boolean;
  readonly logLevel: LogLevel;
  readonly metricsToken: string | null;
  readonly clockUrl: string | null;
  readonly databaseUrl: string;
  readonly dataKey: Buffer;
  readonly indexKey: Buffer;
  readonly sessions: {
    readonly cookieMs: number;
    readonly bearerMs: number;
    readonly failuresPerMinute: number;
  };
  /** Which messengers are served; the parts of the others stand as in development and are used by nobody. */
  readonly hosts: readonly Vendor[];
  readonly dingtalk: DingtalkConfig;
  readonly zhezhengding: ZhezhengdingConfig;
  readonly files: { readonly dir: string; readonly s3: S3Config | null };
  /** Private networks webhooks may reach. */
  readonly webhookNetworks: readonly string[];
  /** Shortest pause before a message to a connected platform is sent again. */
  readonly exchangePaceMs: number;
  readonly rosterContact: string;
}

/** Everything that is wrong, one line each, so that a person repairs the environment in one go. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** The ids of the host organisations that are served, the one a roster means by default first. */
export function hostIdsOf(config: Pick<Config, 'hosts' | 'dingtalk' | 'zhezhengding'>): string[] {
  return config.hosts.map((vendor) => config[vendor].hostId);
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the environment. An empty value counts as unset.
 * @throws {ConfigError} naming every variable that is missing or wrong.
 */
export function loadConfig(environment: Environment = process.env): Config {
  const problems: string[] = [];
  const mode = modeOf(environment, problems);
  let served: readonly Group[] = [];
  const text: Text = (name) => {
    const { group, development }: Variable = VARIABLES[name];
    const unused = VENDORS.some((vendor) => vendor === group) && !served.includes(group);
    return unused ? development : valueOf(name, environment, mode, problems);
  };
  /** Runs a parser on a variable's text; what it throws becomes a line that names the variable. */
  const read: Read = (name, parse, fallback) => {
    const value = text(name);
    try {
      return value === '' ? fallback : parse(value);
    } catch (error) {
      problems.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      return fallback;
    }
  };

  const hosts = read<readonly Vendor[]>('HOSTS', parseHosts, ['dingtalk']);
  served = hosts;
  const host = text('HOST');
  const port = read('PORT', (value) => parseCount(value, 0, 65_535), 5170);
  const publicUrl = read(
    'PUBLIC_URL',
    (value) => parseUrl(value, { originOnly: true }),
    `http://${host}:${port}`,
  );
  const reading = { text, read, publicUrl, problems };
  const config: Config = {
    mode,
    host,
    port,
    publicUrl,
    trustProxy: read('TRUST_PROXY', parseTrust, false),
    monitoring: readMonitoring(reading),
    frameAncestors: read('FRAME_ANCESTORS', parseSources, "'self'"),
    miniappDir: text('MINIAPP_DIR') || null,
    exchangePaceMs: read('EXCHANGE_PACE_MS', (value) => parseCount(value, 10, 300_000), 1_000),
    workers: read('WORKERS', (value) => isOneOf(value, ['on', 'off']) === 'on', true),
    logLevel: read(
      'LOG_LEVEL',
      (value) => isOneOf(value, ['debug', 'info', 'warn', 'error', 'silent']),
      'info',
    ),
    metricsToken: text('METRICS_TOKEN') || null,
    clockUrl: read('CLOCK_URL', (value) => parseClock(value, mode), null),
    databaseUrl: read('DATABASE_URL', parseDatabase, ''),
    dataKey: read('DATA_KEY', parseKey, Buffer.alloc(0)),
    indexKey: read('INDEX_KEY', parseKey, Buffer.alloc(0)),
    sessions: {
      cookieMs: read('SESSION_COOKIE_HOURS', (value) => parseCount(value, 1, 168), 12) * 3_600_000,
      bearerMs: read('SESSION_BEARER_MINUTES', (value) => parseCount(value, 1, 120), 15) * 60_000,
      failuresPerMinute: read('SIGN_ON_FAILURES_PER_MINUTE', (value) => parseCount(value, 1, 10_000), 20),
    },
    hosts,
    dingtalk: readDingtalk(reading),
    zhezhengding: readZhezhengding(reading),
    files: { dir: text('FILES_DIR'), s3: s3Of(text, problems) },
    webhookNetworks: read('WEBHOOK_NETWORKS', parseNetworks, []),
    rosterContact: text('ROSTER_CONTACT'),
  };
  if (config.dataKey.length > 0 && config.dataKey.equals(config.indexKey)) {
    problems.push('INDEX_KEY: must differ from DATA_KEY');
  }
  if (hosts.length > 1 && config.dingtalk.hostId === config.zhezhengding.hostId) {
    problems.push('ZHEZHENGDING_HOST_ID: must differ from DINGTALK_HOST_ID');
  }
  if (problems.length > 0) {
    throw new ConfigError([...new Set(problems)]);
  }
  return freeze(config);
}

function modeOf(environment: Environment, problems: string[]): Mode {
  const value = environment['NODE_ENV'] || VARIABLES.NODE_ENV.development;
  try {
    return isOneOf(value, ['development', 'test', 'production']);
  } catch (error) {
    problems.push(`NODE_ENV: ${(error as Error).message}`);
    return 'production';
  }
}

function valueOf(name: VariableName, environment: Environment, mode: Mode, problems: string[]): string {
  const variable: Variable = VARIABLES[name];
  const given = environment[name]?.trim();
  if (given) {
    if (mode === 'production' && variable.demo && given === variable.development) {
      problems.push(`${name}: is the demo's public value, which production refuses`);
    }
    return given;
  }
  if (mode !== 'production' || variable.production === undefined) {
    return variable.development;
  }
  if (variable.production === null) {
    problems.push(`${name}: must be set in production (${variable.doc})`);
    return '';
  }
  return variable.production;
}

function parseTrust(value: string): false | number | string {
  if (value === 'none') {
    return false;
  }
  return value === 'loopback' ? value : parseCount(value, 1, 10);
}

function parseSources(value: string): string {
  if (/[;,\n]/.test(value)) {
    throw new Error('holds CSP sources separated by spaces, without ; or ,');
  }
  return value;
}

function parseClock(value: string, mode: Mode): string {
  const url = parseUrl(value, {});
  if (mode === 'production') {
    throw new Error('the clock may not be moved in production; leave it empty');
  }
  if (!isLoopback(new URL(url).hostname)) {
    throw new Error('the clock may come from this machine only (127.0.0.1, ::1 or localhost)');
  }
  return url;
}

function parseDatabase(value: string): string {
  if (/^sqlite:.+/.test(value) || /^mysql:\/\/.+\/.+/.test(value)) {
    return value;
  }
  throw new Error('must look like sqlite:<path> or mysql://user:password@host:port/name');
}

function s3Of(text: Text, problems: string[]): S3Config | null {
  const bucket = text('FILES_S3_BUCKET');
  if (!bucket) {
    return null;
  }
  for (const name of ['FILES_S3_ENDPOINT', 'FILES_S3_ACCESS_KEY', 'FILES_S3_SECRET_KEY'] as const) {
    if (!text(name)) {
      problems.push(`${name}: must be set when FILES_S3_BUCKET is`);
    }
  }
  const pathStyle = text('FILES_S3_PATH_STYLE') || 'on';
  if (pathStyle !== 'on' && pathStyle !== 'off') {
    problems.push(`FILES_S3_PATH_STYLE: must be on, off, not "${pathStyle}"`);
  }
  return {
    pathStyle: pathStyle === 'on',
    endpoint: text('FILES_S3_ENDPOINT'),
    region: text('FILES_S3_REGION'),
    bucket,
    accessKey: text('FILES_S3_ACCESS_KEY'),
    secretKey: text('FILES_S3_SECRET_KEY'),
  };
}

function freeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) {
    if (typeof part === 'object' && part !== null && !ArrayBuffer.isView(part)) {
      freeze(part);
    }
  }
  return Object.freeze(value);
}
