import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../server/src/store/index.ts';
import { bearer } from '../support/again.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { CAST, openTale, WHY, type Part, type Tale } from '../support/tale.ts';
import { openTown, type Town } from '../support/town.ts';

const AUTHOR = '林淑芬';
const PHONE = '19905790001';
const NOTE = '金丝雀备注七三一';
const TITLE = '金丝雀路口的灯';

describe.each(STORES.filter((s) => s.name === 'sqlite'))('what is not shown, on $name', (store) => {
  let database: TestDatabase;
  let town: Town;
  let tale: Tale;
  let unreviewed = '';
  let open = '';
  let anonymous = '';
  beforeAll(async () => {
    database = await store.create();
    town = await openTown({ databaseUrl: database.databaseUrl });
    tale = await openTale(town);
    unreviewed = await tale.filed({ title: TITLE });
    open = await tale.atPolice([tale.units.enforcement], { title: TITLE });
    await tale.did('reviewer', open, 'comment', { text: NOTE });
    await tale.did('handler', open, 'progress', { text: `${NOTE}（内部）`, visible: false });
    const hidden = { anonymous: true, openness: 'public', phoneToUnit: true };
    anonymous = await tale.atPolice([], { title: TITLE, disclosure: hidden });
    await tale.quiet();
  });
  afterAll(async () => {
    await town?.stop();
    await database?.drop();
  });

  const page = async (part: Part, path: string): Promise<{ status: number; text: string }> => {
    const { status, body } = await (await tale.as(part)).call('GET', path);
    return { status, text: JSON.stringify(body) };
  };

  /** Every queue of every desk of the person, in one text; with words, what searching each for them finds. */
  const lists = async (part: Part, words = ''): Promise<string> => {
    const { body } = await (await tale.as(part)).call('GET', '/queues');
    const { desks } = body as unknown as { desks: { id: string; queues: { id: string }[] }[] };
    const q = words ? `&q=${encodeURIComponent(words)}` : '';
    const pages = desks.flatMap((d) =>
      d.queues.map((each) => page(part, `/cases?desk=${encodeURIComponent(d.id)}&queue=${each.id}${q}`)),
    );
    const read = await Promise.all(pages);
    expect(read.map((p) => p.status)).toEqual(read.map(() => 200));
    return read.map((p) => p.text).join('');
  };

  const STRANGERS: Part[] = [
    'member2',
    'otherHandler',
    'otherHead',
    'countyReviewer',
    'countyDispatcher',
    'countyMember',
    'admin',
  ];
  it.each(STRANGERS)('a case of others is not there for %s', async (part) => {
    const { status, text } = await page(part, `/cases/${open}`);
    expect(status).toBe(404);
    expect(text).not.toContain(TITLE);
    expect(await lists(part)).not.toContain(TITLE);
    expect(await lists(part, '金丝雀')).not.toContain(TITLE);
    expect(
      (await page(part, `/cases/${open}/previews/dispatch?unit=days&amount=3`)).status,
    ).toBeGreaterThanOrEqual(400);
  });

  it.each<Part>(['dispatcher', 'inspector', 'leader', 'handler', 'head'])(
    'an unreviewed report is not there for %s',
    async (part) => {
      expect((await page(part, `/cases/${unreviewed}`)).status).toBe(404);
      expect(await lists(part)).not.toContain(unreviewed);
      expect(await lists(part, '金丝雀')).not.toContain(unreviewed);
    },
  );

  it.each<Part>(['handler', 'head', 'dispatcher', 'inspector', 'leader', 'member2'])(
    'the name of an anonymous author is not told to %s',
    async (part) => {
      const { status, text } = await page(part, `/cases/${anonymous}`);
      expect(status).toBe(200);
      expect(text).not.toContain(AUTHOR);
      expect(text).not.toContain(PHONE);
      expect(await lists(part)).not.toContain(AUTHOR);
    },
  );

  it('nor by any card, notice or to-do, nor by searching for it', async () => {
    for (const part of ['handler', 'handler2', 'dispatcher', 'inspector'] as const) {
      const seen = (await town.chat(CAST[part])).filter((i) => JSON.stringify(i).includes(TITLE));
      expect(JSON.stringify(seen)).not.toContain(AUTHOR);
      expect(JSON.stringify(await town.control('GET', `/people/${CAST[part]}/todos`))).not.toContain(AUTHOR);
      expect(await lists(part, AUTHOR)).not.toContain(anonymous);
    }
  });

  it('while the reviewer knows who it is', async () => {
    expect((await page('reviewer', `/cases/${anonymous}`)).text).toContain(AUTHOR);
  });

  it.each<Part>(['handler', 'head', 'coHandler', 'dispatcher', 'inspector', 'leader'])(
    'the phone number is not shown to %s',
    async (part) => {
      expect((await page(part, `/cases/${open}`)).text).not.toContain(PHONE);
    },
  );

  it('a phone number the author lets the unit have reaches the lead unit and nobody else', async () => {
    const caseId = await tale.atPolice([tale.units.enforcement], {
      disclosure: { anonymous: false, openness: 'staff', phoneToUnit: true },
    });
    expect((await page('handler', `/cases/${caseId}`)).text).toContain(PHONE);
    for (const part of ['coHandler', 'dispatcher', 'inspector'] as const) {
      expect((await page(part, `/cases/${caseId}`)).text).not.toContain(PHONE);
    }
  });

  it('internal notes and internal progress are not shown to the author', async () => {
    expect((await page('member', `/cases/${open}`)).text).not.toContain(NOTE);
    expect((await page('reviewer', `/cases/${open}`)).text).toContain(NOTE);
    expect(JSON.stringify(await town.chat(CAST.member))).not.toContain(NOTE);
    expect((await page('member2', `/cases/${anonymous}`)).text).not.toContain('内部');
  });

  it('a draft is its author’s alone: others neither read, change nor delete it', async () => {
    const caseId = uuidv7();
    const member = await tale.as('member');
    expect(
      (await member.call('PUT', `/drafts/${caseId}`, { counter: 1, content: { title: TITLE } })).status,
    ).toBe(200);
    const other = await tale.as('member2');
    expect((await other.call('GET', `/drafts/${caseId}`)).status).toBe(404);
    expect(JSON.stringify((await other.call('GET', '/drafts')).body)).not.toContain(caseId);
    expect(
      (await other.call('PUT', `/drafts/${caseId}`, { counter: 9, content: { title: '改掉' } })).status,
    ).toBe(404);
    await other.call('DELETE', `/drafts/${caseId}`);
    expect(JSON.stringify((await member.call('GET', `/drafts/${caseId}`)).body)).toContain(TITLE);
    expect((await (await tale.as('reviewer')).call('GET', `/drafts/${caseId}`)).status).toBe(404);
    expect((await (await tale.as('dispatcher')).call('GET', `/drafts/${caseId}`)).status).toBe(403);
    // What staff begin to file for a member is theirs.
    const begun = { counter: 1, content: { title: '代录一半' } };
    expect((await (await tale.as('reviewer')).call('PUT', `/drafts/${uuidv7()}`, begun)).status).toBe(200);
  });

  it('a photo is there for those who may see its case, and for nobody else', async () => {
    const fileId = uuidv7();
    const photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
    const member = await tale.as('member');
    const announced = { id: fileId, name: '路口.png', bytes: photo.length, type: 'image/png' };
    expect((await member.call('POST', '/files', announced)).status).toBe(200);
    const sent = await fetch(`${town.url}/api/files/${fileId}`, {
      method: 'PATCH',
      headers: {
        ...(await bearer(town, CAST.member)),
        'content-type': 'application/offset+octet-stream',
        'upload-offset': '0',
        'idempotency-key': uuidv7(),
      },
      body: new Uint8Array(photo),
    });
    expect(sent.status).toBe(200);
    const statusFor = async (part: Part): Promise<number> =>
      (await fetch(`${town.url}/api/files/${fileId}`, { headers: await bearer(town, CAST[part]) })).status;
    await tale.until('the photo is kept', async () => (await statusFor('member')) === 200);
    expect(await statusFor('reviewer')).toBe(404);
    await tale.atPolice([], { fileIds: [fileId] });
    expect([await statusFor('reviewer'), await statusFor('handler')]).toEqual([200, 200]);
    for (const part of ['member2', 'otherHandler', 'countyReviewer', 'admin'] as const) {
      expect([part, await statusFor(part)]).toEqual([part, 404]);
    }
  });

  it('while those whose case it is find it in their lists and by its words', async () => {
    for (const part of ['member', 'reviewer', 'dispatcher', 'handler'] as const) {
      expect(await lists(part)).toContain(TITLE);
      expect(await lists(part, '金丝雀')).toContain(TITLE);
    }
  });

  it('a unit that gave the case back no longer sees it', async () => {
    const caseId = await tale.atPolice();
    await tale.did('handler', caseId, 'transferBack', WHY);
    expect((await page('handler', `/cases/${caseId}`)).status).toBe(404);
    expect((await page('head', `/cases/${caseId}`)).status).toBe(404);
    expect(await lists('handler')).not.toContain(caseId);
  });
});
