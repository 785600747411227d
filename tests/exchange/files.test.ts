/** Attachments both ways: over links that are signed and expire, measured on arrival; what is wrong is refused and kept. */
import { createHash, randomUUID } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExchangeLetter } from '../../shared/src/contract/index.ts';
import { headersFor, MEDIA_TYPE } from '../../scripts/platform/src/wire.ts';
import { loadConfig } from '../../server/src/config.ts';
import { createExchangeFiles } from '../../server/src/exchange/files.ts';
import { connect, type Connected } from './rig.ts';

let both: Connected;
beforeAll(async () => {
  both = await connect();
});
afterAll(() => both?.close());

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
/** A small PDF, told apart by its words. */
const pdf = (words: string): Buffer =>
  Buffer.from(`%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n% ${words}\ntrailer<</Root 1 0 R>>\n%%EOF\n`);

async function upload(bytes: Buffer, name: string): Promise<string> {
  const id = randomUUID();
  const { headers } = both.member;
  const keyed = () => ({ ...headers, 'idempotency-key': randomUUID() });
  await fetch(`${both.town.url}/api/files`, {
    method: 'POST',
    headers: { ...keyed(), 'content-type': 'application/json' },
    body: JSON.stringify({ id, name, bytes: bytes.length, type: 'application/pdf' }),
  });
  const sent = await fetch(`${both.town.url}/api/files/${id}`, {
    method: 'PATCH',
    headers: { ...keyed(), 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
    body: new Uint8Array(bytes),
  });
  expect(sent.status).toBe(200);
  return id;
}

interface There {
  files: { id: string; name: string; here: boolean; problem: string; sha256: string }[];
  log: { side: string; type: string; data: { files?: { href: string }[] } }[];
}
const there = (caseId: string): Promise<There> => both.desk('GET', `/matters/${caseId}`);
const arrived = (caseId: string): Promise<There['files']> =>
  both.town.until('the files are there', async () => {
    const { files } = await there(caseId);
    return files.length > 0 && files.every((file) => file.here) ? files : null;
  });
async function clerkUploads(caseId: string, bytes: Buffer, name: string): Promise<string> {
  const answer = await fetch(
    `${both.platform.url}/desk/matters/${caseId}/files?name=${encodeURIComponent(name)}`,
    { method: 'POST', headers: { 'content-type': 'application/pdf' }, body: new Uint8Array(bytes) },
  );
  return ((await answer.json()) as { id: string }).id;
}
const letters = async (): Promise<ExchangeLetter[]> => {
  const { body } = await both.admin.call('GET', `/admin/exchange/letters?partnerId=${both.partnerId}`);
  return (body as unknown as { items: ExchangeLetter[] }).items;
};
const retry = (id: string) =>
  both.admin.call('POST', '/admin/exchange/letters/retry', { partnerId: both.partnerId, way: 'in', id });

/** The files of an act in the case's record here, with the member's eyes. */
async function filesOf(caseId: string, action: string): Promise<{ name: string; bytes: Buffer }[]> {
  const { body } = await both.member.call('GET', `/cases/${caseId}`);
  const { timeline } = body as unknown as {
    timeline: { action: string; files: { id: string; name: string }[] }[];
  };
  const files = timeline.find((one) => one.action === action)?.files ?? [];
  return Promise.all(
    files.map(async ({ id, name }) => {
      const answer = await fetch(`${both.town.url}/api/files/${id}`, { headers: both.member.headers });
      return { name, bytes: Buffer.from(await answer.arrayBuffer()) };
    }),
  );
}
async function atUnit(change: object = {}): Promise<string> {
  const caseId = await both.accepted(change);
  await both.standsThere(caseId, 'DJS');
  await both.clerk(caseId, 'receive');
  await both.clerk(caseId, 'dispatch', { lead: 'YK-GA', days: 3 });
  await both.standsHere(caseId, 'dispatched');
  return caseId;
}

describe('a file of the report', () => {
  it('arrives on the platform as it is here; its link is for this file, this platform and a while', async () => {
    const bytes = pdf('路口照片');
    const fileId = await upload(bytes, '现场.pdf');
    const caseId = await both.accepted({ fileIds: [fileId] });
    await both.standsThere(caseId, 'DJS');
    const [file] = await arrived(caseId);
    expect(file).toMatchObject({ id: fileId, name: '现场.pdf', sha256: sha256(bytes), problem: '' });
    const copy = await fetch(`${both.platform.url}/desk/files/${fileId}`);
    expect(Buffer.from(await copy.arrayBuffer()).equals(bytes)).toBe(true);

    const href = (await there(caseId)).log[0]?.data.files?.[0]?.href ?? '';
    const other = await upload(pdf('别人的'), '别人的.pdf');
    const changed = (change: (url: URL) => void): string => {
      const url = new URL(href);
      change(url);
      return url.href;
    };
    const opens = async (link: string): Promise<number | string> => {
      const answer = await fetch(link);
      return answer.ok ? answer.status : ((await answer.json()) as { code: string }).code;
    };
    expect(await opens(href)).toBe(200);
    expect(await opens(changed((url) => (url.pathname = url.pathname.replace(fileId, other))))).toBe(
      'badSignature',
    );
    expect(await opens(changed((url) => url.searchParams.set('p', randomUUID())))).toBe('badSignature');
    const later = String(Number(new URL(href).searchParams.get('e')) + 1);
    expect(await opens(changed((url) => url.searchParams.set('e', later)))).toBe('badSignature');
    expect(await opens(changed((url) => url.searchParams.delete('s')))).toBe('badSignature');
  });

  it('has a link that is refused once it has expired, or the platform is switched off or calls from elsewhere', async () => {
    const fileId = await upload(pdf('第二张'), '第二张.pdf');
    const { store, exchange } = both.town.app;
    const caseId = await both.accepted({ fileIds: [fileId] });
    await both.standsThere(caseId, 'DJS');
    await arrived(caseId);
    const facts = { id: fileId, name: '第二张.pdf', type: 'application/pdf', bytes: 1, sha256: '' };
    /** The link as the server would have made it at that moment. */
    async function hrefAt(now: number): Promise<string> {
      const made = createExchangeFiles({
        publicUrl: both.town.url,
        indexKey: loadConfig({ NODE_ENV: 'test' }).indexKey,
        clock: { machineNow: () => now },
        files: { factsOf: () => Promise.resolve(facts), keep: () => Promise.resolve(null) },
        client: { call: () => Promise.reject(), fetchFile: () => Promise.reject() },
        partners: exchange.partners,
      });
      return (await made.describe(both.partnerId, [fileId])).ready[0]?.href ?? '';
    }
    const opens = async (link: string): Promise<number> => (await fetch(link)).status;
    const good = await hrefAt(Date.now());
    expect(await opens(good)).toBe(200);
    expect(await opens(await hrefAt(Date.now() - 7 * 86_400_000 - 1))).toBe(401);
    const set = async (change: object): Promise<void> => {
      await store.transact((tx) =>
        tx.updateTable('exchange_partner').set(change).where('id', '=', both.partnerId).execute(),
      );
      await exchange.refresh();
    };
    await set({ active: 0 });
    expect(await opens(good)).toBe(401);
    await set({ active: 1, allow_json: '["10.0.0.0/8"]' });
    expect(await opens(good)).toBe(401);
    await set({ allow_json: '[]' });
    expect(await opens(good)).toBe(200);
  });
});

describe('a file of the platform', () => {
  it('comes with the answer and is read by the member', async () => {
    const caseId = await atUnit();
    const bytes = pdf('配时方案');
    const id = await clerkUploads(caseId, bytes, '配时方案.pdf');
    await both.clerk(caseId, 'reply', { class: 'solved', text: '改为四个时段', files: [id] });
    await both.standsHere(caseId, 'replied');
    const [file] = await filesOf(caseId, 'reply');
    expect(file?.name).toBe('配时方案.pdf');
    expect(file?.bytes.equals(bytes)).toBe(true);
  });

  it.each([
    ['altered on the way', { alterFiles: true }, /校验不对/],
    ['behind a link that has expired', { staleLinks: true }, /对方回答 401，链接可能过期了/],
  ])('%s is not taken: the message waits, and goes on when the file is right', async (_what, fault, why) => {
    const caseId = await atUnit();
    const bytes = pdf(why.source);
    const id = await clerkUploads(caseId, bytes, '方案.pdf');
    await both.desk('POST', '/faults', fault);
    await both.clerk(caseId, 'progress', { text: '方案做好了', files: [id] });
    const held = await both.town.until('the message waits', async () =>
      (await letters()).find((one) => one.caseId === caseId),
    );
    expect(held.why).toMatch(why);
    expect((await both.member.call('GET', `/cases/${caseId}`)).body['state']).toBe('dispatched');
    expect((await retry(held.id)).status).toBe(409);
    await both.desk('POST', '/faults', { alterFiles: false, staleLinks: false });
    expect((await retry(held.id)).status).toBe(200);
    const [file] = await filesOf(caseId, 'progress');
    expect(file?.bytes.equals(bytes)).toBe(true);
  });

  it('behind an address that is not the platform’s is never asked for', async () => {
    const caseId = await atUnit();
    const id = await clerkUploads(caseId, pdf('x'), '方案.pdf');
    const calls: string[] = [];
    const stranger = createServer((socket) => {
      calls.push('called');
      socket.destroy();
    });
    await new Promise<void>((resolve) => {
      stranger.listen(0, '127.0.0.1', resolve);
    });
    const { port } = stranger.address() as AddressInfo;
    const file = { id, name: '方案.pdf', type: 'application/pdf', bytes: 10, sha256: 'a'.repeat(64) };
    const path = '/exchange/v1/messages';
    const body = Buffer.from(
      JSON.stringify({
        id: randomUUID(),
        caseId,
        seq: 3,
        type: 'unit.progressed',
        at: '2026-07-06T10:00:00+08:00',
        state: 'BLZ',
        unit: 'YK-GA',
        due: {},
        data: {
          text: '见附件',
          files: [{ ...file, href: `http://127.0.0.1:${port}/secret` }],
          visible: true,
        },
      }),
    );
    const key = { partner: both.partnerId, keyId: both.keyId, secret: both.secret };
    const answer = await fetch(both.town.url + path, {
      method: 'POST',
      headers: { ...headersFor(key, 'POST', path, body), 'content-type': MEDIA_TYPE },
      body: new Uint8Array(body),
    });
    expect(await answer.json()).toMatchObject({
      code: 'fileMissing',
      kept: true,
      detail: '方案.pdf 的链接不在平台自己的网址下',
    });
    expect(calls).toEqual([]);
    stranger.close();
  });
});
