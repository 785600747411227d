/** The side roads of a case, walked by tap on a phone and in the window of a PC: who joins, who signs, who takes another look. */
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { openTale, LOW, SOLVED, type Tale } from '../support/tale.ts';
import { launch, openDesk, type Desk } from './desk.ts';
import { atHome, handTo, SOON } from './steps.ts';

type Surface = 'phone' | 'pc';
type App = FrameLocator | Page;
type Form = ReturnType<App['getByRole']>;

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const sqlite = STORES.filter((store) => store.name === 'sqlite');

describe.each(sqlite.flatMap((store) => (['phone', 'pc'] as const).map((surface) => ({ store, surface }))))(
  'side roads on $store.name, $surface',
  ({ store, surface }: { store: (typeof STORES)[number]; surface: Surface }) => {
    let database: TestDatabase;
    let desk: Desk;
    let tale: Tale;
    const windows: Page[] = [];
    beforeAll(async () => {
      database = await store.create();
      desk = await openDesk(browser, { databaseUrl: database.databaseUrl });
      desk.context.setDefaultTimeout(30_000);
      tale = await openTale(desk.town);
    });
    /** A computer whose person changes is one person's at a time: its windows share one session. */
    const closeWindows = (): Promise<unknown> => Promise.all(windows.splice(0).map((page) => page.close()));
    beforeEach(closeWindows);
    afterAll(async () => {
      await desk?.close();
      await database?.drop();
    });

    /** The case before the eyes of somebody, on the surface of this run. */
    async function opens(name: string, caseId: string): Promise<App> {
      await closeWindows();
      await handTo(desk, 1, name);
      if (surface === 'phone') {
        const app = await desk.openApp(1);
        await atHome(app);
        await app.locator('body').evaluate((_body, id) => {
          location.hash = `#/case/${id}`;
        }, caseId);
        return app;
      }
      // Windows of one messenger share its session: the last person's goes before the next one's comes.
      await Promise.all(windows.splice(0).map((page) => page.close()));
      const opened = desk.context.waitForEvent('page');
      await desk.page.locator('.pk[data-phone="1"]').getByRole('button', { name: 'PC 窗口' }).click();
      const page = await opened;
      windows.push(page);
      await page.setViewportSize({ width: 1440, height: 900 });
      // The window opens at home or at the desk first; only then is another address its own.
      await page.waitForURL(/#\/(home|bench|desk)/);
      await page.evaluate((id) => {
        location.hash = `#/s/${id}`;
      }, caseId);
      return page;
    }

    /** Does an act: by its button where it has one, else from 更多; fills the form it opens. */
    async function does(
      name: string,
      caseId: string,
      act: string,
      fill?: (form: Form) => Promise<void>,
    ): Promise<App> {
      const app = await opens(name, caseId);
      const button = app.getByRole('button', { name: new RegExp(`^${act}[A-Z]?$`) });
      const more = app.getByRole('button', { name: /^更多/ });
      await button.or(more).first().waitFor();
      if (await button.first().isVisible()) {
        await button.first().click();
      } else {
        await more.first().click();
        await app
          .getByRole('dialog')
          .getByRole('button', { name: new RegExp(`^${act}`) })
          .click();
      }
      if (fill) {
        const form = app.getByRole('dialog', { name: act, exact: true });
        await form.waitFor();
        await fill(form);
        // On a PC the button names its key as well.
        await form
          .getByRole('button', { name: new RegExp(`^${act}`) })
          .last()
          .click();
        const sure = app.getByRole('dialog').getByRole('button', { name: new RegExp(`^${act}`) });
        await form.waitFor({ state: 'hidden', timeout: 1_500 }).catch(() => sure.last().click());
        await form.waitFor({ state: 'hidden' });
      }
      return app;
    }
    async function becomes(caseId: string, state: string): Promise<void> {
      await expect.poll(async () => (await tale.read(caseId)).state, SOON).toBe(state);
    }

    it('a joint report: one joins, one declines, and the case goes on', async () => {
      const invitees = [await tale.personId('member2'), await tale.personId('member3')];
      const caseId = await tale.filed({ title: '联名：江滨步道照明', invitees });
      await does('王建国', caseId, '同意联名');
      await expect.poll(async () => (await tale.read(caseId)).authors[1]?.joined, SOON).toBe('accepted');
      const app = await does('赵晓燕', caseId, '不参加联名');
      await app.locator('.van-dialog').getByRole('button', { name: '不参加', exact: true }).click();
      await expect.poll(async () => (await tale.read(caseId)).authors[2]?.joined, SOON).toBe('declined');
      const author = await opens('林淑芬', caseId);
      await author.getByText('已同意联名').waitFor();
      await author.getByText('不参加联名').first().waitFor();
    });

    it('three reports of one matter: merged, answered once, rated by all three', async () => {
      const first = await tale.accepted({ title: '三江路口积水严重' });
      const second = await tale.filed({ title: '三江路口下雨积水' }, 'member2');
      const third = await tale.filed({ title: '三江路口排水不畅' }, 'member3');
      for (const caseId of [second, third]) {
        await does('方敏', caseId, '并案', async (form) => {
          await form.getByRole('searchbox').fill('三江路口积水严重');
          await form.getByRole('button', { name: /^三江路口积水严重/ }).click();
        });
        await becomes(caseId, 'merged');
      }
      await tale.did('dispatcher', first, 'dispatch', { leadUnitId: tale.units.police, coUnitIds: [] });
      await tale.did('handler', first, 'reply', SOLVED);
      expect((await tale.read(first)).awaited).toHaveLength(3);
      const merged = await opens('王建国', second);
      await merged.getByText(SOLVED.text).first().waitFor();
      expect(await merged.getByText('三江路口积水严重').count()).toBe(0);
      for (const part of ['member', 'member2', 'member3'] as const) {
        const own = { member: first, member2: second, member3: third }[part];
        await tale.did(part, own, 'rate', { stars: 5 });
      }
      await becomes(first, 'closed');
    });

    it('a co-handler countersigns before the answer leaves', async () => {
      const caseId = await tale.accepted({ title: '会签：共享单车乱停' });
      await tale.did('dispatcher', caseId, 'dispatch', {
        leadUnitId: tale.units.police,
        coUnitIds: [tale.units.enforcement],
        countersign: true,
      });
      await tale.did('handler', caseId, 'reply', SOLVED);
      await becomes(caseId, 'replying');
      await does('吴珊', caseId, '会签意见', (form) =>
        form.getByRole('textbox', { name: '会签意见' }).fill('同意，我局每天清理两次。'),
      );
      await becomes(caseId, 'replied');
    });

    it('given back three times: the dispatch office rules', async () => {
      const caseId = await tale.accepted({ title: '三退：河道漂浮物' });
      const units = [
        ['handler', tale.units.police],
        ['coHandler', tale.units.enforcement],
        ['worksHandler', tale.units.works],
      ] as const;
      for (const [part, leadUnitId] of units) {
        await tale.did('dispatcher', caseId, 'dispatch', { leadUnitId, coUnitIds: [] });
        await tale.did(part, caseId, 'transferBack', { reason: '不归本单位' });
      }
      await does('陈洁', caseId, '改派', async (form) => {
        await form.getByRole('searchbox', { name: '搜主办单位' }).fill('建设');
        await form
          .getByRole('button', { name: /^市建设局/ })
          .first()
          .click();
        await form.getByRole('textbox', { name: '交办意见' }).fill('经研究由建设局办理，不再退回。');
      });
      await becomes(caseId, 'dispatched');
      expect((await tale.read(caseId)).leadFixed).toBe(true);
      expect((await tale.does('worksHandler', caseId, 'transferBack', { reason: '再退' })).body.reason).toBe(
        'transferLimit',
      );
    });

    it('an extension is asked for in time and granted', async () => {
      const caseId = await tale.atPolice([], { title: '延期：信号灯线路改造' });
      await does('周凯', caseId, '申请延期', async (form) => {
        await form.getByLabel('延到哪一天').last().fill('2026-07-20');
        await form.getByRole('textbox', { name: '为什么要延期' }).fill('要等电力部门配合停电。');
      });
      await does('陈洁', caseId, '同意延期', () => Promise.resolve());
      await expect
        .poll(async () => (await tale.read(caseId)).clocks.findLast((k) => k.kind === 'reply')?.dueAt, SOON)
        .toBe(Date.parse('2026-07-20T17:00:00+08:00'));
    });

    it('the head returns an answer, then signs the better one', async () => {
      await tale.headsApprove(true);
      const caseId = await tale.atPolice([], { title: '审签：护栏破损' });
      await tale.did('handler', caseId, 'reply', SOLVED);
      await does('杨美玲', caseId, '退回重答', (form) =>
        form.getByRole('textbox', { name: '原因' }).fill('请写明何时修好。'),
      );
      await becomes(caseId, 'handling');
      await tale.did('handler', caseId, 'reply', SOLVED);
      await does('杨美玲', caseId, '通过', () => Promise.resolve());
      await becomes(caseId, 'replied');
      await tale.headsApprove(false);
    });

    it('the dispatch office returns an answer, then lets the better one pass', async () => {
      await tale.dispatcherChecks(true);
      const caseId = await tale.atPolice([], { title: '审核：路口让行标志' });
      await tale.did('handler', caseId, 'reply', SOLVED);
      await becomes(caseId, 'replying');
      const author = await opens('林淑芬', caseId);
      await author.locator('main').getByText('审核：路口让行标志').first().waitFor();
      expect(await author.getByText(SOLVED.text).count()).toBe(0);
      await does('陈洁', caseId, '退回重答', (form) =>
        form.getByRole('textbox', { name: '原因' }).fill('请写明哪天装好标志。'),
      );
      await becomes(caseId, 'handling');
      const unit = await opens('周凯', caseId);
      await unit.getByText('请写明哪天装好标志。').first().waitFor();
      await tale.did('handler', caseId, 'reply', { ...SOLVED, text: '7月10日装好，已列入本周施工。' });
      await does('陈洁', caseId, '通过', () => Promise.resolve());
      await becomes(caseId, 'replied');
      const reader = await opens('林淑芬', caseId);
      await reader.getByText('7月10日装好，已列入本周施工。').first().waitFor();
      expect(await reader.getByText('请写明哪天装好标志。').count()).toBe(0);
      await tale.dispatcherChecks(false);
    });

    it('handed down to the county and up again', async () => {
      const caseId = await tale.filed({ title: '上下：乡村公路塌方' });
      await does('方敏', caseId, '下转', async (form) => {
        await form.getByRole('button', { name: '婺城区', exact: true }).click();
        await form.getByRole('textbox', { name: '原因' }).fill('属婺城区职责。');
      });
      await expect.poll(async () => (await tale.read(caseId)).passed.length, SOON).toBe(1);
      await does('闫建国', caseId, '上报', (form) =>
        form.getByRole('textbox', { name: '原因' }).fill('涉及省道，请市里办。'),
      );
      await expect.poll(async () => (await tale.read(caseId)).passed.length, SOON).toBe(2);
      await becomes(caseId, 'submitted');
    });

    it('low stars are appealed and reviewed; the committee calls the member', async () => {
      const caseId = await tale.atPolice([], { title: '复核：停车位划线' });
      await tale.did('handler', caseId, 'reply', SOLVED);
      await tale.did('member', caseId, 'rate', LOW);
      await does('周凯', caseId, '申请复核', (form) =>
        form.getByRole('textbox', { name: '原因' }).fill('现场已按标准划线，附照片。'),
      );
      await does('郑卫平', caseId, '复核', async (form) => {
        await form.getByRole('button', { name: /^非单位责任/ }).click();
        await form.getByRole('textbox', { name: '复核意见' }).fill('属实，单位已尽责。');
      });
      await expect.poll(async () => (await tale.read(caseId)).appeals[0]?.outcome, SOON).toBe('excused');
      await tale.did('handler', caseId, 'reply', SOLVED);
      await tale.did('member', caseId, 'rate', { stars: 5 });
      expect((await tale.read(caseId)).visitWanted).toBe('low');
      await does('方敏', caseId, '回访', async (form) => {
        await form.getByRole('button', { name: '问题已解决' }).click();
      });
      await expect.poll(async () => (await tale.read(caseId)).visitWanted, SOON).toBeNull();
      expect(desk.problems).toEqual([]);
    });

    it('a substitute acts, and both names stand in the record', async () => {
      const principal = await tale.personId('handler');
      const caseId = await tale.atPolice([], { title: '代办：斑马线褪色' });
      const substitute = await tale.personId('head');
      const { store: rows, clock } = desk.town.app;
      await rows.transact((tx) =>
        tx
          .insertInto('substitution')
          .values({
            id: `away-${surface}`,
            person_id: principal,
            substitute_id: substitute,
            from_at: clock.businessNow() - 1,
            to_at: clock.businessNow() + 86_400_000,
            ended_at: null,
            reason: '出差',
            created_at: clock.businessNow(),
            created_by: principal,
          })
          .execute(),
      );
      await does('杨美玲', caseId, '签收');
      await becomes(caseId, 'handling');
      const author = await opens('林淑芬', caseId);
      await author
        .getByText(/杨美玲（代周凯）/)
        .first()
        .waitFor();
    });
  },
);
