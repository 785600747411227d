import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../check/step.ts';

const READY_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 15_000;

/** One process of the running whole. */
export type Part = {
  name: string;
  /** Where its output goes; undefined when that is the terminal. */
  log: string | undefined;
  /** Resolves when it has ended, with how. */
  ended: Promise<string>;
  /** Asks it to stop, and after a while insists. */
  stop: () => Promise<void>;
  /** Answers what it asks of the starter: `{type}` in, a message back once the promise resolves. */
  onRequest: (type: string, answer: () => Promise<object>) => void;
};

/**
 * Starts a script of the checkout as a process of its own, in a group of its own: Ctrl-C reaches the starter alone,
 * which then stops the parts in order.
 * @param script path from the root
 * @param log path of the file its output is appended to; without one it speaks to the terminal
 */
export function startPart(name: string, script: string, environment: NodeJS.ProcessEnv, log?: string): Part {
  const tied = join(ROOT, 'scripts', 'start', 'tied.ts');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--import', tied, script], {
    cwd: ROOT,
    env: environment,
    detached: true,
    stdio: log === undefined ? ['ignore', 'inherit', 'inherit', 'ipc'] : ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const written = log === undefined ? undefined : writeTo(log, child);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => {
      const how = signal ?? `exit code ${code}`;
      void (written?.() ?? Promise.resolve()).then(() => resolve(how));
    });
  });
  const onRequest: Part['onRequest'] = (type, answer) => {
    child.on('message', (message: { type?: string }) => {
      if (message.type === type) {
        void answer().then((reply) => child.send(reply));
      }
    });
  };
  return { name, log, ended, stop: () => stop(child, ended), onRequest };
}

/** Appends what a process says to a file. The answer ends the file, once the process has ended. */
function writeTo(log: string, child: ChildProcess): () => Promise<void> {
  mkdirSync(dirname(log), { recursive: true });
  const file = createWriteStream(log, { flags: 'a' });
  child.stdout?.pipe(file, { end: false });
  child.stderr?.pipe(file, { end: false });
  return () => new Promise((resolve) => file.end(resolve));
}

async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.kill('SIGTERM');
  const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await ended;
  clearTimeout(limit);
}

/**
 * Waits until an address answers with success.
 * @throws Error when the part ends before, or after a minute; with the last lines it said
 */
export async function untilAnswers(part: Part, url: string): Promise<void> {
  let end: string | undefined;
  void part.ended.then((how) => (end = how));
  const until = Date.now() + READY_LIMIT_MS;
  while (!(await answers(url))) {
    if (end !== undefined || Date.now() > until) {
      throw new Error(`${part.name}: ${end ?? `no answer from ${url}`}\n${lastWords(part.log)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

/** The end of a log file, for a person who has to see why. */
export function lastWords(log: string | undefined): string {
  if (log === undefined) {
    return '';
  }
  try {
    return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
  } catch {
    return '';
  }
}
