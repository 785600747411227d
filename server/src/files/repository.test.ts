import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { STORES, type TestDatabase } from '../../../tests/support/stores.ts';
import { makePicture } from '../../../tests/support/files.ts';
import type { Clock } from '../clock.ts';
import { silentLog } from '../log.ts';
import { claimLease, openStore, type Store, type Tx } from '../store/index.ts';
import { addCaseNaming } from './case.test-support.ts';
import { removeAbandoned } from './cleanup.ts';
import {
  addFile,
  advance,
  countPending,
  filesToProcess,
  findFile,
  finishFile,
  refuseFile,
} from './file.repository.ts';
import { createLocalStorage } from './storage.local.ts';
import type { Storage } from './storage.ts';
import { createUploads } from './upload.ts';
import { createFileWorker, type FileWorker } from './worker.ts';

const DAY_MS = 86_400_000;
const NOW = 100 * DAY_MS;

describe.each(STORES)('files on $name', (kind) => {
  let database: TestDatabase;
  let store: Store;
  let storage: Storage;
  let folder: string;
  const workers: FileWorker[] = [];
  const clock: Clock = { businessNow: () => NOW, machineNow: () => NOW, onJump: () => () => undefined };

  beforeEach(async () => {
    database = await kind.create();
    store = await openStore({ url: database.databaseUrl });
    await store.migrate();
    folder = mkdtempSync(join(tmpdir(), 'minqing-files-'));
    storage = createLocalStorage(folder);
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
    await store.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const announced = async (
    change: { id?: string; bytes?: number; now?: number; type?: string } = {},
  ): Promise<string> => {
    const id = change.id ?? randomUUID();
    const file = {
      id,
      personId: 'lin',
      name: '路口.jpg',
      type: 'image/jpeg',
      kind: 'image' as const,
      bytes: 10,
      now: NOW,
      ...change,
    };
    await store.transact((tx) => addFile(tx, file));
    return id;
  };
  const rowOf = (id: string) => store.read((db) => findFile(db, id));
  const move = (id: string, from: number, to: number, bytes = 10) =>
    store.transact((tx) =>
      advance(tx, { id, bytes }, { from, to, manifestKey: `parts/${id}/list-${to}`, now: NOW }),
    );
  const makeWorker = (over: Storage = storage): FileWorker => {
    const worker = createFileWorker({
      store,
      storage: over,
      clock,
      log: silentLog,
      ffmpeg: async () => null,
    });
    workers.push(worker);
    return worker;
  };
  /** An upload whose last byte came just before its process died. */
  const leftBehind = async (): Promise<string> => {
    const photo = await makePicture(64, 48);
    const id = await announced({ bytes: photo.length });
    const idle: FileWorker = {
      process: async () => undefined,
      start: () => undefined,
      stop: async () => undefined,
    };
    const uploads = createUploads({ store, storage, clock, worker: idle, patienceMs: 10 });
    await uploads.append(
      'lin',
      id,
      0,
      (async function* () {
        yield photo;
      })(),
    );
    return id;
  };

  it('refuses to move a file on from where it is not, or after its end', async () => {
    const id = await announced();
    expect(await move(id, 4, 8)).toBe(false);
    expect(await move(id, 0, 4)).toBe(true);
    expect(await move(id, 0, 4)).toBe(false);
    expect(await move(id, 4, 10)).toBe(true);
    expect(await move(id, 10, 10)).toBe(false);
    expect(await rowOf(id)).toMatchObject({
      received: 10,
      state: 'processing',
      storage_key: `parts/${id}/list-10`,
    });
  });

  it('lets one of many who move it on from one place win', async () => {
    const id = await announced();
    const won = await Promise.all(Array.from({ length: 8 }, (_, n) => move(id, 0, n + 1)));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await rowOf(id)).toMatchObject({ received: won.indexOf(true) + 1 });
  });

  it('ends a file once: what is refused never becomes ready, nor the other way', async () => {
    const made = {
      name: 'a.jpg',
      type: 'image/jpeg',
      kind: 'image' as const,
      storageKey: 'k',
      thumbKey: null,
      sha256: 's',
    };
    const first = await announced();
    expect(await store.transact((tx) => finishFile(tx, first, made, NOW))).toBe(false);
    await move(first, 0, 10);
    expect(await store.transact((tx) => refuseFile(tx, first, '坏了', NOW))).toBe(true);
    expect(await store.transact((tx) => finishFile(tx, first, made, NOW))).toBe(false);
    expect(await rowOf(first)).toMatchObject({ state: 'refused', problem: '坏了', storage_key: null });
    const second = await announced();
    await move(second, 0, 10);
    expect(await store.transact((tx) => finishFile(tx, second, made, NOW))).toBe(true);
    expect(await store.transact((tx) => refuseFile(tx, second, '坏了', NOW))).toBe(false);
  });

  it('announces an id once and counts what a person has not finished', async () => {
    const id = await announced();
    await announced({ id, bytes: 99 });
    const other = await announced();
    await move(other, 0, 10);
    expect(await rowOf(id)).toMatchObject({ bytes: 10 });
    expect(await store.read((db) => countPending(db, 'lin'))).toBe(1);
    expect(await store.read((db) => filesToProcess(db, 10))).toEqual([other]);
  });

  it('finishes at the next start what a dead process left, and leaves no parts behind', async () => {
    const id = await leftBehind();
    expect(await rowOf(id)).toMatchObject({ state: 'processing' });
    makeWorker().start();
    await expect.poll(async () => (await rowOf(id))?.state, { timeout: 15_000 }).toBe('ready');
    const row = await rowOf(id);
    expect(await storage.size(row?.thumb_key ?? '')).toBeGreaterThan(100);
    await expect.poll(() => store.read((db) => db.selectFrom('lease').selectAll().execute())).toEqual([]);
  });

  it('leaves a file to the process that holds it, and takes it over when that one is gone', async () => {
    const id = await leftBehind();
    await store.transact((tx) => claimLease(tx, `file:${id}`, 'another', 60_000));
    await makeWorker().process(id);
    expect(await rowOf(id)).toMatchObject({ state: 'processing' });
    await store.transact((tx) => tx.updateTable('lease').set({ until_at: 0 }).execute());
    await makeWorker().process(id);
    expect(await rowOf(id)).toMatchObject({ state: 'ready' });
  });

  it('processed by several at once is made once', async () => {
    const id = await leftBehind();
    await Promise.all([makeWorker(), makeWorker(), makeWorker()].map((worker) => worker.process(id)));
    await expect.poll(async () => (await rowOf(id))?.state).toBe('ready');
  });

  it('tells in one transaction with its being ready, so that neither happens without the other', async () => {
    const id = await leftBehind();
    const told: string[] = [];
    const tell = async (tx: Tx, fileId: string): Promise<void> => {
      told.push(`${fileId} ${(await findFile(tx, fileId))?.state}`);
      if (told.length === 1) {
        throw new Error('could not be told');
      }
    };
    const worker = createFileWorker({
      store,
      storage,
      clock,
      log: silentLog,
      ffmpeg: async () => null,
      onReady: tell,
    });
    await worker.process(id);
    expect(await rowOf(id)).toMatchObject({ state: 'processing' });
    await worker.process(id);
    expect(await rowOf(id)).toMatchObject({ state: 'ready' });
    await worker.process(id);
    expect(told).toEqual([`${id} ready`, `${id} ready`]);
  });

  it('is tried again after storage failed, and given up after five attempts', async () => {
    const id = await leftBehind();
    const broken: Storage = { ...storage, put: async () => Promise.reject(new Error('disk full')) };
    await makeWorker(broken).process(id);
    expect(await rowOf(id)).toMatchObject({ state: 'processing' });
    await makeWorker().process(id);
    expect(await rowOf(id)).toMatchObject({ state: 'ready' });

    const poison = await leftBehind();
    const worker = makeWorker(broken);
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      await worker.process(poison);
      expect(await rowOf(poison)).toMatchObject({ state: 'processing' });
    }
    await worker.process(poison);
    expect(await rowOf(poison)).toMatchObject({ state: 'refused', problem: '文件处理不了，请换一个再传' });
  });

  it('unnamed for thirty days are deleted with their bytes; named, drafted or younger ones stay', async () => {
    const old = NOW - 30 * DAY_MS - 1;
    const [lone, named, drafted, young, undone] = [
      await leftBehind(),
      await leftBehind(),
      await leftBehind(),
      await leftBehind(),
      await announced({ now: old }),
    ];
    const worker = makeWorker();
    await Promise.all([lone, named, drafted, young].map((id) => worker.process(id)));
    await store.transact(async (tx) => {
      await tx
        .updateTable('file')
        .set({ updated_at: old })
        .where('id', 'in', [lone, named, drafted])
        .execute();
      await addCaseNaming(tx, named, 'lin', 0);
      const content_json = JSON.stringify({ fileIds: [drafted] });
      await tx
        .insertInto('draft')
        .values({ case_id: randomUUID(), person_id: 'lin', counter: 1, content_json, saved_at: NOW })
        .execute();
    });
    const gone = await rowOf(lone);
    expect(await removeAbandoned(store, storage, NOW)).toBe(2);
    expect(await rowOf(lone)).toBeUndefined();
    expect(await rowOf(undone)).toBeUndefined();
    expect(await storage.size(gone?.storage_key ?? '')).toBeNull();
    for (const id of [named, drafted, young]) {
      const row = await rowOf(id);
      expect(row?.state).toBe('ready');
      expect(await storage.size(row?.storage_key ?? '')).toBeGreaterThan(0);
    }
    expect(await removeAbandoned(store, storage, NOW)).toBe(0);
  });
});
