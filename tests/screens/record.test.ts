import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { overflows, smallTargets, truncations, violations } from './faults.ts';
import { launch, openPhone, type Phone } from './phone.ts';

let browser: Browser;
let phone: Phone;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
afterEach(async () => {
  await phone.close();
  expect(phone.problems).toEqual([]);
});

describe('履职档案', () => {
  it('opens from the home page’s sentence; a month lists its cases, another year is chosen', async () => {
    phone = await openPhone(browser, { person: 'member', height: 812 });
    await phone.open('/home');
    const { page } = phone;
    await page.getByRole('link', { name: /今年提交/ }).click();
    await page.getByRole('heading', { name: '您提的民情，解决了 7 个问题' }).waitFor();
    await page.getByRole('button', { name: '3月提交 3 件，已办结 3 件，在办 0 件' }).click();
    await page.getByRole('dialog', { name: '2026年3月提交 1 件' }).getByRole('link').waitFor();
    await page.getByRole('button', { name: '收起' }).last().click();
    await page.getByRole('button', { name: '受理 11 件 +22' }).click();
    await page.getByRole('dialog', { name: '2026年受理 1 件' }).getByRole('link').waitFor();
    const asked = phone.served.mock.log.findLast((one) => one.path.startsWith('/statistics/record/cases'));
    expect(Object.fromEntries(new URLSearchParams(asked?.path.split('?')[1]))).toEqual({
      year: '2026',
      seq: '41207',
      act: 'accepted',
    });
    await page.getByRole('button', { name: '收起' }).last().click();
    await page.getByRole('button', { name: '办结 9 件' }).click();
    await page.getByRole('dialog').getByRole('link').waitFor();
    await page.getByRole('button', { name: '收起' }).last().click();
    await page.getByRole('button', { name: '2026 年' }).click();
    await page.getByRole('radio', { name: '2025 年' }).click();
    await page.getByRole('button', { name: '2025 年' }).waitFor();
  });

  it.each([
    { width: 320, height: 568, large: true },
    { width: 375, height: 812 },
    { width: 375, height: 812, dark: true },
  ])('at $width nothing overflows, is cut or out of reach, and axe finds nothing', async (options) => {
    phone = await openPhone(browser, { person: 'member', ...options });
    await phone.open('/record');
    const { page } = phone;
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect({
      overflows: await overflows(page),
      truncations: await truncations(page),
      small: (await smallTargets(page)).filter((one) => !one.includes('月提交')),
      violations: await violations(page),
    }).toEqual({ overflows: [], truncations: [], small: [], violations: [] });
  });
});
