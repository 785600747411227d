/** Attachments: ours go out as links that are signed and expire; theirs are fetched, checked and kept like uploads. */
import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { ExchangeFile } from '@minqing/shared/exchange';
import type { Clock } from '../clock.ts';
import type { Files } from '../files/index.ts';
import { sha256 } from '../store/index.ts';
import { Unreachable, type ExchangeClient } from './client.ts';
import { ExchangeRefusal } from './model.ts';
import type { Partner } from './partners.ts';

const LINK_MS = 7 * 86_400_000;

export interface OutboundFiles {
  /** What is ready of these files, each with a fresh link; `pending` while bytes of one are still to come. */
  describe(
    partnerId: string,
    fileIds: readonly string[],
  ): Promise<{ ready: ExchangeFile[]; pending: boolean }>;
}

export interface ExchangeFiles extends OutboundFiles {
  /** Whether the link was made here for this file and platform and has not expired. */
  isGood(fileId: string, query: Readonly<Record<string, unknown>>): boolean;
  /** Fetches what a message brings; answers our ids. Throws `fileMissing`, which the caller keeps, or `Unreachable`. */
  bring(partner: Partner, files: readonly ExchangeFile[]): Promise<string[]>;
}

export function createExchangeFiles(deps: {
  publicUrl: string;
  indexKey: Buffer;
  clock: Pick<Clock, 'machineNow'>;
  files: Pick<Files, 'factsOf' | 'keep'>;
  client: ExchangeClient;
}): ExchangeFiles {
  const key = Buffer.from(hkdfSync('sha256', deps.indexKey, '', 'minqing exchange file links, 1', 32));
  const macOf = (fileId: string, partnerId: string, expires: string): string =>
    createHmac('sha256', key).update(`${fileId}\n${partnerId}\n${expires}`).digest('base64url');

  return {
    async describe(partnerId, fileIds) {
      const ready: ExchangeFile[] = [];
      let pending = false;
      for (const id of fileIds) {
        const facts = await deps.files.factsOf(id);
        if (facts === null || facts === 'pending') {
          pending ||= facts === 'pending';
          continue;
        }
        const expires = String(deps.clock.machineNow() + LINK_MS);
        const query = new URLSearchParams({ p: partnerId, e: expires, s: macOf(id, partnerId, expires) });
        ready.push({ ...facts, href: `${deps.publicUrl}/exchange/v1/files/${id}?${query.toString()}` });
      }
      return { ready, pending };
    },
    isGood(fileId, { p, e, s }) {
      if (typeof p !== 'string' || typeof e !== 'string' || typeof s !== 'string' || !/^\d{1,15}$/.test(e)) {
        return false;
      }
      const own = Buffer.from(macOf(fileId, p, e));
      const given = Buffer.from(s);
      return (
        own.length === given.length && timingSafeEqual(own, given) && Number(e) > deps.clock.machineNow()
      );
    },
    async bring(partner, files) {
      const ids: string[] = [];
      for (const file of files) {
        ids.push(await bringOne(deps, partner, file));
      }
      return ids;
    },
  };
}

async function bringOne(
  deps: { files: Pick<Files, 'factsOf' | 'keep'>; client: ExchangeClient },
  partner: Partner,
  file: ExchangeFile,
): Promise<string> {
  // Of the partner's own making: its id must not meet one of ours.
  const id = uuidFrom(sha256(`${partner.id}:${file.id}`));
  const known = await deps.files.factsOf(id);
  if (known !== null && known !== 'pending') {
    return id;
  }
  let bytes: Buffer;
  try {
    bytes = await deps.client.fetchFile(partner, file.href, file.bytes);
  } catch (error) {
    if (error instanceof Unreachable) {
      throw error;
    }
    throw new ExchangeRefusal('fileMissing', { detail: file.name, kept: true });
  }
  if (bytes.length !== file.bytes || createHash('sha256').update(bytes).digest('hex') !== file.sha256) {
    throw new ExchangeRefusal('fileMissing', { detail: `${file.name} 校验不对`, kept: true });
  }
  const problem = await deps.files.keep(`platform:${partner.id}`, {
    id,
    name: file.name,
    type: file.type,
    bytes,
  });
  if (problem !== null) {
    throw new ExchangeRefusal('fileMissing', { detail: `${file.name}：${problem}`, kept: true });
  }
  return id;
}

const uuidFrom = (hex: string): string =>
  [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
