import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { WHO } from '../support/town.ts';
import { launch, openDesk, PHONE, type Desk } from './desk.ts';
import { answerOnCard, file, handTo, MINUTE, openFromCard, rateTwoStars, SOON } from './steps.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

describe.each(STORES)('other ways on the phones of the desk, on $name', (store) => {
  let database: TestDatabase;
  let desk: Desk;
  beforeAll(async () => {
    database = await store.create();
    desk = await openDesk(browser, { databaseUrl: database.databaseUrl });
  });
  afterAll(async () => {
    await desk?.close();
    await database?.drop();
  });

  const read = async (caseId: string): Promise<Record<string, never>> =>
    (await (await desk.town.person(WHO.member)).call('GET', `/cases/${caseId}`)).body;

  describe('a unit that is not the right one', () => {
    const TITLE = '将军路人行道地砖破损';

    it('gives the case back from the page its card opens, and its card can act no more', async () => {
      await file(desk, TITLE, 'dispatched');
      const app = await openFromCard(desk, PHONE.handler, TITLE);
      await app.getByRole('button', { name: '更多' }).click();
      await app
        .getByRole('dialog')
        .getByRole('button', { name: /^退回改派/ })
        .click();
      const form = app.getByRole('dialog', { name: '退回改派' });
      await form.getByRole('textbox', { name: '原因' }).fill('人行道地砖归市政设施，请改派建设局。');
      await form.getByRole('button', { name: '选单位' }).click();
      await form.getByRole('searchbox', { name: '搜建议由谁办' }).fill('建设');
      await form.getByRole('button', { name: /^市建设局/ }).click();
      await form.getByRole('button', { name: '退回改派', exact: true }).click();
      await form.waitFor({ state: 'hidden' });
      const handled = await desk.card(PHONE.handler, TITLE);
      await expect.poll(() => handled.getAttribute('class'), SOON).toContain('done');
      await expect.poll(() => desk.live(PHONE.handler).count(), SOON).toBe(0);
    });

    it('the dispatcher reads why, and gives it to the unit that was named', async () => {
      const card = await desk.card(PHONE.dispatcher, '单位退回，请改派');
      expect(await card.innerText()).toContain(TITLE);
      await card.getByRole('link', { name: '去改派' }).click();
      const app = desk.web(PHONE.dispatcher);
      const form = app.getByRole('dialog', { name: '改派' });
      await form.getByText('人行道地砖归市政设施').waitFor();
      await form.getByText('建议由市建设局办理').waitFor();
      await form.getByRole('searchbox', { name: '搜主办单位' }).fill('建设');
      await form.getByRole('button', { name: /^市建设局/ }).click();
      await form.getByRole('button', { name: '改派', exact: true }).click();
      await form.waitFor({ state: 'hidden' });
      await expect.poll(() => desk.live(PHONE.dispatcher).count(), SOON).toBe(0);
    });

    it('the new unit signs on its card', async () => {
      const guide = desk.page.locator('[data-test=guide]');
      await expect.poll(() => guide.textContent(), SOON).toMatch(/轮到田思远.*将军路.*点「签收」/);
      await desk.page.getByRole('button', { name: '带我去' }).click();
      await desk.page.locator('.pk[data-phone="4"] .pk-b').filter({ hasText: '田思远' }).waitFor();
      const card = await desk.card(PHONE.handler, TITLE);
      await card.locator('[data-action=sign]').click();
      const open = await desk.card(PHONE.handler, '能马上答，就直接写');
      await expect.poll(() => open.locator('[data-action=sign]').count(), SOON).toBe(0);
      await handTo(desk, PHONE.handler, '周凯');
    });
  });

  describe('a question nobody answers', () => {
    const TITLE = '丹溪路路灯整夜不亮';
    let caseId: string;

    it('is asked on the handler’s page, stops the clock and stands on the member’s card', async () => {
      caseId = await file(desk, TITLE, 'dispatched');
      const app = await openFromCard(desk, PHONE.handler, TITLE);
      await app.getByRole('button', { name: '更多' }).click();
      await app
        .getByRole('dialog')
        .getByRole('button', { name: /^向委员核实/ })
        .click();
      const form = app.getByRole('dialog', { name: '向委员核实' });
      await form.getByRole('textbox', { name: '想核实的问题' }).fill('是哪几盏不亮？');
      await form.getByRole('button', { name: '向委员核实', exact: true }).click();
      await form.waitFor({ state: 'hidden' });
      const paused = await desk.card(PHONE.handler, '等委员回答，计时暂停');
      expect(await paused.innerText()).toContain(TITLE);
      const question = await desk.card(PHONE.member, '单位向您核实');
      expect(await question.innerText()).toContain('是哪几盏不亮？');
      expect(await question.getByPlaceholder('写您的回答').count()).toBe(1);
    });

    it('ends by itself when the desk’s clock passes its limit, and the unit’s clock runs on', async () => {
      const before = await read(caseId);
      const skip = desk.page.getByRole('button', { name: /^到下个时限/ });
      // The clock stops at each deadline on the way; the question's is the second working day's close of business.
      await expect
        .poll(
          async () => {
            await skip.click();
            return (await read(caseId)).ask;
          },
          { timeout: 60_000, interval: 500 },
        )
        .toBeNull();
      const asked = before as unknown as { ask: { question: string } };
      expect(asked.ask.question).toBe('是哪几盏不亮？');
      const running = await desk.card(PHONE.handler, /请签收|请答复/);
      await expect.poll(() => running.innerText(), SOON).toContain(TITLE);
      // Due on Thursday 17:00; the pause lasted from Monday 08:41 to Wednesday 17:00, 20 h 49 min of office hours.
      await expect.poll(() => running.innerText(), SOON).toMatch(/7月14日 周二 16:4\d 前/);
      await expect.poll(() => desk.live(PHONE.member).count(), SOON).toBe(0);
    });

    it('the unit answers on its card without it, and gets its stars', async () => {
      await answerOnCard(desk, PHONE.handler, TITLE, '整条路的路灯都已修好。');
      const rate = await desk.card(PHONE.member, '整条路的路灯都已修好');
      await rate.getByRole('radio', { name: '4 星' }).click();
      await rate.getByRole('button', { name: '打四星' }).click();
      await expect.poll(async () => (await read(caseId)).state, SOON).toBe('closed');
    });
  });

  describe('an answer that never satisfies', () => {
    const TITLE = '八一南街夜间施工扰民';
    let caseId: string;

    it('goes back twice, and the third time nobody is asked to rework it', async () => {
      caseId = await file(desk, TITLE, 'dispatched');
      for (const round of [1, 2, 3]) {
        await answerOnCard(desk, PHONE.handler, TITLE, `第 ${round} 次答复：已提醒施工单位。`);
        const app = await rateTwoStars(desk, PHONE.member, `第 ${round} 次答复`);
        await app.getByRole('heading', { name: round < 3 ? /已退回.*整改/ : /裁定/ }).waitFor();
        await desk.town.advance(30 * MINUTE);
      }
      expect((await read(caseId)).state).toBe('disputed');
      await expect.poll(() => desk.live(PHONE.handler).count(), SOON).toBe(0);
    });

    it('the inspector rules from the card, and everybody is told', async () => {
      const card = await desk.card(PHONE.inspector, '多次不满意，请裁定');
      expect(await card.innerText()).toContain('已整改 2 次');
      await card.getByRole('link', { name: '去裁定' }).click();
      const app = desk.web(PHONE.inspector);
      const form = app.getByRole('dialog', { name: '裁定' });
      await form.getByRole('button', { name: '维持答复' }).click();
      await form.getByText('记「未满意办结」').waitFor();
      await form.getByRole('textbox', { name: '裁定意见' }).fill('夜间施工已持证，单位处置得当。');
      await form.getByRole('button', { name: '裁定', exact: true }).click();
      await form.waitFor({ state: 'hidden' });
      await desk.card(PHONE.inspector, /郑卫平 .*裁定/);
      await desk.tab(PHONE.member, '消息');
      await desk
        .phone(PHONE.member)
        .getByText(/维持答复，办结/)
        .first()
        .waitFor();
    });

    it('the member reads the ruling on the case, and nobody is left with a button', async () => {
      const app = await desk.openApp(PHONE.member);
      await app.getByRole('link', { name: '民情', exact: true }).click();
      await app.getByRole('link', { name: new RegExp(TITLE) }).click();
      await app.getByText('夜间施工已持证，单位处置得当。').first().waitFor();
      expect(await read(caseId)).toMatchObject({ state: 'closed', round: 3 });
      for (const n of [PHONE.member, PHONE.handler, PHONE.inspector]) {
        await desk.tab(n, '消息');
        await expect.poll(() => desk.live(n).count(), SOON).toBe(0);
      }
      expect(desk.problems).toEqual([]);
    });
  });
});
