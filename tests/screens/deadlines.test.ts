/** 工作日历, 时限与规则 and the working of a deadline in a browser, on the real server: what is played, and how it looks. */
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import readXlsxFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { containerScript, DINGTALK_UA } from '../../miniapp/tests/mock-api/serve.ts';
import { openTale, CAST, type Tale } from '../support/tale.ts';
import { openTown, type Town } from '../support/town.ts';
import { overflows, smallTargets, truncations, violations } from './faults.ts';
import { DIST, launch } from './phone.ts';

let browser: Browser;
let town: Town;
let tale: Tale;
let caseId: string;
const problems: string[] = [];
beforeAll(async () => {
  browser = await launch();
  town = await openTown({ miniappDir: DIST });
  tale = await openTale(town);
  caseId = await tale.atPolice();
  await tale.did('handler', caseId, 'sign');
});
afterAll(async () => {
  await browser?.close();
  await town?.stop();
});

interface Look {
  width: number;
  height?: number;
  dark?: boolean;
  large?: boolean;
}

/** A page of the mini-app in somebody's messenger; its context ends with the test. */
async function open(who: string, hash: string, look: Look): Promise<{ page: Page; context: BrowserContext }> {
  const { width, height = width < 900 ? 812 : 900, dark = false, large = false } = look;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    hasTouch: width < 900,
    locale: 'zh-CN',
    userAgent: DINGTALK_UA,
  });
  const { code } = await town.control<{ code: string }>('POST', `/people/${who}/code`);
  await context.addInitScript(containerScript(code));
  const page = await context.newPage();
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(`${town.url}/#${hash}`);
  if (large) {
    await page.locator('h1, h2').first().waitFor();
    await page.evaluate(() => document.documentElement.setAttribute('data-text', 'large'));
  }
  return { page, context };
}

const LOOKS: [string, Look][] = [
  ['wide', { width: 1440 }],
  ['wide and dark', { width: 1440, dark: true }],
  ['a narrow wide window', { width: 1000 }],
  ['phone', { width: 375 }],
  ['small phone, dark', { width: 320, dark: true }],
  ['phone in large text', { width: 375, large: true }],
];

async function faults(page: Page, phone: boolean): Promise<string[]> {
  return [
    ...(await overflows(page)),
    ...(await truncations(page)),
    ...(phone ? await smallTargets(page) : []),
    ...(await violations(page)),
  ];
}

describe('工作日历', () => {
  it('moves the day by arrow keys, makes it off by 3, previews, and moves the running deadline', async () => {
    const { page, context } = await open(CAST.admin, '/admin/calendar', { width: 1440 });
    await page.locator('[data-date="2026-07-06"]').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-date'))).toBe('2026-07-08');
    await page.keyboard.press('3');
    await page.getByText('1 件的时限顺延，最晚到 7月10日 周五 17:00').waitFor();
    await page.getByRole('button', { name: '保存改动' }).click();
    await page.getByText('请写上原因，对应的人会看到').waitFor();
    await page.getByLabel('原因').fill('台风停班');
    await page.getByRole('button', { name: '保存改动' }).click();
    await page.getByText('1 件的时限已顺延').waitFor();
    const clock = (await tale.read(caseId)).clocks.find((each) => each.id === 'reply#1');
    expect(clock?.dueAt).toBe(Date.parse('2026-07-10T17:00:00+08:00'));
    await context.close();
  });

  it('takes in no notice with a fault, and says which line', async () => {
    const { page, context } = await open(CAST.admin, '/admin/calendar', { width: 1440 });
    await page.getByRole('button', { name: '2027', exact: true }).click();
    await page.getByText('2027 年的放假安排还没公布').waitFor();
    await page.getByRole('button', { name: '导入放假安排' }).click();
    await page.getByLabel('贴上通知原文').fill('一、元旦：1月1日（周四）放假1天。');
    await page.getByText('第 1 行：2027-01-01 是周五，写的是周四，请核对年份').waitFor();
    expect(await page.getByRole('button', { name: '导入并重算时限' }).isDisabled()).toBe(true);
    await context.close();
  });

  it('sets summer hours from a day on and takes them back', async () => {
    const { page, context } = await open(CAST.admin, '/admin/calendar', { width: 1440 });
    await page.getByRole('button', { name: '改办公时间' }).click();
    await page.getByLabel('从哪天起').fill('2026-08-01');
    await page.getByLabel('第 1 段从').fill('08:00');
    await page.getByLabel('第 2 段从').fill('07:00');
    await page.getByText('上下班时间要从早到晚，不能重叠').waitFor();
    await page.getByLabel('第 2 段从').fill('14:30');
    await page.getByLabel('第 2 段到').fill('17:30');
    await page.getByRole('button', { name: '保存办公时间' }).click();
    await page.getByText('8月1日 周六起办公时间 08:00–12:00、14:30–17:30').waitFor();
    await page.getByRole('button', { name: '改办公时间' }).click();
    await page.getByRole('button', { name: '去掉', exact: true }).click();
    await page.locator('.van-dialog').getByRole('button', { name: '去掉', exact: true }).click();
    await page.getByText('去掉 8月1日 周六起的办公时间').waitFor();
    await context.close();
  });

  it.each(LOOKS)('looks right: %s', async (_name, look) => {
    const { page, context } = await open(CAST.admin, '/admin/calendar', look);
    await page.locator('[data-date="2026-07-31"]').click();
    await page.getByRole('button', { name: '半天' }).last().click();
    await page.getByText('正在走的时限都不变。').last().waitFor();
    expect(await faults(page, look.width < 900)).toEqual([]);
    await context.close();
  });
});

