import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AGENT, startPlatform, type Json, type Platform } from './platform.ts';

const CORP = '/topapi/message/corpconversation';
const DAY_MS = 86_400_000;
let platform: Platform;
beforeEach(async () => {
  platform = await startPlatform({ callsPerSecond: 10_000 });
});
afterEach(() => platform.stop());

const text = (content: string): Json => ({ msgtype: 'text', text: { content } });
const send = (userid_list: string, msg: unknown, more: Json = {}) =>
  platform.oapi(`${CORP}/asyncsend_v2`, { agent_id: AGENT, userid_list, msg, ...more });
const result = async (task_id: unknown) =>
  (await platform.oapi(`${CORP}/getsendresult`, { agent_id: AGENT, task_id })).body.send_result as Json;

const OA: Json = {
  msgtype: 'oa',
  oa: {
    message_url: 'dingtalk://dingtalkclient/page/link?url=http%3A%2F%2F127.0.0.1%2F',
    head: { bgcolor: 'FFBBBBBB', text: '民情一点通' },
    status_bar: { status_value: '进行中', status_bg: '0xFFF65E5E' },
    body: {
      title: '迎宾大道红绿灯',
      form: [{ key: '单位', value: '交警支队' }],
      content: '请在周四 17:00 前答复',
    },
  },
};
const ACTION_CARD: Json = {
  msgtype: 'action_card',
  action_card: {
    title: '请评价',
    markdown: '### 答复到了',
    btn_orientation: '0',
    btn_json_list: [
      { title: '评价', action_url: 'https://example.org/a' },
      { title: '看经过', action_url: 'https://example.org/b' },
    ],
  },
};

describe('sending a work notice', () => {
  it('answers a task, and the person has it', async () => {
    const { body } = await send('jh0001,jh0002', text('您好'));
    expect(body).toEqual({
      errcode: 0,
      errmsg: 'ok',
      task_id: expect.any(Number),
      request_id: expect.any(String),
    });
    const progress = await platform.oapi(`${CORP}/getsendprogress`, {
      agent_id: AGENT,
      task_id: body.task_id,
    });
    expect(progress.body.progress).toEqual({ progress_in_percent: 100, status: 2 });
    expect(await platform.chat('fang-min')).toMatchObject([
      {
        kind: 'notice',
        text: '您好',
        sentAt: expect.stringMatching(/^2026-07-06T08:30:\d\d\.\d{3}\+08:00$/),
      },
    ]);
    expect(await result(body.task_id)).toMatchObject({
      unread_user_id_list: ['jh0001', 'jh0002'],
      read_user_id_list: [],
    });
    await platform.control('POST', '/people/fang-min/chat/read');
    expect(await result(body.task_id)).toMatchObject({
      unread_user_id_list: ['jh0001'],
      read_user_id_list: ['jh0002'],
    });
  });

  it('takes form fields with the message as JSON text', async () => {
    const { body } = await platform.form(`${CORP}/asyncsend_v2`, {
      agent_id: String(AGENT),
      userid_list: 'jh0001',
      to_all_user: 'false',
      msg: JSON.stringify(ACTION_CARD),
    });
    expect(body.errcode).toBe(0);
    expect(await platform.chat('lin-shufen')).toMatchObject([
      {
        kind: 'actionCard',
        title: '请评价',
        text: '### 答复到了',
        buttons: [
          { title: '评价', url: 'https://example.org/a', enabled: true, style: 'primary' },
          { title: '看经过', url: 'https://example.org/b', enabled: true, style: 'soft' },
        ],
      },
    ]);
  });

  it('reaches everybody in a department and below it', async () => {
    const { body } = await platform.oapi(`${CORP}/asyncsend_v2`, {
      agent_id: AGENT,
      dept_id_list: '330703',
      msg: text('金东区'),
    });
    expect(body.errcode).toBe(0);
    expect(await platform.chat('jindong-member')).toHaveLength(1);
    expect(await platform.chat('lin-shufen')).toHaveLength(0);
  });

  it('names the people it does not know', async () => {
    const { body } = await send('jh0001,nobody', text('甲'));
    expect(await result(body.task_id)).toMatchObject({
      invalid_user_id_list: ['nobody'],
      unread_user_id_list: ['jh0001'],
    });
  });

  it.each([
    ['no recipients', '', text('甲')],
    ['more than a hundred', Array.from({ length: 101 }, (_, n) => `u${n}`).join(','), text('甲')],
    ['a message over 2,048 bytes', 'jh0001', text('字'.repeat(680))],
    ['two bodies', 'jh0001', { ...text('甲'), markdown: { title: 'a', text: 'b' } }],
    ['an unknown type', 'jh0001', { msgtype: 'poster', poster: {} }],
    ['OA without message_url', 'jh0001', { msgtype: 'oa', oa: { body: { title: 'a' } } }],
    [
      'a title over 50',
      'jh0001',
      { msgtype: 'oa', oa: { message_url: 'x', body: { title: '长'.repeat(51) } } },
    ],
    ['a status bar for six', 'jh0001,jh0002,jh0003,jh0004,jh0005,jh0006', OA],
    [
      'both forms of buttons',
      'jh0001',
      {
        msgtype: 'action_card',
        action_card: { ...(ACTION_CARD.action_card as Json), single_title: 'a', single_url: 'b' },
      },
    ],
    [
      'a button title over 20',
      'jh0001',
      {
        msgtype: 'action_card',
        action_card: {
          markdown: 'm',
          btn_orientation: '0',
          btn_json_list: [{ title: '长'.repeat(21), action_url: 'b' }],
        },
      },
    ],
  ])('refuses %s', async (_what, userids, msg) => {
    const { status, body } = await send(userids, msg);
    expect([status, body.errcode]).toEqual([200, 40035]);
  });

  it('refuses another agent', async () => {
    expect((await send('jh0001', text('甲'), { agent_id: 7 })).body.errcode).toBe(40056);
  });
});

