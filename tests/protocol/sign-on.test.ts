import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_CORP_ID } from '../../scripts/messenger/src/index.ts';
import { KEYS, startPlatform, type Platform } from './platform.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.stop());

async function post(path: string, body: unknown) {
  const answer = await fetch(platform.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

describe('access tokens', () => {
  it('are answered in all three forms, one token for all of them', async () => {
    const fresh = await post('/v1.0/oauth2/accessToken', KEYS);
    expect(fresh).toEqual({ status: 200, body: { accessToken: expect.any(String), expireIn: 7200 } });
    const shaped = await post(`/v1.0/oauth2/${DEMO_CORP_ID}/token`, {
      client_id: KEYS.appKey,
      client_secret: KEYS.appSecret,
      grant_type: 'client_credentials',
    });
    expect(shaped.body).toEqual({ access_token: fresh.body.accessToken, expires_in: 7200 });
    const legacy = await fetch(`${platform.url}/gettoken?appkey=${KEYS.appKey}&appsecret=${KEYS.appSecret}`);
    expect(await legacy.json()).toEqual({
      errcode: 0,
      errmsg: 'ok',
      access_token: fresh.body.accessToken,
      expires_in: 7200,
    });
  });

  it('are refused to wrong keys, each generation in its own words', async () => {
    expect(await post('/v1.0/oauth2/accessToken', { ...KEYS, appSecret: 'x' })).toEqual({
      status: 400,
      body: {
        code: 'invalidClientIdOrSecret',
        message: '无效的clientId或者clientSecret',
        requestid: expect.stringMatching(/^[0-9A-F-]{36}$/),
      },
    });
    const shaped = { client_id: KEYS.appKey, client_secret: 'x', grant_type: 'client_credentials' };
    expect((await post('/v1.0/oauth2/c/token', shaped)).body.code).toBe('invalid.client');
    expect((await post('/v1.0/oauth2/c/token', { ...shaped, grant_type: 'password' })).body.code).toBe(
      'unsupported.grant.type',
    );
    const other = await post('/v1.0/oauth2/c/token', { ...shaped, client_secret: KEYS.appSecret });
    expect([other.status, other.body.code]).toEqual([401, 'unauthorized.client']);
    const legacy = await fetch(`${platform.url}/gettoken?appkey=${KEYS.appKey}&appsecret=x`);
    expect(((await legacy.json()) as { errcode: number }).errcode).toBe(40089);
  });

  it('end after two hours of business time, and the next one is another', async () => {
    const old = await platform.token();
    await platform.control('POST', '/clock', { advanceMs: 7_200_000 });
    expect(await platform.api('POST', '/v1.0/oauth2/jsapiTickets', undefined, old)).toMatchObject({
      status: 400,
      body: { code: 'InvalidAuthentication' },
    });
    expect((await platform.oapi('/topapi/v2/user/get', { userid: 'jh0001' }, old)).body.errcode).toBe(42001);
    expect(await platform.token()).not.toBe(old);
    expect((await platform.oapi('/topapi/v2/user/get', { userid: 'jh0001' }, old)).body.errcode).toBe(42001);
    expect((await platform.oapi('/topapi/v2/user/get', { userid: 'jh0001' }, 'made-up')).body.errcode).toBe(
      40014,
    );
    expect((await platform.oapi('/topapi/v2/user/get', { userid: 'jh0001' }, '')).body.errcode).toBe(41001);
  });

  it('keep their value while they are renewed', async () => {
    const first = await platform.token();
    await platform.control('POST', '/clock', { advanceMs: 7_000_000 });
    expect(await platform.token()).toBe(first);
    await platform.control('POST', '/clock', { advanceMs: 7_000_000 });
    expect((await platform.oapi('/topapi/v2/user/get', { userid: 'jh0001' }, first)).body.errcode).toBe(0);
  });
});

describe('sign-on codes', () => {
  it('name the person, once', async () => {
    const code = await platform.code('lin-shufen');
    const first = await platform.oapi('/topapi/v2/user/getuserinfo', { code });
    expect(first.body).toMatchObject({
      errcode: 0,
      errmsg: 'ok',
      result: {
        userid: await platform.userid('lin-shufen'),
        unionid: await platform.unionid('lin-shufen'),
        associated_unionid: expect.any(String),
        name: '林淑芬',
        device_id: expect.any(String),
        sys: false,
        sys_level: 0,
      },
      request_id: expect.any(String),
    });
    expect((await platform.oapi('/topapi/v2/user/getuserinfo', { code })).body).toMatchObject({
      errcode: 40078,
      errmsg: '不存在的临时授权码',
    });
  });

  it('live five minutes of business time', async () => {
    const [good, late] = [await platform.code('lin-shufen'), await platform.code('lin-shufen')];
    await platform.control('POST', '/clock', { advanceMs: 299_000 });
    expect((await platform.oapi('/topapi/v2/user/getuserinfo', { code: good })).body.errcode).toBe(0);
    await platform.control('POST', '/clock', { advanceMs: 1_000 });
    expect((await platform.oapi('/topapi/v2/user/getuserinfo', { code: late })).body.errcode).toBe(40078);
  });

  it('tell an administrator from the others', async () => {
    const code = await platform.code('admin-01');
    expect((await platform.oapi('/topapi/v2/user/getuserinfo', { code })).body.result).toMatchObject({
      sys: true,
      sys_level: 1,
    });
  });
});

/** Node's fetch refuses a Host header of one's own; a plain request does not. */
function atHost(host: string, path: string, body?: unknown): Promise<{ status: number; body: string }> {
  const { port } = new URL(platform.url);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method: 'POST',
        headers: { host, 'content-type': 'application/json' },
      },
      (answer) => {
        let text = '';
        answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: text }));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body === undefined ? '' : JSON.stringify(body));
  });
}

