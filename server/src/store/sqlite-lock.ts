import { DatabaseSync } from 'node:sqlite';

/** Another process has this SQLite database open for writing. */
export class DatabaseInUse extends Error {
  override name = 'DatabaseInUse';
}

/** SQLITE_BUSY: somebody else holds the lock. */
const BUSY = 5;

export interface DatabaseLock {
  release(): void;
}

/**
 * Makes this process the only writer of `<path>`. The lock file `<path>.lock` is itself a small SQLite database whose
 * write lock is held for as long as we live: the system frees it when we die, however we die, so a lock left by a
 * dead process never has to be guessed at. It keeps the holder's process id, for the message.
 * Throws `DatabaseInUse` at once when another process, or this one, already holds it.
 */
export function lockDatabase(path: string): DatabaseLock {
  const file = new DatabaseSync(`${path}.lock`, { timeout: 0 });
  try {
    file.exec('pragma journal_mode = delete');
    file.exec(
      'begin immediate; create table if not exists holder (pid integer not null); delete from holder',
    );
    file.prepare('insert into holder (pid) values (?)').run(process.pid);
    // Readers must see the id, so it is committed; the lock is taken anew and then kept.
    file.exec('commit; begin immediate');
  } catch (error) {
    const holder = isBusy(error) ? readHolder(file) : undefined;
    file.close();
    if (!isBusy(error)) {
      throw error;
    }
    throw new DatabaseInUse(
      `数据库 ${path} 正被另一个进程使用（进程号 ${holder ?? '未知'}）。SQLite 只允许一个进程写入：请先停止它，` +
        `或设置 DATABASE_URL=mysql://… 以便多个进程并行。 Another process (pid ${holder ?? 'unknown'}) has this ` +
        'database open; stop it first, or use DATABASE_URL=mysql://… to run several.',
      { cause: error },
    );
  }
  return { release: () => file.close() };
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && Number(error.errcode) % 256 === BUSY;
}

function readHolder(file: DatabaseSync): number | undefined {
  try {
    return Number(file.prepare('select pid from holder').get()?.['pid']) || undefined;
  } catch {
    return undefined; // it is just being written
  }
}
