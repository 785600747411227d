import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { refuse } from '../../miniapp/tests/mock-api/answers.ts';
import { launch, openPhone, type Phone, type PhoneOptions } from './phone.ts';

let browser: Browser;
let phone: Phone;
let sent: { path: string; body: Record<string, unknown> }[];

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
afterEach(async () => {
  await phone.close();
  expect(phone.problems).toEqual([]);
});

async function start(hash: string, options: PhoneOptions): Promise<Page> {
  phone = await openPhone(browser, options);
  sent = [];
  phone.page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().includes('/actions/')) {
      sent.push({
        path: request.url().replace(/^.*\/api/, ''),
        body: request.postDataJSON() as Record<string, unknown>,
      });
    }
  });
  await phone.open(hash);
  return phone.page;
}

const WIDE = { width: 1440, height: 900 };
const inBar = (page: Page, name: string): Locator =>
  page.locator('.bar').getByRole('button', { name, exact: true });

describe('a desk on the phone', () => {
  it('opens a queue by its count and a case by its row', async () => {
    const page = await start('/desk', { person: 'handler' });
    await page.getByRole('button', { name: '9 办理中' }).click();
    await page.getByText('9 件，按到期先后排').waitFor();
    expect(await page.locator('.dr').first().innerText()).toContain('超 2 小时');
    await page.getByRole('link', { name: /迎宾大道红绿灯/ }).click();
    await page.getByRole('heading', { name: /前答复/ }).waitFor();
  });

  it('leads the inspector from four counts to their lists and back', async () => {
    const page = await start('/desk', { person: 'inspector' });
    await page.getByRole('button', { name: /临近 ?\d/ }).click();
    await page.getByText(/^\d+ 件，按到期先后排$/).waitFor();
    await page.goBack();
    await page.getByText('1 件等您裁定，').waitFor();
  });

  it('signs with one tap and offers the answer next', async () => {
    const page = await start('/case/s-sign-0', { person: 'handler' });
    await inBar(page, '签收').click();
    await inBar(page, '答复').waitFor();
    expect(sent).toEqual([{ path: '/cases/s-sign-0/actions/sign', body: {} }]);
  });

  it('opens the next waiting case after a dispatch, which names units, limit and the version seen', async () => {
    const page = await start('/s/s-dispatch-0?do=dispatch', { person: 'dispatcher' });
    const form = page.getByRole('dialog', { name: '交办' });
    await form
      .getByRole('radio', { name: /市公安局交警支队/ })
      .or(form.getByRole('searchbox'))
      .first()
      .waitFor();
    await form.getByRole('button', { name: '换一个单位' }).click();
    await form.getByRole('searchbox').fill('交警');
    await form.getByRole('button', { name: /市公安局交警支队/ }).click();
    await form.getByRole('button', { name: '添加' }).click();
    await form.getByRole('button', { name: /市综合行政执法局/ }).click();
    await form.getByRole('button', { name: '加一些' }).click();
    await form.getByText('7月10日 17:00 前答复').waitFor();
    await form.getByText('按规定是 3 个工作日').waitFor();
    await form.getByRole('textbox', { name: '交办意见' }).fill('请到路口实测。');
    await form.getByRole('button', { name: '交办给 2 个单位' }).click();
    await page.waitForURL(/#\/case\/s-dispatch-(?!0)/);
    await page.getByRole('heading', { name: '东市南街雨后窨井盖松动' }).waitFor();
    expect(sent).toEqual([
      {
        path: '/cases/s-dispatch-0/actions/dispatch',
        body: {
          leadUnitId: 'traffic-police',
          coUnitIds: ['enforcement'],
          limit: { unit: 'days', amount: 4 },
          note: '请到路口实测。',
          countersign: false,
          seenVersion: 2,
        },
      },
    ]);
  });

  it('takes over the words and the class of a card, and asks for what they need', async () => {
    const page = await start(
      '/s/s-reply-0?do=reply&class=planned&text=' + encodeURIComponent('委员您好，\u202e已列入明年计划。'),
      { person: 'handler' },
    );
    const form = page.getByRole('dialog', { name: '答复委员' });
    const text = form.getByRole('textbox', { name: '答复内容' });
    await expect.poll(() => text.inputValue()).toBe('委员您好，已列入明年计划。');
    expect(page.url()).not.toContain('do=');
    await form.getByRole('button', { name: '答复' }).click();
    await form.getByText('请选承诺哪一天前落实').waitFor();
    expect(sent).toEqual([]);
    await form.getByLabel('哪一天前落实').last().fill('2027-05-01');
    await form.getByRole('button', { name: '答复' }).click();
    await expect
      .poll(() => sent.at(-1)?.body)
      .toEqual({
        class: 'planned',
        text: '委员您好，已列入明年计划。',
        fileIds: [],
        promisedOn: '2027-05-01',
        reason: null,
      });
  });

  it('keeps a half-written answer over a restart of the web view', async () => {
    const page = await start('/s/s-reply-0?do=reply', { person: 'handler' });
    await page.getByRole('button', { name: '已解决' }).click();
    await page.getByRole('textbox', { name: '答复内容' }).fill('写到一半');
    await page.getByText('草稿已存').waitFor();
    await page.reload();
    await inBar(page, '答复').click();
    await expect.poll(() => page.getByRole('textbox', { name: '答复内容' }).inputValue()).toBe('写到一半');
    expect(await page.getByRole('button', { name: '已解决' }).getAttribute('aria-pressed')).toBe('true');
  });

  it('tells why an act was refused and what happened since, and shows the fresh case on demand', async () => {
    const page = await start('/s/s-dispatch-0?do=sendBack', { person: 'dispatcher' });
    phone.served.mock.control.fail = (request) =>
      request.path.endsWith('/actions/sendBack')
        ? refuse(409, 'refused', '这件民情已经交办', { since: ['今天 14:20 陈洁 已交办'] })
        : null;
    const form = page.getByRole('dialog', { name: '退回政协' });
    await form.getByRole('textbox').fill('缺少地点');
    await form.getByRole('button', { name: '退回政协' }).click();
    await form.getByText('今天 14:20 陈洁 已交办').waitFor();
    expect(await form.getByRole('textbox').inputValue()).toBe('缺少地点');
    const before = phone.served.mock.log.filter((one) => one.path === '/cases/s-dispatch-0').length;
    await form.getByRole('button', { name: '看最新情况' }).click();
    await form.waitFor({ state: 'hidden' });
    await expect
      .poll(() => phone.served.mock.log.filter((one) => one.path === '/cases/s-dispatch-0').length)
      .toBeGreaterThan(before);
  });

  it('sends photos of progress by their ids and lets the member see it or not', async () => {
    const page = await start('/s/s-reply-0?do=progress', { person: 'handler' });
    const form = page.getByRole('dialog', { name: '报进展' });
    await form.getByRole('textbox').fill('已到现场测车流');
    await form.getByRole('switch').click();
    await form
      .locator('input[type=file]')
      .setInputFiles([{ name: '现场.png', mimeType: 'image/png', buffer: Buffer.alloc(900, 1) }]);
    await form.getByRole('button', { name: '移除 现场.png' }).waitFor();
    await form.getByRole('button', { name: '报进展' }).click();
    await expect.poll(() => sent.length).toBe(1);
    expect(sent[0]!.body).toMatchObject({ text: '已到现场测车流', visible: false });
    await expect.poll(() => [...phone.served.mock.world.files.keys()]).toEqual(sent[0]!.body.fileIds);
  });

  it('asks once more before a dispatch is recalled', async () => {
    const page = await start('/s/s-watched-0?do=recall', { person: 'dispatcher' });
    const form = page.getByRole('dialog', { name: '撤回交办' }).first();
    await form.getByRole('textbox').fill('派错了');
    await form.getByRole('button', { name: '撤回交办' }).click();
    await page.getByRole('button', { name: '先不' }).click();
    expect(sent).toEqual([]);
    await form.getByRole('button', { name: '撤回交办' }).click();
    await page.locator('.van-dialog').getByRole('button', { name: '撤回交办' }).click();
    await expect.poll(() => sent.map((one) => one.body)).toEqual([{ reason: '派错了' }]);
  });
});

describe('the workbench', () => {
  it('a reviewer begins to file for a member, and goes on where it was left', async () => {
    const page = await start('/bench', { person: 'reviewer', ...WIDE });
    const column = page.getByRole('navigation', { name: '队列' });
    await column.getByRole('link', { name: '代委员录入' }).click();
    await page.getByRole('heading', { name: '代委员录入' }).waitFor();
    await page.getByRole('textbox', { name: '标题', exact: true }).fill('替王委员录入的一件');
    await page.getByText('草稿已存').waitFor();
    await page.goBack();
    await column.getByRole('link', { name: '接着写：替王委员录入的一件' }).click();
    await expect
      .poll(() => page.getByRole('textbox', { name: '标题', exact: true }).inputValue())
      .toBe('替王委员录入的一件');
  });

  it('walks the list by keys, and not while a field has the focus', async () => {
    const page = await start('/bench', { ...WIDE, person: 'dispatcher' });
    await page.getByRole('link', { name: /东市南街雨后窨井盖松动/ }).waitFor();
    await page.keyboard.press('j');
    await page.getByRole('article', { name: /东市南街雨后窨井盖松动/ }).waitFor();
    await page.keyboard.press('j');
    await page.getByRole('article', { name: '人民医院急诊通道被社会车辆占用' }).waitFor();
    await page.keyboard.press('k');
    await page.getByRole('article', { name: /东市南街雨后窨井盖松动/ }).waitFor();
    const at = page.url();
    await page.keyboard.press('/');
    await page.keyboard.type('jkp');
    expect(await page.getByRole('searchbox').inputValue()).toBe('jkp');
    expect(page.url()).toBe(at);
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('accepts by P and Ctrl+Enter, then stands at the next case', async () => {
    const page = await start('/bench/s-review-0', { ...WIDE, person: 'reviewer' });
    await page.getByRole('button', { name: '受理 P' }).waitFor();
    await page.keyboard.press('p');
    const form = page.getByRole('dialog', { name: '受理' });
    await form.getByRole('button', { name: '紧急' }).click();
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/#\/bench\/s-review-(?!0)/);
    expect(sent).toEqual([
      {
        path: '/cases/s-review-0/actions/accept',
        body: { categoryId: 'traffic', urgency: 'urgent', openness: 'staff', note: '', seenVersion: 1 },
      },
    ]);
    // The list is asked for again after the act; until then the row may still stand there.
    await expect
      .poll(() => page.locator('.cl').getByText('迎宾大道红绿灯按车流设置时长').count(), { timeout: 20_000 })
      .toBe(0);
  });

  it('shows what an edit took out and put in', async () => {
    const page = await start('/bench/s-dispatch-0', { ...WIDE, person: 'dispatcher' });
    await page.getByText('委员原文').waitFor();
    expect(await page.locator('del').allInnerTexts()).toContain('很长很长');
    expect(await page.locator('ins').allInnerTexts()).toContain('（环城南路至李渔路）');
  });

  it('takes turns between list and case in a narrow window, and gives way to the phone below 900', async () => {
    const page = await start('/bench', { width: 1000, height: 800, person: 'dispatcher' });
    await page.getByRole('link', { name: /人民医院急诊通道/ }).click();
    await page.getByRole('article').waitFor();
    expect(await page.getByRole('searchbox').isVisible()).toBe(false);
    await page.getByRole('button', { name: '列表' }).click();
    await page.getByRole('searchbox').waitFor();
    await page.setViewportSize({ width: 600, height: 800 });
    await page.waitForURL(/#\/desk/);
  });

  it('follows a case that moves elsewhere', async () => {
    const page = await start('/bench/s-reply-0', { ...WIDE, person: 'handler' });
    await page.getByRole('button', { name: '答复 P' }).waitFor();
    const { cases } = phone.served.mock.world;
    const view = cases.get('s-reply-0')!;
    cases.set('s-reply-0', { ...view, version: 9, headline: ['已由同事答复'], actions: [] });
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.getByText('已由同事答复').waitFor();
    await expect.poll(() => page.getByRole('button', { name: '答复 P' }).count()).toBe(0);
  });
});
