/** A whole small deployment for tests: local messenger, server, roster, contacts, templates. Nothing in it is faked. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishTemplates, TEMPLATE_IDS } from '../../scripts/demo/templates.ts';
import {
  startMessenger,
  type ChatItem,
  type MessengerOptions,
  type RunningMessenger,
} from '../../scripts/messenger/src/index.ts';
import { createApp, type App } from '../../server/src/app.ts';
import { loadConfig } from '../../server/src/config.ts';
import { createLog } from '../../server/src/log.ts';
import { createPhoneVault, importRoster } from '../../server/src/people/index.ts';
import { uuidv7 } from '../../server/src/store/index.ts';
import { moveToZhezhengding } from './gov.ts';

const DEMO = new URL('../../scripts/demo/', import.meta.url);
const csv = (name: string): string => readFileSync(new URL(`${name}.csv`, DEMO), 'utf8');

/** The story's people, by the ids of the local messenger's directory. */
export const WHO = {
  member: 'lin-shufen',
  reviewer: 'fang-min',
  dispatcher: 'chen-jie',
  handler: 'zhou-kai',
  coHandler: 'wu-shan',
  inspector: 'zheng-weiping',
} as const;

export interface Town {
  messenger: RunningMessenger;
  app: App;
  url: string;
  /** A person with a session of their own. */
  person(id: string): Promise<Citizen>;
  control<T>(method: string, path: string, body?: unknown): Promise<T>;
  chat(id: string): Promise<ChatItem[]>;
  press(
    id: string,
    outTrackId: string,
    actionIds: string[],
    params?: Record<string, unknown>,
  ): Promise<PressAnswer>;
  /** Waits until `probe` answers something; rejects with `what` after some seconds. */
  until<T>(what: string, probe: () => Promise<T | undefined | null | false>): Promise<T>;
  /** The newest card of a person whose strip or title matches. */
  card(id: string, match: RegExp): Promise<ChatItem & { outTrackId: string }>;
  /** Moves business time forwards and lets the server follow. */
  advance(ms: number): Promise<void>;
  stop(): Promise<void>;
}

export interface PressAnswer {
  answer: {
    cardData?: { cardParamMap: Record<string, string> };
    userPrivateData?: { cardParamMap: Record<string, string> };
  };
  error?: string;
}

export interface Citizen {
  id: string;
  /** What proves who asks. */
  headers: { authorization: string };
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: Record<string, never> }>;
  /** Performs an action and answers the case; throws with the problem when it is refused. */
  act<T = Record<string, never>>(caseId: string, action: string, input?: object): Promise<T>;
  /** Like `act`, but answers the refusal. */
  try(
    caseId: string,
    action: string,
    input?: object,
  ): Promise<{ status: number; body: Record<string, never> }>;
}

export interface TownOptions {
  databaseUrl?: string;
  startAt?: string;
  messenger?: MessengerOptions;
  workers?: boolean;
  callsPerSecond?: number;
  /** Shortest pause before a message to a connected platform is sent again, ms. */
  exchangePaceMs?: number;
  /** Folder of the built mini-app; with it the desk's phones show the product. */
  miniappDir?: string;
  /** Who lives in 浙政钉 instead of DingTalk: ids of the directory, or everyone. */
  gov?: readonly string[] | 'everyone';
  /** Who has an account in 浙政钉 besides: `<id>-gov`, on no roster. */
  twins?: readonly string[];
  /** Further variables of the server's configuration. */
  environment?: Record<string, string>;
}

