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
  phone = await openPhone(browser, options);
  await phone.open(address);
  return phone.page;
}
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const tokens = () => phone.served.mock.world.tokens;

describe('my access tokens', () => {
  it('are made from 我的, and the secret is shown until it is put away', async () => {
    const page = await start('/me');
    await page.getByRole('link', { name: /访问令牌/ }).click();
    await press(page, '新建访问令牌');
    await press(page, '创建令牌');
    await page.getByText('请写一个名字，以后好认').waitFor();
    await page.getByText('请至少勾选一项权限').waitFor();
    await page.getByRole('textbox', { name: '名字' }).fill('街道小程序');
    await page.getByRole('checkbox', { name: '提交民情' }).click();
    await press(page, '创建令牌');
    const card = page.getByRole('region', { name: '「街道小程序」已创建' });
    await card.getByText(/^mqp_/).waitFor();
    await card.getByRole('button', { name: '我已存好' }).click();
    await card.waitFor({ state: 'detached' });
    expect(tokens().own[0]).toMatchObject({ name: '街道小程序', scopes: [{ scope: 'cases:file' }] });
  });

  it('are revoked after a question, and then stand among those that are over', async () => {
    const page = await start('/me/tokens');
    await press(page, '撤销 市民热线对接');
    await page.getByRole('dialog').getByRole('button', { name: '撤销令牌' }).click();
    await page.getByRole('list', { name: '已失效的令牌' }).getByText('市民热线对接').waitFor();
    await page.getByText('没有有效的访问令牌').waitFor();
    expect(tokens().own.map((one) => one.state)).toEqual(['revoked', 'expired']);
  });
});

describe('the tokens of an administrator’s people', () => {
  it('are taken away with a reason', async () => {
    const page = await start('/admin/tokens', { person: 'admin', ...WIDE });
    await page.getByText('现在有 2 个访问令牌有效').waitFor();
    await press(page, '撤销 大屏取数');
    await press(page, '撤销令牌');
    await page.getByText('请写明原因，本人会看到').waitFor();
    await page.getByRole('textbox', { name: '原因' }).fill('岗位变了');
    await press(page, '撤销令牌');
    await page.getByText('现在有 1 个访问令牌有效').waitFor();
    await press(page, '已失效');
    await page.getByText('7月6日由黄志强撤销：岗位变了').waitFor();
  });
});

describe('webhooks', () => {
  const webhooks = () => phone.served.mock.world.webhooks;
  const open = () => start('/admin/webhooks', { person: 'admin', ...WIDE });

  it('are made with what is told and how much, and the secret is shown once', async () => {
    const page = await open();
    await page.getByText('1 个订阅推送不通，请看看').waitFor();
    await press(page, '新建订阅');
    await page.getByRole('textbox', { name: '名字' }).fill('三服务小管家看板');
    await page.getByRole('textbox', { name: '推送地址' }).fill('http://board.example.cn/in');
    await page.getByRole('checkbox', { name: '签收与办理' }).click();
    await press(page, '连同内容');
    await page.getByRole('textbox', { name: '依据' }).fill('数据共享协议');
    await press(page, '创建订阅');
    await page.getByText('请用 https:// 开头的地址，http 没有加密').waitFor();
    await page.getByRole('textbox', { name: '推送地址' }).fill('https://board.example.cn/in');
    await press(page, '创建订阅');
    await page
      .getByRole('region', { name: '「三服务小管家看板」的密钥' })
      .getByText(/^whsec_/)
      .waitFor();
    const added = webhooks().hooks.at(-1);
    expect(added).toMatchObject({ level: 'content', basis: '数据共享协议' });
    expect(added?.events).toContain('reply');
    expect(added?.events).not.toContain('sign');
  });

  it('show what was sent with every try, send it again, and catch up on a stretch', async () => {
    const page = await open();
    await page.getByRole('button', { name: /^12345 热线平台/ }).click();
    await page.getByRole('button', { name: /^交办 · JH-2026-000123/ }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByText('对方 10 秒内没有回答').waitFor();
    await sheet.getByText('<html>Bad Gateway</html>').waitFor();
    await sheet.getByText('"state": "accepted"').waitFor();
    await sheet.getByRole('button', { name: '再推一次' }).click();
    await expect.poll(() => webhooks().deliveries[0]?.stateText).toBe('马上推送');
    await press(page, '补推一段');
    await page.getByRole('textbox', { name: '从' }).fill('1190');
    await press(page, '补推');
    await expect.poll(() => webhooks().replays).toEqual([{ fromSeq: '1190', toSeq: '1204' }]);
  });

  it('are tried out, and switched off after a question', async () => {
    const page = await open();
    await page.getByRole('button', { name: /^市大数据局/ }).click();
    await press(page, '试推一条');
    await page
      .getByRole('button', { name: /^试推/ })
      .last()
      .waitFor();
    await press(page, '停用');
    await page.getByRole('dialog').getByRole('button', { name: '停用', exact: true }).click();
    await expect.poll(() => webhooks().hooks[0]?.state).toBe('off');
  });
});

describe('the pages', () => {
  const LOOKS: [string, string, PhoneOptions][] = [
    ['my tokens on a phone', '/me/tokens', {}],
    ['my tokens, dark', '/me/tokens', { dark: true }],
    ['my tokens in large text on a small phone', '/me/tokens', { width: 320, large: true }],
    ['my tokens in a wide window', '/me/tokens', WIDE],
    ['webhooks on a phone', '/admin/webhooks', { person: 'admin' }],
    ['webhooks, dark', '/admin/webhooks', { person: 'admin', dark: true, ...WIDE }],
    ['webhooks in large text', '/admin/webhooks', { person: 'admin', large: true, width: 320 }],
    ['their tokens on a phone', '/admin/tokens', { person: 'admin' }],
    ['their tokens in a wide window', '/admin/tokens', { person: 'admin', ...WIDE }],
  ];
  it.each(LOOKS)('%s: nothing cut off, too small or unreadable', async (_what, address, options) => {
    const page = await start(address, options);
    if (address.endsWith('webhooks')) {
      await page.getByRole('button', { name: /^12345 热线平台/ }).click();
      await page.getByText('对方').or(page.getByText('试了 2 次没通')).first().waitFor();
    }
    expect(await overflows(page)).toEqual([]);
    expect(await truncations(page)).toEqual([]);
    expect((options.width ?? 375) < 900 ? await smallTargets(page) : []).toEqual([]);
    expect(await violations(page)).toEqual([]);
  });
});
