/** The reference story as people of 浙政钉 take it: from the notice in the chat to the act in the mini-app. */
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import { drawn, PHONE, type Desk } from './desk.ts';
import { SOON } from './steps.ts';

export const TITLE = '迎宾大道红绿灯按车流设置时长';
const ANSWER = '已把单一配时改为四个时段，南北直行绿灯由 35 秒调至 48 秒。';

/** The newest work notice of the phone whose words match, shown in its chat. */
export async function notice(desk: Desk, n: number, words: string | RegExp): Promise<Locator> {
  await desk.tab(n, '消息');
  const found = desk.phone(n).locator('.mc.notice').filter({ hasText: words }).last();
  await found.waitFor();
  return found;
}

/** The member reports, with the messenger's own chooser and place, and sees the photo come back. */
export async function report(desk: Desk): Promise<void> {
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
}

/** One tap from the reviewer's chat opens the form to accept; the notice is marked afterwards. */
export async function accept(desk: Desk): Promise<void> {
  const card = await notice(desk, PHONE.reviewer, '新民情，请审核');
  await card.getByRole('link', { name: '受理' }).click();
  const form = desk.web(PHONE.reviewer).getByRole('dialog', { name: '受理' });
  await form
    .getByRole('button', { name: /受理/ })
    .last()
    .click();
  await form.waitFor({ state: 'hidden' });
  const handled = await notice(desk, PHONE.reviewer, /方敏 .*受理/);
  await expect.poll(() => handled.getAttribute('class'), SOON).toContain('done');
}

/** What the dispatcher's form is filled with, wherever it was opened from. */
export async function fillDispatch(desk: Desk): Promise<void> {
  const form = desk.web(PHONE.dispatcher).getByRole('dialog', { name: '交办' });
  await form.getByRole('searchbox', { name: '搜主办单位' }).fill('交警');
  await form.getByRole('button', { name: /市公安局交警支队/ }).click();
  await form
    .getByRole('button', { name: /^交办/ })
    .last()
    .click();
  await form.waitFor({ state: 'hidden' });
}

/** One tap from the dispatcher's chat opens the dispatch. */
export async function dispatch(desk: Desk): Promise<void> {
  const card = await notice(desk, PHONE.dispatcher, '已受理，请交办');
  await card.getByRole('link', { name: '去交办' }).click();
  await fillDispatch(desk);
}

/** One tap signs; one opens the reply sheet. */
export async function signAndReply(desk: Desk): Promise<void> {
  const card = await notice(desk, PHONE.handler, '新交办，请签收');
  await card.getByRole('link', { name: '签收' }).click();
  await desk.web(PHONE.handler).getByText('已签收').first().waitFor();
  const again = await notice(desk, PHONE.handler, '新交办，请签收');
  await again.getByRole('link', { name: '答复' }).click();
  const form = desk.web(PHONE.handler).getByRole('dialog', { name: '答复' });
  await form.getByRole('button', { name: '已解决' }).click();
  await form.getByRole('textbox').first().fill(ANSWER);
  await form
    .getByRole('button', { name: /^答复/ })
    .last()
    .click();
  await form.waitFor({ state: 'hidden' });
}

/** One tap opens five picked stars, a second gives them. */
export async function rate(desk: Desk): Promise<void> {
  const card = await notice(desk, PHONE.member, '答复到了，等您评价');
  await card.getByRole('link', { name: '打五星' }).click();
  const sheet = desk.web(PHONE.member).getByRole('dialog');
  await sheet.getByText('非常满意').first().waitFor();
  await sheet.getByRole('button', { name: '打五星' }).click();
  await sheet.waitFor({ state: 'hidden' });
  await notice(desk, PHONE.member, /委员 .*打了 5 星/);
}

/** Nobody is left with a to-do, and no page complained. */
export async function allIsDone(desk: Desk): Promise<void> {
  for (const n of [PHONE.member, PHONE.reviewer, PHONE.dispatcher, PHONE.handler]) {
    await desk.tab(n, '待办');
    await desk.phone(n).getByText('都办完了').waitFor();
    expect(await desk.phone(n).getByText(TITLE).count()).toBeGreaterThan(0);
  }
  expect(desk.problems).toEqual([]);
}
