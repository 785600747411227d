/**
 * Bytes on their way: each segment is an object of its own, and a manifest, an object as well, lists them in order. The
 * row names the manifest that counts, so two requests that write at once cannot mix their bytes: the row takes one.
 * A segment that was stored when the process died is simply not in the manifest.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readAll, type Storage } from './storage.ts';

interface Part {
  key: string;
  bytes: number;
}

export type Manifest = readonly Part[];

/** More parts than a client needs that sends anything but crumbs. */
const MOST_PARTS = 8_000;

/** Where everything of an unfinished upload lies. */
export function partsFolder(fileId: string): string {
  return `parts/${fileId}`;
}

/** Bytes the manifest's parts hold together. */
export function bytesOf(manifest: Manifest): number {
  return manifest.reduce((sum, part) => sum + part.bytes, 0);
}

/** True when the upload came in so many crumbs that no more are taken. */
export function isFull(manifest: Manifest): boolean {
  return manifest.length >= MOST_PARTS;
}

/** The manifest under the key; empty for a file of which nothing has come. Throws when its bytes are gone. */
export async function readManifest(storage: Storage, key: string | null): Promise<Manifest> {
  if (key === null) {
    return [];
  }
  const stream = await storage.get(key);
  if (!stream) {
    throw new Error('the manifest of an upload is gone');
  }
  return JSON.parse((await readAll(stream)).toString('utf8')) as Manifest;
}

/** Stores one more segment and a manifest that includes it. Nothing counts until the row names that manifest. */
export async function storePart(
  storage: Storage,
  fileId: string,
  before: Manifest,
  bytes: Uint8Array,
): Promise<{ manifest: Manifest; manifestKey: string; discard: () => Promise<void> }> {
  const folder = partsFolder(fileId);
  const part = { key: `${folder}/${bytesOf(before)}-${randomUUID()}`, bytes: bytes.length };
  const manifest = [...before, part];
  const manifestKey = `${folder}/list-${randomUUID()}`;
  await storage.put(part.key, bytes);
  await storage.put(manifestKey, Buffer.from(JSON.stringify(manifest)));
  const discard = async (): Promise<void> => {
    await Promise.all([storage.delete(part.key), storage.delete(manifestKey)]);
  };
  return { manifest, manifestKey, discard };
}

/** Writes the whole file to a local path. Throws when a part is gone or short. */
export async function assemble(storage: Storage, manifest: Manifest, path: string): Promise<void> {
  async function* bytes(): AsyncGenerator<Buffer> {
    for (const part of manifest) {
      const stream = await storage.get(part.key);
      if (!stream) {
        throw new Error('a part of an upload is gone');
      }
      let came = 0;
      for await (const chunk of stream) {
        came += (chunk as Buffer).length;
        yield chunk as Buffer;
      }
      if (came !== part.bytes) {
        throw new Error('a part of an upload is not whole');
      }
    }
  }
  await pipeline(Readable.from(bytes()), createWriteStream(path, { flags: 'w', mode: 0o600 }));
}

/** SHA-256 of a stream, in hexadecimal. */
export async function hashOf(stream: Readable): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of stream) {
    hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
}