describe('时限与规则', () => {
  it('keeps a draft, refuses what cannot be at its field, compares, and publishes', async () => {
    const { page, context } = await open(CAST.admin, '/admin/limits', { width: 1440 });
    await page.getByRole('button', { name: '加一条规则' }).click();
    const sheet = page.getByRole('dialog', { name: '加一条规则' });
    await sheet.getByRole('button', { name: '住房物业' }).click();
    await sheet.getByRole('button', { name: '15 个工作日' }).click();
    await sheet.getByLabel('答复时限，数字').fill('2.5');
    await sheet.getByRole('button', { name: '记到草稿' }).click();
    await sheet.getByText('天数要是整数').waitFor();
    await sheet.getByRole('button', { name: '15 个工作日' }).click();
    await sheet.getByRole('button', { name: '记到草稿' }).click();
    await sheet.waitFor({ state: 'hidden' });
    await page
      .getByRole('group', { name: '三服务办审核答复' })
      .getByRole('button', { name: '要', exact: true })
      .click();
    await page.getByText('第 1 版草稿，3 处改动').waitFor();
    await page.getByRole('button', { name: '比较并发布' }).click();
    await page.getByText('住房物业 答复：沿用 → 15 天').waitFor();
    await page.getByText('三服务办审核答复：沿用 → 要').waitFor();
    await page.getByRole('button', { name: '发布第 1 版' }).click();
    await page
      .getByText(/第 1 版，贾子涵 .+发布/)
      .first()
      .waitFor();
    const facts = { categoryId: 'housing', urgency: 'normal' } as const;
    expect(town.app.policies.limitOf('330700', 'reply', facts)).toEqual({ unit: 'days', amount: 15 });
    expect(town.app.policies.rulesOf('330700').dispatcherCheck).toBe(true);
    // A unit that follows its area says what that means.
    await page.evaluate((id) => {
      location.hash = `#/admin/areas?unit=${id}`;
    }, tale.units.police);
    await page.getByText('地区现在的规定：不审签，系统默认').waitFor();
    await context.close();
  });

  it.each(LOOKS)('looks right: %s', async (_name, look) => {
    const { page, context } = await open(CAST.admin, '/admin/limits', look);
    await page.getByText('单位负责人审签', { exact: true }).waitFor();
    const phone = look.width < 900;
    expect(await faults(page, phone)).toEqual([]);
    await page
      .getByRole('button', { name: /住房物业/ })
      .first()
      .click();
    await page.getByRole('dialog').waitFor();
    await page.waitForTimeout(300);
    expect(await faults(page, phone)).toEqual([]);
    await context.close();
  });
});

describe('both leave as workbooks', () => {
  it.each([
    ['calendar', '工作日历', '2026-01-01'],
    ['limits', '时限与规则', '默认'],
  ])('%s', async (id, name, first) => {
    const { page, context } = await open(CAST.admin, `/admin/${id}`, { width: 1440 });
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '导出', exact: true }).click(),
    ]);
    expect(file.suggestedFilename()).toBe(`${name}.xlsx`);
    const [sheet] = await readXlsxFile(readFileSync(await file.path()));
    expect(sheet?.data[1]?.[0]).toBe(first);
    await context.close();
  });
});

describe('the working of a deadline', () => {
  it.each(LOOKS)('stands beside the time: %s', async (_name, look) => {
    const phone = look.width < 900;
    const { page, context } = await open(CAST.handler, phone ? `/case/${caseId}` : `/bench/${caseId}`, look);
    const link = page.getByRole('button', { name: '怎么算的' }).first();
    await link.click();
    await page.getByText('台风停班，不计').first().waitFor();
    await page.waitForTimeout(300);
    expect(await faults(page, phone)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByText('台风停班，不计').first().waitFor({ state: 'hidden' });
    expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);
    await context.close();
  });

  it('leaves no complaint in any page', () => {
    expect(problems).toEqual([]);
  });
});
