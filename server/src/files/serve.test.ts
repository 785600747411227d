import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileServer, makePicture, type FileServer } from '../../../tests/support/files.ts';

let server: FileServer;
beforeEach(async () => {
  server = await createFileServer();
});
afterEach(() => server.close());

const DAY_MS = 86_400_000;
const VIDEO = Buffer.concat([
  Buffer.from('00000018667479706d70343200000000', 'hex'),
  Buffer.from('mp42isom'),
  Buffer.from('0123456789'),
]);

describe('fetching a file', () => {
  it('needs somebody signed on who may see it; to all others it does not exist', async () => {
    const { id } = await server.upload(await makePicture(), 'a.jpg', 'image/jpeg');
    for (const path of [`/api/files/${id}`, `/api/files/${id}/thumb`]) {
      expect((await server.download(path, {})).status).toBe(401);
      expect((await server.download(path, server.other)).status).toBe(404);
      expect((await server.download(path, server.lin)).status).toBe(200);
    }
  });

  it('asks cases/ each time, with who asks and for which file', async () => {
    const { id } = await server.upload(await makePicture(), 'a.jpg', 'image/jpeg');
    const asked: unknown[] = [];
    server.cases.maySeeFile = async (viewer, fileId) => {
      asked.push([viewer.kind, fileId]);
      return asked.length === 1;
    };
    expect((await server.download(`/api/files/${id.toUpperCase()}`, server.zhou)).status).toBe(200);
    expect((await server.download(`/api/files/${id}`, server.zhou)).status).toBe(404);
    expect(asked).toEqual([
      ['person', id],
      ['person', id],
    ]);
  });

  it('before it is whole, and under ids that are none, is 404', async () => {
    const { body } = await server.announce({ bytes: 10 });
    expect((await server.download(`/api/files/${String(body['id'])}`, server.lin)).status).toBe(404);
    for (const id of ['x', '..%2f..%2fetc%2fpasswd', '%00', '00000000-0000-4000-8000-000000000000']) {
      expect((await server.download(`/api/files/${id}`, server.lin)).status).toBe(404);
      expect((await server.download(`/api/files/${id}/thumb?card=1.x`, server.lin)).status).toBe(404);
    }
  });

  it('comes with a name in Chinese and as nothing that could act as a page', async () => {
    const { id } = await server.upload(await makePicture(), "路口 'a'.jpg", 'image/jpeg');
    const { headers, bytes } = await server.download(`/api/files/${id}`, server.lin);
    expect(headers.get('content-disposition')).toBe(
      `inline; filename="__ 'a'.jpg"; filename*=UTF-8''${encodeURIComponent('路口')}%20%27a%27.jpg`,
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain('sandbox');
    expect(headers.get('cache-control')).toBe('private, no-cache, no-transform');
    expect(Number(headers.get('content-length'))).toBe(bytes.length);
  });

  it('again, unchanged, is 304, but not for somebody who may not see it', async () => {
    const { id } = await server.upload(await makePicture(), 'a.jpg', 'image/jpeg');
    const etag = (await server.download(`/api/files/${id}`, server.lin)).headers.get('etag') ?? '';
    // `no-cache` asks for the whole; fetch would add it by itself.
    const again = (headers: Record<string, string>) =>
      server.call('GET', `/api/files/${id}`, {
        headers: { ...headers, 'if-none-match': etag, 'cache-control': 'max-age=0' },
      });
    expect((await again(server.lin)).status).toBe(304);
    expect((await again(server.other)).status).toBe(404);
  });

  it('gives players the range they ask for', async () => {
    const { id } = await server.upload(VIDEO, 'a.mp4', 'video/mp4');
    const total = VIDEO.length;
    const ask = (range: string, more: Record<string, string> = {}) =>
      server.download(`/api/files/${id}`, { ...server.lin, range, ...more });
    for (const [range, start, end] of [
      ['bytes=0-3', 0, 3],
      ['bytes=24-', 24, total - 1],
      ['bytes=-4', total - 4, total - 1],
      ['bytes=30-9999', 30, total - 1],
      ['bytes=-9999', 0, total - 1],
    ] as const) {
      const answer = await ask(range);
      expect(answer.status).toBe(206);
      expect(answer.headers.get('content-range')).toBe(`bytes ${start}-${end}/${total}`);
      expect(answer.bytes.equals(VIDEO.subarray(start, end + 1))).toBe(true);
    }
    const beyond = await ask(`bytes=${total}-`);
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${total}`]);
    for (const whole of ['bytes=3-1', 'bytes=-', 'bytes=0-1,4-5', 'lines=0-1']) {
      expect((await ask(whole)).status).toBe(200);
    }
    expect((await ask('bytes=0-3', { 'if-range': '"changed"' })).status).toBe(200);
    const head = await fetch(`${server.url}/api/files/${id}`, { method: 'HEAD', headers: server.lin });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(total)]);
  });
});

describe('a thumbnail for a card', () => {
  const pathOf = (link: string): string => link.slice(server.config.publicUrl.length);

  it('is fetched without a session by its link alone, and the whole picture is not', async () => {
    const { id } = await server.upload(await makePicture(), 'a.jpg', 'image/jpeg');
    const link = server.files.thumbLink(id);
    expect(link.startsWith(`${server.config.publicUrl}/api/files/${id}/thumb?card=`)).toBe(true);
    const answer = await server.download(pathOf(link), {});
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect((await server.download(pathOf(link).replace('/thumb', ''), {})).status).toBe(401);
  });

  it('is refused with a word that was changed, or made for another file, or is empty', async () => {
    const { id } = await server.upload(await makePicture(), 'a.jpg', 'image/jpeg');
    const other = await server.upload(await makePicture(), 'b.jpg', 'image/jpeg');
    const [path = '', word = ''] = pathOf(server.files.thumbLink(id)).split('?card=');
    const [expires = '', mac = ''] = word.split('.');
    const later = (Number.parseInt(expires, 36) + 1).toString(36);
    const flipped = (mac.startsWith('A') ? 'B' : 'A') + mac.slice(1);
    for (const card of ['', 'x', `${later}.${mac}`, `${expires}.${flipped}`, `${expires}.`, `.${mac}`, mac]) {
      expect((await server.download(`${path}?card=${card}`, {})).status).toBe(404);
    }
    expect((await server.download(`/api/files/${other.id}/thumb?card=${word}`, {})).status).toBe(404);
  });

  it('lives thirty days and stays the same for a while, so that cards stay the same', async () => {
    const { id } = await server.upload(await makePicture(), 'a.jpg', 'image/jpeg');
    const week = 7 * DAY_MS;
    server.clock.machine = Math.floor(server.clock.machine / week) * week;
    const link = server.files.thumbLink(id);
    server.clock.machine += week - 1;
    expect(server.files.thumbLink(id)).toBe(link);
    server.clock.machine += 30 * DAY_MS;
    expect((await server.download(pathOf(link), {})).status).toBe(200);
    server.clock.machine += 1;
    expect((await server.download(pathOf(link), {})).status).toBe(404);
  });

  it('is not there for a file that is not', async () => {
    const { body } = await server.announce({ bytes: 10 });
    expect((await server.download(pathOf(server.files.thumbLink(String(body['id']))), {})).status).toBe(404);
  });
});
