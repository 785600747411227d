/** Steps several stories share, each as a person takes it. */
import type { FrameLocator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { uuidv7 } from '../../server/src/store/index.ts';
import { report, unitId, WHO } from '../support/town.ts';
import type { Desk } from './desk.ts';

/** Waits as long as a person would before looking again. */
export const SOON = { timeout: 15_000 };
export const MINUTE = 60_000;

/** Files a report and, when asked, carries it on, each by who may. Answers its id. */
export async function file(
  desk: Desk,
  title: string,
  upTo: 'submitted' | 'accepted' | 'dispatched',
): Promise<string> {
  const caseId = uuidv7();
  await (await desk.town.person(WHO.member)).act(caseId, 'submit', report({ title }));
  if (upTo === 'submitted') {
    return caseId;
  }
  await (await desk.town.person(WHO.reviewer)).act(caseId, 'accept', { urgency: 'normal' });
  if (upTo === 'dispatched') {
    const dispatcher = await desk.town.person(WHO.dispatcher);
    const leadUnitId = await unitId(dispatcher, '市公安局交警支队');
    await dispatcher.act(caseId, 'dispatch', {
      leadUnitId,
      coUnitIds: [],
      limit: { unit: 'days', amount: 3 },
    });
  }
  return caseId;
}

/** The window of the messenger's desktop client for whoever holds the phone. */
export async function pcWindow(desk: Desk, n: number): Promise<Page> {
  const opened = desk.context.waitForEvent('page');
  await desk.page.locator(`.pk[data-phone="${n}"]`).getByRole('button', { name: 'PC 窗口' }).click();
  const page = await opened;
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.locator('main.wb').waitFor();
  return page;
}

/** Until the app on a phone has signed on and gone home by itself; only then is another address its own. */
export async function atHome(app: FrameLocator): Promise<void> {
  const hash = (): Promise<string> => app.locator('body').evaluate(() => location.hash);
  await expect.poll(hash, SOON).toMatch(/#\/(home|desk|figures)/);
}

/** Gives the phone to somebody else. */
export async function handTo(desk: Desk, n: number, name: string): Promise<void> {
  const picker = desk.page.locator(`.pk[data-phone="${n}"]`);
  await picker.locator('.pk-b').click();
  await picker.getByRole('combobox').fill(name);
  await desk.page.keyboard.press('Enter');
  await picker.locator('.pk-b').filter({ hasText: name }).waitFor();
}

/** Opens the case from the last line of its card. */
export async function openFromCard(desk: Desk, n: number, words: string | RegExp): Promise<FrameLocator> {
  const card = await desk.card(n, words);
  await card.getByRole('link').last().click();
  return desk.web(n);
}

/** Answers 已解决 on the card. */
export async function answerOnCard(
  desk: Desk,
  n: number,
  words: string | RegExp,
  text: string,
): Promise<void> {
  const card = await desk.card(n, words);
  await card.getByRole('combobox').selectOption('已解决');
  await card.getByPlaceholder('写给委员的答复').fill(text);
  await card.locator('[data-action=reply]').click();
}

/** Two stars on the card, and the reason on the page it leads to. */
export async function rateTwoStars(desk: Desk, n: number, words: string | RegExp): Promise<FrameLocator> {
  const card = await desk.card(n, words);
  await card.getByRole('radio', { name: '2 星' }).click();
  await card.getByRole('link', { name: /^打两星/ }).click();
  const app = desk.web(n);
  const sheet = app.getByRole('dialog');
  await sheet.getByText('差在哪里？').waitFor();
  await sheet.getByRole('button', { name: '问题还在' }).click();
  await sheet.getByRole('button', { name: /^打两星/ }).click();
  await sheet.waitFor({ state: 'hidden' });
  return app;
}
