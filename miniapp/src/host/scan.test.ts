import { beforeEach, describe, expect, it, vi } from 'vitest';
import { beginScan, scannable, takeScanned } from './scan.ts';

const HOST = {
  id: 'jinhua',
  vendor: 'zhezhengding',
  corpId: '',
  agentId: '',
  clientId: '',
  scanPage: 'https://login.example/oauth2/auth.htm?response_type=code&client_id=a_dingoa',
};
const at = (address: string): Location => new URL(address) as unknown as Location;
const past = { replaceState: vi.fn<History['replaceState']>() };
const take = (address: string) => takeScanned(at(address), past as unknown as History);

beforeEach(() => {
  sessionStorage.clear();
  past.replaceState.mockClear();
  vi.useRealTimers();
});

/** Begins at an address; answers the word the login page has to bring back. */
function begun(address = 'https://app.example/m/#/s/abc?do=rate'): string {
  const url = new URL(beginScan(HOST, at(address)) ?? '');
  expect(url.origin + url.pathname).toBe('https://login.example/oauth2/auth.htm');
  expect(url.searchParams.get('client_id')).toBe('a_dingoa');
  expect(url.searchParams.get('redirect_uri')).toBe('https://app.example/m/');
  return url.searchParams.get('state') ?? '';
}

describe('signing on by scanning', () => {
  it('is offered where an organisation has a login page', () => {
    expect(scannable([{ ...HOST, scanPage: undefined }, HOST])).toBe(HOST);
    expect(scannable([{ ...HOST, scanPage: undefined }])).toBeUndefined();
  });

  it('comes back to where the person was going, with the code and a clean address', () => {
    const state = begun();
    expect(state).toMatch(/^[0-9a-f]{32}$/);
    expect(take(`https://app.example/m/?code=c1&state=${state}`)).toEqual({ hostId: 'jinhua', code: 'c1' });
    expect(past.replaceState).toHaveBeenCalledWith(null, '', '/m/#/s/abc?do=rate');
  });

  it('takes a word once', () => {
    const state = begun();
    expect(take(`https://app.example/m/?code=c1&state=${state}`)).not.toBeNull();
    expect(take(`https://app.example/m/?code=c2&state=${state}`)).toBeNull();
  });

  it('takes nobody else’s link: the address is cleaned and nobody is signed on', () => {
    begun();
    expect(take('https://app.example/m/?code=evil&state=theirs&x=1#/home')).toBeNull();
    expect(past.replaceState).toHaveBeenCalledWith(null, '', '/m/?x=1#/home');
  });

  it('takes no link at all where nothing was begun, and none without a word', () => {
    expect(take('https://app.example/m/?code=evil&state=theirs')).toBeNull();
    begun();
    expect(take('https://app.example/m/?code=evil')).toBeNull();
  });

  it('takes none after ten minutes', () => {
    vi.useFakeTimers();
    const state = begun();
    vi.advanceTimersByTime(11 * 60_000);
    expect(take(`https://app.example/m/?code=c1&state=${state}`)).toBeNull();
  });

  it('gives a new word each time', () => {
    expect(begun()).not.toBe(begun());
  });
});
