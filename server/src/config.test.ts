import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXAMPLE_PATH, renderExample } from './config.example.ts';
import { ConfigError, loadConfig } from './config.ts';
import { VARIABLES } from './config.variables.ts';

const key = (fill: number): string => Buffer.alloc(32, fill).toString('base64');
const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://minqing.example.gov.cn',
  DATABASE_URL: 'mysql://app:secret@db/minqing',
  DATA_KEY: key(1),
  INDEX_KEY: key(2),
  DINGTALK_CLIENT_ID: 'real',
  DINGTALK_CLIENT_SECRET: 'real-secret',
  DINGTALK_AGENT_ID: '1',
  DINGTALK_CORP_ID: 'corp',
};

const ZHEZHENGDING = {
  ZHEZHENGDING_TENANT_ID: '42',
  ZHEZHENGDING_APP_KEY: 'real',
  ZHEZHENGDING_APP_SECRET: 'real-secret',
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

describe('the configuration', () => {
  it('is whole without a single variable in development', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({
      mode: 'development',
      port: 5170,
      publicUrl: 'http://127.0.0.1:5170',
      clockUrl: null,
      workers: true,
    });
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.dingtalk)).toBe(true);
  });

  it('tells everything that is wrong at once, by variable', () => {
    const problems = problemsOf({
      PORT: '99999',
      WORKERS: 'yes',
      DATA_KEY: 'short',
      DATABASE_URL: 'postgres://x',
      DINGTALK_CARD_TEMPLATES: '[]',
    });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual([
      'PORT',
      'WORKERS',
      'DATABASE_URL',
      'DATA_KEY',
      'DINGTALK_CARD_TEMPLATES',
    ]);
  });

  it('never repeats a secret in its complaint', () => {
    expect(problemsOf({ DATA_KEY: 'c2VjcmV0LXZhbHVl' }).join()).not.toContain('c2VjcmV0');
  });

  it('is accepted in production with keys of one’s own', () => {
    expect(loadConfig(PRODUCTION)).toMatchObject({
      mode: 'production',
      dingtalk: { apiBase: 'https://api.dingtalk.com' },
    });
  });

  it.each(Object.entries(VARIABLES).filter(([, variable]) => 'demo' in variable && variable.demo))(
    'refuses the demo’s %s in production',
    (name, variable) => {
      const both = { ...PRODUCTION, ...ZHEZHENGDING, HOSTS: 'dingtalk,zhezhengding' };
      expect(problemsOf({ ...both, [name]: variable.development })).toEqual([
        `${name}: is the demo's public value, which production refuses`,
      ]);
    },
  );

  it.each(['PUBLIC_URL', 'DATABASE_URL', 'DATA_KEY', 'INDEX_KEY', 'DINGTALK_CLIENT_SECRET'])(
    'wants %s in production',
    (name) => {
      expect(problemsOf({ ...PRODUCTION, [name]: '' })[0]).toContain(`${name}: must be set in production`);
    },
  );

  it('refuses one key for two purposes', () => {
    expect(problemsOf({ ...PRODUCTION, INDEX_KEY: key(1) })).toEqual([
      'INDEX_KEY: must differ from DATA_KEY',
    ]);
  });

  it.each([
    ['development', 'http://clock.example/now', 'from this machine only'],
    ['development', 'http://127.0.0.1.evil.example/', 'from this machine only'],
    ['production', 'http://127.0.0.1:5171/control/clock', 'in production'],
  ])('refuses in %s a clock at %s', (NODE_ENV, CLOCK_URL, words) => {
    expect(problemsOf({ ...PRODUCTION, NODE_ENV, CLOCK_URL }).join()).toContain(words);
  });

  it.each([
    'http://127.0.0.1:5171/control/clock',
    'http://[::1]:5171/now',
    'http://desk.minqing.localhost/now',
  ])('takes a clock at %s in development', (CLOCK_URL) => {
    expect(loadConfig({ CLOCK_URL }).clockUrl).toBe(CLOCK_URL);
  });

  it('wants https to a host that is not on this machine', () => {
    expect(problemsOf({ DINGTALK_API_BASE: 'http://api.example' })).toEqual([
      'DINGTALK_API_BASE: must be https unless it is on this machine',
    ]);
  });

  it('has no callback in Stream mode, whatever is set for it', () => {
    expect(loadConfig({ DINGTALK_CALLBACK_SECRET: 'sixteen-characters' }).dingtalk).toMatchObject({
      callbackMode: 'stream',
      callback: null,
    });
  });

  it('knows in HTTP mode where presses arrive', () => {
    const environment = {
      ...PRODUCTION,
      DINGTALK_CALLBACK_MODE: 'http',
      DINGTALK_CALLBACK_SECRET: 'sixteen-characters',
    };
    expect(loadConfig(environment).dingtalk.callback).toEqual({
      routeKey: 'minqing',
      secret: 'sixteen-characters',
      url: 'https://minqing.example.gov.cn/hooks/dingtalk/cards',
    });
    const elsewhere = loadConfig({ ...environment, DINGTALK_CALLBACK_URL: 'https://cards.example/in' });
    expect(elsewhere.dingtalk.callback?.url).toBe('https://cards.example/in');
  });

  it('wants a secret in HTTP mode, a long one, and never repeats it', () => {
    const http = { ...PRODUCTION, DINGTALK_CALLBACK_MODE: 'http' };
    expect(problemsOf(http)).toEqual([
      'DINGTALK_CALLBACK_SECRET: must be set when DINGTALK_CALLBACK_MODE is http',
    ]);
    expect(problemsOf({ ...http, DINGTALK_CALLBACK_SECRET: 'hush-hush' })).toEqual([
      'DINGTALK_CALLBACK_SECRET: must have at least 16 characters, not 9',
    ]);
  });

  it('wants https for presses that come over the network', () => {
    expect(
      problemsOf({
        ...PRODUCTION,
        DINGTALK_CALLBACK_MODE: 'http',
        DINGTALK_CALLBACK_SECRET: 'sixteen-characters',
        DINGTALK_CALLBACK_URL: 'http://cards.example/in',
      }),
    ).toEqual(['DINGTALK_CALLBACK_URL: must be https unless it is on this machine']);
  });

  it('wants address and keys of a bucket', () => {
    expect(problemsOf({ FILES_S3_BUCKET: 'b' })).toHaveLength(3);
    const s3 = {
      FILES_S3_BUCKET: 'b',
      FILES_S3_ENDPOINT: 'https://s3.example.com',
      FILES_S3_ACCESS_KEY: 'k',
      FILES_S3_SECRET_KEY: 's',
    };
    expect(loadConfig(s3).files.s3?.pathStyle).toBe(true);
    expect(loadConfig({ ...s3, FILES_S3_PATH_STYLE: 'off' }).files.s3?.pathStyle).toBe(false);
    expect(problemsOf({ ...s3, FILES_S3_PATH_STYLE: 'no' })).toHaveLength(1);
  });
});

describe('.env.example', () => {
  it('is what the table of variables says; npm run env:example writes it', () => {
    expect(readFileSync(EXAMPLE_PATH, 'utf8')).toBe(renderExample());
  });
});
