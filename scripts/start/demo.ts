import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../check/step.ts';
import { bothMessengers } from '../demo/zhezhengding.ts';
import { CONNECTION, DATA } from './environment.ts';

const STAMP = join(DATA, 'demo.done');

/** Whether the demo's data stand in the database this environment names. */
export function demoIsThere(environment: NodeJS.ProcessEnv): boolean {
  return (
    existsSync(STAMP) && existsSync(CONNECTION) && readFileSync(STAMP, 'utf8') === environment['DATABASE_URL']
  );
}

/** Deletes what an earlier demo, or one that was cut off, left in the data folder. */
export function forgetDemo(): void {
  rmSync(DATA, { recursive: true, force: true });
}

/** What the stand-in platform is told of its connection, as its environment. */
export function connectionOf(): NodeJS.ProcessEnv {
  const { partnerId, keyId, secret } = JSON.parse(readFileSync(CONNECTION, 'utf8')) as Record<string, string>;
  return { PLATFORM_PARTNER: partnerId, PLATFORM_KEY_ID: keyId, PLATFORM_SECRET: secret };
}

/** Writes who is there for the messenger: the demo's people of both messengers. */
export function prepareDirectory(): void {
  mkdirSync(DATA, { recursive: true });
  writeFileSync(join(DATA, 'directory.json'), JSON.stringify(bothMessengers()));
}

/** Deletes what the server and the platform keep, for a story that begins anew; the messenger goes on running beside it. */
export function forgetServerData(): void {
  const databases = ['minqing.sqlite', 'platform.sqlite'].flatMap((name) => [
    name,
    `${name}-wal`,
    `${name}-shm`,
  ]);
  for (const name of ['demo.done', 'platform.json', ...databases, 'platform.sqlite.backup', 'files']) {
    rmSync(join(DATA, name), { recursive: true, force: true });
  }
}

/**
 * Plays the demo's history into an empty database; the messenger is up, the server is not.
 * @returns undefined when it is there, else how it ended; its words went to the terminal
 */
export function seedDemo(environment: NodeJS.ProcessEnv): string | undefined {
  mkdirSync(DATA, { recursive: true });
  const answer = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'scripts/demo/seed.ts'],
    {
      cwd: ROOT,
      env: environment,
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  if (answer.status !== 0) {
    return answer.signal ?? `exit code ${answer.status}`;
  }
  writeFileSync(STAMP, environment['DATABASE_URL'] ?? '');
  return undefined;
}
