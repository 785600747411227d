/** 回避: where the only reviewer reported the matter, the committee above has it in its list as well as on a card. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { openTale, type Tale } from '../support/tale.ts';
import { openTown, type Town } from '../support/town.ts';

const COUNTY = '330702';

describe.each(STORES)('nobody left but who reported it, on $name', (store) => {
  let database: TestDatabase;
  let town: Town;
  let tale: Tale;
  let committeeId = '';
  let caseId = '';
  beforeAll(async () => {
    database = await store.create();
    town = await openTown({ databaseUrl: database.databaseUrl });
    tale = await openTale(town);
    committeeId = town.app.directory.committeeOf(COUNTY)?.id ?? '';
  });
  afterAll(async () => {
    await town?.stop();
    await database?.drop();
  });

  const give = async (part: 'countyReviewer' | 'countyMember', role: string): Promise<void> => {
    const answer = await (
      await tale.as('admin')
    ).call('POST', '/admin/grants', {
      personId: await tale.personId(part),
      role,
      unitId: committeeId,
      fromDate: '2026-07-06',
    });
    expect([answer.status, answer.body]).toEqual([200, answer.body]);
  };
  const stepped = async (): Promise<{ count: number; ids: string[] } | null> => {
    const reviewer = await tale.as('reviewer');
    const { desks } = (await reviewer.call('GET', '/queues')).body as unknown as {
      desks: { id: string; role: string; queues: { id: string; count: number }[] }[];
    };
    const desk = desks.find((one) => one.role === 'reviewer');
    const queue = desk?.queues.find((one) => one.id === 'stepped');
    if (!desk || !queue) {
      return null;
    }
    const page = await reviewer.call('GET', `/cases?desk=${desk.id}&queue=stepped`);
    const { items } = page.body as unknown as { items: { id: string; title: string }[] };
    return { count: queue.count, ids: items.map((item) => item.id) };
  };

  it('is in the list of the committee above, which may do what its own may not', async () => {
    expect(await stepped()).toBeNull();
    await give('countyReviewer', 'member');
    const place = { text: '乡道', areaId: COUNTY };
    caseId = await tale.filed({ title: '回避：乡道护栏', place, committeeId }, 'countyReviewer');
    expect((await tale.read(caseId)).committeeId).toBe(committeeId);
    expect((await tale.does('countyReviewer', caseId, 'accept')).status).toBe(403);
    await tale.card('reviewer', caseId, /请审核/);
    expect(await stepped()).toEqual({ count: 1, ids: [caseId] });
    const opened = await (await tale.as('reviewer')).call('GET', `/cases/${caseId}`);
    expect(opened.status).toBe(200);
    await tale.did('reviewer', caseId, 'accept');
    expect(await stepped()).toEqual({ count: 1, ids: [caseId] });
  });

  it('leaves it when somebody else reviews there', async () => {
    await give('countyMember', 'reviewer');
    await tale.until('the list follows', async () => (await stepped()) === null);
    const away = await (await tale.as('reviewer')).call('GET', `/cases/${caseId}`);
    expect(away.status).toBe(404);
  });
});
