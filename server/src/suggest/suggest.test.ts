import type { Actor, Case } from '@minqing/shared/workflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOffice, type Office } from '../../../tests/support/office.ts';
import { STORES, type TestDatabase } from '../../../tests/support/stores.ts';

const CITY = '金华市政协';
const OFFICE = '金华市三服务办';
const POLICE = '市公安局交警支队';
const BUS = '金华公交集团';
const SCHOOLS = '市教育局';

/** What each unit was given before: title and category. */
const EARLIER: [unit: string, category: string, titles: string[]][] = [
  [
    POLICE,
    'traffic',
    [
      '宾虹路红绿灯太短',
      '东华街红绿灯黄闪',
      '国道路口没有红绿灯',
      '学校门前红绿灯太快',
      '左转红绿灯配时不合理',
      '货车闯禁行',
      '路口掉头堵车',
    ],
  ],
  [BUS, 'traffic', ['公交末班车太早', '公交班次太少', '公交站台没有雨棚', '公交到站不准', '公交司机急刹']],
  [
    SCHOOLS,
    'education',
    ['小学课后服务缴费难', '学区划分不透明', '中学食堂涨价', '乡村小学缺老师', '幼儿园收费高'],
  ],
];

describe.each(STORES)('suggestions on $name', (kind) => {
  let database: TestDatabase;
  let office: Office;
  let reviewer: Actor;
  let dispatcher: Actor;
  const author = (): Actor => office.holder('member', CITY, 1);

  const reported = (title: string, categoryId = 'other'): Promise<string> =>
    office.filed(author(), { title, categoryId, place: { text: '城区', areaId: office.area('婺城区') } });
  const accepted = async (title: string, categoryId?: string): Promise<string> => {
    const caseId = await reported(title, categoryId);
    await office.did(reviewer, caseId, 'accept');
    return caseId;
  };
  const dispatched = async (title: string, unit: string, categoryId?: string): Promise<string> => {
    const caseId = await accepted(title, categoryId);
    await office.did(dispatcher, caseId, 'dispatch', { leadUnitId: office.unit(unit) });
    return caseId;
  };
  const asked = (caseId: string, viewer: Actor = dispatcher) => office.app.suggest.forCase(viewer, caseId);
  const named = async (caseId: string): Promise<string[]> =>
    (await asked(caseId)).units.map(({ unit }) => unit.name);
  const kept = () =>
    office.app.store.read(async (db) => ({
      lessons: await db.selectFrom('lesson').selectAll().orderBy('case_id').execute(),
      counts: await db
        .selectFrom('lesson_count')
        .selectAll()
        .orderBy('area_id')
        .orderBy('target')
        .orderBy('feature')
        .orderBy('label')
        .execute(),
    }));

  beforeAll(async () => {
    database = await kind.create();
    office = await openOffice(database.databaseUrl);
    reviewer = office.holder('reviewer', CITY);
    dispatcher = office.holder('dispatcher', OFFICE);
    for (const [unit, category, titles] of EARLIER) {
      for (const title of titles) {
        await dispatched(title, unit, category);
      }
    }
    await office.follow();
  }, 180_000);
  afterAll(async () => {
    await office?.close();
    await database?.drop();
  });

  it('name who led what is alike, with counts that are true, and what the unit has in hand', async () => {
    const caseId = await accepted('环城路红绿灯时间太短', 'traffic');
    const { units, category } = await asked(caseId);
    expect(units[0]).toMatchObject({
      unit: { name: POLICE },
      reasons: [{ kind: 'word', text: '过去 5 件「红绿灯」的民情里，5 件由交警支队主办' }],
      load: { open: 7, overdue: 0, text: '手上 7 件，无超期' },
    });
    expect(units[0]?.belief).toBeGreaterThan(0.6);
    expect(units.length).toBeLessThanOrEqual(3);
    expect(units.map((u) => u.belief)).toEqual(units.map((u) => u.belief).toSorted((a, b) => b - a));
    // A dispatcher may correct the category, so that is suggested too.
    expect(category).toMatchObject({ id: 'traffic', name: '交通出行' });
  });

  it('every count that is told is what a plain look at the cases gives', async () => {
    const rows = await office.app.store.read((db) => db.selectFrom('cases').select('body_json').execute());
    const cases = rows
      .map((row) => JSON.parse(row.body_json) as Case)
      .filter((c) => c.assignments.length > 0);
    let told = 0;
    for (const [title, category] of [
      ['早高峰红绿灯', 'traffic'],
      ['公交末班车', 'traffic'],
      ['小学收费', 'education'],
      ['公交班次太少', 'other'],
    ] as const) {
      const { units } = await asked(await accepted(title, category));
      for (const { unit, reasons } of units) {
        for (const { text } of reasons) {
          const word = /^过去 (\d+) 件「(.+)」的民情里，(\d+) 件由(.+)主办$/.exec(text);
          const kindOf = /^过去 (\d+) 件(.+)类民情里，(\d+) 件由(.+)主办$/.exec(text);
          const plain = /^主办过 (\d+) 件$/.exec(text);
          expect([text, word ?? kindOf ?? plain]).not.toEqual([text, null]);
          const those = word
            ? cases.filter((c) => `${c.content.title}${c.content.situation}`.includes(word[2] ?? ''))
            : kindOf
              ? cases.filter((c) => c.content.categoryId === category)
              : cases;
          const own = those.filter((c) => c.assignments[0]?.unitId === unit.id);
          const numbers = plain
            ? [Number(plain[1])]
            : [Number((word ?? kindOf)?.[1]), Number((word ?? kindOf)?.[3])];
          expect([text, ...numbers]).toEqual([text, ...(plain ? [own.length] : [those.length, own.length])]);
          told += 1;
        }
      }
    }
    expect(told).toBeGreaterThanOrEqual(4);
  });

  it('say nothing of what nobody has dispatched before', async () => {
    expect(await asked(await accepted('博物馆讲解员太少'))).toEqual({ units: [], category: null });
  });

  it('a category is suggested to the reviewer, with its reason, and no unit', async () => {
    const caseId = await reported('新区公交末班车太早');
    const { units, category } = await asked(caseId, reviewer);
    expect(units).toEqual([]);
    expect(category).toMatchObject({
      id: 'traffic',
      reasons: [
        { kind: 'word', text: expect.stringMatching(/^过去 \d+ 件「公交」的民情里，\d+ 件归「交通出行」$/) },
      ],
    });
  });

  it('are not for others: strangers learn nothing, members and handlers are refused or told nothing', async () => {
    const caseId = await accepted('路口红绿灯太短', 'traffic');
    await expect(asked(caseId, author())).rejects.toMatchObject({ code: 'forbidden' });
    for (const stranger of [
      office.holder('member', CITY),
      office.holder('dispatcher', '婺城区三服务办'),
      office.holder('handler', POLICE),
    ]) {
      await expect(asked(caseId, stranger)).rejects.toMatchObject({ code: 'notFound' });
    }
    await expect(asked('nowhere')).rejects.toMatchObject({ code: 'notFound' });
    expect(await asked(caseId, office.holder('inspector', '金华市'))).toEqual({ units: [], category: null });
  });

  it('a unit that gave the case back is not named again, and its lesson is taken back', async () => {
    const caseId = await dispatched('公交站台前红绿灯', POLICE, 'traffic');
    await office.follow();
    const police = office.unit(POLICE);
    const lessonOf = async () => (await kept()).lessons.find((l) => l.case_id === caseId);
    expect((await lessonOf())?.unit_id).toBe(police);
    await office.did(office.holder('handler', POLICE), caseId, 'transferBack', { reason: '不归我们' });
    await office.follow();
    expect((await lessonOf())?.unit_id).toBeNull();
    expect(await named(caseId)).not.toContain(POLICE);
  });

  it('a unit that closed, and one whose only handler reported the case, are not named', async () => {
    const caseId = await accepted('迎宾大道红绿灯太短', 'traffic');
    expect((await named(caseId))[0]).toBe(POLICE);
    const police = office.unit(POLICE);
    await office.app.store.transact((tx) =>
      tx.updateTable('unit').set({ active: 0 }).where('id', '=', police).execute(),
    );
    await office.app.directory.refresh();
    expect(await named(caseId)).not.toContain(POLICE);
    await office.app.store.transact((tx) =>
      tx.updateTable('unit').set({ active: 1 }).where('id', '=', police).execute(),
    );
    await office.app.directory.refresh();
    const handlers = await office.app.store.read((db) =>
      db
        .selectFrom('role_grant')
        .select(['id', 'person_id'])
        .where('unit_id', '=', police)
        .where('role', '=', 'handler')
        .execute(),
    );
    const [first, ...others] = handlers;
    const end = (to: number | null) =>
      office.app.store.transact(async (tx) => {
        for (const { id } of others) {
          await tx.updateTable('role_grant').set({ to_at: to }).where('id', '=', id).execute();
        }
      });
    await end(1);
    const own: Actor = {
      kind: 'person',
      personId: first?.person_id ?? '',
      grants: [{ role: 'member', unitId: office.unit(CITY), areaId: office.area('金华市') }],
    };
    const ownCase = await office.filed(own, { title: '红绿灯太短', categoryId: 'traffic' });
    await office.did(reviewer, ownCase, 'accept');
    expect(await named(ownCase)).not.toContain(POLICE);
    expect((await named(caseId))[0]).toBe(POLICE);
    await end(null);
    expect((await named(ownCase))[0]).toBe(POLICE);
  });

  it('the dispatch catalogue speaks where nobody has dispatched, and says so', async () => {
    const caseId = await accepted('博物馆讲解器故障', 'culture');
    const { catalogue } = office.app;
    const usual = catalogue.dispatchEntries;
    catalogue.dispatchEntries = () => [
      {
        id: 'e1',
        areaId: office.area('金华市'),
        changeId: 'x',
        categoryId: 'culture',
        keywords: ['博物馆'],
        placeAreaId: null,
        unitId: office.unit('市文化广电旅游局'),
        basis: '三定方案第四条',
      },
    ];
    try {
      const { units } = await asked(caseId);
      expect(units.map(({ unit, reasons }) => [unit.name, reasons.map((r) => r.text)])).toEqual([
        ['市文化广电旅游局', ['派单目录里有「博物馆」']],
      ]);
    } finally {
      catalogue.dispatchEntries = usual;
    }
  });

  it('learning twice changes nothing, and learning anew from the first entry gives the same', async () => {
    await office.follow();
    const before = await kept();
    expect(before.lessons.length).toBeGreaterThanOrEqual(17);
    expect(before.counts.every((row) => row.n > 0)).toBe(true);
    await office.follow();
    expect(await kept()).toEqual(before);
    await office.app.suggest.follower.restart();
    expect(await kept()).toEqual({ lessons: [], counts: [] });
    await office.follow();
    expect(await kept()).toEqual(before);
  });

  it('a corrected category moves its counts, leaving none behind', async () => {
    const caseId = await dispatched('独角兽词语唯一', SCHOOLS, 'education');
    await office.follow();
    const labels = async () =>
      (await kept()).counts
        .filter((row) => row.target === 'category' && row.feature === 'w:独角兽')
        .map((row) => [row.label, row.n]);
    expect(await labels()).toEqual([['education', 1]]);
    await office.did(dispatcher, caseId, 'correct', { categoryId: 'culture' });
    await office.follow();
    expect(await labels()).toEqual([['culture', 1]]);
  });
});
