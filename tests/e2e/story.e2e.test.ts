import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { WHO } from '../support/town.ts';
import { choosePhoto, drawn, launch, openDesk, PHONE, type Desk } from './desk.ts';
import { MINUTE, SOON } from './steps.ts';

const TITLE = '迎宾大道红绿灯按车流设置时长';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

describe.each(STORES)('the reference story on the phones of the desk, on $name', (store) => {
  let database: TestDatabase;
  let desk: Desk;
  beforeAll(async () => {
    database = await store.create();
    desk = await openDesk(browser, { databaseUrl: database.databaseUrl });
  });
  afterAll(async () => {
    await desk?.close();
    await database?.drop();
  });

  /** The inspector's four counts, after a pull at the page. */
  async function counts(): Promise<Record<string, string>> {
    const app = await desk.openApp(PHONE.inspector);
    const phone = desk.phone(PHONE.inspector);
    await phone.getByRole('button', { name: '更多' }).click();
    await phone.getByRole('menuitem', { name: '刷新网页' }).click();
    await app.locator('.ic-four b').first().waitFor();
    const told = await app.locator('.ic-four button').allInnerTexts();
    return Object.fromEntries(
      told.map((text) => [text.replace(/[^\p{Script=Han}]/gu, ''), text.replace(/\D/g, '')]),
    );
  }

  it('a member reports with a photo, from the messenger’s own workbench', async () => {
    expect(await counts()).toMatchObject({ 办理中: '0', 待裁定: '0' });
    const app = await desk.openApp(PHONE.member);
    await app.getByRole('button', { name: /提交民情/ }).click();
    await app.getByRole('textbox', { name: '标题' }).fill(TITLE);
    await app
      .getByRole('textbox', { name: '情况' })
      .fill('红绿灯时间不合理，早上上班那会儿南北方向排队约 200 米，东西方向又没什么车。');
    await app.getByRole('textbox', { name: '建议' }).fill('按车流分时段设置时长。');
    await choosePhoto(desk.page, app.getByRole('button', { name: '拍照 / 相册' }), '早高峰排队.jpg');
    await app.getByRole('textbox', { name: '地点' }).fill('迎宾大道与环城南路交叉口');
    await app.getByRole('button', { name: '选地区' }).click();
    await app.getByRole('dialog').getByRole('radio', { name: '金东区' }).click();
    await app.getByRole('group', { name: '类别' }).getByRole('button', { name: '交通出行' }).click();
    await app.locator('.bar').getByRole('button', { name: '提交民情' }).click();
    await app.getByText('已提交，').first().waitFor();
    const thumb = app.locator('.files .tile img');
    await expect.poll(() => thumb.count(), SOON).toBe(1);
    await expect.poll(() => drawn(thumb), SOON).toBeGreaterThan(0);
  });

  it('the reviewer accepts on the card, which then says who did and can act no more', async () => {
    await desk.town.advance(17 * MINUTE);
    const card = await desk.card(PHONE.reviewer, '新民情，请审核');
    expect(await card.innerText()).toContain(TITLE);
    await expect.poll(() => drawn(card.getByRole('img', { name: '现场照片' })), SOON).toBeGreaterThan(0);
    await card.locator('[data-action=accept]').click();
    const handled = await desk.card(PHONE.reviewer, /方敏 .*受理/);
    expect(await handled.getAttribute('class')).toContain('done');
    expect(await desk.live(PHONE.reviewer).count()).toBe(0);
  });

  it('the dispatcher follows the card and names the units and three working days', async () => {
    await desk.town.advance(32 * MINUTE);
    const card = await desk.card(PHONE.dispatcher, '已受理，请交办');
    await card.getByRole('link', { name: '去交办' }).click();
    const form = desk.web(PHONE.dispatcher).getByRole('dialog', { name: '交办' });
    await form.getByRole('searchbox', { name: '搜主办单位' }).fill('交警');
    await form.getByRole('button', { name: /市公安局交警支队/ }).click();
    await form.getByRole('button', { name: '添加' }).click();
    await form.getByRole('searchbox', { name: '搜协办单位' }).fill('综合行政执法');
    await form.getByRole('button', { name: /市综合行政执法局/ }).click();
    await form.getByText('7月9日 周四 17:00 前答复').waitFor();
    await form.getByRole('textbox', { name: '交办意见' }).fill('请到路口实测后再定配时。');
    await form.getByRole('button', { name: '交办给 2 个单位' }).click();
    await form.waitFor({ state: 'hidden' });
    await desk.card(PHONE.dispatcher, /陈洁 .*交办/);
    expect(await counts()).toMatchObject({ 办理中: '1' });
  });

  it('the handler signs and answers on one card', async () => {
    await desk.town.advance(42 * MINUTE);
    const guide = desk.page.locator('[data-test=guide]');
    await expect
      .poll(() => guide.textContent(), SOON)
      .toBe('④ 在周凯的手机上看「迎宾大道红绿灯按车流设置时长」，点「签收」。');
    const card = await desk.card(PHONE.handler, '新交办，请签收');
    expect(await card.innerText()).toContain('7月9日 周四 17:00 前');
    await card.locator('[data-action=sign]').click();
    const open = await desk.card(PHONE.handler, '能马上答，就直接写');
    await expect.poll(() => open.locator('[data-action=sign]').count(), SOON).toBe(0);
    await desk.town.advance((28 * 60 + 18) * MINUTE);
    await open.getByRole('combobox').selectOption('已解决');
    await open
      .getByPlaceholder('写给委员的答复')
      .fill('已把单一配时改为四个时段，南北直行绿灯由 35 秒调至 48 秒。');
    await open.locator('[data-action=reply]').click();
    await desk.card(PHONE.handler, /周凯 .*答复/);
    expect(await desk.live(PHONE.handler).count()).toBe(0);
  });

  it('the member gives five stars on the card, in two touches', async () => {
    const card = await desk.card(PHONE.member, '答复到了，等您评价');
    expect(await card.innerText()).toContain('南北直行绿灯由 35 秒调至 48 秒');
    await card.getByRole('radio', { name: '5 星' }).click();
    await card.getByText('非常满意').waitFor();
    await card.getByRole('button', { name: '打五星' }).click();
    await expect
      .poll(() => desk.phone(PHONE.member).getByRole('img', { name: '5 星' }).count(), SOON)
      .toBe(1);
  });

  it('nobody is left with a button or a to-do, and the counts have moved on', async () => {
    for (const n of [PHONE.member, PHONE.reviewer, PHONE.dispatcher, PHONE.handler]) {
      await desk.tab(n, '消息');
      await expect.poll(() => desk.live(n).count(), SOON).toBe(0);
      await desk.tab(n, '待办');
      await desk.phone(n).getByText('都办完了').waitFor();
      expect(await desk.phone(n).getByText(TITLE).count()).toBeGreaterThan(0);
    }
    const co = (await desk.town.chat(WHO.coHandler)).filter((item) => item.kind === 'card');
    expect(co.flatMap((item) => item.buttons).filter((b) => b.actionId && b.enabled)).toEqual([]);
    expect(await counts()).toMatchObject({ 办理中: '0', 超期: '0', 待裁定: '0' });
  });

  it('the member reads the whole way back, with what it took', async () => {
    const app = await desk.openApp(PHONE.member);
    await app.getByRole('link', { name: '民情', exact: true }).click();
    await app.getByRole('link', { name: new RegExp(TITLE) }).click();
    await app.getByText('1.5 天').first().waitFor();
    await app.getByRole('button', { name: '看原文' }).click();
    await expect.poll(() => drawn(app.locator('.files .tile img').first()), SOON).toBeGreaterThan(0);
    expect(desk.problems).toEqual([]);
  });
});
