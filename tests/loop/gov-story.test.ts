import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatItem, LogEntry } from '../../scripts/messenger/src/index.ts';
import { uuidv7 } from '../../server/src/store/index.ts';
import { openTown, report, unitId, WHO, type Town } from '../support/town.ts';

interface View {
  state: string;
}

const newest = (town: Town, id: string, words: RegExp): Promise<ChatItem> =>
  town.until(`a notice of ${id} like ${words}`, async () =>
    (await town.chat(id)).findLast((item) => words.test(`${item.title} ${JSON.stringify(item.components)}`)),
  );

/** The page a button of the chat opens, as the messenger resolves its link. */
function pageOf(item: ChatItem, title: string): string {
  const url = item.buttons.find((button) => button.title === title)?.url ?? '';
  const inner = new URL(url).searchParams.get('url') ?? url;
  return new URL(inner).hash;
}

async function allDone(town: Town, ids: readonly string[]): Promise<boolean> {
  const lists = await Promise.all(
    ids.map((id) => town.control<{ open: unknown[] }>('GET', `/people/${id}/todos`)),
  );
  return lists.every((list) => list.open.length === 0);
}

/** Report, review, dispatch, sign, reply, five stars: acts as the mini-app does them when a button opened it. */
async function play(town: Town): Promise<string> {
  const caseId = uuidv7();
  const member = await town.person(WHO.member);
  await member.act<View>(caseId, 'submit', report());
  await newest(town, WHO.reviewer, /新民情，请审核/);
  await (await town.person(WHO.reviewer)).act(caseId, 'accept', acceptance());
  await newest(town, WHO.dispatcher, /已受理，请交办/);
  const dispatcher = await town.person(WHO.dispatcher);
  await dispatcher.act(caseId, 'dispatch', {
    leadUnitId: await unitId(dispatcher, '市公安局交警支队'),
    coUnitIds: [],
    limit: { unit: 'days', amount: 3 },
  });
  return caseId;
}
const acceptance = () => ({ categoryId: 'traffic', urgency: 'normal', openness: 'staff' });

describe('the reference story entirely on 浙政钉, without cards', () => {
  let town: Town;
  let caseId: string;
  beforeAll(async () => {
    town = await openTown({ gov: 'everyone', messenger: { callsPerSecond: 10_000 } });
    caseId = await play(town);
  });
  afterAll(() => town.stop());

  it('each duty is an action card whose buttons lead right to the act', async () => {
    const review = await newest(town, WHO.reviewer, /新民情，请审核/);
    expect(review.kind).toBe('actionCard');
    expect(review.buttons.map((button) => button.title)).toEqual(['受理', '退回补充']);
    expect(pageOf(review, '受理')).toBe(`#/s/${caseId}?do=accept`);
    const dispatch = await newest(town, WHO.dispatcher, /已受理，请交办/);
    expect(pageOf(dispatch, '去交办')).toBe(`#/s/${caseId}?do=dispatch`);
    const handle = await newest(town, WHO.handler, /新交办，请签收/);
    expect(pageOf(handle, '签收')).toBe(`#/s/${caseId}?do=sign`);
    expect(pageOf(handle, '答复')).toBe(`#/s/${caseId}?do=reply`);
  });

  it('what was dealt with says so, and by whom', async () => {
    const done = await town.until('the review is marked', async () =>
      (await town.chat(WHO.reviewer)).find((item) => item.state === 'handled'),
    );
    expect(done.title).toContain('新民情，请审核');
    expect(done.status?.text).toMatch(/^方敏 .* 受理$/);
  });

  it('ends with five stars on one link, every to-do done, nothing refused and nothing sent twice', async () => {
    const handler = await town.person(WHO.handler);
    await handler.act(caseId, 'sign');
    await handler.act(caseId, 'reply', { class: 'solved', text: '已把单一配时改为四个时段。' });
    const rate = await newest(town, WHO.member, /答复到了，等您评价/);
    expect(pageOf(rate, '打五星')).toBe(`#/s/${caseId}?do=rate&stars=5`);
    const member = await town.person(WHO.member);
    const closed = await member.act<View>(caseId, 'rate', { stars: 5 });
    expect(closed.state).toBe('closed');
    const people = [WHO.reviewer, WHO.dispatcher, WHO.handler, WHO.member];
    await town.until('every to-do is done', () => allDone(town, people));
    await town.until('every duty is marked', async () =>
      (await Promise.all(people.map((id) => town.chat(id))))
        .flat()
        .filter((item) => item.kind === 'actionCard' && item.buttons.every((b) => b.title !== '查看全文'))
        .every((item) => item.state === 'handled'),
    );
    const { items } = await town.control<{ items: LogEntry[] }>('GET', '/log?limit=10000');
    const calls = items.filter((entry) => entry.direction === 'in');
    expect(calls.filter((entry) => entry.verdict !== 'ok')).toEqual([]);
    const sends = calls.filter((entry) => entry.api === 'zzd.message.send').map((e) => e.refs.taskId);
    expect(sends.length).toBeGreaterThan(5);
    expect(new Set(sends).size).toBe(sends.length);
    expect(await town.app.notices.backlog()).toMatchObject({ waiting: 0, dead: 0 });
  });
});

