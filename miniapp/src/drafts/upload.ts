import { api, ApiError, asApiError, newId, type UploadState } from '../api/index.ts';
import type { LocalFile } from './types.ts';

/** Bytes of one chunk: what a weak network carries in a few seconds, so that little is sent twice. */
export const CHUNK_BYTES = 512 * 1024;

function offsetIn(error: ApiError): number | null {
  const offset = (error.body as { offset?: unknown }).offset;
  return typeof offset === 'number' ? offset : null;
}

async function chunkAt(file: LocalFile, offset: number): Promise<UploadState> {
  const bytes = file.blob.slice(offset, Math.min(offset + CHUNK_BYTES, file.bytes));
  try {
    return await api.sendChunk(file.id, offset, bytes, newId());
  } catch (thrown) {
    const error = asApiError(thrown);
    if (error.code !== 'wrongOffset') {
      throw error;
    }
    const told = offsetIn(error);
    return told === null ? api.fileStatus(file.id) : { id: file.id, offset: told, state: 'pending' };
  }
}

/**
 * Sends a file from wherever the server has it: announcing it again answers how far it has come, so a cut upload
 * continues instead of starting over. Resolves with the server's last word; throws ApiError when the way is cut.
 */
export async function uploadFile(file: LocalFile, progress: (offset: number) => void): Promise<UploadState> {
  let at = await api.announceFile(
    { id: file.id, name: file.name, bytes: file.bytes, type: file.type },
    newId(),
  );
  progress(at.offset);
  let stuck = 0;
  while (at.state === 'pending' && at.offset < file.bytes) {
    const next = await chunkAt(file, at.offset);
    stuck = next.offset > at.offset ? 0 : stuck + 1;
    if (stuck > 3) {
      throw new ApiError({ code: 'uploadStuck', status: 0, title: '没传上，请重传' });
    }
    at = next;
    progress(at.offset);
  }
  return at;
}
