/** Attachments: ours go out as links that are signed and expire; theirs are fetched, checked and kept like uploads. */
import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import {
  inboundSchema,
  messagesSchema,
  type ExchangeFile,
  type InboundMessage,
} from '@minqing/shared/exchange';
import type { Clock } from '../clock.ts';
import type { Files } from '../files/index.ts';
import { sha256 } from '../store/index.ts';
import { isAllowed } from './addresses.ts';
import { Refused, Unreachable, type ExchangeClient } from './client.ts';
import { ExchangeRefusal } from './model.ts';
import type { Partner, Partners } from './partners.ts';

const LINK_MS = 7 * 86_400_000;

export interface OutboundFiles {
  /** What is ready of these files, each with a fresh link; `pending` while bytes of one are still to come. */
  describe(
    partnerId: string,
    fileIds: readonly string[],
  ): Promise<{ ready: ExchangeFile[]; pending: boolean }>;
}

export interface ExchangeFiles extends OutboundFiles {
  /**
   * Whether the link was made here for this file, has not expired, and the platform it was made for is in use and may
   * call from that address.
   */
  isGood(fileId: string, query: Readonly<Record<string, unknown>>, from: string): boolean;
  /** Fetches what a message brings; answers our ids. Throws `fileMissing`, which the caller keeps, or `Unreachable`. */
  bring(partner: Partner, files: readonly ExchangeFile[]): Promise<string[]>;
  /** A kept message as the platform tells it now, with fresh links; null when it cannot be asked or has it no longer. */
  toldAgain(partner: Partner, message: InboundMessage): Promise<InboundMessage | null>;
}

export function createExchangeFiles(deps: {
  publicUrl: string;
  indexKey: Buffer;
  clock: Pick<Clock, 'machineNow'>;
  files: Pick<Files, 'factsOf' | 'keep'>;
  client: ExchangeClient;
  partners: Pick<Partners, 'one'>;
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
    isGood(fileId, { p, e, s }, from) {
      if (typeof p !== 'string' || typeof e !== 'string' || typeof s !== 'string' || !/^\d{1,15}$/.test(e)) {
        return false;
      }
      const partner = deps.partners.one(p);
      if (!partner?.active || !isAllowed(partner.allow, from)) {
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
    async toldAgain(partner, message) {
      const { id, caseId, seq } = message;
      const told = await deps.client
        .call(partner, 'GET', `/cases/${caseId}/messages?from=platform&after=${seq - 1}`)
        .catch(() => null);
      const list = messagesSchema.safeParse(told);
      const same = list.success ? list.data.messages.find((one) => one.id === id) : undefined;
      const parsed = inboundSchema.safeParse(same);
      return parsed.success ? parsed.data : null;
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
    throw new ExchangeRefusal('fileMissing', { detail: `${file.name} ${whyNot(error)}`, kept: true });
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

/** Why the platform's file could not be had, where another try alone will not help. */
const whyNot = (error: unknown): string =>
  error instanceof Refused && error.status > 0
    ? `取不到：对方回答 ${error.status}，链接可能过期了`
    : '的链接不在平台自己的网址下';

const uuidFrom = (hex: string): string =>
  [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