describe('the story between messengers: the member on 浙政钉, the department on DingTalk', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown({ gov: [WHO.member, WHO.reviewer], messenger: { callsPerSecond: 10_000 } });
  });
  afterAll(() => town.stop());

  it('reaches each person where they live', async () => {
    const caseId = await play(town);
    const handle = await town.card(WHO.handler, /新交办，请签收/);
    await town.press(WHO.handler, handle.outTrackId, ['sign'], { rev: '3' });
    await town.press(WHO.handler, handle.outTrackId, ['reply'], {
      rev: '4',
      class: { index: 0, value: '已解决' },
      reply: '已把单一配时改为四个时段。',
    });
    const rate = await newest(town, WHO.member, /答复到了，等您评价/);
    expect(rate.kind).toBe('actionCard');
    const member = await town.person(WHO.member);
    expect((await member.act<View>(caseId, 'rate', { stars: 5 })).state).toBe('closed');
    expect((await town.chat(WHO.handler)).some((item) => item.kind === 'card')).toBe(true);
    expect((await town.chat(WHO.member)).some((item) => item.kind === 'card')).toBe(false);
    expect(await town.app.notices.backlog()).toMatchObject({ dead: 0 });
  });

  it('a code of one messenger signs nobody on at the other', async () => {
    const { code } = await town.control<{ code: string }>('POST', `/people/${WHO.member}/code`);
    const signOn = (hostId: string): Promise<Response> =>
      fetch(`${town.url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': uuidv7() },
        body: JSON.stringify({ hostId, code, mode: 'bearer' }),
      });
    expect((await signOn('dingtalk')).status).toBe(401);
    expect((await signOn('zhezhengding')).status).toBe(200);
    expect((await signOn('zhezhengding')).status).toBe(401);
  });

  it('who leaves 浙政钉 loses the open session with the event', async () => {
    const leaver = await town.person(WHO.reviewer);
    expect((await leaver.call('GET', '/me')).status).toBe(200);
    await town.control('POST', `/people/${WHO.reviewer}/leave`);
    await town.until('the session is over', async () => (await leaver.call('GET', '/me')).status === 401);
  });

  it('config.json names both, and the login page of the one that has one', async () => {
    const { hosts } = (await (await fetch(`${town.url}/config.json`)).json()) as {
      hosts: { id: string; vendor: string; scanPage?: string }[];
    };
    expect(hosts.map(({ vendor }) => vendor)).toEqual(['dingtalk', 'zhezhengding']);
    expect(hosts.map(({ scanPage }) => scanPage !== undefined)).toEqual([false, true]);
  });
});
