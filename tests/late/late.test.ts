import readXlsxFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LateGroupPage, LateItem, LateItemPage, LateSummary } from '@minqing/shared/contract';
import { LATE_REASONS, lateClock, lateReason } from '@minqing/shared/statistics';
import type { Actor } from '@minqing/shared/workflow';
import { openFirstStages, type FirstStage } from '../support/stages.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { openTale, SOLVED, WHY, type Part, type Tale } from '../support/tale.ts';
import { openTown, type Town } from '../support/town.ts';
import { findCase } from '../../server/src/cases/case.repository.ts';
import { sightOf } from '../../server/src/cases/sight.ts';
import { actorOf } from '../../server/src/people/index.ts';

const DAY = 24 * 3_600_000;

describe.each(STORES)('what is late, on $name', (store) => {
  let database: TestDatabase;
  let town: Town;
  let tale: Tale;
  let stages: Record<FirstStage, string>;
  /** Given back twice; at its third unit and signed; a rework. */
  let more: Record<'twice' | 'third' | 'rework', string>;
  beforeAll(async () => {
    database = await store.create();
    // No workers: what is late must not wait for a timer to have fired.
    town = await openTown({ databaseUrl: database.databaseUrl, workers: false });
    tale = await openTale(town);
    stages = await openFirstStages(tale);
    const { police, works, enforcement } = tale.units;
    const to = (leadUnitId: string) => ({ leadUnitId, coUnitIds: [] });
    const twice = await tale.atPolice();
    await tale.did('handler', twice, 'transferBack', WHY);
    await tale.did('dispatcher', twice, 'dispatch', to(works));
    await tale.did('worksHandler', twice, 'transferBack', WHY);
    const third = await tale.accepted();
    for (const [unit, part] of [
      [works, 'worksHandler'],
      [enforcement, 'coHandler'],
    ] as const) {
      await tale.did('dispatcher', third, 'dispatch', to(unit));
      await tale.did(part, third, 'transferBack', WHY);
    }
    await tale.did('dispatcher', third, 'dispatch', to(police));
    await tale.did('handler', third, 'sign');
    const rework = await tale.atPolice();
    await tale.did('handler', rework, 'reply', SOLVED);
    await tale.did('member', rework, 'rate', { stars: 1, reasons: ['问题还在'] });
    await tale.did('handler', rework, 'sign');
    more = { twice, third, rework };
    await town.advance(9 * DAY);
  }, 120_000);
  afterAll(async () => {
    await town?.stop();
    await database?.drop();
  });

  const get = async <T>(part: Part, path: string, query: Record<string, string>): Promise<T> => {
    const { status, body } = await (
      await tale.as(part)
    ).call('GET', `${path}?${new URLSearchParams(query).toString()}`);
    expect([status, body], `${part} ${path}`).toEqual([200, body]);
    return body as unknown as T;
  };
  const deskOf = async (part: Part): Promise<string> => {
    const { body } = await (await tale.as(part)).call('GET', '/queues');
    const { desks } = body as unknown as { desks: { id: string; role: string }[] };
    return desks.find((desk) => desk.role !== 'member')?.id ?? 'member';
  };
  const summary = async (part: Part, query: Record<string, string> = {}): Promise<LateSummary> =>
    get(part, '/late', { desk: await deskOf(part), ...query });
  const groups = async (part: Part, query: Record<string, string> = {}): Promise<LateGroupPage> =>
    get(part, '/late/groups', { desk: await deskOf(part), ...query });
  const items = async (part: Part, query: Record<string, string>): Promise<LateItemPage> =>
    get(part, '/late/items', { desk: await deskOf(part), ...query });

  /** Every late case the person finds by opening every group of a grouping, page by page. */
  async function all(part: Part, by: string, query: Record<string, string> = {}): Promise<LateItem[]> {
    const found: LateItem[] = [];
    for (const group of (await groups(part, { by, ...query })).items) {
      for (let after = ''; ;) {
        const page = await items(part, {
          by,
          key: group.key,
          limit: '2',
          ...query,
          ...(after ? { after } : {}),
        });
        expect(page.total).toBe(group.late);
        found.push(...page.items);
        if (page.after === null) {
          break;
        }
        after = page.after;
      }
    }
    return found;
  }

  it('is told to the inspector in one sentence, with whose responsibility it is not', async () => {
    const told = await summary('inspector');
    expect(told).toMatchObject({ late: 7, notUnit: 3, mayUrge: true });
    expect(told.sentence).toBe('7 件超期，其中 3 件不是单位的责任');
    expect(told.detail).toMatch(
      /^在办 9 件，临近到期 0 件。1 件等第二次改派，1 件三服务办未交办，1 件等督查裁定。$/,
    );
    expect(Object.fromEntries(told.reasons.map((r) => [r.id, [r.count, r.unit]]))).toEqual({
      unanswered: [2, true],
      handedOn: [1, true],
      unsigned: [1, true],
      secondRedispatch: [1, false],
      undispatched: [1, false],
      ruling: [1, false],
    });
    expect(told.movers).toEqual([
      { id: 'handler', label: '承办单位', count: 4 },
      { id: 'dispatcher', label: '三服务办', count: 2 },
      { id: 'inspector', label: '督查', count: 1 },
    ]);
    expect(told.asOfText).toBe('7月15日 周三 08:41');
  });

  it('is the figure on the inspector’s desk, which opens it', async () => {
    const { body } = await (await tale.as('inspector')).call('GET', '/queues');
    const { desks } = body as unknown as { desks: { id: string; queues: { id: string; count: number }[] }[] };
    const desk = desks.find((each) => each.id === 'inspector:330700');
    expect(desk?.queues.find((queue) => queue.id === 'late')?.count).toBe((await summary('inspector')).late);
  });

  it('a paused clock is never late, an answered or closed case neither', async () => {
    const ids = (await all('reviewer', 'unit')).map((item) => item.id);
    for (const stage of ['asked', 'replied', 'closed', 'declined', 'withdrawn', 'returned'] as const) {
      expect([stage, ids.includes(stages[stage])]).toEqual([stage, false]);
    }
  });

  it('each row says why, whose move, for how long and what was promised', async () => {
    const rows = new Map((await all('inspector', 'unit')).map((item) => [item.id, item]));
    expect(rows.get(stages.dispatched)).toMatchObject({
      stageText: '待签收',
      moveText: '等交警支队签收',
      tag: '没有签收',
      overText: '超 6 天 3 小时',
      dueText: '7月6日 周一 13:41 前签收，限 3.5 小时',
      urgedText: '没催过',
      unit: true,
      mayUrge: true,
    });
    expect(rows.get(stages.handling)).toMatchObject({
      moveText: '等交警支队答复',
      overText: '超 3 天',
    });
    expect(rows.get(more.twice)).toMatchObject({
      stageText: '待改派',
      moveText: '等三服务办改派',
      tag: '退回 2 次',
      unit: false,
    });
    expect(rows.get(more.third)).toMatchObject({ tag: '转办 2 次', reason: 'handedOn', unit: true });
    expect(rows.get(more.rework)).toMatchObject({ stageText: '办理中 · 第 2 轮', reason: 'unanswered' });
    expect(rows.get(stages.disputed)).toMatchObject({ moveText: '等督查裁定', unit: false });
  });

  it('groups by unit with its load, its reasons and what ticking it selects', async () => {
    const page = await groups('inspector', { by: 'unit' });
    expect(page.total).toBe(3);
    const [police] = page.items;
    expect(police).toMatchObject({
      name: '市公安局交警支队',
      late: 5,
      unitMoves: 4,
      // Dispatched, handling, asked, replied, disputed, third, rework: what runs there, late or not.
      running: 7,
      longestText: '6 天 3 小时',
      reasonsText: '没有答复 2 · 转办两次以上 1',
      urgedText: '没催过',
    });
    expect(police?.stages).toEqual([
      { id: 'dispatched', running: 1, late: 1 },
      { id: 'handling', running: 4, late: 3 },
      { id: 'replied', running: 1, late: 0 },
      { id: 'disputed', running: 1, late: 1 },
    ]);
    expect(page.items.map((group) => group.late)).toEqual([5, 1, 1]);
    expect(
      (await groups('inspector', { by: 'unit', all: 'true' })).items.map((g) => [g.name, g.late]),
    ).toEqual(page.items.map((g) => [g.name, g.late]));
  });

  it.each(['unit', 'stage', 'reason', 'area'])(
    'the groups by %s hold every late case once, and no other',
    async (by) => {
      const found = await all('inspector', by);
      expect(found.map((item) => item.id).toSorted()).toEqual(
        (await all('inspector', 'unit')).map((item) => item.id).toSorted(),
      );
      expect(new Set(found.map((item) => item.id)).size).toBe(7);
    },
  );

  it('a reason, an area or a mover narrows counts and lists alike', async () => {
    const one = await summary('inspector', { mover: 'dispatcher' });
    expect(one.sentence).toBe('2 件超期，都不是单位的责任');
    expect((await all('inspector', 'unit', { mover: 'dispatcher' })).map((i) => i.id).toSorted()).toEqual(
      [stages.accepted, more.twice].toSorted(),
    );
    expect((await all('inspector', 'unit', { reason: 'unsigned' })).map((i) => i.id)).toEqual([
      stages.dispatched,
    ]);
    expect((await summary('inspector', { area: '330702' })).sentence).toBe('没有超期的');
    expect((await summary('inspector', { area: '330703' })).late).toBe(7);
  });

  it.each<Part>(['inspector', 'leader', 'dispatcher', 'reviewer', 'countyReviewer', 'countyDispatcher'])(
    'shows %s the late ones of the cases they may see, exactly',
    async (part) => {
      const shown = new Set((await all(part, 'unit')).map((item) => item.id));
      const { store: rows } = town.app;
      const now = town.app.clock.businessNow();
      const { body } = await (await tale.as(part)).call('GET', '/me');
      const { person } = body as unknown as { person: { id: string } };
      const acting = await rows.read((db) => actorOf(db, person.id, now));
      const viewer = acting?.actor as Actor;
      const ids = await rows.read((db) => db.selectFrom('cases').select('id').execute());
      let expected = 0;
      for (const { id } of ids) {
        const c = await rows.read((db) => findCase(db, id));
        const clock = c && lateClock(c);
        const late = Boolean(c && clock && clock.dueAt < now && lateReason(c));
        const sees = Boolean(c && sightOf(c, viewer, (area) => town.app.directory.areaChain(area)).staff);
        expect([part, c?.state, shown.has(id)]).toEqual([part, c?.state, late && sees]);
        expected += late && sees ? 1 : 0;
      }
      expect(shown.size).toBe(expected);
      expect((await summary(part)).late).toBe(expected);
    },
  );

  it('an urge is counted on the row and in its group at once', async () => {
    await tale.did('inspector', stages.dispatched, 'urge', { text: '请尽快签收' });
    await tale.did('inspector', stages.dispatched, 'urge');
    const row = (await all('inspector', 'reason')).find((item) => item.id === stages.dispatched);
    expect(row?.urgedText).toBe('已催 2 次，今天');
    expect(
      (await groups('inspector', { by: 'reason' })).items.map((g) => [g.key, g.urgedText]),
    ).toContainEqual(['unsigned', '今天 08:41']);
    expect((await all('leader', 'unit')).every((item) => !item.mayUrge)).toBe(true);
    expect((await summary('leader')).mayUrge).toBe(false);
  });

  it.each<Part>(['handler', 'head', 'member', 'admin'])('is not there for %s', async (part) => {
    const desk = await deskOf(part);
    const citizen = await tale.as(part);
    for (const path of ['/late', '/late/groups', '/late/table']) {
      expect((await citizen.call('GET', `${path}?desk=${encodeURIComponent(desk)}`)).status).toBe(403);
    }
    const items_ = `/late/items?by=unit&key=${tale.units.police}&desk=${encodeURIComponent(desk)}`;
    expect((await citizen.call('GET', items_)).status).toBe(403);
  });

  it('nor at a desk of somebody else', async () => {
    const desk = encodeURIComponent(await deskOf('inspector'));
    for (const part of ['reviewer', 'handler', 'countyDispatcher', 'leader'] as const) {
      const { status } = await (await tale.as(part)).call('GET', `/late?desk=${desk}`);
      expect([part, status]).toEqual([part, 403]);
    }
  });

  it('asks for what it understands, in words', async () => {
    const desk = await deskOf('inspector');
    const inspector = await tale.as('inspector');
    for (const wrong of ['reason=nothing', 'mover=nobody', 'area=']) {
      expect((await inspector.call('GET', `/late?desk=${desk}&${wrong}`)).status).toBe(400);
    }
    expect((await inspector.call('GET', `/late/groups?desk=${desk}&by=moon`)).status).toBe(400);
    expect((await inspector.call('GET', `/late/groups?desk=${desk}&by=unit&after=abc`)).status).toBe(400);
  });

  it('a promise not kept is watched after closing, counts as nothing running and is not urged', async () => {
    const caseId = await tale.atPolice();
    const { running } = await summary('inspector');
    const planned = { class: 'planned', text: '列入下周的计划。', promisedOn: '2026-07-17' };
    await tale.did('handler', caseId, 'reply', planned);
    await tale.did('member', caseId, 'rate', { stars: 4 });
    expect((await tale.read(caseId)).state).toBe('closed');
    expect((await all('inspector', 'unit')).map((item) => item.id)).not.toContain(caseId);
    await town.advance(5 * DAY);
    const row = (await all('inspector', 'stage')).find((item) => item.id === caseId);
    expect(row).toMatchObject({
      stageText: '待落实',
      tag: '承诺没有落实',
      moveText: '等交警支队落实',
      unit: false,
      mayUrge: false,
    });
    expect((await summary('inspector')).running).toBe(running - 1);
    const group = (await groups('inspector', { by: 'stage' })).items.find((each) => each.key === 'promised');
    expect(group).toMatchObject({ name: '待落实', late: 1, unitMoves: 0, running: 0 });
    await tale.did('handler', caseId, 'fulfil', { text: '已经落实' });
    expect((await all('inspector', 'stage')).map((item) => item.id)).not.toContain(caseId);
  });

  it('exports a table no spreadsheet can be tricked with', async () => {
    const caseId = await tale.accepted({ title: '=HYPERLINK("http://x","点我")' });
    await town.advance(3 * DAY);
    const inspector = await tale.as('inspector');
    const answer = await fetch(
      `${town.url}/api/late/table?desk=${encodeURIComponent(await deskOf('inspector'))}`,
      { headers: inspector.headers },
    );
    expect(answer.headers.get('content-type')).toContain('spreadsheetml.sheet');
    expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('超期明细.xlsx'));
    const rows = (await readXlsxFile(Buffer.from(await answer.arrayBuffer())))[0]?.data ?? [];
    expect(rows).toHaveLength((await summary('inspector')).late + 1);
    const { number } = await tale.read(caseId);
    const own = rows.find((row) => row[0] === number);
    expect(own).toContain(`'=HYPERLINK("http://x","点我")`);
    expect(own).toContain(LATE_REASONS.undispatched.label);
    expect(rows.flat().filter((cell) => typeof cell === 'string' && /^[=+@-]/.test(cell))).toEqual([]);
  });

  it('a case leaves when it ends, and is made anew the same from what is stored', async () => {
    await tale.did('inspector', stages.disputed, 'conclude', { ruling: 'uphold', text: '维持答复' });
    expect((await all('inspector', 'unit')).map((item) => item.id)).not.toContain(stages.disputed);
    const { store: rows } = town.app;
    const rowsOf = () =>
      rows.read((db) => db.selectFrom('running_case').selectAll().orderBy('case_id').execute());
    const before = await rowsOf();
    expect(before.find((row) => row.case_id === stages.dispatched)).toMatchObject({ urges: 2 });
    await rows.transact(async (tx) => {
      await tx.deleteFrom('setting').where('name', '=', 'late:rules').execute();
      await tx.deleteFrom('running_case').where('case_id', '=', stages.accepted).execute();
      await tx
        .updateTable('running_case')
        .set({ case_id: stages.closed })
        .where('case_id', '=', stages.replied)
        .execute();
    });
    expect(await town.app.late.remake()).toBe(before.length);
    expect(await rowsOf()).toEqual(before);
    expect(await town.app.late.remake()).toBe(0);
  });
});
