/** A changed calendar reaches running clocks, the people they drive, and the working of the deadline; a policy, new clocks. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CalendarPreview, ClockWorkingView, PolicyView } from '@minqing/shared/contract';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { openTale, type Part, type Tale } from '../support/tale.ts';
import { openTown, type Town } from '../support/town.ts';

const CITY = '330700';
const DAY = 24 * 3_600_000;

describe.each(STORES)('running clocks on $name', (kind) => {
  let database: TestDatabase;
  let town: Town;
  let tale: Tale;
  beforeAll(async () => {
    database = await kind.create();
    town = await openTown({ databaseUrl: database.databaseUrl });
    tale = await openTale(town);
  });
  afterAll(async () => {
    await town?.stop();
    await database?.drop();
  });

  const ask = async <T>(part: Part, method: string, path: string, body?: object): Promise<T> => {
    const answer = await (await tale.as(part)).call(method, path, body);
    if (answer.status !== 200) {
      throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer.body as unknown as T;
  };
  const clockOf = async (caseId: string, id: string) => {
    const clock = (await tale.read(caseId)).clocks.find((each) => each.id === id);
    return clock ?? expect.fail(`no clock ${id}`);
  };
  const working = (caseId: string, clockId: string) =>
    ask<ClockWorkingView>('handler', 'GET', `/cases/${caseId}/clocks/${encodeURIComponent(clockId)}`);
  const at = (text: string): number => Date.parse(`2026-${text}:00+08:00`);

  it('move to exactly what the preview said, once, and whoever they drive is told', async () => {
    const plain = await tale.atPolice();
    const asked = await tale.atPolice();
    await tale.did('handler', asked, 'ask', { question: '是哪个方向排队？' });
    const change = { kind: 'day', date: '2026-07-08', to: 'off', reason: '台风停班' };
    const foretold = await ask<CalendarPreview>('admin', 'POST', '/admin/calendar/preview', {
      areaId: CITY,
      change,
    });
    // A question keeps its own end; the reply under it moves with the others.
    expect(foretold.items.map((item) => [item.caseId, item.clock, item.toText])).toEqual(
      expect.arrayContaining([
        [plain, '答复', '7月10日 周五 17:00'],
        [asked, '答复', '7月10日 周五 17:00'],
      ]),
    );
    expect(foretold).toMatchObject({ caseCount: 2 });
    expect(foretold.items).toHaveLength(2);
    await ask('admin', 'POST', '/admin/calendar/changes', { areaId: CITY, change });
    for (const caseId of [plain, asked]) {
      await town.until(
        'the reply’s clock has moved',
        async () => (await tale.count(caseId, 'recount')) === 1,
      );
      expect((await clockOf(caseId, 'reply#1')).dueAt).toBe(at('07-10T17:00'));
    }
    const due = await town.app.store.read((db) =>
      db
        .selectFrom('timer')
        .select('fire_at')
        .where('case_id', '=', plain)
        .where('clock_id', '=', 'reply#1')
        .where('step', '=', 'due')
        .executeTakeFirst(),
    );
    expect(due?.fire_at).toBeGreaterThanOrEqual(at('07-10T17:00'));
    await tale.quiet();
    for (const part of ['handler', 'member'] as const) {
      await tale.until(`${part} is told`, async () => (await tale.notices(part, /时限|顺延/)).length > 0);
    }
    expect((await clockOf(asked, 'ask#1')).dueAt).toBe(at('07-08T17:00'));
  });

  it('the working tells the change and the pause, and ends at the due time', async () => {
    const caseId = await tale.atPolice();
    await tale.did('handler', caseId, 'ask', { question: '是哪个方向排队？' });
    await town.advance(DAY);
    await tale.did('member', caseId, 'answer', { text: '南北方向。' });
    const paused = await working(caseId, 'reply#1');
    // Tuesday 7, Thursday 9, Friday 10 July; the pause from Monday to Tuesday gives its office time back.
    expect(paused.firstDueText).toBe('7月10日 周五 17:00');
    const [pause, ...more] = paused.moves;
    expect([pause?.kind, pause?.dueText, more]).toEqual(['pause', paused.dueText, []]);
    expect(pause?.title).toMatch(/^计时暂停，补回 \d+ 小时/);
    expect(new Date(paused.dueAt).getTime()).toBe((await clockOf(caseId, 'reply#1')).dueAt);
    expect(paused.days.map((day) => day.text)).toEqual([
      '当天不计',
      '第 1 天',
      '台风停班，不计',
      '第 2 天',
      '第 3 天，17:00 下班到期',
    ]);
    await ask('admin', 'POST', '/admin/calendar/changes', {
      areaId: CITY,
      change: { kind: 'day', date: '2026-07-10', to: 'half', reason: '下午停电' },
    });
    await town.until('the clock has moved', async () => (await tale.count(caseId, 'recount')) === 1);
    const after = await working(caseId, 'reply#1');
    const clock = await clockOf(caseId, 'reply#1');
    expect(new Date(after.dueAt).getTime()).toBe(clock.dueAt);
    expect(clock.dueAt).toBeGreaterThan(new Date(paused.dueAt).getTime());
    expect(after.moves.map((move) => move.kind)).toEqual(['pause', 'calendar']);
    expect(after.moves.at(-1)).toMatchObject({
      title: '日历有改动：7月10日 周五 半天，下午停电',
      dueText: after.dueText,
    });
    expect(after.moves.at(-1)?.text).toContain(paused.dueText);
  });

  it('a published policy binds what starts afterwards', async () => {
    const running = await tale.atPolice();
    const document = {
      rows: [
        { categoryId: 'traffic', urgency: null, kind: 'reply', limit: { unit: 'days', amount: 15 } },
        { categoryId: null, urgency: null, kind: 'reply', limit: { unit: 'days', amount: 5 } },
      ],
      rules: { dispatcherCheck: null, headApproval: null, visitPercent: null },
    };
    const { draft } = await ask<PolicyView>('admin', 'PUT', '/admin/policies/draft', {
      areaId: CITY,
      revision: 0,
      document,
    });
    await ask('admin', 'POST', '/admin/policies/publish', {
      areaId: CITY,
      versionId: draft?.id,
      revision: draft?.revision,
    });
    const traffic = await tale.atPolice();
    const other = await tale.atPolice([], { categoryId: 'city' });
    expect((await clockOf(running, 'reply#1')).limit).toEqual({ unit: 'days', amount: 3 });
    expect((await clockOf(traffic, 'reply#1')).limit).toEqual({ unit: 'days', amount: 15 });
    expect((await clockOf(other, 'reply#1')).limit).toEqual({ unit: 'days', amount: 5 });
  });
});
