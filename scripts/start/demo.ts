import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseInUse, lockDatabase, type DatabaseLock } from '../../server/src/store/index.ts';
import { bothMessengers } from '../demo/zhezhengding.ts';
import { connectionFile, kept } from './environment.ts';
import { startPart, type Part } from './part.ts';

/** Held for as long as this process lives. */
let folder: DatabaseLock | undefined;

const stamp = (): string => kept('demo.done');

/** Whether the demo's data stand in the database this environment names. */
export function demoIsThere(environment: NodeJS.ProcessEnv): boolean {
  return (
    existsSync(stamp()) &&
    existsSync(connectionFile()) &&
    readFileSync(stamp(), 'utf8') === environment['DATABASE_URL']
  );
}

/**
 * Makes the demo's folder and keeps every other `npm start` off it for as long as this process lives: one that begins anew
 * would delete the database from under the other's server.
 * @throws Error in words: somebody else has it, or nothing can be written there
 */
export function takeFolder(): void {
  try {
    mkdirSync(kept(), { recursive: true });
    folder ??= lockDatabase(kept('demo'));
  } catch (error) {
    if (error instanceof DatabaseInUse) {
      throw new Error(
        `另一个 npm start 正在用 ${kept()}：请先把它停掉，或用 DEMO_DATA 换一个文件夹。\n` +
          `Another npm start is using ${kept()}: stop it first, or choose another folder by DEMO_DATA.`,
        { cause: error },
      );
    }
    throw new Error(
      `写不了 ${kept()}（${(error as Error).message}）：请检查权限和磁盘空间，或用 DEMO_DATA 换一个文件夹。\n` +
        `${kept()} cannot be written: check permissions and disk space, or choose another folder by DEMO_DATA.`,
      { cause: error },
    );
  }
}

/** Deletes what an earlier demo, or one that was cut off, left in the data folder. */
export function forgetDemo(): void {
  forgetServerData();
  forget('directory.json', 'log', 'messenger');
}

/** Deletes what the server and the platform keep, for a story that begins anew; the messenger goes on running beside it. */
export function forgetServerData(): void {
  const databases = ['minqing.sqlite', 'platform.sqlite'].flatMap((name) => [
    name,
    `${name}-wal`,
    `${name}-shm`,
  ]);
  // The mark of a demo that is whole goes first: whatever cuts this short, the next start sees what it has to do.
  forget('demo.done', 'platform.json', ...databases, 'platform.sqlite.backup', 'files');
}

function forget(...names: string[]): void {
  for (const name of names) {
    rmSync(kept(name), { recursive: true, force: true });
  }
}

/** What the stand-in platform is told of its connection, as its environment. */
export function connectionOf(): NodeJS.ProcessEnv {
  const { partnerId, keyId, secret } = JSON.parse(readFileSync(connectionFile(), 'utf8')) as Record<
    string,
    string
  >;
  return { PLATFORM_PARTNER: partnerId, PLATFORM_KEY_ID: keyId, PLATFORM_SECRET: secret };
}

/** Writes who is there where the messenger of this environment reads it: the demo's people of both messengers. */
export function prepareDirectory(environment: NodeJS.ProcessEnv): void {
  writeFileSync(environment['MESSENGER_DIRECTORY'] ?? '', JSON.stringify(bothMessengers()));
}

/**
 * Begins to play the demo's history into an empty database; the messenger is up, the server is not. What it says goes to
 * the terminal. It ends by itself, with `exit code 0` when the history is there.
 */
export function playHistory(environment: NodeJS.ProcessEnv): Part {
  return startPart('演示数据 demo data', 'scripts/demo/seed.ts', environment);
}

/** The history was played to its end: the next start finds it. */
export function markDemo(environment: NodeJS.ProcessEnv): void {
  writeFileSync(stamp(), environment['DATABASE_URL'] ?? '');
}
