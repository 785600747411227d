import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
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
    await page.getByRole('button', { name: '2026 年', exact: true }).click();
    await page.getByRole('radio', { name: '2025 年' }).click();
    await page.getByRole('button', { name: '2025 年', exact: true }).waitFor();
  });

  it('makes a picture of the year that can be kept, told whole to who cannot see it', async () => {
    phone = await openPhone(browser, { person: 'member', height: 812 });
    await phone.open('/record');
    const { page } = phone;
    await page.getByRole('button', { name: /把 2026 年做成卡片/ }).click();
    const card = page.getByRole('dialog', { name: '2026 年履职卡片' });
    const picture = card.getByRole('img', {
      name: /林淑芬委员 2026 年年度卡片：我提的民情，解决了 7 个问题/,
    });
    await picture.waitFor();
    const download = page.waitForEvent('download');
    await card.getByRole('link', { name: '存图片' }).click();
    const file = readFileSync(await (await download).path());
    const { width, height, format } = await sharp(file).metadata();
    expect({ width, height, format }).toEqual({ width: 900, height: 1200, format: 'png' });
    expect((await download).suggestedFilename()).toBe('2026年履职卡片.png');
    // Something is drawn in every third of it: the band, the numbers, the months.
    const spread = await Promise.all(
      [0, 430, 830].map(async (top) => {
        const part = sharp(file).extract({ left: 0, top, width: 900, height: 200 });
        const { channels } = await part.stats();
        return Math.max(...channels.map((channel) => channel.stdev));
      }),
    );
    expect(Math.min(...spread)).toBeGreaterThan(15);
    expect(await violations(page)).toEqual([]);
    for (const width of [375, 320]) {
      await page.setViewportSize({ width, height: 568 });
      expect([width, await overflows(page), await truncations(page)]).toEqual([width, [], []]);
    }
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
