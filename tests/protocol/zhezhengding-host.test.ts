import { describe, expect, it } from 'vitest';
import { DEMO_APP_SECRET, DEMO_SCAN_SECRET } from '../../scripts/messenger/src/index.ts';
import type { HostPerson, NoticeContent } from '../../server/src/hosts/index.ts';
import { CROWD, DIRECTORY, accountOf, codeOfPerson, govRigEachTest } from './zhezhengding.rig.ts';
import type { Json } from './platform.ts';

const rig = govRigEachTest();
const LIN = codeOfPerson('lin');
const HOUR = 3_600_000;

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
  body: '迎宾大道红绿灯按车流设置时长，* 不是 Markdown',
  path: '/#/s/abc',
  buttons: [],
  status: null,
  ...changes,
});
const send = async (id: string, content: NoticeContent = notice()) =>
  rig.host.sendNotice({ id, userIds: [LIN], message: rig.host.renderNotice(content) });

describe('signing on', () => {
  it('exchanges a code of the container once for the account the directory knows', async () => {
    const code = await rig.platform.code('lin');
    expect(await rig.host.exchangeCode(code)).toEqual({
      userId: LIN,
      unionId: accountOf('lin'),
      name: '林淑芬',
    });
    await expect(rig.host.exchangeCode(code)).rejects.toMatchObject({
      kind: 'invalid',
      code: 'business.INVALID_AUTH_CODE',
    });
  });

  it('refuses a code after five minutes', async () => {
    const code = await rig.platform.code('lin');
    await rig.platform.control('POST', '/clock', { advanceMs: 5 * 60_000 });
    await expect(rig.host.exchangeCode(code)).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('exchanges a scanned code with the login app’s keys, and each door refuses the other’s', async () => {
    const scan = async (): Promise<string> =>
      (await rig.platform.control('POST', '/people/lin/scan')).body.code as string;
    expect(await rig.host.exchangeCode(await scan(), 'scan')).toMatchObject({ userId: LIN });
    await expect(rig.host.exchangeCode(await scan())).rejects.toMatchObject({ kind: 'invalid' });
    await expect(rig.host.exchangeCode(await rig.platform.code('lin'), 'scan')).rejects.toMatchObject({
      kind: 'invalid',
    });
    expect(rig.logged.join()).not.toContain(DEMO_SCAN_SECRET);
  });

  it('refuses a code of somebody on the other messenger', async () => {
    await expect(rig.host.exchangeCode(await rig.platform.code('wei'))).rejects.toMatchObject({
      kind: 'invalid',
    });
  });

  it('refuses an account of another tenant', async () => {
    rig.rebuild({ tenantId: '42' });
    await expect(rig.host.exchangeCode(await rig.platform.code('lin'))).rejects.toMatchObject({
      kind: 'invalid',
      code: 'tenant',
    });
  });

  it('gives a ticket under either name of the token, one for many pages', async () => {
    const first = await rig.host.signJsapi('http://127.0.0.1:5170/');
    expect(first).toEqual({ ticket: expect.stringMatching(/^[0-9a-f]{48}$/) });
    expect(await rig.host.signJsapi('http://127.0.0.1:5170/b')).toEqual(first);
    expect(await rig.calls('zzd.ticket')).toHaveLength(1);
    rig.rebuild({}, { ticketTokenField: 'access_token' });
    expect(await rig.host.signJsapi('http://127.0.0.1:5170/')).toEqual(first);
  });

  it('names the login page with what the platform asks for', () => {
    const page = new URL(rig.host.scanPage ?? '');
    expect(Object.fromEntries(page.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'minqing_demo_dingoa',
      scope: 'get_user_info',
      authType: 'QRCODE',
    });
    expect(rig.rebuild({ scan: null }).scanPage).toBeUndefined();
  });
});

describe('contacts', () => {
  it('are walked from what the app may see, page by page, with both ids of everybody', async () => {
    const departments = await all(rig.host.listDepartments());
    expect(departments.map(({ name }) => name)).toEqual([
      '浙江省',
      '金华市',
      '金华市政协',
      '市公安局交警支队',
    ]);
    expect(departments[0]?.parentId).toBeNull();
    expect(departments[1]?.parentId).toBe(departments[0]?.id);
    const people = new Map<string, HostPerson>();
    for (const { id } of departments) {
      for (const one of await all(rig.host.listPeople(id))) {
        expect(one.departmentIds).toContain(id);
        people.set(one.userId, one);
      }
    }
    const expected = DIRECTORY.people.filter((one) => one.host === 'zhezhengding');
    expect(people.size).toBe(expected.length);
    for (const one of expected) {
      expect(people.get(one.userid)).toMatchObject({
        unionId: one.unionid,
        name: one.name,
        title: one.title,
        active: true,
      });
    }
    // 230 in one organisation: three pages of rows, three of accounts.
    const pages = (await rig.calls('zzd.contacts.pageOrganizationEmployeePositions')).length;
    expect(pages).toBe(1 + Math.ceil(CROWD / 100) + 1 + 1);
  });

  it('read twice ask for no account again', async () => {
    const [, city] = await all(rig.host.listDepartments());
    await all(rig.host.listPeople(city?.id ?? ''));
    const before = (await rig.calls('zzd.contacts.listEmployeeAccountIds')).length;
    await all(rig.host.listPeople(city?.id ?? ''));
    expect(await rig.calls('zzd.contacts.listEmployeeAccountIds')).toHaveLength(before);
  });

  it('begin where the app was granted something', async () => {
    await rig.restart({ contactScope: [330_702] });
    const departments = await all(rig.host.listDepartments());
    expect(departments).toMatchObject([{ name: '市公安局交警支队', parentId: null }]);
    expect(await rig.host.getPerson(codeOfPerson('zhou'))).toMatchObject({ name: '周凯' });
    await expect(rig.host.getPerson(codeOfPerson('crowd-1'))).rejects.toMatchObject({ kind: 'denied' });
  });

  it('are not taken for empty when the app may see nothing', async () => {
    await rig.restart({ contactScope: [] });
    await expect(all(rig.host.listDepartments())).rejects.toMatchObject({ kind: 'denied', code: 'scopes' });
  });

  it('say null for who and what is not there', async () => {
    expect(await rig.host.getPerson('GE_nobody')).toBeNull();
    expect(await rig.host.getPerson(codeOfPerson('wei'))).toBeNull();
    expect(await rig.host.getDepartment('GO_nothing')).toBeNull();
    const [, city] = await all(rig.host.listDepartments());
    expect(await rig.host.getDepartment(city?.id ?? '')).toEqual(
      expect.objectContaining({ id: city?.id, name: '金华市' }),
    );
  });
});

describe('work notices', () => {
  it('arrive, are changed to handled, and are recalled by the id they were given', async () => {
    const { taskId } = await send('row-1');
    expect(taskId).toBe('row-1');
    const [item] = await rig.platform.chat('lin');
    expect(item).toMatchObject({
      kind: 'oa',
      title: '您的社情民意已受理',
      taskId: 'row-1',
      state: 'current',
      url: 'http://127.0.0.1:5170/#/s/abc',
    });
    expect(item?.fields[0]).toEqual({ label: '编号：', value: '金市〔2026〕0001' });
    await rig.host.setNoticeStatus({ taskId, userIds: [LIN] }, { text: '周凯 10:12 "签收"', tone: 'green' });
    expect((await rig.platform.chat('lin'))[0]).toMatchObject({
      state: 'handled',
      status: { text: '周凯 10:12 "签收"', bg: '#0E9F6E' },
    });
    await rig.host.recallNotice(taskId);
    expect((await rig.platform.chat('lin'))[0]).toMatchObject({ recalled: true });
    expect(await rig.host.checkNotice(taskId)).toEqual({ refused: [], read: [] });
  });

  it('with buttons are action cards that open the page inside the messenger', async () => {
    await send('row-2', notice({ buttons: [{ title: '签收', path: '/#/s/abc?do=sign' }] }));
    const [item] = await rig.platform.chat('lin');
    expect(item).toMatchObject({ kind: 'actionCard' });
    expect(item?.buttons).toMatchObject([{ title: '签收', url: rig.host.link('/#/s/abc?do=sign') }]);
    expect(item?.buttons[0]?.url).toBe(
      `taurus://taurusclient/page/link?pc_slide=true&url=${encodeURIComponent('http://127.0.0.1:5170/#/s/abc?do=sign')}`,
    );
  });

  it.each([
    ['oa', 'oa'],
    ['link', 'notice'],
    ['text', 'notice'],
    ['action_card', 'actionCard'],
  ] as const)('take the form this installation is set to: %s', async (noticeKind, kind) => {
    rig.rebuild({}, { noticeKind });
    await send('row-3', notice({ status: { text: '办理中', tone: 'blue' } }));
    const [item] = await rig.platform.chat('lin');
    expect(item).toMatchObject({ kind });
    const shown = JSON.stringify(item);
    expect(shown).toContain('您的社情民意已受理');
    expect(shown.match(/办理中/g)?.length).toBe(noticeKind === 'action_card' ? 2 : 1);
    expect(shown).toContain('金市〔2026〕0001');
  });

  it('whatever is said fit the size', async () => {
    const lines = Array.from({ length: 9 }, (_, i) => ({ label: `第${i}栏`, value: '值'.repeat(200) }));
    const long = notice({ title: '长'.repeat(200), body: '很长的话😀'.repeat(500), lines });
    for (const [index, noticeKind] of (['oa', 'link', 'text', 'action_card'] as const).entries()) {
      rig.rebuild({}, { noticeKind });
      await send(`row-${index}`, long);
    }
    expect(await rig.platform.chat('lin')).toHaveLength(4);
  });

  it('go to one person each, by employeeCode, and say so of whom nobody knows', async () => {
    const message = rig.host.renderNotice(notice());
    const bad = { kind: 'invalid' };
    await expect(rig.host.sendNotice({ id: 'a', userIds: [], message })).rejects.toMatchObject(bad);
    await expect(rig.host.sendNotice({ id: 'a', userIds: [LIN, LIN], message })).rejects.toMatchObject(bad);
    await expect(rig.host.sendNotice({ id: '', userIds: [LIN], message })).rejects.toMatchObject(bad);
    await expect(rig.host.sendNotice({ id: 'a', userIds: [LIN], message: 'hello' })).rejects.toMatchObject(
      bad,
    );
    await expect(rig.host.sendNotice({ id: 'a', userIds: ['GE_x'], message })).rejects.toMatchObject({
      kind: 'gone',
    });
    expect(await rig.calls('zzd.message.send')).toHaveLength(0);
  });

  it('changed with one parameter an account arrive the same, and switched off are refused here', async () => {
    await send('row-4');
    rig.rebuild({}, { changeMessage: 'repeat' });
    await rig.host.setNoticeStatus({ taskId: 'row-4', userIds: [LIN] }, { text: '已办', tone: 'grey' });
    expect((await rig.platform.chat('lin'))[0]).toMatchObject({ status: { text: '已办' } });
    rig.rebuild({}, { changeMessage: 'off' });
    expect(rig.host.capabilities.statusBar).toBe(false);
    await expect(
      rig.host.setNoticeStatus({ taskId: 'row-4', userIds: [LIN] }, { text: '已办', tone: 'grey' }),
    ).rejects.toMatchObject({ kind: 'denied' });
  });

  it('have no interactive cards', async () => {
    expect(rig.host.capabilities).toMatchObject({ cards: false, actionCards: true, todos: true });
    const card = { outTrackId: 'o', publicData: {}, privateData: {} };
    await expect(rig.host.updateCard(card)).rejects.toMatchObject({ kind: 'denied' });
  });
});

describe('to-dos', () => {
  const task = {
    sourceId: 'card-1',
    subject: '审核民情：迎宾大道红绿灯',
    executorUnionIds: [accountOf('lin')],
    dueAt: Date.parse('2026-07-06T15:30:00+08:00'),
    path: '/#/s/abc',
  };
  const todos = async (): Promise<{ open: Json[]; done: Json[] }> =>
    (await rig.platform.control('GET', '/people/lin/todos')).body as { open: Json[]; done: Json[] };

  it('are created once, found again, finished and cancelled', async () => {
    const id = await rig.host.createTodo(task);
    expect((await todos()).open).toMatchObject([
      { subject: task.subject, dueTime: task.dueAt, detailUrl: { appUrl: 'http://127.0.0.1:5170/#/s/abc' } },
    ]);
    await expect(rig.host.createTodo(task)).rejects.toMatchObject({ kind: 'duplicate' });
    expect(await rig.host.findTodo('card-1', accountOf('lin'))).toBe(id);
    expect(await rig.host.findTodo('card-9', accountOf('lin'))).toBeNull();
    await rig.host.completeTodo(id, accountOf('lin'));
    expect(await todos()).toMatchObject({ open: [], done: [{ subject: task.subject }] });
    await rig.host.deleteTodo(id, accountOf('lin'));
    expect(await todos()).toEqual({ open: [], done: [] });
    await expect(rig.host.completeTodo(id, accountOf('lin'))).rejects.toMatchObject({ kind: 'gone' });
  });

  it('are not looked up where the app may not list them', async () => {
    await rig.host.createTodo(task);
    rig.rebuild({}, { todoListPath: '' });
    expect(await rig.host.findTodo('card-1', accountOf('lin'))).toBeNull();
    expect(await rig.calls('zzd.todo.list')).toHaveLength(0);
  });
});

describe('the access token', () => {
  it('is fetched once, and again when the platform forgot it or it ran out', async () => {
    await rig.host.exchangeCode(await rig.platform.code('lin'));
    await rig.host.exchangeCode(await rig.platform.code('zhou'));
    expect(await rig.calls('zzd.token')).toHaveLength(1);
    await rig.platform.control('POST', '/clock', { advanceMs: 3 * HOUR });
    await rig.host.exchangeCode(await rig.platform.code('lin'));
    expect(await rig.calls('zzd.token')).toHaveLength(2);
    expect((await rig.calls('zzd.signon')).map(({ code }) => code)).toEqual([
      '',
      '',
      'INVALID_ACCESS_TOKEN',
      '',
    ]);
    expect(rig.logged.join()).not.toContain(DEMO_APP_SECRET);
  });

  it('goes with messages and to-dos where an installation wants it', async () => {
    rig.rebuild({}, { tokenEverywhere: true });
    await send('row-5');
    expect(await rig.calls('zzd.token')).toHaveLength(1);
  });
});
