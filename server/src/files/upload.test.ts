import { randomBytes, randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileServer, makePicture, type FileServer } from '../../../tests/support/files.ts';

const MB = 1024 * 1024;

let server: FileServer;
beforeEach(async () => {
  server = await createFileServer();
});
afterEach(() => server.close());

const rowOf = (id: string) =>
  server.store.read((db) => db.selectFrom('file').selectAll().where('id', '=', id).executeTakeFirst());

describe('announcing a file', () => {
  it('needs somebody signed on, and the CSRF word', async () => {
    const file = { id: randomUUID(), bytes: 10 };
    expect((await server.announce(file, {})).status).toBe(401);
    expect((await server.announce(file, { cookie: server.lin['cookie'] ?? '' })).body['code']).toBe(
      'csrfMissing',
    );
    expect(await rowOf(file.id)).toBeUndefined();
  });

  it('is refused without a proper id, name and size', async () => {
    const answer = await server.call('POST', '/api/files', {
      body: { id: '../../etc', name: '', bytes: 0 },
      headers: server.lin,
    });
    expect(answer.status).toBe(400);
    expect((answer.body['errors'] as { path: string }[]).map(({ path }) => path).sort()).toEqual([
      'bytes',
      'id',
      'name',
    ]);
  });

  it('is refused as anything but JSON', async () => {
    const answer = await server.call('POST', '/api/files', {
      body: 'id=1',
      headers: { ...server.lin, 'content-type': 'text/plain' },
    });
    expect(answer.body['code']).toBe('unsupportedType');
  });

  it.each([
    ['photo', 'image/jpeg', 20],
    ['document', 'application/pdf', 20],
    ['voice', 'audio/mp4', 20],
    ['video', 'video/mp4', 100],
  ])('of a %s (%s) is taken up to %i MB and refused beyond', async (_what, type, most) => {
    expect((await server.announce({ type, bytes: most * MB + 1 })).body).toMatchObject({
      code: 'tooLarge',
      title: `文件超过 ${most} MB，不能上传`,
    });
    expect((await server.announce({ type, bytes: most * MB })).body).toMatchObject({
      offset: 0,
      state: 'pending',
    });
  });

  it.each([
    ['a.svg', 'image/svg+xml'],
    ['a.html', 'text/html'],
    ['a.exe', 'application/x-msdownload'],
    ['a.zip', 'application/zip'],
    ['a.docm', 'application/vnd.ms-word.document.macroEnabled.12'],
    ['a.gif', 'image/gif'],
    ['noending', ''],
    ['a.exe', ''],
    ['a.sh', 'application/octet-stream'],
  ])('of %s as "%s" is refused', async (name, type) => {
    const answer = await server.announce({ name, type, bytes: 10 });
    expect(answer.status).toBe(422);
    expect(answer.body['code']).toBe('fileRefused');
  });

  it('under an id somebody else uses is refused, and changes nothing', async () => {
    const id = randomUUID();
    await server.announce({ id, bytes: 10 });
    expect((await server.announce({ id, bytes: 10 }, server.other)).status).toBe(403);
    expect((await rowOf(id))?.person_id).toBe(server.linId);
  });

  it('again with another size is refused', async () => {
    const id = randomUUID();
    await server.announce({ id, bytes: 10 });
    expect((await server.announce({ id, bytes: 11 })).body['code']).toBe('keyReused');
  });

  it('is refused when a hundred others wait for their bytes', async () => {
    const row = await server.announce({ bytes: 10 }).then(({ body }) => rowOf(String(body['id'])));
    const others = Array.from(
      { length: 99 },
      () => ({ ...row, id: randomUUID() }) as NonNullable<typeof row>,
    );
    await server.store.transact((tx) => tx.insertInto('file').values(others).execute());
    expect((await server.announce({ bytes: 10 })).body).toMatchObject({
      code: 'fileRefused',
      title: '没传完的文件太多，请先等它们传完',
    });
    expect((await server.announce({ bytes: 10 }, server.other)).status).toBe(200);
  });

  it('keeps a name that is safe to show, whatever was sent', async () => {
    const names: [string, string][] = [
      ['..\\..\\C:\\照 片\u0000.jpg', '照 片.jpg'],
      ['/etc/passwd.jpg', 'passwd.jpg'],
      ['\u202egpj.exe.jpg', 'gpj.exe.jpg'],
      [`${'长'.repeat(300)}.jpeg`, `${'长'.repeat(75)}.jpeg`],
      ['...', '文件'],
      ['<img src=x>.jpg', 'img src=x.jpg'],
    ];
    for (const [given, kept] of names) {
      const { body } = await server.announce({ name: given, bytes: 10 });
      expect((await rowOf(String(body['id'])))?.name).toBe(kept);
    }
  });
});

