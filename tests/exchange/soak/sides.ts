/** Both sides as processes, the lines between them, their databases, and everything that may be done to them. */
import { copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CONNECTED_AREA, connectDemo, type ConnectedDemo } from '../../../scripts/demo/exchange.ts';
import { startServer } from '../../chaos/server-process.ts';
import { openWorld, type World } from '../../chaos/world.ts';
import type { Dice } from '../../support/dice.ts';
import { freePort } from '../../support/mariadb.ts';
import { keepAlive, type Lives } from './lives.ts';
import { startLine, type Badness, type Line } from './line.ts';

const PLATFORM = fileURLToPath(new URL('../../../scripts/platform/src/main.ts', import.meta.url));
const ENDS = ['', '-wal', '-shm'];

export interface Sides {
  world: World;
  partnerId: string;
  /** Who receives what is reported: the committee of the county that is connected. */
  committeeId: string;
  /** Ours and theirs. */
  here: Lives;
  there: Lives;
  lines: readonly Line[];
  /** Their database. */
  thereFile: string;
  be(badness: Badness): void;
  /** The other platform as it misbehaves by itself, in this and every later life. */
  misbehave(faults: object): Promise<void>;
  /** What its clerk's page does; 0 when nobody answered. */
  desk<T>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }>;
  backupHere(): void;
  /** Ours is as it was at the last backup; `atRest` while nobody has it open. */
  restoreHere(): Promise<void>;
  /** Copies the databases there are as files, for whoever wants to know what happened. */
  keepIn(folder: string): void;
  close(): Promise<void>;
}

/** @param databaseUrl ours; without one a SQLite file, which can be restored from a backup */
export async function openSides(options: { databaseUrl?: string | undefined; random: Dice }): Promise<Sides> {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-soak-'));
  const hereFile = join(folder, 'here.sqlite');
  const thereFile = join(folder, 'there.sqlite');
  const backupFile = join(folder, 'here.backup');
  const port = await freePort();
  const platformUrl = `http://127.0.0.1:${port}`;
  const out = await startLine(platformUrl, options.random);
  let connection: ConnectedDemo | undefined;
  let committeeId = '';
  const world = await openWorld({
    databaseUrl: options.databaseUrl ?? `sqlite:${hereFile}`,
    environment: { EXCHANGE_PACE_MS: '100', SESSION_BEARER_MINUTES: '120' },
    async afterRoster(app) {
      committeeId = app.directory.committeeOf(CONNECTED_AREA)?.id ?? '';
      connection = await connectDemo(app, `${out.url}/sfw/v1`);
    },
  });
  if (!connection) {
    throw new Error('nobody connected the two');
  }
  const { partnerId, keyId, secret } = connection;
  const into = await startLine(world.url, options.random);
  let faults: object = {};

  const desk: Sides['desk'] = async <T>(method: string, path: string, body?: unknown) => {
    try {
      const answer = await fetch(`${platformUrl}/desk${path}`, {
        method,
        signal: AbortSignal.timeout(20_000),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: answer.status, body: (await answer.json()) as T };
    } catch {
      return { status: 0, body: {} as T };
    }
  };
  const here = await keepAlive(async (point) => {
    await world.letLeasesLapse();
    return world.start(point === '' ? {} : { MINQING_KILL_AT: point });
  });
  const there = await keepAlive(async () => {
    const life = await startServer(
      PLATFORM,
      platformUrl,
      {
        PATH: process.env['PATH'],
        TZ: 'UTC',
        PLATFORM_PORT: String(port),
        PLATFORM_FILE: thereFile,
        PLATFORM_PEER_URL: `${into.url}/exchange/v1`,
        PLATFORM_PARTNER: partnerId,
        PLATFORM_KEY_ID: keyId,
        PLATFORM_SECRET: secret,
        PLATFORM_PACE_MS: '100',
        CLOCK_URL: `${world.messengerUrl}/control/clock`,
      },
      '/',
    );
    await desk('POST', '/faults', faults);
    return life;
  });

  return {
    world,
    partnerId,
    committeeId,
    here,
    there,
    lines: [out, into],
    thereFile,
    be(badness) {
      out.be(badness);
      into.be(badness);
    },
    async misbehave(next) {
      faults = { ...faults, ...next };
      await desk('POST', '/faults', faults);
    },
    desk,
    backupHere() {
      rmSync(backupFile, { force: true });
      const database = new DatabaseSync(hereFile, { timeout: 10_000 });
      database.exec(`VACUUM INTO '${backupFile}'`);
      database.close();
    },
    restoreHere: () =>
      here.whileDead(() => {
        ENDS.forEach((end) => rmSync(hereFile + end, { force: true }));
        copyFileSync(backupFile, hereFile);
      }),
    keepIn(target) {
      cpSync(folder, target, { recursive: true });
    },
    async close() {
      await Promise.allSettled([here.stop(), there.stop()]);
      await Promise.all([out.close(), into.close()]);
      await world.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
