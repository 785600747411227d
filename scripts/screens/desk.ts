/** The desk's own picture: the reference story, at the moment its answer has come. */
import type { Browser, Page } from 'playwright-core';
import type { Whole } from './whole.ts';

const TITLE = '迎宾大道红绿灯按车流设置时长';
const PEOPLE = ['lin-shufen', 'fang-min', 'chen-jie', 'zhou-kai', 'zheng-weiping'];

/** Plays on the phones until the member is asked for stars, then hands the page to `picture`. */
export async function playTheStory(
  browser: Browser,
  whole: Whole,
  picture: (page: Page) => Promise<void>,
): Promise<void> {
  for (const [at, person] of PEOPLE.entries()) {
    await whole.hand(`p${at + 1}`, person);
  }
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    deviceScaleFactor: 2,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  await page.goto(whole.deskUrl);
  const phone = (n: number) => page.locator(`#phone-${n}`);
  const web = (n: number) => phone(n).frameLocator('iframe');
  const card = (n: number, words: string) =>
    phone(n).locator('[data-track]').filter({ hasText: TITLE }).filter({ hasText: words });
  const later = (name: string) => page.getByRole('button', { name }).click();

  await phone(1).getByRole('navigation').getByRole('button', { name: '工作台' }).click();
  await phone(1).getByRole('button', { name: '民情一点通', exact: true }).click();
  await web(1)
    .getByRole('button', { name: /提交民情/ })
    .click();
  await web(1).getByRole('textbox', { name: '标题' }).fill(TITLE);
  await web(1)
    .getByRole('textbox', { name: '情况' })
    .fill('红绿灯时间不合理，一直都是一样的，早上上班那会儿南北方向排队很长，东西方向又没什么车。');
  await web(1).getByRole('textbox', { name: '地点' }).fill('迎宾大道与环城南路交叉口');
  await web(1).getByRole('group', { name: '类别' }).getByRole('button', { name: '交通出行' }).click();
  await web(1).locator('.bar').getByRole('button', { name: '提交民情' }).click();
  await web(1).getByText('已提交，').first().waitFor();

  await later('+10 分钟');
  await card(2, '请审核').locator('[data-action=accept]').click();
  await card(3, '请交办').getByRole('link', { name: '去交办' }).click();
  const form = web(3).getByRole('dialog', { name: '交办' });
  await form.getByRole('searchbox', { name: '搜主办单位' }).fill('交警支队');
  await form.getByRole('button', { name: /^市公安局交警支队/ }).click();
  await form.getByRole('button', { name: '交办', exact: true }).click();
  await form.waitFor({ state: 'hidden' });
  await card(4, '请签收').locator('[data-action=sign]').click();
  const open = card(4, '能马上答');
  await open.getByRole('combobox').selectOption('已解决');
  await open
    .getByPlaceholder('写给委员的答复')
    .fill('已把单一配时改为四个时段，南北直行绿灯由 35 秒调至 48 秒。今早排队短了一半。');
  await open.locator('[data-action=reply]').click();
  await phone(1).getByRole('navigation').getByRole('button', { name: '消息' }).click();
  await card(1, '等您评价').getByRole('radio', { name: '5 星' }).click();
  await card(1, '等您评价').getByRole('button', { name: '打五星' }).waitFor();
  await phone(3).getByRole('navigation').getByRole('button', { name: '消息' }).click();
  await phone(5).getByRole('navigation').getByRole('button', { name: '工作台' }).click();
  await phone(5).getByRole('button', { name: '民情一点通', exact: true }).click();
  await web(5).locator('.ic-four').waitFor();
  // The messenger's banners have gone by then.
  await page.waitForTimeout(6_500);
  await picture(page);
  await context.close();
}
