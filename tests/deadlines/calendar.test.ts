/** 工作日历 over HTTP: who may, what is previewed, what is kept, and that each affected case is counted anew once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CalendarChange, CalendarPreview, CalendarView } from '@minqing/shared/contract';
import { holidaysOf } from '@minqing/shared/calendar';
import {
  createCalendars,
  createRecountWorker,
  type RecountWorker,
} from '../../server/src/deadlines/index.ts';
import { silentLog } from '../../server/src/log.ts';
import { uuidv7 } from '../../server/src/store/index.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { openTale, type Part, type Tale } from '../support/tale.ts';
import { openTown, type Town } from '../support/town.ts';

const CITY = '330700';
const COUNTY = '330702';

describe.each(STORES)('the working calendar on $name', (kind) => {
  let database: TestDatabase;
  let town: Town;
  let tale: Tale;
  let caseId: string;
  beforeAll(async () => {
    database = await kind.create();
    town = await openTown({ databaseUrl: database.databaseUrl, workers: false });
    tale = await openTale(town);
    // Monday 6 July, 08:41: to be answered by Thursday 9 July, 17:00.
    caseId = await tale.atPolice();
    await tale.filed();
  });
  afterAll(async () => {
    await town?.stop();
    await database?.drop();
  });

  const ask = async <T>(part: Part, method: string, path: string, body?: object) => {
    const answer = await (await tale.as(part)).call(method, path, body);
    return { status: answer.status, body: answer.body as unknown as T & { errors?: { message: string }[] } };
  };
  const yearOf = async (areaId: string, year = 2026): Promise<CalendarView> =>
    (await ask<CalendarView>('admin', 'GET', `/admin/calendar?areaId=${areaId}&year=${year}`)).body;
  const preview = (change: CalendarChange, areaId = CITY) =>
    ask<CalendarPreview>('admin', 'POST', '/admin/calendar/preview', { areaId, change });
  const save = (change: CalendarChange, areaId = CITY) =>
    ask<{ words: string }>('admin', 'POST', '/admin/calendar/changes', { areaId, change });
  const rows = (table: 'recount' | 'calendar_change' | 'audit') =>
    town.app.store.read((db) => db.selectFrom(table).selectAll().execute());

  async function worker(
    recountCase: (caseId: string, why: string) => Promise<boolean>,
  ): Promise<RecountWorker> {
    const { store, directory } = town.app;
    return createRecountWorker({
      store,
      directory,
      log: silentLog,
      calendars: await createCalendars(store, directory),
      recountCase: (id, { why }) => recountCase(id, why),
    });
  }

  it('shows the year with its working days counted, as the notice of 2026 has them', async () => {
    const year = await yearOf(CITY);
    expect(year.months.map((month) => month.workDays)).toEqual([
      21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23,
    ]);
    expect(year.workDays).toBe(248);
    expect(year.months[9]).toMatchObject({ month: 10, holidays: '国庆节' });
    expect(year.months[9]?.days[9]).toMatchObject({ date: '2026-10-10', kind: 'work', reason: 'makeUp' });
    expect(year.sourceText).toBe('来源：国务院办公厅 2026 年放假安排');
    expect(year.hours.now).toEqual([
      { label: '上午', text: '08:30 – 12:00' },
      { label: '下午', text: '13:30 – 17:00' },
    ]);
    expect(year.hours.lengthText).toBe('7 小时');
    expect(await yearOf(CITY, 2027)).toMatchObject({
      provisional: true,
      sourceText: '2027 年放假安排未公布，先按法定节日推算，暂定',
    });
  });

  it('is for administrators of the area alone, whatever else somebody holds', async () => {
    const change: CalendarChange = { kind: 'day', date: '2026-07-08', to: 'off', reason: '台风' };
    for (const part of [
      'member',
      'reviewer',
      'dispatcher',
      'handler',
      'head',
      'inspector',
      'leader',
    ] as const) {
      for (const [method, path, body] of [
        ['GET', `/admin/calendar?areaId=${CITY}&year=2026`, undefined],
        ['POST', '/admin/calendar/preview', { areaId: CITY, change }],
        ['POST', '/admin/calendar/changes', { areaId: CITY, change }],
        ['GET', `/admin/policies?areaId=${CITY}`, undefined],
        ['DELETE', `/admin/policies/draft?areaId=${CITY}`, undefined],
        ['POST', '/admin/policies/publish', { areaId: CITY, versionId: 'x', revision: 1 }],
      ] as const) {
        expect([part, path, (await ask(part, method, path, body)).status]).toEqual([part, path, 403]);
      }
    }
    // The city's administrator answers for its counties, not for the province.
    expect((await ask('admin', 'GET', `/admin/calendar?areaId=${COUNTY}&year=2026`)).status).toBe(200);
    expect((await ask('admin', 'GET', '/admin/calendar?areaId=330000&year=2026')).status).toBe(403);
    expect((await save(change, '330000')).status).toBe(403);
    expect(
      (
        await ask('admin', 'PUT', '/admin/policies/draft', {
          areaId: '330000',
          revision: 0,
          document: { rows: [], rules: { dispatcherCheck: null, headApproval: null, visitPercent: 1 } },
        })
      ).status,
    ).toBe(403);
    expect(await rows('calendar_change')).toEqual([]);
  });

  it('tells before saving which running deadlines move, case by case', async () => {
    const { status, body } = await preview({
      kind: 'day',
      date: '2026-07-08',
      to: 'off',
      reason: '台风停班',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ words: '7月8日 周三 不上班，台风停班', changes: true, caseCount: 1 });
    expect(body.sentence).toBe(
      '1 件的时限顺延，最晚到 7月10日 周五 17:00，对应的人会收到新时限。已答复的不变。',
    );
    expect(body.items).toMatchObject([
      {
        caseId,
        clock: '答复',
        whom: '交警支队',
        fromText: '7月9日 周四 17:00',
        toText: '7月10日 周五 17:00',
      },
    ]);
    expect(await rows('calendar_change')).toEqual([]);
    // A Saturday that is worked would end it earlier: what was told stays.
    const earlier = await preview({ kind: 'day', date: '2026-07-11', to: 'work', reason: '补班' });
    expect(earlier.body).toMatchObject({ caseCount: 0, sentence: '正在走的时限都不变。' });
    // In another county nothing of the city's cases moves.
    const county = await preview({ kind: 'day', date: '2026-07-08', to: 'off', reason: '台风停班' }, COUNTY);
    expect(county.body.caseCount).toBe(0);
  });

  it('shows what half a day moves: hours run on it, days do not count it', async () => {
    const { body } = await preview({ kind: 'day', date: '2026-07-06', to: 'half', reason: '停电' });
    // Review 7 h from 08:41 and sign 3.5 h: today's afternoon is gone for both.
    expect(body.items.map(({ clock, fromText, toText }) => [clock, fromText, toText])).toEqual([
      ['签收', '今天 13:41', '明天 08:41'],
      ['审核', '明天 08:41', '明天 13:41'],
    ]);
  });

  it('refuses what cannot be and says what to do', async () => {
    const refused: [CalendarChange, string][] = [
      [{ kind: 'day', date: '2026-02-30', to: 'off', reason: 'x' }, '没有这一天'],
      [{ kind: 'day', date: '2036-02-03', to: 'off', reason: 'x' }, '只能改 2025 年到 2029 年'],
      [
        { kind: 'hours', validFrom: '2026-08-01', spans: [['12:00', '08:00']] },
        '上下班时间要从早到晚，不能重叠',
      ],
      [{ kind: 'hours', validFrom: '2026-08-01', spans: [] }, '至少写一段办公时间'],
      [
        { kind: 'notice', year: 2027, text: '一、元旦：1月1日（周四）放假1天。' },
        '第 1 行：2027-01-01 是周五，写的是周四，请核对年份',
      ],
    ];
    // A reason is only asked for when the change is kept: the preview shows what it does before that.
    const unexplained = await save({ kind: 'day', date: '2026-07-08', to: 'off', reason: ' ' });
    expect([unexplained.status, unexplained.body.errors?.[0]?.message]).toEqual([
      400,
      '请写上原因，对应的人会看到',
    ]);
    for (const [change, message] of refused) {
      for (const { status, body } of [await preview(change), await save(change)]) {
        expect([status, body.errors?.[0]?.message]).toEqual([400, message]);
      }
    }
    expect(await rows('calendar_change')).toEqual([]);
  });

  it('keeps a change once, with its audit, and puts each affected case in line once', async () => {
    const change: CalendarChange = { kind: 'day', date: '2026-07-08', to: 'off', reason: '台风停班' };
    expect((await save(change)).body).toEqual({ words: '7月8日 周三 不上班，台风停班' });
    expect((await save(change)).status).toBe(200);
    const changes = await rows('calendar_change');
    expect(changes).toHaveLength(1);
    const audited = (await rows('audit')).filter((row) => 'kind' in row && row.kind === 'calendarChanged');
    expect(audited).toHaveLength(1);
    expect((await yearOf(CITY)).changes).toMatchObject([
      { words: '7月8日 周三 不上班，台风停班', effect: '正在查看在办的时限', running: true },
    ]);

    const done: string[] = [];
    const count = async (id: string, why: string) => done.push(`${id} ${why}`) > 0;
    const [first, second] = [await worker(count), await worker(count)];
    await Promise.all([first.runOnce(), second.runOnce(), first.runOnce(), second.runOnce()]);
    await first.runOnce();
    expect(done).toEqual([`${caseId} 7月8日 周三 不上班，台风停班`]);
    expect(await first.waiting()).toBe(0);
    const after = await yearOf(CITY);
    expect(after.changes).toMatchObject([{ effect: '1 件的时限已顺延，正在复查', running: true }]);
    expect(after.localDays).toMatchObject([
      { date: '2026-07-08', kindText: '不上班', reason: '台风停班', own: true },
    ]);
    expect(after.months[6]?.workDays).toBe(22);
    expect((await yearOf(COUNTY)).months[6]?.days[7]).toMatchObject({ local: 'above', kind: 'off' });
  });

  it('looks once more when every process has seen the change, for clocks that began on the old one', async () => {
    await town.app.store.transact((tx) =>
      tx.updateTable('calendar_change').set({ sweep_at: 0 }).where('sweeps', '=', 1).execute(),
    );
    const seen: string[] = [];
    const late = await worker(async (id) => {
      seen.push(id);
      return false;
    });
    await late.runOnce();
    await late.runOnce();
    // The case was never really moved here, so the second look finds it again; that it moved once stays told.
    expect(seen).toEqual([caseId]);
    expect((await yearOf(CITY)).changes[0]).toMatchObject({ effect: '1 件的时限已顺延', running: false });
    expect(await late.runOnce()).toBe(0);
  });

  it('carries on what another process began, and tries again what failed', async () => {
    await save({ kind: 'day', date: '2026-07-09', to: 'off', reason: '台风停班' });
    const { store } = town.app;
    // A process that died holding both leases: they lapse by the database's clock.
    const dead = await worker(() => Promise.reject(new Error('the database went away')));
    await dead.runOnce();
    expect(await rows('recount')).toEqual(
      expect.arrayContaining([expect.objectContaining({ case_id: caseId, state: 'waiting', attempts: 1 })]),
    );
    await store.transact((tx) =>
      tx.updateTable('recount').set({ lease_owner: 'gone', lease_until: 0, not_before: 0 }).execute(),
    );
    const counted: string[] = [];
    const next = await worker(async (id) => {
      counted.push(id);
      return true;
    });
    await next.runOnce();
    expect(counted).toEqual([caseId]);
    expect(await next.waiting()).toBe(0);
  });

  it('takes a change back: the day is as before, and told deadlines stay', async () => {
    const restored = await preview({ kind: 'day', date: '2026-07-08', to: null });
    expect(restored.body).toMatchObject({ words: '7月8日 周三 还原', changes: true });
    await save({ kind: 'day', date: '2026-07-08', to: null });
    await save({ kind: 'day', date: '2026-07-09', to: null });
    const year = await yearOf(CITY);
    expect(year.localDays).toEqual([]);
    expect(year.months[6]?.workDays).toBe(23);
    expect((await preview({ kind: 'day', date: '2026-07-08', to: null })).body).toMatchObject({
      changes: false,
      sentence: '和现在一样，没有要保存的改动。',
    });
  });

  it('office hours have a first day, are inherited, and may be given back', async () => {
    const summer: CalendarChange = {
      kind: 'hours',
      validFrom: '2026-07-07',
      spans: [
        ['08:00', '12:00'],
        ['14:30', '17:30'],
      ],
    };
    const { body } = await preview(summer);
    // 7 h of review from 08:41: six to 17:00, then from 08:00 on: it would end earlier, so what was told stays.
    expect(body.items.map((item) => item.clock)).toEqual(['答复']);
    expect(body.items[0]).toMatchObject({ fromText: '7月9日 周四 17:00', toText: '7月9日 周四 17:30' });
    await save(summer);
    const county = await yearOf(COUNTY);
    expect(county.hours.entries).toMatchObject([
      { own: false, validFrom: '2026-07-07', text: '08:00–12:00、14:30–17:30', inForce: false },
      { validFrom: null, text: '08:30–12:00、13:30–17:00', inForce: true },
    ]);
    await save({ kind: 'hours', validFrom: '2026-07-06', spans: [['09:00', '15:00']] }, COUNTY);
    await save({ kind: 'hours', validFrom: '2026-08-03', spans: null }, COUNTY);
    const own = await yearOf(COUNTY);
    expect(own.hours.now).toEqual([{ label: '第 1 段', text: '09:00 – 15:00' }]);
    expect(own.hours.entries.map((entry) => [entry.own, entry.validFrom, entry.inForce])).toEqual([
      [true, '2026-07-06', true],
      [true, '2026-08-03', false],
      [false, '2026-07-07', false],
      [false, null, false],
    ]);
    const calendars = await createCalendars(town.app.store, town.app.directory);
    expect(calendars.of(COUNTY).spansOf('2026-08-03')).toHaveLength(2);
    for (const validFrom of ['2026-07-06', '2026-08-03']) {
      await save({ kind: 'hoursGone', validFrom }, COUNTY);
    }
    await save({ kind: 'hoursGone', validFrom: '2026-07-07' });
    expect((await yearOf(COUNTY)).hours.entries).toHaveLength(1);
  });

  it('imports a yearly notice: what was provisional is fixed, running clocks move, and it may be taken back', async () => {
    const december = Date.parse('2026-12-30T10:00:00+08:00');
    await town.advance(december - town.app.clock.businessNow());
    const late = await tale.atPolice();
    const due = (await tale.read(late)).clocks.find((clock) => clock.kind === 'reply')?.dueAt;
    expect(new Date(due ?? 0).toISOString()).toBe('2027-01-05T09:00:00.000Z');
    // Made up for the test: a long New Year. The law's own days must all be in it.
    const days = [
      ...['2027-01-01', '2027-01-04', '2027-01-05'].map((date) => ({ date, kind: 'off', name: '元旦' })),
      { date: '2027-01-10', kind: 'work', name: '元旦' },
      ...['02-05', '02-06', '02-07', '02-08'].map((day) => ({
        date: `2027-${day}`,
        kind: 'off',
        name: '春节',
      })),
      { date: '2027-04-05', kind: 'off', name: '清明节' },
      ...['05-01', '05-02'].map((day) => ({ date: `2027-${day}`, kind: 'off', name: '劳动节' })),
      { date: '2027-06-09', kind: 'off', name: '端午节' },
      { date: '2027-09-15', kind: 'off', name: '中秋节' },
      ...['10-01', '10-02', '10-03'].map((day) => ({ date: `2027-${day}`, kind: 'off', name: '国庆节' })),
    ];
    // The notice the library knows may be corrected the same way.
    const csv = holidaysOf(2026).map((day) => `${day.date},${day.kind === 'off' ? '休' : '班'},${day.name}`);
    expect((await preview({ kind: 'notice', year: 2026, text: csv.join('\n') })).body.caseCount).toBe(0);
    const notice: CalendarChange = { kind: 'notice', year: 2027, text: JSON.stringify(days) };
    const { body } = await preview(notice);
    expect(body.holidays[0]).toEqual({
      name: '元旦',
      text: '1月1日 周五 至 1月5日 周二，共 3 天',
      makeUp: '1月10日 周日',
    });
    expect(body.items.filter((item) => item.caseId === late)).toMatchObject([
      { clock: '答复', fromText: '2027年1月5日 周二 17:00', toText: '2027年1月7日 周四 17:00' },
    ]);
    expect((await yearOf(CITY, 2027)).months[1]?.workDays).toBe(18);
    await save(notice);
    expect(await yearOf(CITY, 2027)).toMatchObject({
      provisional: false,
      ownNotice: true,
      sourceText: '来源：金华市导入的 2027 年放假安排',
    });
    expect(await yearOf(COUNTY, 2027)).toMatchObject({ provisional: false, ownNotice: false });
    await save({ kind: 'noticeGone', year: 2027 });
    expect((await yearOf(CITY, 2027)).provisional).toBe(true);
  });

  it('an administrator of a county changes the county alone', async () => {
    const me = await ask<{ person: { id: string } }>('countyDispatcher', 'GET', '/me');
    await town.app.store.transact(async (tx) => {
      await tx
        .insertInto('role_grant')
        .values({
          id: uuidv7(),
          person_id: me.body.person.id,
          role: 'admin',
          unit_id: null,
          area_id: COUNTY,
          from_at: 0,
          to_at: null,
        })
        .execute();
    });
    const change: CalendarChange = { kind: 'day', date: '2026-12-31', to: 'off', reason: '茶花节' };
    const of = (areaId: string) =>
      ask('countyDispatcher', 'POST', '/admin/calendar/changes', { areaId, change });
    expect((await of(CITY)).status).toBe(403);
    expect((await of('330703')).status).toBe(403);
    expect((await of(COUNTY)).status).toBe(200);
    expect((await yearOf(CITY)).localDays).toMatchObject([{ own: false, area: { id: COUNTY } }]);
    expect((await yearOf(CITY)).months[11]?.days[30]?.kind).toBe('work');
  });
});
