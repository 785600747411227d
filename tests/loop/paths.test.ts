import { createCalendar } from '@minqing/shared/calendar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { report, openTown, type Town } from '../support/town.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { LOW, openTale, SOLVED, WHY, type Tale } from '../support/tale.ts';

const HOUR = 3_600_000;

describe.each(STORES)('other ways through the loop, on $name', (store) => {
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

  it('returned, sent again, accepted on the card', async () => {
    const caseId = await tale.filed();
    await tale.did('reviewer', caseId, 'return', { reason: '请补充具体地点' });
    await tale.card('member', caseId, /退回补充，请您补充/);
    const again = await tale.did(
      'member',
      caseId,
      'submit',
      report({ situation: '环城南路口，早上 7:30 到 8:30 排队。' }),
    );
    expect([again.state, again.number]).toEqual(['submitted', (await tale.read(caseId)).number]);
    const cards = await tale.card('reviewer', caseId, /新民情，请审核/);
    await tale.press('reviewer', cards, 'accept');
    expect((await tale.read(caseId)).state).toBe('accepted');
    expect((await tale.history(caseId)).map((e) => e.action)).toEqual([
      'submit',
      'return',
      'submit',
      'accept',
    ]);
  });

  it('given back by one unit, dispatched to another', async () => {
    const caseId = await tale.atPolice();
    await tale.did('handler', caseId, 'transferBack', {
      reason: '属于市政设施',
      suggestedUnitId: tale.units.works,
    });
    await tale.card('dispatcher', caseId, /单位退回，请改派/);
    const c = await tale.did('dispatcher', caseId, 'dispatch', { leadUnitId: tale.units.works });
    expect(c.assignments.map((a) => [a.unitId, a.state])).toEqual([
      [tale.units.police, 'returned'],
      [tale.units.works, 'unsigned'],
    ]);
    expect((await (await tale.as('handler')).call('GET', `/cases/${caseId}`)).status).toBe(404);
  });

  it('a question nobody answers ends at its limit, and the clock runs on from there', async () => {
    const caseId = await tale.atPolice();
    const asked = await tale.did('handler', caseId, 'ask', { question: '是哪个方向排队？' });
    const before = asked.clocks.find((k) => k.kind === 'reply');
    const limit = asked.clocks.find((k) => k.kind === 'ask')?.dueAt ?? 0;
    const calendar = createCalendar({ hours: [], overrides: [], notices: [] });
    await town.advance(limit - town.app.clock.businessNow() + 3 * HOUR);
    await tale.until('the question lapses', async () => (await tale.count(caseId, 'lapseAsk')) === 1);
    const after = (await tale.read(caseId)).clocks.find((k) => k.kind === 'reply');
    expect((await tale.history(caseId)).find((e) => e.action === 'lapseAsk')?.at).toBe(limit);
    expect(after?.dueAt).toBe(calendar.extendByPause(before?.dueAt ?? 0, before?.pausedAt ?? 0, limit));
    expect(after?.pausedAt).toBeNull();
    await tale.quiet();
    expect(await tale.notices('handler', /没有等到委员回答/)).toHaveLength(1);
    expect(await tale.notices('handler2', /没有等到委员回答/)).toHaveLength(1);
    expect((await tale.does('member', caseId, 'answer', { text: '南北方向' })).status).toBe(409);
  });

  it('a question answered on the card goes on at once', async () => {
    const caseId = await tale.atPolice();
    await tale.did('handler', caseId, 'ask', { question: '是早上还是晚上？' });
    const card = await tale.card('member', caseId, /单位向您核实/);
    await tale.press('member', card, 'answer', { answer: '早上' });
    const c = await tale.read(caseId);
    expect([c.ask, c.clocks.find((k) => k.kind === 'reply')?.pausedAt]).toEqual([null, null]);
    expect((await tale.history(caseId)).at(-1)?.data.text).toBe('早上');
  });

  it('two stars bring a rework, five close it', async () => {
    const caseId = await tale.atPolice();
    await tale.did('handler', caseId, 'reply', SOLVED);
    const rework = await tale.did('member', caseId, 'rate', LOW);
    expect([rework.state, rework.round]).toEqual(['dispatched', 2]);
    await tale.card('handler', caseId, /退回整改，请签收/);
    await tale.did('handler', caseId, 'sign');
    await tale.did('handler2', caseId, 'reply', { ...SOLVED, text: '又实测一周，已延长绿灯。' });
    const closed = await tale.did('member', caseId, 'rate', { stars: 5 });
    expect([closed.state, closed.outcome, closed.ratings.map((r) => r.stars)]).toEqual([
      'closed',
      'rated',
      [2, 5],
    ]);
  });

  it('three low rounds go to the inspector, who dispatches once more and then upholds', async () => {
    const caseId = await tale.atPolice();
    const lowRound = async (): Promise<string> => {
      await tale.did('handler', caseId, 'reply', SOLVED);
      return (await tale.did('member', caseId, 'rate', LOW)).state;
    };
    expect([await lowRound(), await lowRound(), await lowRound()]).toEqual([
      'dispatched',
      'dispatched',
      'disputed',
    ]);
    await tale.card('inspector', caseId, /多次不满意，请裁定/);
    await tale.did('inspector', caseId, 'conclude', { ruling: 'dispatchAgain', text: '再实测一次' });
    expect((await tale.does('dispatcher', caseId, 'sendBack', WHY)).body.reason).toBe('ruledCase');
    await tale.did('dispatcher', caseId, 'dispatch', { leadUnitId: tale.units.police });
    expect(await lowRound()).toBe('disputed');
    const twice = await tale.does('inspector', caseId, 'conclude', { ruling: 'dispatchAgain', text: '再来' });
    expect([twice.status, twice.body.reason]).toEqual([409, 'ruledOnce']);
    const closed = await tale.did('inspector', caseId, 'conclude', {
      ruling: 'uphold',
      text: '已按标准配时',
    });
    expect([closed.state, closed.outcome, closed.round]).toEqual(['closed', 'upheld', 4]);
    await tale.quiet();
    expect(await tale.notices('member', /维持答复，办结/)).toHaveLength(1);
    expect(await tale.notices('handler', /再交办一次|维持答复，办结/)).toHaveLength(2);
  });

  it('withdrawn before it was dispatched, never after', async () => {
    const early = await tale.accepted();
    expect((await tale.did('member', early, 'withdraw')).state).toBe('withdrawn');
    const late = await tale.atPolice();
    await tale.did('dispatcher', late, 'recall', WHY);
    expect((await tale.does('member', late, 'withdraw')).body.reason).toBe('onceDispatched');
  });

  it('another lead, other co-handlers, an opinion on the card, and back to the dispatcher', async () => {
    const caseId = await tale.atPolice([tale.units.enforcement]);
    const opinion = await tale.card('coHandler', caseId, /协办，请会签/);
    await tale.press('coHandler', opinion, 'opinion', { opinion: '占道摊点已清理' });
    expect((await tale.read(caseId)).assignments.map((a) => a.state)).toEqual(['unsigned', 'done']);
    await tale.until('the card is handled', async () =>
      (await tale.face('coHandler', opinion)).includes('会签意见'),
    );

    const changed = await tale.did('dispatcher', caseId, 'changeCoHandlers', {
      coUnitIds: [tale.units.works],
    });
    expect(changed.assignments.at(-1)).toMatchObject({
      unitId: tale.units.works,
      part: 'co',
      state: 'unsigned',
    });
    const moved = await tale.did('dispatcher', caseId, 'redispatch', {
      leadUnitId: tale.units.works,
      coUnitIds: [],
      reason: '改由建设局主办',
    });
    expect(moved.assignments.map((a) => a.state)).toEqual(['cancelled', 'done', 'cancelled', 'unsigned']);
    await tale.quiet();
    expect(await tale.notices('handler', /不再由您单位办理/)).not.toHaveLength(0);

    const recalled = await tale.did('dispatcher', caseId, 'recall', WHY);
    expect([recalled.state, recalled.assignments.at(-1)?.state]).toEqual(['accepted', 'cancelled']);
    expect(recalled.clocks.filter((k) => k.stoppedAt === null).map((k) => k.kind)).toEqual(['dispatch']);
  });
});
