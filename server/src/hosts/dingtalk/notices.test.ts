import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rigHost, startFakePlatform } from './platform.fake.ts';
import type { FakePlatform, Rig } from './platform.fake.ts';

const BASE = '/topapi/message/corpconversation';
const SEND = `${BASE}/asyncsend_v2`;
const PROGRESS = `${BASE}/getsendprogress`;
const RESULT = `${BASE}/getsendresult`;

let platform: FakePlatform;
let rig: Rig;
beforeEach(async () => {
  platform = await startFakePlatform();
  rig = rigHost(platform);
  platform.answers(SEND, {
    body: { errcode: 0, errmsg: 'ok', task_id: 256271667526, request_id: '4jzllmte0wau' },
  });
  platform.answers(PROGRESS, {
    body: { errcode: 0, errmsg: 'ok', progress: { progress_in_percent: 100, status: 2 }, request_id: 'x' },
  });
});
afterEach(() => platform.close());

const people = (count: number): string[] => Array.from({ length: count }, (_, i) => `u${i}`);
const message = (status: { text: string; tone: 'amber' } | null = null): string =>
  rig.host.renderNotice({
    number: 'N1',
    title: 't',
    lines: [],
    body: 'b',
    path: '/#/s/1',
    buttons: [],
    status,
  });

describe('sending a work notice', () => {
  it('is one call for up to 100 people, as the platform’s sample has it', async () => {
    const sent = await rig.host.sendNotice({ id: 'n1', userIds: people(100), message: message() });
    expect(sent).toEqual({ taskId: '256271667526' });
    expect(platform.askedAt(SEND)[0]?.body).toEqual({
      agent_id: 123456,
      userid_list: people(100).join(','),
      msg: JSON.parse(message()),
    });
  });

  it('names each person once', async () => {
    await rig.host.sendNotice({ id: 'n1', userIds: ['a', 'b', 'a'], message: message() });
    expect(platform.askedAt(SEND)[0]?.body).toMatchObject({ userid_list: 'a,b' });
  });

  it('refuses nobody, 101 people, a comma in an id, too many bytes and what is no message, unsent', async () => {
    const bad = [
      { id: 'n1', userIds: [], message: message() },
      { id: 'n1', userIds: people(101), message: message() },
      { id: 'n1', userIds: ['a,b'], message: message() },
      {
        id: 'n1',
        userIds: ['a'],
        message: JSON.stringify({ msgtype: 'text', text: { content: '长'.repeat(700) } }),
      },
      { id: 'n1', userIds: ['a'], message: 'hello' },
    ];
    for (const notice of bad) {
      await expect(rig.host.sendNotice(notice)).rejects.toMatchObject({ kind: 'invalid' });
    }
    expect(platform.asked).toHaveLength(0);
  });

  it('keeps the status bar for five people and leaves it out for six, as the platform wants', async () => {
    const barred = message({ text: '待签收', tone: 'amber' });
    await rig.host.sendNotice({ id: 'n1', userIds: people(5), message: barred });
    await rig.host.sendNotice({ id: 'n1', userIds: people(6), message: barred });
    const [five, six] = platform.askedAt(SEND).map(({ body }) => (body as { msg: { oa: object } }).msg.oa);
    expect(five).toHaveProperty('status_bar');
    expect(six).not.toHaveProperty('status_bar');
    expect(six).toHaveProperty('body');
  });
});

describe('checking a work notice', () => {
  it('tells who was refused and why: quota refusals hide behind errcode 0', async () => {
    platform.answers(RESULT, {
      body: {
        errcode: 0,
        errmsg: 'ok',
        send_result: {
          invalid_user_id_list: ['gone1'],
          forbidden_user_id_list: ['twice1', 'odd1'],
          failed_user_id_list: ['fail1'],
          read_user_id_list: ['r1'],
          unread_user_id_list: ['r2'],
          invalid_dept_id_list: [],
          forbidden_list: [
            { code: '143106', count: 1, userid: 'twice1' },
            { code: '143105', count: 1, userid: 'quota1' },
            { code: '143103', count: 1, userid: 'minute1' },
            { code: '1430002', count: 1, userid: 'banned1' },
            { code: '1430004', count: 1, userid: 'chief1' },
            { code: '199999', count: 1, userid: 'new1' },
          ],
        },
        request_id: 'x',
      },
    });
    const outcome = await rig.host.checkNotice('256271667526');
    expect(Object.fromEntries(outcome.refused.map(({ userId, kind }) => [userId, kind]))).toEqual({
      twice1: 'duplicate',
      quota1: 'throttled',
      minute1: 'throttled',
      banned1: 'content',
      chief1: 'denied',
      new1: 'denied',
      odd1: 'denied',
      gone1: 'gone',
      fail1: 'unavailable',
    });
    expect(outcome.refused[0]).toEqual({ userId: 'twice1', code: '143106', kind: 'duplicate' });
    expect(outcome.read).toEqual(['r1']);
    expect(platform.askedAt(RESULT)[0]?.body).toEqual({ agent_id: 123456, task_id: 256271667526 });
  });

  it('takes absent lists for empty ones', async () => {
    platform.answers(RESULT, { body: { errcode: 0, send_result: {} } });
    expect(await rig.host.checkNotice('1')).toEqual({ refused: [], read: [] });
  });

  it('says "later" while the platform is still sending, and does not look at half a result', async () => {
    platform.answers(PROGRESS, { body: { errcode: 0, progress: { progress_in_percent: 40, status: 1 } } });
    await expect(rig.host.checkNotice('1')).rejects.toMatchObject({
      kind: 'unavailable',
      retryAfterMs: 5_000,
    });
    expect(platform.askedAt(RESULT)).toHaveLength(0);
  });

  it('rejects an unknown task as invalid', async () => {
    platform.answers(PROGRESS, { body: { errcode: 40035, errmsg: '不合法的参数' } });
    await expect(rig.host.checkNotice('1')).rejects.toMatchObject({ kind: 'invalid', code: '40035' });
    await expect(rig.host.checkNotice('no number')).rejects.toMatchObject({ kind: 'invalid' });
  });
});

describe('afterwards', () => {
  it('a notice is recalled under the other name of its task', async () => {
    platform.answers(`${BASE}/recall`, { body: { errcode: 0, errmsg: 'ok' } });
    await rig.host.recallNotice('256271667526');
    expect(platform.asked.at(-1)?.body).toEqual({ agent_id: 123456, msg_task_id: 256271667526 });
  });

  it('its status bar changes in the platform’s colour form', async () => {
    platform.answers(`${BASE}/status_bar/update`, { body: { errcode: 0, errmsg: 'ok', request_id: 'x' } });
    await rig.host.setNoticeStatus({ taskId: '7', userIds: ['a'] }, { text: '已办结', tone: 'green' });
    expect(platform.asked.at(-1)?.body).toEqual({
      agent_id: 123456,
      task_id: 7,
      status_value: '已办结',
      status_bg: '0xFF0E9F6E',
    });
    platform.answers(`${BASE}/status_bar/update`, { body: { errcode: 41052, errmsg: 'not finished' } });
    await expect(
      rig.host.setNoticeStatus({ taskId: '7', userIds: ['a'] }, { text: 'x', tone: 'red' }),
    ).rejects.toMatchObject({
      retryable: true,
    });
  });
});
