/** Sends the demo's photos as their authors' phones would: sign on, announce, bytes. */
import { createHash, randomUUID } from 'node:crypto';

export interface Uploader {
  /** Resolves with the file's id once its bytes have arrived. */
  upload(userId: string, key: string, name: string, bytes: Buffer): Promise<string>;
}

/** A UUID that depends on the key alone, so that every demo has the same files. */
export function fixedUuid(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** @param server `http://127.0.0.1:<port>`; @param messenger its control API's base, without `/control` */
export async function createUploader(server: string, messenger: string, hostId: string): Promise<Uploader> {
  const people = (await (await fetch(`${messenger}/control/people`)).json()) as {
    id: string;
    userid: string;
  }[];
  const idOf = new Map(people.map((p) => [p.userid, p.id]));
  const tokens = new Map<string, string>();

  async function tokenOf(userId: string): Promise<string> {
    const known = tokens.get(userId);
    if (known !== undefined) {
      return known;
    }
    const minted = await fetch(`${messenger}/control/people/${idOf.get(userId) ?? userId}/code`, {
      method: 'POST',
    });
    const { code } = (await minted.json()) as { code: string };
    const signed = await fetch(`${server}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify({ hostId, code, mode: 'bearer' }),
    });
    const { token } = (await signed.json()) as { token?: string };
    if (token === undefined) {
      throw new Error(`${userId} could not sign on for the demo's photos: ${signed.status}`);
    }
    tokens.set(userId, token);
    return token;
  }

  return {
    async upload(userId, key, name, bytes) {
      const id = fixedUuid(key);
      const authorization = `Bearer ${await tokenOf(userId)}`;
      await expectOk(
        fetch(`${server}/api/files`, {
          method: 'POST',
          headers: { authorization, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
          body: JSON.stringify({ id, name, bytes: bytes.length, type: 'image/jpeg' }),
        }),
      );
      await expectOk(
        fetch(`${server}/api/files/${id}`, {
          method: 'PATCH',
          headers: { authorization, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
          body: new Uint8Array(bytes),
        }),
      );
      return id;
    },
  };
}

async function expectOk(asked: Promise<Response>): Promise<void> {
  const answer = await asked;
  if (!answer.ok) {
    throw new Error(`a demo photo was not taken: ${answer.status} ${await answer.text()}`);
  }
}
