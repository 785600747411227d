import { fileURLToPath } from 'node:url';
import { resolveZhezhengding, type ZhezhengdingSettings } from './zhezhengding/settings.ts';

/**
 * Keys of the demo organisation. They open nothing outside this program; `.env.example` names the same ones, and any of
 * them can be replaced through {@link MessengerOptions}.
 */
export const DEMO_CLIENT_ID = 'dingminqingdemo00001';
export const DEMO_CLIENT_SECRET = 'demo-secret-of-the-local-messenger-only';
export const DEMO_AGENT_ID = '1000000001';
export const DEMO_CORP_ID = 'dingminqingcorp00001';
export const DEMO_ROBOT_CODE = DEMO_CLIENT_ID;
export const DEFAULT_MESSENGER_PORT = 5171;
export const DEFAULT_APP_URL = 'http://127.0.0.1:5170';
export const DEMO_DIRECTORY = fileURLToPath(new URL('../../demo/directory.json', import.meta.url));

/** Every permission point an administrator can grant the app; all are granted unless the options say otherwise. */
export const PERMISSIONS = [
  'qyapi_base',
  'qyapi_get_member',
  'qyapi_get_department_list',
  'qyapi_get_department_member',
  'qyapi_get_member_by_mobile',
  'Card.Instance.Write',
  'Todo.Todo.Write',
  'Todo.Todo.Read',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

/** Machine-time limits. All in milliseconds unless the name says otherwise. */
export interface Timings {
  /** How long a card callback may take before the phone gives up. */
  callbackDeadlineMs: number;
  /** How long a Stream frame may stay without an acknowledgement before it is pushed again. */
  streamAckMs: number;
  /** Pauses before an event that was refused or put off is pushed again; afterwards it counts as failed. */
  eventRetryMs: readonly number[];
  streamPingMs: number;
  /** Life of a Stream ticket. */
  streamTicketMs: number;
  /** Time between the `disconnect` frame and the closing of the socket. */
  streamDrainMs: number;
}

export const DEFAULT_TIMINGS: Timings = {
  callbackDeadlineMs: 2_000,
  streamAckMs: 60_000,
  eventRetryMs: [10_000, 30_000],
  streamPingMs: 30_000,
  streamTicketMs: 90_000,
  streamDrainMs: 3_000,
};

export interface MessengerOptions {
  /** Port on 127.0.0.1; 0 takes any free one. */
  port?: number;
  /** Where the app under demonstration listens, without a trailing slash. */
  appUrl?: string;
  /** The page of the stand-in platform beside it, for a link on the desk; none by default. */
  platformUrl?: string | undefined;
  /** A directory file, or its content. */
  directory?: string | DirectoryFile;
  clientId?: string;
  clientSecret?: string;
  agentId?: string;
  corpId?: string;
  robotCode?: string;
  /** Where the business clock starts: epoch milliseconds, a date, or ISO text. Default: the machine's time. */
  startAt?: number | string | Date;
  timings?: Partial<Timings>;
  /** Calls a second an app may make to one API, by machine time. */
  callsPerSecond?: number;
  /** Other budgets for single operations, by their names in the log (`notice.send`, `card.update`, …). */
  callsPerSecondOf?: Record<string, number>;
  /** What the app may do; default everything. */
  permissions?: readonly string[];
  /** Departments the app may see, with everything below them; default the root. */
  contactScope?: readonly number[];
  /** Address that tells the app's next due moment as `{at, label}`; the desk's 「到下个时限」 asks it. Loopback only. */
  deadlineUrl?: string;
  /** Folder in which the state outlives the process; without one it lives in memory. */
  dataDir?: string;
  /** 浙政钉 on the same port: tenant, keys and what differs between installations. */
  zhezhengding?: Partial<ZhezhengdingSettings>;
  /** Called at `POST /control/reset`, after the messenger forgot everything; the answer waits for it. */
  onReset?: () => Promise<void> | void;
}

export type HostKind = 'dingtalk' | 'zhezhengding';

export interface DirectoryDepartment {
  /** The platform's numeric id; the root is 1. */
  id: number;
  parentId: number | null;
  name: string;
}

export interface DirectoryPerson {
  /** How tests and the desk name somebody: `zhou-kai`. Never sent over the platform's wire. */
  id: string;
  userid: string;
  unionid: string;
  name: string;
  mobile: string;
  title: string;
  departmentIds: number[];
  roles: string[];
  unit: string;
  area: string;
  /** Which messenger the phone runs. On 浙政钉 `userid` is the employeeCode and `unionid` the accountId. */
  host: HostKind;
  avatarTint?: string;
}

export interface DirectoryFile {
  corpId: string;
  departments: DirectoryDepartment[];
  people: DirectoryPerson[];
  /** Who holds which phone at the start: `{"1": "lin-shufen", "pc1": "chen-jie"}`. */
  phones?: Record<string, string>;
}

/** Options with every default filled in. */
export interface Config {
  port: number;
  appUrl: string;
  platformUrl: string;
  clientId: string;
  clientSecret: string;
  agentId: string;
  corpId: string;
  robotCode: string;
  startAt: number | null;
  timings: Timings;
  callsPerSecond: number;
  callsPerSecondOf: Record<string, number>;
  permissions: Set<string>;
  contactScope: number[];
  deadlineUrl: string | null;
  dataDir: string | null;
  zhezhengding: ZhezhengdingSettings;
  onReset: () => Promise<void> | void;
}

/** Fills in the defaults. Rejects a start time that is no time and an app address that is no http address. */
export function resolveConfig(options: MessengerOptions): Config {
  return {
    port: options.port ?? DEFAULT_MESSENGER_PORT,
    appUrl: httpUrl('appUrl', options.appUrl ?? DEFAULT_APP_URL),
    platformUrl: options.platformUrl ? httpUrl('platformUrl', options.platformUrl) : '',
    clientId: options.clientId ?? DEMO_CLIENT_ID,
    clientSecret: options.clientSecret ?? DEMO_CLIENT_SECRET,
    agentId: options.agentId ?? DEMO_AGENT_ID,
    corpId: options.corpId ?? DEMO_CORP_ID,
    robotCode: options.robotCode ?? options.clientId ?? DEMO_ROBOT_CODE,
    startAt: options.startAt === undefined ? null : instant(options.startAt),
    timings: { ...DEFAULT_TIMINGS, ...options.timings },
    callsPerSecond: options.callsPerSecond ?? 40,
    callsPerSecondOf: options.callsPerSecondOf ?? {},
    permissions: new Set(options.permissions ?? PERMISSIONS),
    contactScope: [...(options.contactScope ?? [1])],
    deadlineUrl: options.deadlineUrl === undefined ? null : loopbackUrl('deadlineUrl', options.deadlineUrl),
    dataDir: options.dataDir ?? null,
    zhezhengding: resolveZhezhengding(options.zhezhengding),
    onReset: options.onReset ?? (() => undefined),
  };
}

/** Options from the environment, for the command line. Throws an error that names the variable. */
export function optionsFromEnvironment(env: NodeJS.ProcessEnv): MessengerOptions {
  const port = Number(env.MESSENGER_PORT ?? DEFAULT_MESSENGER_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`MESSENGER_PORT 应是 0 到 65535 的整数，现在是 ${env.MESSENGER_PORT}`);
  }
  const options: MessengerOptions = { port };
  const callsPerSecond = Number(env.MESSENGER_CALLS_PER_SECOND ?? 0);
  if (callsPerSecond > 0) {
    options.callsPerSecond = callsPerSecond;
  }
  const texts = {
    appUrl: env.APP_URL,
    platformUrl: env.PLATFORM_URL,
    directory: env.MESSENGER_DIRECTORY ?? DEMO_DIRECTORY,
    clientId: env.DINGTALK_CLIENT_ID,
    clientSecret: env.DINGTALK_CLIENT_SECRET,
    agentId: env.DINGTALK_AGENT_ID,
    corpId: env.DINGTALK_CORP_ID,
    robotCode: env.DINGTALK_ROBOT_CODE,
    startAt: env.MESSENGER_START_AT,
    deadlineUrl: env.DEADLINE_URL,
    dataDir: env.MESSENGER_DATA,
  };
  return Object.assign(
    options,
    Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== undefined && value !== '')),
  );
}

/** Host names this program answers its control API on: itself, never a name the outside world could choose. */
export function isLocalName(host: string): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    /^127(\.\d{1,3}){3}$/.test(name) ||
    name === '[::1]'
  );
}

function instant(value: number | string | Date): number {
  const ms = value instanceof Date ? value.getTime() : typeof value === 'number' ? value : Date.parse(value);
  if (!Number.isFinite(ms)) {
    throw new TypeError(`startAt is no time: ${String(value)}`);
  }
  return ms;
}

function httpUrl(name: string, value: string): string {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(`${name} is no http address: ${value}`);
  }
  return value.replace(/\/+$/, '');
}

function loopbackUrl(name: string, value: string): string {
  const url = httpUrl(name, value);
  if (!isLocalName(new URL(url).host)) {
    throw new TypeError(`${name} must be on this machine: ${value}`);
  }
  return url;
}
