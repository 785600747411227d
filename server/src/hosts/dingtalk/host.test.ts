import type { SignedPage } from '../port.ts';
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDingTalkHost } from './host.ts';
import { createLinks } from './links.ts';
import { rigHost, startFakePlatform } from './platform.fake.ts';
import type { FakePlatform, Rig } from './platform.fake.ts';
import { signedUrl } from './signon.ts';

let platform: FakePlatform;
let rig: Rig;
beforeEach(async () => {
  platform = await startFakePlatform();
  rig = rigHost(platform);
});
afterEach(() => platform.close());

describe('creating a host', () => {
  it.each(['apiBase', 'oapiBase', 'appUrl'] as const)(
    'refuses clear text outside the loopback in %s',
    (name) => {
      const options = { ...rig.options, [name]: 'http://api.example.com' };
      expect(() => createDingTalkHost(options)).toThrow(`${name} must use https`);
      expect(() => createDingTalkHost({ ...rig.options, [name]: 'ftp://127.0.0.1' })).toThrow(name);
    },
  );

  it('takes https anywhere and http on the loopback', () => {
    for (const apiBase of [
      'https://api.dingtalk.com',
      'http://localhost:1',
      'http://[::1]:1',
      'http://a.b.localhost',
    ]) {
      expect(createDingTalkHost({ ...rig.options, apiBase }).id).toBe('jinhua');
    }
    expect(() => createDingTalkHost({ ...rig.options, apiBase: 'http://localhost.example.com' })).toThrow(
      'https',
    );
  });

  it('refuses an agentId that is no number and an empty secret', () => {
    expect(() => createDingTalkHost({ ...rig.options, agentId: 'x1' })).toThrow('agentId');
    expect(() => createDingTalkHost({ ...rig.options, clientSecret: '' })).toThrow('clientSecret');
    expect(() => createDingTalkHost({ ...rig.options, callbackMode: 'http' })).toThrow('callback');
  });

  it('has cards only with templates and a robot', () => {
    expect(rig.host.capabilities.cards).toBe(true);
    expect(createDingTalkHost({ ...rig.options, cardTemplateIds: {} }).capabilities.cards).toBe(false);
    expect(createDingTalkHost({ ...rig.options, robotCode: '' }).capabilities.cards).toBe(false);
  });
});

describe('signing on', () => {
  const PATH = '/topapi/v2/user/getuserinfo';
  const sample = {
    errcode: 0,
    errmsg: 'ok',
    result: {
      userid: 'userid123',
      unionid: 'gliiW0piiii02zBUjUiPnIiPnIiP',
      associated_unionid: 'N2o5U3axxxx',
      name: '张xx',
      device_id: '12drtfxxxxx',
      sys: true,
      sys_level: 1,
    },
    request_id: '4jzllmte0wau',
  };

  it('exchanges the code for the account the platform names', async () => {
    platform.answers(PATH, { body: sample });
    const account = await rig.host.exchangeCode('hYLK98jkf0m');
    expect(account).toEqual({ userId: 'userid123', unionId: 'gliiW0piiii02zBUjUiPnIiPnIiP', name: '张xx' });
    expect(platform.askedAt(PATH)[0]).toMatchObject({ method: 'POST', body: { code: 'hYLK98jkf0m' } });
  });

  it('reads the person when the exchange leaves something out', async () => {
    platform.answers(PATH, { body: { errcode: 0, result: { userid: 'u9' } } });
    platform.answers('/topapi/v2/user/get', {
      body: { errcode: 0, result: { userid: 'u9', unionid: 'n9', name: '李' } },
    });
    expect(await rig.host.exchangeCode('c')).toEqual({ userId: 'u9', unionId: 'n9', name: '李' });
  });

  it('rejects a code that is unknown, used or expired as invalid, and an empty one without asking', async () => {
    platform.answers(PATH, { body: { errcode: 40078, errmsg: '不存在的临时授权码', request_id: 'x' } });
    await expect(rig.host.exchangeCode('used')).rejects.toMatchObject({ kind: 'invalid', code: '40078' });
    await expect(rig.host.exchangeCode('')).rejects.toMatchObject({ kind: 'invalid' });
    expect(platform.askedAt(PATH)).toHaveLength(1);
  });
});

describe('signing a page', () => {
  const TICKETS = '/v1.0/oauth2/jsapiTickets';
  const sign = (url: string) => rig.host.signJsapi(url) as Promise<SignedPage>;
  beforeEach(() => platform.answers(TICKETS, { body: { jsapiTicket: 'tick', expireIn: 7200 } }));

  it('hashes the four fields in the platform’s order, the query decoded once, without hash', async () => {
    const config = await sign('http://app.minqing.localhost:5170/?name=%E5%BC%A0&x=%252F#/s/1');
    const plain =
      `jsapi_ticket=tick&noncestr=${config.nonceStr}&timestamp=${config.timeStamp}` +
      '&url=http://app.minqing.localhost:5170/?name=张&x=%2F';
    expect(config.signature).toBe(createHash('sha256').update(plain).digest('hex'));
    expect(config).toMatchObject({ agentId: '123456', corpId: 'ding01', timeStamp: String(rig.clock.now) });
  });

  it('leaves a path’s encoding and a lone percent sign alone', () => {
    expect(signedUrl('https://h/%E5?a=100%')).toBe('https://h/%E5?a=100%');
    expect(signedUrl('https://h:8443/p#a?b')).toBe('https://h:8443/p');
  });

  it('asks for one ticket and never repeats a nonce', async () => {
    const [one, two] = await Promise.all([sign('https://h/'), sign('https://h/')]);
    expect(platform.askedAt(TICKETS)).toHaveLength(1);
    expect(platform.askedAt(TICKETS)[0]?.body).toBeNull();
    expect(one.nonceStr).not.toBe(two.nonceStr);
  });

  it('signs web pages only', async () => {
    await expect(rig.host.signJsapi('javascript:1')).rejects.toMatchObject({ kind: 'invalid' });
  });
});

describe('links', () => {
  const links = createLinks('https://h.example/app/?corpid=$CORPID$#/old', 'ding01');

  it('put the literal corpId in and the path behind the hash', () => {
    expect(links.page('/#/s/abc')).toBe('https://h.example/app/?corpid=ding01#/s/abc');
  });

  it('encode the page once for a phone and ask for the side panel on a PC', () => {
    const enc = 'https%3A%2F%2Fh.example%2Fapp%2F%3Fcorpid%3Dding01%23%2Fs%2Fabc';
    expect(links.mobile('/#/s/abc')).toBe(`dingtalk://dingtalkclient/page/link?url=${enc}`);
    expect(links.pc('/#/s/abc')).toBe(`dingtalk://dingtalkclient/page/link?url=${enc}&pc_slide=true`);
  });

  it('carry both in one link that unwraps to the same page', () => {
    const both = new URL(links.both('/#/s/abc'));
    expect(both.href.startsWith('dingtalk://dingtalkclient/action/open_platform_link?pcLink=')).toBe(true);
    for (const side of ['pcLink', 'mobileLink']) {
      const inner = new URL(both.searchParams.get(side) ?? '');
      expect(inner.searchParams.get('url')).toBe(links.page('/#/s/abc'));
    }
    expect(new URL(both.searchParams.get('pcLink') ?? '').searchParams.get('pc_slide')).toBe('true');
  });
});
