/** Copies of the server that are wrong on purpose, to see that the checker notices. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './server-process.ts';

interface Change {
  /** Below the repository's root. */
  file: string;
  /** Stands there exactly once. */
  right: string;
  wrong: string;
}

export interface BrokenBuild {
  /** What to run instead of server/src/main.ts. */
  main: string;
  remove(): void;
}

/** The answer leaves a moment before COMMIT: what it promises is lost when the server dies in that moment. */
export const ANSWERS_BEFORE_COMMIT: Change = {
  file: 'server/src/cases/perform.ts',
  right: 'const { store, clock, directory } = deps;',
  wrong: `const { clock, directory } = deps;
    const store: Store = { ...deps.store, transact: (work, options) =>
      options?.settle === undefined ? deps.store.transact(work, options) : new Promise((answer, fail) => {
        deps.store.transact(async (tx) => {
          const done = await work(tx);
          answer(done);
          await new Promise((resolve) => { setTimeout(resolve, 80); });
          return done;
        }, options).catch(fail);
      }) };`,
};

/** A row is marked before the host has it: what was to be sent is forgotten when the server dies in between. */
export const MARKS_BEFORE_SENDING: Change = {
  file: 'server/src/notices/outbox.worker.ts',
  right: 'const send =',
  wrong: `await settle(owner, rows, () => ({ status: 'done', sent_at: clock.machineNow() }));
      const send =`,
};

/**
 * Copies the server beside the other packages and makes one change in it.
 * Throws when the place to change is not there exactly once: the build has moved on, and this must follow.
 */
export function breakBuild(change: Change): BrokenBuild {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-broken-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    cpSync(join(ROOT, 'server'), join(folder, 'server'), {
      recursive: true,
      filter: (source) => !source.endsWith('node_modules'),
    });
    for (const name of ['node_modules', 'shared', 'package.json']) {
      symlinkSync(join(ROOT, name), join(folder, name));
    }
    const path = join(folder, change.file);
    const parts = readFileSync(path, 'utf8').split(change.right);
    if (parts.length !== 2) {
      throw new Error(`${change.file} has the place to break ${parts.length - 1} times`);
    }
    writeFileSync(path, parts.join(change.wrong));
    return { main: join(folder, 'server/src/main.ts'), remove };
  } catch (error) {
    remove();
    throw error;
  }
}
