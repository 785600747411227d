import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../server/src/store/index.ts';
import { openTown, type Town } from '../support/town.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { openTale, SOLVED, type Tale } from '../support/tale.ts';

const DAY = 24 * 3_600_000;
const TIMES = Array.from({ length: 10 }, (_, i) => i);

describe.each(STORES)('what is done twice acts once, on $name', (store) => {
  let database: TestDatabase;
  let town: Town;
  let tale: Tale;
  beforeAll(async () => {
    database = await store.create();
    town = await openTown({ databaseUrl: database.databaseUrl });
    tale = await openTale(town);
  });
  afterAll(async () => {
    await town?.stop();
    await database?.drop();
  });

  it('ten presses at once of one card sign once and all show the result', async () => {
    const caseId = await tale.atPolice();
    const card = await tale.card('handler', caseId, /新交办，请签收/);
    await tale.quiet();
    const answers = await Promise.all(TIMES.map(() => tale.press('handler', card, 'sign')));
    expect(await tale.count(caseId, 'sign')).toBe(1);
    await tale.until('the card stands signed', async () => /请答复/.test(await tale.face('handler', card)));
    expect(answers.filter((a) => a.includes('"canSign":"false"')).length).toBeGreaterThan(0);
    expect((await tale.read(caseId)).version).toBe((await tale.history(caseId)).length);
  });

  it('of two handlers with a card each the first signs, the other is told who and when', async () => {
    const caseId = await tale.atPolice();
    const [first, second] = [
      await tale.card('handler', caseId, /请签收/),
      await tale.card('handler2', caseId, /请签收/),
    ];
    await tale.quiet();
    expect(await tale.press('handler', first, 'sign', { rev: '3' })).not.toContain('已经签收过了');
    const told = await tale.press('handler2', second, 'sign', { rev: '3' });
    expect(told).toMatch(/已经签收过了.*周凯 签收/);
    expect(told).toMatch(/\d{2}:\d{2}/);
    expect(await tale.count(caseId, 'sign')).toBe(1);
  });

  it('two handlers at the same moment sign once', async () => {
    const caseId = await tale.atPolice();
    const cards = await Promise.all([
      tale.card('handler', caseId, /请签收/),
      tale.card('handler2', caseId, /请签收/),
    ]);
    const answers = await Promise.all([
      tale.press('handler', cards[0], 'sign', { rev: '3' }),
      tale.press('handler2', cards[1], 'sign', { rev: '3' }),
    ]);
    expect(await tale.count(caseId, 'sign')).toBe(1);
    expect(answers.filter((a) => /已经签收过了.*(周凯|向志强) 签收/.test(a))).toHaveLength(1);
  });

  it('one request sent ten times at once over HTTP replies once, with one answer for all', async () => {
    const caseId = await tale.atPolice();
    const handler = await tale.as('handler');
    const headers = { 'idempotency-key': uuidv7() };
    const send = () => handler.call('POST', `/cases/${caseId}/actions/reply`, SOLVED, headers);
    const answers = await Promise.all(TIMES.map(send));
    expect(answers.map((a) => a.status)).toEqual(TIMES.map(() => 200));
    expect(
      new Set(answers.map((a) => `${JSON.stringify((a.body as { version?: number }).version)}`)).size,
    ).toBe(1);
    expect(await tale.count(caseId, 'reply')).toBe(1);
    expect((await send()).status).toBe(200);
    expect(await tale.count(caseId, 'reply')).toBe(1);
  });

  it('one key with another body is refused and changes nothing', async () => {
    const caseId = await tale.atPolice();
    const handler = await tale.as('handler');
    const headers = { 'idempotency-key': uuidv7() };
    const say = (text: string) =>
      handler.call('POST', `/cases/${caseId}/actions/progress`, { text }, headers);
    expect((await say('到现场测了车流')).status).toBe(200);
    const other = await say('改了配时');
    expect([other.status, (other.body as { code?: string }).code]).toEqual([422, 'keyReused']);
    expect(await tale.count(caseId, 'progress')).toBe(1);
  });

  it('a repeat finds its answer a day later', async () => {
    const caseId = await tale.atPolice();
    const headers = { 'idempotency-key': uuidv7() };
    const send = async () =>
      (await tale.as('handler')).call('POST', `/cases/${caseId}/actions/sign`, {}, headers);
    expect((await send()).status).toBe(200);
    await town.advance(DAY);
    expect((await send()).status).toBe(200);
    expect(await tale.count(caseId, 'sign')).toBe(1);
  });

  it('each learns of each thing once', async () => {
    const caseId = await tale.atPolice();
    const { number } = await tale.read(caseId);
    await tale.did('handler', caseId, 'progress', { text: '到现场测了车流' });
    await tale.quiet();
    const rows = await town.app.store.read((db) =>
      db
        .selectFrom('outbox')
        .select(['payload', 'person_id', 'status'])
        .where('case_id', '=', caseId)
        .where('kind', '=', 'notice')
        .execute(),
    );
    expect(rows.map((r) => r.status)).toEqual(rows.map(() => 'done'));
    const items = (await town.chat('lin-shufen')).filter(
      (i) => i.kind !== 'card' && JSON.stringify(i).includes(`${number}·4`),
    );
    expect(items).toHaveLength(1);
  });
});
