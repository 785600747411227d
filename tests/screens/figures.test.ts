import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { refuse } from '../../miniapp/tests/mock-api/answers.ts';
import { overflows, smallTargets, truncations, violations } from './faults.ts';
import { launch, openPhone, type Phone, type PhoneOptions } from './phone.ts';

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

async function home(options: PhoneOptions): Promise<{
  page: Page;
  tap(name: string | RegExp, role?: 'link' | 'button'): Promise<void>;
  taps(): number;
}> {
  phone = await openPhone(browser, { person: 'inspector', ...options });
  await phone.open('/');
  const { page } = phone;
  let count = 0;
  return {
    page,
    async tap(name, role = 'button') {
      count += 1;
      await page.getByRole(role, { name }).first().click();
    },
    taps: () => count,
  };
}

const ENTRY = { wide: '驾驶舱', phone: '统计' } as const;

describe.each([
  { name: 'wide', options: { width: 1440, height: 900 }, entry: ENTRY.wide },
  { name: 'phone', options: { width: 375, height: 812 }, entry: ENTRY.phone },
])('questions from the home page, $name', ({ options, entry }) => {
  it('which department is slowest this quarter: two taps, and its cases with the third', async () => {
    const { page, tap, taps } = await home(options);
    await tap(entry, 'link');
    await tap('本季度');
    await page.getByRole('row', { name: /^1婺城区住建局.*28\.0 小时/ }).waitFor();
    const asked = phone.served.mock.log.findLast(
      (one) => one.path.includes('stages') && one.path.includes('split=unit'),
    );
    expect(asked?.path).toContain('period=quarter');
    await tap(/^461$/, 'link');
    await page.getByRole('heading', { name: '办理用时 · 婺城区住建局' }).waitFor();
    const opened = phone.served.mock.log.findLast((one) => one.path.startsWith('/statistics/cases'));
    expect(Object.fromEntries(new URLSearchParams(opened?.path.split('?')[1]))).toEqual({
      desk: 'inspector:office-jinhua',
      period: 'quarter',
      unit: 'wucheng-works',
      stage: 'handle',
      // The place in the history and the moment of the number that was tapped.
      seq: '41207',
      counting: '1',
      asOf: '2026-07-07T15:00:00+08:00',
    });
    expect(taps()).toBe(3);
    await page.getByText('您看不到这一件的内容，只计数').waitFor();
    await page.goBack();
    expect(await page.getByRole('button', { name: '本季度' }).getAttribute('aria-pressed')).toBe('true');
  });

  it('which county’s satisfaction fell: two taps', async () => {
    const { page, tap, taps } = await home(options);
    await tap(entry, 'link');
    await tap('满意率');
    await page.getByText('满意率下降：金东区、磐安县').waitFor();
    expect(taps()).toBe(2);
  });
});

describe.each([
  { name: 'wide', options: { width: 1440, height: 900 }, entry: ENTRY.wide },
  { name: 'phone', options: { width: 375, height: 812 }, entry: ENTRY.phone },
])('topics from the home page, $name', ({ options, entry }) => {
  it('what came up most this month: two taps, and its cases with the third', async () => {
    const { page, tap, taps } = await home(options);
    await tap(entry, 'link');
    await tap('本月');
    await page.getByRole('row', { name: /^红绿灯 增 38%/ }).waitFor();
    await tap(/^412$/, 'link');
    await page.getByText(/JH-2026-000901/).waitFor();
    // The workbench behind it may read its own list meanwhile.
    const opened = phone.served.mock.log.findLast((one) => one.path.startsWith('/statistics/topics/cases?'));
    expect(Object.fromEntries(new URLSearchParams(opened?.path.split('?')[1]))).toMatchObject({
      period: 'month',
      word: '红绿灯',
    });
    expect(taps()).toBe(3);
  });
});

