/** From bytes that have come whole to a file that may be shown: judged, cleaned, stored. Doing it twice does no harm. */
import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createHash, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileRow } from '../store/tables.ts';
import { markKept } from './anonymity.ts';
import { cleanOfficeZip } from './authors.ts';
import { judge, type Content } from './content.ts';
import type { Finished } from './file.repository.ts';
import { redraw } from './images.ts';
import { isOfficeZip, nameFor } from './kinds.ts';
import { stripMedia } from './media.ts';
import { assemble, hashOf, readManifest } from './parts.ts';
import type { Storage } from './storage.ts';

export interface ProcessDeps {
  storage: Storage;
  /** The program, or null when this machine has none. */
  ffmpeg: () => Promise<string | null>;
}

/** Where everything of a finished file lies. */
export function filesFolder(fileId: string): string {
  return `files/${fileId}`;
}

/** Makes the file that will be served. Throws `Refused` when it must not be. */
export async function makeFile(deps: ProcessDeps, row: FileRow): Promise<Finished> {
  const folder = await mkdtemp(join(tmpdir(), 'minqing-file-'));
  try {
    const path = join(folder, 'whole');
    await assemble(deps.storage, await readManifest(deps.storage, row.storage_key), path);
    const content = await judge(path, row.type);
    return content.kind === 'image'
      ? await storeImage(deps, row, path, content)
      : await storeKept(deps, row, folder, path, content);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function storeImage(
  { storage }: ProcessDeps,
  row: FileRow,
  path: string,
  content: Content,
): Promise<Finished> {
  const drawn = await redraw(path, content.type);
  const key = newKey(row.id);
  const thumbKey = `${key}-thumb`;
  await storage.put(key, drawn.bytes);
  await storage.put(thumbKey, drawn.thumb);
  const sha256 = createHash('sha256').update(drawn.bytes).digest('hex');
  return {
    name: nameFor(row.name, drawn.type),
    type: drawn.type,
    kind: 'image',
    storageKey: key,
    thumbKey,
    sha256,
  };
}

async function storeKept(
  deps: ProcessDeps,
  row: FileRow,
  folder: string,
  path: string,
  content: Content,
): Promise<Finished> {
  const clean = join(folder, 'clean');
  const { from, keeps } = await cleaned(deps, content, path, clean);
  const key = newKey(row.id);
  await deps.storage.put(key, { path: from });
  return {
    name: nameFor(row.name, content.type),
    type: keeps ? markKept(content.type) : content.type,
    kind: content.kind,
    storageKey: key,
    thumbKey: null,
    sha256: await hashOf(createReadStream(from)),
  };
}

/** Writes the file to `to` without what tells who made it, where that can be done; else leaves it where it is. */
async function cleaned(
  deps: ProcessDeps,
  content: Content,
  path: string,
  to: string,
): Promise<{ from: string; keeps: boolean }> {
  if (content.kind === 'document') {
    if (!isOfficeZip(content.type)) {
      return { from: path, keeps: false };
    }
    const { bytes, keeps } = cleanOfficeZip(await readFile(path));
    await writeFile(to, bytes);
    return { from: to, keeps };
  }
  const ffmpeg = await deps.ffmpeg();
  if (ffmpeg === null) {
    return { from: path, keeps: true };
  }
  await stripMedia(ffmpeg, content.type, path, to);
  return { from: to, keeps: false };
}

/** A key of its own for each attempt, so that two attempts at once cannot overwrite each other. */
function newKey(fileId: string): string {
  return `${filesFolder(fileId)}/${randomUUID()}`;
}
