import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import type { CardAnswer, CardPress, ContactChange } from '../port.ts';
import { GATEWAY_PATH, SECRET, rigHost, startFakePlatform } from './platform.fake.ts';
import type { FakePlatform, Rig } from './platform.fake.ts';
import { CARD_TOPIC } from './stream.connection.ts';
import { frame, press } from './stream.fake.ts';
import type { Ack } from './stream.fake.ts';

let platform: FakePlatform;
let rig: Rig;
const NO_CHANGE: CardAnswer = { publicData: {}, privateData: {} };

beforeEach(async () => {
  platform = await startFakePlatform();
  rig = rigHost(platform);
});
afterEach(async () => {
  await rig.host.stop();
  await platform.close();
});

/** The next thing the client says on `socket`. */
async function said(socket: WebSocket): Promise<Ack> {
  return JSON.parse(await platform.heard(socket)) as Ack;
}

function listen(
  onCardPress: (press: CardPress) => Promise<CardAnswer>,
  onContactChange: (change: ContactChange) => Promise<void> = () => Promise.resolve(),
): Promise<WebSocket> {
  void rig.host.listen({ onCardPress, onContactChange });
  return platform.connected(platform.sockets.length + 1);
}
describe('connecting to Stream', () => {
  it('asks the gateway for presses and events with the credentials and without a token', async () => {
    await listen(() => Promise.resolve(NO_CHANGE));
    const [asked] = platform.askedAt(GATEWAY_PATH);
    expect(asked?.body).toEqual({
      clientId: 'dingapp',
      clientSecret: SECRET,
      ua: 'minqing',
      subscriptions: [
        { type: 'EVENT', topic: '*' },
        { type: 'CALLBACK', topic: CARD_TOPIC },
      ],
    });
    expect(asked?.headers.accept).toBe('application/json');
    expect(asked?.headers['x-acs-dingtalk-access-token']).toBeUndefined();
  });

  it('of two hosts in one process shares no subscriptions', async () => {
    const other = rigHost(platform, { callbackMode: 'http', callback: { routeKey: 'k', secret: 's' } });
    const quiet = { onCardPress: () => Promise.resolve(NO_CHANGE), onContactChange: () => Promise.resolve() };
    await rig.host.listen(quiet);
    await other.host.listen(quiet);
    await other.host.stop();
    const lists = platform
      .askedAt(GATEWAY_PATH)
      .map(({ body }) => (body as { subscriptions: object[] }).subscriptions);
    expect(lists.map((list) => list.length)).toEqual([2, 1]);
  });

  it('goes on trying one connection at a time when the gateway refuses, and listen does not wait for success', async () => {
    platform.answers(
      GATEWAY_PATH,
      { status: 401, body: { requestid: 'E60CC236', code: 'authFailed', message: `鉴权失败 ${SECRET}` } },
      { status: 502, body: '<html/>', type: 'text/html' },
      { body: { endpoint: '', ticket: '' } },
      { body: { endpoint: 'ws://gateway.example.com/connect', ticket: 't' } },
      { body: { endpoint: platform.base.replace('http', 'ws'), ticket: 'ok' } },
    );
    await rig.host.listen({
      onCardPress: () => Promise.resolve(NO_CHANGE),
      onContactChange: () => Promise.resolve(),
    });
    await platform.connected(1);
    expect(platform.askedAt(GATEWAY_PATH)).toHaveLength(5);
    expect(platform.sockets).toHaveLength(1);
    expect(rig.logged.join()).not.toContain(SECRET);
  });

  it('opens exactly one new connection for each one lost', async () => {
    let socket = await listen(() => Promise.resolve(NO_CHANGE));
    for (let lost = 1; lost <= 3; lost++) {
      socket.terminate();
      socket = await platform.connected(lost + 1);
    }
    socket.send(frame('m1', press()));
    await said(socket);
    expect(platform.sockets).toHaveLength(4);
    expect(platform.askedAt(GATEWAY_PATH)).toHaveLength(4);
  });

  it('answers on the old connection until the next one stands when the gateway announces its end', async () => {
    const old = await listen(() => Promise.resolve({ publicData: { a: 'b' }, privateData: {} }));
    const closed = once(old, 'close');
    old.send(frame('d1', '{"reason":"persistent connection is timeout"}', {}, 'SYSTEM', 'disconnect'));
    old.send(frame('m1', press()));
    expect((await said(old)).headers.messageId).toBe('m1');
    const next = await platform.connected(2);
    await closed;
    next.send(frame('m2', press()));
    expect((await said(next)).headers.messageId).toBe('m2');
  });

  it('answers the gateway’s ping with its own data and survives broken frames', async () => {
    const socket = await listen(() => Promise.resolve(NO_CHANGE));
    for (const broken of [
      '{',
      'null',
      '[]',
      '{"type":7}',
      '{"type":"CALLBACK"}',
      frame('', press()),
      '{"type":"EVENT","headers":{}}',
    ]) {
      socket.send(broken);
    }
    socket.send(frame('p1', '{"opaque":"0d5c"}', {}, 'SYSTEM', 'ping'));
    expect(await said(socket)).toMatchObject({ code: 200, message: 'OK', data: '{"opaque":"0d5c"}' });
    expect(platform.sockets).toHaveLength(1);
  });
});

