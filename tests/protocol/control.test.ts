import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMessenger } from '../../scripts/messenger/src/index.ts';
import { AGENT, cardFor, startPlatform, TEMPLATE, type Json, type Platform } from './platform.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await startPlatform();
});
afterEach(() => platform.stop());

const now = async (): Promise<number> =>
  Date.parse(String((await platform.control('GET', '/clock')).body.now));

describe('the clock', () => {
  it('starts where it was told, runs, and is moved forwards only', async () => {
    const start = await now();
    expect(start - Date.parse('2026-07-06T08:30:00+08:00')).toBeLessThan(20_000);
    const moved = await platform.control('POST', '/clock', { to: '2026-07-07T14:30:00+08:00' });
    expect(moved).toMatchObject({
      status: 200,
      body: { now: expect.stringMatching(/^2026-07-07T14:30:00/), running: true },
    });
    expect(Date.parse(String(moved.body.machineNow))).toBeLessThan(Date.now() + 1);
    expect((await platform.control('POST', '/clock', { advanceMs: 60_000 })).body.now).toMatch(
      /^2026-07-07T14:31:/,
    );
    expect((await platform.control('POST', '/clock', { to: '2026-07-07T14:30:00+08:00' })).status).toBe(409);
    expect((await platform.control('POST', '/clock', { advanceMs: -1 })).status).toBe(409);
    expect((await platform.control('POST', '/clock', { to: 'soon' })).status).toBe(400);
    await expect.poll(now).toBeGreaterThan(Date.parse('2026-07-07T14:31:00+08:00'));
  });
});

describe('who may use the control API', () => {
  const ask = (headers: Record<string, string>): Promise<number> =>
    new Promise((resolve, reject) => {
      const { port } = new URL(platform.url);
      request({ host: '127.0.0.1', port, path: '/control/people', headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });

  it('is whoever calls it by a local name, from no page or from a local one', async () => {
    expect(await ask({ host: 'desk.minqing.localhost:5171' })).toBe(200);
    expect(await ask({ host: 'desk.minqing.localhost', origin: 'http://desk.minqing.localhost:5171' })).toBe(
      200,
    );
    expect(await ask({ host: 'messenger.example.org' })).toBe(403);
    expect(await ask({ host: '127.0.0.1', origin: 'https://example.org' })).toBe(403);
    expect(await ask({ host: '127.0.0.1', origin: 'null' })).toBe(403);
  });
});

describe('people and phones', () => {
  it('are listed; phones change hands', async () => {
    const people = (await platform.control('GET', '/people')).body as unknown as Json[];
    expect(people.find((one) => one.id === 'lin-shufen')).toMatchObject({
      name: '林淑芬',
      roles: ['member'],
      unit: '金华市政协',
      host: 'dingtalk',
      userid: 'jh0001',
      unionid: expect.any(String),
    });
    await platform.control('POST', '/phones/3', { personId: 'wu-shan' });
    expect((await platform.control('GET', '/phones')).body.items).toContainEqual({
      n: '3',
      phone: 'p3',
      personId: 'wu-shan',
    });
    expect((await platform.control('POST', '/phones/3', { personId: 'nobody' })).status).toBe(404);
    expect((await platform.control('POST', '/phones/zero', { personId: 'wu-shan' })).status).toBe(400);
    expect((await platform.control('GET', '/people/nobody/chat')).status).toBe(404);
  });

  it('who joins can be read at once and signs on', async () => {
    const person = {
      id: 'new',
      userid: 'n1',
      unionid: 'un1',
      name: '新人',
      departmentIds: [33070001],
      mobile: '1',
      title: '',
    };
    expect((await platform.control('POST', '/people', person)).status).toBe(201);
    const code = await platform.code('new');
    expect((await platform.oapi('/topapi/v2/user/getuserinfo', { code })).body.result).toMatchObject({
      userid: 'n1',
    });
    expect((await platform.control('POST', '/people', person)).status).toBe(409);
    await platform.control('POST', '/people/new/leave');
    expect((await platform.oapi('/topapi/v2/user/get', { userid: 'n1' })).body.errcode).toBe(60121);
  });
});

describe('the event stream', () => {
  it('tells whose chat changed, the log and the clock', async () => {
    const abort = new AbortController();
    const stream = await fetch(`${platform.url}/control/events`, { signal: abort.signal });
    let text = '';
    const reading = (async () => {
      for await (const chunk of stream.body ?? []) {
        text += Buffer.from(chunk).toString('utf8');
      }
    })().catch(() => undefined);
    await platform.oapi('/topapi/message/corpconversation/asyncsend_v2', {
      agent_id: AGENT,
      userid_list: 'jh0001',
      msg: { msgtype: 'text', text: { content: '一' } },
    });
    await platform.control('POST', '/clock', { advanceMs: 1000 });
    await expect
      .poll(() => [...text.matchAll(/^data: (.*)$/gm)].map((match) => JSON.parse(match[1] ?? '') as Json))
      .toEqual(
        expect.arrayContaining([
          { type: 'chat', personIds: ['lin-shufen'] },
          {
            type: 'log',
            entry: expect.objectContaining({ api: 'notice.send', recipients: ['林淑芬'], verdict: 'ok' }),
          },
          { type: 'clock', now: expect.any(String) },
        ]),
      );
    abort.abort();
    await reading;
  });
});

describe('templates', () => {
  it('are published, read back, and refused when they do not hold together', async () => {
    expect((await platform.control('PUT', '/templates/t', TEMPLATE)).status).toBe(200);
    expect((await platform.control('GET', '/templates/t')).body).toMatchObject({ id: 't', name: '试验卡片' });
    expect((await platform.control('GET', '/templates/none')).status).toBe(404);
    const broken = { ...TEMPLATE, components: [{ kind: 'title', text: '{{nobody}}' }] };
    const refused = await platform.control('PUT', '/templates/t', broken);
    expect(refused).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining('nobody') } },
    });
  });
});