describe('numbers and their lists', () => {
  const openedBy = async (name: string | RegExp, within = 'main'): Promise<Record<string, string>> => {
    await phone.page.locator(within).getByRole('link', { name }).first().click();
    await phone.page.getByRole('heading', { name: '办理用时 · 婺城区住建局' }).waitFor();
    const asked = phone.served.mock.log.findLast((one) => /^\/statistics\/(topics\/)?cases/.test(one.path));
    await phone.page.goBack();
    await phone.page.getByRole('heading', { name: '金华市民情驾驶舱' }).waitFor();
    return Object.fromEntries(new URLSearchParams(asked?.path.split('?')[1]));
  };

  it('every kind of number opens its list where the number stands', async () => {
    phone = await openPhone(browser, { person: 'inspector', width: 1440, height: 900 });
    await phone.open('/figures');
    const { page } = phone;
    await page.locator('.tc-chart svg').waitFor();
    const stands = { seq: '41207', counting: '1', asOf: '2026-07-07T15:00:00+08:00' };
    expect(await openedBy(/^受理 ?24,931/, '.fs')).toMatchObject({ ...stands, step: 'accepted' });
    expect(await openedBy(/^不予受理/, '.fs')).toMatchObject({ ...stands, figure: 'at:declined' });
    expect(await openedBy(/^四星/)).toMatchObject({ ...stands, figure: 'stars:4' });
    expect(await openedBy(/^■ 超期/)).toMatchObject({ ...stands, age: 'all', late: 'true' });
    expect(await openedBy(/^承办单位 1,361/)).toMatchObject({ ...stands, age: 'all', mover: 'units' });
    expect(await openedBy(/^等改派/)).toMatchObject({ ...stands, late: 'true', reason: 'redispatch' });
    expect(
      await openedBy('387', 'section:has(h3:text("每月一题")) h3:text("每月一题") + table'),
    ).toMatchObject({
      ...stands,
      word: '停车',
      period: 'custom',
      from: '2026-02-01',
    });
    await page.getByText('看数据').click();
    expect(await openedBy('1453')).toMatchObject({
      ...stands,
      figure: 'reported',
      period: 'custom',
      from: '2026-06-01',
      to: '2026-06-28',
    });
  });

  it('a tap on a line of the chart, on a bar or a dot opens what its number opens', async () => {
    phone = await openPhone(browser, { person: 'inspector', width: 1440, height: 900 });
    await phone.open('/figures');
    const { page } = phone;
    await page.locator('.tc-chart svg').waitFor();
    // Until the parts that come after the chart have their room: what is above it moves no more.
    await page.waitForLoadState('networkidle');
    /** Where the thicker line, of what was closed, has its nth point: CSS pixels from the chart's corner. */
    const pointOf = async (nth: number): Promise<{ x: number; y: number }> => {
      const line = page.locator('.tc-chart svg path[stroke-width="2.5"]');
      const numbers = ((await line.getAttribute('d')) ?? '').match(/-?[\d.]+/g)?.map(Number) ?? [];
      return { x: numbers[nth * 2] ?? 0, y: numbers[nth * 2 + 1] ?? 0 };
    };
    /** Which cases were asked for; then the page once more, and quiet: a chart that is drawn anew takes no tap. */
    const opened = async (): Promise<string | undefined> => {
      await page.getByText(/JH-2026-000901/).waitFor();
      const asked = phone.served.mock.log.findLast((one) => one.path.startsWith('/statistics/cases?'));
      await phone.open('/figures');
      await page.locator('.tc-chart svg').waitFor();
      return asked?.path;
    };
    for (const nth of [2, 6]) {
      await page.locator('.tc-chart').click({ position: await pointOf(nth) });
      const byLine = await opened();
      await page.getByText('看数据').click();
      await page.locator('.tc tbody tr').nth(nth).getByRole('link').last().click();
      expect(await opened()).toBe(byLine);
      expect(byLine).toContain('figure=closed');
    }
    await page.locator('.fs li').nth(1).locator('u').click();
    expect(await opened()).toContain('step=accepted');
    await page.locator('.ar-l').first().click();
    expect(await opened()).toMatch(/area=.*figure=closeRate/);
  });

  it('a list behind a number is saved under the very filters it is shown with', async () => {
    phone = await openPhone(browser, { person: 'inspector', width: 1440, height: 900 });
    const query = 'desk=inspector:office-jinhua&figure=reported&seq=41207&counting=1';
    await phone.open(`/figures/cases?${query}`);
    const { page } = phone;
    const [file, asked] = await Promise.all([
      page.waitForEvent('download'),
      page.waitForRequest((request) => request.url().includes('/statistics/cases/table')),
      page.getByRole('button', { name: '导出' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('办理用时 · 婺城区住建局.xlsx');
    expect(new URL(asked.url()).searchParams.toString()).toBe(new URLSearchParams(query).toString());
  });

  it('a list that cannot be made any more says so, and leads to the one of now', async () => {
    phone = await openPhone(browser, { person: 'inspector', width: 375, height: 812 });
    phone.served.mock.control.fail = (request) =>
      request.path.includes('seq=') ? refuse(409, 'conflict', '这之后全部数字重新统计过') : null;
    await phone.open('/figures/cases?desk=inspector:office-jinhua&figure=reported&seq=7&counting=1');
    const { page } = phone;
    await page.getByText('这之后全部数字重新统计过').waitFor();
    await page.getByRole('button', { name: '看现在的' }).click();
    await page.getByText(/JH-2026-000901/).waitFor();
    // The browser prints the refusal by itself.
    phone.problems.length = 0;
  });
});

describe('a committee’s members', () => {
  it.each([
    { width: 375, height: 812 },
    { width: 1440, height: 900, dark: true },
  ])('at $width each number opens that member’s cases', async (options) => {
    phone = await openPhone(browser, { person: 'reviewer', ...options });
    await phone.open('/figures');
    const { page } = phone;
    await page.getByRole('row', { name: /^林淑芬/ }).waitFor();
    await page.getByText('还有 214 位委员这段时间没有提交').waitFor();
    expect({
      overflows: await overflows(page),
      small: options.width < 900 ? await smallTargets(page) : [],
      violations: await violations(page),
    }).toEqual({ overflows: [], small: [], violations: [] });
    await page
      .getByRole('row', { name: /^林淑芬/ })
      .getByRole('link', { name: '11' })
      .click();
    await page.getByText(/JH-2026-000901/).waitFor();
    const asked = phone.served.mock.log.findLast((one) => one.path.startsWith('/statistics/cases'));
    expect(Object.fromEntries(new URLSearchParams(asked?.path.split('?')[1]))).toMatchObject({
      figure: 'accepted',
      member: 'lin',
      seq: '41207',
    });
  });
});

describe('a unit’s own report', () => {
  it.each([
    { width: 375, height: 812, dark: true },
    { width: 1440, height: 900 },
  ])('at $width tells its share, its place and whom its cases wait for', async (options) => {
    phone = await openPhone(browser, { person: 'handler', ...options });
    await phone.open('/figures');
    const { page } = phone;
    await page.getByRole('heading', { name: '市公安局交警支队办理统计' }).waitFor();
    await page.getByText('按期率在全市 12 个参加排名的单位里排第 2').waitFor();
    await page.getByRole('heading', { name: '为什么超期' }).waitFor();
    await page.getByRole('heading', { name: '各环节用时' }).waitFor();
    await page.getByRole('row', { name: /^交通出行/ }).waitFor();
    const apart = page.locator('section', { has: page.getByRole('heading', { name: '分开看' }) });
    await apart.getByRole('button', { name: '时间' }).click();
    const [latest] = await apart
      .getByRole('row')
      .filter({ has: page.getByRole('link') })
      .all();
    expect(await latest?.getByRole('rowheader').textContent()).toBe('7月');
    expect(await latest?.getByRole('link').first().getAttribute('href')).toMatch(
      /period=custom&.*from=2026-\d\d-\d\d&to=2026-\d\d-\d\d&figure=dispatched/,
    );
    // Other units and what is spoken of elsewhere are not its own.
    expect(await page.getByRole('heading', { name: /承办单位|热点|各地/ }).count()).toBe(0);
    expect({
      overflows: await overflows(page),
      truncations: await truncations(page),
      small: options.width < 900 ? await smallTargets(page) : [],
      violations: await violations(page),
    }).toEqual({ overflows: [], truncations: [], small: [], violations: [] });
  });
});

describe('the page of figures', () => {
  it('tells of each figure what it is made of and what it leaves out, up to when', async () => {
    phone = await openPhone(browser, { person: 'inspector', width: 1440, height: 900 });
    await phone.open('/figures');
    const { page } = phone;
    await page.getByText('截至 7月7日 周二 15:00').waitFor();
    await page.getByText('已答复且不在整改 23,295 ÷ 已交办 24,870').waitFor();
    await page.getByText('怎么算的').first().click();
    await page.getByText(/已答复且不在整改 ÷ 本期首次交办。不计：/).waitFor();
    await page.getByText('看数据').click();
    expect(await page.locator('.tc table tbody tr').count()).toBe(7);
  });

  it('says so where it could not be read, and asks again', async () => {
    phone = await openPhone(browser, { person: 'inspector', width: 375, height: 812 });
    phone.served.mock.control.fail = (request) =>
      request.path.startsWith('/statistics/flow') ? refuse(500, 'internal', '出错了') : null;
    await phone.open('/figures');
    await phone.page.getByText('这一页没打开').waitFor();
    phone.served.mock.control.fail = null;
    await phone.page.getByRole('button', { name: '再试一次' }).click();
    await phone.page.getByRole('heading', { name: '金华市民情驾驶舱' }).waitFor();
  });

  it.each([
    { width: 320, height: 568, large: true },
    { width: 375, height: 812, dark: true },
    { width: 1440, height: 900 },
    { width: 1920, height: 1080 },
  ])('at $width nothing overflows, is cut or out of reach, and axe finds nothing', async (options) => {
    phone = await openPhone(browser, { person: 'inspector', ...options });
    await phone.open('/figures');
    const { page } = phone;
    await page.locator('.tc-chart svg').waitFor();
    expect({
      overflows: await overflows(page),
      truncations: await truncations(page),
      small: options.width < 900 ? await smallTargets(page) : [],
      violations: await violations(page),
    }).toEqual({ overflows: [], truncations: [], small: [], violations: [] });
  });
});
