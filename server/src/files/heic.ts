/** HEIC, which sharp cannot read: decoded in a thread of its own, one at a time, since each takes a few hundred MB. */
import { Worker } from 'node:worker_threads';
import type { HeicAnswer, HeicQuestion } from './heic.worker.ts';
import { Refused } from './refused.ts';

const LIMIT_MS = 60_000;
let last: Promise<unknown> = Promise.resolve();

/** The picture's pixels, RGBA, already turned upright. Throws `Refused` when it is damaged, too large or too slow. */
export function decodeHeic(
  path: string,
  mostPixels: number,
): Promise<{ width: number; height: number; rgba: Buffer }> {
  const turn = last.then(() => decodeOne({ path, mostPixels }));
  last = turn.catch(() => undefined);
  return turn;
}

async function decodeOne(question: HeicQuestion): Promise<{ width: number; height: number; rgba: Buffer }> {
  const worker = new Worker(new URL('./heic.worker.ts', import.meta.url), { workerData: question });
  const answer = await new Promise<HeicAnswer>((resolve, reject) => {
    const limit = setTimeout(() => resolve({ kind: 'damaged' }), LIMIT_MS);
    worker.once('message', (answered: HeicAnswer) => resolve(answered));
    // Out of memory, or the decoder itself broke on these bytes.
    worker.once('error', () => resolve({ kind: 'damaged' }));
    worker.once('exit', () => {
      clearTimeout(limit);
      reject(new Error('the decoding thread ended without an answer'));
    });
  }).finally(() => void worker.terminate());
  if (answer.kind === 'image') {
    return { width: answer.width, height: answer.height, rgba: Buffer.from(answer.rgba) };
  }
  throw new Refused(answer.kind === 'tooLarge' ? '照片的像素太多，请缩小后再传' : '照片已损坏，打不开');
}
