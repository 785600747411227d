import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WHO } from '../support/town.ts';
import { drawn, launch, openDesk, PHONE, type Desk } from './desk.ts';
import { SOON } from './steps.ts';

const TITLE = '迎宾大道红绿灯按车流设置时长';

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

/** The newest work notice of the phone whose words match, shown in its chat. */
async function notice(n: number, words: string | RegExp): Promise<Locator> {
  await desk.tab(n, '消息');
  const found = desk.phone(n).locator('.mc.notice').filter({ hasText: words }).last();
  await found.waitFor();
  return found;
}

describe('the reference story on phones of 浙政钉 alone', () => {
  it('signs on inside the container and reports with a photo of the messenger’s own chooser', async () => {
    const app = await desk.openApp(PHONE.member);
    await app.getByRole('button', { name: /提交民情/ }).click();
    await app.getByRole('textbox', { name: '标题' }).fill(TITLE);
    await app
      .getByRole('textbox', { name: '情况' })
      .fill('红绿灯时间不合理，早上上班那会儿南北方向排队约 200 米，东西方向又没什么车。');
    await app.getByRole('button', { name: '拍照 / 相册' }).click();
    await expect.poll(() => app.locator('.photos .tile img').count(), SOON).toBe(1);
    await app.getByRole('button', { name: '用我的位置' }).click();
    await app.getByText('自动定位，误差 30 米').waitFor();
    expect(await app.getByRole('textbox', { name: '地点' }).inputValue()).toContain('迎宾大道');
    await app.getByRole('group', { name: '类别' }).getByRole('button', { name: '交通出行' }).click();
    await app.locator('.bar').getByRole('button', { name: '提交民情' }).click();
    await app.getByText('已提交，').first().waitFor();
    const thumb = app.locator('.files .tile img');
    await expect.poll(() => thumb.count(), SOON).toBe(1);
    await expect.poll(() => drawn(thumb), SOON).toBeGreaterThan(0);
  });

  it('one tap from the reviewer’s chat opens the form to accept', async () => {
    const card = await notice(PHONE.reviewer, '新民情，请审核');
    await card.getByRole('link', { name: '受理' }).click();
    const form = desk.web(PHONE.reviewer).getByRole('dialog', { name: '受理' });
    await form
      .getByRole('button', { name: /受理/ })
      .last()
      .click();
    await form.waitFor({ state: 'hidden' });
    const handled = await notice(PHONE.reviewer, /方敏 .*受理/);
    await expect.poll(() => handled.getAttribute('class'), SOON).toContain('done');
  });

  it('one tap from the dispatcher’s chat opens the dispatch', async () => {
    const card = await notice(PHONE.dispatcher, '已受理，请交办');
    await card.getByRole('link', { name: '去交办' }).click();
    const form = desk.web(PHONE.dispatcher).getByRole('dialog', { name: '交办' });
    await form.getByRole('searchbox', { name: '搜主办单位' }).fill('交警');
    await form.getByRole('button', { name: /市公安局交警支队/ }).click();
    await form
      .getByRole('button', { name: /^交办/ })
      .last()
      .click();
    await form.waitFor({ state: 'hidden' });
  });

  it('one tap signs; one opens the reply sheet', async () => {
    const card = await notice(PHONE.handler, '新交办，请签收');
    await card.getByRole('link', { name: '签收' }).click();
    await desk.web(PHONE.handler).getByText('已签收').first().waitFor();
    const again = await notice(PHONE.handler, '新交办，请签收');
    await again.getByRole('link', { name: '答复' }).click();
    const form = desk.web(PHONE.handler).getByRole('dialog', { name: '答复' });
    await form.getByRole('button', { name: '已解决' }).click();
    await form
      .getByRole('textbox')
      .first()
      .fill('已把单一配时改为四个时段，南北直行绿灯由 35 秒调至 48 秒。');
    await form
      .getByRole('button', { name: /^答复/ })
      .last()
      .click();
    await form.waitFor({ state: 'hidden' });
  });

  it('one tap opens five picked stars, a second gives them', async () => {
    const card = await notice(PHONE.member, '答复到了，等您评价');
    await card.getByRole('link', { name: '打五星' }).click();
    const sheet = desk.web(PHONE.member).getByRole('dialog');
    await sheet.getByText('非常满意').first().waitFor();
    await sheet.getByRole('button', { name: '打五星' }).click();
    await sheet.waitFor({ state: 'hidden' });
    await notice(PHONE.member, /委员 .*打了 5 星/);
  });

  it('leaves nobody a to-do, and no page with a complaint', async () => {
    for (const n of [PHONE.member, PHONE.reviewer, PHONE.dispatcher, PHONE.handler]) {
      await desk.tab(n, '待办');
      await desk.phone(n).getByText('都办完了').waitFor();
      expect(await desk.phone(n).getByText(TITLE).count()).toBeGreaterThan(0);
    }
    expect(desk.problems).toEqual([]);
  });

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
