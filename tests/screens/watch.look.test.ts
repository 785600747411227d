import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overflows, smallTargets, truncations, violations } from './faults.ts';
import { launch, openPhone, type Phone, type PhoneOptions } from './phone.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

interface Screen {
  name: string;
  hash: string;
  then?: (phone: Phone) => Promise<void>;
}

const open = async ({ page }: Phone): Promise<void> => {
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
    then: async (phone) => {
      await open(phone);
      await phone.page.getByRole('radio', { name: /已打电话告知/ }).click();
      await phone.page.getByRole('button', { name: '记下这次通话' }).click();
      await phone.page.getByText('请填写接电话的人').waitFor();
    },
  },
  {
    name: 'nothing found',
    hash: '/admin/deliveries',
    then: async ({ page }) => {
      await page.getByPlaceholder('民情、人名或单位').fill('查无此人');
      await page.getByText('没有这样的通知').waitFor();
    },
  },
  {
    name: 'audit',
    hash: '/admin/audit',
    then: async ({ page }) => page.getByRole('button', { name: /修改单位/ }).click(),
  },
  {
    name: 'a ledger that is not whole',
    hash: '/admin/audit',
    then: async (phone) => {
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
      await phone.page.reload();
      await phone.page.getByText('第 2 步「受理」：被修改').waitFor();
    },
  },
  { name: 'what stands still', hash: '/admin/stuck' },
  {
    name: 'repairing',
    hash: '/admin/stuck',
    then: async ({ page }) => {
      await page.getByRole('button', { name: '全部修复' }).click();
      await page.getByText('把能修的都修好？').waitFor();
    },
  },
];

async function faultsOf(options: PhoneOptions, { hash, then }: Screen, fingers: boolean): Promise<object> {
  const phone = await openPhone(browser, { ...options, person: 'admin' });
  try {
    await phone.open(hash);
    await then?.(phone);
    await phone.page.waitForFunction(() =>
      document.getAnimations().every((one) => one.playState !== 'running'),
    );
    return {
      overflows: await overflows(phone.page),
      truncations: await truncations(phone.page),
      // A mouse is finer than a finger.
      small: fingers ? await smallTargets(phone.page) : [],
      violations: await violations(phone.page),
      problems: phone.problems,
    };
  } finally {
    await phone.close();
  }
}

const NONE = { overflows: [], truncations: [], small: [], violations: [], problems: [] };
const SIZES: { name: string; options: PhoneOptions; fingers: boolean }[] = [
  { name: '320 large', options: { width: 320, height: 568, large: true }, fingers: true },
  { name: '375 light', options: { width: 375, height: 812 }, fingers: true },
  { name: '375 dark', options: { width: 375, height: 812, dark: true }, fingers: true },
  { name: '900 light', options: { width: 900, height: 700 }, fingers: false },
  { name: '1100 large', options: { width: 1100, height: 800, large: true }, fingers: false },
  { name: '1440 light', options: { width: 1440, height: 900 }, fingers: false },
  { name: '1440 dark', options: { width: 1440, height: 900, dark: true }, fingers: false },
];

describe.each(SIZES)('what administrators watch at $name', ({ options, fingers }) => {
  it.each(SCREENS)('$name: nothing overflows, is cut, too small or out of reach', async (screen) => {
    expect(await faultsOf(options, screen, fingers)).toEqual(NONE);
  });
});
