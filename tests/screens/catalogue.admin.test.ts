import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
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

const WIDE = { width: 1440, height: 900 };
async function start(page: string, options: PhoneOptions = WIDE): Promise<Page> {
  phone = await openPhone(browser, { person: 'admin', ...options });
  await phone.open(`/admin/${page}`);
  return phone.page;
}
const choose = (page: Page, name: RegExp) => page.getByRole('button', { name }).first().click();
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const admin = () => phone.served.mock.world.admin;

describe('categories', () => {
  it('are renamed and asked about, and shown as members will see them', async () => {
    const page = await start('categories');
    await choose(page, /^教育/);
    await page.getByRole('textbox', { name: '名称' }).fill('教育培训');
    await press(page, '加一个问题');
    await page.getByRole('textbox', { name: '第 1 个问题', exact: true }).fill('哪个学段');
    await page.getByRole('textbox', { name: '第 1 个问题的选项，一行一个' }).fill('小学\n中学');
    const seen = page.getByRole('region', { name: '委员看到的样子' });
    await seen.getByRole('button', { name: '中学' }).waitFor();
    await press(page, '保存');
    await page.getByText('修改了一项').waitFor();
    expect(admin().categories.items.find((one) => one.id === 'education')).toMatchObject({
      name: '教育培训',
      questions: [{ label: '哪个学段', choices: ['小学', '中学'] }],
    });
  });

  it('that are wrong say at the field what to do, and lose nothing', async () => {
    const page = await start('categories');
    await choose(page, /^教育/);
    await press(page, '加一个问题');
    await page.getByRole('textbox', { name: '第 1 个问题', exact: true }).fill('哪个学段');
    await press(page, '保存');
    await page.getByText('单选题至少要有两个选项').waitFor();
    expect(await page.getByRole('textbox', { name: '第 1 个问题', exact: true }).inputValue()).toBe(
      '哪个学段',
    );
  });

  it('are switched off only after being told what that touches', async () => {
    const page = await start('categories');
    await choose(page, /^教育/);
    await press(page, '停用');
    const question = page.getByRole('dialog');
    await question.getByText('3 件在办的民情属于这一类').waitFor();
    await question.getByRole('button', { name: '停用', exact: true }).click();
    await expect
      .poll(() => admin().categories.items.find((one) => one.id === 'education')?.active)
      .toBe(false);
  });

  it('with unsaved changes are not left without a question', async () => {
    const page = await start('categories');
    await choose(page, /^教育/);
    await page.getByRole('textbox', { name: '名称' }).fill('教');
    await choose(page, /^医疗卫生/);
    await page.getByRole('dialog').getByRole('button', { name: '接着改' }).click();
    expect(await page.getByRole('textbox', { name: '名称' }).inputValue()).toBe('教');
  });
});

describe('reasons, phrases and the dispatch catalogue', () => {
  it('take a new reason, and a change is undone after a question', async () => {
    const page = await start('reasons');
    await choose(page, /^退回补充/);
    await press(page, '加一条');
    await page.getByRole('textbox', { name: '理由 3' }).fill('请附照片');
    await press(page, '保存');
    await page.getByText('修改了一项').waitFor();
    expect(admin().reasons.items[0]?.reasons).toEqual(['请补充具体地点', '请补充照片或数据', '请附照片']);
    await press(page, '撤销');
    await page.getByRole('dialog').getByRole('button', { name: '撤销修改' }).click();
    await page.getByText('已撤销', { exact: true }).waitFor();
  });

  it('take a phrase for one unit', async () => {
    const page = await start('reasons');
    await choose(page, /^交警支队/);
    await page.getByRole('textbox', { name: '新的常用语' }).fill('已现场处理。');
    await press(page, '加上这一条');
    await expect
      .poll(() => admin().phrases.items.find((one) => one.text === '已现场处理。')?.unit?.id)
      .toBe('traffic-police');
  });

  it('show which line leads nowhere, and take a new one', async () => {
    const page = await start('dispatch');
    await page.getByText('1 条要改').waitFor();
    await press(page, '加一条');
    await page.getByLabel('类别').last().selectOption('traffic');
    await page.getByRole('textbox', { name: '关键词' }).fill('违停、 占道，违停');
    await press(page, '选单位');
    await page.getByRole('searchbox', { name: '搜承办单位' }).fill('执法');
    await page.getByRole('button', { name: /市综合行政执法局/ }).click();
    await page.getByRole('textbox', { name: '职责依据' }).fill('三定方案');
    await press(page, '加上这一条');
    await expect
      .poll(() => admin().dispatch.items.at(-1))
      .toMatchObject({ keywords: ['违停', '占道'], unit: { id: 'enforcement' }, basis: '三定方案' });
  });
});

describe('the words of notices and cards', () => {
  it('take a variable as one piece, show what somebody gets, and are kept', async () => {
    const page = await start('texts');
    await choose(page, /^请签收、答复/);
    const body = page.getByRole('textbox', { name: '正文' });
    await body.click();
    await page.keyboard.press('End');
    await page.keyboard.type('，请在 ');
    await page.getByRole('group', { name: '插入' }).getByRole('button', { name: '时限' }).click();
    await page.keyboard.type(' 前办');
    const got = page.getByRole('group', { name: '互动卡片' });
    await got.getByText('迎宾大道红绿灯按车流设置时长，请在 7月9日 周四 17:00 前办').waitFor();
    await page.getByRole('group', { name: '按下以后' }).getByText('周凯').waitFor();
    await press(page, '动作卡片');
    await page.getByRole('group', { name: '动作卡片' }).waitFor();
    await body.click();
    await page.keyboard.press('Control+End');
    for (let n = 0; n < 4; n += 1) {
      await page.keyboard.press('Backspace');
    }
    expect(await body.locator('.va').count()).toBe(1);
    await press(page, '保存');
    await page.getByText('修改了一项').waitFor();
    expect(admin().texts.items[0]?.fields[1]?.words).toBe('{民情标题}，请在 ');
  });

  it('with an unknown variable are marked before they are kept', async () => {
    const page = await start('texts');
    await choose(page, /^临近到期/);
    await page.getByRole('textbox', { name: '标题' }).fill('{手机号}');
    await page.getByText('这条文字里没有「手机号」可放').waitFor();
    await page.getByText('改好标红的地方').waitFor();
  });

  it('that are too long for a channel say so', async () => {
    const page = await start('texts');
    await choose(page, /^请签收、答复/);
    await page.getByRole('textbox', { name: '正文' }).fill('办'.repeat(301));
    await page.getByText('互动卡片放不下').waitFor();
  });
});

describe.each([
  ['wide', WIDE],
  ['wide, dark and large', { ...WIDE, dark: true, large: true }],
  ['phone', { width: 375 }],
  ['small phone, large', { width: 320, large: true }],
])('%s', (_name, options) => {
  it.each([
    ['categories', /^住房物业/],
    ['reasons', /^退回补充/],
    ['dispatch', /^城市管理/],
    ['texts', /^请签收、答复/],
  ] as const)('%s fit, can be tapped and read', async (id, name) => {
    const page = await start(id, options);
    await choose(page, name);
    await page.waitForTimeout(300);
    expect(await overflows(page)).toEqual([]);
    expect(await truncations(page)).toEqual([]);
    // A mouse needs no finger's width; the rail and the column are tight on purpose.
    expect(options.width >= 900 ? [] : await smallTargets(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
  });
});
