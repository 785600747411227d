import { describe, expect, it } from 'vitest';
import { loadConfig } from './config.ts';
import { pagePolicy } from './http/security.ts';

const EMAS = {
  MONITOR_EMAS_SCRIPT: 'https://wpkgate-emas.example.gov.cn/static/wpkReporter.js',
  MONITOR_EMAS_BID: 'minqing_zzdpro',
  MONITOR_EMAS_SIGN_KEY: 'key',
  MONITOR_EMAS_GATEWAY: 'https://wpkgate-emas.example.gov.cn',
};
const APLUS = {
  MONITOR_APLUS_SCRIPT: 'https://alidt.example.com/alilog/mlog/aplus_cloud.js',
  MONITOR_APLUS_HOST: 'alog-api.example.gov.cn',
  MONITOR_APLUS_APP_ID: '2000001',
  MONITOR_APLUS_APP_NAME: '民情一点通',
};
const read = (more: Record<string, string>) => loadConfig({ NODE_ENV: 'test', ...more }).monitoring;

describe('monitoring scripts', () => {
  it('are off, and the page lets nothing of elsewhere in', () => {
    const { facts, ...beyond } = read({});
    expect(facts).toBeNull();
    expect(pagePolicy('<html></html>', "'self'", beyond)).toBe(pagePolicy('<html></html>', "'self'"));
  });

  it('are told with everything they need, and the page lets in exactly them', () => {
    const { facts, ...beyond } = read({ ...EMAS, ...APLUS, MONITOR_SOURCES: 'https://d.example.com' });
    expect(facts?.emas).toMatchObject({ bid: 'minqing_zzdpro', signKey: 'key' });
    expect(facts?.aplus).toMatchObject({ host: 'alog-api.example.gov.cn', appId: '2000001' });
    const policy = pagePolicy('<html></html>', "'self'", beyond);
    expect(policy).toContain(
      "script-src 'self' https://wpkgate-emas.example.gov.cn https://alidt.example.com https://d.example.com;",
    );
    expect(policy).toContain(
      "connect-src 'self' https://wpkgate-emas.example.gov.cn https://alog-api.example.gov.cn https://d.example.com;",
    );
    expect(policy).toContain("default-src 'self'");
  });

  it('each stand alone', () => {
    expect(read(EMAS).facts).toMatchObject({ aplus: null });
    expect(read(APLUS).facts).toMatchObject({ emas: null });
  });

  it.each([
    [{ ...EMAS, MONITOR_EMAS_GATEWAY: '' }, 'MONITOR_EMAS_GATEWAY'],
    [{ ...EMAS, MONITOR_EMAS_SCRIPT: 'http://emas.example/x.js' }, 'MONITOR_EMAS_SCRIPT'],
    [{ ...APLUS, MONITOR_APLUS_HOST: 'https://alog.example' }, 'MONITOR_APLUS_HOST'],
    [{ ...APLUS, MONITOR_APLUS_APP_ID: '' }, 'MONITOR_APLUS_APP_ID'],
    [{ MONITOR_SOURCES: "'unsafe-inline' *" }, 'MONITOR_SOURCES'],
  ])('that are half configured, or let anything in, are refused by name', (environment, name) => {
    expect(() => read(environment as unknown as Record<string, string>)).toThrow(name);
  });
});
