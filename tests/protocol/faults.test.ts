import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AGENT, cardFor, startPlatform, TEMPLATE, type Json, type Platform } from './platform.ts';
import { connectApp, type Frame, type StreamApp } from './stream-app.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await startPlatform({ timings: { callbackDeadlineMs: 200, streamAckMs: 60 } });
  await platform.control('PUT', '/templates/test.schema', TEMPLATE);
});
afterEach(() => platform.stop());

const fault = (body: Json) => platform.control('POST', '/faults', body);
const card = (id: string, token?: string) =>
  platform.api('POST', '/v1.0/card/instances/createAndDeliver', cardFor('jh0004', id), token);
const press = async (): Promise<Json> =>
  (await platform.control('POST', '/people/zhou-kai/cards/c1/actions', { actionIds: ['accept'], params: {} }))
    .body;
const answer = (frame: Frame, app: StreamApp): void => app.ack(frame, { response: {} });

describe('budgets', () => {
  it('refuse the calls of a second beyond them, each generation in its own words, and say so in the log', async () => {
    const tight = await startPlatform({ callsPerSecondOf: { 'todo.query': 2, 'contacts.user.get': 2 } });
    const token = await tight.token();
    const unionid = await tight.unionid('zhou-kai');
    const queries = await Promise.all(
      [1, 2, 3, 4].map(() => tight.api('POST', `/v1.0/todo/users/${unionid}/org/tasks/query`, {}, token)),
    );
    expect(queries.map((one) => one.status).sort()).toEqual([200, 200, 403, 403]);
    expect(queries.find((one) => one.status === 403)?.body).toMatchObject({
      code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
      requestid: expect.any(String),
    });
    const reads = await Promise.all(
      [1, 2, 3].map(() => tight.oapi('/topapi/v2/user/get', { userid: 'jh0001' }, token)),
    );
    expect(reads.map((one) => one.body.errcode).sort()).toEqual([0, 0, 90006]);
    expect((await tight.log()).filter((entry) => entry.verdict === 'refused')).toHaveLength(3);
    await tight.stop();
  });
});

