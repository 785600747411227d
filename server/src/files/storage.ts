/** Where bytes lie. Two drivers: a local folder and S3-compatible storage. */
import type { Readable } from 'node:stream';

/** Bytes of an object, from `start` to `end`, both included. */
export interface ByteRange {
  start: number;
  end: number;
}

export interface Storage {
  /**
   * Stores an object whole or not at all, replacing one of that key; durable when it resolves.
   * @param key path-like: letters, digits, `-`, `_`, `.` and `/`
   * @param source all the bytes, or the path of a local file that holds them
   */
  put(key: string, source: Uint8Array | { path: string }): Promise<void>;
  /** A stream over the object or a range of it; null when there is none. Whoever asks must read or destroy it. */
  get(key: string, range?: ByteRange): Promise<Readable | null>;
  /** Bytes of the object; null when there is none. */
  size(key: string): Promise<number | null>;
  /** Removes the object; none there is fine. */
  delete(key: string): Promise<void>;
  /** Removes every object whose key begins with `folder/`. */
  deleteFolder(folder: string): Promise<void>;
}

const KEY = /^(?!.*\.\.)[\w-][\w.-]*(\/[\w-][\w.-]*)*$/;

/** Throws on a key no driver may take: keys are made here, never by a client, and this keeps it so. */
export function checkKey(key: string): string {
  if (!KEY.test(key) || key.length > 180) {
    throw new Error('not a storage key');
  }
  return key;
}

/** All bytes of a stream. */
export async function readAll(stream: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) {
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}
