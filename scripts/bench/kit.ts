/** What every benchmark uses: interleaved medians, a place to work in, databases, and the table it hands back. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { startMariaDb, type PrivateMariaDb } from '../../tests/support/mariadb.ts';

/** What a benchmark found: one table, with the sentence that says how to read it. */
export interface Finding {
  title: string;
  columns: string[];
  rows: (string | number)[][];
  note: string;
  /** Promises that do not hold; one is enough to fail the command. */
  broken?: string[];
}

/** A file `<name>.bench.ts` exports one of these as `bench`. */
export interface Bench {
  /** One line for `npm run bench -- --list`. */
  about: string;
  run(tools: Tools): Promise<Finding[]>;
}

export interface Tools {
  /** How often each variant is measured; at least five outside a hurry. */
  runs: number;
  /** How many cases stand for "many". */
  large: number;
  /** And for "most", where only MariaDB is asked. */
  largest: number;
  /** Where benchmarks that compare databases run; else one kind alone. */
  databases: readonly DatabaseKind[];
  /** Tells what is going on; results go into the finding. */
  say(words: string): void;
  /** An empty database of the kind, deleted at the end. With `watched`, MariaDB logs every statement (mysql.slow_log). */
  database(kind: DatabaseKind, options?: { watched: boolean }): Promise<string>;
  /** A folder, deleted at the end. */
  folder(): string;
  /** Called at the end, last first. */
  finally(close: () => Promise<void> | void): void;
}

const SERVER_OPTIONS = [
  // As SQLite does here, and as deployed: an answered COMMIT is on the disk.
  '--innodb-flush-log-at-trx-commit=1',
  '--innodb-buffer-pool-size=4G',
  '--innodb-log-file-size=1G',
  '--log-output=TABLE',
  '--long-query-time=0',
  '--slow-query-log=1',
];

export type DatabaseKind = 'sqlite' | 'mariadb';
export const DATABASES: readonly DatabaseKind[] = ['sqlite', 'mariadb'];

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}

/**
 * Measures the variants in turn, again and again: what the machine does meanwhile hits all of them alike. The first
 * round warms up and does not count. Answers the median of each.
 */
export async function interleaved<N extends string>(
  runs: number,
  variants: Record<N, () => Promise<number>>,
): Promise<Record<N, number>> {
  const names = Object.keys(variants) as N[];
  const measured = new Map<N, number[]>(names.map((name) => [name, []]));
  for (let run = 0; run <= runs; run += 1) {
    // The order turns as well: none is always first after a pause.
    for (const i of names.keys()) {
      const name = names[(i + run) % names.length] as N;
      const value = await variants[name]();
      if (run > 0) {
        measured.get(name)?.push(value);
      }
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(measured.get(name) ?? [])])) as Record<
    N,
    number
  >;
}

/** `fast` as a share of `slow`'s value: 1.25 means a quarter more. */
export const ratio = (value: number, of: number): string => (value / of).toFixed(2);

/** Runs `fn` with tools, and cleans up after it whatever happens. */
export async function withTools<T>(
  options: Pick<Tools, 'runs' | 'large' | 'largest' | 'databases' | 'say'>,
  fn: (tools: Tools) => Promise<T>,
): Promise<T> {
  const closing: (() => Promise<void> | void)[] = [];
  let mariaDb: Promise<PrivateMariaDb> | undefined;
  const folder = (): string => {
    const path = mkdtempSync(join(tmpdir(), 'minqing-bench-'));
    closing.push(() => rmSync(path, { recursive: true, force: true }));
    return path;
  };
  const tools: Tools = {
    ...options,
    folder,
    finally: (close) => closing.push(close),
    async database(kind, { watched } = { watched: false }) {
      if (kind === 'sqlite') {
        return `sqlite:${join(folder(), 'minqing.sqlite')}`;
      }
      if (!mariaDb) {
        mariaDb = startMariaDb(SERVER_OPTIONS);
        const started = await mariaDb;
        closing.push(() => started.stop());
      }
      const { url } = await mariaDb;
      const name = `b_${randomBytes(6).toString('hex')}`;
      const connection = await mysql.createConnection(url);
      // Connections take the setting over as they open: it has to be right before the first.
      await connection.query(`set global slow_query_log = ${watched ? 1 : 0}`);
      await connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
      await connection.end();
      return `${url}${name}`;
    },
  };
  try {
    return await fn(tools);
  } finally {
    for (const close of closing.toReversed()) {
      await close();
    }
  }
}
