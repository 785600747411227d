/** Files that go to or come from another platform: no person uploads or asks, so no session says who may. */
import { Readable } from 'node:stream';
import { bareType } from './anonymity.ts';
import { AppError, notFound } from '../errors.ts';
import type { Store } from '../store/index.ts';
import { findFile } from './file.repository.ts';
import type { Files } from './index.ts';
import { serve } from './serve.ts';
import type { Storage } from './storage.ts';
import type { Uploads } from './upload.ts';

export function createForeign(deps: {
  store: Pick<Store, 'read'>;
  storage: Storage;
  uploads: Uploads;
}): Pick<Files, 'factsOf' | 'send' | 'keep'> {
  const { store, storage, uploads } = deps;
  return {
    async factsOf(fileId) {
      const row = await store.read((db) => findFile(db, fileId));
      if (!row || row.state === 'refused') {
        return row ? null : 'pending'; // named before its first byte came
      }
      const bytes = row.state === 'ready' && row.storage_key ? await storage.size(row.storage_key) : null;
      return bytes === null
        ? 'pending'
        : { id: row.id, name: row.name, type: bareType(row.type), bytes, sha256: row.sha256 ?? '' };
    },
    async send(fileId, request, response) {
      const row = await store.read((db) => findFile(db, fileId));
      if (row?.state !== 'ready') {
        throw notFound();
      }
      await serve(request, response, storage, {
        key: row.storage_key ?? '',
        type: bareType(row.type),
        name: row.name,
        etag: `"${row.sha256}"`,
        inline: false,
        cacheControl: 'private, no-store, no-transform',
      });
    },
    async keep(ownerId, { id, name, type, bytes }) {
      try {
        const begun = await uploads.announce(ownerId, { id, name, type, bytes: bytes.length });
        const done =
          begun.state === 'pending'
            ? await uploads.append(ownerId, id, begun.offset, Readable.from([bytes.subarray(begun.offset)]))
            : begun;
        return done.state === 'refused' ? (done.problem ?? '不能使用的文件') : null;
      } catch (error) {
        if (error instanceof AppError) {
          return error.title;
        }
        throw error;
      }
    },
  };
}
