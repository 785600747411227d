/** The paths under /api/files. Sessions and the CSRF word are checked by whoever mounts them. */
import express, { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Actor } from '@minqing/shared/workflow';
import { AppError, fieldErrors, invalidInput, notFound } from '../errors.ts';
import type { Log } from '../log.ts';
import type { FileRow } from '../store/tables.ts';
import type { Store } from '../store/index.ts';
import { bareType } from './anonymity.ts';
import { findFile } from './file.repository.ts';
import type { ThumbLinks } from './links.ts';
import { serve } from './serve.ts';
import type { Storage } from './storage.ts';
import { BodyCut, type Uploads } from './upload.ts';

export interface RouteDeps {
  store: Store;
  storage: Storage;
  uploads: Uploads;
  links: ThumbLinks;
  log: Log;
  /** Who is asking; throws 401 when nobody is signed on. */
  viewerOf(response: Response): Extract<Actor, { kind: 'person' }>;
  /** The file when it is ready and this viewer may fetch it. */
  visible(viewer: Actor, fileId: string): Promise<FileRow | null>;
}

const announcement = z.object({
  id: z.uuid('应为 UUID').toLowerCase(),
  name: z.string('请填写').min(1, '请填写').max(500, '文件名太长'),
  bytes: z.int('应为整数').min(1, '不能是空文件'),
  type: z.string('应为文字').max(150, '太长').default(''),
});
const uuid = z.uuid().toLowerCase();
const CHUNK_TYPE = 'application/offset+octet-stream';

export function filesRouter(deps: RouteDeps): Router {
  const { store, storage, uploads, viewerOf } = deps;
  const router = Router();

  async function readyFile(fileId: string): Promise<FileRow> {
    const row = await store.read((db) => findFile(db, fileId));
    if (row?.state !== 'ready') {
      throw notFound();
    }
    return row;
  }

  /** The file, if whoever asks may see it. The same 404 whether it is missing, unfinished or somebody else's. */
  async function visibleFile(request: Request, response: Response): Promise<FileRow> {
    const row = await deps.visible(viewerOf(response), idOf(request));
    if (!row) {
      throw notFound();
    }
    return row;
  }

  router.post('/', express.json({ limit: '8kb', type: 'application/json' }), async (request, response) => {
    const { personId } = viewerOf(response);
    if (!request.is('application/json')) {
      throw new AppError('unsupportedType', { detail: 'Content-Type 应为 application/json' });
    }
    const input = announcement.safeParse(request.body);
    if (!input.success) {
      throw invalidInput(fieldErrors(input.error));
    }
    response.json(await uploads.announce(personId, input.data));
  });

  router.patch('/:fileId', async (request, response) => {
    const { personId } = viewerOf(response);
    const fileId = idOf(request);
    if (!request.is(CHUNK_TYPE)) {
      throw new AppError('unsupportedType', { detail: `Content-Type 应为 ${CHUNK_TYPE}` });
    }
    const offset = request.get('upload-offset') ?? '';
    if (!/^\d{1,12}$/.test(offset)) {
      throw new AppError('malformed', { detail: 'Upload-Offset 应为整数' });
    }
    try {
      const status = await uploads.append(personId, fileId, Number(offset), request);
      response.set('Upload-Offset', String(status.offset)).json(status);
    } catch (error) {
      if (!(error instanceof BodyCut)) {
        throw error;
      }
      deps.log.debug('an upload was cut', { fileId });
      response.destroy();
    }
  });

  router.get('/:fileId/status', async (request, response) => {
    response.json(await uploads.status(viewerOf(response).personId, idOf(request)));
  });

  router.get('/:fileId', async (request, response) => {
    const row = await visibleFile(request, response);
    await serve(request, response, storage, {
      key: row.storage_key ?? '',
      type: bareType(row.type),
      name: row.name,
      etag: `"${row.sha256}"`,
      inline: row.kind !== 'document',
      // Permission may end, so it is asked for each time; no-transform keeps ranges and lengths true.
      cacheControl: 'private, no-cache, no-transform',
    });
  });

  router.get('/:fileId/thumb', async (request, response) => {
    const { card } = request.query;
    const byLink = typeof card === 'string';
    if (byLink && !deps.links.isGood(idOf(request), card)) {
      throw notFound();
    }
    const row = byLink ? await readyFile(idOf(request)) : await visibleFile(request, response);
    if (row.thumb_key === null) {
      throw notFound();
    }
    await serve(request, response, storage, {
      key: row.thumb_key,
      type: 'image/jpeg',
      name: 'thumb.jpg',
      etag: `"${row.sha256}-thumb"`,
      inline: true,
      cacheControl: 'private, max-age=86400, no-transform',
    });
  });

  return router;
}

/** The path's id. What is no UUID is no file of ours. */
function idOf(request: Request): string {
  const id = uuid.safeParse(request.params['fileId']);
  if (!id.success) {
    throw notFound();
  }
  return id.data;
}
