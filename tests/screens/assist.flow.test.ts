import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
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

async function start(hash: string, options: PhoneOptions = {}): Promise<Page> {
  phone = await openPhone(browser, options);
  await phone.open(hash);
  return phone.page;
}
const did = (what: string): number =>
  phone.served.mock.log.filter((one) => one.path.endsWith(`/actions/${what}`)).length;
const WIDE = { width: 1440, height: 900 } as const;

describe('like cases while writing', () => {
  const title = (page: Page) => page.getByRole('textbox', { name: '标题' });

  it('are told in one line that moves nothing, and one of them can be supported instead', async () => {
    const page = await start('/report');
    const below = page.getByRole('textbox', { name: '情况' });
    const before = (await below.boundingBox())?.y;
    await title(page).fill('迎宾大道红绿灯太短');
    await page.getByRole('button', { name: '已有 2 件相近的民情' }).waitFor();
    expect((await below.boundingBox())?.y).toBe(before);
    await page.getByRole('button', { name: '已有 2 件相近的民情' }).click();
    const sheet = page.getByRole('dialog', { name: '相近的民情' });
    await sheet.getByText('迎宾大道东行左转排队过长').waitFor();
    await sheet.getByText('您提的').waitFor();
    expect(await sheet.getByRole('button', { name: /^附议/ }).count()).toBe(1);
    await sheet.getByRole('button', { name: /^附议/ }).click();
    await page.getByText('附议这件民情？').waitFor();
    await page.getByRole('button', { name: '附议', exact: true }).click();
    await page.getByText('已附议，有进展就告诉您').first().waitFor();
    expect(page.url()).toContain('#/case/c-near');
    expect(did('support')).toBe(1);
    // What was written stays a draft.
    await page.goto(`${phone.served.url}/#/home`);
    await page.getByText('接着写：迎宾大道红绿灯太短').waitFor();
  });

  it('are no bar to writing on, and nothing is asked twice', async () => {
    const page = await start('/report');
    await title(page).fill('迎宾大道红绿灯太短');
    await page.getByRole('button', { name: /相近的民情/ }).click();
    await page.getByRole('button', { name: '不是一件事，继续写' }).click();
    await expect.poll(() => title(page).inputValue()).toBe('迎宾大道红绿灯太短');
    expect(did('support')).toBe(0);
    await title(page).fill('公园长椅');
    await page.getByText('没有看到相近的民情').waitFor();
  });

  it('with no network nothing is said and the form goes on', async () => {
    const page = await start('/report');
    phone.served.mock.control.fail = (request) => (request.path.startsWith('/similar') ? 'lost' : null);
    await title(page).fill('迎宾大道红绿灯太短');
    await expect.poll(() => phone.served.mock.log.some((one) => one.path.startsWith('/similar'))).toBe(true);
    await page.waitForTimeout(300);
    expect(await page.getByRole('button', { name: /相近的民情/ }).count()).toBe(0);
    expect(await page.getByText('写好标题，帮您找找').count()).toBe(1);
    await page.getByRole('textbox', { name: '情况' }).fill('照样能写');
  });
});

describe('like cases beside a case', () => {
  it('stand in the workbench, and one takes the case in', async () => {
    const page = await start('/bench/s-review-0?desk=reviewer:cppcc-jinhua', { person: 'reviewer', ...WIDE });
    await page.getByRole('heading', { name: /相近的民情/ }).waitFor();
    await page.getByRole('button', { name: '并案 迎宾大道东行左转排队过长' }).click();
    await page.getByText('并入「迎宾大道东行左转排队过长」？').waitFor();
    await page.getByRole('button', { name: '并案', exact: true }).last().click();
    await expect.poll(() => did('merge')).toBe(1);
    await expect.poll(() => phone.served.mock.world.cases.get('s-review-0')?.state).toBe('merged');
  });

  it('stand on the phone under the text', async () => {
    const page = await start('/case/s-review-0', { person: 'reviewer' });
    await page.getByRole('heading', { name: /相近的民情/ }).scrollIntoViewIfNeeded();
    expect(await page.getByRole('button', { name: /^并案/ }).count()).toBe(1);
  });
});

describe('suggestions', () => {
  it('have a unit chosen when dispatching; a key takes another, and only the button dispatches', async () => {
    const page = await start('/bench/s-dispatch-0', { person: 'dispatcher', ...WIDE });
    await page.keyboard.press('d');
    await page.getByRole('radio', { name: /市公安局交警支队/, checked: true }).waitFor();
    await page.keyboard.press('2');
    await page.getByRole('radio', { name: /市交通运输局/, checked: true }).waitFor();
    expect(did('dispatch')).toBe(0);
    await page.keyboard.press('1');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^交办/ })
      .click();
    await expect.poll(() => did('dispatch')).toBe(1);
  });

  it('on the phone as well', async () => {
    const page = await start('/case/s-dispatch-0?do=dispatch', { person: 'dispatcher', height: 812 });
    await page.getByRole('radio', { name: /市公安局交警支队/, checked: true }).waitFor();
    await page.getByRole('radio', { name: /市公安局交警支队/ }).scrollIntoViewIfNeeded();
  });

  it('a category is offered where it differs, and taken by one tap', async () => {
    const page = await start('/case/s-review-0?do=accept', { person: 'reviewer', height: 812 });
    await page.getByText('建议「城市管理」').waitFor();
    await page.getByRole('button', { name: '改成这类' }).click();
    await expect.poll(() => page.getByText('建议「城市管理」').count()).toBe(0);
    await page.getByRole('button', { name: '城市管理', pressed: true }).waitFor();
  });
});
