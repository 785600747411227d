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

async function start(hash: string, options: PhoneOptions): Promise<Page> {
  phone = await openPhone(browser, { person: 'admin', ...options });
  await phone.open(hash);
  return phone.page;
}

const SIZES: { name: string; options: PhoneOptions }[] = [
  { name: 'a phone', options: { width: 375, height: 812 } },
  { name: 'a PC', options: { width: 1440, height: 900 } },
];
const sent = (path: RegExp): number =>
  phone.served.mock.log.filter((one) => one.method === 'POST' && path.test(one.path)).length;

describe.each(SIZES)('what administrators watch, on $name', ({ options }) => {
  it('dead letters stand first; one is given to the present handler, once', async () => {
    const page = await start('/admin/deliveries', options);
    await page.getByRole('heading', { name: '3 条通知发不出去，等您处理' }).waitFor();
    const rows = await page.locator('.dt-what b').allTextContents();
    expect(rows.slice(0, 3)).toEqual(['临近到期', '已超期', '答复到了，等您评价']);
    await page.getByRole('button', { name: /黄志强/ }).click();
    await page.getByRole('heading', { name: '黄志强没有收到「临近到期」' }).waitFor();
    expect(await page.getByText('今天 15:50 前签收').isVisible()).toBe(true);
    expect(await page.getByRole('radio', { name: /改发给 郑晓岚/ }).getAttribute('aria-checked')).toBe(
      'true',
    );
    await page.getByRole('button', { name: '改发', exact: true }).dblclick();
    await page.getByText('改发给 郑晓岚').last().waitFor();
    await page
      .getByRole('heading', { name: '2 条通知发不出去，等您处理', includeHidden: true })
      .waitFor({ state: 'attached' });
    expect(sent(/redirect/)).toBe(1);
  });

  it('a telephone call is kept with who was told; what was typed survives a refusal', async () => {
    const page = await start('/admin/deliveries?state=dead', options);
    await page.getByRole('button', { name: /应建华/ }).click();
    await page.getByRole('radio', { name: /已打电话告知/ }).click();
    await page.getByLabel('说了什么').fill('下午到现场');
    await page.getByRole('button', { name: '记下这次通话' }).click();
    await page.getByText('请填写接电话的人').waitFor();
    expect(await page.getByLabel('说了什么').inputValue()).toBe('下午到现场');
    await page.getByLabel('接电话的人').fill('应队长');
    await page.getByRole('button', { name: '记下这次通话' }).click();
    await page.getByText('打电话告知了 应队长').waitFor();
    expect(await page.getByRole('button', { name: '原样重发' }).count()).toBe(0);
  });

  it('an anonymous author is nobody’s to choose for: only the call is offered', async () => {
    const page = await start('/admin/deliveries', options);
    await page.getByRole('button', { name: /匿名委员/ }).click();
    await page.getByRole('radio').first().waitFor();
    expect(await page.getByRole('radio').allTextContents()).toEqual([
      expect.stringContaining('已打电话告知'),
    ]);
  });

  it('several are sent again together, all only after a question', async () => {
    const page = await start('/admin/deliveries?state=dead', options);
    await page.getByRole('checkbox', { name: /黄志强/ }).click();
    await page.getByRole('checkbox', { name: /应建华/ }).click();
    await page.getByRole('button', { name: '重发选中的 2 条' }).click();
    await page.getByText('已重发 2 条').first().waitFor();
    expect(await page.locator('.dt-what b').count()).toBe(1);
    await page.locator('.dl-bulk').getByRole('button', { name: '全部重发' }).click();
    await page.getByText('全部重发一次？').waitFor();
    await page.getByRole('button', { name: '先不' }).click();
    expect(sent(/resend/)).toBe(1);
    await page.locator('.dl-bulk').getByRole('button', { name: '全部重发' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '全部重发' }).click();
    await page.getByText('没有发不出去的通知').first().waitFor();
    expect(sent(/resend/)).toBe(2);
  });

  it('the list is narrowed by channel and words', async () => {
    const page = await start('/admin/deliveries', options);
    await page.getByLabel('渠道').selectOption('互动卡片');
    await page.getByRole('button', { name: /陈洁/ }).waitFor({ state: 'detached' });
    await page.getByLabel('渠道').selectOption('全部渠道');
    await page.getByPlaceholder('民情、人名或单位').fill('磐安');
    await page.getByRole('button', { name: /马俊/ }).waitFor({ state: 'detached' });
    expect(await page.locator('.dt-name').allTextContents()).toEqual(['孔德明']);
  });

  it('the audit log is narrowed, and unfolded', async () => {
    const page = await start('/admin/audit', options);
    await page.getByLabel('类别').selectOption('管理设置');
    await page.getByRole('button', { name: /给了角色/ }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /修改单位/ }).click();
    await page.getByText('交警 → 交警支队').waitFor();
  });

  it('the ledger is checked on request, and the card follows until it is done', async () => {
    const page = await start('/admin/audit', options);
    await page.getByRole('button', { name: '现在核验' }).click();
    await page.getByRole('progressbar').waitFor();
    expect(await page.getByRole('button', { name: '正在核验' }).isDisabled()).toBe(true);
    await page.getByText('核到第 12,409 条').waitFor({ timeout: 10_000 });
    expect(await page.getByRole('progressbar').count()).toBe(0);
  });

  it('what stands still is put right after a question; what only people can, stays', async () => {
    const page = await start('/admin/stuck', options);
    await page.getByRole('button', { name: /修复 JH-2026-000104/ }).click();
    await page.getByText('修复 JH-2026-000104？').waitFor();
    await page.getByRole('button', { name: '先不' }).click();
    expect(sent(/repair/)).toBe(0);
    await page.getByRole('button', { name: '全部修复' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '全部修复' }).click();
    await page.getByText('修好 2 件').first().waitFor();
    await page.getByText('郑晓岚没有卡片').waitFor({ state: 'detached' });
    expect(await page.getByText('市建设局没有经办人').isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: '全部修复' }).count()).toBe(0);
  });

  it('a page that nothing waits on is not in the list', async () => {
    const page = await start('/admin/audit', options);
    phone.served.mock.world.watch.stuck = [];
    await page.goto('about:blank');
    await phone.open(options.width === 375 ? '/admin' : '/admin/audit');
    await page.getByText('操作审计').first().waitFor();
    expect(await page.getByRole('link', { name: /卡住的民情/ }).count()).toBe(0);
  });
});

describe('somebody who administers nothing', () => {
  it('is told whom to ask, and nothing is asked for', async () => {
    const page = await start('/admin/deliveries', { person: 'handler', width: 1440, height: 900 });
    await page.getByText('这里只有管理员能用').waitFor();
    expect(phone.served.mock.log.filter((one) => one.path.startsWith('/deliveries'))).toEqual([]);
  });
});
