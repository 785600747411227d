/** The server as the operating system sees it: a process that is started, dies, and is started again. */
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The repository's root: where the server finds what it names by relative path. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** The build under test, unless a run brings its own. */
export const MAIN = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url));

const START_LIMIT_MS = 30_000;
const LOOK_MS = 20;
const WORDS_KEPT = 6_000;

export interface ServerProcess {
  pid: number;
  /** Resolves when it is gone, however it went. */
  gone: Promise<void>;
  isGone(): boolean;
  /** kill -9, and its end. */
  kill(): Promise<void>;
  /** SIGTERM; answers its exit code. */
  stop(): Promise<number | null>;
  /** The last it said. */
  words(): string;
}

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/**
 * Starts the program and waits until it answers under `url`, or is gone again: with a kill point it may never get so far.
 * Throws with its own words when it does neither.
 */
export async function startServer(
  main: string,
  url: string,
  environment: NodeJS.ProcessEnv,
  /** Where it answers once it is up. */
  path = '/healthz',
): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
    cwd: ROOT,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const server = watch(child);
  const end = Date.now() + START_LIMIT_MS;
  while (!server.isGone() && !(await isUp(url + path))) {
    if (Date.now() > end) {
      await server.kill();
      throw new Error(`the server did not start: ${server.words()}`);
    }
    await pause(LOOK_MS);
  }
  return server;
}

async function isUp(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(1_000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

function watch(child: ChildProcess): ServerProcess {
  let said = '';
  let isGone = false;
  const listen = (chunk: Buffer): void => {
    said = (said + chunk.toString('utf8')).slice(-WORDS_KEPT);
  };
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      isGone = true;
      resolve();
    });
  });
  // A test run that is itself killed leaves no server behind.
  const reap = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', reap);
  void gone.then(() => process.removeListener('exit', reap));
  return {
    pid: child.pid ?? 0,
    gone,
    isGone: () => isGone,
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    async stop() {
      child.kill('SIGTERM');
      await gone;
      return child.exitCode;
    },
    words: () => said,
  };
}
