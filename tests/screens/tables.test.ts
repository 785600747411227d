/** Every page of 管理 offers its lists as workbooks, under the filters it shows them with. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, openPhone, type Phone } from './phone.ts';

/** Pages that are not asked here, and why. */
const WITHOUT: Record<string, string> = {
  import: 'lists nothing: files come in by it',
  limits: 'asked on the real server, in deadlines.test.ts',
  calendar: 'asked on the real server, in deadlines.test.ts',
};

const PAGES = [
  ...readFileSync(new URL('../../miniapp/src/screens/admin/pages.ts', import.meta.url), 'utf8').matchAll(
    /id: '(\w+)',\s+label: '([^']+)'/g,
  ),
].map(([, id = '', label = '']) => ({ id, label }));

let browser: Browser;
let phone: Phone;
let page: Page;
let asked: URL[] = [];

beforeAll(async () => {
  browser = await launch();
  phone = await openPhone(browser, { person: 'admin', width: 1440, height: 900 });
  page = phone.page;
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.pathname.startsWith('/api/')) {
      asked.push(url);
    }
  });
});
afterAll(async () => {
  await phone?.close();
  await browser?.close();
});

const filterOf = (url: URL): string[] =>
  [...url.searchParams].filter(([, value]) => value !== '').map(([name, value]) => `${name}=${value}`);

const listOf = ({ pathname }: URL): string => pathname.slice(0, -'/table'.length);

/** Presses every 导出 there is; answers which lists were taken, each checked against the list as it was asked for. */
async function taken(): Promise<string[]> {
  const buttons = page
    .locator('main, .adm, body')
    .first()
    .getByRole('button', { name: /^导出/ });
  await buttons.first().waitFor();
  for (const button of await buttons.all()) {
    const [file] = await Promise.all([page.waitForEvent('download'), button.click()]);
    expect(file.suggestedFilename()).toMatch(/^[^/\\:*?"<>|]+\.xlsx$/);
  }
  const tables = asked.filter((url) => url.pathname.endsWith('/table'));
  for (const table of tables) {
    const path = listOf(table);
    const read = (): string[][] => asked.filter((url) => url.pathname === path).map(filterOf);
    await expect.poll(read, { message: path }).toContainEqual(expect.arrayContaining(filterOf(table)));
  }
  return tables.map((table) => listOf(table).replace('/api/', ''));
}

describe('the lists of 管理 leave as workbooks', () => {
  it.each(PAGES.filter(({ id }) => !WITHOUT[id]).map(({ id, label }) => [label, id]))(
    '%s',
    async (_label, id) => {
      asked = [];
      await phone.open(`/admin/${id}`);
      const paths = await taken();
      expect(paths.length).toBeGreaterThan(0);
      expect(new Set(paths).size).toBe(paths.length);
      expect(phone.problems).toEqual([]);
    },
  );

  it('asks every page there is', () => {
    expect(PAGES.length).toBeGreaterThan(18);
    expect(Object.keys(WITHOUT).filter((id) => !PAGES.some((one) => one.id === id))).toEqual([]);
  });

  it('as the list is narrowed, so is its workbook', async () => {
    asked = [];
    await phone.open('/admin/people');
    await page.getByPlaceholder('姓名、完整手机号或账号').fill('周');
    await page.getByRole('button', { name: '已离开' }).click();
    await expect.poll(() => asked.some((url) => filterOf(url).includes('state=left'))).toBe(true);
    await taken();
    expect(filterOf(asked.at(-1) as URL)).toEqual(['q=周', 'state=left']);
  });

  it.each([
    ['letters', 'admin/exchange/letters'],
    ['codes', 'admin/exchange/codes'],
    ['checks', 'admin/exchange/checks'],
  ])('of one platform: %s', async (tab, path) => {
    asked = [];
    await phone.open(`/admin/exchange?partner=sfw&tab=${tab}`);
    expect(await taken()).toEqual([path]);
  });

  it('a phone, which opens no workbook, is offered none', async () => {
    await page.setViewportSize({ width: 375, height: 812 });
    await phone.open('/admin/people');
    await page.getByRole('list', { name: '人员' }).waitFor();
    expect(await page.getByRole('button', { name: /^导出/ }).count()).toBe(0);
  });
});
