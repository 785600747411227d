/** Uploads that continue: announced once, then chunks by offset, wherever the last one stopped. */
import { FILE_MEGABYTES } from '@minqing/shared/words';
import type { Clock } from '../clock.ts';
import { AppError, forbidden, notFound, wrongOffset } from '../errors.ts';
import type { FileRow } from '../store/tables.ts';
import type { Store } from '../store/index.ts';
import { createReadings, type Reading } from './bodies.ts';
import { addFile, advance, countPending, findFile, type FileState } from './file.repository.ts';
import { claimedType, kindOf, safeName } from './kinds.ts';
import { isFull, readManifest, storePart, type Manifest } from './parts.ts';
import type { Storage } from './storage.ts';
import type { FileWorker } from './worker.ts';

export interface Announcement {
  id: string;
  name: string;
  bytes: number;
  type: string;
}

export interface UploadStatus {
  id: string;
  /** Bytes that are kept: where the next chunk begins. */
  offset: number;
  state: FileState;
  /** Why it was refused: one Chinese sentence. */
  problem?: string;
}

export interface Uploads {
  /** Makes the file known; repeated, it answers how far it has come. Throws `fileRefused`, `tooLarge`, `keyReused`. */
  announce(personId: string, file: Announcement): Promise<UploadStatus>;
  /**
   * Keeps the body's bytes as they come, so that a cut body loses little. Throws `wrongOffset` with the right one,
   * `tooLarge` past the announced end, `BodyCut` when the sender is gone or has come back over another connection.
   */
  append(
    personId: string,
    fileId: string,
    offset: number,
    body: AsyncIterable<Uint8Array>,
  ): Promise<UploadStatus>;
  status(personId: string, fileId: string): Promise<UploadStatus>;
}

/** The sender went away in mid-body: nobody is left to answer. */
export class BodyCut extends Error {
  override name = 'BodyCut';
}

interface UploadDeps {
  store: Store;
  storage: Storage;
  clock: Clock;
  worker: FileWorker;
  /** How long the last chunk's answer waits for the outcome of processing, ms. */
  patienceMs: number;
}

/** What is kept at once, and held in memory for each upload. */
const SEGMENT_BYTES = 512 * 1024;
/** Less than this at the end of a cut body is not worth an object of its own. */
const CRUMB_BYTES = 16 * 1024;
const MOST_PENDING = 100;
const MB = 1024 * 1024;

