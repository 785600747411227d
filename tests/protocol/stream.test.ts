import { WebSocket } from 'ws';
import { afterEach, describe, expect, it } from 'vitest';
import { DEMO_CORP_ID } from '../../scripts/messenger/src/index.ts';
import { cardFor, startPlatform, TEMPLATE, type Json, type Platform } from './platform.ts';
import { connectApp, openConnection, type Frame, type StreamApp } from './stream-app.ts';

let platform: Platform;
afterEach(() => platform.stop());

async function start(options: Parameters<typeof startPlatform>[0] = {}): Promise<void> {
  platform = await startPlatform(options);
  await platform.control('PUT', '/templates/test.schema', TEMPLATE);
  await platform.api('POST', '/v1.0/card/instances/createAndDeliver', cardFor('jh0004', 'c1'));
}

const press = async (params: Json = {}): Promise<Json> =>
  (await platform.control('POST', '/people/zhou-kai/cards/c1/actions', { actionIds: ['accept'], params }))
    .body;
const accept = (frame: Frame, app: StreamApp): void =>
  app.ack(frame, {
    response: {
      cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
      cardData: { cardParamMap: { status: '已受理' } },
      userPrivateData: { cardParamMap: { voted: 'true' } },
    },
  });

describe('opening a Stream connection', () => {
  it('answers an endpoint and a ticket that works once', async () => {
    await start();
    const opened = (await (await openConnection(platform)).json()) as { endpoint: string; ticket: string };
    expect(opened).toEqual({
      endpoint: expect.stringMatching(/^ws:\/\//),
      ticket: expect.stringMatching(/^[\w-]+$/),
    });
    const connect = (): Promise<string> =>
      new Promise((resolve) => {
        const socket = new WebSocket(`${opened.endpoint}?ticket=${opened.ticket}`);
        socket.on('open', () => resolve('open'));
        socket.on('error', (error) => resolve(error.message));
      });
    expect(await connect()).toBe('open');
    expect(await connect()).toContain('401');
  });

  it('is refused to wrong keys, and answers XML to who does not ask for JSON', async () => {
    await start();
    const refused = await openConnection(platform, { clientSecret: 'x' });
    expect(refused.status).toBe(401);
    expect(await refused.json()).toEqual({
      code: 'authFailed',
      message: '鉴权失败',
      requestid: expect.any(String),
    });
    const xml = await openConnection(platform, {}, '*/*');
    expect(xml.headers.get('content-type')).toContain('xml');
  });

  it('greets, pings, and says goodbye before it closes', async () => {
    await start({ timings: { streamPingMs: 20, streamDrainMs: 20 } });
    const app = await connectApp(platform);
    expect(app.frames.map((frame) => frame.headers.topic).slice(0, 2)).toEqual(['CONNECTED', 'REGISTERED']);
    await expect
      .poll(() => app.frames.filter((frame) => frame.headers.topic === 'ping').length)
      .toBeGreaterThan(3);
    await platform.control('POST', '/stream/disconnect', { how: 'graceful' });
    await app.closed;
    const goodbye = app.frames.find((frame) => frame.headers.topic === 'disconnect');
    expect(goodbye).toMatchObject({ specVersion: '1.0', type: 'SYSTEM' });
    expect(JSON.parse(goodbye?.data ?? '')).toEqual({ reason: 'persistent connection is timeout' });
  });
});

describe('a press on a card', () => {
  it('reaches the app as the platform sends it, and the answer changes the card', async () => {
    await start();
    const app = await connectApp(platform, accept);
    const result = await press({ reply: '好的' });
    const [frame] = app.pushed();
    expect(frame).toEqual({
      specVersion: '1.0',
      type: 'CALLBACK',
      headers: {
        appId: expect.any(String),
        connectionId: expect.any(String),
        contentType: 'application/json',
        messageId: expect.any(String),
        time: expect.stringMatching(/^\d{13}$/),
        topic: '/v1.0/card/instances/callback',
      },
      data: expect.any(String),
    });
    const data = JSON.parse(frame?.data ?? '') as Json;
    expect(data).toEqual({
      type: 'actionCallback',
      outTrackId: 'c1',
      corpId: DEMO_CORP_ID,
      userId: 'jh0004',
      content: '{"cardPrivateData":{"actionIds":["accept"],"params":{"rev":"1","reply":"好的"}}}',
      value: data.content,
      extension: '{}',
      userIdType: 1,
      spaceType: 'im',
      spaceId: 'jh0004',
    });
    expect(result).toMatchObject({ transport: 'stream', tookMs: expect.any(Number) });
    expect(result.error).toBeUndefined();
    expect(await platform.chat('zhou-kai')).toMatchObject([
      { title: '迎宾大道红绿灯', text: '已受理\n您投过了' },
    ]);
  });

  it('an empty answer changes nothing', async () => {
    await start();
    await connectApp(platform, (frame, app) => app.ack(frame, { response: {} }));
    expect(await press()).toMatchObject({ answer: {} });
    expect(await platform.chat('zhou-kai')).toMatchObject([{ title: '迎宾大道红绿灯', text: '' }]);
  });

  it('fails when nobody listens, and when the app answers nonsense', async () => {
    await start();
    expect(await press()).toMatchObject({ answer: null, error: { code: 'notConnected' } });
    await connectApp(platform, (frame, app) =>
      app.ack(frame, { response: { cardData: { cardParamMap: { status: 3 } } } }),
    );
    expect(await press()).toMatchObject({ error: { code: 'badAnswer' } });
    expect(await platform.chat('zhou-kai')).toMatchObject([{ text: '' }]);
  });

  it('that is not answered in time fails for the presser; the same frame comes again, and a late answer changes nothing', async () => {
    await start({ timings: { callbackDeadlineMs: 50, streamAckMs: 100 } });
    const seen: string[] = [];
    await connectApp(platform, (frame, app) => {
      seen.push(frame.headers.messageId ?? '');
      if (seen.length === 2) {
        accept(frame, app);
      }
    });
    expect(await press()).toMatchObject({ answer: null, error: { code: 'timeout' } });
    await expect.poll(() => seen.length).toBe(2);
    expect(seen[0]).toBe(seen[1]);
    await expect
      .poll(async () =>
        (await platform.log()).filter((entry) => entry.api === 'card.callback').map((entry) => entry.verdict),
      )
      .toEqual(['lost', 'ok']);
    expect(await platform.chat('zhou-kai')).toMatchObject([{ text: '' }]);
  });

  it('by somebody without the card, or on a button the template has not, is no press', async () => {
    await start();
    const other = await platform.control('POST', '/people/wu-shan/cards/c1/actions', {
      actionIds: ['accept'],
      params: {},
    });
    expect([other.status, (other.body.error as Json).code]).toEqual([404, 'noSuchCard']);
    const unknown = await platform.control('POST', '/people/zhou-kai/cards/c1/actions', {
      actionIds: ['fly'],
      params: {},
    });
    expect([unknown.status, (unknown.body.error as Json).code]).toEqual([409, 'noSuchAction']);
  });

  it('goes to connections in turn, and only to those that subscribed', async () => {
    await start();
    const one = await connectApp(platform, accept);
    const two = await connectApp(platform, accept);
    const deaf = await connectApp(platform, accept, [{ type: 'EVENT', topic: '*' }]);
    for (let n = 0; n < 6; n += 1) {
      await press();
    }
    expect([one.pushed().length, two.pushed().length, deaf.pushed().length]).toEqual([3, 3, 0]);
  });
});

describe('directory events', () => {
  it('carry ids, and what changed', async () => {
    await start();
    const app = await connectApp(platform, (frame, me) => me.ack(frame, { status: 'SUCCESS', message: '' }));
    await platform.control('PATCH', '/people/zhou-kai', { name: '周凯旋' });
    await platform.control('PUT', '/departments/990001', { name: '新科室', parentId: 330700 });
    await expect.poll(() => app.pushed().length).toBe(2);
    const [person, department] = app.pushed();
    expect(person).toMatchObject({
      type: 'EVENT',
      headers: {
        topic: '*',
        eventType: 'user_modify_org',
        eventId: expect.any(String),
        eventBornTime: expect.stringMatching(/^\d{13}$/),
        eventCorpId: DEMO_CORP_ID,
        eventUnifiedAppId: expect.any(String),
      },
    });
    expect(JSON.parse(person?.data ?? '')).toEqual({
      timeStamp: expect.stringMatching(/^\d{13}$/),
      userId: ['jh0004'],
      diffInfo: { userid: 'jh0004', prev: { name: '周凯' }, curr: { name: '周凯旋' } },
    });
    expect(department?.headers.eventType).toBe('org_dept_create');
    expect(JSON.parse(department?.data ?? '')).toMatchObject({ deptId: [990001] });
  });

  it('that are put off come again, twice at most, with the same message id', async () => {
    await start({ timings: { eventRetryMs: [10, 20] } });
    const app = await connectApp(platform, (frame, me) => me.ack(frame, { status: 'LATER' }));
    await platform.control('POST', '/people/wu-shan/leave');
    await expect
      .poll(async () => (await platform.log()).filter((entry) => entry.api.startsWith('event.')))
      .toMatchObject([{ verdict: 'failed', code: 'LATER', note: '第 3 次推送' }]);
    expect(new Set(app.pushed().map((frame) => frame.headers.messageId)).size).toBe(1);
    expect(app.pushed()).toHaveLength(3);
  });

  it('wait for a connection that comes back', async () => {
    await start({ timings: { eventRetryMs: [200, 200] } });
    await platform.control('POST', '/people/wu-shan/leave');
    const app = await connectApp(platform, (frame, me) => me.ack(frame, { status: 'SUCCESS' }));
    await expect.poll(() => app.pushed().map((frame) => frame.headers.eventType)).toEqual(['user_leave_org']);
  });
});
