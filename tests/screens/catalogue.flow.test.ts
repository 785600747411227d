import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launch, openPhone, type Phone, type PhoneOptions } from './phone.ts';

let browser: Browser;
let phone: Phone;
let sent: Record<string, unknown>[];

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
  sent = [];
  phone.page.on('request', (request) => {
    if (request.url().includes('/actions/')) {
      sent.push(request.postDataJSON() as Record<string, unknown>);
    }
  });
  await phone.open(hash);
  return phone.page;
}

async function write(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: '标题' }).fill('小区电梯总坏');
  await page.getByRole('textbox', { name: '情况' }).fill('一周停了三次。');
  await page.getByRole('textbox', { name: '地点' }).fill('李渔路 12 号');
}
const submit = (page: Page) => page.getByRole('button', { name: '提交民情' }).click();
const choose = async (page: Page, name: string): Promise<void> => {
  const chip = page.getByRole('group', { name: '类别' }).getByRole('button', { name, exact: true });
  if ((await chip.count()) === 0) {
    await page.getByRole('group', { name: '类别' }).getByRole('button', { name: '更多' }).click();
  }
  await chip.click();
};

describe('a category with questions', () => {
  it('leads to the one that must be answered, and sends each answer with its question', async () => {
    const page = await start('/report');
    await write(page);
    await choose(page, '住房物业');
    await submit(page);
    await page.getByText('请选一个').first().waitFor();
    expect(sent).toEqual([]);
    await page.getByRole('button', { name: '没有', exact: true }).click();
    await page.getByLabel('从哪天开始的').fill('2026-06-01');
    await submit(page);
    await page.getByText('已提交，').first().waitFor();
    expect(sent[0]).toMatchObject({
      categoryId: 'housing',
      answers: [
        { question: '小区有没有物业', answer: '没有' },
        { question: '从哪天开始的', answer: '2026-06-01' },
      ],
    });
    expect(sent[0]).not.toHaveProperty('plain');
  });

  it('takes none of its answers along to another category', async () => {
    const page = await start('/report');
    await write(page);
    await choose(page, '住房物业');
    await page.getByRole('button', { name: '没有', exact: true }).click();
    await choose(page, '教育');
    await submit(page);
    await page.getByText('已提交，').first().waitFor();
    expect(sent[0]).toMatchObject({ categoryId: 'education', answers: [] });
  });

  it('keeps what was answered over a restart', async () => {
    const page = await start('/report');
    await write(page);
    await choose(page, '住房物业');
    await page.getByRole('textbox', { name: '小区名称' }).fill('锦绣家园');
    await page.getByText('草稿已存').waitFor();
    await page.goto(`${phone.served.url}/#/home`);
    await page.getByText('接着写：小区电梯总坏').click();
    await expect.poll(() => page.getByRole('textbox', { name: '小区名称' }).inputValue()).toBe('锦绣家园');
  });

  it('is remembered off line', async () => {
    const page = await start('/report');
    await page.goto(`${phone.served.url}/#/home`);
    await page.getByText('等您处理').waitFor();
    phone.served.mock.control.offline = true;
    await page.getByRole('button', { name: /提交民情/ }).click();
    await choose(page, '住房物业');
    await page.getByText('小区有没有物业').waitFor();
  });
});

describe('a category with a notice', () => {
  it('tells it and takes the report', async () => {
    const page = await start('/report');
    await write(page);
    await choose(page, '公共安全');
    await page.getByText('请先拨打 110、119 或 120').waitFor();
    await submit(page);
    await page.getByText('已提交，').first().waitFor();
  });

  it('that says stop takes none, and says where to go', async () => {
    const page = await start('/report');
    await write(page);
    await choose(page, '社会保障');
    await page.getByText('个人的社保待遇请打 12333').waitFor();
    await submit(page);
    await page.getByText('请换一类').first().waitFor();
    expect(sent).toEqual([]);
    await choose(page, '教育');
    await submit(page);
    await page.getByText('已提交，').first().waitFor();
  });
});

describe('writing in one piece', () => {
  it('puts the parts together and takes them apart again, and is liked the next time', async () => {
    const page = await start('/report');
    await write(page);
    await page.getByRole('textbox', { name: '建议' }).fill('换一台。');
    await page.getByRole('button', { name: '不分开，写成一段' }).click();
    await expect
      .poll(() => page.getByRole('textbox', { name: '内容' }).inputValue())
      .toBe('一周停了三次。\n建议：换一台。');
    expect(await page.getByRole('textbox', { name: '建议' }).count()).toBe(0);
    await page.getByRole('button', { name: '分成情况、分析、建议来写' }).click();
    expect(await page.getByRole('textbox', { name: '建议' }).inputValue()).toBe('换一台。');
    await page.getByRole('button', { name: '不分开，写成一段' }).click();
    await submit(page);
    await page.getByText('已提交，').first().waitFor();
    expect(sent[0]).toMatchObject({ situation: '一周停了三次。\n建议：换一台。', suggestion: '' });
    await phone.open('/report');
    await page.getByRole('textbox', { name: '内容' }).waitFor();
  });
});

describe('reply phrases', () => {
  const open = async (): Promise<Page> => {
    const page = await start('/s/s-reply-0?do=reply', { person: 'handler' });
    await page.getByRole('textbox', { name: '答复内容' }).fill('委员您好。再见。');
    return page;
  };
  const sheet = (page: Page) => page.getByRole('dialog', { name: '常用语' });

  it('go in where the cursor stands', async () => {
    const page = await open();
    const text = page.getByRole('textbox', { name: '答复内容' });
    await text.evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(5, 5));
    await page.getByRole('button', { name: '常用语' }).click();
    await sheet(page).getByRole('button', { name: '已安排民警到现场勘查。', exact: true }).click();
    await expect.poll(() => text.inputValue()).toBe('委员您好。已安排民警到现场勘查。再见。');
  });

  it('are kept from what is marked, and thrown away without being lost', async () => {
    const page = await open();
    await page
      .getByRole('textbox', { name: '答复内容' })
      .evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(0, 5));
    await page.getByRole('button', { name: '常用语' }).click();
    const fresh = sheet(page).getByRole('textbox', { name: '新的常用语' });
    expect(await fresh.inputValue()).toBe('委员您好。');
    await sheet(page).getByRole('button', { name: '存下' }).click();
    await sheet(page).getByRole('button', { name: '删掉：委员您好。' }).click();
    await expect.poll(() => fresh.inputValue()).toBe('委员您好。');
    expect(phone.served.mock.world.phrases.map((one) => one.text)).not.toContain('委员您好。');
    expect(
      await sheet(page)
        .getByRole('button', { name: /^删掉：已安排/ })
        .count(),
    ).toBe(0);
  });
});