describe('a press over Stream', () => {
  it('is handed on and acknowledged with what the card shall show', async () => {
    const seen: CardPress[] = [];
    const socket = await listen((given) => {
      seen.push(given);
      return Promise.resolve({ publicData: { status: 'approved' }, privateData: { voted: 'true' } });
    });
    socket.send(frame('m1', press()));
    const ack = await said(socket);
    expect(seen).toEqual([
      {
        hostId: 'jinhua',
        outTrackId: 'x1',
        userId: 'XXXX',
        actionIds: ['1'],
        params: { action: 'accept', local_input: '好' },
        messageId: 'm1',
      },
    ]);
    expect(ack).toMatchObject({
      code: 200,
      message: 'OK',
      headers: { contentType: 'application/json', messageId: 'm1' },
    });
    expect(JSON.parse(ack.data)).toEqual({
      response: {
        cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
        cardData: { cardParamMap: { status: 'approved' } },
        userPrivateData: { cardParamMap: { voted: 'true' } },
      },
    });
  });

  it('that comes again, at once or on another connection, acts once and gets the same answer', async () => {
    let count = 0;
    const first = await listen(() => {
      count += 1;
      return Promise.resolve({ publicData: { n: String(count) }, privateData: {} });
    });
    first.send(frame('m1', press()));
    first.send(frame('m1', press()));
    const one = await said(first);
    first.terminate();
    const second = await platform.connected(2);
    second.send(frame('m1', press()));
    const again = await said(second);
    expect(again.data).toBe(one.data);
    expect(count).toBe(1);
  });

  it('that failed is acknowledged as failed, and its repeat is a new try', async () => {
    let count = 0;
    const socket = await listen(() => {
      count += 1;
      return count === 1 ? Promise.reject(new Error('db is away')) : Promise.resolve(NO_CHANGE);
    });
    socket.send(frame('m1', press()));
    expect(await said(socket)).toMatchObject({ code: 500, headers: { messageId: 'm1' } });
    socket.send(frame('m1', press()));
    const ack = await said(socket);
    expect(ack).toMatchObject({ code: 200, data: '{"response":{}}' });
    expect(count).toBe(2);
  });

  it('that takes too long is answered without change while the work goes on', async () => {
    rig = rigHost(platform, { pressBudgetMs: 20 });
    let finish: (answer: CardAnswer) => void = () => undefined;
    const socket = await listen(
      () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    );
    socket.send(frame('m1', press()));
    expect((await said(socket)).data).toBe('{"response":{}}');
    const order: string[] = [];
    const stop = async (): Promise<void> => {
      await rig.host.stop();
      order.push('stopped');
    };
    const stopping = stop();
    await once(socket, 'close');
    order.push('work finished');
    finish(NO_CHANGE);
    await stopping;
    expect(order).toEqual(['work finished', 'stopped']);
  });

  it('that cannot be read, or is another organisation’s, is refused', async () => {
    const seen: CardPress[] = [];
    const socket = await listen((given) => {
      seen.push(given);
      return Promise.resolve(NO_CHANGE);
    });
    for (const data of ['{}', press().replace('ding01', 'dingOther'), 'x']) {
      socket.send(frame('m1', data));
      expect((await said(socket)).code).toBe(400);
    }
    expect(seen).toHaveLength(0);
  });
});
describe('stopping', () => {
  it('sends the answer under way before the socket closes, and takes nothing new', async () => {
    let finish: (answer: CardAnswer) => void = () => undefined;
    let start: () => void = () => undefined;
    const started = new Promise<void>((resolve) => {
      start = resolve;
    });
    const seen: string[] = [];
    const socket = await listen((given) => {
      seen.push(given.userId);
      start();
      return new Promise((resolve) => {
        finish = resolve;
      });
    });
    socket.send(frame('m1', press('first')));
    await started;
    const stopped = rig.host.stop();
    socket.send(frame('m2', press('second')));
    socket.send(frame('p1', '{}', {}, 'SYSTEM', 'ping'));
    expect((await said(socket)).headers.messageId).toBe('p1');
    finish({ publicData: { a: 'b' }, privateData: {} });
    expect((await said(socket)).headers.messageId).toBe('m1');
    await stopped;
    expect(seen).toEqual(['first']);
  });

  it('ends even while no connection can be had', async () => {
    platform.answers(GATEWAY_PATH, { status: 503, body: '' });
    await rig.host.listen({
      onCardPress: () => Promise.resolve(NO_CHANGE),
      onContactChange: () => Promise.resolve(),
    });
    await rig.host.stop();
    const tries = platform.askedAt(GATEWAY_PATH).length;
    await rig.host.stop();
    expect(platform.askedAt(GATEWAY_PATH)).toHaveLength(tries);
  });
});
