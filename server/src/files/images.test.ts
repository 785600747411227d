import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createFileServer,
  makeHeic,
  makePicture,
  tagsOf,
  withPlace,
  type FileServer,
} from '../../../tests/support/files.ts';

let server: FileServer;
beforeEach(async () => {
  server = await createFileServer();
});
afterEach(() => server.close());

const TELLING = /GPS|Make|Model|Artist|City|Comment|XMP|Software|DateTimeOriginal|Serial|Lens/i;

/** What the bytes say beyond pixels. */
const telling = (bytes: Buffer, ending: string): string[] =>
  Object.keys(tagsOf(bytes, ending)).filter((name) => TELLING.test(name));

async function colourAt(bytes: Buffer, left: number, top: number): Promise<number[]> {
  const pixel = await sharp(bytes).extract({ left, top, width: 1, height: 1 }).removeAlpha().raw().toBuffer();
  return [...pixel];
}

describe('a picture', () => {
  it('that claims more pixels than fifty million is refused unread', async () => {
    const bomb = await sharp({ create: { width: 8_000, height: 7_000, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    expect(bomb.length).toBeLessThan(1_000_000);
    const { answer } = await server.upload(bomb, 'bomb.png', 'image/png');
    expect(answer.body).toMatchObject({ state: 'refused', problem: '照片的像素太多，请缩小后再传' });
  });

  it('that is cut off is refused, and its bytes are gone', async () => {
    const whole = await makePicture(1_200, 800);
    const { id, answer } = await server.upload(whole.subarray(0, whole.length - 400), 'a.jpg', 'image/jpeg');
    expect(answer.body).toMatchObject({ state: 'refused', problem: '照片已损坏，打不开' });
    expect((await server.download(`/api/files/${id}`, server.lin)).status).toBe(404);
    const row = await server.store.read((db) =>
      db.selectFrom('file').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    );
    expect(row.storage_key).toBeNull();
  });

  it('as JPEG loses place, camera and names, and keeps what it shows', async () => {
    const photo = withPlace(await makePicture(), 'jpg');
    expect(telling(photo, 'jpg')).toEqual(expect.arrayContaining(['GPSLatitude', 'Make', 'Artist', 'City']));
    const { id, answer } = await server.upload(photo, '路口.jpg', 'image/jpeg');
    expect(answer.body).toEqual({ id, offset: photo.length, state: 'ready' });
    const { bytes, headers } = await server.download(`/api/files/${id}`, server.lin);
    expect(headers.get('content-type')).toBe('image/jpeg');
    expect(telling(bytes, 'jpg')).toEqual([]);
    expect(bytes.includes('Canary')).toBe(false);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 600, height: 400 });
    expect((await colourAt(bytes, 50, 200))[0]).toBeGreaterThan(180);
    expect((await colourAt(bytes, 550, 200))[2]).toBeGreaterThan(180);
  });

  it.each(['png', 'webp'] as const)('as %s stays that type and loses place and camera', async (format) => {
    const photo = withPlace(await makePicture(600, 400, format), format);
    expect(telling(photo, format)).toContain('GPSLatitude');
    const { id, answer } = await server.upload(photo, `a.${format}`, `image/${format}`);
    expect(answer.body['state']).toBe('ready');
    const { bytes, headers } = await server.download(`/api/files/${id}`, server.lin);
    expect(headers.get('content-type')).toBe(`image/${format}`);
    expect(telling(bytes, format)).toEqual([]);
    expect((await sharp(bytes).metadata()).format).toBe(format);
  });

  it('is turned upright once and for all', async () => {
    const lying = withPlace(await makePicture(), 'jpg', ['-Orientation=6']);
    const { id } = await server.upload(lying, 'a.jpg', 'image/jpeg');
    const { bytes } = await server.download(`/api/files/${id}`, server.lin);
    const facts = await sharp(bytes).metadata();
    expect([facts.width, facts.height, facts.orientation]).toEqual([400, 600, undefined]);
    expect((await colourAt(bytes, 200, 50))[0]).toBeGreaterThan(180);
    expect((await colourAt(bytes, 200, 550))[2]).toBeGreaterThan(180);
  });

  it('is made no longer than 4096 pixels, and its thumbnail no longer than 320', async () => {
    const { id } = await server.upload(await makePicture(6_000, 3_000), 'a.jpg', 'image/jpeg');
    const { bytes } = await server.download(`/api/files/${id}`, server.lin);
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 4_096, height: 2_048 });
    const thumb = await server.download(`/api/files/${id}/thumb`, server.lin);
    expect(await sharp(thumb.bytes).metadata()).toMatchObject({ format: 'jpeg', width: 320, height: 160 });
  });

  it('leaves behind whatever was appended to it', async () => {
    const two = Buffer.concat([
      await makePicture(),
      Buffer.from('<script>alert(1)</script>PK\x03\x04canary'),
    ]);
    const { id, answer } = await server.upload(two, 'a.jpg', 'image/jpeg');
    expect(answer.body['state']).toBe('ready');
    const { bytes } = await server.download(`/api/files/${id}`, server.lin);
    expect(bytes.includes('canary') || bytes.includes('script')).toBe(false);
  });
});

describe('a HEIC', () => {
  it('that is damaged is refused', async () => {
    const photo = await makeHeic();
    const { answer } = await server.upload(photo.subarray(0, photo.length / 2), 'a.heic', 'image/heic');
    expect(answer.body).toMatchObject({ state: 'refused', problem: '照片已损坏，打不开' });
  });

  it('with place becomes a JPEG without it, called so', async () => {
    const photo = withPlace(await makeHeic(), 'heic');
    expect(telling(photo, 'heic')).toEqual(expect.arrayContaining(['GPSLatitude', 'Make', 'Artist']));
    const { id, answer } = await server.upload(photo, 'IMG_0001.HEIC', '');
    expect(answer.body).toEqual({ id, offset: photo.length, state: 'ready' });
    const { bytes, headers } = await server.download(`/api/files/${id}`, server.lin);
    expect(headers.get('content-type')).toBe('image/jpeg');
    expect(headers.get('content-disposition')).toContain('filename="IMG_0001.jpg"');
    expect(telling(bytes, 'jpg')).toEqual([]);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 600, height: 400 });
    expect((await colourAt(bytes, 50, 200))[0]).toBeGreaterThan(180);
    expect((await colourAt(bytes, 550, 200))[2]).toBeGreaterThan(180);
    const thumb = await server.download(`/api/files/${id}/thumb`, server.lin);
    expect(telling(thumb.bytes, 'jpg')).toEqual([]);
  });

  it('is decoded one at a time, and all come out whole', async () => {
    const photo = await makeHeic(320, 240);
    const answers = await Promise.all([1, 2, 3].map((n) => server.upload(photo, `${n}.heic`, 'image/heic')));
    expect(answers.map(({ answer }) => answer.body['state'])).toEqual(['ready', 'ready', 'ready']);
  });
});
