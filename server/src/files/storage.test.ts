import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileServer, makePicture } from '../../../tests/support/files.ts';
import { ACCESS_KEY, startFakeS3, type FakeS3 } from './s3.test-support.ts';
import { createLocalStorage } from './storage.local.ts';
import { createS3Storage } from './storage.s3.ts';
import { readAll, type Storage } from './storage.ts';

let folder: string;
let fake: FakeS3;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'minqing-storage-'));
  fake = await startFakeS3('minqing');
});
afterEach(async () => {
  await fake.close();
  rmSync(folder, { recursive: true, force: true });
});

const s3 = (change = {}): Storage =>
  createS3Storage({
    endpoint: fake.url,
    region: 'us-east-1',
    bucket: 'minqing',
    accessKey: ACCESS_KEY,
    secretKey: 'secret',
    pathStyle: true,
    ...change,
  });

describe.each([
  ['a local folder', () => createLocalStorage(join(folder, 'made', 'when-needed'))],
  ['S3', () => s3()],
])('storage in %s', (_name, make) => {
  const textOf = async (
    storage: Storage,
    key: string,
    range?: { start: number; end: number },
  ): Promise<string | null> => {
    const stream = await storage.get(key, range);
    return stream && (await readAll(stream)).toString();
  };

  it('refuses keys that could lead elsewhere', async () => {
    const storage = make();
    for (const key of [
      '',
      '..',
      'a/../b',
      '/etc/passwd',
      'a//b',
      'a/',
      '.hidden',
      'a/.b',
      'a\\b',
      'a\0b',
      '中',
    ]) {
      await expect((async () => storage.put(key, Buffer.from('x')))()).rejects.toThrow('not a storage key');
      await expect((async () => storage.get(key))()).rejects.toThrow('not a storage key');
      await expect((async () => storage.deleteFolder(key))()).rejects.toThrow('not a storage key');
    }
  });

  it('knows nothing of what was not put there', async () => {
    const storage = make();
    expect(await storage.get('files/1')).toBeNull();
    expect(await storage.size('files/1')).toBeNull();
    await storage.delete('files/1');
    await storage.deleteFolder('files');
  });

  it('keeps bytes and files, gives them whole and in ranges, replaces and deletes them', async () => {
    const storage = make();
    await storage.put('files/1/a', Buffer.from('0123456789'));
    const path = join(folder, 'source');
    writeFileSync(path, 'from a file');
    await storage.put('files/1/b', { path });
    expect(await textOf(storage, 'files/1/a')).toBe('0123456789');
    expect(await textOf(storage, 'files/1/a', { start: 2, end: 4 })).toBe('234');
    expect(await textOf(storage, 'files/1/b')).toBe('from a file');
    expect(await storage.size('files/1/b')).toBe(11);
    await storage.put('files/1/a', Buffer.from('new'));
    expect(await textOf(storage, 'files/1/a')).toBe('new');
    await storage.delete('files/1/a');
    expect(await storage.get('files/1/a')).toBeNull();
  });

  it('deletes a folder whole, and only that one', async () => {
    const storage = make();
    for (const key of ['parts/1/a', 'parts/1/b', 'parts/1/c', 'parts/1/d', 'parts/1/e', 'parts/10/a']) {
      await storage.put(key, Buffer.from('x'));
    }
    await storage.deleteFolder('parts/1');
    expect(
      await Promise.all(['parts/1/a', 'parts/1/e', 'parts/10/a'].map((key) => storage.size(key))),
    ).toEqual([null, null, 1]);
  });
});

describe('a local folder', () => {
  it('never holds half an object: what could not be written leaves nothing', async () => {
    const storage = createLocalStorage(folder);
    await expect(storage.put('files/1', { path: join(folder, 'missing') })).rejects.toThrow();
    expect(await storage.size('files/1')).toBeNull();
    expect(readdirSync(join(folder, 'files'))).toEqual([]);
  });
});

describe('S3', () => {
  it('that refuses or is not there is an error, never an absent object', async () => {
    await expect(s3({ accessKey: 'wrong' }).get('files/1')).rejects.toThrow();
    await expect(s3({ accessKey: 'wrong' }).size('files/1')).rejects.toThrow();
    await expect(s3({ endpoint: 'http://127.0.0.1:9' }).get('files/1')).rejects.toThrow();
  });

  it('is asked again when it is busy', async () => {
    fake.failures = 1;
    await s3().put('files/1', Buffer.from('x'));
    expect(fake.objects.get('files/1')?.toString()).toBe('x');
    expect(fake.requests).toEqual(['PUT /minqing/files/1', 'PUT /minqing/files/1']);
  });

  it('carries a whole upload, from parts to thumbnail', async () => {
    const server = await createFileServer({ storage: s3() });
    try {
      const photo = await makePicture();
      const id = crypto.randomUUID();
      await server.announce({ id, bytes: photo.length });
      await server.send(id, 0, photo.subarray(0, 1_000));
      expect([...fake.objects.keys()].every((key) => key.startsWith(`parts/${id}/`))).toBe(true);
      expect((await server.send(id, 1_000, photo.subarray(1_000))).body['state']).toBe('ready');
      expect((await server.download(`/api/files/${id}/thumb`, server.lin)).status).toBe(200);
      expect([...fake.objects.keys()].map((key) => key.split('/')[0])).toEqual(['files', 'files']);
    } finally {
      await server.close();
    }
  });
});
