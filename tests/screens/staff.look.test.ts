import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { faultsOf, type Screen } from './looks.ts';
import { launch, type PhoneOptions } from './phone.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const bar = (page: Page, name: string): Promise<void> =>
  page.locator('.bar').getByRole('button', { name, exact: true }).click();
const dialog = (page: Page): Promise<void> => page.getByRole('dialog').waitFor();
const more = async (page: Page, act: string): Promise<void> => {
  await bar(page, '更多');
  await page.getByRole('dialog').getByRole('button', { name: act }).click();
  await page.getByRole('dialog', { name: act }).waitFor();
};

const PHONE_SCREENS: Screen[] = [
  { name: 'desk', person: 'handler', hash: '/desk?queue=handling' },
  { name: 'desk of a dispatcher', person: 'dispatcher', hash: '/desk' },
  { name: 'empty queue', person: 'handler', hash: '/desk?queue=closed' },
  { name: 'counts of the inspector', person: 'inspector', hash: '/desk' },
  { name: 'list of the inspector', person: 'inspector', hash: '/desk?queue=late' },
  { name: 'case to review', person: 'reviewer', hash: '/case/s-review-0' },
  {
    name: 'case to dispatch, compared',
    person: 'dispatcher',
    hash: '/case/s-dispatch-0',
    then: async (page) => page.getByRole('button', { name: '对照' }).click(),
  },
  { name: 'case to sign', person: 'handler', hash: '/case/s-sign-0' },
  {
    name: 'what else',
    person: 'handler',
    hash: '/case/s-sign-0',
    then: async (page) => {
      await bar(page, '更多');
      await dialog(page);
    },
  },
  { name: 'case to rule on', person: 'inspector', hash: '/case/s-ruling-0' },
  { name: 'accept', person: 'reviewer', hash: '/s/s-review-0?do=accept', then: dialog },
  {
    name: 'return without a reason',
    person: 'reviewer',
    hash: '/s/s-review-0?do=return',
    then: async (page) => {
      await dialog(page);
      await page.getByRole('dialog').getByRole('button', { name: '退回补充' }).click();
      await page.getByText('请选一个原因').waitFor();
    },
  },
  { name: 'edit', person: 'reviewer', hash: '/s/s-review-0?do=edit', then: dialog },
  { name: 'correct', person: 'reviewer', hash: '/s/s-review-0?do=correct', then: dialog },
  {
    name: 'dispatch',
    person: 'dispatcher',
    hash: '/s/s-dispatch-0?do=dispatch',
    then: async (page) => {
      await dialog(page);
      await page.getByRole('radio', { name: /市公安局交警支队/ }).click();
      await page.getByRole('button', { name: '添加' }).click();
    },
  },
  {
    name: 'dispatch without a unit',
    person: 'dispatcher',
    hash: '/s/s-dispatch-0?do=dispatch',
    then: async (page) => {
      await dialog(page);
      const form = page.getByRole('dialog');
      await form.getByRole('button', { name: '换一个单位' }).click();
      await form.getByRole('button', { name: '交办', exact: true }).click();
      await form.getByText('请选主办单位').waitFor();
    },
  },
  { name: 'redispatch', person: 'dispatcher', hash: '/s/s-watched-0?do=redispatch', then: dialog },
  { name: 'co-handlers', person: 'dispatcher', hash: '/s/s-watched-0?do=changeCoHandlers', then: dialog },
  {
    name: 'transfer back',
    person: 'handler',
    hash: '/s/s-sign-0?do=transferBack',
    then: async (page) => {
      await dialog(page);
      await page.getByRole('button', { name: '选单位' }).click();
    },
  },
  { name: 'progress', person: 'handler', hash: '/case/s-reply-0', then: (page) => more(page, '报进展') },
  {
    name: 'reply that is planned',
    person: 'handler',
    hash: '/s/s-reply-0?do=reply&class=planned&text=委员您好。',
    then: dialog,
  },
  {
    name: 'reply with faults',
    person: 'handler',
    hash: '/s/s-reply-0?do=reply&class=declined',
    then: async (page) => {
      await dialog(page);
      await page.getByRole('dialog').getByRole('button', { name: '答复' }).click();
      await page.getByText('请写明为什么暂时不能办').waitFor();
    },
  },
  { name: 'ruling', person: 'inspector', hash: '/s/s-ruling-0?do=conclude', then: dialog },
];

const WIDE_SCREENS: Screen[] = [
  { name: 'workbench', person: 'dispatcher', hash: '/bench' },
  { name: 'workbench with a case', person: 'dispatcher', hash: '/bench/s-dispatch-0' },
  { name: 'workbench of all', person: 'dispatcher', hash: '/bench/s-watched-0?queue=all' },
  { name: 'dispatch panel', person: 'dispatcher', hash: '/bench/s-dispatch-0?do=dispatch', then: dialog },
  { name: 'answered case', person: 'inspector', hash: '/bench/s-ruling-0' },
  { name: 'reply panel', person: 'handler', hash: '/bench/s-reply-0?do=reply', then: dialog },
  {
    name: 'keys',
    person: 'handler',
    hash: '/bench/s-reply-0',
    then: async (page) => {
      await page.keyboard.press('?');
      await dialog(page);
    },
  },
];

const PHONES: { name: string; options: PhoneOptions }[] = [
  { name: '320 large', options: { width: 320, height: 568, large: true } },
  { name: '375 light', options: { width: 375 } },
  { name: '375 dark', options: { width: 375, dark: true } },
];
const WINDOWS: { name: string; options: PhoneOptions }[] = [
  { name: '1440 light', options: { width: 1440, height: 900 } },
  { name: '1440 dark', options: { width: 1440, height: 900, dark: true } },
  { name: '1100 large', options: { width: 1100, height: 800, large: true } },
  { name: '900 light', options: { width: 900, height: 700 } },
];

it.each(PHONES)(
  'staff screens at $name: nothing overflows, is cut, too small or out of reach',
  async ({ options }) => {
    expect(await faultsOf(browser, options, PHONE_SCREENS)).toEqual({});
  },
);

it.each(WINDOWS)('the workbench at $name: nothing overflows, is cut or out of reach', async ({ options }) => {
  expect(await faultsOf(browser, options, WIDE_SCREENS)).toEqual({});
});
