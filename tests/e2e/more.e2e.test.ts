import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WHO } from '../support/town.ts';
import { choosePhoto, drawn, launch, openDesk, PHONE, type Desk } from './desk.ts';
import { answerOnCard, file, MINUTE, pcWindow, rateTwoStars, SOON } from './steps.ts';

let browser: Browser;
let desk: Desk;
beforeAll(async () => {
  browser = await launch();
  desk = await openDesk(browser);
});
afterAll(async () => {
  await desk?.close();
  await browser?.close();
});

describe('an answer that is planned, two stars, and another round', () => {
  const TITLE = '双溪西路公交站没有雨棚';
  const PLANNED = '已列入今年的公交站台改造计划，八月底前装好。';

  it('what was begun on the card stands in the reply sheet, and a photo goes with it', async () => {
    await file(desk, TITLE, 'dispatched');
    const card = await desk.card(PHONE.handler, TITLE);
    await card.getByRole('combobox').selectOption('列入计划');
    await card.getByPlaceholder('写给委员的答复').fill(PLANNED);
    await card.locator('[data-action=reply]').click();
    await card.getByRole('link', { name: '接着填：列入计划' }).click();
    const form = desk.web(PHONE.handler).getByRole('dialog', { name: '答复委员' });
    const text = form.getByRole('textbox', { name: '答复内容' });
    await expect.poll(() => text.inputValue(), SOON).toBe(PLANNED);
    expect(await form.getByRole('button', { name: '列入计划' }).getAttribute('aria-pressed')).toBe('true');
    await text.fill(`${PLANNED}施工图已定。`);
    await form.getByLabel('哪一天前落实').last().fill('2026-08-31');
    await choosePhoto(desk.page, form.getByRole('button', { name: '添加' }), '施工图.jpg');
    await form.getByRole('button', { name: '移除 施工图.jpg' }).waitFor();
    await form.getByRole('button', { name: '答复', exact: true }).click();
    await form.waitFor({ state: 'hidden' });
    await desk.card(PHONE.handler, /周凯 .*答复/);
    expect(await desk.live(PHONE.handler).count()).toBe(0);
  });

  it('two stars on the card ask for a reason and send it back', async () => {
    const card = await desk.card(PHONE.member, '答复到了，等您评价');
    await expect.poll(() => drawn(card.getByRole('img', { name: '现场照片' })), SOON).toBeGreaterThan(0);
    const app = await rateTwoStars(desk, PHONE.member, '答复到了，等您评价');
    await app.getByRole('heading', { name: /已退回.*整改/ }).waitFor();
    const photo = app.getByRole('img', { name: '施工图.jpg' });
    await expect.poll(() => drawn(photo), SOON).toBeGreaterThan(0);
    await expect.poll(() => desk.live(PHONE.member).count(), SOON).toBe(0);
  });

  it('the unit signs anew, answers anew, and gets five stars', async () => {
    await desk.town.advance(30 * MINUTE);
    const card = await desk.card(PHONE.handler, '退回整改，请签收');
    expect(await card.getByPlaceholder('写给委员的答复').inputValue()).toBe('');
    await card.locator('[data-action=sign]').click();
    await answerOnCard(desk, PHONE.handler, '整改，请答复', '雨棚已经装好，请您看看。');
    const rate = await desk.card(PHONE.member, '雨棚已经装好');
    await rate.getByRole('radio', { name: '5 星' }).click();
    await rate.getByRole('button', { name: '打五星' }).click();
    await expect
      .poll(() => desk.phone(PHONE.member).getByRole('img', { name: '5 星' }).count(), SOON)
      .toBe(1);
    await expect.poll(() => desk.live(PHONE.handler).count(), SOON).toBe(0);
  });
});

describe('a report that was not enough', () => {
  const TITLE = '古子城北门夜间照明不足';

  it('is returned from the reviewer’s card, supplemented by the member and reviewed again', async () => {
    await file(desk, TITLE, 'submitted');
    const review = await desk.card(PHONE.reviewer, TITLE);
    await review.getByRole('link', { name: '退回补充' }).click();
    const form = desk.web(PHONE.reviewer).getByRole('dialog', { name: '退回补充' });
    await form.getByRole('button', { name: '请补充照片或数据' }).click();
    await form.getByRole('button', { name: '退回补充', exact: true }).click();
    await form.waitFor({ state: 'hidden' });

    const returned = await desk.card(PHONE.member, '退回补充，请您补充');
    await returned.getByRole('link', { name: '去补充' }).click();
    const app = desk.web(PHONE.member);
    const title = app.getByRole('textbox', { name: '标题' });
    await expect.poll(() => title.inputValue(), SOON).toBe(TITLE);
    await app.getByRole('textbox', { name: '建议' }).fill('先修北门的三盏。');
    await choosePhoto(desk.page, app.getByRole('button', { name: '拍照 / 相册' }), '北门.jpg');
    await app.locator('.bar').getByRole('button', { name: '再次提交' }).click();
    await app.getByText('您补充后再次提交').first().waitFor();

    const again = await desk.card(PHONE.reviewer, '新民情，请审核');
    await expect.poll(() => drawn(again.getByRole('img', { name: '现场照片' })), SOON).toBeGreaterThan(0);
    await again.locator('[data-action=accept]').click();
    await expect.poll(() => desk.live(PHONE.reviewer).count(), SOON).toBe(0);
    await expect.poll(() => desk.live(PHONE.member).count(), SOON).toBe(0);
  });
});

describe('the workbench of the desktop client', () => {
  const TITLE = '金衢路隔离护栏倒伏';

  it('a reviewer accepts with P, a dispatcher dispatches with D', async () => {
    const caseId = await file(desk, TITLE, 'submitted');
    const reviewing = await pcWindow(desk, PHONE.reviewer);
    await reviewing.getByRole('link', { name: new RegExp(TITLE) }).click();
    await reviewing.getByRole('article', { name: TITLE }).waitFor();
    await reviewing.keyboard.press('p');
    const accept = reviewing.getByRole('dialog', { name: '受理' });
    await accept.getByRole('button', { name: '紧急' }).click();
    await accept.getByRole('button', { name: /^受理/ }).click();
    await accept.waitFor({ state: 'hidden' });
    await reviewing.close();

    const dispatching = await pcWindow(desk, PHONE.dispatcher);
    await dispatching.getByRole('link', { name: new RegExp(TITLE) }).click();
    await dispatching.getByRole('article', { name: TITLE }).waitFor();
    await dispatching.keyboard.press('d');
    const form = dispatching.getByRole('dialog', { name: '交办' });
    await form.getByRole('searchbox', { name: '搜主办单位' }).fill('市公安局交警支队');
    await form.getByRole('button', { name: /^市公安局交警支队/ }).click();
    await form.getByRole('textbox', { name: '交办意见' }).click();
    await dispatching.keyboard.press('Control+Enter');
    await form.waitFor({ state: 'hidden' });
    await dispatching.close();

    const member = await desk.town.person(WHO.member);
    const { body } = await member.call('GET', `/cases/${caseId}`);
    expect(body).toMatchObject({ state: 'dispatched', urgency: 'urgent' });
    await desk.card(PHONE.handler, TITLE);
    expect(desk.problems).toEqual([]);
  });
});
