/** Which screens are pictured, whose they are, and how one gets to them. */
import type { Page } from 'playwright-core';

export interface Shot {
  name: string;
  /** Of the messenger's directory. */
  person: string;
  /** The address inside the app; `find` names the case it needs. */
  hash: string | ((caseId: string) => string);
  /** The desk's role and the queue whose first case is shown; of a member, the first that asks for `prompt`. */
  find?: { role: string; queue?: string; prompt?: string };
  /** What is done before the picture is taken. */
  then?: (page: Page) => Promise<unknown>;
}

const MEMBER = 'lin-shufen';
const REVIEWER = 'fang-min';
const DISPATCHER = 'chen-jie';
const HANDLER = 'zhou-kai';
const INSPECTOR = 'zheng-weiping';
const ADMIN = 'admin-01';

const open = (id: string): string => `/case/${id}`;
const doing =
  (act: string) =>
  (id: string): string =>
    `/s/${id}?do=${act}`;
const sheet = (page: Page): Promise<void> => page.getByRole('dialog').first().waitFor();

const drawn = (page: Page): Promise<void> => page.locator('.tc-chart svg').waitFor();

async function chooseUnits(page: Page): Promise<void> {
  const form = page.getByRole('dialog', { name: '交办' });
  const search = form.getByRole('searchbox', { name: '搜主办单位' });
  // What earlier dispatches suggest stands first; where they suggest nothing there is the search alone.
  const other = form.getByRole('button', { name: '换一个单位' });
  await page.waitForLoadState('networkidle');
  await search.or(other).first().waitFor();
  if (await search.isVisible()) {
    await search.fill('交警支队');
    await form.getByRole('button', { name: /^市公安局交警支队/ }).click();
  }
  await form.getByRole('button', { name: '添加' }).click();
  await form.getByRole('searchbox', { name: '搜协办单位' }).fill('综合行政执法局');
  await form.getByRole('button', { name: /^市综合行政执法局/ }).click();
  await form
    .getByText(/前答复/)
    .last()
    .waitFor();
}

export const PHONE_SHOTS: readonly Shot[] = [
  { name: 'member-home', person: MEMBER, hash: '/home' },
  {
    name: 'member-report',
    person: MEMBER,
    hash: '/report',
    then: async (page) => {
      await page.getByRole('textbox', { name: '标题' }).fill('迎宾大道红绿灯按车流设置时长');
      await page
        .getByRole('textbox', { name: '情况' })
        .fill('红绿灯时间不合理，一直都是一样的，早上上班那会儿南北方向排队很长，东西方向又没什么车。');
      await page.getByText('草稿已存').waitFor();
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    },
  },
  { name: 'member-cases', person: MEMBER, hash: '/cases' },
  {
    name: 'member-case',
    person: MEMBER,
    hash: open,
    find: { role: 'member', queue: 'waiting', prompt: 'rate' },
  },
  {
    name: 'member-rate',
    person: MEMBER,
    hash: (id) => `/s/${id}?do=rate&stars=5`,
    find: { role: 'member', queue: 'waiting', prompt: 'rate' },
    then: sheet,
  },
  {
    name: 'member-rate-low',
    person: MEMBER,
    hash: (id) => `/s/${id}?do=rate&stars=2`,
    find: { role: 'member', queue: 'waiting', prompt: 'rate' },
    then: sheet,
  },
  { name: 'me', person: MEMBER, hash: '/me' },
  { name: 'reviewer-desk', person: REVIEWER, hash: '/desk' },
  { name: 'reviewer-case', person: REVIEWER, hash: open, find: { role: 'reviewer' } },
  {
    name: 'dispatch',
    person: DISPATCHER,
    hash: doing('dispatch'),
    find: { role: 'dispatcher' },
    then: chooseUnits,
  },
  { name: 'handler-desk', person: HANDLER, hash: '/desk' },
  { name: 'handler-case', person: HANDLER, hash: open, find: { role: 'handler', queue: 'handling' } },
  {
    name: 'handler-reply',
    person: HANDLER,
    hash: doing('reply'),
    find: { role: 'handler', queue: 'handling' },
    then: sheet,
  },
  { name: 'inspector-counts', person: INSPECTOR, hash: '/desk' },
  { name: 'member-record', person: MEMBER, hash: '/record' },
  { name: 'figures', person: INSPECTOR, hash: '/figures', then: drawn },
  { name: 'unit-figures', person: HANDLER, hash: '/figures', then: drawn },
];

export const WIDE_SHOTS: readonly Shot[] = [
  {
    name: 'workbench',
    person: REVIEWER,
    hash: (id) => `/bench/${id}`,
    find: { role: 'reviewer' },
    then: (page) => page.locator('article.pn').waitFor(),
  },
  {
    name: 'workbench-dispatch',
    person: DISPATCHER,
    hash: doing('dispatch'),
    find: { role: 'dispatcher' },
    then: chooseUnits,
  },
  {
    name: 'workbench-handler',
    person: HANDLER,
    hash: (id) => `/bench/${id}?queue=handling`,
    find: { role: 'handler', queue: 'handling' },
    then: (page) => page.locator('article.pn').waitFor(),
  },
  { name: 'late', person: INSPECTOR, hash: '/late' },
  { name: 'dashboard', person: INSPECTOR, hash: '/figures', then: drawn },
  {
    name: 'wall',
    person: INSPECTOR,
    hash: '/wall',
    then: (page) => page.locator('.wl-t svg').waitFor(),
  },
  {
    name: 'print',
    person: REVIEWER,
    hash: (id) => `/print/${id}`,
    find: { role: 'reviewer', queue: 'ended' },
  },
  { name: 'calendar', person: ADMIN, hash: '/admin/calendar' },
  { name: 'limits', person: ADMIN, hash: '/admin/limits' },
  { name: 'deliveries', person: ADMIN, hash: '/admin/deliveries' },
  {
    name: 'exchange',
    person: ADMIN,
    hash: '/admin/exchange',
    then: async (page) => {
      await page.getByRole('button', { name: '加一个平台' }).click();
      await sheet(page);
    },
  },
];
