import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { chown } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findMariaDb, onPath } from '../../scripts/setup/system.mjs';

/** A MariaDB server that belongs to one test run alone: its own data folder, its own loopback port. */
export type PrivateMariaDb = {
  /** `mysql://root@127.0.0.1:<port>/`, without a database name; add one to connect. */
  url: string;
  pid: number;
  /** Ends the server and deletes its data. Throws when it had already died by itself: the run proves nothing then. */
  stop: () => Promise<void>;
  /** Kills the server at once, as a power cut would (kill -9). `stop` still deletes its data, and throws. */
  kill: () => Promise<void>;
};

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 20_000;

/**
 * Starts a private MariaDB. Under root it runs as an unprivileged user, which the server insists on.
 * Throws with the server's own words when the program is missing or does not start.
 * @param options further ones for the server; the last one given counts
 */
export async function startMariaDb(options: readonly string[] = []): Promise<PrivateMariaDb> {
  const program = findMariaDb();
  if (!program) {
    throw new Error(
      'mariadbd is not on this machine; npm test installs it or says how (MARIADB may name it)',
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'minqing-mariadb-'));
  const data = join(folder, 'data');
  const temporary = join(folder, 'tmp');
  mkdirSync(data);
  mkdirSync(temporary);
  try {
    const user = await giveAway(folder, data, temporary);
    prepare(program, data, user);
    return await serve(program, folder, data, user, options);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Starts the server on a prepared folder and waits until it answers. */
async function serve(
  program: string,
  folder: string,
  data: string,
  user: string | undefined,
  options: readonly string[],
): Promise<PrivateMariaDb> {
  const port = await freePort();
  const server = spawn(program, [...serverArguments(folder, data, port, user), ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const words = listen(server);
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  // A test run that is itself killed must not leave a database behind.
  const reap = (): void => {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', reap);
  try {
    await untilReady(server, words);
  } catch (error) {
    reap();
    await ended;
    process.removeListener('exit', reap);
    throw error;
  }
  const finish = (): void => {
    process.removeListener('exit', reap);
    rmSync(folder, { recursive: true, force: true });
  };
  return {
    url: `mysql://root@127.0.0.1:${port}/`,
    pid: server.pid ?? 0,
    kill: async () => {
      server.kill('SIGKILL');
      await ended;
    },
    stop: async () => {
      // Its end may not have been told yet, so not whether it lives but how it ends decides.
      server.kill('SIGTERM');
      const limit = setTimeout(() => server.kill('SIGABRT'), STOP_LIMIT_MS);
      await ended;
      clearTimeout(limit);
      finish();
      if (server.exitCode !== 0) {
        const how = server.signalCode ?? server.exitCode;
        throw new Error(
          `the private MariaDB died in mid-run or would not stop (${how}): ${words().slice(-500)}`,
        );
      }
    },
  };
}

/** Hands the folders to an unprivileged account when run by root; returns the account's name in that case. */
async function giveAway(...folders: string[]): Promise<string | undefined> {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  for (const name of ['mysql', 'nobody']) {
    const answer = spawnSync('id', ['-u', name], { encoding: 'utf8' });
    if (answer.status === 0) {
      await Promise.all(folders.map((folder) => chown(folder, Number(answer.stdout), -1)));
      return name;
    }
  }
  throw new Error('no unprivileged account (mysql, nobody) to run MariaDB under');
}

/** Fills the data folder with the server's own tables; root needs no password, over loopback only. */
function prepare(program: string, data: string, user: string | undefined): void {
  const beside = join(dirname(dirname(program)), 'bin', 'mariadb-install-db');
  const installer = existsSync(beside) ? beside : onPath('mariadb-install-db');
  if (!installer) {
    throw new Error('mariadb-install-db is not on this machine (Debian package mariadb-server-core)');
  }
  const args = [
    '--no-defaults',
    `--datadir=${data}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ];
  const answer = spawnSync(installer, user ? [...args, `--user=${user}`] : args, { encoding: 'utf8' });
  if (answer.status !== 0) {
    throw new Error(`mariadb-install-db failed: ${answer.stdout}${answer.stderr}`);
  }
}

function serverArguments(folder: string, data: string, port: number, user: string | undefined): string[] {
  return [
    '--no-defaults',
    `--datadir=${data}`,
    `--socket=${join(folder, 's')}`,
    `--pid-file=${join(folder, 'pid')}`,
    '--bind-address=127.0.0.1',
    `--port=${port}`,
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_bin',
    // A server that starts deletes what looks like temporary tables in there, another run's too.
    `--tmpdir=${join(folder, 'tmp')}`,
    '--max-connections=400',
    '--innodb-buffer-pool-size=128M',
    // Survives the death of any process here, if not of the machine: what the tests need, at a fraction of the time.
    '--innodb-flush-log-at-trx-commit=2',
    ...(user ? [`--user=${user}`] : []),
  ];
}

/** Collects what the server says, for error messages and to see it become ready. */
function listen(server: ChildProcess): () => string {
  let text = '';
  const take = (chunk: Buffer): void => {
    text = (text + chunk.toString('utf8')).slice(-20_000);
  };
  server.stdout?.on('data', take);
  server.stderr?.on('data', take);
  return () => text;
}

async function untilReady(server: ChildProcess, words: () => string): Promise<void> {
  const until = Date.now() + START_LIMIT_MS;
  while (!words().includes('ready for connections')) {
    if (server.exitCode !== null || server.signalCode !== null || Date.now() > until) {
      throw new Error(`mariadbd did not start: ${words()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** A loopback port nobody holds at the moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
