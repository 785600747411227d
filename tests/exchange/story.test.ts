/** The reference story in a county whose 三服务办 works on the connected platform, on both databases. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { connect, type Connected, type View } from './rig.ts';

const REPLY = '已把单一配时改为四个时段，南北直行绿灯由 35 秒调至 48 秒。';

describe.each(STORES)('a case handed to the connected platform, on $name', (store) => {
  let database: TestDatabase;
  let both: Connected;
  beforeAll(async () => {
    database = await store.create();
    both = await connect({ databaseUrl: database.databaseUrl });
  });
  afterAll(async () => {
    await both?.close();
    await database?.drop();
  });

  it('goes out at acceptance, comes back step by step, and is rated here', async () => {
    const caseId = await both.accepted();
    const there = await both.standsThere(caseId, 'DJS');
    expect(there.handed).toMatchObject({ title: '迎宾大道红绿灯按车流设置时长', author: { name: '胡建国' } });
    expect(JSON.stringify(there.handed)).not.toContain('19905790109');

    await both.clerk(caseId, 'receive');
    await both.clerk(caseId, 'dispatch', { lead: 'YK-GA', co: ['YK-ZF'], days: 3, text: '到路口实测' });
    const dispatched = await both.standsHere(caseId, 'dispatched');
    expect(dispatched.timeline[0]).toMatchObject({
      title: '已交办',
      who: '永康市三服务办',
      text: '主办永康市公安局，协办永康市综合行政执法局，请在 7月9日 周四 18:00 前答复。\n交办意见：到路口实测',
    });
    await both.clerk(caseId, 'sign');
    await both.standsHere(caseId, 'handling');
    await both.clerk(caseId, 'progress', { text: '早高峰到路口数了车' });
    await both.clerk(caseId, 'requestExtension', { until: '2026-07-14', reason: '等设备' });
    await both.clerk(caseId, 'grant');
    await both.clerk(caseId, 'reply', { class: 'solved', text: REPLY });
    const replied = await both.standsHere(caseId, 'replied');
    expect(replied.timeline.map((e) => e.action)).toEqual([
      'reply',
      'grant',
      'progress',
      'sign',
      'dispatch',
      'accept',
      'submit',
    ]);
    expect(replied.timeline[0]?.who).toBe('永康市公安局');
    expect(JSON.stringify(replied)).not.toContain('小管家');
    await both.town.card('yongkang-member', /答复到了，等您评价/);

    await both.member.act(caseId, 'rate', { stars: 5 });
    const done = await both.standsThere(caseId, 'YBJ');
    expect(done.log.filter((m) => m.side === 'M').map((m) => m.type)).toEqual([
      'case.handed',
      'author.rated',
      'case.settled',
    ]);
    expect(done.log.every((m) => m.problem === '' && !m.unsent)).toBe(true);
  });

  it('leaves the office and the units here nothing to do, and says where it is done', async () => {
    const caseId = await both.accepted();
    await both.standsThere(caseId, 'DJS');
    const office = await both.town.person('yongkang-dispatcher');
    const { body } = await office.call('GET', `/cases/${caseId}`);
    const view = body as unknown as View;
    expect(view.actions.map((a) => a.action).filter((a) => /dispatch|sendBack|recall/i.test(a))).toEqual([]);
    const refused = await office.try(caseId, 'sendBack', { reason: '不归我们' });
    expect([refused.status, refused.body['title']]).toEqual([
      409,
      '这件民情由三服务小管家办理，这一步请在那边操作',
    ]);
    const { desks } = (await office.call('GET', '/queues')).body as unknown as { desks: { id: string }[] };
    const waiting = await office.call('GET', `/cases?desk=${desks[0]?.id ?? ''}&queue=dispatch`);
    expect(waiting.body['items']).toEqual([]);
  });

  it('comes back to the reviewer when the platform returns it, and is reviewed anew', async () => {
    const caseId = await both.accepted();
    await both.standsThere(caseId, 'DJS');
    await both.clerk(caseId, 'receive');
    await both.clerk(caseId, 'sendBack', { reason: '请写清路口' });
    await both.standsHere(caseId, 'submitted');
    await both.reviewer.act(caseId, 'accept', {});
    const again = await both.standsThere(caseId, 'DJS');
    expect(again.log.filter((m) => m.type === 'case.handed')).toHaveLength(2);
  });

  it('sends low stars back to the platform, and an anonymous author stays without a name', async () => {
    const caseId = await both.accepted({
      disclosure: { anonymous: true, openness: 'staff', phoneToUnit: true },
    });
    const there = await both.standsThere(caseId, 'DJS');
    expect(there.handed?.author).toBeNull();
    await both.clerk(caseId, 'receive');
    await both.clerk(caseId, 'dispatch', { lead: 'YK-GA', days: 1 });
    await both.clerk(caseId, 'reply', { class: 'solved', text: REPLY });
    await both.standsHere(caseId, 'replied');
    await both.member.act(caseId, 'rate', { stars: 1, text: '没有变化' });
    await both.standsThere(caseId, 'CXB');
    await both.clerk(caseId, 'sign');
    await both.clerk(caseId, 'reply', { class: 'solved', text: '重新调过了' });
    const view = await both.standsHere(caseId, 'replied');
    expect(view.timeline.filter((e) => e.action === 'reply')).toHaveLength(2);
  });
});
