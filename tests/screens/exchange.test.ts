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
async function start(address: string, options: PhoneOptions = {}): Promise<Page> {
  phone = await openPhone(browser, { person: 'admin', ...options });
  await phone.open(address);
  return phone.page;
}
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const yes = (page: Page, name: string) =>
  page.locator('.van-dialog').getByRole('button', { name, exact: true }).click();
const world = () => phone.served.mock.world.exchange;
const SFW = '/admin/exchange?partner=sfw';

describe('what waits for a code', () => {
  it('leads from the message to the code; matched, it goes on, and that can be taken back', async () => {
    const page = await start(SFW, WIDE);
    await page.getByText('◐ 代码没有对应').waitFor();
    await press(page, '去对应代码');
    await page.getByRole('button', { name: /YK-JT.*3 条消息在等/ }).click();
    await page.getByText('3 条消息在等它，对应好就从停下的地方接着处理').waitFor();
    await page.getByRole('textbox', { name: '平台叫它什么' }).fill('市交通局');
    await page.getByRole('searchbox', { name: '搜单位' }).fill('交通');
    await press(page, '永康市交通运输局');
    await press(page, '对应并接着处理');
    await page.getByText('1 件民情的消息已接着处理').first().waitFor();
    expect(world().replayed).toEqual(['YK-JT']);
    expect(world().codes.unit.find((one) => one.code === 'YK-JT')).toMatchObject({ ours: 'yk-jt' });
    await page.getByText('YK-JT：原来没有对应，现在对应永康市交通运输局').waitFor();
    await press(page, '撤销');
    await page.getByRole('list', { name: '还没有对应' }).getByText('YK-JT').waitFor();
    expect(world().codes.unit.find((one) => one.code === 'YK-JT')).toMatchObject({ ours: '', name: '' });
  });

  it('is gone through with the keyboard alone', async () => {
    const page = await start(`${SFW}&tab=codes`, WIDE);
    const first = page.getByRole('button', { name: /YK-JT/ });
    await first.focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('YK-GA');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '代码 YK-JT' }).waitFor();
  });

  it('a code is written down for a unit of ours that has none, found by search, and forgotten again', async () => {
    const page = await start(`${SFW}&tab=codes`);
    await page.getByRole('searchbox', { name: '搜代码' }).fill('住房');
    await page.getByRole('button', { name: /永康市住房和城乡建设局/ }).click();
    await press(page, '保存');
    await page.getByText('请写代码').waitFor();
    await page.getByRole('textbox', { name: '平台的代码' }).fill('YK-ZJ');
    await press(page, '保存');
    await expect.poll(() => world().codes.unit.find((one) => one.code === 'YK-ZJ')?.ours).toBe('yk-zj');
    await press(page, '撤销');
    await expect.poll(() => world().codes.unit.some((one) => one.code === 'YK-ZJ')).toBe(false);
  });

  it('states of the platform stand beside ours', async () => {
    const page = await start(`${SFW}&tab=codes`, WIDE);
    await press(page, '状态');
    await page.getByRole('button', { name: /待派单.*DPD.*待交办/ }).waitFor();
  });
});

describe('a platform', () => {
  it('is added with what is wrong said at its place, then asks for a key, which is shown once', async () => {
    const page = await start('/admin/exchange', WIDE);
    await press(page, '加一个平台');
    await press(page, '加上平台');
    await page.getByText('请写平台名称').waitFor();
    await page.getByText('请写完整网址').waitFor();
    await page.getByRole('textbox', { name: '平台名称' }).fill('三服务小管家（东阳）');
    await page.getByRole('textbox', { name: '对方的网址' }).fill('https://sfw.dy.example.cn/v1');
    await page.getByRole('textbox', { name: '可以从哪里来' }).fill('10.9.0.0/16\n内网');
    await press(page, '加上平台');
    await page.getByText('「内网」不是地址或网段').waitFor();
    await page.getByRole('textbox', { name: '可以从哪里来' }).fill('10.9.0.0/16');
    await press(page, '加上平台');
    await page.getByText('还没有密钥，生成后才能收发').waitFor();
    await press(page, '生成密钥');
    await press(page, '生成');
    const card = page.getByRole('region', { name: '密钥 knew' });
    await card.getByText(/^q0s2/).waitFor();
    await card.getByRole('button', { name: '我已存好' }).click();
    await card.waitFor({ state: 'detached' });
    expect(world().partners.at(-1)).toMatchObject({
      allow: ['10.9.0.0/16'],
      sharePhone: false,
      sealHistory: true,
    });
  });

  it('gets a second key, loses the first after a question, and is switched off after another', async () => {
    const page = await start(`${SFW}&tab=settings`);
    await press(page, '换密钥');
    await press(page, '马上停用');
    await page.getByText('对方换上新密钥之前收发会停，消息留着不丢。密钥泄露时才这样。').waitFor();
    await press(page, '再用 7 天');
    await press(page, '生成');
    await page.getByRole('region', { name: '密钥 knew' }).waitFor();
    await press(page, '吊销 km9q41d07e2b');
    await yes(page, '吊销');
    await expect
      .poll(() => world().partners[0]?.keys.find((one) => one.keyId === 'km9q41d07e2b')?.valid)
      .toBe(false);
    await press(page, '停用');
    await page.getByText('在办的 12 件停在原处').waitFor();
    await yes(page, '停用');
    await expect.poll(() => world().partners[0]?.active).toBe(false);
  });

  it('takes over an area once what that means was read', async () => {
    const page = await start('/admin/exchange');
    await page
      .getByRole('button', { name: /义乌市/ })
      .last()
      .click();
    await page.getByRole('radio', { name: '三服务小管家（永康）' }).click();
    await page.getByText('都在原处办完').waitFor();
    await yes(page, '改');
    await expect.poll(() => world().areas.at(-1)?.partnerId).toBe('sfw');
  });
});

describe('the pages', () => {
  const LOOKS: [string, string, PhoneOptions][] = [
    ['the platforms on a phone', '/admin/exchange', {}],
    ['the platforms in a wide window', '/admin/exchange', WIDE],
    ['messages on a phone, dark', SFW, { dark: true }],
    ['messages in a wide window', SFW, WIDE],
    ['codes on a phone', `${SFW}&tab=codes`, {}],
    ['codes in large text on a small phone', `${SFW}&tab=codes`, { width: 320, large: true }],
    ['codes in a wide window, dark', `${SFW}&tab=codes`, { dark: true, ...WIDE }],
    ['settings on a phone', `${SFW}&tab=settings`, {}],
    ['settings in large text', `${SFW}&tab=settings`, { width: 320, large: true }],
    ['settings in a wide window', `${SFW}&tab=settings`, WIDE],
    ['comparisons in a wide window', `${SFW}&tab=checks`, WIDE],
  ];
  it.each(LOOKS)('%s: nothing cut off, too small or unreadable', async (_what, address, options) => {
    const page = await start(address, options);
    await page
      .getByText(/金华市|解放街|YK-JT|4月2日|昨天 06:00/)
      .first()
      .waitFor();
    expect(await overflows(page)).toEqual([]);
    expect(await truncations(page)).toEqual([]);
    expect((options.width ?? 375) < 900 ? await smallTargets(page) : []).toEqual([]);
    expect(await violations(page)).toEqual([]);
  });
});
