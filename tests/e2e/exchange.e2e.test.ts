/** The reference story where the 三服务 side works on its own platform's page, and the member on the phone sees no difference. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, type Connected } from '../exchange/rig.ts';
import { launch, openDeskOf, SHOWN, type Desk } from './desk.ts';
import { handTo, SOON } from './steps.ts';

const TITLE = '迎宾大道红绿灯按车流设置时长';
const REPLY = '已把单一配时改为四个时段，南北直行绿灯由 35 秒调至 48 秒。';
const MEMBER = 1;

describe('a county whose 三服务办 works on the connected platform', () => {
  let browser: Browser;
  let both: Connected;
  let desk: Desk;
  let clerk: Page;
  let caseId: string;
  beforeAll(async () => {
    browser = await launch();
    both = await connect(SHOWN);
    desk = await openDeskOf(browser, both.town);
    caseId = await both.accepted();
    await both.standsThere(caseId, 'DJS');
    clerk = await desk.context.newPage();
    await clerk.setViewportSize({ width: 1440, height: 900 });
    await clerk.goto(`${both.platform.url}/`);
    await clerk.getByRole('button', { name: new RegExp(TITLE) }).click();
  });
  afterAll(async () => {
    await desk?.context.close();
    await both?.close();
    await browser?.close();
  });

  const press = (name: string): Promise<void> => clerk.getByRole('button', { name, exact: true }).click();
  /** Fills the form an act opens, and sends it. */
  async function fills(act: string, fields: (form: ReturnType<Page['getByRole']>) => Promise<unknown>) {
    await press(act);
    const form = clerk.getByRole('form', { name: act });
    await fields(form);
    await form.getByRole('button', { name: act }).click();
    await form.waitFor({ state: 'hidden' });
  }

  it('the clerk receives it and dispatches it there', async () => {
    await press('接收');
    await fills('派单', async (form) => {
      await form.getByLabel('主办单位').selectOption({ label: '永康市公安局' });
      await form.getByLabel('几天内答复').fill('3');
      await form.getByLabel('派单意见').fill('到路口实测');
    });
    await both.standsHere(caseId, 'dispatched');
  });

  it('the unit signs and answers there', async () => {
    await press('签收');
    await both.standsHere(caseId, 'handling');
    await fills('答复', async (form) => {
      await form.getByLabel('结果').selectOption({ label: '已解决' });
      await form.getByLabel('内容').fill(REPLY);
    });
    await both.standsHere(caseId, 'replied');
  });

  it('the member rates on the card and reads the whole way, nowhere told of a platform', async () => {
    await handTo(desk, MEMBER, '胡建国');
    const card = await desk.card(MEMBER, '答复到了，等您评价');
    expect(await card.innerText()).toContain('南北直行绿灯由 35 秒调至 48 秒');
    await card.getByRole('radio', { name: '5 星' }).click();
    await card.getByText('非常满意').waitFor();
    await card.getByRole('button', { name: '打五星' }).click();
    await expect.poll(() => desk.phone(MEMBER).getByRole('img', { name: '5 星' }).count(), SOON).toBe(1);
    await both.standsHere(caseId, 'closed');
    const app = await desk.openApp(MEMBER);
    await app.getByText('我的民情').waitFor();
    await app.locator('body').evaluate((_body, id) => {
      location.hash = `#/case/${id}`;
    }, caseId);
    for (const step of ['已交办', '已签收', REPLY]) {
      await app.getByText(step).first().waitFor();
    }
    expect(await app.locator('body').innerText()).not.toMatch(/小管家|平台/);
  });

  it('the clerk reads the stars there, and no page complained', async () => {
    await both.standsThere(caseId, 'YBJ');
    await clerk.getByText('5 星').first().waitFor();
    expect(desk.problems).toEqual([]);
  });
});
