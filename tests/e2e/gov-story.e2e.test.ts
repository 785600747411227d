import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WHO } from '../support/town.ts';
import { launch, openDesk, type Desk } from './desk.ts';
import { accept, allIsDone, dispatch, rate, report, signAndReply } from './gov-steps.ts';

let browser: Browser;
let desk: Desk;
beforeAll(async () => {
  browser = await launch();
  desk = await openDesk(browser, { gov: 'everyone', messenger: { callsPerSecond: 10_000 } });
});
afterAll(async () => {
  await desk?.close();
  await browser?.close();
});

describe('the reference story on phones of 浙政钉 alone', () => {
  it('signs on inside the container and reports with a photo of the messenger’s own chooser', () =>
    report(desk));
  it('one tap from the reviewer’s chat opens the form to accept', () => accept(desk));
  it('one tap from the dispatcher’s chat opens the dispatch', () => dispatch(desk));
  it('one tap signs; one opens the reply sheet', () => signAndReply(desk));
  it('one tap opens five picked stars, a second gives them', () => rate(desk));
  it('leaves nobody a to-do, and no page with a complaint', () => allIsDone(desk));

  it('the Windows client signs on as well', async () => {
    await desk.town.control('POST', '/phones/pc7', { personId: WHO.dispatcher });
    const page = await desk.context.newPage();
    await page.goto(`http://pc7.minqing.localhost:${desk.town.messenger.port}/`);
    await page.getByText('三服务办').first().waitFor();
    expect(await page.evaluate(() => navigator.userAgent)).toContain('dingtalk-win');
    await page.close();
  });
});

describe('a browser outside every messenger', () => {
  it('signs on by scanning, lands where it was going, and keeps its session over a reload', async () => {
    const page = await desk.context.newPage();
    await page.goto(`${desk.town.url}/#/me`);
    await page.getByText('请在浙政钉里打开').first().waitFor();
    await page.getByRole('button', { name: '用浙政钉扫码登录' }).click();
    await page.getByRole('link', { name: /方敏/ }).click();
    await page.getByText('方敏').first().waitFor();
    expect(page.url()).toBe(`${desk.town.url}/#/me`);
    await page.reload();
    await page.getByText('方敏').first().waitFor();
    await page.context().clearCookies({ domain: '127.0.0.1' });
    await page.reload();
    await page.getByText('请在浙政钉里打开').first().waitFor();
    await page.close();
  });

  it('is signed on by nobody else’s link, however good its code', async () => {
    const { code } = await desk.town.control<{ code: string }>('POST', `/people/${WHO.dispatcher}/scan`);
    const page = await desk.context.newPage();
    await page.goto(`${desk.town.url}/?code=${code}&state=chosen-by-somebody#/me`);
    await page.getByText('请在浙政钉里打开').first().waitFor();
    expect(page.url()).toBe(`${desk.town.url}/#/me`);
    await page.close();
  });
});