describe('quotas: errcode 0, but the person gets nothing', () => {
  it('the same message to the same person, once a day', async () => {
    await send('jh0001', text('同一句'));
    const again = await send('jh0001,jh0002', text('同一句'));
    expect(again.body.errcode).toBe(0);
    expect(await result(again.body.task_id)).toMatchObject({
      forbidden_list: [{ code: '143106', count: 1, userid: 'jh0001' }],
      unread_user_id_list: ['jh0002'],
    });
    expect(await platform.chat('lin-shufen')).toHaveLength(1);
    await platform.control('POST', '/clock', { advanceMs: DAY_MS });
    const tomorrow = await send('jh0001', text('同一句'));
    expect(await result(tomorrow.body.task_id)).toMatchObject({ forbidden_list: [] });
  });

  it('five hundred a person and day', async () => {
    for (let n = 0; n < 500; n += 1) {
      await platform.oapi(
        `${CORP}/asyncsend_v2`,
        { agent_id: AGENT, userid_list: 'jh0001', msg: text(`第 ${n}`) },
        undefined,
      );
    }
    const { body } = await send('jh0001', text('第 501 条'));
    expect(body.errcode).toBe(0);
    expect(await result(body.task_id)).toMatchObject({
      forbidden_list: [{ code: '143105', count: 1, userid: 'jh0001' }],
    });
  }, 60_000);

  it('words the content review refuses', async () => {
    await platform.control('POST', '/faults', { kind: 'unsafeContent', words: ['坏话'] });
    const { body } = await send('jh0001', text('一句坏话'));
    expect(await result(body.task_id)).toMatchObject({
      forbidden_list: [{ code: '1430002', userid: 'jh0001' }],
    });
  });
});

describe('afterwards', () => {
  it('a notice is recalled within a day, by msg_task_id', async () => {
    const { body } = await send('jh0001', text('发错了'));
    expect(
      (await platform.oapi(`${CORP}/recall`, { agent_id: AGENT, task_id: body.task_id })).body.errcode,
    ).toBe(400002);
    const recalled = await platform.oapi(`${CORP}/recall`, { agent_id: AGENT, msg_task_id: body.task_id });
    expect(recalled.body).toMatchObject({ errcode: 0, errmsg: 'ok' });
    expect(await platform.chat('lin-shufen')).toMatchObject([{ recalled: true }]);
    const late = await send('jh0001', text('旧的'));
    await platform.control('POST', '/clock', { advanceMs: DAY_MS + 1000 });
    const tooLate = await platform.oapi(`${CORP}/recall`, {
      agent_id: AGENT,
      msg_task_id: late.body.task_id,
    });
    expect(tooLate.body.errcode).toBe(400002);
    const asked = await platform.oapi(`${CORP}/getsendresult`, {
      agent_id: AGENT,
      task_id: late.body.task_id,
    });
    expect(asked.body.errcode).toBe(40035);
  });

  it('an OA message shows a new status bar for a week', async () => {
    const { body } = await send('jh0001', OA);
    const update = () =>
      platform.oapi(`${CORP}/status_bar/update`, {
        agent_id: AGENT,
        task_id: body.task_id,
        status_value: '已答复',
        status_bg: '0xFF78C06E',
      });
    expect((await update()).body).toMatchObject({ errcode: 0, errmsg: 'ok', request_id: expect.any(String) });
    expect(await platform.chat('lin-shufen')).toMatchObject([
      {
        kind: 'oa',
        title: '迎宾大道红绿灯',
        fields: [{ label: '单位', value: '交警支队' }],
        status: { text: '已答复', bg: '0xFF78C06E' },
      },
    ]);
    await platform.control('POST', '/clock', { advanceMs: 7 * DAY_MS + 1000 });
    expect((await update()).body.errcode).toBe(40035);
    const plain = await send('jh0001', text('没有状态栏'));
    const refused = await platform.oapi(`${CORP}/status_bar/update`, {
      agent_id: AGENT,
      task_id: plain.body.task_id,
      status_value: '已答复',
      status_bg: '0xFF78C06E',
    });
    expect(refused.body.errcode).toBe(40035);
  });

  it('who left is no longer reached', async () => {
    await platform.control('POST', '/people/lin-shufen/leave');
    const { body } = await send('jh0001', text('还在吗'));
    expect(await result(body.task_id)).toMatchObject({ invalid_user_id_list: ['jh0001'] });
  });
});
