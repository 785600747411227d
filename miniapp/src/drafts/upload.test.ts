import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMock, type Mock } from '../../tests/mock-api/mock.ts';
import { mockFetch } from '../../tests/mock-api/fetch.ts';
import type { LocalFile } from './types.ts';
import { CHUNK_BYTES, uploadFile } from './upload.ts';

let mock: Mock;
let lengths: number[];

beforeEach(() => {
  mock = createMock();
  lengths = [];
  mock.control.fail = (request) => {
    if (request.method === 'PATCH') {
      lengths.push(request.body.length);
    }
    return null;
  };
  vi.stubGlobal('fetch', mockFetch(mock));
});
afterEach(() => vi.unstubAllGlobals());

function file(bytes: number): LocalFile {
  return {
    id: 'f-1',
    personId: 'member',
    owner: 'c-1',
    name: '照片.jpg',
    type: 'image/jpeg',
    bytes,
    blob: new Blob([new Uint8Array(bytes)]),
  };
}

describe('an upload', () => {
  it('goes in chunks and tells how far it is', async () => {
    const told: number[] = [];
    const end = await uploadFile(file(CHUNK_BYTES * 2 + 10), (offset) => told.push(offset));
    expect(end.state).toBe('ready');
    expect(lengths).toEqual([CHUNK_BYTES, CHUNK_BYTES, 10]);
    expect(told).toEqual([0, CHUNK_BYTES, CHUNK_BYTES * 2, CHUNK_BYTES * 2 + 10]);
  });

  it('continues from where the server has it', async () => {
    mock.world.files.set('f-1', {
      id: 'f-1',
      name: '照片.jpg',
      bytes: CHUNK_BYTES * 3,
      type: 'image/jpeg',
      offset: CHUNK_BYTES * 2,
    });
    await uploadFile(file(CHUNK_BYTES * 3), () => undefined);
    expect(lengths).toEqual([CHUNK_BYTES]);
  });

  it('takes the right place from a refusal that tells it', async () => {
    const real = mock.control.fail!;
    let first = true;
    mock.control.fail = (request) => {
      if (request.method === 'PATCH' && first) {
        first = false;
        // Another tab sent the first chunk meanwhile.
        mock.world.files.get('f-1')!.offset = CHUNK_BYTES;
      }
      return real(request);
    };
    await uploadFile(file(CHUNK_BYTES * 2), () => undefined);
    expect(mock.world.files.get('f-1')!.offset).toBe(CHUNK_BYTES * 2);
  });

  it('does not run for ever against a server that takes nothing', async () => {
    mock.control.fail = (request) =>
      request.method === 'PATCH' ? { status: 200, body: { id: 'f-1', offset: 0, state: 'pending' } } : null;
    await expect(uploadFile(file(100), () => undefined)).rejects.toMatchObject({ code: 'uploadStuck' });
  });
});
