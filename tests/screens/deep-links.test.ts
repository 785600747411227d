import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launch, openPhone, type Phone } from './phone.ts';

let browser: Browser;
let phone: Phone;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
afterEach(() => phone.close());

/** Opens the whole address after the origin, as a link in a chat would, and tells every origin the page then asked or went to. */
async function follow(address: string): Promise<string[]> {
  phone = await openPhone(browser);
  const origins = new Set<string>();
  phone.page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (/^https?:$/.test(protocol)) {
      origins.add(origin);
    }
  });
  await phone.page.goto(`${phone.served.url}${address}`);
  await phone.page.locator('main').first().waitFor();
  await phone.page.waitForTimeout(150);
  expect(new URL(phone.page.url()).origin).toBe(new URL(phone.served.url).origin);
  return [...origins];
}

describe('deep links', () => {
  it('survive signing on: the person lands where the notice pointed', async () => {
    await follow('/#/s/c-story');
    await expect.poll(() => new URL(phone.page.url()).hash).toBe('#/case/c-story');
    expect(phone.served.mock.log.some((one) => one.path === '/session')).toBe(true);
  });

  it.each([
    '/#//evil.example',
    '/#///evil.example/%2f..',
    '/#/https://evil.example/',
    '/#/\\\\evil.example',
    '/#/%2f%2fevil.example',
    '/#/s/..%2f..%2f..%2fevil.example',
    '/#/s/https%3A%2F%2Fevil.example',
    '/#/case/c-story?redirect=https://evil.example&next=//evil.example',
    '/#javascript:location=%22https://evil.example%22',
    '/?redirect_uri=https://evil.example#/me',
    '/?url=https%3A%2F%2Fevil.example&state=x&code=y#/me',
    '/?corpid=$CORPID$&returnUrl=//evil.example#/me',
  ])('%s leads nowhere else', async (address) => {
    const origins = await follow(address);
    expect(origins).toEqual([new URL(phone.served.url).origin]);
  });
});
