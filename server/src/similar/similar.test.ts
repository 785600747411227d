import type { Actor } from '@minqing/shared/workflow';
import { sql, type Kysely } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_CASES } from '../../../scripts/demo/cases.ts';
import { openOffice, type Office, type Report } from '../../../tests/support/office.ts';
import { STORES, type TestDatabase } from '../../../tests/support/stores.ts';

const CITY = '金华市政协';

/** Reports as a member would begin them, and the demo's report that speaks of the same matter. */
const SAME: [
  begun: { title: string; situation?: string; category?: string; area?: string; place?: string },
  same: string,
][] = [
  [{ title: '江滨东路雨后积水严重' }, '江滨东路非机动车道积水'],
  [{ title: '八一南街晚上施工太吵' }, '八一南街夜间施工噪声'],
  [{ title: '五金城门口货车乱装卸', area: '永康市' }, '永康五金城货车占道装卸'],
  [{ title: '宾虹路的路灯坏了' }, '宾虹路路灯不亮'],
  [{ title: '东市南街窨井盖会翘', place: '东市南街菜场' }, '东市南街雨后窨井盖松动'],
  [{ title: '急诊通道常被车堵', place: '人民医院' }, '人民医院急诊通道被社会车辆占用'],
  [{ title: '李渔路小学放学拥堵' }, '李渔路小学门口放学时段接送拥堵'],
  [{ title: '加装电梯补贴迟迟不到账' }, '三江街道老旧小区加装电梯补贴到账慢'],
  [{ title: '渣土车扬尘没人管', place: '多湖街道' }, '多湖街道夜间渣土车扬尘'],
  [{ title: '燕尾洲跑道的灯坏了' }, '燕尾洲公园夜跑道路灯损坏'],
  [{ title: '兰荫路站台该装遮阳棚' }, '兰荫路公交站台没有遮阳棚'],
  [{ title: '公共自行车桩坏得多' }, '公共自行车桩位损坏多'],
  [{ title: '水晶园区半夜有异味', area: '浦江县' }, '浦江水晶园区夜间异味'],
  [{ title: '八咏楼坡道轮椅上不去' }, '八咏楼游客中心轮椅坡道偏陡'],
  [{ title: '医保异地备案排长队', place: '便民中心' }, '便民中心医保备案排队久'],
];

/** Matters that nobody has reported. */
const NEW = [
  '图书馆晚上关门太早',
  '白内障手术报销比例低',
  '高铁站出租车拒载短途',
  '农田无人机喷药漂移',
  '公墓价格不透明',
  '小学课桌椅高度不合适',
];

describe.each(STORES)('like cases on $name', (kind) => {
  let database: TestDatabase;
  let office: Office;
  const idOf = new Map<string, string>();
  const search = { situation: '', place: '' };

  beforeAll(async () => {
    database = await kind.create();
    office = await openOffice(database.databaseUrl);
    const reviewer = office.holder('reviewer', CITY);
    for (const demo of DEMO_CASES) {
      const caseId = await office.filed(office.holder('member', CITY, 1), {
        title: demo.title,
        situation: demo.situation,
        categoryId: demo.category,
        place: {
          text: demo.place,
          areaId: office.app.directory.areas().find((a) => a.id.endsWith(demo.areaId))?.id ?? null,
        },
        openness: 'members',
      });
      await office.did(reviewer, caseId, 'accept');
      idOf.set(demo.title, caseId);
    }
    await office.follow();
  }, 120_000);
  afterAll(async () => {
    await office?.close();
    await database?.drop();
  });

  it('finds the same matter told in other words', async () => {
    const lost: string[] = [];
    let first = 0;
    for (const [begun, same] of SAME) {
      const { items } = await office.app.similar.find(office.holder('member', CITY), {
        ...search,
        ...begun,
        place: begun.place ?? '',
        situation: begun.situation ?? '',
        ...(begun.area ? { areaId: office.area(begun.area) } : {}),
      });
      if (!items.some((item) => item.title === same)) {
        lost.push(begun.title);
      }
      first += Number(items[0]?.title === same);
    }
    expect(lost).toEqual([]);
    expect(first).toBeGreaterThanOrEqual(SAME.length - 1);
  });

  it('leaves alone whoever writes of something new', async () => {
    for (const title of NEW) {
      const { items } = await office.app.similar.find(office.holder('member', CITY), { ...search, title });
      expect(items.map((item) => item.title)).toEqual([]);
    }
  });
});

