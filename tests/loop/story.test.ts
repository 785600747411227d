import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../server/src/store/index.ts';
import { openTown, report, unitId, WHO, type Town } from '../support/town.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';

interface View {
  state: string;
  version: number;
  headline: string[];
  ring: { value: string } | null;
  actions: { action: string }[];
}

describe.each(STORES)('the reference story over cards, on $name', (store) => {
  let database: TestDatabase;
  let town: Town;
  beforeAll(async () => {
    database = await store.create();
    town = await openTown({ databaseUrl: database.databaseUrl });
  });
  afterAll(async () => {
    await town?.stop();
    await database?.drop();
  });

  it('goes from a report to five stars, each on the card in the chat', async () => {
    const caseId = uuidv7();
    const member = await town.person(WHO.member);
    const submitted = await member.act<View>(caseId, 'submit', report());
    expect(submitted.state).toBe('submitted');

    await town.advance(17 * 60_000);
    const review = await town.card(WHO.reviewer, /新民情，请审核/);
    const accepted = await town.press(WHO.reviewer, review.outTrackId, ['accept'], { rev: '1' });
    expect(accepted.error).toBeUndefined();
    expect(accepted.answer.cardData?.cardParamMap).toMatchObject({ done: 'true', canAccept: 'false' });
    expect(accepted.error).toBeUndefined();
    expect(accepted.answer.cardData?.cardParamMap.result).toMatch(/方敏 7月6日 周一 08:58 受理/);

    await town.advance(32 * 60_000);
    await town.card(WHO.dispatcher, /已受理，请交办/);
    const dispatcher = await town.person(WHO.dispatcher);
    const lead = await unitId(dispatcher, '市公安局交警支队');
    const co = await unitId(dispatcher, '市综合行政执法局');
    const dispatched = await dispatcher.act<View>(caseId, 'dispatch', {
      leadUnitId: lead,
      coUnitIds: [co],
      limit: { unit: 'days', amount: 3 },
      note: '到路口实测后再定配时',
    });
    expect(dispatched.state).toBe('dispatched');

    await town.advance(42 * 60_000);
    const handle = await town.card(WHO.handler, /新交办，请签收/);
    expect(JSON.stringify(handle.components)).toContain('7月9日 周四 17:00 前');
    const signed = await town.press(WHO.handler, handle.outTrackId, ['sign'], { rev: '3' });
    expect(signed.answer.cardData?.cardParamMap).toMatchObject({
      canSign: 'false',
      canReply: 'true',
      done: 'false',
    });

    await town.advance((4 * 60 + 18 + 24 * 60) * 60_000);
    const replied = await town.press(WHO.handler, handle.outTrackId, ['reply'], {
      rev: '4',
      class: { index: 0, value: '已解决' },
      reply: '已把单一配时改为四个时段，南北直行绿灯由 35 秒调至 48 秒。',
    });
    expect(replied.answer.cardData?.cardParamMap).toMatchObject({ done: 'true' });

    const rate = await town.card(WHO.member, /答复到了，等您评价/);
    const picked = await town.press(WHO.member, rate.outTrackId, ['star'], { stars: 5 });
    expect(picked.answer.userPrivateData?.cardParamMap).toMatchObject({
      picked: '5',
      caption: '非常满意',
      rateText: '打五星',
    });
    await town.press(WHO.member, rate.outTrackId, ['rate'], { rev: '5' });

    const { body } = await member.call('GET', `/cases/${caseId}`);
    const view = body as unknown as View;
    expect(view.state).toBe('closed');
    expect(view.ring?.value).toBe('1.5 天');
    expect(view.actions.map((a) => a.action)).toEqual(['reopen']);
    await town.until('every to-do is done', async () => {
      const lists = await Promise.all(
        [WHO.reviewer, WHO.dispatcher, WHO.handler, WHO.member].map((id) =>
          town.control<{ open: unknown[] }>('GET', `/people/${id}/todos`),
        ),
      );
      return lists.every((l) => l.open.length === 0);
    });
  });
});
