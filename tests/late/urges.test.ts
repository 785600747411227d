import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UrgePreview, UrgesView } from '@minqing/shared/contract';
import type { LogEntry } from '../../scripts/messenger/src/index.ts';
import { uuidv7 } from '../../server/src/store/index.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { CAST, openTale, SOLVED, type Part, type Tale } from '../support/tale.ts';
import { openTown, type Town } from '../support/town.ts';

const DAY = 24 * 3_600_000;
const INSPECTOR = 'inspector:330700';
const MANY = 24;

describe.each(STORES)('urging many with one wish, on $name', (store) => {
  let database: TestDatabase;
  let town: Town;
  let tale: Tale;
  let atPolice: string[] = [];
  let atWorks = '';
  let undispatched = '';
  let asked = '';
  let unreviewed = '';
  beforeAll(async () => {
    database = await store.create();
    town = await openTown({ databaseUrl: database.databaseUrl });
    tale = await openTale(town);
    atPolice = [];
    for (let i = 0; i < MANY; i += 1) {
      atPolice.push(await tale.atPolice([], { title: `第 ${i + 1} 个路口的红绿灯配时不合理，请按车流调` }));
    }
    atWorks = await tale.accepted({ title: '人行道地砖破损' });
    await tale.did('dispatcher', atWorks, 'dispatch', { leadUnitId: tale.units.works, coUnitIds: [] });
    undispatched = await tale.accepted({ title: '窨井盖松动' });
    unreviewed = await tale.filed({ title: '还没有审核的一件' });
    await town.advance(4 * DAY);
    // Late in signing, not in answering: its unit may still ask, and the clock stands still.
    asked = await tale.atPolice([], { title: '等委员回答的一件' });
    await town.advance(DAY);
    await tale.until('every timer has fired', async () => {
      const next = await town.app.timers.nextAt();
      return next === null || next > town.app.clock.businessNow();
    });
    await tale.quiet();
  }, 180_000);
  afterAll(async () => {
    await town?.stop();
    await database?.drop();
  });

  const post = async <T>(
    part: Part,
    path: string,
    body: object,
    key = uuidv7(),
  ): Promise<{ status: number; body: T }> => {
    const answer = await (await tale.as(part)).call('POST', path, body, { 'idempotency-key': key });
    return answer as unknown as { status: number; body: T };
  };
  const over = async (id: string): Promise<UrgesView> => {
    let last: UrgesView | undefined;
    await tale.until('the wish is over', async () => {
      const { body } = await (await tale.as('inspector')).call('GET', `/urges/${id}`);
      last = body as unknown as UrgesView;
      return !last.open;
    });
    return last as UrgesView;
  };
  const sends = async (after: number): Promise<LogEntry[]> =>
    (await town.control<{ items: LogEntry[] }>('GET', `/log?after=${after}&limit=10000`)).items.filter(
      (line) => line.api === 'notice.send',
    );
  const lastSeq = async (): Promise<number> =>
    (await town.control<{ items: LogEntry[] }>('GET', '/log?after=0&limit=10000')).items.at(-1)?.seq ?? 0;
  const byUnit = (...keys: string[]) => ({
    desk: INSPECTOR,
    by: 'unit',
    groups: keys.map((key) => ({ key })),
  });

  it('first says what it would send to whom, naming cases and units, and sends nothing', async () => {
    const before = await lastSeq();
    const { body } = await post<UrgePreview>('inspector', '/urges/preview', {
      ...byUnit(tale.units.police),
      caseIds: [atWorks, undispatched],
    });
    expect(body.count).toBe(MANY + 3);
    expect(body.units).toEqual([
      { name: '市公安局交警支队', count: MANY + 1 },
      { name: '市建设局', count: 1 },
      { name: '金华市三服务办', count: 1 },
    ]);
    expect(body.sentence).toMatch(
      /^给市公安局交警支队（25 件）、市建设局（1 件）、金华市三服务办（1 件）各发 1 条催办，写明《第 1 个路口.*》《.*》《.*》等 27 件。发出后不能撤回。$/,
    );
    expect(await sends(before)).toEqual([]);
  });

  it('a group is what is for its unit to end: the dispatch office is not urged by ticking a unit', async () => {
    const { body } = await post<UrgePreview>('inspector', '/urges/preview', {
      desk: INSPECTOR,
      by: 'area',
      groups: [{ key: '330703', except: [atPolice[0]] }],
    });
    expect(body.caseIds).not.toContain(undispatched);
    expect(body.caseIds).not.toContain(atPolice[0]);
    expect(body.count).toBe(MANY + 1);
  });

  it('urges each case once by the act of the workflow, and each unit hears of all of them in one notice', async () => {
    const before = await lastSeq();
    const seen = await post<UrgePreview>('inspector', '/urges/preview', {
      ...byUnit(tale.units.police, tale.units.works),
      caseIds: [undispatched],
    });
    // Between the sentence and the press: one is answered, one waits for its author, one the inspector never saw.
    const [answered = '', ...rest] = atPolice;
    await tale.did('handler', answered, 'reply', SOLVED);
    await tale.did('handler', asked, 'ask', { question: '在哪个路口？' });
    const key = uuidv7();
    const wish = {
      desk: INSPECTOR,
      caseIds: [...seen.body.caseIds, unreviewed],
      text: '请今天下班前答复',
    };
    const first = await post<UrgesView>('inspector', '/urges', wish, key);
    expect([first.status, first.body]).toEqual([200, first.body]);
    const end = await over(first.body.id);
    expect(end).toMatchObject({ total: MANY + 4, done: MANY + 4, urged: MANY + 1 });
    expect(end.sentence).toBe(`已催 ${MANY + 1} 件，给 3 家各发了 1 条；3 件没有催`);
    expect(new Map(end.skipped.map((s) => [s.id, [s.title, s.why]]))).toEqual(
      new Map([
        [answered, ['第 1 个路口的红绿灯配时不合理，请按车流调', '已经答复']],
        [asked, ['等委员回答的一件', '计时暂停，在等委员回答']],
        [unreviewed, ['', '已经办结，或您不能查看']],
      ]),
    );
    for (const id of [...rest, atWorks, undispatched]) {
      expect(await tale.count(id, 'urge')).toBe(1);
    }
    for (const id of [answered, asked, unreviewed]) {
      expect(await tale.count(id, 'urge')).toBe(0);
    }

    // The same key with the same wish acts once; with another it is refused.
    const again = await post<UrgesView>('inspector', '/urges', wish, key);
    expect([again.status, again.body.id]).toEqual([200, first.body.id]);
    expect((await post('inspector', '/urges', { ...wish, text: '别的话' }, key)).status).toBe(422);
    await tale.quiet();
    expect(await tale.count(rest[0] ?? '', 'urge')).toBe(1);

    const urging = await told(before);
    expect(urging.map((line) => line.personIds.toSorted()).toSorted()).toEqual(
      [
        [CAST.handler, CAST.handler2, CAST.head],
        ['jianshe-head', CAST.worksHandler],
        [CAST.dispatcher, CAST.dispatcher2],
      ]
        .map((each) => each.toSorted())
        .toSorted(),
    );
    const [notice] = (await town.chat(CAST.handler)).filter((item) => item.title.includes('件民情超期'));
    expect(notice?.title).toBe(`${MANY - 1} 件民情超期，请尽快签收`);
    const words = JSON.stringify(notice);
    expect(words).toContain('郑卫平（督查）');
    expect(words).toContain('请今天下班前答复');
    expect(words).toContain('第 2 个路口的红绿灯配时不合理');
    expect(words).toMatch(/还有 1\d 件，点开看/);
    expect((await town.chat(CAST.handler)).filter((item) => item.title.endsWith('催办'))).toEqual([]);
  });

  /** Work notices since then to those who must move; what an answer or a question tells its author is no urge. */
  async function told(after: number): Promise<LogEntry[]> {
    const moving: string[] = [CAST.handler, CAST.worksHandler, CAST.dispatcher];
    return (await sends(after)).filter(
      (line) => line.verdict === 'ok' && line.personIds.some((id) => moving.includes(id)),
    );
  }

  it('goes on where a process died, and tells the unit though the last case was urged by the one before', async () => {
    await town.app.late.worker.stop();
    const before = await lastSeq();
    const ids = atPolice.slice(1, 4);
    const { body } = await post<UrgesView>('inspector', '/urges', {
      desk: INSPECTOR,
      caseIds: ids,
      text: '',
    });
    const rows = town.app.store;
    await town.app.late.worker.runOnce();
    // As if it had died after the urge of the last was kept and before that was noted.
    await rows.transact((tx) =>
      tx
        .updateTable('urge_item')
        .set({ outcome: 'waiting', mover: '', unit_id: tale.units.police })
        .where('batch_id', '=', body.id)
        .where('case_id', '=', ids[2] ?? '')
        .execute(),
    );
    await tale.did('handler', ids[2] ?? '', 'reply', SOLVED);
    const half = await (await tale.as('inspector')).call('GET', `/urges/${body.id}`);
    expect(half.body).toMatchObject({ open: true, done: 2, sentence: '已催 2 件，还有 1 件' });
    await town.app.late.worker.runOnce();
    await town.app.late.worker.runOnce();
    expect(await over(body.id)).toMatchObject({ urged: 3, skipped: [] });
    for (const id of ids) {
      expect(await tale.count(id, 'urge')).toBe(2);
    }
    await tale.quiet();
    expect(await told(before)).toHaveLength(1);
    expect(await town.app.late.worker.runOnce()).toBe(0);
  });

  it.each<Part>(['leader', 'dispatcher', 'reviewer'])('%s may watch and not urge', async (part) => {
    const { body } = await (await tale.as(part)).call('GET', '/queues');
    const { desks } = body as unknown as { desks: { id: string }[] };
    const wish = { desk: desks[0]?.id ?? '', caseIds: [atWorks] };
    for (const path of ['/urges', '/urges/preview']) {
      expect([path, (await post(part, path, wish)).status]).toEqual([path, 403]);
    }
  });

  it.each<Part>(['handler', 'head', 'member', 'admin', 'countyDispatcher'])(
    '%s does neither, at their own desk or at the inspector’s',
    async (part) => {
      for (const desk of [INSPECTOR, `handler:${tale.units.police}`, 'member']) {
        expect((await post(part, '/urges', { desk, caseIds: [atWorks] })).status).toBe(403);
      }
      expect(await tale.count(atWorks, 'urge')).toBe(1);
    },
  );

  it('how far a wish has come is its sender’s alone to see', async () => {
    const { body } = await post<UrgesView>('inspector', '/urges', { desk: INSPECTOR, caseIds: [atWorks] });
    for (const part of ['leader', 'dispatcher', 'handler'] as const) {
      expect((await (await tale.as(part)).call('GET', `/urges/${body.id}`)).status).toBe(404);
    }
  });

  it('asks for cases, in words, and takes no more than it can tell of', async () => {
    const none = await post('inspector', '/urges', { desk: INSPECTOR });
    expect([none.status, JSON.stringify(none.body)]).toEqual([
      400,
      expect.stringContaining('请先选要催的民情'),
    ]);
    const many = Array.from({ length: 1_001 }, (_, i) => `c${i}`);
    const refused = await post('inspector', '/urges', { desk: INSPECTOR, caseIds: many });
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([
      400,
      expect.stringContaining('一次最多催 1000 件'),
    ]);
    const long = await post('inspector', '/urges', {
      desk: INSPECTOR,
      caseIds: [atWorks],
      text: '催'.repeat(301),
    });
    expect(long.status).toBe(400);
    const { status } = await (
      await tale.as('inspector')
    ).call('POST', '/urges', { desk: INSPECTOR, caseIds: [atWorks] }, { 'idempotency-key': 'x' });
    expect(status).toBe(400);
  });
});
