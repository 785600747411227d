import { FIGURE_NAMES, FIGURES, STAGE_NAMES, type FigureName } from '@minqing/shared/statistics';
import { statisticsCasesQuery, figuresQuery, stagesQuery, statisticsFilter } from '@minqing/shared/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { histories, random, type Histories } from '../../../tests/support/histories.ts';
import { openOffice, type Office } from '../../../tests/support/office.ts';
import { counted, differences, expectedSums, keptSums } from '../../../tests/support/recounted.ts';
import { RECOUNTED, type Recount } from '../../../tests/support/recount.ts';
import { STORES, type TestDatabase } from '../../../tests/support/stores.ts';
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

  it('each open a list as long as they say', { timeout: 240_000 }, async () => {
    const { statistics } = office.app;
    const police = office.unit('市公安局交警支队');
    const desks = [
      [office.holder('leader', '金华市'), `leader:${office.area('金华市')}`],
      [office.holder('reviewer', '金华市政协'), `reviewer:${office.unit('金华市政协')}`],
      [office.holder('handler', '市公安局交警支队'), `handler:${police}`],
    ] as const;
    const filters = [
      {},
      { unit: police },
      { category: 'traffic' },
      { period: 'month' },
      { place: office.area('金东区') },
    ];
    let opened = 0;
    for (const [viewer, desk] of desks) {
      for (const filter of filters) {
        if (desk.startsWith('handler') && 'place' in filter) {
          continue; // its unit is chosen already
        }
        const told = await statistics.figures(
          viewer,
          figuresQuery.parse({ desk, compare: 'false', figures: FIGURE_NAMES.join(','), ...filter }),
        );
        for (const figure of told.figures) {
          const parts = figure.form === 'rate' ? (['part', 'rest', 'whole'] as const) : (['whole'] as const);
          const wanted = { part: figure.part, rest: figure.whole - figure.part, whole: figure.whole };
          for (const part of parts) {
            let found = 0;
            for (let after: string | null = ''; after !== null;) {
              const page = await statistics.cases(
                viewer,
                statisticsCasesQuery.parse({
                  desk,
                  figure: figure.id,
                  part,
                  limit: 100,
                  ...filter,
                  ...(after ? { after } : {}),
                }),
              );
              expect([page.seq, page.total], `${desk} ${figure.id} ${part}`).toEqual([
                told.seq,
                wanted[part],
              ]);
              found += page.items.length;
              after = page.after;
            }
            expect(found, `${desk} ${JSON.stringify(filter)} ${figure.id} ${part}`).toBe(wanted[part]);
            opened += found;
          }
        }
      }
    }
    expect(opened).toBeGreaterThan(500);
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
