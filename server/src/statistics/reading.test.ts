import {
  figuresQuery,
  statisticsCasesQuery,
  statisticsFilter,
  statisticsSettingsChange,
  topicCasesQuery,
  type StatisticsCasePage,
} from '@minqing/shared/contract';
import type { Actor } from '@minqing/shared/workflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOffice, type Office } from '../../../tests/support/office.ts';
import { STORES, type TestDatabase } from '../../../tests/support/stores.ts';
import { digestOf, uuidv7 } from '../store/index.ts';

const DAY = 86_400_000;
/** Stands in the title of a report that no committee has read yet. */
const CANARY = '琥珀';
const SOLVED = { class: 'solved', text: '已经调好' };

describe.each(STORES)('reading figures on $name', (kind) => {
  let database: TestDatabase;
  let office: Office;
  let leader: Actor;
  let reviewer: Actor;
  let dispatcher: Actor;
  let police: Actor;
  let works: Actor;
  let lin: Actor;
  let leaderDesk: string;
  let policeDesk: string;
  const made: Record<string, string> = {};

  beforeAll(async () => {
    database = await kind.create();
    office = await openOffice(database.databaseUrl);
    office.clock.business = Date.parse('2026-07-06T08:41:00+08:00');
    leader = office.holder('leader', '金华市');
    reviewer = office.holder('reviewer', '金华市政协');
    dispatcher = office.holder('dispatcher', '金华市三服务办');
    police = office.holder('handler', '市公安局交警支队');
    works = office.holder('handler', '市建设局');
    lin = office.holder('member', '金华市政协');
    leaderDesk = `leader:${office.area('金华市')}`;
    policeDesk = `handler:${office.unit('市公安局交警支队')}`;
    const given = (name: string) => ({ leadUnitId: office.unit(name), coUnitIds: [] });
    const atUnit = async (title: string, unit = '市公安局交警支队'): Promise<string> => {
      const id = await office.filed(lin, { title, categoryId: 'traffic' });
      await office.did(reviewer, id, 'accept');
      await office.did(dispatcher, id, 'dispatch', given(unit));
      return id;
    };
    made['five'] = await atUnit('迎宾大道红绿灯按车流设置时长');
    await office.did(police, made['five'], 'reply', SOLVED);
    await office.did(lin, made['five'], 'rate', { stars: 5 });
    made['low'] = await atUnit('宾虹路红绿灯太短');
    await office.did(police, made['low'], 'reply', SOLVED);
    await office.did(lin, made['low'], 'rate', { stars: 2, reasons: ['问题还在'] });
    made['back'] = await atUnit('八一南街红绿灯不亮');
    await office.did(police, made['back'], 'transferBack', { reason: '不归我们', suggestedUnitId: null });
    made['works'] = await atUnit('东市南街窨井盖松动', '市建设局');
    made['unread'] = await office.filed(lin, { title: `${CANARY}色路灯太暗`, categoryId: 'city' });
    made['declined'] = await office.filed(lin, { title: '个人诉求', categoryId: 'other' });
    await office.did(reviewer, made['declined'], 'decline', { reason: '属于个人诉求' });
    office.clock.business += DAY;
    await office.follow();
  }, 120_000);
  afterAll(async () => {
    await office?.close();
    await database?.drop();
  });

  const figure = async (viewer: Actor, desk: string, id: string, more: object = {}) => {
    const told = await office.app.statistics.figures(viewer, figuresQuery.parse({ desk, ...more }));
    const found = told.figures.find((f) => f.id === id);
    return [found?.part, found?.whole];
  };
  const list = (viewer: Actor, query: object): Promise<StatisticsCasePage> =>
    office.app.statistics.cases(viewer, statisticsCasesQuery.parse(query));
  const status = async (run: () => unknown): Promise<number> => {
    try {
      await run();
      return 200;
    } catch (error) {
      return (error as { status?: number }).status ?? 500;
    }
  };

  it('tells a leader of the whole area and a unit of its own share', async () => {
    expect(await figure(leader, leaderDesk, 'reported')).toEqual([6, 6]);
    expect(await figure(leader, leaderDesk, 'dispatched')).toEqual([4, 4]);
    expect(await figure(leader, leaderDesk, 'satisfactionRate')).toEqual([1, 2]);
    expect(await figure(leader, leaderDesk, 'returnRate')).toEqual([1, 5]);
    expect(await figure(police, policeDesk, 'returnRate')).toEqual([1, 4]);
    expect(await figure(police, policeDesk, 'dispatched')).toEqual([2, 2]);
    expect(await figure(works, `handler:${office.unit('市建设局')}`, 'dispatched')).toEqual([1, 1]);
  });

  it('tells what it means, with its fraction and up to when it counts', async () => {
    const told = await office.app.statistics.figures(leader, figuresQuery.parse({ desk: leaderDesk }));
    expect(told.figures.find((f) => f.id === 'closeRate')).toMatchObject({
      name: '办结率',
      text: '25.0%',
      fraction: '已答复且不在整改 1 ÷ 已交办 4',
    });
    expect(told.asOfText).toMatch(/^截至 7月7日 周二 08:\d\d$/);
    expect(told.period.text).toBe('2026年1月1日至7月7日');
    expect(told.participation?.part).toBe(1);
  });

  it('compares with the period before and the year before', async () => {
    const query = { desk: leaderDesk, period: 'day', within: '2026-07-07', figures: 'reported,closeRate' };
    const { figures } = await office.app.statistics.figures(leader, figuresQuery.parse(query));
    expect(figures[0]?.last).toMatchObject({ value: 6, direction: 'down', phrase: '比前一天少 6 件' });
    expect(figures[0]?.year).toBeNull();
    expect(figures[1]?.last).toBeNull();
  });

  it('ranks nobody with too few, and says so', async () => {
    const told = await office.app.statistics.figures(
      leader,
      figuresQuery.parse({ desk: leaderDesk, split: 'unit', rankBy: 'closeRate' }),
    );
    expect(told.groups.map((g) => g.rank)).toEqual(told.groups.map(() => null));
    expect(told.unrankedText).toBe('另有 3 个单位不足 30 件，不参加排名');
    expect(told.groups.map((g) => g.name)).toEqual(
      expect.arrayContaining(['市公安局交警支队', '市建设局', '还没有承办单位']),
    );
  });

  it('opens nothing that a person may not read, and yet counts it', async () => {
    const page = await list(leader, { desk: leaderDesk, figure: 'reported' });
    expect(page.total).toBe(6);
    expect(page.items).toHaveLength(6);
    expect(page.items.filter((item) => item.id === null)).toHaveLength(1);
    const own = await list(reviewer, { desk: `reviewer:${office.unit('金华市政协')}`, figure: 'reported' });
    expect(own.items.every((item) => item.id !== null)).toBe(true);
    expect(JSON.stringify(own)).toContain(CANARY);
    // What the unit gave back it no longer sees.
    const back = await list(police, { desk: policeDesk, figure: 'returnRate', part: 'part' });
    expect(back.items).toMatchObject([{ id: null, number: '', note: '退回' }]);
  });

  it('says no word of what nobody has reviewed to anybody but the committee and its author', async () => {
    const { statistics } = office.app;
    const told: unknown[] = [];
    for (const [viewer, desk] of [
      [leader, leaderDesk],
      [dispatcher, `dispatcher:${office.unit('金华市三服务办')}`],
      [office.holder('inspector', '金华市'), `inspector:${office.area('金华市')}`],
      [police, policeDesk],
    ] as const) {
      const filter = statisticsFilter.parse({ desk });
      told.push(
        await statistics.figures(viewer, figuresQuery.parse({ desk })),
        await statistics.flow(viewer, filter),
        await statistics.backlog(viewer, filter),
        await list(viewer, { desk, figure: 'reported' }),
        await list(viewer, { desk, figure: 'at:review' }),
        ...(desk === policeDesk ? [] : [await statistics.topics(viewer, filter)]),
        ...(desk === policeDesk
          ? []
          : [await statistics.topicCases(viewer, topicCasesQuery.parse({ desk, word: CANARY }))]),
      );
    }
    expect(JSON.stringify(told)).not.toContain(`${CANARY}色`);
  });

  it.each([
    ['somebody else’s desk', 403, () => figure(works, policeDesk, 'reported')],
    ['a leader’s desk, asked by a unit', 403, () => figure(police, leaderDesk, 'reported')],
    [
      'another unit than one’s own',
      403,
      () => figure(police, policeDesk, 'reported', { unit: office.unit('市建设局') }),
    ],
    ['an area’s desk, asked by a member', 403, () => figure(lin, leaderDesk, 'reported')],
    ['figures, asked by a member at their own desk', 403, () => figure(lin, 'member', 'reported')],
    [
      'a county, asked by the city’s committee',
      404,
      () =>
        figure(reviewer, `reviewer:${office.unit('金华市政协')}`, 'reported', {
          area: office.area('婺城区'),
        }),
    ],
    [
      'the city, asked by a county’s committee',
      404,
      () =>
        figure(office.holder('reviewer', '婺城区政协'), `reviewer:${office.unit('婺城区政协')}`, 'reported', {
          area: office.area('金华市'),
        }),
    ],
    ['the list of somebody else’s desk', 403, () => list(works, { desk: policeDesk, figure: 'reported' })],
    [
      'topics, asked by a unit',
      400,
      () => office.app.statistics.topics(police, statisticsFilter.parse({ desk: policeDesk })),
    ],
    ['a record, asked by somebody who is no member', 403, () => office.app.statistics.record(police, 2026)],
    [
      'a period that ends before it begins',
      400,
      () =>
        figure(leader, leaderDesk, 'reported', { period: 'custom', from: '2026-07-02', to: '2026-07-01' }),
    ],
    [
      'two ways of narrowing at once',
      400,
      () => figure(leader, leaderDesk, 'reported', { sector: '教育', category: 'traffic' }),
    ],
    ['an unknown figure', 400, () => figure(leader, leaderDesk, 'reported', { figures: 'nothing' })],
  ])('refuses %s with %i', async (_what, code, run) => {
    expect(await status(run)).toBe(code);
  });

  it('a stranger to a desk learns nothing: an administrator has none', async () => {
    const admin: Actor = {
      kind: 'person',
      personId: 'x',
      grants: [{ role: 'admin', unitId: null, areaId: office.area('金华市') }],
    };
    expect(office.app.statistics.desks(admin)).toEqual({ desks: [], member: false });
    expect(await status(() => figure(admin, leaderDesk, 'reported'))).toBe(403);
  });

  it('tells what is in hand, how long, and whom it waits for; each opens its list', async () => {
    const told = await office.app.statistics.backlog(leader, statisticsFilter.parse({ desk: leaderDesk }));
    // A rework at the police, one given back, one at the works office.
    expect([told.total, told.ages.reduce((sum, age) => sum + age.count, 0)]).toEqual([3, 3]);
    expect(told.movers.map(({ id, count }) => [id, count])).toEqual([
      ['handler', 2],
      ['dispatcher', 1],
    ]);
    for (const age of told.ages) {
      const page = await list(leader, { desk: leaderDesk, age: age.id });
      expect([age.id, page.total, page.items.length]).toEqual([age.id, age.count, age.count]);
    }
    for (const mover of told.movers) {
      const page = await list(leader, { desk: leaderDesk, age: 'all', mover: mover.id });
      expect([mover.id, page.total]).toEqual([mover.id, mover.count]);
      expect(page.items[0]?.note).toMatch(/^已 .*，等/);
    }
  });

  it('finds what people speak of, with as many cases behind it as it says', async () => {
    const topics = await office.app.statistics.topics(leader, statisticsFilter.parse({ desk: leaderDesk }));
    const lights = topics.words.find(({ word }) => word === '红绿灯');
    expect(lights).toMatchObject({ count: 3, changeText: '新出现', rising: true });
    const page = await office.app.statistics.topicCases(
      leader,
      topicCasesQuery.parse({ desk: leaderDesk, word: '红绿灯', limit: 2 }),
    );
    const rest = await office.app.statistics.topicCases(
      leader,
      topicCasesQuery.parse({ desk: leaderDesk, word: '红绿灯', limit: 2, after: page.after }),
    );
    expect([page.total, page.items.length, rest.items.length, rest.after]).toEqual([3, 2, 1, null]);
    const cluster = topics.clusters[0];
    expect(cluster).toMatchObject({ category: { id: 'traffic' }, place: { name: '金东区' }, count: 4 });
    const there = await office.app.statistics.topicCases(
      leader,
      topicCasesQuery.parse({ desk: leaderDesk, category: 'traffic', place: cluster?.place.id }),
    );
    expect([there.total, there.items.length]).toEqual([4, 4]);
  });

  it('tells a member what came of a year, with points, and each number opens its cases', async () => {
    const record = await office.app.statistics.record(lin, undefined);
    expect(record).toMatchObject({
      year: 2026,
      sentence: '您提的民情，解决了 1 个问题',
      detail: '提交 6 件，受理 4 件，办结 1 件',
      points: {
        total: 11,
        items: [
          { act: 'accepted', count: 4, points: 8 },
          { act: 'solved', count: 1, points: 3 },
        ],
      },
      stars: { mean: 3.5, rated: 2, five: 1, text: '2 件，五星 1 件' },
    });
    expect(record.months.at(-1)).toEqual({ month: 7, closed: 1, open: 5 });
    for (const of of ['submitted', 'accepted', 'closed', 'solved', 'adopted', 'supported'] as const) {
      const { items } = await office.app.statistics.recordCases(lin, { year: 2026, of });
      expect([of, items.length]).toEqual([of, record[of]]);
    }
    for (const { act, count } of record.points.items) {
      const { items } = await office.app.statistics.recordCases(lin, { year: 2026, of: 'submitted', act });
      expect([act, items.length]).toEqual([act, count]);
    }
    const july = await office.app.statistics.recordCases(lin, { year: 2026, of: 'submitted', month: 7 });
    expect(july.title).toBe('2026年7月提交 6 件');
    const other = await office.app.statistics.record(office.holder('member', '金华市政协', 1), undefined);
    expect(other).toMatchObject({ submitted: 0, sentence: '这一年您还没有提交民情' });
  });

  describe('what an administrator sets', () => {
    const admin = (): Actor => ({
      kind: 'person',
      personId: 'an-admin',
      grants: [{ role: 'admin', unitId: null, areaId: office.area('金华市') }],
    });
    const save = async (change: object, viewer = admin()) => {
      const areaId = office.area('金华市');
      const { own, seen } = await office.app.statistics.admin.settings(admin(), areaId);
      return office.app.statistics.admin.save(
        viewer,
        statisticsSettingsChange.parse({ areaId, seen, ...own, ...change }),
        { principal: 'an-admin', key: uuidv7(), digest: digestOf(change) },
      );
    };

    it('is refused to everybody else, and for another’s area', async () => {
      const { settings } = office.app.statistics.admin;
      expect(await status(() => settings(leader, office.area('金华市')))).toBe(403);
      expect(await status(() => settings(admin(), office.area('浙江省')))).toBe(403);
      expect(await status(() => save({}, leader))).toBe(403);
    });

    it('ranks from another number on, for the areas below as well', async () => {
      await save({ leastRanked: 1 });
      const told = await office.app.statistics.figures(
        leader,
        figuresQuery.parse({ desk: leaderDesk, split: 'unit', rankBy: 'closeRate' }),
      );
      expect(told.groups.map((g) => [g.name, g.rank])).toEqual([
        ['市公安局交警支队', 1],
        ['市建设局', 2],
        ['还没有承办单位', null],
      ]);
      const county = await office.app.statistics.admin.settings(admin(), office.area('婺城区'));
      expect([county.own.leastRanked, county.leastRanked]).toEqual([null, 1]);
    });

    it('counts points by the rules of the day, which cannot be changed afterwards', async () => {
      const [standard] = (await office.app.statistics.admin.settings(admin(), office.area('金华市'))).points;
      const first = { ...standard, validFrom: '2026-01-01', yearlyCap: 10 };
      await save({ points: [first] });
      expect((await office.app.statistics.record(lin, 2026)).points).toMatchObject({
        total: 10,
        uncapped: 11,
      });
      expect(await status(() => save({ points: [{ ...first, yearlyCap: 20 }] }))).toBe(400);
      expect(await status(() => save({ points: [first, { ...first, validFrom: '2026-07-07' }] }))).toBe(400);
      expect(await status(() => save({ points: [first, { ...first, validFrom: '2026-08-01' }] }))).toBe(200);
    });

    it('refuses a change of what somebody else changed meanwhile, and a go-live ahead', async () => {
      expect(await status(() => save({ seen: 'older' }))).toBe(409);
      expect(await status(() => save({ liveFrom: '2026-08-01' }))).toBe(400);
    });

    it('counts nothing from before the go-live, once it was counted anew', async () => {
      await save({ liveFrom: '2026-07-07' });
      expect((await office.app.statistics.admin.settings(admin(), office.area('金华市'))).counting).toBe(
        true,
      );
      expect(await office.app.statistics.rebuild.ifDue()).toBe(true);
      expect(await office.app.statistics.rebuild.ifDue()).toBe(false);
      expect(await figure(leader, leaderDesk, 'reported')).toEqual([0, 0]);
      const audit = await office.app.store.read((db) =>
        db.selectFrom('audit').select('subject').where('kind', '=', 'statistics.changed').execute(),
      );
      expect(audit.map((row) => row.subject)).toContain(office.area('金华市'));
    });
  });
});