describe.each(STORES)('what like cases show, on $name', (kind) => {
  let database: TestDatabase;
  let office: Office;
  const TITLE = '文荣路口信号灯不亮';
  const asked = { title: TITLE, situation: '', place: '' };
  const titles = async (viewer: Actor, query: object = {}): Promise<string[]> =>
    (await office.app.similar.find(viewer, { ...asked, ...query })).items.map((item) => item.title);
  const member = (nth = 0): Actor => office.holder('member', CITY, nth);
  const reported = (title: string, more: Partial<Report> = {}): Promise<string> =>
    office.filed(member(1), { title, ...more });
  const accepted = async (title: string, more: Partial<Report> = {}): Promise<string> => {
    const caseId = await reported(title, more);
    await office.did(office.holder('reviewer', CITY), caseId, 'accept');
    return caseId;
  };
  const words = () =>
    office.app.store.read((db) =>
      db
        .selectFrom('open_case_word')
        .selectAll()
        .orderBy('case_id')
        .orderBy('word')
        .orderBy('audience')
        .execute(),
    );

  beforeAll(async () => {
    database = await kind.create();
    office = await openOffice(database.databaseUrl);
  }, 120_000);
  afterEach(() =>
    office.app.store.transact(async (tx) => {
      for (const table of ['cases', 'case_author', 'open_case_word'] as const) {
        await tx.deleteFrom(table).execute();
      }
    }),
  );
  afterAll(async () => {
    await office?.close();
    await database?.drop();
  });

  it('a report for the staff alone is shown to no other member, and to those who work on it', async () => {
    await accepted(`${TITLE}甲`, { openness: 'staff' });
    await office.follow();
    expect(await titles(member())).toEqual([]);
    for (const role of ['reviewer', 'dispatcher', 'inspector', 'leader'] as const) {
      const at = { reviewer: CITY, dispatcher: '金华市三服务办', inspector: '金华市', leader: '金华市' }[
        role
      ];
      expect([role, await titles(office.holder(role, at))]).toEqual([role, [`${TITLE}甲`]]);
    }
  });

  it('a report that was not reviewed is shown to its committee and its author alone', async () => {
    await reported(`${TITLE}乙`, { openness: 'public' });
    await office.follow();
    expect(await titles(office.holder('reviewer', CITY))).toEqual([`${TITLE}乙`]);
    expect(await titles(member(1))).toEqual([`${TITLE}乙`]);
    expect(await titles(member())).toEqual([]);
    expect(await titles(office.holder('dispatcher', '金华市三服务办'))).toEqual([]);
    expect(await titles(office.holder('inspector', '金华市'))).toEqual([]);
    expect(await titles(office.holder('reviewer', '婺城区政协'))).toEqual([]);
  });

  it('handlers, administrators and people of other places are shown nothing', async () => {
    await accepted(`${TITLE}丙`, { openness: 'public' });
    await office.follow();
    expect(await titles(member())).toEqual([`${TITLE}丙`]);
    expect(await titles(office.holder('handler', '市教育局'))).toEqual([]);
    expect(await titles(office.holder('reviewer', '婺城区政协'))).toEqual([]);
    expect(await titles(office.holder('dispatcher', '婺城区三服务办'))).toEqual([]);
    expect(await titles(office.holder('member', '婺城区政协'), { areaId: office.area('金东区') })).toEqual(
      [],
    );
  });

  it('title, category, place, state and why; never author, number, text or files', async () => {
    const caseId = await accepted(`${TITLE}丁`, {
      openness: 'public',
      anonymous: true,
      situation: '金丝雀情况七三一，信号灯不亮，路口混乱',
      categoryId: 'traffic',
    });
    await office.follow();
    const { items } = await office.app.similar.find(member(), {
      ...asked,
      situation: '路口混乱',
      categoryId: 'traffic',
    });
    expect(items).toEqual([
      {
        id: caseId,
        title: `${TITLE}丁`,
        category: '交通出行',
        place: '金东区 迎宾大道',
        stateLabel: '待交办',
        score: expect.any(Number),
        reasons: [
          { kind: 'category', text: '同类别' },
          { kind: 'words', text: expect.stringContaining('信号灯') },
        ],
        mine: false,
        supported: false,
        maySupport: true,
        mayMerge: false,
      },
    ]);
    expect(JSON.stringify(items)).not.toContain('混乱');
    expect(JSON.stringify(items)).not.toContain('金丝雀');
  });

  it('words that stand in the situation alone are no reason that is quoted', async () => {
    await accepted('文荣路信号灯坏了', { openness: 'public', situation: '机密词语消防栓' });
    await office.follow();
    const { items } = await office.app.similar.find(member(), { ...asked, title: '文荣路信号灯与消防栓' });
    expect(items).toHaveLength(1);
    expect(JSON.stringify(items)).not.toContain('消防栓');
  });

  it('a reviewer who narrows the openness takes the case from the members’ sight', async () => {
    const caseId = await reported(`${TITLE}戊`, { openness: 'public' });
    await office.did(office.holder('reviewer', CITY), caseId, 'accept', { openness: 'staff' });
    // Whether or not the words have followed yet.
    expect(await titles(member())).toEqual([]);
    await office.follow();
    expect(await titles(member())).toEqual([]);
  });

  it('a case that ends, or is the one being written, is not offered', async () => {
    const ended = await accepted(`${TITLE}己`, { openness: 'public' });
    const open = await accepted(`${TITLE}庚`, { openness: 'public' });
    await office.follow();
    expect((await titles(member())).toSorted()).toEqual([`${TITLE}己`, `${TITLE}庚`]);
    await office.did(member(1), ended, 'withdraw', { reason: '已经修好' });
    expect(await titles(member())).toEqual([`${TITLE}庚`]);
    await office.follow();
    expect(await titles(member())).toEqual([`${TITLE}庚`]);
    expect((await words()).some((row) => row.case_id === ended)).toBe(false);
    expect(await titles(member(), { exclude: open })).toEqual([]);
  });

  it('near points are told in metres, far ones make other matters of the same words', async () => {
    const place = { text: '文荣路口', areaId: office.area('金东区'), latitude: 29.1, longitude: 119.65 };
    await accepted(`${TITLE}辛`, { openness: 'public', place });
    await office.follow();
    const near = await office.app.similar.find(member(), { ...asked, latitude: 29.1009, longitude: 119.65 });
    expect(near.items[0]?.reasons[0]).toEqual({ kind: 'place', text: '同地点，相距 100 米' });
    const far = await office.app.similar.find(member(), { ...asked, latitude: 29.2, longitude: 119.65 });
    expect(far.items[0]?.reasons.some((reason) => reason.kind === 'place')).toBe(false);
    expect(far.items[0]?.score ?? 0).toBeLessThan(near.items[0]?.score ?? 0);
  });

  it('beside a case: for those who work on it, without itself; others are refused or told nothing', async () => {
    const one = await accepted(`${TITLE}壬`, { openness: 'members' });
    const two = await reported(`${TITLE}癸`);
    await office.follow();
    const { items } = await office.app.similar.beside(office.holder('reviewer', CITY), two);
    expect(items.map((item) => item.id)).toEqual([one]);
    expect(items[0]).toMatchObject({ maySupport: false, mayMerge: true });
    await expect(office.app.similar.beside(member(1), two)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(office.app.similar.beside(member(), two)).rejects.toMatchObject({ code: 'notFound' });
    await expect(
      office.app.similar.beside(office.holder('dispatcher', '金华市三服务办'), two),
    ).rejects.toMatchObject({
      code: 'notFound',
    });
    await expect(office.app.similar.beside(office.holder('reviewer', CITY), 'nowhere')).rejects.toMatchObject(
      {
        code: 'notFound',
      },
    );
  });

  it('supporting is offered to whoever may, once, and not for one’s own', async () => {
    const caseId = await accepted(`${TITLE}子`, { openness: 'members' });
    await office.follow();
    const seen = async (viewer: Actor) =>
      (await office.app.similar.find(viewer, asked)).items.map((i) => [i.mine, i.supported, i.maySupport]);
    expect(await seen(member())).toEqual([[false, false, true]]);
    expect(await seen(member(1))).toEqual([[true, false, false]]);
    await office.did(member(), caseId, 'support');
    expect(await seen(member())).toEqual([[false, true, false]]);
  });

  it('merging is offered only where the workflow would do it', async () => {
    const under = await accepted(`${TITLE}丑`);
    const near = await accepted(`${TITLE}寅`);
    await office.follow();
    const reviewer = office.holder('reviewer', CITY);
    const offered = async (viewer = reviewer, caseId = under) =>
      (await office.app.similar.beside(viewer, caseId)).items.map((item) => item.mayMerge);
    expect(await offered()).toEqual([true]);
    expect(await offered(office.holder('dispatcher', '金华市三服务办'))).toEqual([false]);
    const dispatcher = office.holder('dispatcher', '金华市三服务办');
    const handler = office.holder('handler', '市公安局交警支队');
    await office.did(dispatcher, near, 'dispatch', {
      leadUnitId: office.unit('市公安局交警支队'),
      coUnitIds: [],
    });
    await office.follow();
    expect(await offered()).toEqual([true]);
    await office.did(handler, near, 'reply', { class: 'solved', text: '已修好' });
    await office.follow();
    expect(await offered()).toEqual([false]);
    // A case that was dispatched is merged into nothing.
    expect(await offered(reviewer, near)).toEqual([false]);
  });

  it('words of nothing but what every report says find nothing', async () => {
    await accepted(`${TITLE}`, { openness: 'public' });
    await office.follow();
    expect(await titles(member(), { title: '建议有关部门解决问题' })).toEqual([]);
    expect(await titles(member(), { title: '！！！' })).toEqual([]);
  });

  it('following again from the first entry gives the same words', async () => {
    await accepted(`${TITLE}一`, { openness: 'public' });
    const edited = await reported('路边', {});
    await office.did(office.holder('reviewer', CITY), edited, 'edit', {
      title: '文荣路边信号灯坏了',
      situation: '信号灯坏了',
      categoryId: 'traffic',
      place: { text: '文荣路', areaId: office.area('金东区') },
    });
    await office.follow();
    const before = await words();
    expect(before.some((row) => row.case_id === edited && row.word === '信号灯')).toBe(true);
    await office.app.similar.follower.restart();
    expect(await words()).toEqual([]);
    await office.follow();
    expect(await words()).toEqual(before);
    expect(await office.app.similar.follower.behind()).toBe(0);
  });

  it('looks a word up along its index, newest first, without sorting', async () => {
    const statement = `explain ${kind.name === 'sqlite' ? 'query plan ' : ''}select word, case_id from open_case_word
      where area_id = 'a' and audience = 'members' and word = '路灯' order by submitted_at desc limit 60`;
    const rows = await office.app.store.read((db) => sql.raw(statement).execute(db as Kysely<never>));
    const plan = JSON.stringify(rows.rows);
    expect(plan).not.toMatch(/TEMP B-TREE|filesort|SCAN open_case_word/);
  });
});