describe('reset and keeping', () => {
  const fill = async (one: Platform): Promise<void> => {
    await one.control('PUT', '/templates/test.schema', TEMPLATE);
    await one.api('POST', '/v1.0/card/instances/createAndDeliver', cardFor('jh0004', 'c1'));
    await one.control('POST', '/people/wu-shan/leave');
    await one.control('POST', '/phones/1', { personId: 'zhou-kai' });
    await one.control('POST', '/clock', { to: '2026-07-20T09:00:00+08:00' });
  };

  it('reset goes back to the beginning, keeps published templates, and waits for the hook', async () => {
    let told = 0;
    const one = await startPlatform({
      onReset: async () => {
        await Promise.resolve();
        told += 1;
      },
    });
    await fill(one);
    await one.control('POST', '/faults', { kind: 'offline', operations: ['nothing'] });
    expect((await one.control('POST', '/reset')).body.now).toMatch(/^2026-07-06T08:30/);
    expect(told).toBe(1);
    expect(await one.chat('zhou-kai')).toEqual([]);
    expect(await one.chat('wu-shan')).toEqual([]);
    expect(await one.log()).toEqual([]);
    expect((await one.control('GET', '/faults')).body.items).toEqual([]);
    expect((await one.control('GET', '/templates/test.schema')).status).toBe(200);
    await one.stop();
  });

  it('with a folder of its own it remembers everything over a restart', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'messenger-'));
    const first = await startPlatform({ dataDir });
    await fill(first);
    const seen = (await first.log()).at(-1)?.seq ?? 0;
    await first.stop();
    const second = await startPlatform({ dataDir });
    expect((await second.control('GET', '/clock')).body.now).toMatch(/^2026-07-20T09:00/);
    expect(await second.chat('zhou-kai')).toMatchObject([{ outTrackId: 'c1', title: '迎宾大道红绿灯' }]);
    expect((await second.control('GET', '/people/wu-shan/chat')).status).toBe(404);
    expect((await second.control('GET', '/phones')).body.items).toContainEqual({
      n: '1',
      phone: 'p1',
      personId: 'zhou-kai',
    });
    await second.token();
    expect((await second.log()).at(-1)?.seq).toBe(seen + 1);
    await second.stop();
    rmSync(dataDir, { recursive: true });
  });
});

describe('starting', () => {
  it('says when the port is taken', async () => {
    const port = Number(new URL(platform.url).port);
    await expect(startMessenger({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
