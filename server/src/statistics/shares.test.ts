import {
  ratingsQuery,
  statisticsCasesQuery,
  statisticsFilter,
  type StatisticsCasePage,
} from '@minqing/shared/contract';
import type { Actor } from '@minqing/shared/workflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOffice, type Office } from '../../../tests/support/office.ts';
import { STORES, type TestDatabase } from '../../../tests/support/stores.ts';

const SOLVED = { class: 'solved', text: '已经调好' };

describe.each(STORES)('who reported, who answered and how it was rated, on $name', (kind) => {
  let database: TestDatabase;
  let office: Office;
  let leader: Actor;
  let reviewer: Actor;
  let police: Actor;
  let works: Actor;
  let leaderDesk: string;
  let policeDesk: string;
  const made: Record<string, string> = {};

  beforeAll(async () => {
    database = await kind.create();
    office = await openOffice(database.databaseUrl);
    office.clock.business = Date.parse('2026-07-06T08:41:00+08:00');
    leader = office.holder('leader', '金华市');
    reviewer = office.holder('reviewer', '金华市政协');
    police = office.holder('handler', '市公安局交警支队');
    works = office.holder('handler', '市建设局');
    leaderDesk = `leader:${office.area('金华市')}`;
    policeDesk = `handler:${office.unit('市公安局交警支队')}`;
    const lin = office.holder('member', '金华市政协');
    const answered = async (title: string, stars: number): Promise<string> => {
      const id = await office.filed(lin, { title, categoryId: 'traffic' });
      await office.did(reviewer, id, 'accept');
      await office.did(office.holder('dispatcher', '金华市三服务办'), id, 'dispatch', {
        leadUnitId: office.unit('市公安局交警支队'),
        coUnitIds: [],
      });
      await office.did(police, id, 'reply', SOLVED);
      await office.did(lin, id, 'rate', { stars, ...(stars < 3 ? { reasons: ['问题还在'] } : {}) });
      return id;
    };
    made['five'] = await answered('迎宾大道红绿灯按车流设置时长', 5);
    made['low'] = await answered('宾虹路红绿灯太短', 2);
    await office.filed(lin, { title: '路灯太暗', categoryId: 'city' });
    office.clock.business += 86_400_000;
    await office.follow();
  }, 120_000);
  afterAll(async () => {
    await office?.close();
    await database?.drop();
  });

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

  it('tells a unit where it stands, and nobody else', async () => {
    const rank = await office.app.statistics.unitRank(police, statisticsFilter.parse({ desk: policeDesk }));
    // Nothing was due yet.
    expect(rank).toMatchObject({ rank: null, of: 0, text: '到期应复 0 件，不足 30 件，不参加排名' });
    const filter = statisticsFilter.parse({ desk: leaderDesk });
    expect(await status(() => office.app.statistics.unitRank(leader, filter))).toBe(400);
    const others = statisticsFilter.parse({ desk: policeDesk });
    expect(await status(() => office.app.statistics.unitRank(works, others))).toBe(403);
  });

  it('tells the latest ratings, with how long it took and what became of it', async () => {
    const { items } = await office.app.statistics.ratings(leader, ratingsQuery.parse({ desk: leaderDesk }));
    expect(items).toMatchObject([
      { id: made['low'], stars: 2, unit: '市公安局交警支队', note: '已进入第 2 轮办理' },
      { id: made['five'], title: '迎宾大道红绿灯按车流设置时长', stars: 5, note: '用 0.0 个工作日' },
    ]);
    expect(
      await status(() => office.app.statistics.ratings(works, ratingsQuery.parse({ desk: policeDesk }))),
    ).toBe(403);
  });

  it('tells a committee what each of its members reported; each number opens its list', async () => {
    const desk = `reviewer:${office.unit('金华市政协')}`;
    const told = await office.app.statistics.members(reviewer, statisticsFilter.parse({ desk }));
    expect(told.members).toMatchObject([
      { reported: 3, accepted: 2, adopted: 0, rated: 2, starsText: '3.5' },
    ]);
    expect(told.silent).toBeGreaterThan(0);
    const [first] = told.members;
    const id = first?.id ?? '';
    for (const [name, n] of Object.entries({ reported: 3, accepted: 2, stars: 2 })) {
      const page = await list(reviewer, {
        desk,
        figure: name,
        member: id,
        seq: told.seq,
        counting: told.counting,
      });
      expect([name, page.total, page.items.length]).toEqual([name, n, n]);
    }
    const other = await list(reviewer, { desk, figure: 'reported', member: 'nobody' });
    expect([other.total, other.items.length]).toEqual([0, 0]);
    // A leader reads figures of the area and not of people.
    const filter = statisticsFilter.parse({ desk: leaderDesk });
    expect(await status(() => office.app.statistics.members(leader, filter))).toBe(403);
    expect(await status(() => list(leader, { desk: leaderDesk, figure: 'reported', member: id }))).toBe(403);
    expect(await status(() => list(police, { desk: policeDesk, figure: 'reported', member: id }))).toBe(403);
  });

  it('keeps the lists of a record as the record told them, while the member goes on', async () => {
    const lin = office.holder('member', '金华市政协');
    const { statistics } = office.app;
    const record = await statistics.record(lin, 2026);
    const id = await office.filed(lin, { title: '公交站台没有遮阳棚', categoryId: 'city' });
    await office.did(reviewer, id, 'accept');
    await office.follow();
    const length = async (query: object): Promise<number> =>
      (await statistics.recordCases(lin, { year: 2026, of: 'submitted', ...query })).items.length;
    for (const of of ['submitted', 'accepted', 'closed', 'solved', 'adopted'] as const) {
      expect([of, await length({ of, seq: record.seq })]).toEqual([of, record[of]]);
    }
    for (const { act, count } of record.points.items) {
      expect([act, await length({ act, seq: record.seq })]).toEqual([act, count]);
    }
    expect([await length({ of: 'accepted' }), await length({ act: 'accepted' })]).toEqual([
      record.accepted + 1,
      record.accepted + 1,
    ]);
    expect(await status(() => length({ seq: record.seq + 1_000 }))).toBe(409);
  });
});
