// oxlint-disable-next-line typescript/triple-slash-reference -- ambient types reach other projects only when named here
/// <reference path="./heic-decode.d.ts" />
/** Decodes one HEIC and ends: WebAssembly memory only grows, so the thread that held it goes. */
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import decode from 'heic-decode';

export interface HeicQuestion {
  path: string;
  mostPixels: number;
}

export type HeicAnswer =
  | { kind: 'image'; width: number; height: number; rgba: ArrayBuffer }
  | { kind: 'tooLarge' }
  | { kind: 'damaged' };

async function answer({ path, mostPixels }: HeicQuestion): Promise<HeicAnswer> {
  try {
    const images = await decode.all({ buffer: readFileSync(path) });
    const first = images[0];
    if (!first || first.width * first.height > mostPixels) {
      return first ? { kind: 'tooLarge' } : { kind: 'damaged' };
    }
    const { width, height, data } = await first.decode();
    images.dispose();
    return { kind: 'image', width, height, rgba: data.buffer };
  } catch {
    return { kind: 'damaged' };
  }
}

const result = await answer(workerData as HeicQuestion);
parentPort?.postMessage(result, result.kind === 'image' ? [result.rgba] : []);
