import { describe, expect, it } from 'vitest';
import { apiAddress, putElsewhere } from './elsewhere.ts';

describe('the address of the API in a copy for another origin', () => {
  it('is whole and has no slash at its end', () => {
    expect(apiAddress('https://minqing.example.gov.cn/api/')).toBe('https://minqing.example.gov.cn/api');
    expect(apiAddress('http://api.elsewhere.localhost:5170/api')).toBe(
      'http://api.elsewhere.localhost:5170/api',
    );
  });

  it.each([
    './api',
    '/api',
    'http://minqing.example.gov.cn/api',
    'minqing.example.gov.cn',
    'https://x.cn/api?a=1',
    '',
  ])('is not %j', (text) => {
    expect(() => apiAddress(text)).toThrow(/API 的地址/);
  });

  it('never lands in a folder of the project', () => {
    for (const folder of ['server', 'miniapp/dist', '.', 'docs']) {
      expect(() => putElsewhere('https://minqing.example.gov.cn/api', folder)).toThrow(/换一个/);
    }
  });
});
