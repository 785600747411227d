import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { faultsOf, type Screen } from './looks.ts';
import { launch, type PhoneOptions } from './phone.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const SCREENS: Screen[] = [
  { name: 'home', hash: '/home' },
  { name: 'home of a newcomer', hash: '/home', person: 'newcomer' },
  { name: 'my cases', hash: '/cases' },
  {
    name: 'nothing found',
    hash: '/cases',
    then: async (page) => {
      await page.getByRole('searchbox').fill('找不到的词');
      await page.getByText('没有找到').waitFor();
    },
  },
  { name: 'report', hash: '/report' },
  {
    name: 'report with faults and everything unfolded',
    hash: '/report',
    then: async (page) => {
      await page.getByRole('button', { name: '更多', expanded: false }).last().click();
      await page.getByRole('button', { name: '提交民情' }).click();
      await page.getByText('请写情况').waitFor();
    },
  },
  {
    name: 'returned case as a form',
    hash: '/report/c-returned',
    then: (page) => page.getByRole('button', { name: '再次提交' }).waitFor(),
  },
  { name: 'case to rate', hash: '/case/c-story' },
  { name: 'case in hand', hash: '/case/c-handling' },
  { name: 'case with a question', hash: '/case/c-asked' },
  { name: 'returned case', hash: '/case/c-returned' },
  {
    name: 'two stars',
    hash: '/s/c-story?do=rate&stars=2',
    then: (page) => page.getByText('退回整改').first().waitFor(),
  },
  {
    name: 'five stars',
    hash: '/s/c-story?do=rate&stars=5',
    then: (page) => page.getByText('打五星').waitFor(),
  },
  { name: 'answer', hash: '/s/c-asked?do=answer', then: (page) => page.getByRole('dialog').waitFor() },
  { name: 'urge', hash: '/s/c-handling?do=urge', then: (page) => page.getByRole('dialog').waitFor() },
  { name: 'me', hash: '/me' },
  {
    name: 'a case that is not there',
    hash: '/case/nowhere',
    then: (page) => page.getByText('这一页没打开').waitFor(),
  },
];

const LOOKS: { name: string; options: PhoneOptions }[] = [
  { name: '320 light', options: { width: 320, height: 568 } },
  { name: '320 large', options: { width: 320, height: 568, large: true } },
  { name: '375 light', options: { width: 375 } },
  { name: '375 dark', options: { width: 375, dark: true } },
  { name: '375 dark large', options: { width: 375, dark: true, large: true } },
  { name: '1440 light', options: { width: 1440, height: 900 } },
];

it.each(LOOKS)(
  'member screens at $name: nothing overflows, is cut, too small or out of reach',
  async ({ options }) => {
    expect(await faultsOf(browser, options, SCREENS)).toEqual({});
  },
);
