import { Worker } from 'node:worker_threads';
import type { CompiledQuery } from 'kysely';
import type { WorkerAnswer, WorkerQuestion } from './sqlite-worker.ts';

interface Waiting {
  resolve: (rows: unknown[]) => void;
  reject: (error: Error) => void;
}

export interface ApartReader {
  /** The query's rows, read in the worker thread. */
  rows(query: CompiledQuery): Promise<unknown[]>;
  close(): Promise<void>;
}

/** Runs long reads of a SQLite file in a thread of its own, which is started by the first one. */
export function apartReader(path: string): ApartReader {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let lastId = 0;

  function failAll(error: Error): void {
    worker = undefined;
    for (const { reject } of waiting.values()) {
      reject(error);
    }
    waiting.clear();
  }

  function start(): Worker {
    const fresh = new Worker(new URL('./sqlite-worker.ts', import.meta.url), { workerData: { path } });
    fresh.unref(); // an idle thread keeps no process alive
    fresh.on('message', (answer: WorkerAnswer) => {
      const asker = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (waiting.size === 0) {
        fresh.unref();
      }
      if ('error' in answer) {
        asker?.reject(new Error(answer.error));
      } else {
        asker?.resolve(answer.rows);
      }
    });
    fresh.on('error', failAll);
    fresh.on('exit', () => failAll(new Error('the reading thread ended')));
    return fresh;
  }

  return {
    rows: (query) =>
      new Promise((resolve, reject) => {
        worker ??= start();
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        worker.ref();
        worker.postMessage(
          {
            id: lastId,
            sql: query.sql,
            parameters: query.parameters,
          } satisfies WorkerQuestion,
          [],
        );
      }),
    close: async () => {
      await worker?.terminate();
    },
  };
}
