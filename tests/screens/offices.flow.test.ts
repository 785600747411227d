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

const WIDE = { width: 1440, height: 900 };
async function start(path: string, options: PhoneOptions = WIDE): Promise<Page> {
  phone = await openPhone(browser, { person: 'admin', ...options });
  await phone.open(`/admin/${path}`);
  return phone.page;
}
const offices = () => phone.served.mock.world.offices;
const press = (page: Page, name: string | RegExp): Promise<void> =>
  page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click();
const sheet = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });

describe('areas and units', () => {
  it('a new county: a code that is none is told at its field, and what was written stays', async () => {
    const page = await start('areas?area=jinhua');
    await press(page, '加下级地区');
    const form = sheet(page, '加地区');
    await form.getByRole('textbox', { name: '代码' }).fill('3307');
    await form.getByRole('textbox', { name: '名称' }).fill('磐安县');
    await form.getByRole('textbox', { name: '编号前缀' }).fill('pa');
    await form.getByRole('button', { name: '加地区' }).click();
    await form.getByText('代码是 6 位数字').waitFor();
    expect(await form.getByRole('textbox', { name: '名称' }).inputValue()).toBe('磐安县');
    await form.getByRole('textbox', { name: '代码' }).fill('330727');
    await form.getByRole('button', { name: '加地区' }).click();
    await form.waitFor({ state: 'hidden' });
    await page.getByRole('heading', { name: '磐安县' }).waitFor();
    await press(page, '删除');
    await page.getByRole('dialog').getByRole('button', { name: '删除地区' }).click();
    await expect
      .poll(() => phone.served.mock.world.admin.areas.items.map((one) => one.name))
      .toEqual(['金华市', '婺城区']);
  });

  it('a new unit is told what it lacks, gets somebody, and lacks nothing', async () => {
    const page = await start('areas');
    await press(page, '加单位');
    const form = sheet(page, '加单位');
    await form.getByRole('textbox', { name: '单位名称' }).fill('市公安局交警支队');
    await form.getByRole('button', { name: '加单位' }).click();
    await form.getByText('已经有同名的单位').waitFor();
    await form.getByRole('textbox', { name: '单位名称' }).fill('市水务局');
    await form.getByRole('button', { name: '加单位' }).click();
    await page.getByRole('heading', { name: '市水务局' }).waitFor();
    await page.getByText('没有经办人，交办了没人办').last().waitFor();
    await press(page, '给一个人角色');
    const giving = sheet(page, '给角色');
    await giving.getByRole('searchbox', { name: '搜人' }).fill('吴');
    await giving.getByRole('button', { name: /吴珊/ }).click();
    await giving.getByRole('button', { name: '给角色', exact: true }).click();
    await page
      .getByText(/吴珊是经办人了/)
      .last()
      .waitFor();
    await page.getByRole('link', { name: /吴珊/ }).waitFor();
    expect(offices().units.at(-1)?.warnings).toEqual([]);
  });

  it('stopping a unit shows what would be left without anybody; what came meanwhile is shown again first', async () => {
    const page = await start('areas?unit=traffic-police');
    offices().impact = {
      stranded: 1,
      sentences: ['市公安局交警支队停用后，1 件在办的民情没人办'],
      cases: [{ id: 'c1', number: 'JH-2026-000123', title: '迎宾大道红绿灯', stateLabel: '办理中' }],
    };
    await press(page, '停用');
    const question = sheet(page, /^停用/);
    await question.getByText('1 件在办的民情没人办').first().waitFor();
    offices().impact = { ...offices().impact, stranded: 2 };
    await question.getByRole('button', { name: '停用' }).click();
    await question.getByText('现在会有 2 件民情没人办').waitFor();
    await question.getByRole('button', { name: '停用' }).click();
    await question.waitFor({ state: 'hidden' });
    await page.getByText('已停用').last().waitFor();
    await press(page, '恢复使用');
    await expect.poll(() => offices().units.find((one) => one.id === 'traffic-police')?.active).toBe(true);
  });

  it('whether its head approves is chosen with one touch', async () => {
    const page = await start('areas?unit=traffic-police', { width: 375, height: 812 });
    await press(page, '要审签');
    await page.getByText('已保存，新的答复照此办理').first().waitFor();
    expect(offices().units.find((one) => one.id === 'traffic-police')?.headApproval).toBe('yes');
  });
});

