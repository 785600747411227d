/** The thread long reads of a SQLite database run in. Takes `{id, sql, parameters}`, answers `{id, rows}` or `{id, error}`. */
import { parentPort, workerData } from 'node:worker_threads';
import { CompiledQuery } from 'kysely';
import { SqliteConnection, openSqlite } from './sqlite-connection.ts';

export interface WorkerQuestion {
  id: number;
  sql: string;
  parameters: readonly unknown[];
}

export type WorkerAnswer = { id: number; rows: unknown[] } | { id: number; error: string };

const { path } = workerData as { path: string };
const connection = new SqliteConnection(openSqlite(path, true));

parentPort?.on('message', (question: WorkerQuestion) => {
  void answer(question).then((reply) => parentPort?.postMessage(reply, []));
});

async function answer({ id, sql, parameters }: WorkerQuestion): Promise<WorkerAnswer> {
  try {
    const { rows } = await connection.executeQuery<unknown>(CompiledQuery.raw(sql, [...parameters]));
    return { id, rows };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}
