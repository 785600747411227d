import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { refuse } from '../../miniapp/tests/mock-api/answers.ts';
import { overflows, truncations, violations } from './faults.ts';
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

describe('办理单', () => {
  it('is reached from a case, prints on A4 with its pages numbered, and the bar stays off the paper', async () => {
    phone = await openPhone(browser, { person: 'dispatcher', width: 375, height: 812 });
    await phone.open('/case/s-dispatch-0');
    const { page } = phone;
    await page.getByRole('link', { name: '打印办理单' }).click();
    await page.getByRole('heading', { name: '办理经过（共 7 条，按时间先后，不删改）' }).waitFor();
    await page.getByRole('button', { name: '打印', exact: true }).and(page.locator(':enabled')).waitFor();
    expect(await page.locator('.a4 b').filter({ hasText: '一直' }).count()).toBe(0);
    expect(await page.locator('.a4').innerText()).toContain('<b>一直</b>');
    // A line round its squares, drawn by anything else of the app, would make the code unreadable.
    const code = page.getByRole('img', { name: '二维码：这件民情的页面' });
    expect(await code.locator('path').evaluate((path) => getComputedStyle(path).stroke)).toBe('none');
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const sheets = pdf.match(/\/Type \/Page\b/g) ?? [];
    expect(sheets.length).toBeGreaterThanOrEqual(1);
    expect(pdf).toMatch(/\/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]/);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.pr-bar').isVisible()).toBe(false);
    expect(await page.locator('.a4').isVisible()).toBe(true);
  });

  it('the whole case is saved, and what hinders it is told', async () => {
    phone = await openPhone(browser, { person: 'dispatcher', width: 1440, height: 900 });
    await phone.open('/print/c-story');
    const { page } = phone;
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: '下载整案' }).click();
    expect((await coming).suggestedFilename()).toBe('JH-2026-000123-整案.zip');
    phone.served.mock.control.fail = (request) =>
      request.path.endsWith('/archive') ? refuse(403, 'forbidden', '只有工作人员可以归档') : null;
    await page.getByRole('button', { name: '下载整案' }).click();
    await page.getByRole('status').getByText('只有工作人员可以归档').waitFor();
  });

  it('the list of the workbench is saved under its own filters', async () => {
    phone = await openPhone(browser, { person: 'dispatcher', width: 1440, height: 900 });
    await phone.open('/bench');
    const { page } = phone;
    await page.getByRole('searchbox', { name: '搜标题、编号、地点' }).fill('路灯');
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: '把这个列表存成 Excel' }).click();
    const asked = new URLSearchParams(readFileSync(await (await coming).path(), 'utf8'));
    expect(asked.get('q')).toBe('路灯');
    expect(asked.get('desk')).toBe(
      phone.served.mock.log
        .map((one) => /desk=([^&]+)/.exec(one.path)?.[1])
        .filter(Boolean)
        .map((each) => decodeURIComponent(each ?? ''))
        .at(-1),
    );
    expect(asked.get('limit')).toBe(null);
  });

  it.each([
    { width: 320, height: 568, large: true },
    { width: 375, height: 724, dark: true },
    { width: 1440, height: 900 },
  ])('at $width nothing overflows or is cut, and axe finds nothing', async (options) => {
    phone = await openPhone(browser, { person: 'dispatcher', ...options });
    await phone.open('/print/c-story');
    const { page } = phone;
    await page.getByRole('button', { name: '打印', exact: true }).and(page.locator(':enabled')).waitFor();
    expect({
      overflows: await overflows(page),
      truncations: await truncations(page),
      violations: await violations(page),
    }).toEqual({ overflows: [], truncations: [], violations: [] });
  });
});
