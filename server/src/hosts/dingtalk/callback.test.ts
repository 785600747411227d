import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CardPress, HookRequest } from '../port.ts';
import { verifyCardCallback } from './callback.ts';
import { GATEWAY_PATH, rigHost, startFakePlatform } from './platform.fake.ts';
import type { FakePlatform, Rig } from './platform.fake.ts';

const SECRET = 'callback-secret';
const sign = (timestamp: string, secret = SECRET): string =>
  createHmac('sha256', secret).update(timestamp).digest('base64');

describe('the proof of a card callback', () => {
  const now = 1_690_362_102_194;
  const proof = (changes: Partial<Parameters<typeof verifyCardCallback>[0]> = {}) =>
    verifyCardCallback({
      timestamp: String(now),
      signature: sign(String(now)),
      secret: SECRET,
      now,
      ...changes,
    });

  it('holds for our secret within a minute either way', () => {
    expect(proof()).toBe(true);
    expect(proof({ now: now + 60_000 })).toBe(true);
    expect(proof({ now: now - 60_000 })).toBe(true);
  });

  it('is a known value: base64 of HMAC-SHA256 over the decimal time stamp', () => {
    // openssl: printf 1690362102194 | openssl dgst -sha256 -hmac callback-secret -binary | base64
    expect(proof({ signature: 'rxjiYckYrJGbFfw41ZH82blQCcFdQ9mTiEUeUXQjqtE=' })).toBe(true);
  });

  it.each([
    ['a minute and a bit late', { now: now + 60_001 }],
    ['too early', { now: now - 60_001 }],
    ['another secret', { signature: sign(String(now), 'other') }],
    ['another moment’s signature', { signature: sign(String(now + 1)) }],
    ['no signature', { signature: undefined }],
    ['no time stamp', { timestamp: undefined }],
    ['a time stamp that is no number', { timestamp: '1e12', signature: sign('1e12') }],
    ['an empty secret', { secret: '', signature: sign(String(now), '') }],
    ['a longer signature', { signature: `${sign(String(now))}=` }],
  ])('fails for %s', (_name, changes) => {
    expect(proof(changes)).toBe(false);
  });
});

describe('the door for presses over HTTP', () => {
  let platform: FakePlatform;
  let rig: Rig;
  beforeEach(async () => {
    platform = await startFakePlatform();
    platform.answers('/v1.0/card/callbacks/register', { body: { success: true, result: {} } });
    rig = rigHost(platform, {
      callbackMode: 'http',
      callback: { routeKey: 'minqing', secret: SECRET, url: `${platform.base}/hooks/jinhua/cards` },
    });
  });
  afterEach(async () => {
    await rig.host.stop();
    await platform.close();
  });

  const sample = {
    type: 'actionCallback',
    outTrackId: 'x1',
    corpId: 'ding01',
    userId: 'XXXX',
    content: '{"cardPrivateData":{"actionIds":["1"],"params":{"action":"accept"}}}',
  };
  const request = (body: unknown, stamp = String(rig.clock.now)): HookRequest => ({
    headers: { 'x-ddpaas-signature-timestamp': stamp, 'x-ddpaas-signature': sign(stamp) },
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  });
  const post = (given: HookRequest) => {
    const door = rig.host.hooks?.cards;
    expect(door).toBeDefined();
    return (door ?? (() => Promise.reject(new Error('no door'))))(given);
  };

  async function listen(seen: CardPress[], publicData = { status: 'approved' }): Promise<void> {
    await rig.host.listen({
      onCardPress: (press) => {
        seen.push(press);
        return Promise.resolve({ publicData, privateData: { voted: 'true' } });
      },
      onContactChange: () => Promise.resolve(),
    });
  }

  it('hands the platform’s sample on and answers in its form', async () => {
    const seen: CardPress[] = [];
    await listen(seen);
    const answer = await post(request(sample));
    expect(seen).toEqual([
      {
        hostId: 'jinhua',
        outTrackId: 'x1',
        userId: 'XXXX',
        actionIds: ['1'],
        params: { action: 'accept' },
        messageId: null,
      },
    ]);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({
      cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
      cardData: { cardParamMap: { status: 'approved' } },
      userPrivateData: { cardParamMap: { voted: 'true' } },
    });
  });

  it('lets nobody in without proof, and reads nothing of theirs', async () => {
    const seen: CardPress[] = [];
    await listen(seen);
    expect((await post({ ...request(sample), headers: {} })).status).toBe(401);
    expect((await post(request(sample, String(rig.clock.now - 61_000)))).status).toBe(401);
    expect(seen).toHaveLength(0);
  });

  it.each([
    ['no JSON', 'hello'],
    ['another organisation', { ...sample, corpId: 'dingOther' }],
    ['no outTrackId', { ...sample, outTrackId: '' }],
    ['content that is no JSON', { ...sample, content: '{' }],
    ['another kind of callback', { ...sample, type: 'somethingElse' }],
  ])('refuses %s', async (_name, body) => {
    const seen: CardPress[] = [];
    await listen(seen);
    expect((await post(request(body))).status).toBe(400);
    expect(seen).toHaveLength(0);
  });

  it('is closed before anybody listens and after the stop', async () => {
    expect((await post(request(sample))).status).toBe(503);
    await listen([]);
    await rig.host.stop();
    expect((await post(request(sample))).status).toBe(503);
  });

  it('says that a press failed, and what nobody handled in time changes nothing', async () => {
    await rig.host.listen({
      onCardPress: () => Promise.reject(new Error('db')),
      onContactChange: () => Promise.resolve(),
    });
    expect((await post(request(sample))).status).toBe(500);
  });

  it('is registered with the platform and leaves only events to Stream', async () => {
    platform.answers(
      '/v1.0/card/callbacks/register',
      { status: 500, body: { code: 'system.busy', message: 'busy' } },
      { body: { success: true, result: {} } },
    );
    await listen([]);
    await platform.connected(1);
    await rig.host.stop();
    const asked = platform.askedAt('/v1.0/card/callbacks/register');
    expect(asked.at(0)?.body).toEqual({
      callbackRouteKey: 'minqing',
      callbackUrl: `${platform.base}/hooks/jinhua/cards`,
      apiSecret: SECRET,
      forceUpdate: true,
    });
    expect(platform.askedAt(GATEWAY_PATH)[0]?.body).toMatchObject({
      subscriptions: [{ type: 'EVENT', topic: '*' }],
    });
  });

  it('does not exist in Stream mode', () => {
    expect(rigHost(platform).host.hooks).toEqual({});
  });
});