describe('people and grants', () => {
  it('somebody without a role is found, gets one for a unit, and it ends again', async () => {
    const page = await start('people');
    await press(page, '没有角色');
    await press(page, /^吴珊/);
    await press(page, '给角色');
    const giving = sheet(page, '给吴珊角色');
    await giving.getByRole('button', { name: '给角色', exact: true }).click();
    await giving.getByText('请选一个角色').waitFor();
    await giving.getByRole('button', { name: '经办人' }).click();
    await giving.getByRole('button', { name: '给角色', exact: true }).click();
    await giving.getByText('经办人要选一个单位').waitFor();
    await giving.getByRole('searchbox', { name: '搜单位' }).fill('执法');
    await giving.getByRole('button', { name: /市综合行政执法局/ }).click();
    await giving.getByRole('button', { name: '给角色', exact: true }).click();
    await giving.waitFor({ state: 'hidden' });
    const wu = () => offices().people.find((one) => one.id === 'p-wu');
    expect(wu()?.roles).toEqual(['经办人 · 市综合行政执法局']);
    await press(page, '结束');
    await sheet(page, '结束吴珊的经办人？').getByRole('button', { name: '结束角色' }).click();
    await expect.poll(() => wu()?.grants[0]?.state).toBe('over');
  });

  it('the same role twice is refused in words', async () => {
    const page = await start('people?person=p-zhou');
    await press(page, '给角色');
    const giving = sheet(page, '给周凯角色');
    await giving.getByRole('button', { name: '经办人' }).click();
    await giving.getByRole('searchbox', { name: '搜单位' }).fill('交警');
    await giving.getByRole('button', { name: /交警支队/ }).click();
    await giving.getByRole('button', { name: '给角色', exact: true }).click();
    await giving.getByText(/已经是市公安局交警支队的经办人/).waitFor();
  });

  it('somebody the contacts do not know is added', async () => {
    const page = await start('people');
    await press(page, '加一个人');
    const form = sheet(page, '加一个人');
    await form.getByRole('textbox', { name: '姓名' }).fill('徐海燕');
    await form.getByRole('textbox', { name: '账号' }).fill('xuhaiyan');
    await form.getByRole('button', { name: '加上' }).click();
    await page.getByRole('heading', { name: '徐海燕' }).waitFor();
    expect(offices().people.at(-1)?.name).toBe('徐海燕');
  });
});

describe('substitutes, contacts and imports', () => {
  it('a substitute is arranged for somebody who cannot, and ended early', async () => {
    const page = await start('away');
    await page.getByText('没有安排代办').waitFor();
    await press(page, '安排代办');
    const who = sheet(page, '谁不在？');
    await who.getByRole('searchbox').fill('周');
    await who.getByRole('button', { name: /周凯/ }).click();
    const form = sheet(page, '安排人代周凯办');
    await form.getByRole('button', { name: /代办$/ }).click();
    await form.getByText('请选一位代办人').waitFor();
    await form.getByRole('button', { name: /杨美玲/ }).click();
    await form.getByLabel('到').last().fill('2026-07-10');
    await form.getByRole('button', { name: '请杨美玲代办' }).click();
    await form.waitFor({ state: 'hidden' });
    await page.getByText('杨美玲 代 周凯').waitFor();
    await press(page, '结束');
    await page.getByRole('dialog').getByRole('button', { name: '结束代办' }).click();
    await expect.poll(() => offices().away[0]?.state).toBe('over');
  });

  it('contacts are read, what would change is seen, and only then written', async () => {
    const page = await start('contacts');
    await press(page, '读取通讯录，看有什么变化');
    await page.getByText('2 件在办的民情会没人办').waitFor();
    await press(page, '写入这些变化');
    const question = page.getByRole('dialog');
    await question.getByText('1 个离开的人不能再登录').waitFor();
    await question.getByRole('button', { name: '写入' }).click();
    await page.getByText('已写入：新增 1 人，离开 1 人').first().waitFor();
    expect(offices().runs[0]?.state).toBe('done');
  });

  it('a table with faults names its rows; corrected, it says what each row will do, and does it', async () => {
    const page = await start('import');
    const choose = (name: string): Promise<void> =>
      page.getByLabel('表格文件').setInputFiles({
        name,
        mimeType: 'text/csv',
        buffer: Buffer.from('单位名称,简称\n市水务局,水务局\n'),
      });
    await choose('人员.csv');
    await page.getByRole('row', { name: /人员和角色 3 手机号「1380」不对/ }).waitFor();
    expect(await page.getByRole('button', { name: /^写入/ }).count()).toBe(0);
    offices().report = {
      ...offices().report,
      summary: '会新增 1 个单位',
      errors: [],
      rows: [{ table: '单位', line: 2, text: '新增单位「市水务局」', changes: true }],
      changing: 1,
      same: 3,
    };
    await choose('单位.csv');
    await page.getByRole('row', { name: /新增单位「市水务局」/ }).waitFor();
    await page.getByText('另有 3 行已经是这样').waitFor();
    await press(page, '写入这 1 行');
    await page.getByText('已写入：1 个单位').first().waitFor();
  });

  it('an address that is no origin is told at its field; a good one is let in, and taken out after a question', async () => {
    const page = await start('origins');
    const host = page.locator('.or-host').filter({ has: page.getByRole('heading', { name: '浙政钉' }) });
    await host.getByRole('textbox').fill('mini.new.gov.cn');
    await host.getByRole('button', { name: '登记' }).click();
    await host.getByText('应以 https:// 开头').last().waitFor();
    expect(await host.getByRole('textbox').inputValue()).toBe('mini.new.gov.cn');
    await host.getByRole('textbox').fill('https://mini.new.gov.cn');
    await host.getByRole('button', { name: '登记' }).click();
    await host.getByRole('button', { name: '移除 https://mini.new.gov.cn' }).waitFor();
    expect(await host.getByRole('textbox').inputValue()).toBe('');
    await host.getByRole('button', { name: '移除 https://mini.example.gov.cn' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '不再放行' }).click();
    await expect
      .poll(() => offices().origins[1]?.origins)
      .toEqual(['https://minqing-front.irs.jinhua.example.gov.cn:8443', 'https://mini.new.gov.cn']);
  });
});
