import { FIGURES, STAGE_NAMES, type FigureName } from '@minqing/shared/statistics';
import { statisticsCasesQuery, figuresQuery, stagesQuery, statisticsFilter } from '@minqing/shared/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { histories, random, type Histories } from '../../../tests/support/histories.ts';
import { openOffice, type Office } from '../../../tests/support/office.ts';
import { counted, differences, expectedSums, keptSums } from '../../../tests/support/recounted.ts';
import { RECOUNTED, type Recount } from '../../../tests/support/recount.ts';
import {
  course,
  figures,
  inHand,
  opened,
  topics,
  totalNow,
  type Told,
} from '../../../tests/support/numbers.ts';
import { STORES, type TestDatabase } from '../../../tests/support/stores.ts';
import type { Actor } from '@minqing/shared/workflow';
import { createCalendar } from '@minqing/shared/calendar';
import { checkStatistics } from './check.ts';
import { liveGeneration } from './generation.ts';

/** From a Monday in July to September 2026 there are weekends and no holidays: the recount knows of none. */
const START = Date.parse('2026-07-06T08:41:00+08:00');
const LAST_DAY = Date.parse('2026-09-19T00:00:00+08:00');
const CALENDAR = createCalendar({ hours: [], overrides: [], notices: [] });
const SEED = Number(process.env['STATISTICS_SEED'] ?? 20_260_706);

const expectExact = async (office: Office): Promise<Recount[]> => {
  const rows = await counted(office);
  expect(differences(expectedSums(rows), await keptSums(office))).toEqual([]);
  return rows;
};

