/** A server with real files, and pictures made for the occasion. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RequestHandler } from 'express';
import sharp from 'sharp';
import { createFiles, createLocalStorage, type Files, type Storage } from '../../server/src/files/index.ts';
import { silentLog } from '../../server/src/log.ts';
import { viewerOf } from '../../server/src/http/index.ts';
import { createTestServer, type TestAnswer, type TestServer } from './http.ts';

export interface FileServer extends TestServer {
  files: Files;
  storage: Storage;
  /** Headers of 林晓, who uploads; 周凯, who works on cases; 路人, another member. */
  lin: Record<string, string>;
  zhou: Record<string, string>;
  other: Record<string, string>;
  linId: string;
  /** Announces; the id is fresh unless given. */
  announce(
    file: { id?: string; name?: string; bytes: number; type?: string },
    as?: Record<string, string>,
  ): Promise<TestAnswer>;
  /** Sends one chunk. */
  send(id: string, offset: number, bytes: Uint8Array, as?: Record<string, string>): Promise<TestAnswer>;
  /** Announces and sends a whole file; answers its id and the last answer. */
  upload(bytes: Uint8Array, name: string, type: string): Promise<{ id: string; answer: TestAnswer }>;
  download(
    path: string,
    headers: Record<string, string>,
  ): Promise<{ status: number; headers: Headers; bytes: Buffer }>;
  /** Replaces files/ by another one over the same store and storage, as after a restart. */
  restart(change?: { ffmpeg?: string; storage?: Storage }): Promise<void>;
}

/** @param change parts of files/ to replace; without `ffmpeg` there is none */
export async function createFileServer(
  change: { ffmpeg?: string; storage?: Storage } = {},
): Promise<FileServer> {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-files-'));
  let files: Files;
  const router: RequestHandler = (request, response, next) => files.router(request, response, next);
  const server = await createTestServer({ filesRouter: router as never });
  const storage = change.storage ?? createLocalStorage(folder);
  const build = (more: { ffmpeg?: string; storage?: Storage }): Files =>
    createFiles({
      store: server.store,
      clock: server.clock,
      config: server.config,
      log: silentLog,
      viewerOf,
      cases: server.cases,
      storage: more.storage ?? storage,
      ffmpeg: more.ffmpeg ?? '/nonexistent/ffmpeg',
      patienceMs: 60_000,
    });
  files = build(change);
  const linId = await server.addPerson('lin', '林晓', { role: 'member', unitId: 'cppcc', areaId: '330700' });
  await server.addPerson('zhou', '周凯', { role: 'handler', unitId: 'traffic', areaId: '330700' });
  await server.addPerson('other', '路人', { role: 'member', unitId: 'cppcc', areaId: '330700' });
  // As cases/ answers before any case names the file.
  server.cases.maySeeFile = async (viewer, fileId) => {
    const row = await server.store.read((db) =>
      db.selectFrom('file').select('person_id').where('id', '=', fileId).executeTakeFirst(),
    );
    return viewer.kind === 'person' && row?.person_id === viewer.personId;
  };
  const lin = (await server.signOn('lin')).headers;
  const zhou = (await server.signOn('zhou')).headers;
  const other = (await server.signOn('other')).headers;

  const announce: FileServer['announce'] = (file, as = lin) =>
    server.call('POST', '/api/files', {
      body: { id: randomUUID(), name: '照片.jpg', type: 'image/jpeg', ...file },
      headers: as,
    });
  const send: FileServer['send'] = async (id, offset, bytes, as = lin) => {
    const response = await fetch(`${server.url}/api/files/${id}`, {
      method: 'PATCH',
      headers: { ...as, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
      body: new Uint8Array(bytes),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: JSON.parse(text) };
  };

  return {
    ...server,
    get files() {
      return files;
    },
    storage,
    lin,
    zhou,
    other,
    linId,
    announce,
    send,
    async upload(bytes, name, type) {
      const id = randomUUID();
      const announced = await announce({ id, name, type, bytes: bytes.length });
      return { id, answer: announced.status === 200 ? await send(id, 0, bytes) : announced };
    },
    async download(path, headers) {
      const response = await fetch(server.url + path, { headers });
      return {
        status: response.status,
        headers: response.headers,
        bytes: Buffer.from(await response.arrayBuffer()),
      };
    },
    async restart(more = {}) {
      await files.stop();
      files = build(more);
    },
    async close() {
      await files.stop();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A JPEG that shows its left half red and its right half blue. */
export async function makePicture(
  width = 600,
  height = 400,
  format: 'jpeg' | 'png' | 'webp' = 'jpeg',
): Promise<Buffer> {
  const half = await sharp({
    create: { width: Math.floor(width / 2), height, channels: 3, background: '#c00' },
  })
    .png()
    .toBuffer();
  return sharp({ create: { width, height, channels: 3, background: '#00c' } })
    .composite([{ input: half, left: 0, top: 0 }])
    .toFormat(format)
    .toBuffer();
}

/** Runs a program over a picture in a file of its own. A missing program fails the test that needs it. */
function through(
  program: string,
  args: (path: string) => string[],
  bytes: Uint8Array,
  name: string,
  result = name,
): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-picture-'));
  try {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    execFileSync(program, args(path), { stdio: ['ignore', 'pipe', 'pipe'], cwd: folder });
    return readFileSync(join(folder, result));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes a place (金华), a camera and what else is asked for into the picture (Debian: libimage-exiftool-perl). */
export function withPlace(bytes: Uint8Array, ending: string, more: string[] = []): Buffer {
  const place = ['-GPSLatitude=29.1028', '-GPSLatitudeRef=N', '-GPSLongitude=119.6495', '-GPSLongitudeRef=E'];
  const camera = ['-Make=Canary', '-Model=CanaryPhone', '-Artist=林晓', '-XMP:City=金华'];
  return through(
    'exiftool',
    (path) => ['-overwrite_original', '-n', ...place, ...camera, ...more, path],
    bytes,
    `picture.${ending}`,
  );
}

/** Everything exiftool finds in the bytes, by name. */
export function tagsOf(bytes: Uint8Array, ending: string): Record<string, unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-picture-'));
  try {
    const path = join(folder, `picture.${ending}`);
    writeFileSync(path, bytes);
    const text = execFileSync('exiftool', ['-json', '-a', '-u', '-ee', path], { encoding: 'utf8' });
    return (JSON.parse(text) as Record<string, unknown>[])[0] ?? {};
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A HEIC of the picture (Debian: libheif-examples). */
export async function makeHeic(width = 600, height = 400): Promise<Buffer> {
  const png = await makePicture(width, height, 'png');
  return through(
    'heif-enc',
    (path) => ['-q', '60', '-o', 'picture.heic', path],
    png,
    'picture.png',
    'picture.heic',
  );
}
