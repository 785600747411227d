import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../server/src/store/index.ts';
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

  const STRANGERS: Part[] = ['member2', 'otherHandler', 'otherHead', 'countyReviewer', 'countyDispatcher', 'countyMember', 'admin'];
  it.each(STRANGERS)('a case of others is not there for %s', async (part) => {
    const { status, text } = await page(part, `/cases/${open}`);
    expect(status).toBe(404);
    expect(text).not.toContain(TITLE);
    expect((await page(part, '/cases')).text).not.toContain(TITLE);
    expect((await page(part, `/cases?q=${encodeURIComponent('金丝雀')}`)).text).not.toContain(TITLE);
    expect((await page(part, `/cases/${open}/previews/dispatch?unit=days&amount=3`)).status).toBeGreaterThanOrEqual(400);
  });

  it.each<Part>(['dispatcher', 'inspector', 'leader', 'handler', 'head'])('an unreviewed report is not there for %s', async (part) => {
    expect((await page(part, `/cases/${unreviewed}`)).status).toBe(404);
    expect((await page(part, '/cases')).text).not.toContain(unreviewed);
    expect((await page(part, `/cases?q=${encodeURIComponent('金丝雀')}`)).text).not.toContain(unreviewed);
  });

  it.each<Part>(['handler', 'head', 'dispatcher', 'inspector', 'leader', 'member2'])('the name of an anonymous author is not told to %s', async (part) => {
    const { status, text } = await page(part, `/cases/${anonymous}`);
    expect(status).toBe(200);
    expect(text).not.toContain(AUTHOR);
    expect(text).not.toContain(PHONE);
    expect((await page(part, '/cases')).text).not.toContain(AUTHOR);
  });

  it('nor by any card, notice or to-do, nor by searching for it', async () => {
    for (const part of ['handler', 'handler2', 'dispatcher', 'inspector'] as const) {
      const seen = (await town.chat(CAST[part])).filter((i) => JSON.stringify(i).includes(TITLE));
      expect(JSON.stringify(seen)).not.toContain(AUTHOR);
      expect(JSON.stringify(await town.control('GET', `/people/${CAST[part]}/todos`))).not.toContain(AUTHOR);
      expect((await page(part, `/cases?q=${encodeURIComponent(AUTHOR)}`)).text).not.toContain(anonymous);
    }
  });

  it('while the reviewer knows who it is', async () => {
    expect((await page('reviewer', `/cases/${anonymous}`)).text).toContain(AUTHOR);
  });

  it.each<Part>(['handler', 'head', 'coHandler', 'dispatcher', 'inspector', 'leader'])('the phone number is not shown to %s', async (part) => {
    expect((await page(part, `/cases/${open}`)).text).not.toContain(PHONE);
  });

  it('a phone number the author lets the unit have reaches the lead unit and nobody else', async () => {
    const caseId = await tale.atPolice([tale.units.enforcement], { disclosure: { anonymous: false, openness: 'staff', phoneToUnit: true } });
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
    expect((await member.call('PUT', `/drafts/${caseId}`, { counter: 1, content: { title: TITLE } })).status).toBe(200);
    const other = await tale.as('member2');
    expect((await other.call('GET', `/drafts/${caseId}`)).status).toBe(404);
    expect(JSON.stringify((await other.call('GET', '/drafts')).body)).not.toContain(caseId);
    expect((await other.call('PUT', `/drafts/${caseId}`, { counter: 9, content: { title: '改掉' } })).status).toBe(404);
    await other.call('DELETE', `/drafts/${caseId}`);
    expect(JSON.stringify((await member.call('GET', `/drafts/${caseId}`)).body)).toContain(TITLE);
    expect((await (await tale.as('reviewer')).call('GET', `/drafts/${caseId}`)).status).toBe(403);
  });

  it('a file nobody named to you is not there', async () => {
    const fileId = uuidv7();
    for (const part of ['member2', 'handler', 'admin'] as const) {
      expect((await page(part, `/files/${fileId}`)).status).toBe(404);
    }
  });

  it('a unit that gave the case back no longer sees it', async () => {
    const caseId = await tale.atPolice();
    await tale.did('handler', caseId, 'transferBack', WHY);
    expect((await page('handler', `/cases/${caseId}`)).status).toBe(404);
    expect((await page('head', `/cases/${caseId}`)).status).toBe(404);
    expect((await page('handler', '/cases')).text).not.toContain(caseId);
  });
});
