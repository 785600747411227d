/** A whole case as an archive: whoever unpacks it can open every file of it, and each is what was kept. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../screens/phone.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { openTale, SOLVED, type Part, type Tale } from '../support/tale.ts';
import { openTown, type Town } from '../support/town.ts';
import { fetched, unzipped } from './files.ts';

const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe.each(STORES.slice(0, 1))('a whole case as an archive, on $name', (store) => {
  let database: TestDatabase;
  let town: Town;
  let tale: Tale;
  let caseId = '';
  let folder = '';
  let parts: Map<string, Buffer>;
  const sent: { id: string; name: string }[] = [];

  async function upload(part: Part, name: string, type: string, bytes: Buffer): Promise<string> {
    const citizen = await tale.as(part);
    const id = randomUUID();
    await citizen.call('POST', '/files', { id, name, bytes: bytes.length, type });
    const answer = await fetch(`${town.url}/api/files/${id}`, {
      method: 'PATCH',
      headers: {
        ...citizen.headers,
        'idempotency-key': randomUUID(),
        'content-type': 'application/offset+octet-stream',
        'upload-offset': '0',
      },
      body: new Uint8Array(bytes),
    });
    expect(answer.ok).toBe(true);
    sent.push({ id, name });
    return id;
  }

  beforeAll(async () => {
    database = await store.create();
    town = await openTown({ databaseUrl: database.databaseUrl, workers: false });
    tale = await openTale(town);
    const photo = (background: string): Promise<Buffer> =>
      sharp({ create: { width: 640, height: 480, channels: 3, background } })
        .jpeg()
        .toBuffer();
    const fileIds = [
      await upload('member', '路口.jpg', 'image/jpeg', await photo('#88aacc')),
      await upload('member', '路#口%41.jpg', 'image/jpeg', await photo('#cc8844')),
      await upload('member', '../=说明 100%#1.pdf', 'application/pdf', PDF),
    ];
    caseId = await tale.atPolice([], { title: '=1+1<b>路口</b>', fileIds });
    await tale.did('handler', caseId, 'sign');
    const measured = await upload('handler', '实测.pdf', 'application/pdf', Buffer.concat([PDF, PDF]));
    await tale.did('handler', caseId, 'reply', { ...SOLVED, fileIds: [measured] });
    await tale.did('member', caseId, 'rate', { stars: 5, reasons: ['答复很快'] });
    parts = unzipped((await fetched(town, await tale.as('dispatcher'), `/cases/${caseId}/archive`)).bytes);
    folder = mkdtempSync(join(tmpdir(), 'minqing-archive-'));
    for (const [path, bytes] of parts) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
  }, 120_000);
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await town?.stop();
    await database?.drop();
  });

  it('holds every file of the case, byte for byte as the product gives it, with its checksum', async () => {
    const files = [...parts].filter(([path]) => path.startsWith('附件/'));
    expect(files.map(([path]) => path)).toEqual([
      '附件/01-路口.jpg',
      '附件/02-路#口%41.jpg',
      expect.stringMatching(/^附件\/03-[^/]*说明 100%#1\.pdf$/),
      '附件/04-实测.pdf',
    ]);
    const dispatcher = await tale.as('dispatcher');
    const list = parts.get('清单.txt')?.toString('utf8').split('\r\n') ?? [];
    for (const [at, [path, bytes]] of files.entries()) {
      const kept = await fetched(town, dispatcher, `/files/${sent[at]?.id}`);
      expect([path, kept.status, sha256(kept.bytes)]).toEqual([path, 200, sha256(bytes)]);
      expect(list).toContain(`${path}　${bytes.length} 字节　SHA-256 ${sha256(bytes)}`);
    }
  });

  it('its history is the case’s, step by step, and each step’s hash is the ledger’s', async () => {
    const { events } = JSON.parse(parts.get('办理经过.json')?.toString('utf8') ?? '{}') as {
      events: { version: number; action: string; hash: string; previousHash: string }[];
    };
    const kept = await town.app.store.read((db) =>
      db
        .selectFrom('event')
        .select(['version', 'hash', 'prev_hash'])
        .where('case_id', '=', caseId)
        .orderBy('version')
        .execute(),
    );
    expect(events.map(({ version, hash, previousHash }) => [version, hash, previousHash])).toEqual(
      kept.map((row) => [row.version, row.hash, row.prev_hash]),
    );
    expect(events.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['submit', 'accept', 'dispatch', 'sign', 'reply', 'rate']),
    );
  });

  it('its sheet opens in a browser with no network: pictures shown, nothing runs', async () => {
    const browser = await launch();
    try {
      const page = await browser.newPage({ offline: true });
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('requestfailed', (request) => faults.push(request.url()));
      page.on('console', (message) => faults.push(...(message.type() === 'error' ? [message.text()] : [])));
      await page.goto(pathToFileURL(join(folder, '办理单.html')).href);
      const pictures = await page
        .locator('img')
        .evaluateAll((images) => (images as HTMLImageElement[]).map((image) => image.naturalWidth));
      expect(pictures).toEqual([640, 640]);
      expect(await page.locator('script').count()).toBe(0);
      const text = await page.locator('body').innerText();
      expect(text).toContain('=1+1<b>路口</b>');
      expect(text).toContain(SOLVED.text);
      expect(text).toContain('实测.pdf');
      expect(faults).toEqual([]);
    } finally {
      await browser.close();
    }
  }, 60_000);
});
