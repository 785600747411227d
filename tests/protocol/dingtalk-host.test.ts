import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { NoticeContent, SignedPage } from '../../server/src/hosts/index.ts';
import { DEMO_AGENT_ID, DEMO_CLIENT_SECRET } from '../../scripts/messenger/src/index.ts';
import { MEMBER, REVIEWER, rigEachTest } from './dingtalk.rig.ts';
import type { Json } from './platform.ts';

const rig = rigEachTest();

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of source) {
    list.push(item);
  }
  return list;
}
const notice = (changes: Partial<NoticeContent> = {}): NoticeContent => ({
  number: '金市〔2026〕0001',
  title: '您的社情民意已受理',
  lines: [{ label: '承办', value: '交警支队' }],
  body: '迎宾大道红绿灯按车流设置时长',
  path: '/#/s/abc',
  buttons: [],
  status: null,
  ...changes,
});
describe('sign-on and contacts', () => {
  it('exchange a code once for the account the directory knows', async () => {
    const code = await rig.platform.code(MEMBER);
    const account = await rig.host.exchangeCode(code);
    expect(account).toEqual({
      userId: await rig.platform.userid(MEMBER),
      unionId: await rig.platform.unionid(MEMBER),
      name: '林淑芬',
    });
    await expect(rig.host.exchangeCode(code)).rejects.toMatchObject({ kind: 'invalid', code: '40078' });
  });

  it('walk the whole organisation: every department once, every person of the directory', async () => {
    const departments = await all(rig.host.listDepartments());
    expect(departments[0]).toMatchObject({ id: '1', parentId: null });
    const ids = new Set(departments.map(({ id }) => id));
    expect(ids.size).toBe(departments.length);
    expect(departments.slice(1).every(({ parentId }) => parentId !== null && ids.has(parentId))).toBe(true);
    const found = new Set<string>();
    for (const { id } of departments) {
      for (const person of await all(rig.host.listPeople(id))) {
        found.add(person.userId);
        expect(person.departmentIds).toContain(id);
      }
    }
    const known = (await rig.platform.control('GET', '/people')).body as unknown as { userid: string }[];
    expect([...found].sort()).toEqual(known.map(({ userid }) => userid).sort());
  });

  it('say null for what is not there', async () => {
    expect(await rig.host.getPerson('nobody-at-all')).toBeNull();
    expect(await rig.host.getDepartment('987654321')).toBeNull();
    expect(await rig.host.getPerson(await rig.platform.userid(MEMBER))).toMatchObject({
      name: '林淑芬',
      active: true,
    });
  });

  it('outlive the end of the token', async () => {
    await rig.host.getPerson(await rig.platform.userid(MEMBER));
    await rig.platform.control('POST', '/clock', { advanceMs: 3 * 3_600_000 });
    expect(await rig.host.getPerson(await rig.platform.userid(MEMBER))).toMatchObject({ name: '林淑芬' });
    expect(
      rig.logged.some(
        (line) => line.includes('"code":"InvalidAuthentication"') || /"code":"4(0014|2001)"/.test(line),
      ),
    ).toBe(true);
    expect(rig.logged.join()).not.toContain(DEMO_CLIENT_SECRET);
  });

  it('sign a page with the ticket the platform holds', async () => {
    const config = (await rig.host.signJsapi('http://127.0.0.1:5170/?a=%E5%BC%A0#/s/1')) as SignedPage;
    const { body } = await rig.platform.api('POST', '/v1.0/oauth2/jsapiTickets');
    const plain =
      `jsapi_ticket=${String(body.jsapiTicket)}&noncestr=${config.nonceStr}` +
      `&timestamp=${config.timeStamp}&url=http://127.0.0.1:5170/?a=张`;
    expect(config.signature).toBe(createHash('sha256').update(plain).digest('hex'));
    expect(config.agentId).toBe(DEMO_AGENT_ID);
  });
});
describe('work notices', () => {
  it('arrive as OA message, are found delivered, change their bar and are recalled', async () => {
    const userId = await rig.platform.userid(MEMBER);
    const message = rig.host.renderNotice(notice({ status: { text: '办理中', tone: 'blue' } }));
    const { taskId } = await rig.host.sendNotice({ id: 'n1', userIds: [userId], message });
    const [item] = await rig.platform.chat(MEMBER);
    expect(item).toMatchObject({ kind: 'oa', title: '您的社情民意已受理', taskId, recalled: false });
    expect(JSON.stringify(item)).toContain('金市〔2026〕0001');
    expect(await rig.host.checkNotice(taskId)).toEqual({ refused: [], read: [] });
    await rig.platform.control('POST', `/people/${MEMBER}/chat/read`);
    expect((await rig.host.checkNotice(taskId)).read).toEqual([userId]);
    await rig.host.setNoticeStatus({ taskId, userIds: [userId] }, { text: '已办结', tone: 'green' });
    expect(JSON.stringify(await rig.platform.chat(MEMBER))).toContain('已办结');
    await rig.host.recallNotice(taskId);
    expect((await rig.platform.chat(MEMBER))[0]).toMatchObject({ recalled: true });
  });

  it('arrive as action card with the buttons’ links', async () => {
    const buttons = [{ title: '签收', path: '/#/s/abc?act=sign' }];
    const message = rig.host.renderNotice(notice({ buttons }));
    await rig.host.sendNotice({ id: 'n1', userIds: [await rig.platform.userid(MEMBER)], message });
    const [item] = await rig.platform.chat(MEMBER);
    expect(item).toMatchObject({ kind: 'actionCard' });
    expect(item?.buttons).toMatchObject([{ title: '签收', url: rig.host.link('/#/s/abc?act=sign') }]);
  });

  it('sent twice with the same words are accepted and then listed as duplicates', async () => {
    const userIds = [await rig.platform.userid(MEMBER)];
    const message = rig.host.renderNotice(notice());
    await rig.host.sendNotice({ id: 'n1', userIds, message });
    const { taskId } = await rig.host.sendNotice({ id: 'n1', userIds, message });
    expect((await rig.host.checkNotice(taskId)).refused).toEqual([
      { userId: userIds[0], code: '143106', kind: 'duplicate' },
    ]);
    expect(await rig.platform.chat(MEMBER)).toHaveLength(1);
  });

  it('with a status reach more than five people, without the bar the platform would refuse', async () => {
    const people = (await rig.platform.control('GET', '/people')).body as unknown as { userid: string }[];
    const userIds = people.slice(0, 8).map(({ userid }) => userid);
    const message = rig.host.renderNotice(notice({ status: { text: '办理中', tone: 'blue' } }));
    const { taskId } = await rig.host.sendNotice({ id: 'n1', userIds, message });
    expect((await rig.host.checkNotice(taskId)).refused).toEqual([]);
  });

  it('whatever is said fit the platform’s sizes', async () => {
    const userIds = [await rig.platform.userid(MEMBER)];
    const long = {
      title: '长'.repeat(200),
      body: '很长的话😀'.repeat(500),
      status: { text: '办理中', tone: 'amber' } as const,
    };
    const lines = Array.from({ length: 9 }, (_, i) => ({ label: `第${i}栏`, value: '值'.repeat(200) }));
    const buttons = Array.from({ length: 5 }, (_, i) => ({
      title: `按钮${i}按钮按钮按钮按钮按钮按钮`,
      path: `/#/s/abc?act=${i}`,
    }));
    for (const content of [notice({ ...long, lines }), notice({ ...long, lines, buttons })]) {
      const { taskId } = await rig.host.sendNotice({
        id: 'n1',
        userIds,
        message: rig.host.renderNotice(content),
      });
      expect((await rig.host.checkNotice(taskId)).refused).toEqual([]);
    }
    expect(await rig.platform.chat(MEMBER)).toHaveLength(2);
  });
});
describe('to-dos', () => {
  it('are created once, found again, completed and deleted', async () => {
    const owner = await rig.platform.unionid(REVIEWER);
    const task = {
      sourceId: 'case-1:review:1',
      subject: '审核：迎宾大道红绿灯',
      executorUnionIds: [owner],
      dueAt: Date.parse('2026-07-06T15:30:00+08:00'),
      path: '/#/s/abc',
    };
    const id = await rig.host.createTodo(task);
    const todos = async (): Promise<{ open: Json[]; done: Json[] }> =>
      (await rig.platform.control('GET', `/people/${REVIEWER}/todos`)).body as { open: Json[]; done: Json[] };
    expect((await todos()).open).toHaveLength(1);
    await expect(rig.host.createTodo(task)).rejects.toMatchObject({ kind: 'duplicate' });
    expect(await rig.host.findTodo(task.sourceId, owner)).toBe(id);
    expect(await rig.host.findTodo('never-was', owner)).toBeNull();
    await rig.host.completeTodo(id, owner);
    expect(await todos()).toMatchObject({ open: [], done: [{ subject: task.subject }] });
    await rig.host.deleteTodo(id, owner);
    await expect(rig.host.completeTodo(id, owner)).rejects.toMatchObject({ kind: 'gone' });
  });
});
describe('misbehaviour of the platform', () => {
  const faulty = async (fault: Json): Promise<unknown> => {
    await rig.platform.control('POST', '/faults', { operations: ['notice.send'], ...fault });
    const userIds = [await rig.platform.userid(MEMBER)];
    return rig.host.sendNotice({ id: 'n1', userIds, message: rig.host.renderNotice(notice()) });
  };

  it.each([
    ['an error', { kind: 'error' }, 'unavailable'],
    ['HTML', { kind: 'error', html: true }, 'unavailable'],
    ['throttling', { kind: 'throttle' }, 'throttled'],
    ['a lost answer', { kind: 'loseAnswers' }, 'unavailable'],
  ])('%s is told as something that may be tried again', async (_name, fault, kind) => {
    rig.rebuild({ timeoutMs: 1_000 });
    await expect(faulty(fault)).rejects.toMatchObject({ kind, retryable: true });
  });

  it('a lost answer is met again as a duplicate: the first had got through', async () => {
    rig.rebuild({ timeoutMs: 1_000 });
    await expect(faulty({ kind: 'loseAnswers', count: 1 })).rejects.toMatchObject({ retryable: true });
    await rig.platform.control('DELETE', '/faults');
    const userIds = [await rig.platform.userid(MEMBER)];
    const { taskId } = await rig.host.sendNotice({
      id: 'n1',
      userIds,
      message: rig.host.renderNotice(notice()),
    });
    expect((await rig.host.checkNotice(taskId)).refused).toMatchObject([{ kind: 'duplicate' }]);
    expect(await rig.platform.chat(MEMBER)).toHaveLength(1);
  });
});
