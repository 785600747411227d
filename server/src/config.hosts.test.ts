import { describe, expect, it } from 'vitest';
import { ConfigError, hostIdsOf, loadConfig } from './config.ts';

const key = (fill: number): string => Buffer.alloc(32, fill).toString('base64');
/** A production that serves 浙政钉 alone, with all it needs. */
const ALONE = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://minqing.example.gov.cn',
  DATABASE_URL: 'mysql://app:secret@db/minqing',
  DATA_KEY: key(1),
  INDEX_KEY: key(2),
  HOSTS: 'zhezhengding',
  ZHEZHENGDING_TENANT_ID: '42',
  ZHEZHENGDING_APP_KEY: 'ak',
  ZHEZHENGDING_APP_SECRET: 'sk',
  ZHEZHENGDING_APP_ID: '7',
};

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) {
      return error.problems;
    }
    throw error;
  }
  return [];
}

describe('which messengers are served', () => {
  it('is DingTalk unless told otherwise', () => {
    expect(loadConfig({}).hosts).toEqual(['dingtalk']);
  });

  it('may be 浙政钉 alone: then no variable of DingTalk is asked for', () => {
    const config = loadConfig(ALONE);
    expect(hostIdsOf(config)).toEqual(['zhezhengding']);
    expect(config.zhezhengding).toMatchObject({
      apiBase: 'https://openplatform-pro.ding.zj.gov.cn',
      appUrl: 'https://minqing.example.gov.cn/',
      scan: null,
      eventsUrl: null,
    });
  });

  it('may be both, each under a name of its own, the first one first', () => {
    const both = { HOSTS: 'zhezhengding, dingtalk' };
    expect(hostIdsOf(loadConfig(both))).toEqual(['zhezhengding', 'dingtalk']);
    expect(problemsOf({ ...both, ZHEZHENGDING_HOST_ID: 'city', DINGTALK_HOST_ID: 'city' })).toEqual([
      'ZHEZHENGDING_HOST_ID: must differ from DINGTALK_HOST_ID',
    ]);
  });

  it.each(['wechat', 'dingtalk,dingtalk', ','])('cannot be %s', (HOSTS) => {
    expect(problemsOf({ HOSTS })[0]).toMatch(/^HOSTS: /);
  });

  it.each(['TENANT_ID', 'APP_KEY', 'APP_SECRET', 'APP_ID'])(
    'wants ZHEZHENGDING_%s in production only where it is served',
    (name) => {
      const without = { ...ALONE, [`ZHEZHENGDING_${name}`]: '' };
      expect(problemsOf(without)[0]).toContain(`ZHEZHENGDING_${name}: must be set in production`);
    },
  );
});

describe('what differs between installations of 浙政钉', () => {
  it('is what public code does most often, unless told otherwise', () => {
    expect(loadConfig(ALONE).zhezhengding.dialect).toEqual({
      signing: 'raw',
      body: 'form',
      timestamp: 'offset',
      clockSkew: 'auto',
      ip: 'auto',
      mac: 'auto',
      tokenEverywhere: false,
      ticketTokenField: 'accessToken',
      noticeKind: 'oa',
      noticeBytes: 2048,
      changeMessage: 'comma',
      changeContent: '{"status":"{text}","color":"{color}"}',
      links: {
        phone: '{url}',
        pc: 'taurus://taurusclient/page/link?pc_slide=true&url={encoded}',
        button: 'taurus://taurusclient/page/link?pc_slide=true&url={encoded}',
      },
      todos: true,
      todoFields: {},
      todoListPath: '/tc/openapi/3rd/Inst/getList',
      codes: {},
    });
  });

  it('can be told', () => {
    const { zhezhengding } = loadConfig({
      ...ALONE,
      ZHEZHENGDING_CLOCK_SKEW: '-90',
      ZHEZHENGDING_CALLER_IP: 'none',
      ZHEZHENGDING_CALLER_MAC: '02:00:00:00:00:01',
      ZHEZHENGDING_TODO_LIST: 'none',
      ZHEZHENGDING_TODO_FIELDS: '{"templateCode":"minqing"}',
      ZHEZHENGDING_CODES: '{"240132":"denied","510":"staleToken"}',
      ZHEZHENGDING_EVENTS: 'on',
      ZHEZHENGDING_SCAN_CLIENT_ID: 'app_dingoa',
      ZHEZHENGDING_APP_URL: 'https://front.example/minqing',
    });
    expect(zhezhengding).toMatchObject({
      appUrl: 'https://front.example/minqing/',
      eventsUrl: 'https://minqing.example.gov.cn/hooks/zhezhengding',
      scan: { clientId: 'app_dingoa', appKey: 'ak', appSecret: 'sk' },
      dialect: {
        clockSkew: -90_000,
        ip: null,
        mac: '02:00:00:00:00:01',
        todoListPath: '',
        todoFields: { templateCode: 'minqing' },
        codes: { 240132: 'denied', 510: 'staleToken' },
      },
    });
  });

  it.each([
    ['SIGNING', 'md5'],
    ['CLOCK_SKEW', 'an hour'],
    ['TENANT_ID', 'ding01'],
    ['API_BASE', 'http://open.example'],
    ['CHANGE_CONTENT', '{"status":{text}'],
    ['BUTTON_LINK', 'taurus://open'],
    ['TODO_LIST', 'tc/list'],
    ['CODES', '{"1":"bad"}'],
    ['NOTICE_KIND', 'card'],
  ])('cannot be ZHEZHENGDING_%s=%s', (name, value) => {
    const variable = `ZHEZHENGDING_${name}`;
    expect(problemsOf({ ...ALONE, [variable]: value })[0]).toContain(`${variable}: `);
  });
});
