/** What one question costs: the rows MariaDB looked at for it, by its own slow log, and how long its answer took. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { Citizen, Town } from '../../tests/support/town.ts';
import { median } from './kit.ts';

/** A statement is logged a moment after it was answered; how long that is depends on what else the machine does. */
const LOG_MS = 15;
const MOST_LOOKS = 40;

/** Something a person asks the server. */
export interface Question {
  name: string;
  citizen: Citizen;
  path: string;
}

export interface Cost {
  /** Looked at by the last run, session and counts included. */
  rows: number;
  /** Median of all runs but the first. */
  ms: number;
}

/** GET as that person. Throws when the answer is anything but 200. */
export async function get(town: Town, citizen: Citizen, path: string): Promise<unknown> {
  const { status, body } = await citizen.call('GET', path);
  if (status !== 200) {
    throw new Error(`GET ${path}: ${status} ${JSON.stringify(body).slice(0, 200)} ${town.url}`);
  }
  return body;
}

/** Asks once to warm up and `runs` times more. `log` is a connection to the schema `mysql` of a watched database. */
export const costOf = (log: Connection, town: Town, question: Question, runs: number): Promise<Cost> =>
  costOfAsking(log, town.app.config.databaseUrl, runs, {
    name: `GET ${question.path}`,
    ask: () => get(town, question.citizen, question.path),
  });

/** The same of anything that is asked of a watched database. */
export async function costOfAsking(
  log: Connection,
  databaseUrl: string,
  runs: number,
  { name, ask }: { name: string; ask(): Promise<unknown> },
): Promise<Cost> {
  const times = [];
  let rows = 0;
  for (let run = 0; run <= runs; run += 1) {
    await pause(LOG_MS);
    await log.query('truncate mysql.slow_log');
    const began = performance.now();
    await ask();
    times.push(performance.now() - began);
    rows = await loggedRows(log, databaseUrl);
    if (rows === 0) {
      throw new Error(`the database's log holds nothing of ${name}`);
    }
  }
  return { rows, ms: median(times.slice(1)) };
}

/** What the log holds once nothing more is added to it. */
async function loggedRows(log: Connection, databaseUrl: string): Promise<number> {
  const schema = new URL(databaseUrl).pathname.slice(1);
  let before = -1;
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    await pause(LOG_MS);
    const [found] = await log.query<RowDataPacket[]>(
      "select sum(rows_examined) as n from mysql.slow_log where sql_text like '%select%' and db = ?",
      [schema],
    );
    const rows = Number(found[0]?.['n'] ?? 0);
    if (rows > 0 && rows === before) {
      return rows;
    }
    before = rows;
  }
  return Math.max(before, 0);
}
