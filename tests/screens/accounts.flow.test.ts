import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { GOOD_CODE } from '../../miniapp/tests/mock-api/accounts.ts';
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

const start = async (hash: string, options: PhoneOptions = {}) => {
  phone = await openPhone(browser, options);
  await phone.open(hash);
  return phone.page;
};
const asked = (path: string) => phone.served.mock.log.filter((one) => one.path.startsWith(path)).length;
async function sound(): Promise<void> {
  expect(await overflows(phone.page)).toEqual([]);
  expect(await truncations(phone.page)).toEqual([]);
  const touched = (phone.page.viewportSize()?.width ?? 0) < 900;
  expect(touched ? await smallTargets(phone.page) : []).toEqual([]);
  expect(await violations(phone.page)).toEqual([]);
}

describe('one’s own account in another messenger', () => {
  it('is linked by a code that is shown large, with what to do there', async () => {
    const page = await start('/me');
    await page.getByRole('button', { name: /关联另一个账号/ }).click();
    const sheet = page.getByRole('dialog', { name: '关联另一个账号' });
    await sheet.getByRole('button', { name: '取关联码' }).click();
    await sheet.getByText('482 913 077').waitFor();
    await sheet.getByText('08:51 前有效，只能用一次').waitFor();
    await sound();
    await sheet.getByRole('button', { name: '换一个码' }).click();
    await expect.poll(() => asked('/me/accounts/code')).toBe(2);
  });

  it('a code from there is typed by threes; a wrong one is told at the field and stays', async () => {
    const page = await start('/me', { large: true });
    await page.getByRole('button', { name: /关联另一个账号/ }).click();
    const sheet = page.getByRole('dialog', { name: '关联另一个账号' });
    await sheet.getByRole('button', { name: '输入那边的码' }).click();
    const field = sheet.getByLabel(/关联码/);
    await field.fill('123');
    await sheet.getByRole('button', { name: '关联', exact: true }).click();
    await sheet.getByText('关联码是 9 位数字').waitFor();
    expect(asked('/me/accounts/link')).toBe(0);
    await field.fill('111222333');
    await sheet.getByRole('button', { name: '关联', exact: true }).click();
    await sheet.getByText('关联码不对或已过期').waitFor();
    expect(await field.inputValue()).toBe('111 222 333');
    await sound();
    await field.fill(GOOD_CODE);
    await sheet.getByRole('button', { name: '关联', exact: true }).click();
    await page.getByText('已请管理员确认').first().waitFor();
  });

  it('is taken away again after a question', async () => {
    phone = await openPhone(browser, {});
    phone.served.mock.world.accounts.mine = {
      accounts: [
        {
          id: 'a1',
          hostName: '钉钉',
          departments: ['市政协'],
          here: true,
          seenText: '今天 08:40 用过',
          mayLeave: false,
        },
        {
          id: 'a2',
          hostName: '浙政钉',
          departments: ['金华市政协'],
          here: false,
          seenText: '昨天 17:02 用过',
          mayLeave: true,
        },
      ],
      others: [],
    };
    await phone.open('/me');
    await sound();
    await phone.page.getByRole('button', { name: '解除' }).click();
    await phone.page.getByRole('dialog').getByRole('button', { name: '解除' }).click();
    await expect.poll(() => phone.served.mock.world.accounts.mine.accounts.length).toBe(1);
  });
});

describe('who is not on the roster here', () => {
  it('gets in with the code of the messenger where they are', async () => {
    const page = await start('/me', { person: 'stranger', gov: true });
    await page.getByRole('button', { name: '我在别的平台已有账号' }).click();
    const field = page.getByLabel(/关联码/);
    await field.fill('999999999');
    await page.getByRole('button', { name: '关联', exact: true }).click();
    await page.getByText('关联码不对或已过期').waitFor();
    await page.getByText('您不在名单中').waitFor();
    await sound();
    await field.fill(GOOD_CODE);
    await page.getByRole('button', { name: '关联', exact: true }).click();
    await page.getByRole('heading', { name: '林淑芬' }).waitFor();
  });
});

describe('管理 · 关联账号', () => {
  it.each([
    { width: 375, height: 724 },
    { width: 1440, height: 900 },
  ])('two people are told to be one, or two, at $width', async (size) => {
    const page = await start('/admin/links', { person: 'admin', ...size });
    await page.getByText('确认后，用浙政钉登录的也是周凯（钉钉）').waitFor();
    await page.getByText(/经手的记录不能改名/).waitFor();
    expect(await page.getByRole('button', { name: '是同一个人' }).count()).toBe(1);
    await sound();
    await page.getByRole('button', { name: '是同一个人' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '是同一个人' }).click();
    await expect.poll(() => phone.served.mock.world.accounts.links[0]?.state).toBe('linked');
    await page.getByRole('button', { name: '已处理' }).click();
    await page.getByRole('button', { name: '解除关联' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '解除' }).click();
    await expect.poll(() => phone.served.mock.world.accounts.links[0]?.state).toBe('undone');
  });
});
