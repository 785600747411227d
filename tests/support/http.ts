/** A server on a port of its own for tests of http/, with cases that a test scripts. */
import type { CaseView } from '@minqing/shared/contract';
import { createCatalogue, type Catalogue } from '../../server/src/catalogue/index.ts';
import type { Cases } from '../../server/src/cases/index.ts';
import { loadConfig } from '../../server/src/config.ts';
import { notFound } from '../../server/src/errors.ts';
import type { Host } from '../../server/src/hosts/index.ts';
import { createLog } from '../../server/src/log.ts';
import { createOrigins, readOrigins, writeOrigins } from '../../server/src/origins/index.ts';
import { NOTHING_BESIDE } from '../../miniapp/tests/mock-api/cases.ts';
import { createTokens } from '../../server/src/tokens/index.ts';
import { createQuota } from '../../server/src/quota/index.ts';
import { createTestPeople, type TestPeople } from './people.ts';
import { createHttpApp, startServer, type HttpDeps } from '../../server/src/http/index.ts';

export interface TestServer extends TestPeople {
  url: string;
  catalogue: Catalogue;
  /** Lines the server logged. */
  lines: string[];
  /** What cases/ was asked to do. */
  performed: unknown[][];
  /** Replaces parts of the scripted cases. */
  cases: { -readonly [K in keyof Cases]: Cases[K] };
  call(
    method: string,
    path: string,
    options?: { body?: unknown; headers?: Record<string, string> },
  ): Promise<TestAnswer>;
  /** Signs somebody on; answers the headers that say so. */
  /** Says where else a host organisation's front end is served from. */
  allowOrigins(hostId: string, origins: readonly string[]): Promise<void>;
  signOn(userId: string): Promise<{ headers: Record<string, string>; cookie: string; csrf: string }>;
  close(): Promise<void>;
}

export interface TestAnswer {
  status: number;
  headers: Headers;
  // Whatever came: the test says what it expects of it.
  body: Record<string, unknown>;
  text: string;
}

let made = 0;
/** A fresh idempotency key. */
export function newKey(): string {
  made += 1;
  return `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`;
}

export const CASE_ID = '11111111-1111-4111-8111-111111111111';

/** A case view with every member, for answers. */
export function caseView(change: Partial<CaseView> = {}): CaseView {
  const content = {
    title: '迎宾大道红绿灯',
    situation: '早高峰排队',
    analysis: '',
    suggestion: '',
    categoryId: 'traffic',
    category: '交通出行',
    place: { text: '迎宾大道', area: null, latitude: null, longitude: null },
    files: [],
    answers: [],
  };
  return {
    id: CASE_ID,
    number: 'JH-2026-000123',
    version: 1,
    state: 'submitted',
    stateLabel: '待审核',
    round: 0,
    headline: ['等待审核'],
    subline: '',
    light: null,
    lightWord: null,
    clockId: null,
    ring: null,
    content,
    original: null,
    editedBy: null,
    area: { id: '330700', name: '金华市' },
    committee: { id: 'cppcc', name: '金华市政协', shortName: '市政协' },
    urgency: 'normal',
    urgencyLabel: '普通',
    disclosure: { anonymous: false, openness: 'staff', opennessLabel: '仅工作人员', phoneToUnit: false },
    authors: [],
    ...NOTHING_BESIDE,
    mine: false,
    timeline: [],
    assignments: [],
    steps: [],
    left: null,
    ask: null,
    instruction: null,
    rework: null,
    pendingFiles: 0,
    started: null,
    actions: [],
    ...change,
  };
}

