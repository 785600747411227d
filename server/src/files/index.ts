/** Files: uploads that continue, what becomes of them, who may fetch them. The only door of this folder. */
import type { Readable } from 'node:stream';
import type { Request, Response, Router } from 'express';
import type { Actor } from '@minqing/shared/workflow';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { Store, Tx } from '../store/index.ts';
import { fileAccess } from './access.ts';
import { removeAbandoned } from './cleanup.ts';
import { filesRouter } from './file.routes.ts';
import { createForeign } from './foreign.ts';
import { createThumbLinks } from './links.ts';
import { hasFfmpeg } from './media.ts';
import type { FileKind } from './kinds.ts';
import { createLocalStorage } from './storage.local.ts';
import { createS3Storage } from './storage.s3.ts';
import type { Storage } from './storage.ts';
import { createUploads } from './upload.ts';
import { createFileWorker } from './worker.ts';

export { whyNotAnonymous } from './anonymity.ts';
export type { FileKind } from './kinds.ts';
export { createLocalStorage } from './storage.local.ts';
export { createS3Storage } from './storage.s3.ts';
export type { Storage } from './storage.ts';

export interface FilesDeps {
  store: Store;
  clock: Clock;
  log: Log;
  config: Pick<Config, 'files' | 'publicUrl' | 'indexKey'>;
  /** Who is asking; throws 401 when nobody is signed on. */
  viewerOf(response: Response): Extract<Actor, { kind: 'person' }>;
  /** cases/ says who may see a file. */
  cases: { maySeeFile(viewer: Actor, fileId: string): Promise<boolean> };
  /** Told in the transaction that makes a file ready: cards that name it are drawn again. */
  onReady?: (tx: Tx, fileId: string) => Promise<void>;
  /** Instead of the configured one. */
  storage?: Storage;
  /** The program that strips voice and video; `ffmpeg` on the PATH by default. */
  ffmpeg?: string;
  /** How long the last chunk's answer waits for processing, ms; 10 s by default. */
  patienceMs?: number;
}

export interface FileFacts {
  id: string;
  name: string;
  type: string;
  bytes: number;
  sha256: string;
}

/** A file to be read as a whole, for archives. */
export interface OpenedFile {
  name: string;
  kind: FileKind;
  /** null when its bytes are gone. */
  bytes: number | null;
  /** Of the bytes; hexadecimal. */
  sha256: string;
  /** Whoever asks must read or destroy it. */
  read(): Promise<Readable | null>;
}

export interface Files {
  /** Mounted at /api/files, behind sessions and CSRF, before any body is parsed. */
  router: Router;
  /** What another platform is told of a file: null for none or a refused one, `pending` while its bytes are to come. */
  factsOf(fileId: string): Promise<FileFacts | 'pending' | null>;
  /** Sends a ready file's bytes; whoever calls has checked that they may go. Throws 404. */
  send(fileId: string, request: Request, response: Response): Promise<void>;
  /** Keeps bytes that came from elsewhere, judged and cleaned like an upload; answers why not, else null. */
  keep(
    ownerId: string,
    file: { id: string; name: string; type: string; bytes: Buffer },
  ): Promise<string | null>;
  /** The absolute address of a file's thumbnail for a card; whether there is one yet is the caller's to know. */
  thumbLink(fileId: string): string;
  /** A ready file this viewer may fetch; null for every other. */
  open(viewer: Actor, fileId: string): Promise<OpenedFile | null>;
  /** Looks for files a dead process left, now and regularly, and once a day for abandoned ones. */
  start(): void;
  /** Waits for what is being processed. */
  stop(): Promise<void>;
  /** Deletes files untouched for 30 days that nobody names; answers how many. */
  removeAbandoned(): Promise<number>;
}

const DAY_MS = 86_400_000;

/** Puts the parts of files/ together. Uploads work without `start`, which adds what other processes left. */
export function createFiles(deps: FilesDeps): Files {
  const { store, clock, log, config, viewerOf, cases } = deps;
  const storage =
    deps.storage ??
    (config.files.s3 ? createS3Storage(config.files.s3) : createLocalStorage(config.files.dir));
  const links = createThumbLinks({ publicUrl: config.publicUrl, indexKey: config.indexKey, clock });
  const program = deps.ffmpeg ?? 'ffmpeg';
  let looked: Promise<boolean> | undefined;
  const ffmpeg = async (): Promise<string | null> =>
    (await (looked ??= hasFfmpeg(program))) ? program : null;
  const worker = createFileWorker({ store, storage, clock, log, ffmpeg, onReady: deps.onReady });
  const visible = fileAccess({ store, maySeeFile: (viewer, fileId) => cases.maySeeFile(viewer, fileId) });
  const uploads = createUploads({ store, storage, clock, worker, patienceMs: deps.patienceMs ?? 10_000 });
  const router = filesRouter({
    store,
    storage,
    uploads,
    links,
    log,
    viewerOf,
    visible,
  });
  let daily: NodeJS.Timeout | undefined;

  const cleanUp = (): Promise<number> => removeAbandoned(store, storage, clock.machineNow());
  const cleanUpQuietly = (): void => {
    cleanUp().then(
      (count) => log.info('abandoned files are removed', { job: 'abandonedFiles', count }),
      (error: unknown) => log.error('abandoned files could not be removed', { job: 'abandonedFiles', error }),
    );
  };

  return {
    router,
    thumbLink: links.thumbLink,
    ...createForeign({ store, storage, uploads }),
    async open(viewer, fileId) {
      const row = await visible(viewer, fileId);
      return row
        ? {
            name: row.name,
            kind: row.kind as FileKind,
            bytes: await storage.size(row.storage_key ?? ''),
            sha256: row.sha256 ?? '',
            read: () => storage.get(row.storage_key ?? ''),
          }
        : null;
    },
    start() {
      worker.start();
      daily = setInterval(cleanUpQuietly, DAY_MS).unref();
      cleanUpQuietly();
    },
    async stop() {
      clearInterval(daily);
      await worker.stop();
    },
    removeAbandoned: cleanUp,
  };
}
