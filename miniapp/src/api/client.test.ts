import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { apiUrl, call, useCredentials, type Credentials } from './client.ts';
import { ApiError } from './errors.ts';

interface Sent {
  url: string;
  init: RequestInit & { headers: Record<string, string> };
}

let sent: Sent[];
let answers: (Response | 'lost')[];
let credentials: Credentials;
let renewals: number;

beforeEach(() => {
  sent = [];
  answers = [];
  renewals = 0;
  credentials = {
    token: '',
    csrf: 'c1',
    person: '',
    renew: async () => {
      renewals += 1;
      credentials.csrf = 'c2';
      return true;
    },
    heard: () => undefined,
  };
  useCredentials(credentials);
  vi.useFakeTimers();
  vi.stubGlobal('fetch', async (url: string, init: Sent['init']) => {
    sent.push({ url, init });
    const answer = answers.shift();
    if (answer === undefined || answer === 'lost') {
      throw new TypeError('lost');
    }
    return answer;
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const ok = (body: unknown): Response => Response.json(body);
const no = (status: number, body: object = {}): Response => Response.json(body, { status });

/** Runs a call while its waits pass at once; answers the error it ended with, if any. */
async function run<T>(promise: Promise<T>): Promise<T | ApiError> {
  const settled = promise.catch((error: unknown) => error as ApiError);
  await vi.runAllTimersAsync();
  return settled;
}

describe('a call of the API', () => {
  it('repeats a lost change under the same key, and only one that has a key', async () => {
    answers = ['lost', no(503), ok({ done: true })];
    expect(await run(call('/x', { method: 'POST', body: {}, key: 'k1' }))).toMatchObject({
      data: { done: true },
    });
    expect(sent.map((one) => one.init.headers['Idempotency-Key'])).toEqual(['k1', 'k1', 'k1']);
    sent = [];
    answers = ['lost'];
    expect(await run(call('/x', { method: 'POST', body: {} }))).toMatchObject({
      code: 'offline',
      lost: true,
    });
    expect(sent).toHaveLength(1);
  });

  it('gives up after three attempts and says that the network is gone', async () => {
    answers = ['lost', 'lost', 'lost', ok({})];
    const error = await run(call('/x'));
    expect(error).toBeInstanceOf(ApiError);
    expect((error as ApiError).title).toBe('现在没有网络，联网后再试一次');
    expect(sent).toHaveLength(3);
  });

  it('does not repeat a refusal', async () => {
    answers = [no(409, { code: 'stale', title: '已有变化', since: ['周凯 已签收'] }), ok({})];
    expect(await run(call('/x', { method: 'POST', body: {}, key: 'k' }))).toMatchObject({
      code: 'stale',
      since: ['周凯 已签收'],
      lost: false,
    });
    expect(sent).toHaveLength(1);
  });

  it('signs on once more after a 401 and repeats with the new token against forgery', async () => {
    answers = [no(401), ok({ fine: 1 })];
    expect(await run(call('/x', { method: 'POST', body: {}, key: 'k' }))).toMatchObject({
      data: { fine: 1 },
    });
    expect(renewals).toBe(1);
    expect(sent.map((one) => one.init.headers['X-CSRF'])).toEqual(['c1', 'c2']);
  });

  it('does not sign on again for ever', async () => {
    answers = [
      no(401, { code: 'signedOff', title: '请重新登录' }),
      no(401, { code: 'signedOff', title: '请重新登录' }),
      ok({}),
    ];
    expect(await run(call('/x'))).toMatchObject({ code: 'signedOff' });
    expect(renewals).toBe(1);
  });

  it('sends a bearer token instead of the cookie’s token against forgery', async () => {
    credentials.token = 't1';
    answers = [ok({})];
    await run(call('/x', { method: 'POST', body: {}, key: 'k' }));
    expect(sent[0]!.init.headers).toMatchObject({ Authorization: 'Bearer t1' });
    expect(sent[0]!.init.headers['X-CSRF']).toBeUndefined();
  });

  it('says whom the page serves, but not beside a bearer token, which is its own', async () => {
    credentials.person = 'lin';
    answers = [ok({}), ok({})];
    await run(call('/x'));
    credentials.token = 't1';
    await run(call('/x'));
    expect(sent.map((one) => one.init.headers['X-Person'])).toEqual(['lin', undefined]);
  });

  it('turns a page that is no problem document into a sentence, with the number to quote', async () => {
    answers = Array.from(
      { length: 3 },
      () =>
        new Response('<html>bad gateway</html>', {
          status: 500,
          headers: { 'x-request-id': '0192-aaaa-7f3k22' },
        }),
    );
    expect(await run(call('/x'))).toMatchObject({
      code: 'unreadable',
      title: '服务器正忙，过一会儿再试',
      reference: '7F3K-22',
    });
  });

  it('answers a 304 without data', async () => {
    answers = [new Response(null, { status: 304 })];
    expect(await run(call('/x', { etag: '"5"' }))).toMatchObject({ status: 304, etag: '"5"' });
    expect(sent[0]!.init.headers['If-None-Match']).toBe('"5"');
  });

  it('stops waiting for an answer that never comes', async () => {
    vi.stubGlobal(
      'fetch',
      (_url: string, init: RequestInit) =>
        new Promise((_resolve, reject) => {
          init.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
        }),
    );
    expect(await run(call('/x', { retry: false }))).toMatchObject({ code: 'timeout' });
  });
});

describe('the address of a file the API answered', () => {
  it.each([
    '/files/f1/thumb',
    'files/f1/thumb',
    'api/files/f1/thumb',
    './api/files/f1/thumb',
    '/api/files/f1/thumb',
  ])('%s', (told) => {
    expect(apiUrl(told)).toBe('./api/files/f1/thumb');
  });
});
