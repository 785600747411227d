/** 统计口径 in 管理: what is set, tried before it holds, and counted anew; measured and read by axe. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOf, SIZES, type Screen } from './looks.ts';
import { launch, openPhone, type Phone, type PhoneOptions } from './phone.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const press = (page: Page, name: string | RegExp): Promise<void> =>
  page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click();
const sheet = (page: Page, name: string) => page.getByRole('dialog', { name });
const bodies = (phone: Phone): string[] =>
  phone.served.mock.log.filter((one) => one.method === 'PUT').map((one) => one.path);

describe.each([
  { name: 'a phone', options: { width: 375, height: 812 } },
  { name: 'a PC', options: { width: 1440, height: 900 } },
])('what figures go by, on $name', ({ options }: { options: PhoneOptions }) => {
  async function on(work: (page: Page, phone: Phone) => Promise<void>): Promise<void> {
    const phone = await openPhone(browser, { person: 'admin', ...options });
    try {
      await phone.open('/admin/statistics');
      await phone.page.getByRole('heading', { name: '委员积分' }).waitFor();
      await work(phone.page, phone);
      expect(phone.problems).toEqual([]);
    } finally {
      await phone.close();
    }
  }

  it('rules of points show what they would do before they are published, and refuse the past', () =>
    on(async (page, phone) => {
      await press(page, '新一套规则');
      const form = sheet(page, '新一套积分规则');
      await form.getByRole('textbox', { name: '受理' }).fill('4');
      await form.getByRole('button', { name: '看看影响' }).click();
      await form.getByText('38 位变多，3 位变少').waitFor();
      const whose = form.getByLabel('看哪个政协的委员');
      expect(await whose.inputValue()).toBe('zx-jinhua');
      await whose.selectOption('婺城区政协');
      await expect.poll(() => whose.inputValue()).toBe('zx-wucheng');
      await form.getByLabel('起用日期').last().fill('2026-07-01');
      await form.getByRole('button', { name: '发布规则' }).click();
      await page.locator('.van-dialog').getByRole('button', { name: '发布规则' }).click();
      await form.getByText('请新增一套，从明天或以后起用').waitFor();
      expect(await form.getByRole('textbox', { name: '受理' }).inputValue()).toBe('4');
      await form.getByLabel('起用日期').last().fill('2026-08-01');
      await form.getByRole('button', { name: '发布规则' }).click();
      await page.locator('.van-dialog').getByRole('button', { name: '发布规则' }).click();
      await form.waitFor({ state: 'hidden' });
      await page.getByText('2026-08-01 起', { exact: true }).waitFor();
      await page.getByText('还没到').waitFor();
      await page.getByText('正在用').waitFor();
      expect(bodies(phone)).toHaveLength(2);
    }));

  it('the monthly delivery is switched on and says when it comes', () =>
    on(async (page) => {
      await page.getByText('没有开。').waitFor();
      await press(page, '改每月统计');
      const form = sheet(page, '每月统计');
      await form.getByRole('button', { name: '每月发' }).click();
      await form.getByRole('button', { name: '督查' }).click();
      await form.getByRole('button', { name: '保存' }).click();
      await page.getByText('8月3日 周一 08:30 发 7月的，给 2 位').waitFor();
    }));

  it('another day of beginning is asked about first, and counting anew tells how far it is', () =>
    on(async (page, phone) => {
      await press(page, '改启用日期和排名门槛');
      const form = sheet(page, '计入与排名');
      await form.getByRole('textbox', { name: '排名门槛（件）' }).fill('0');
      await form.getByRole('button', { name: '保存' }).click();
      await form.getByText('至少 1 件').waitFor();
      await form.getByRole('textbox', { name: '排名门槛（件）' }).fill('20');
      await form.getByLabel('启用日期').last().fill('2026-03-01');
      await form.getByRole('button', { name: '保存' }).click();
      await page.locator('.van-dialog').getByRole('button', { name: '改启用日期' }).click();
      await page.getByText('20 件').waitFor();
      await press(page, '重新统计');
      await page.locator('.van-dialog').getByRole('button', { name: '重新统计' }).click();
      await page.getByText('已数 1,200 ÷ 5,300 件').waitFor();
      await page.getByText('每个数字都和原来一样').waitFor();
      expect(phone.served.mock.log.filter((one) => one.path.endsWith('/recount'))).toHaveLength(1);
    }));
});

const open = (button: string, title: string) => async (page: Page) => {
  await press(page, button);
  await sheet(page, title).waitFor();
};
const SCREENS: Screen[] = [
  { name: 'what figures go by', hash: '/admin/statistics' },
  {
    name: 'beginning and ranking',
    hash: '/admin/statistics',
    then: open('改启用日期和排名门槛', '计入与排名'),
  },
  {
    name: 'the monthly delivery',
    hash: '/admin/statistics',
    then: async (page) => {
      await open('改每月统计', '每月统计')(page);
      await sheet(page, '每月统计').getByRole('button', { name: '每月发' }).click();
    },
  },
  {
    name: 'rules of points with their preview',
    hash: '/admin/statistics',
    then: async (page) => {
      await open('新一套规则', '新一套积分规则')(page);
      await page.getByRole('button', { name: '看看影响' }).click();
      await page.getByText('38 位变多').waitFor();
    },
  },
];

describe.each(SIZES)('looks at $name', ({ options }) => {
  it('every part of 统计口径 is whole', async () => {
    expect(await faultsOf(browser, { person: 'admin', ...options }, SCREENS)).toEqual({});
  });
});
