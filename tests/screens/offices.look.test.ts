/** The pages of 管理 for areas, units, people, roles, substitutes, contacts and imports, measured and read by axe. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOf, SIZES, type Screen } from './looks.ts';
import { launch } from './phone.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const press = (page: Page, name: string | RegExp): Promise<void> =>
  page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click();
const opened = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('dialog', { name }).waitFor();

const SCREENS: Screen[] = [
  { name: 'areas', hash: '/admin/areas' },
  { name: 'an area', hash: '/admin/areas?area=wucheng' },
  {
    name: 'a new area',
    hash: '/admin/areas?area=jinhua',
    then: async (page) => {
      await press(page, '加下级地区');
      await opened(page, '加地区');
    },
  },
  { name: 'a unit', hash: '/admin/areas?unit=traffic-police' },
  {
    name: 'stopping a unit',
    hash: '/admin/areas?unit=enforcement',
    then: async (page, phone) => {
      phone.served.mock.world.offices.impact = {
        stranded: 14,
        sentences: ['市综合行政执法局停用后，14 件在办的民情没人办', '3 位经办人的角色一起结束'],
        cases: ['迎宾大道红绿灯按车流设置时长', '江南街道老旧小区雨污管道反复堵塞'].map((title, at) => ({
          id: `c${at}`,
          number: `JH-2026-00012${at}`,
          title,
          stateLabel: '办理中',
        })),
      };
      await press(page, '停用');
      await page.getByText('还有 12 件没有列出').waitFor();
    },
  },
  { name: 'people', hash: '/admin/people' },
  { name: 'a member', hash: '/admin/people?person=p-lin' },
  {
    name: 'giving a role',
    hash: '/admin/people?person=p-wu',
    then: async (page) => {
      await press(page, '给角色');
      const form = page.getByRole('dialog', { name: '给吴珊角色' });
      await form.getByRole('button', { name: '给角色', exact: true }).click();
      await form.getByText('请选一个角色').waitFor();
    },
  },
  {
    name: 'arranging a substitute',
    hash: '/admin/away',
    then: async (page) => {
      await press(page, '安排代办');
      const who = page.getByRole('dialog', { name: '谁不在？' });
      await who.getByRole('searchbox').fill('周');
      await who.getByRole('button', { name: /周凯/ }).click();
      await opened(page, '安排人代周凯办');
    },
  },
  { name: 'origins', hash: '/admin/origins' },
  {
    name: 'contacts',
    hash: '/admin/contacts',
    then: async (page) => {
      await press(page, '读取通讯录，看有什么变化');
      await page.getByText('2 件在办的民情会没人办').waitFor();
    },
  },
  {
    name: 'an import with faults',
    hash: '/admin/import',
    then: async (page) => {
      await page
        .getByLabel('表格文件')
        .setInputFiles({ name: '人员.csv', mimeType: 'text/csv', buffer: Buffer.from('姓名\n') });
      await page.getByText('没有单位「没有的局」').waitFor();
    },
  },
];

describe.each(SIZES)('offices and people at $name', ({ options }) => {
  it('nothing overflows, is cut, too small or out of reach', async () => {
    expect(await faultsOf(browser, { ...options, person: 'admin' }, SCREENS)).toEqual({});
  });
});
