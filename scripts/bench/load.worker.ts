/** Asks one address again and again from a thread of its own, so that asking does not slow the answers down. */
import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import type { Load, Measured } from './load.ts';

const { url, headers, connections, ms } = workerData as Load;
const agent = new Agent({ keepAlive: true, maxSockets: connections });

/** Milliseconds until the whole answer was there; throws unless it is a 200. */
function ask(): Promise<number> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    request(url, { agent, headers }, (answer) => {
      answer.resume();
      answer.once('error', reject);
      answer.once('end', () =>
        answer.statusCode === 200
          ? resolve(performance.now() - began)
          : reject(new Error(`${url} answered ${answer.statusCode}`)),
      );
    })
      .once('error', reject)
      .end();
  });
}

async function keepAsking(until: number, took: number[]): Promise<void> {
  while (performance.now() < until) {
    took.push(await ask());
  }
}

const took: number[] = [];
const began = performance.now();
await Promise.all(Array.from({ length: connections }, () => keepAsking(began + ms, took)));
const seconds = (performance.now() - began) / 1_000;
agent.destroy();
const sorted = took.toSorted((a, b) => a - b);
const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
const measured: Measured = { perSecond: took.length / seconds, p50: at(0.5), p99: at(0.99) };
parentPort?.postMessage(measured);
