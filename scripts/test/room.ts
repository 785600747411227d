/** Where a test run keeps its databases and files. */
import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Files kept in memory: what is written there outlives the death of any process, which is what the tests need. */
const MEMORY = '/dev/shm';
/** What a whole run may need, a MariaDB and a copy of the tree among it. */
const ENOUGH_BYTES = 6 * 1024 ** 3;

export interface Room {
  folder: string;
  /** Deletes it with whatever the tests left there. */
  clear(): void;
}

/**
 * A folder for this run: in memory where there is plenty, because a disk's syncs are half of the time of many tests; else
 * among the machine's temporary files, as also when TMPDIR says where these are.
 */
export function makeRoom(): Room {
  const parent = process.env.TMPDIR === undefined && freeBytes(MEMORY) >= ENOUGH_BYTES ? MEMORY : tmpdir();
  const folder = mkdtempSync(join(parent, 'minqing-test-'));
  // The test run's MariaDB belongs to an account of its own when it is root who tests.
  chmodSync(folder, 0o1777);
  return { folder, clear: () => rmSync(folder, { recursive: true, force: true }) };
}

function freeBytes(path: string): number {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  } catch {
    return 0;
  }
}