describe('misbehaviour on request', () => {
  it('fails as often as asked, then works', async () => {
    const token = await platform.token();
    await fault({ kind: 'error', operations: ['card.'], count: 2 });
    expect(await card('c1', token)).toMatchObject({ status: 500, body: { code: 'system.busy' } });
    expect((await platform.oapi('/topapi/v2/user/get', { userid: 'jh0001' }, token)).body.errcode).toBe(0);
    expect((await card('c1', token)).status).toBe(500);
    expect((await card('c1', token)).status).toBe(200);
    expect((await platform.control('GET', '/faults')).body.items).toEqual([]);
  });

  it('answers HTML when asked, and other codes', async () => {
    const token = await platform.token();
    await fault({ kind: 'error', html: true, count: 1 });
    const html = await fetch(`${platform.url}/get_jsapi_ticket?access_token=${token}`);
    expect(html.headers.get('content-type')).toContain('text/html');
    await fault({ kind: 'error', code: '90002', count: 1 });
    expect((await platform.oapi('/get_jsapi_ticket', undefined, token)).body.errcode).toBe(90002);
  });

  it('throttles without a real excess', async () => {
    const token = await platform.token();
    await fault({ kind: 'throttle', count: 2 });
    expect((await card('c1', token)).body.code).toBe('Forbidden.AccessDenied.QpsLimitForAppkeyAndApi');
    expect((await platform.oapi('/get_jsapi_ticket', undefined, token)).body.errcode).toBe(90006);
  });

  it('loses the answer of a call that took effect', async () => {
    const token = await platform.token();
    await fault({ kind: 'loseAnswers', operations: ['card.', 'notice.send'], count: 2 });
    await expect(card('c1', token)).rejects.toThrow(/fetch failed/);
    const sent = platform.oapi(
      '/topapi/message/corpconversation/asyncsend_v2',
      { agent_id: AGENT, userid_list: 'jh0004', msg: { msgtype: 'text', text: { content: '一' } } },
      token,
    );
    await expect(sent).rejects.toThrow(/fetch failed/);
    expect(await platform.chat('zhou-kai')).toHaveLength(2);
    expect((await card('c1', token)).body.code).toBe('param.cardAlreadyExist');
    const lost = (await platform.log()).filter((entry) => entry.verdict === 'lost');
    expect(lost).toMatchObject([
      { api: 'card.createAndDeliver', fault: 'loseAnswers', status: 200, refs: { outTrackId: 'c1' } },
      { api: 'notice.send', refs: { digest: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    ]);
  });

  it('repeats a press with the same message id', async () => {
    await card('c1');
    const app = await connectApp(platform, answer);
    await fault({ kind: 'repeatCallbacks' });
    await press();
    await expect.poll(() => app.pushed().length).toBe(2);
    expect(app.pushed()[0]?.headers.messageId).toBe(app.pushed()[1]?.headers.messageId);
  });

  it('loses the answer to a press, and pushes it again', async () => {
    await card('c1');
    const app = await connectApp(platform, answer);
    await fault({ kind: 'loseAnswers', operations: ['card.callback'], count: 1 });
    await press();
    await expect.poll(() => app.pushed().length).toBe(2);
    expect(app.pushed()[0]?.headers.messageId).toBe(app.pushed()[1]?.headers.messageId);
  });

  it('off line nothing passes in either direction', async () => {
    const token = await platform.token();
    await card('c1', token);
    const app = await connectApp(platform, answer);
    await fault({ kind: 'offline' });
    await app.closed;
    await expect(platform.oapi('/get_jsapi_ticket', undefined, token)).rejects.toThrow(/fetch failed/);
    expect(await press()).toMatchObject({ error: { code: 'notConnected' } });
    await platform.control('DELETE', '/faults');
    expect((await platform.oapi('/get_jsapi_ticket', undefined, token)).body.errcode).toBe(0);
  });

  it('breaks the Stream connections', async () => {
    const app = await connectApp(platform, answer);
    await fault({ kind: 'dropStream', count: 1 });
    await app.closed;
    expect((await platform.control('GET', '/stream')).body).toEqual({ connections: 0 });
  });

  it('slows calls down, and says so', async () => {
    await fault({ kind: 'latency', latencyMs: 60, operations: ['token.'] });
    await platform.token();
    const [entry] = await platform.log();
    expect(entry).toMatchObject({ api: 'token.get', fault: 'latency', verdict: 'ok' });
  });

  it.each([[{}], [{ kind: 'nonsense' }], [{ kind: 'error', probability: 2 }]])(
    'refuses the fault %j',
    async (body) => {
      expect((await fault(body)).status).toBe(400);
    },
  );
});

describe('callbacks over HTTP', () => {
  let app: Server;
  let seen: { headers: Record<string, unknown>; body: Json }[];
  beforeEach(async () => {
    seen = [];
    app = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
      request.on('end', () => {
        seen.push({ headers: request.headers, body: JSON.parse(text) as Json });
        if (request.url === '/silent') {
          return;
        }
        response.statusCode = request.url === '/broken' ? 500 : 200;
        const cardUpdateOptions = { updateCardDataByKey: true, updatePrivateDataByKey: true };
        response.end(JSON.stringify({ cardUpdateOptions, cardData: { cardParamMap: { status: '已受理' } } }));
      });
    });
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    app.closeAllConnections();
    app.close();
  });

  const deliver = async (path: string): Promise<void> => {
    const callbackUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}${path}`;
    const route = { callbackRouteKey: 'k', callbackUrl, apiSecret: '密钥', forceUpdate: true };
    await platform.api('POST', '/v1.0/card/callbacks/register', route);
    const body = cardFor('jh0004', 'c1', { callbackType: 'HTTP', callbackRouteKey: 'k' });
    await platform.api('POST', '/v1.0/card/instances/createAndDeliver', body);
  };

  it('are signed over the time stamp, and the answer changes the card', async () => {
    await deliver('/');
    expect(await press()).toMatchObject({
      transport: 'http',
      answer: { cardData: { cardParamMap: { status: '已受理' } } },
    });
    const [one] = seen;
    const timestamp = String(one?.headers['x-ddpaas-signature-timestamp']);
    expect(timestamp).toMatch(/^\d{13}$/);
    expect(one?.headers['x-ddpaas-signature']).toBe(
      createHmac('sha256', '密钥').update(timestamp).digest('base64'),
    );
    expect(one?.body).toMatchObject({
      type: 'actionCallback',
      outTrackId: 'c1',
      userId: 'jh0004',
      content: expect.any(String),
    });
    expect(await platform.chat('zhou-kai')).toMatchObject([{ text: '已受理' }]);
  });

  it('fail when the app is silent or broken, and come twice when asked', async () => {
    await deliver('/silent');
    expect(await press()).toMatchObject({ error: { code: 'timeout' } });
    await platform.api('POST', '/v1.0/card/callbacks/register', {
      callbackRouteKey: 'k',
      callbackUrl: `http://127.0.0.1:${(app.address() as AddressInfo).port}/broken`,
      apiSecret: '',
      forceUpdate: true,
    });
    expect(await press()).toMatchObject({ error: { code: 'refused' } });
    expect(seen.at(-1)?.headers).not.toHaveProperty('x-ddpaas-signature');
    await fault({ kind: 'repeatCallbacks' });
    const before = seen.length;
    await press();
    expect(seen.length - before).toBe(2);
  });
});
