/** Objects as files under one folder. Several processes may share it, over a network file system too. */
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat, copyFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { checkKey, type Storage } from './storage.ts';

/** @param folder is made when it is missing */
export function createLocalStorage(folder: string): Storage {
  const root = resolve(folder);
  const pathOf = (key: string): string => join(root, checkKey(key));

  return {
    async put(key, source) {
      const path = pathOf(key);
      // Beside its destination, so that the rename stays within one file system and is atomic.
      const draft = `${path}.${randomUUID()}~`;
      await makeFolder(dirname(path), root);
      try {
        if ('path' in source) {
          await copyFile(source.path, draft);
        }
        const handle = await open(draft, 'path' in source ? 'r+' : 'w', 0o640);
        try {
          if (!('path' in source)) {
            await handle.writeFile(source);
          }
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(draft, path);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
      await syncFolder(dirname(path));
    },
    async get(key, range) {
      const path = pathOf(key);
      if (!(await sizeOf(path).then((size) => size !== null))) {
        return null;
      }
      return createReadStream(path, range ? { start: range.start, end: range.end } : {});
    },
    size: (key) => sizeOf(pathOf(key)),
    delete: (key) => rm(pathOf(key), { force: true }),
    deleteFolder: (name) => rm(pathOf(name), { recursive: true, force: true }),
  };
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    const facts = await stat(path);
    return facts.isFile() ? facts.size : null;
  } catch (error) {
    if (
      (error as NodeJS.ErrnoException).code === 'ENOENT' ||
      (error as NodeJS.ErrnoException).code === 'ENOTDIR'
    ) {
      return null;
    }
    throw error;
  }
}

/** Makes the folder and, when it is new, sees that its own entry survives a power cut as well. */
async function makeFolder(path: string, root: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first !== undefined) {
    for (let folder = path; folder.length >= root.length; folder = dirname(folder)) {
      await syncFolder(folder);
    }
  }
}

/** A rename is durable only once its folder is; systems that cannot sync a folder (Windows) do it by themselves. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') {
    return;
  }
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