export async function createTestServer(
  change: Partial<HttpDeps> = {},
  environment: Record<string, string> = {},
): Promise<TestServer> {
  const around = await createTestPeople();
  const performed: unknown[][] = [];
  const lines: string[] = [];
  const cases: TestServer['cases'] = {
    perform: async (...args) => {
      performed.push(args);
      return { case: {} as never, repeated: false };
    },
    view: async () => caseView(),
    markSeen: async () => undefined,
    list: async () => ({ items: [], after: null, total: 0 }),
    every: async function* () {},
    whole: async () => Promise.reject(notFound()),
    queues: async () => ({ desks: [], asOf: '2026-07-07T14:40:00+08:00' }),
    previewDispatch: async () => Promise.reject(notFound()),
    unitsFor: async () => [],
    recordOf: async () => '',
    maySeeFile: async () => false,
    listDrafts: async () => [],
    getDraft: async () => Promise.reject(notFound()),
    putDraft: async (_viewer, caseId, draft) => ({
      caseId,
      ...draft,
      title: '',
      savedAt: '2026-07-07T14:40:00+08:00',
      savedText: '刚刚',
    }),
    removeDraft: async () => undefined,
  };
  const config = {
    ...loadConfig({
      NODE_ENV: 'test',
      MINIAPP_DIR: around.config.miniappDir ?? '',
      DATABASE_URL: around.config.databaseUrl,
      ...environment,
    }),
  };
  const catalogue = await createCatalogue({
    store: around.store,
    clock: around.clock,
    directory: around.people.directory,
    texts: [],
  });
  const app = createHttpApp({
    config,
    log: createLog('debug', (line) => lines.push(line)),
    clock: around.clock,
    cases,
    people: around.people,
    tokens: createTokens({
      store: around.store,
      clock: around.clock,
      directory: around.people.directory,
      quota: createQuota(around),
    }),
    catalogue,
    texts: absent(),
    similar: absent(),
    deliveries: absent(),
    audit: absent(),
    suggest: absent(),
    statistics: absent(),
    stuck: absent(),
    open311: absent(),
    webhooks: { subscriptions: absent(), deliveries: absent() },
    late: absent(),
    exchange: { admin: absent(), letters: absent() },
    output: absent(),
    deadlines: absent(),
    hosts: new Map([[around.host.id, around.host as unknown as Host]]),
    front: {
      hosts: [{ id: 'host1', vendor: 'dingtalk', corpId: 'corp1', clientId: 'client1', agentId: 'agent1' }],
      version: '0.0.0-test',
    },
    origins: createOrigins({
      store: around.store,
      clock: around.clock,
      directory: around.people.directory,
      hosts: new Map([
        ['host1', { vendor: 'dingtalk' }],
        ['host2', { vendor: 'zhezhengding' }],
      ]),
      production: false,
    }),
    ready: async () => undefined,
    version: '0.0.0-test',
    ...change,
  });
  const server = await startServer(app, '127.0.0.1', 0);
  const url = `http://127.0.0.1:${server.port}`;

  const call: TestServer['call'] = async (method, path, options = {}) => {
    const isText = typeof options.body === 'string';
    const response = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(options.body === undefined || isText ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(options.body === undefined
        ? {}
        : { body: isText ? (options.body as string) : JSON.stringify(options.body) }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : {} };
  };

  return {
    ...around,
    catalogue,
    config,
    url,
    lines,
    performed,
    cases,
    call,
    async signOn(userId) {
      around.host.codes.set(`code-${userId}`, userId);
      const answer = await call('POST', '/api/session', {
        body: { hostId: 'host1', code: `code-${userId}` },
      });
      const cookie = (answer.headers.getSetCookie()[0] ?? '').split(';', 1)[0] ?? '';
      const me = await call('GET', '/api/me', { headers: { cookie } });
      const csrf = String(me.body['csrf']);
      return { headers: { cookie, 'x-csrf': csrf }, cookie, csrf };
    },
    async allowOrigins(hostId, origins) {
      await around.store.transact(async (tx) => {
        const version = (await readOrigins(tx)).get(hostId)?.version ?? 0;
        await writeOrigins(tx, { hostId, origins, version, personId: null, at: around.clock.businessNow() });
      });
      around.clock.machine += 60_000;
    },
    async close() {
      await server.stop(0);
      await around.close();
    },
  };
}

/** A part no test of this file should reach: whatever is asked of it fails by name. */
export function absent<T extends object>(): T {
  return new Proxy({} as T, {
    get: (_target, name) => async () => {
      throw new Error(`${String(name)} is no part of this test`);
    },
  });
}
