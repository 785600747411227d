import { createHash } from 'node:crypto';
import { afterEach, beforeEach } from 'vitest';
import {
  DEMO_APP_ID,
  DEMO_APP_KEY,
  DEMO_APP_SECRET,
  DEMO_SCAN_CLIENT_ID,
  DEMO_SCAN_KEY,
  DEMO_SCAN_SECRET,
  DEMO_TENANT_ID,
  type DirectoryFile,
  type DirectoryPerson,
  type LogEntry,
  type MessengerOptions,
} from '../../scripts/messenger/src/index.ts';
import type { Host } from '../../server/src/hosts/index.ts';
import { createZhezhengdingHost } from '../../server/src/hosts/zhezhengding/index.ts';
import type { Dialect, ZhezhengdingOptions } from '../../server/src/hosts/zhezhengding/index.ts';
import { startPlatform, type Platform } from './platform.ts';

/** More than two pages of a hundred. */
export const CROWD = 230;
const START = '2026-07-06T08:30:00+08:00';

const codeOf = (id: string): string => `GE_${createHash('md5').update(id).digest('hex')}`;

function person(id: string, number: number, more: Partial<DirectoryPerson> = {}): DirectoryPerson {
  return {
    id,
    userid: codeOf(id),
    unionid: String(78_000_000 + number),
    name: `张${number}`,
    mobile: `1990580${String(number).padStart(4, '0')}`,
    title: '经办人',
    departmentIds: [330_700],
    roles: ['handler'],
    unit: '金华市',
    area: '金华市',
    host: 'zhezhengding',
    ...more,
  };
}

/** A city on 浙政钉 with a crowd in one organisation, and somebody who is still on DingTalk. */
export const DIRECTORY: DirectoryFile = {
  corpId: 'dingminqingcorp00001',
  departments: [
    { id: 1, parentId: null, name: '浙江省' },
    { id: 330_700, parentId: 1, name: '金华市' },
    { id: 330_701, parentId: 330_700, name: '金华市政协' },
    { id: 330_702, parentId: 330_700, name: '市公安局交警支队' },
  ],
  people: [
    person('lin', 1, { name: '林淑芬', departmentIds: [330_701], roles: ['member'], title: '政协委员' }),
    person('zhou', 2, { name: '周凯', departmentIds: [330_702, 330_701] }),
    person('wei', 3, {
      name: '卫平',
      host: 'dingtalk',
      userid: 'jh0003',
      unionid: 'union-wei',
      departmentIds: [330_702],
    }),
    ...Array.from({ length: CROWD }, (_, index) => person(`crowd-${index}`, 100 + index)),
  ],
};

export const DIALECT: Dialect = {
  signing: 'raw',
  body: 'form',
  timestamp: 'offset',
  clockSkew: 'auto',
  ip: '127.0.0.1',
  mac: '00:00:00:00:00:00',
  tokenEverywhere: false,
  ticketTokenField: 'accessToken',
  noticeKind: 'oa',
  noticeBytes: 2_048,
  changeMessage: 'comma',
  changeContent: '{"status":"{text}","color":"{color}"}',
  links: {
    phone: '{url}',
    pc: 'taurus://taurusclient/page/link?pc_slide=true&url={encoded}',
    button: 'taurus://taurusclient/page/link?pc_slide=true&url={encoded}',
  },
  todos: true,
  todoFields: {},
  todoListPath: '/tc/openapi/3rd/Inst/getList',
  codes: {},
};

/** The product's adapter against the local messenger: two programs that share no code and meet on the wire. */
export interface GovRig {
  platform: Platform;
  host: Host;
  /** Everything the adapter logged, as JSON text. */
  logged: string[];
  /** Replaces the host by one with other options. */
  rebuild(overrides: Partial<ZhezhengdingOptions>, dialect?: Partial<Dialect>): Host;
  /** Replaces the messenger, and the host with it. */
  restart(options: MessengerOptions): Promise<void>;
  /** The calls of one operation, as the messenger logged them. */
  calls(api: string): Promise<LogEntry[]>;
  fault(fault: Record<string, unknown>): Promise<void>;
  healthy(): Promise<void>;
}

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The product's adapter with the demo's keys, against a messenger. */
export function govHostAt(
  url: string,
  overrides: Partial<ZhezhengdingOptions> = {},
  dialect: Partial<Dialect> = {},
): Host {
  return createZhezhengdingHost({
    id: 'jinhua',
    tenantId: DEMO_TENANT_ID,
    appKey: DEMO_APP_KEY,
    appSecret: DEMO_APP_SECRET,
    appId: DEMO_APP_ID,
    corpId: '',
    apiBase: url,
    scan: {
      loginBase: url,
      clientId: DEMO_SCAN_CLIENT_ID,
      appKey: DEMO_SCAN_KEY,
      appSecret: DEMO_SCAN_SECRET,
    },
    appUrl: 'http://127.0.0.1:5170/',
    eventsUrl: null,
    dialect: { ...DIALECT, ...dialect },
    clock: { machineNow: () => Date.now(), businessNow: () => Date.parse(START) },
    logger: quiet,
    budget: { take: () => Promise.resolve() },
    backoff: { firstMs: 5, maxMs: 20 },
    ...overrides,
  });
}

/** A fresh messenger and host for each test of the file. */
export function govRigEachTest(): GovRig {
  const rig = { logged: [] as string[] } as GovRig;
  rig.rebuild = (overrides, dialect = {}) => {
    const log = (fields: Record<string, unknown>, message: string): void => {
      rig.logged.push(JSON.stringify({ ...fields, message }));
    };
    const logger = { info: log, warn: log, error: log };
    rig.host = govHostAt(rig.platform.url, { logger, ...overrides }, dialect);
    return rig.host;
  };
  rig.restart = async (options) => {
    await rig.host?.stop();
    await rig.platform?.stop();
    rig.platform = await startPlatform({ directory: DIRECTORY, callsPerSecond: 10_000, ...options });
    rig.rebuild({});
  };
  rig.calls = async (api) => (await rig.platform.log()).filter((entry) => entry.api === api);
  rig.fault = async (fault) => {
    await rig.platform.control('POST', '/faults', fault);
  };
  rig.healthy = async () => {
    await rig.platform.control('DELETE', '/faults');
  };
  beforeEach(async () => {
    rig.logged.length = 0;
    await rig.restart({});
  });
  afterEach(async () => {
    await rig.host.stop();
    await rig.platform.stop();
  });
  return rig;
}

export const codeOfPerson = codeOf;
export const accountOf = (id: string): string => DIRECTORY.people.find((one) => one.id === id)?.unionid ?? '';