describe('sending bytes', () => {
  it('needs somebody signed on, the CSRF word, and to be their own file', async () => {
    const id = randomUUID();
    await server.announce({ id, bytes: 10 });
    expect((await server.send(id, 0, randomBytes(10), {})).status).toBe(401);
    expect(
      (await server.send(id, 0, randomBytes(10), { cookie: server.lin['cookie'] ?? '' })).body['code'],
    ).toBe('csrfMissing');
    expect((await server.send(id, 0, randomBytes(10), server.other)).status).toBe(404);
    expect((await server.call('GET', `/api/files/${id}/status`, { headers: server.other })).status).toBe(404);
    expect((await rowOf(id))?.received).toBe(0);
  });

  it('to an id never announced is 404, to a path that is no id too', async () => {
    expect((await server.send(randomUUID(), 0, randomBytes(1))).status).toBe(404);
    expect((await server.send('..%2f..%2fetc', 0, randomBytes(1))).status).toBe(404);
  });

  it('is refused with another content type, or without a whole offset', async () => {
    const id = randomUUID();
    await server.announce({ id, bytes: 10 });
    const patch = (headers: Record<string, string>) =>
      server.call('PATCH', `/api/files/${id}`, { body: 'x', headers: { ...server.lin, ...headers } });
    expect((await patch({ 'content-type': 'multipart/form-data', 'upload-offset': '0' })).status).toBe(415);
    for (const offset of ['', '-1', '1.5', '0x1', 'NaN']) {
      expect(
        (await patch({ 'content-type': 'application/offset+octet-stream', 'upload-offset': offset })).status,
      ).toBe(400);
    }
  });

  it('at the wrong place, ahead or behind, is answered the right one and kept nowhere', async () => {
    const photo = await makePicture();
    const id = randomUUID();
    await server.announce({ id, bytes: photo.length });
    expect((await server.send(id, 0, photo.subarray(0, 1_000))).body).toEqual({
      id,
      offset: 1_000,
      state: 'pending',
    });
    for (const wrong of [0, 999, 1_001, photo.length]) {
      const answer = await server.send(id, wrong, photo.subarray(0, 100));
      expect(answer.status).toBe(409);
      expect(answer.body).toMatchObject({ code: 'wrongOffset', offset: 1_000 });
    }
    expect((await server.announce({ id, bytes: photo.length })).body).toEqual({
      id,
      offset: 1_000,
      state: 'pending',
    });
    expect((await server.send(id, 1_000, photo.subarray(1_000))).body).toEqual({
      id,
      offset: photo.length,
      state: 'ready',
    });
  });

  it('beyond the announced size is refused', async () => {
    const id = randomUUID();
    await server.announce({ id, bytes: 10 });
    expect((await server.send(id, 0, randomBytes(11))).body['code']).toBe('tooLarge');
    expect((await rowOf(id))?.received).toBe(0);
  });

  it('of a finished file answers how it ended, any number of times', async () => {
    const photo = await makePicture();
    const { id } = await server.upload(photo, 'a.jpg', 'image/jpeg');
    for (const offset of [0, photo.length]) {
      expect((await server.send(id, offset, photo)).body).toEqual({
        id,
        offset: photo.length,
        state: 'ready',
      });
    }
    const refused = await server.upload(Buffer.from('not a picture at all'), 'a.jpg', 'image/jpeg');
    const again = {
      id: refused.id,
      offset: 20,
      state: 'refused',
      problem: '不能上传这种文件，请传照片、PDF、Office 文件、语音或视频',
    };
    expect((await server.announce({ id: refused.id, bytes: 20 })).body).toEqual(again);
    expect(
      (await server.call('GET', `/api/files/${refused.id}/status`, { headers: server.lin })).body,
    ).toEqual(again);
  });

  it('from two devices at once mixes nothing: one is taken at each place', async () => {
    const photo = await makePicture(2_000, 1_500, 'png');
    const id = randomUUID();
    await server.announce({ id, bytes: photo.length, name: 'a.png', type: 'image/png' });
    const middle = Math.floor(photo.length / 2);
    const first = await Promise.all([1, 2, 3, 4].map(() => server.send(id, 0, photo.subarray(0, middle))));
    expect(first.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect(first.filter(({ status }) => status === 409).every(({ body }) => body['offset'] === middle)).toBe(
      true,
    );
    const second = await Promise.all([1, 2, 3, 4].map(() => server.send(id, middle, photo.subarray(middle))));
    expect(second.some(({ body }) => body['state'] === 'ready')).toBe(true);
    const { bytes } = await server.download(`/api/files/${id}`, server.lin);
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 2_000, height: 1_500 });
  });

  it('goes on after a restart from where the bytes are', async () => {
    const photo = await makePicture();
    const id = randomUUID();
    await server.announce({ id, bytes: photo.length });
    await server.send(id, 0, photo.subarray(0, 1_000));
    await server.restart();
    expect((await server.announce({ id, bytes: photo.length })).body['offset']).toBe(1_000);
    expect((await server.send(id, 1_000, photo.subarray(1_000))).body['state']).toBe('ready');
  });
});

