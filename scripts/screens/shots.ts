/** Which screens are pictured, whose they are, and how one gets to them. */
import type { Page } from 'playwright-core';

export interface Shot {
  name: string;
  /** What is seen, as the page of all pictures says it. */
  label: string;
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

/** Milliseconds. */
const SUGGESTED_WITHIN = 5000;

async function chooseUnits(page: Page): Promise<void> {
  const form = page.getByRole('dialog', { name: '交办' });
  const search = form.getByRole('searchbox', { name: '搜主办单位' });
  // What earlier dispatches suggest comes a moment later, and stands first; where they suggest nothing the search stays.
  const suggested = form.getByRole('button', { name: '换一个单位' });
  await suggested.waitFor({ timeout: SUGGESTED_WITHIN }).catch(() => undefined);
  if (await search.isVisible()) {
    await search.fill('交警支队');
    await form.getByRole('button', { name: /^市公安局交警支队/ }).click();
  }
  await form.getByRole('button', { name: '添加' }).click();
  await form.getByRole('searchbox', { name: '搜协办单位' }).fill('综合行政执法局');
  await form.getByRole('button', { name: /^市综合行政执法局/ }).click();
  // The due moment is what the picture is about.
  await form
    .getByText(/前答复/)
    .last()
    .scrollIntoViewIfNeeded();
}

export const PHONE_SHOTS: readonly Shot[] = [
  { name: 'member-home', label: '委员首页', person: MEMBER, hash: '/home' },
  {
    name: 'member-report',
    label: '提交民情',
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
  { name: 'member-cases', label: '我的民情', person: MEMBER, hash: '/cases' },
  {
    name: 'member-case',
    label: '一件民情，委员看',
    person: MEMBER,
    hash: open,
    find: { role: 'member', queue: 'waiting', prompt: 'rate' },
  },
  {
    name: 'member-rate',
    label: '打五星',
    person: MEMBER,
    hash: (id) => `/s/${id}?do=rate&stars=5`,
    find: { role: 'member', queue: 'waiting', prompt: 'rate' },
    then: sheet,
  },
  {
    name: 'member-rate-low',
    label: '打两星，退回整改',
    person: MEMBER,
    hash: (id) => `/s/${id}?do=rate&stars=2`,
    find: { role: 'member', queue: 'waiting', prompt: 'rate' },
    then: sheet,
  },
  { name: 'me', label: '我的', person: MEMBER, hash: '/me' },
  { name: 'reviewer-desk', label: '政协审核的办件', person: REVIEWER, hash: '/desk' },
  {
    name: 'reviewer-case',
    label: '一件待审核的民情',
    person: REVIEWER,
    hash: open,
    find: { role: 'reviewer' },
  },
  {
    name: 'dispatch',
    label: '交办',
    person: DISPATCHER,
    hash: doing('dispatch'),
    find: { role: 'dispatcher' },
    then: chooseUnits,
  },
  { name: 'handler-desk', label: '承办单位的办件', person: HANDLER, hash: '/desk' },
  {
    name: 'handler-case',
    label: '一件办理中的民情',
    person: HANDLER,
    hash: open,
    find: { role: 'handler', queue: 'handling' },
  },
  {
    name: 'handler-reply',
    label: '答复委员',
    person: HANDLER,
    hash: doing('reply'),
    find: { role: 'handler', queue: 'handling' },
    then: sheet,
  },
  { name: 'inspector-counts', label: '督查：四个数', person: INSPECTOR, hash: '/desk' },
  { name: 'member-record', label: '委员的一年', person: MEMBER, hash: '/record' },
  { name: 'figures', label: '统计，督查看', person: INSPECTOR, hash: '/figures', then: drawn },
  { name: 'unit-figures', label: '统计，承办单位看', person: HANDLER, hash: '/figures', then: drawn },
];

export const WIDE_SHOTS: readonly Shot[] = [
  {
    name: 'workbench',
    label: '工作台：待审核',
    person: REVIEWER,
    hash: (id) => `/bench/${id}`,
    find: { role: 'reviewer' },
    then: (page) => page.locator('article.pn').waitFor(),
  },
  {
    name: 'workbench-dispatch',
    label: '工作台：交办',
    person: DISPATCHER,
    hash: doing('dispatch'),
    find: { role: 'dispatcher' },
    then: chooseUnits,
  },
  {
    name: 'workbench-handler',
    label: '工作台：办理中',
    person: HANDLER,
    hash: (id) => `/bench/${id}?queue=handling`,
    find: { role: 'handler', queue: 'handling' },
    then: (page) => page.locator('article.pn').waitFor(),
  },
  { name: 'late', label: '督办：为什么超期', person: INSPECTOR, hash: '/late' },
  { name: 'dashboard', label: '驾驶舱', person: INSPECTOR, hash: '/figures', then: drawn },
  {
    name: 'wall',
    label: '大屏',
    person: INSPECTOR,
    hash: '/wall',
    then: (page) => page.locator('.wl-t svg').waitFor(),
  },
  {
    name: 'print',
    label: '打印办理单',
    person: DISPATCHER,
    hash: (id) => `/print/${id}`,
    find: { role: 'dispatcher', queue: 'closed' },
    then: (page) => page.locator('main[aria-busy=false]').waitFor(),
  },
  { name: 'calendar', label: '工作日历', person: ADMIN, hash: '/admin/calendar' },
  { name: 'limits', label: '时限与规则', person: ADMIN, hash: '/admin/limits' },
  { name: 'deliveries', label: '投递记录', person: ADMIN, hash: '/admin/deliveries' },
  {
    name: 'exchange',
    label: '平台对接：加一个平台',
    person: ADMIN,
    hash: '/admin/exchange',
    then: async (page) => {
      await page.getByRole('button', { name: '加一个平台' }).click();
      await sheet(page);
    },
  },
];
