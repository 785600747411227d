import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { HostError } from '../port.ts';
import { createApiClient, legacy, modern } from './client.ts';
import type { ApiClient } from './client.ts';
import { SECRET, TOKEN, TOKEN_PATH, rigHost, startFakePlatform } from './platform.fake.ts';
import type { Answer, FakePlatform, Rig } from './platform.fake.ts';
import { memoryTokenStore } from '../common/tokens.ts';

const OLD = '/topapi/v2/user/get';
const NEW = '/v1.0/card/instances';
const ANY = z.unknown();
const askOld = legacy('topapi/v2/user/get', { userid: 'u1' });
const askNew = modern('PUT', '/v1.0/card/instances', [], { outTrackId: 'x' });

let platform: FakePlatform;
let rig: Rig;
let client: ApiClient;

beforeEach(async () => {
  platform = await startFakePlatform();
  rig = rigHost(platform, { tokenStore: memoryTokenStore() });
  client = createApiClient(rig.options);
  platform.answers(OLD, { body: { errcode: 0, errmsg: 'ok', result: {} } });
  platform.answers(NEW, { body: { success: true } });
});
afterEach(() => platform.close());

async function failure(promise: Promise<unknown>): Promise<HostError> {
  const error: unknown = await promise.then(
    () => null,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(HostError);
  return error as HostError;
}

describe('the app token', () => {
  it('is fetched with the credentials once, whoever waits, and serves both generations', async () => {
    await Promise.all([client.call(askOld, ANY), client.call(askNew, ANY), client.call(askOld, ANY)]);
    const fetched = platform.askedAt(TOKEN_PATH);
    expect(fetched).toHaveLength(1);
    expect(fetched[0]?.body).toEqual({ appKey: 'dingapp', appSecret: SECRET });
    expect(fetched[0]?.headers['x-acs-dingtalk-access-token']).toBeUndefined();
    expect(platform.askedAt(OLD).map(({ query }) => query)).toEqual([
      { access_token: TOKEN },
      { access_token: TOKEN },
    ]);
    expect(platform.askedAt(NEW)[0]?.headers['x-acs-dingtalk-access-token']).toBe(TOKEN);
    expect(platform.askedAt(NEW)[0]?.headers['content-type']).toBe('application/json; charset=utf-8');
  });

  it('is renewed at nine tenths of its life and not before', async () => {
    await client.call(askOld, ANY);
    rig.clock.now += 6_479_000;
    await client.call(askOld, ANY);
    expect(platform.askedAt(TOKEN_PATH)).toHaveLength(1);
    rig.clock.now += 1_000;
    platform.answers(TOKEN_PATH, { body: { accessToken: 'second', expireIn: 7200 } });
    await client.call(askOld, ANY);
    expect(platform.askedAt(OLD).at(-1)?.query).toEqual({ access_token: 'second' });
  });

  it('goes on serving while renewal fails and it has life left, then the failure shows', async () => {
    await client.call(askOld, ANY);
    platform.answers(TOKEN_PATH, { status: 503, body: '<html>busy</html>', type: 'text/html' });
    rig.clock.now += 7_000_000;
    await client.call(askOld, ANY);
    rig.clock.now += 300_000;
    expect((await failure(client.call(askOld, ANY))).kind).toBe('unavailable');
  });

  it.each([
    ['legacy 40014', OLD, askOld, { body: { errcode: 40014, errmsg: '不合法的access_token' } }],
    ['legacy 42001', OLD, askOld, { body: { errcode: 42001, errmsg: 'access_token超时' } }],
    [
      'new InvalidAuthentication',
      NEW,
      askNew,
      {
        status: 400,
        body: { code: 'InvalidAuthentication', message: '不合法的access_token', requestid: 'E60' },
      },
    ],
    [
      'gateway 88 with the cause inside',
      OLD,
      askOld,
      {
        body: { errcode: 88, errmsg: 'ding talk error', sub_code: '40014', sub_msg: '不合法的access_token' },
      },
    ],
  ])(
    'refused as unknown (%s) is dropped, fetched anew and tried once more',
    async (_name, path, call, refusal) => {
      const good = path === OLD ? { body: { errcode: 0, result: {} } } : { body: { success: true } };
      platform.answers(path, refusal as Answer, good);
      platform.answers(
        TOKEN_PATH,
        { body: { accessToken: 'first', expireIn: 7200 } },
        { body: { accessToken: 'second', expireIn: 7200 } },
      );
      await client.call(call, ANY);
      const used = platform
        .askedAt(path)
        .map((a) => a.query.access_token ?? a.headers['x-acs-dingtalk-access-token']);
      expect(used).toEqual(['first', 'second']);
    },
  );

  it('is not tried a third time', async () => {
    platform.answers(OLD, { body: { errcode: 40014, errmsg: '不合法的access_token' } });
    const error = await failure(client.call(askOld, ANY));
    expect(error).toMatchObject({ kind: 'unavailable', code: '40014' });
    expect(platform.askedAt(OLD)).toHaveLength(2);
  });

  it('is taken from a shared store when another process fetched it', async () => {
    const tokenStore = memoryTokenStore();
    await createApiClient({ ...rig.options, tokenStore }).call(askOld, ANY);
    await createApiClient({ ...rig.options, tokenStore }).call(askOld, ANY);
    expect(platform.askedAt(TOKEN_PATH)).toHaveLength(1);
  });

  it('wrong credentials are an administrator’s matter', async () => {
    platform.answers(TOKEN_PATH, {
      status: 400,
      body: {
        code: 'invalidClientIdOrSecret',
        message: `无效的clientId或者clientSecret ${SECRET}`,
        requestid: 'x',
      },
    });
    const error = await failure(client.call(askOld, ANY));
    expect(error).toMatchObject({ kind: 'denied', code: 'invalidClientIdOrSecret' });
    expect(error.message).not.toContain(SECRET);
  });

  it('a store that fails rejects as a host error', async () => {
    const tokenStore = { ...memoryTokenStore(), read: () => Promise.reject(new Error('db is down')) };
    const error = await failure(createApiClient({ ...rig.options, tokenStore }).call(askOld, ANY));
    expect(error).toMatchObject({ kind: 'unavailable', code: 'tokenStore' });
  });
});

describe('answers', () => {
  it.each<[string, Answer, string, string]>([
    ['HTML with 200', { body: '<html>punish</html>', type: 'text/html' }, 'unavailable', 'notJson'],
    ['HTML with 502', { status: 502, body: '<html/>', type: 'text/html' }, 'unavailable', 'http.502'],
    ['cut JSON', { body: '{"errcode":0,"resu' }, 'unavailable', 'notJson'],
    ['a JSON array', { body: '[]' }, 'unavailable', 'notJson'],
    ['a JSON null', { body: 'null' }, 'unavailable', 'notJson'],
    ['an empty 503', { status: 503, body: '' }, 'unavailable', 'http.503'],
    ['no errcode', { body: { hello: 1 } }, 'unavailable', 'shape'],
    ['a cut connection', { cut: true }, 'unavailable', 'network'],
    ['silence', { hang: true }, 'unavailable', 'timeout'],
    [
      'a redirect',
      { status: 302, body: '', headers: { location: 'http://127.0.0.1:1/' } },
      'unavailable',
      'http.302',
    ],
    [
      'the wall for busy addresses',
      { body: '{"status":1111,"wait":5,"source":"x5","punish":"deny","uuid":"d0a4"}' },
      'throttled',
      '1111',
    ],
    ['legacy busy', { body: { errcode: -1, errmsg: '系统繁忙' } }, 'unavailable', '-1'],
    ['legacy limit', { body: { errcode: 90002, errmsg: 'api limit' } }, 'throttled', '90002'],
    ['legacy scope', { body: { errcode: 60011, errmsg: '没有调用该接口的权限' } }, 'denied', '60011'],
    ['legacy bad parameter', { body: { errcode: 400002, errmsg: '无效的参数' } }, 'invalid', '400002'],
    ['legacy unknown person', { body: { errcode: 60121, errmsg: '找不到该用户' } }, 'gone', '60121'],
  ])('%s becomes a host error', async (_name, answer, kind, code) => {
    await client.call(askOld, ANY); // the token is there: the short limit is for the silent call alone
    platform.answers(OLD, answer);
    const patience = answer.hang ? { timeoutMs: 50 } : {};
    const call = createApiClient({ ...rig.options, ...patience }).call(askOld, ANY);
    expect(await failure(call)).toMatchObject({ kind, code });
  });

  it.each([
    [403, 'Forbidden.AccessDenied.AccessTokenPermissionDenied', 'denied', false],
    [403, 'Forbidden.AccessDenied.IpNotInWhiteList', 'denied', false],
    [403, 'Forbidden.AccessDenied.QpsLimitForApi', 'throttled', true],
    [403, 'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi', 'throttled', true],
    [500, 'system.busy', 'unavailable', true],
    [503, 'ServiceUnavailable', 'unavailable', true],
    [400, 'param.cardNotExist', 'gone', false],
    [400, 'param.contentUnsafe', 'content', false],
    [400, 'param.outTrackIdEmpty', 'invalid', false],
    [400, 'somethingNew', 'invalid', false],
    [500, 'somethingNew', 'unavailable', true],
    [429, 'somethingNew', 'throttled', true],
  ])('the new API’s %i %s is %s', async (status, code, kind, retryable) => {
    platform.answers(NEW, { status, body: { code, message: code, requestid: 'E60CC236' } });
    expect(await failure(client.call(askNew, ANY))).toMatchObject({ kind, code, retryable });
  });

  it('of another shape are unavailable and name the place', async () => {
    platform.answers(OLD, { body: { errcode: 0, result: { userid: 7 } } });
    const error = await failure(client.call(askOld, z.object({ result: z.object({ name: z.string() }) })));
    expect(error).toMatchObject({ kind: 'unavailable', code: 'shape' });
    expect(error.message).toContain('result.name');
  });

  it('tell how long to wait where the platform’s pages do', async () => {
    platform.answers(OLD, { body: '{"status":1111,"wait":5,"source":"x5","punish":"deny"}' });
    expect((await failure(client.call(askOld, ANY))).retryAfterMs).toBe(300_000);
  });
});

describe('every request', () => {
  it('asks the shared budget first, by the API’s name without anybody’s id', async () => {
    platform.answers('/v1.0/todo/users/u-secret/tasks/t1', { body: { result: true } });
    await client.call(modern('DELETE', '/v1.0/todo/users/{unionId}/tasks/{taskId}', ['u-secret', 't1']), ANY);
    expect(rig.taken).toEqual([
      'POST /v1.0/oauth2/accessToken',
      'DELETE /v1.0/todo/users/{unionId}/tasks/{taskId}',
    ]);
  });

  it('is not sent without budget', async () => {
    const starved = rigHost(platform, { budget: { take: () => Promise.reject(new Error('full')) } });
    const error = await failure(createApiClient(starved.options).call(askOld, ANY));
    expect(error).toMatchObject({ kind: 'throttled', code: 'budget' });
    expect(platform.asked).toHaveLength(0);
  });

  it('leaves no secret, token or id in the log', async () => {
    platform.answers(OLD, { body: { errcode: 60121, errmsg: `no such user, token ${TOKEN}` } });
    const error = await failure(client.call(askOld, ANY));
    platform.answers(OLD, { cut: true });
    await failure(client.call(askOld, ANY));
    const all = `${rig.logged.join()} ${error.message} ${JSON.stringify(error.cause) ?? ''}`;
    expect(rig.logged).toHaveLength(2);
    expect(all).not.toContain(TOKEN);
    expect(all).not.toContain(SECRET);
    expect(all).not.toContain('u1');
  });

  it('keeps an id with a slash inside its place in the path', async () => {
    platform.answers('/v1.0/todo/users/a%2Fb/tasks/sources/s', { body: { id: 'x' } });
    await client.call(
      modern('GET', '/v1.0/todo/users/{unionId}/tasks/sources/{sourceId}', ['a/b', 's']),
      ANY,
    );
    expect(platform.asked.at(-1)?.path).toBe('/v1.0/todo/users/a%2Fb/tasks/sources/s');
  });
});