describe('a 20 MB photo', () => {
  /** Noise does not shrink: about 20 MB as PNG. */
  async function bigPhoto(): Promise<Buffer> {
    const side = 2_560;
    const photo = await sharp(randomBytes(side * side * 3), {
      raw: { width: side, height: side, channels: 3 },
    })
      .png({ compressionLevel: 1 })
      .toBuffer();
    expect(photo.length).toBeGreaterThan(19 * MB);
    expect(photo.length).toBeLessThanOrEqual(20 * MB);
    return photo;
  }

  /** Sends the rest of the file over a socket of its own, cutting it after `most` bytes; answers what the socket sent. */
  function sendOver(id: string, bytes: Buffer, offset: number, most: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const rest = bytes.subarray(offset);
      const request = httpRequest(`${server.url}/api/files/${id}`, {
        method: 'PATCH',
        agent: false,
        headers: {
          ...server.lin,
          'content-type': 'application/offset+octet-stream',
          'upload-offset': offset,
          'content-length': rest.length,
        },
      });
      let sent = 0;
      request.on('response', (response) => {
        response.resume().on('end', () => resolve(request.socket?.bytesWritten ?? 0));
      });
      request.on('error', (error) => (sent > 0 ? resolve(sent) : reject(error)));
      if (rest.length <= most) {
        request.end(rest);
        return;
      }
      request.write(rest.subarray(0, most), () => {
        sent = request.socket?.bytesWritten ?? 0;
        request.destroy();
        resolve(sent);
      });
    });
  }

  it('cut at half sends less than 1.3 times its bytes, and comes out whole', async () => {
    const photo = await bigPhoto();
    const id = randomUUID();
    const file = { id, bytes: photo.length, name: 'big.png', type: 'image/png' };
    await server.announce(file);
    const first = await sendOver(id, photo, 0, Math.floor(photo.length / 2));
    // The server sees the cut a moment after the client; until then its place moves on.
    await expect
      .poll(async () => (await server.announce(file)).body['offset'] as number, { timeout: 10_000 })
      .toBeGreaterThan(photo.length * 0.45);
    let offset = Number((await server.announce(file)).body['offset']);
    let second = await sendOver(id, photo, offset, photo.length);
    for (let tries = 0; tries < 3 && (await rowOf(id))?.state === 'pending'; tries += 1) {
      offset = Number((await server.announce(file)).body['offset']);
      second += await sendOver(id, photo, offset, photo.length);
    }
    expect(first).toBeGreaterThan(photo.length * 0.45);
    expect(first + second).toBeLessThan(photo.length * 1.3);
    expect((await server.announce(file)).body).toEqual({ id, offset: photo.length, state: 'ready' });
    const { bytes } = await server.download(`/api/files/${id}`, server.lin);
    const [sent, kept] = await Promise.all(
      [photo, bytes].map((picture) => sharp(picture).removeAlpha().raw().toBuffer()),
    );
    expect(kept?.equals(sent ?? Buffer.alloc(0))).toBe(true);
  });

  it('cut twice in one chunk of all its bytes keeps what came, to within a segment', async () => {
    const photo = await bigPhoto();
    const id = randomUUID();
    const file = { id, bytes: photo.length, name: 'big.png', type: 'image/png' };
    await server.announce(file);
    let at = 0;
    for (const most of [3 * MB, 5 * MB]) {
      const cutAt = at + most;
      await sendOver(id, photo, at, most);
      await expect
        .poll(async () => (await rowOf(id))?.received, { timeout: 10_000 })
        .toBeGreaterThan(cutAt - 600 * 1024);
      at = Number((await server.announce(file)).body['offset']);
      expect(at).toBeLessThanOrEqual(cutAt);
    }
  });

  it('whose connection went silent goes on over another one, with nothing sent twice', async () => {
    const photo = await bigPhoto();
    const id = randomUUID();
    const file = { id, bytes: photo.length, name: 'big.png', type: 'image/png' };
    await server.announce(file);
    const silent = httpRequest(`${server.url}/api/files/${id}`, {
      method: 'PATCH',
      agent: false,
      headers: {
        ...server.lin,
        'content-type': 'application/offset+octet-stream',
        'upload-offset': 0,
        'content-length': photo.length,
      },
    });
    silent.on('error', () => undefined);
    await new Promise((resolve) => silent.write(photo.subarray(0, 2_000_000), resolve));
    await expect.poll(async () => (await rowOf(id))?.received).toBeGreaterThan(0);
    const { body } = await server.announce(file);
    expect(body).toEqual({ id, offset: 2_000_000, state: 'pending' });
    await sendOver(id, photo, 2_000_000, photo.length);
    expect((await rowOf(id))?.state).toBe('ready');
    silent.destroy();
  });
});