export function createUploads(deps: UploadDeps): Uploads {
  const { store, storage, clock, worker } = deps;
  const readings = createReadings();

  async function own(personId: string, fileId: string): Promise<FileRow> {
    const row = await store.read((db) => findFile(db, fileId));
    if (row?.person_id !== personId) {
      throw notFound();
    }
    return row;
  }

  /** The row and the parts it counts, read until they belong together: another request may move on in between. */
  async function openUpload(personId: string, fileId: string): Promise<{ row: FileRow; manifest: Manifest }> {
    for (let tries = 1; ; tries += 1) {
      const row = await own(personId, fileId);
      try {
        return { row, manifest: row.state === 'pending' ? await readManifest(storage, row.storage_key) : [] };
      } catch (error) {
        if (tries >= 3) {
          throw error;
        }
      }
    }
  }

  async function keep(
    row: FileRow,
    at: number,
    manifest: Manifest,
    manifestKey: string | null,
    bytes: Buffer,
  ): Promise<{ manifest: Manifest; manifestKey: string }> {
    if (isFull(manifest)) {
      throw new AppError('fileRefused', { title: '文件分得太碎，请重新选择后再传' });
    }
    const stored = await storePart(storage, row.id, manifest, bytes);
    const step = {
      from: at,
      to: at + bytes.length,
      manifestKey: stored.manifestKey,
      now: clock.machineNow(),
    };
    const won = await store.transact((tx) => advance(tx, row, step), {
      settle: async (db) =>
        (await findFile(db, row.id))?.storage_key === stored.manifestKey ? true : undefined,
    });
    if (!won) {
      await stored.discard();
      throw wrongOffset(Number((await own(row.person_id, row.id)).received));
    }
    if (manifestKey !== null) {
      await storage.delete(manifestKey);
    }
    return stored;
  }

  /** Keeps the body segment by segment; answers where it ended. Throws `BodyCut` after keeping what came. */
  async function take(
    row: FileRow,
    manifest: Manifest,
    body: AsyncIterable<Uint8Array>,
    reading: Reading,
  ): Promise<number> {
    const total = Number(row.bytes);
    const reader = body[Symbol.asyncIterator]();
    let parts: { manifest: Manifest; manifestKey: string | null } = {
      manifest,
      manifestKey: row.storage_key,
    };
    let at = Number(row.received);
    let held: Uint8Array[] = [];
    let heldBytes = 0;
    const flush = async (): Promise<void> => {
      parts = await keep(row, at, parts.manifest, parts.manifestKey, Buffer.concat(held));
      at += heldBytes;
      held = [];
      heldBytes = 0;
    };
    for (;;) {
      const next = await Promise.race([readOn(reader), reading.ended]);
      if (next === 'end' || next === 'cut') {
        const isWorthIt = next === 'end' || heldBytes >= CRUMB_BYTES || at + heldBytes === total;
        if (heldBytes > 0 && isWorthIt) {
          await flush();
        }
        if (next === 'end') {
          return at;
        }
        // The last byte may have come before the cut: its file is taken up all the same.
        void (at === total ? worker.process(row.id) : undefined);
        throw new BodyCut();
      }
      reading.progress();
      if (at + heldBytes + next.length > total) {
        throw new AppError('tooLarge', { title: '内容比报告的大小多，请重新选择文件后再传' });
      }
      held.push(next);
      heldBytes += next.length;
      if (heldBytes >= SEGMENT_BYTES) {
        await flush();
      }
    }
  }

  async function outcome(personId: string, fileId: string): Promise<UploadStatus> {
    let limit: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (limit = setTimeout(resolve, deps.patienceMs)));
    await Promise.race([worker.process(fileId), patience]);
    clearTimeout(limit);
    return statusOf(await own(personId, fileId));
  }

  return {
    async announce(personId, file) {
      const known = await store.read((db) => findFile(db, file.id));
      if (!known) {
        const type = acceptedType(file);
        if ((await store.read((db) => countPending(db, personId))) >= MOST_PENDING) {
          throw new AppError('fileRefused', { title: '没传完的文件太多，请先等它们传完' });
        }
        const fresh = {
          ...file,
          personId,
          type,
          kind: kindOf(type),
          name: safeName(file.name),
          now: clock.machineNow(),
        };
        await store.transact((tx) => addFile(tx, fresh));
      }
      if (known?.state === 'pending' && known.person_id === personId) {
        await readings.settle(file.id, Number.POSITIVE_INFINITY);
      }
      const row = await store.read((db) => findFile(db, file.id));
      if (row?.person_id !== personId) {
        throw forbidden('这个文件编号已被使用，请重新选择文件');
      }
      if (Number(row.bytes) !== file.bytes) {
        throw new AppError('keyReused', { title: '同一个文件编号用在了不同的文件上，请重新选择文件' });
      }
      return statusOf(row);
    },

    async append(personId, fileId, offset, body) {
      await readings.settle(fileId, offset);
      const { row, manifest } = await openUpload(personId, fileId);
      if (row.state !== 'pending') {
        return statusOf(row);
      }
      if (Number(row.received) !== offset) {
        throw wrongOffset(Number(row.received));
      }
      const reading = readings.begin(fileId, offset);
      try {
        if ((await take(row, manifest, body, reading)) === Number(row.bytes)) {
          reading.done();
          return await outcome(personId, fileId);
        }
      } finally {
        reading.done();
      }
      return statusOf(await own(personId, fileId));
    },

    async status(personId, fileId) {
      return statusOf(await own(personId, fileId));
    },
  };
}

/** The type a new file claims, if it is taken and not too large. */
function acceptedType(file: Announcement): string {
  const type = claimedType(file.type, file.name);
  if (type === undefined) {
    throw new AppError('fileRefused', { title: '不能上传这种文件，请传照片、PDF、Office 文件、语音或视频' });
  }
  const limit = FILE_MEGABYTES[kindOf(type)];
  if (file.bytes > limit * MB) {
    throw new AppError('tooLarge', { title: `文件超过 ${limit} MB，不能上传` });
  }
  return type;
}

async function readOn(reader: AsyncIterator<Uint8Array>): Promise<Uint8Array | 'end' | 'cut'> {
  try {
    const { done, value } = await reader.next();
    return done ? 'end' : value;
  } catch {
    return 'cut';
  }
}

function statusOf(row: FileRow): UploadStatus {
  return {
    id: row.id,
    offset: Number(row.received),
    state: row.state as FileState,
    ...(row.state === 'refused' ? { problem: row.problem ?? '' } : {}),
  };
}
