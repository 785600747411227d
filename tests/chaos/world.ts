/** What stays while servers die: the messenger, the database, the roster, the sessions and the people who hold them. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishTemplates, TEMPLATE_IDS } from '../../scripts/demo/templates.ts';
import { startMessenger, type MessengerOptions } from '../../scripts/messenger/src/index.ts';
import { createApp, type App } from '../../server/src/app.ts';
import { loadConfig } from '../../server/src/config.ts';
import { silentLog } from '../../server/src/log.ts';
import { createPhoneVault, importRoster } from '../../server/src/people/index.ts';
import { freePort } from '../support/mariadb.ts';
import { STORY_START } from '../support/town.ts';
import { MAIN, startServer, type ServerProcess } from './server-process.ts';
import { openTables } from './tables.ts';

const DEMO = new URL('../../scripts/demo/', import.meta.url);
const csv = (name: string): string => readFileSync(new URL(`${name}.csv`, DEMO), 'utf8');

export interface WorldOptions {
  databaseUrl: string;
  messenger?: MessengerOptions;
  /** The program to run; the product's own unless a test has broken a copy of it. */
  main?: string;
  /** Called on the empty database, before the roster: to die while the schema is made. */
  beforeRoster?: (world: Pick<World, 'start' | 'url'>) => Promise<void>;
  /** Called when roster and contacts are there and no server runs yet: what else an administrator sets first. */
  afterRoster?: (app: App) => Promise<void>;
  /** Further variables of every life. */
  environment?: NodeJS.ProcessEnv;
}

export interface World {
  databaseUrl: string;
  messengerUrl: string;
  messengerPort: number;
  /** Where the (first) server answers, in every one of its lives. */
  url: string;
  filesDir: string;
  /** A life: up when it resolves, or dead already when a kill point met it on the way. */
  start(change?: NodeJS.ProcessEnv): Promise<ServerProcess>;
  /** Only while no server lives: as if the dead ones' leases had run out, which takes up to a minute. */
  letLeasesLapse(): Promise<void>;
  control<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** A bearer token of a person of the messenger's directory; a server must be up. */
  signOn(personId: string, url?: string): Promise<string>;
  close(): Promise<void>;
}

export async function openWorld(options: WorldOptions): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-chaos-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const messenger = await startMessenger({
    port: 0,
    appUrl: url,
    startAt: STORY_START,
    ...options.messenger,
  });
  await publishTemplates(messenger.url);
  const filesDir = join(folder, 'files');
  const settings = {
    NODE_ENV: 'test',
    PORT: String(port),
    PUBLIC_URL: url,
    DATABASE_URL: options.databaseUrl,
    FILES_DIR: filesDir,
    MINIAPP_DIR: '',
    CLOCK_URL: `${messenger.url}/control/clock`,
    DINGTALK_API_BASE: messenger.url,
    DINGTALK_OAPI_BASE: messenger.url,
    DINGTALK_CARD_TEMPLATES: JSON.stringify(TEMPLATE_IDS),
    LOG_LEVEL: process.env['TEST_LOG'] ?? 'error',
    ...options.environment,
  };
  const base = {
    PATH: process.env['PATH'],
    TZ: 'UTC',
    NODE_COMPILE_CACHE: join(tmpdir(), 'minqing-chaos-compiled'), // fifty starts compile once
    ...settings,
  };

  const world: World = {
    databaseUrl: options.databaseUrl,
    messengerUrl: messenger.url,
    messengerPort: messenger.port,
    url,
    filesDir,
    start: (change = {}) =>
      startServer(options.main ?? MAIN, change['PUBLIC_URL'] ?? url, { ...base, ...change }),
    async letLeasesLapse() {
      const tables = await openTables(options.databaseUrl);
      try {
        await tables.run('UPDATE outbox SET lease_until = 0');
        await tables.run('UPDATE timer SET lease_until = 0');
        await tables.run('UPDATE lease SET until_at = 0');
      } finally {
        await tables.close();
      }
    },
    async control<T>(method: string, path: string, body?: unknown) {
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
    },
    async signOn(personId, at = url) {
      const { code } = await world.control<{ code: string }>('POST', `/people/${personId}/code`);
      const answer = await fetch(`${at}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
        body: JSON.stringify({ hostId: 'dingtalk', code, mode: 'bearer' }),
      });
      const { token } = (await answer.json()) as { token?: string };
      if (token === undefined) {
        throw new Error(`${personId} could not sign on: ${answer.status}`);
      }
      return token;
    },
    async close() {
      await messenger.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    await options.beforeRoster?.(world);
    await enrol(settings, options.afterRoster);
  } catch (error) {
    await world.close();
    throw error;
  }
  return world;
}

/** Schema, roster and contacts, as an administrator's first day leaves them. */
async function enrol(settings: NodeJS.ProcessEnv, more: WorldOptions['afterRoster']): Promise<void> {
  const config = loadConfig(settings);
  const app = await createApp({ config, log: silentLog, version: '0.0.0', callsPerSecond: null });
  try {
    const { errors } = await importRoster(
      { store: app.store, clock: app.clock, vault: createPhoneVault(config.dataKey, config.indexKey) },
      { areas: csv('areas'), units: csv('units'), people: csv('roster') },
      { hostId: config.dingtalk.hostId, dryRun: false, complete: false },
    );
    if (errors.length > 0) {
      throw new Error(`the demo roster has errors: ${JSON.stringify(errors.slice(0, 3))}`);
    }
    await app.directory.refresh();
    for (const host of app.hosts.values()) {
      await app.people.contacts.sync(host);
    }
    await more?.(app);
  } finally {
    await app.stop();
  }
}
