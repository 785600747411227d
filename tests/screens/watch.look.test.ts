import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOf, SIZES, type Screen } from './looks.ts';
import { launch } from './phone.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const open = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /黄志强/ }).click();
  await page.getByText('每次尝试').waitFor();
};

const SCREENS: Screen[] = [
  { name: 'pages of 管理', hash: '/admin' },
  { name: 'deliveries', hash: '/admin/deliveries' },
  { name: 'a dead letter', hash: '/admin/deliveries', then: open },
  {
    name: 'a telephone call with a fault',
    hash: '/admin/deliveries?state=dead',
    then: async (page) => {
      await open(page);
      await page.getByRole('radio', { name: /已打电话告知/ }).click();
      await page.getByRole('button', { name: '记下这次通话' }).click();
      await page.getByText('请填写接电话的人').waitFor();
    },
  },
  {
    name: 'nothing found',
    hash: '/admin/deliveries',
    then: async (page) => {
      await page.getByPlaceholder('民情、人名或单位').fill('查无此人');
      await page.getByText('没有这样的通知').waitFor();
    },
  },
  {
    name: 'audit',
    hash: '/admin/audit',
    then: async (page) => page.getByRole('button', { name: /修改单位/ }).click(),
  },
  {
    name: 'a ledger that is not whole',
    hash: '/admin/audit',
    then: async (page, phone) => {
      phone.served.mock.world.watch.check = {
        ...phone.served.mock.world.watch.check,
        state: 'broken',
        headline: '台账有 3 处不对，请保留现场并上报',
        findings: [
          {
            title: 'JH-2026-000123 第 2 步「受理」：被修改',
            text: 'case 01978a3c-5b1e-7c2d-9f00-1a2b3c4d5e6f event 2 · its content is not what its hash was made of',
          },
        ],
        more: 2,
      };
      await page.reload();
      await page.getByText('第 2 步「受理」：被修改').waitFor();
    },
  },
  { name: 'what stands still', hash: '/admin/stuck' },
  {
    name: 'repairing',
    hash: '/admin/stuck',
    then: async (page) => {
      await page.getByRole('button', { name: '全部修复' }).click();
      await page.getByText('把能修的都修好？').waitFor();
    },
  },
];

describe.each(SIZES)('what administrators watch at $name', ({ options }) => {
  it('nothing overflows, is cut, too small or out of reach', async () => {
    expect(await faultsOf(browser, { ...options, person: 'admin' }, SCREENS)).toEqual({});
  });
});
