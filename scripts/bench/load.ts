import { Worker } from 'node:worker_threads';

export interface Load {
  url: string;
  headers: Record<string, string>;
  connections: number;
  ms: number;
}

export interface Measured {
  perSecond: number;
  /** Milliseconds within which half, and 99 of 100, were answered. */
  p50: number;
  p99: number;
}

/** Keeps `connections` requests under way for `ms`. Rejects when one is not answered with 200. */
export function load(what: Load): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./load.worker.ts', import.meta.url), { workerData: what });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