describe('JSAPI signatures', () => {
  const page = (port: string): string => `http://p1.minqing.localhost:${port}/?a=1`;
  const config = (ticket: string, hash: 'sha1' | 'sha256', url: string) => ({
    agentId: '1000000001',
    corpId: DEMO_CORP_ID,
    timeStamp: '1783298000',
    nonceStr: 'abc',
    signature: createHash(hash)
      .update(`jsapi_ticket=${ticket}&noncestr=abc&timestamp=1783298000&url=${url}`)
      .digest('hex'),
    url,
  });

  it('are taken with the current ticket, by SHA-256 and by SHA-1, and refused for another page', async () => {
    const { port } = new URL(platform.url);
    const host = `p1.minqing.localhost:${port}`;
    const ticket = (await platform.api('POST', '/v1.0/oauth2/jsapiTickets')).body;
    expect(ticket).toEqual({ jsapiTicket: expect.any(String), expireIn: 7200 });
    const legacy = (await platform.oapi('/get_jsapi_ticket')).body;
    expect(legacy).toMatchObject({ errcode: 0, ticket: ticket.jsapiTicket, expires_in: 7200 });
    for (const hash of ['sha1', 'sha256'] as const) {
      const fields = config(String(ticket.jsapiTicket), hash, page(port));
      expect((await atHost(host, '/__container/config', fields)).status).toBe(200);
    }
    const fields = config(String(ticket.jsapiTicket), 'sha256', page(port));
    const moved = await atHost(host, '/__container/config', { ...fields, url: `http://${host}/?a=2` });
    expect(JSON.parse(moved.body)).toMatchObject({ errorCode: '52013' });
    const agent = await atHost(host, '/__container/config', { ...fields, agentId: '7' });
    expect(JSON.parse(agent.body)).toMatchObject({ errorMessage: '无效的agent_id' });
  });

  it('a phone mints codes for whoever holds it', async () => {
    const { port } = new URL(platform.url);
    const host = `p2.minqing.localhost:${port}`;
    const { code } = JSON.parse((await atHost(host, '/__container/code')).body) as { code: string };
    expect((await platform.oapi('/topapi/v2/user/getuserinfo', { code })).body.result).toMatchObject({
      name: '方敏',
    });
    await platform.control('POST', '/phones/2', { personId: 'wu-shan' });
    const next = JSON.parse((await atHost(host, '/__container/code')).body) as { code: string };
    expect(
      (await platform.oapi('/topapi/v2/user/getuserinfo', { code: next.code })).body.result,
    ).toMatchObject({
      name: '吴珊',
    });
    expect((await atHost(`p99.minqing.localhost:${port}`, '/__container/code')).status).toBe(409);
  });
});