describe.each(STORES)('figures of random histories on $name', (kind) => {
  let database: TestDatabase;
  let office: Office;
  let lives: Histories;

  beforeAll(async () => {
    database = await kind.create();
    office = await openOffice(database.databaseUrl);
    office.clock.business = START;
    await office.app.store.transact((tx) =>
      tx
        .updateTable('unit')
        .set({ head_approval: 'yes' })
        .where('id', '=', office.unit('市公安局交警支队'))
        .execute(),
    );
    await office.app.directory.refresh();
    lives = histories(office, SEED, LAST_DAY);
  }, 120_000);
  afterAll(async () => {
    await office?.close();
    await database?.drop();
  });

  it(
    'are exact while they follow the history, with events that come late',
    { timeout: 240_000 },
    async () => {
      const next = random(SEED + 1);
      let late = 0;
      for (let part = 0; part < 6; part += 1) {
        await lives.live(110);
        // A transaction that is still open: its events are not to be seen yet, those after them are.
        const held = await office.app.store.transact(async (tx) => {
          const pending = await tx.selectFrom('event_pending').selectAll().execute();
          const cases = new Set(pending.filter(() => next() < 0.3).map((row) => row.case_id));
          const rows = pending.filter((row) => cases.has(row.case_id));
          if (rows.length > 0) {
            const ids = rows.map((row) => row.event_id);
            await tx.deleteFrom('event_pending').where('event_id', 'in', ids).execute();
          }
          return rows;
        });
        await office.follow();
        await expectExact(office);
        late += held.length;
        if (held.length > 0) {
          await office.app.store.transact((tx) => tx.insertInto('event_pending').values(held).execute());
        }
      }
      await office.follow();
      const rows = await expectExact(office);
      expect(late).toBeGreaterThan(20);
      expect(office.clock.business).toBeLessThan(LAST_DAY);
      expect(RECOUNTED.filter((name) => !rows.some((row) => row.kind === name))).toEqual([]);
      const acts = new Set([...lives.done].map((what) => what.split('>')[0]));
      expect(
        [
          'correct',
          'edit',
          'merge',
          'separate',
          'delegate',
          'escalate',
          'settle',
          'conclude',
          'reopen',
        ].filter((act) => !acts.has(act)),
      ).toEqual([]);
      expect(
        [...lives.done].filter((what) => what === 'settle>dispatched' || what === 'rate>dispatched'),
      ).not.toEqual([]);
    },
  );

  it('are the same after they were made anew, while cases go on', { timeout: 120_000 }, async () => {
    const before = await keptSums(office);
    const generation = await office.app.store.read(liveGeneration);
    expect(await office.app.statistics.rebuild.now()).toBe(true);
    expect(await office.app.store.read(liveGeneration)).toBe(generation + 1);
    expect(differences(before, await keptSums(office))).toEqual([]);
    const running = office.app.statistics.rebuild.now();
    await lives.live(40);
    await running;
    await office.follow();
    await expectExact(office);
    const left = await office.app.store.read(async (db) =>
      db.selectFrom('tally_sum').select('gen').distinct().execute(),
    );
    expect(left.map((row) => row.gen)).toEqual([await office.app.store.read(liveGeneration)]);
  });

  it('agree with the check, which finds what was tampered with', { timeout: 120_000 }, async () => {
    const { app } = office;
    const check = async (): Promise<string[]> => {
      const lines: string[] = [];
      const sources = { directory: app.directory, calendars: { of: () => CALENDAR }, liveFrom: () => 0 };
      const { cases, sums } = await checkStatistics(app.store, sources, (line) => lines.push(line));
      expect([cases, sums > 1_000]).toEqual([lives.ids.length, true]);
      return lines;
    };
    expect(await check()).toEqual([]);
    const gen = await app.store.read(liveGeneration);
    const own = await app.store.read((db) =>
      db
        .selectFrom('tally')
        .select(['case_id', 'nth', 'mark', 'area_id'])
        .where('gen', '=', gen)
        .where('kind', '=', 'dispatched')
        .executeTakeFirstOrThrow(),
    );
    const mark = (value: number) =>
      app.store.transact((tx) =>
        tx
          .updateTable('tally')
          .set({ mark: value })
          .where('gen', '=', gen)
          .where('case_id', '=', own.case_id)
          .where('nth', '=', own.nth)
          .execute(),
      );
    await mark(1 - own.mark);
    // The case itself, and every sum it is part of: one too many and one too few.
    expect(await check()).toHaveLength(1 + 2 * 2 * 6);
    await mark(own.mark);
    await app.store.transact((tx) =>
      tx.deleteFrom('tally_sum').where('gen', '=', gen).where('kind', '=', 'closed').execute(),
    );
    expect((await check()).every((line) => line.includes('"closed"'))).toBe(true);
    expect(await office.app.statistics.rebuild.now()).toBe(true);
    expect(await check()).toEqual([]);
  });

  it(
    'each open a list as long as they say, also when cases have moved on since',
    { timeout: 240_000 },
    async () => {
      const { statistics } = office.app;
      const police = office.unit('市公安局交警支队');
      const desks = [
        [office.holder('leader', '金华市'), `leader:${office.area('金华市')}`],
        [office.holder('reviewer', '金华市政协'), `reviewer:${office.unit('金华市政协')}`],
        [office.holder('handler', '市公安局交警支队'), `handler:${police}`],
      ] as const;
      const filters: Record<string, string>[] = [
        {},
        { unit: police },
        { category: 'traffic' },
        { period: 'month' },
        { place: office.area('金东区') },
      ];
      const numbers: { viewer: Actor; told: Told }[] = [];
      for (const [viewer, desk] of desks) {
        // The leader's figures narrowed in every way; the others' as they are and in one way.
        const own = desk.startsWith('leader')
          ? filters
          : desk.startsWith('handler')
            ? [{}, { category: 'traffic' }]
            : [{}, { period: 'month' }];
        for (const filter of own) {
          const whole = Object.keys(filter).length === 0;
          for (const read of whole ? [figures, course, inHand] : [figures]) {
            const found = await read(statistics, viewer, { desk, ...filter });
            numbers.push(...found.map((told) => ({ viewer, told })));
          }
        }
      }
      const [leader, leaderDesk] = desks[0];
      const spoken = await topics(statistics, leader, { desk: leaderDesk });
      numbers.push(...spoken.map((told) => ({ viewer: leader, told })));
      await lives.live(90);
      await office.follow();
      let lines = 0;
      let moved = 0;
      for (const [i, { viewer, told }] of numbers.entries()) {
        // Now and then in many small pages, each behind the last.
        const found = await opened(statistics, viewer, told, i % 9 === 0 ? 7 : 100);
        expect(found, JSON.stringify(told)).toEqual({ seq: told.query['seq'], total: told.n, lines: told.n });
        lines += found.lines;
        if (i % 5 === 0) {
          moved += (await totalNow(statistics, viewer, told)) === told.n ? 0 : 1;
        }
      }
      expect(lines).toBeGreaterThan(500);
      expect(spoken.length).toBeGreaterThan(3);
      // As things are now, many a list is longer or shorter.
      expect(moved).toBeGreaterThan(10);
    },
  );

  it('open no list of a place they do not reach, or that other figures counted to', async () => {
    const { statistics } = office.app;
    const viewer = office.holder('leader', '金华市');
    const desk = `leader:${office.area('金华市')}`;
    const { seq, counting } = await statistics.figures(viewer, figuresQuery.parse({ desk }));
    const status = async (query: object): Promise<unknown> => {
      const asked = statisticsCasesQuery.parse({ desk, figure: 'reported', ...query });
      return statistics.cases(viewer, asked).then(
        () => 200,
        (error: { status?: number }) => error.status,
      );
    };
    expect(await status({ seq, counting })).toBe(200);
    expect(await status({ seq: seq + 1, counting })).toBe(409);
    expect(await status({ seq, counting: counting + 1 })).toBe(409);
    expect(await status({ seq, counting, asOf: '2099-01-01T00:00:00+08:00' })).toBe(400);
    expect(await status({ seq, counting, asOf: 'yesterday' })).toBe(400);
  });

  it('are the sum of their parts, however they are put apart', async () => {
    const viewer = office.holder('leader', '金华市');
    const desk = `leader:${office.area('金华市')}`;
    const whole = await office.app.statistics.figures(viewer, figuresQuery.parse({ desk }));
    for (const split of ['area', 'unit', 'category', 'sector', 'place', 'day', 'week', 'month']) {
      const apart = await office.app.statistics.figures(viewer, figuresQuery.parse({ desk, split }));
      expect(apart.figures.map((f) => [f.id, f.part, f.whole])).toEqual(
        whole.figures.map((f) => [f.id, f.part, f.whole]),
      );
      for (const [i, { id, part, whole: all }] of whole.figures.entries()) {
        const sum = apart.groups.reduce(
          (of, group) =>
            [of[0] + (group.figures[i]?.part ?? 0), of[1] + (group.figures[i]?.whole ?? 0)] as const,
          [0, 0] as readonly [number, number],
        );
        expect([split, id, ...sum]).toEqual([split, id, part, all]);
      }
    }
  });

  it('say what was counted again: rates, stages and the flow', async () => {
    const rows = await counted(office);
    const now = office.clock.business;
    const viewer = office.holder('leader', '金华市');
    const desk = `leader:${office.area('金华市')}`;
    const told = await office.app.statistics.figures(viewer, figuresQuery.parse({ desk }));
    const share = (of: string, marks: number[]): [number, number] => {
      const past = rows.filter((r) => r.kind === of && r.at <= now);
      return [past.filter((r) => marks.includes(r.mark)).length, past.length];
    };
    const wanted: Partial<Record<FigureName, [number, number]>> = {
      closeRate: share('dispatched', [1]),
      onTimeRate: share('due', [1]),
      firstLimitRate: share('firstDue', [1]),
      reworkOnTimeRate: share('reworkDue', [1]),
      signRate: share('signDue', [1]),
      solvedRate: share('replied', [1, 3]),
      reworkRate: share('replied', [2, 3]),
      satisfactionRate: share('rated', [3, 4, 5]),
      firstSatisfactionRate: share('firstRated', [3, 4, 5]),
      fiveStarRate: share('rated', [5]),
      ratedRate: share('feedback', [1]),
      returnRate: share('assigned', [1]),
    };
    for (const [id, of] of Object.entries(wanted)) {
      const figure = told.figures.find((f) => f.id === id);
      expect([id, figure?.part, figure?.whole]).toEqual([id, ...of]);
    }
    const stages = await office.app.statistics.stages(viewer, stagesQuery.parse({ desk }));
    for (const stage of STAGE_NAMES) {
      const took = rows
        .filter((r) => r.kind === `time:${stage}`)
        .map((r) => r.mark)
        .toSorted((a, b) => a - b);
      const mean = took.reduce((sum, minutes) => sum + minutes, 0) / took.length;
      const figure = stages.stages.find((s) => s.stage === stage);
      expect([stage, figure?.count, figure?.p90Minutes, figure?.meanMinutes]).toEqual([
        stage,
        took.length,
        took[Math.ceil(0.9 * took.length) - 1],
        Math.round(mean * 10) / 10,
      ]);
    }
    const flow = await office.app.statistics.flow(viewer, statisticsFilter.parse({ desk }));
    expect(flow.steps[0]?.count).toBe(rows.filter((r) => r.kind === 'reported').length);
    flow.steps.forEach((step, i) => {
      const beyond = flow.steps[i + 1]?.count ?? step.count;
      expect([step.id, step.count - step.ends.reduce((sum, end) => sum + end.count, 0)]).toEqual([
        step.id,
        beyond,
      ]);
    });
    expect(Object.values(FIGURES).every(({ formula, leavesOut }) => formula && leavesOut)).toBe(true);
  });
});