/** A port nobody holds now: the messenger has to be told where the server will listen before it does. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => {
    probe.listen(0, '127.0.0.1', resolve);
  });
  const { port } = probe.address() as AddressInfo;
  await new Promise<void>((resolve) => {
    probe.close(() => resolve());
  });
  return port;
}

export const STORY_START = '2026-07-06T08:41:00+08:00';

export async function openTown(options: TownOptions = {}): Promise<Town> {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-town-'));
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const { gov = [], twins = [] } = options;
  const moved = moveToZhezhengding(gov, csv('roster'), twins);
  const livesThere = (id: string): boolean =>
    gov === 'everyone' || gov.includes(id) || twins.some((twin) => id === `${twin}-gov`);
  const messenger = await startMessenger({
    port: 0,
    startAt: options.startAt ?? STORY_START,
    appUrl: publicUrl,
    deadlineUrl: `${publicUrl}/demo/next-deadline`,
    directory: moved.directory,
    // Reading the contacts of the whole province would else take as long as most tests.
    callsPerSecond: 1_000,
    ...options.messenger,
  });
  await publishTemplates(messenger.url);
  const config = loadConfig({
    NODE_ENV: 'test',
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    FRAME_ANCESTORS: `'self' ${messenger.deskUrl}`,
    MINIAPP_DIR: options.miniappDir ?? '',
    DATABASE_URL: options.databaseUrl ?? `sqlite:${join(folder, 'minqing.sqlite')}`,
    FILES_DIR: join(folder, 'files'),
    CLOCK_URL: `${messenger.url}/control/clock`,
    HOSTS:
      gov === 'everyone'
        ? 'zhezhengding'
        : gov.length + twins.length > 0
          ? 'dingtalk,zhezhengding'
          : 'dingtalk',
    ZHEZHENGDING_API_BASE: messenger.url,
    ZHEZHENGDING_LOGIN_BASE: messenger.url,
    ZHEZHENGDING_EVENTS: 'on',
    DINGTALK_API_BASE: messenger.url,
    DINGTALK_OAPI_BASE: messenger.url,
    DINGTALK_CARD_TEMPLATES: JSON.stringify(TEMPLATE_IDS),
    LOG_LEVEL: process.env.TEST_LOG ?? 'silent',
    ...(options.exchangePaceMs === undefined ? {} : { EXCHANGE_PACE_MS: String(options.exchangePaceMs) }),
    ...options.environment,
  });
  const app = await createApp({
    config,
    log: createLog(config.logLevel),
    version: '0.0.0',
    callsPerSecond: options.callsPerSecond ?? 400,
  });
  for (const vendor of config.hosts) {
    const roster = await importRoster(
      { store: app.store, clock: app.clock, vault: createPhoneVault(config.dataKey, config.indexKey) },
      { areas: csv('areas'), units: csv('units'), people: moved.rosters[vendor] },
      { hostId: config[vendor].hostId, dryRun: false, complete: false },
    );
    if (roster.errors.length > 0) {
      throw new Error(`the demo roster has errors: ${JSON.stringify(roster.errors.slice(0, 3))}`);
    }
  }
  await app.directory.refresh();
  for (const host of app.hosts.values()) {
    await app.people.contacts.sync(host);
  }
  const server = await app.serve();
  if (options.workers !== false) {
    await app.startWorkers();
  }
  const url = `http://127.0.0.1:${server.port}`;

  async function control<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${messenger.url}/control${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`${method} /control${path}: ${answer.status} ${text.slice(0, 300)}`);
    }
    return (text ? JSON.parse(text) : undefined) as T;
  }

  async function until<T>(what: string, probe: () => Promise<T | undefined | null | false>): Promise<T> {
    const end = Date.now() + 15_000;
    for (;;) {
      const found = await probe();
      if (found !== undefined && found !== null && found !== false) {
        return found;
      }
      if (Date.now() > end) {
        throw new Error(`waited in vain: ${what}`);
      }
      await new Promise((resolve) => {
        setTimeout(resolve, 40);
      });
    }
  }

  const chat = async (id: string): Promise<ChatItem[]> =>
    (await control<{ items: ChatItem[] }>('GET', `/people/${id}/chat`)).items;

  async function person(id: string): Promise<Citizen> {
    const { code } = await control<{ code: string }>('POST', `/people/${id}/code`);
    const signed = await fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': uuidv7() },
      body: JSON.stringify({
        hostId: config[livesThere(id) ? 'zhezhengding' : 'dingtalk'].hostId,
        code,
        mode: 'bearer',
      }),
    });
    const { token, ...problem } = (await signed.json()) as { token?: string };
    if (!token) {
      throw new Error(`${id} could not sign on: ${JSON.stringify(problem)}`);
    }
    const proof = { authorization: `Bearer ${token}` };
    const call: Citizen['call'] = async (method, path, body, headers = {}) => {
      const answer = await fetch(`${url}/api${path}`, {
        method,
        headers: {
          ...proof,
          ...(method === 'GET' ? {} : { 'idempotency-key': uuidv7(), 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, body: (text ? JSON.parse(text) : {}) as Record<string, never> };
    };
    const attempt: Citizen['try'] = (caseId, action, input = {}) =>
      call('POST', `/cases/${caseId}/actions/${action}`, input);
    return {
      id,
      headers: proof,
      call,
      try: attempt,
      async act<T>(caseId: string, action: string, input: object = {}) {
        const { status, body } = await attempt(caseId, action, input);
        if (status !== 200) {
          throw new Error(`${id} ${action}: ${status} ${JSON.stringify(body)}`);
        }
        return body as T;
      },
    };
  }

  return {
    messenger,
    app,
    url,
    person,
    control,
    chat,
    until,
    press: (id, outTrackId, actionIds, params = {}) =>
      control('POST', `/people/${id}/cards/${outTrackId}/actions`, { actionIds, params }),
    card: (id, match) =>
      until(`a card of ${id} like ${match}`, async () => {
        const found = (await chat(id)).findLast(
          (item) => item.outTrackId && match.test(`${JSON.stringify(item.components)} ${item.title}`),
        );
        return found as (ChatItem & { outTrackId: string }) | undefined;
      }),
    async advance(ms) {
      const { now } = await control<{ now: string | number }>('POST', '/clock', { advanceMs: ms });
      const target = typeof now === 'number' ? now : Date.parse(now);
      await until('the server follows the clock', async () => app.clock.businessNow() >= target - 1_000);
    },
    async stop() {
      await app.stop();
      await messenger.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The reference story's report. */
export function report(change: object = {}): object {
  return {
    title: '迎宾大道红绿灯按车流设置时长',
    situation: '迎宾大道红绿灯全天用同一配时，早上上班高峰南北方向排队约 200 米，东西方向却没什么车。',
    suggestion: '按车流分时段设置时长。',
    categoryId: 'traffic',
    place: { text: '迎宾大道与环城南路交叉口', areaId: '330703' },
    ...change,
  };
}

/** The id of a unit by its name. */
export async function unitId(citizen: Citizen, name: string): Promise<string> {
  const { body } = await citizen.call('GET', `/units?q=${encodeURIComponent(name)}`);
  const found = (body as unknown as { items: { id: string; name: string }[] }).items.find(
    (u) => u.name === name,
  );
  if (!found) {
    throw new Error(`no unit ${name}`);
  }
  return found.id;
}
