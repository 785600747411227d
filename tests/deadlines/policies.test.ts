/** 时限与规则 over HTTP: drafts, presets, publishing, inheritance; what is published binds clocks that start afterwards. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DispatchPreview, PolicyDocumentView, PolicyView } from '@minqing/shared/contract';
import { uuidv7 } from '../../server/src/store/index.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { openTale, type Part, type Tale } from '../support/tale.ts';
import { openTown, type Town } from '../support/town.ts';

const CITY = '330700';
const COUNTY = '330702';
type Row = PolicyDocumentView['rows'][number];

const UNSET = { dispatcherCheck: null, headApproval: null, visitPercent: null };
const row = (
  kind: Row['kind'],
  unit: Row['limit']['unit'],
  amount: number,
  scope: Partial<Row> = {},
): Row => ({
  categoryId: null,
  urgency: null,
  kind,
  limit: { unit, amount },
  ...scope,
});

describe.each(STORES)('policies on $name', (kind) => {
  let database: TestDatabase;
  let town: Town;
  let tale: Tale;
  beforeAll(async () => {
    database = await kind.create();
    town = await openTown({ databaseUrl: database.databaseUrl, workers: false });
    tale = await openTale(town);
  });
  afterAll(async () => {
    await town?.stop();
    await database?.drop();
  });

  const ask = async (part: Part, method: string, path: string, body?: object) => {
    const answer = await (await tale.as(part)).call(method, `/admin/policies${path}`, body);
    return {
      status: answer.status,
      body: answer.body as unknown as PolicyView & {
        title?: string;
        errors?: { path: string; message: string }[];
      },
    };
  };
  const page = async (areaId = CITY): Promise<PolicyView> =>
    (await ask('admin', 'GET', `?areaId=${areaId}`)).body;
  const draft = (rows: Row[], revision: number, areaId = CITY, rules: PolicyDocumentView['rules'] = UNSET) =>
    ask('admin', 'PUT', '/draft', { areaId, revision, document: { rows, rules } });
  const publish = (version: { id: string; revision: number } | null, areaId = CITY, note = '') =>
    ask('admin', 'POST', '/publish', {
      areaId,
      versionId: version?.id ?? '',
      revision: version?.revision ?? 0,
      note,
    });
  const cell = (view: PolicyView, label: string, of: Row['kind']) => {
    const found = view.rows.find((each) => each.label === label)?.cells.find((each) => each.kind === of);
    return found && `${found.text}${found.own ? ' 自设' : ` ${found.from}`}${found.changed ? ' 改' : ''}`;
  };

  it('begins with the product’s own limits, and says so', async () => {
    const view = await page();
    expect(view).toMatchObject({ published: null, draft: null, revision: 0, changes: [], versions: [] });
    expect(view.rows.map((each) => each.label)).toEqual(['默认']);
    expect(cell(view, '默认', 'reply')).toBe('3 天 系统默认');
    expect(cell(view, '默认', 'sign')).toBe('3.5 小时 系统默认');
    expect(view.tempos.map((tempo) => tempo.name)).toEqual([
      '2 小时',
      '1 个工作日',
      '3 个工作日',
      '15 个工作日',
    ]);
    expect(view.rules.map((rule) => [rule.rule, rule.value, rule.from])).toEqual([
      ['dispatcherCheck', false, '系统默认'],
      ['headApproval', false, '系统默认'],
      ['visitPercent', 10, '系统默认'],
    ]);
  });

  it('refuses limits that cannot be, by their place, and keeps nothing', async () => {
    const { status, body } = await draft(
      [row('reply', 'hours', 9), row('reply', 'days', 2.5, { urgency: 'urgent' }), row('rate', 'days', 7)],
      0,
    );
    expect(status).toBe(400);
    expect(body.errors).toEqual([
      { path: 'document.rows.0', message: '超过一个工作日的时限请按整天写' },
      { path: 'document.rows.1', message: '天数要是整数' },
      { path: 'document.rows.2', message: '这个时限按自然日算' },
    ]);
    const nowhere = await draft([row('reply', 'days', 5, { categoryId: 'weather' })], 0);
    expect(nowhere.body.errors).toEqual([{ path: 'document.rows.0', message: '没有这个分类，请重新选' }]);
    expect((await page()).draft).toBeNull();
  });

  it('keeps a draft, shows what it changes, and lets nobody overwrite another’s', async () => {
    const housing = { categoryId: 'housing' };
    const first = await draft([row('reply', 'days', 5), row('review', 'days', 0.5, housing)], 0);
    expect(first.status).toBe(200);
    expect(first.body.draft).toMatchObject({ number: 1, revision: 1 });
    expect(first.body.changes).toEqual(['默认 答复：沿用 → 5 天', '住房物业 审核：沿用 → 3.5 小时']);
    expect(cell(first.body, '默认', 'reply')).toBe('5 天 自设 改');
    expect(cell(first.body, '住房物业', 'reply')).toBe('5 天 同范围更大的一条 改');
    expect(cell(first.body, '住房物业', 'review')).toBe('3.5 小时 自设 改');
    // Another window that began from nothing as well: refused, unless it says the same.
    const clash = await draft([row('reply', 'days', 9)], 0);
    expect([clash.status, clash.body.title]).toEqual([409, '别人刚改过这份草稿，请刷新后再改']);
    expect((await draft([row('reply', 'days', 5), row('review', 'hours', 3.5, housing)], 0)).status).toBe(
      200,
    );
    const second = await draft([row('reply', 'days', 4)], 1);
    expect(second.body.draft).toMatchObject({ number: 1, revision: 2 });
    expect(second.body.changes).toEqual(['默认 答复：沿用 → 4 天']);
  });

  it('does not publish a draft in which the answer is due before the signature', async () => {
    const { body } = await draft([row('reply', 'hours', 2, { urgency: 'urgent' })], 2);
    expect(body.faults).toEqual(['默认 · 紧急：签收要比答复早，请把签收改短']);
    const refused = await publish(body.draft);
    expect([refused.status, refused.body.title]).toEqual([400, '有时限互相矛盾，改好再发布']);
  });

  it('publishes what was seen, once; clocks that run keep what they started with', async () => {
    const running = await tale.atPolice();
    const { body } = await draft(
      [row('reply', 'days', 5), row('sign', 'hours', 1, { urgency: 'urgent' })],
      3,
    );
    const stale = await publish({ id: body.draft?.id ?? '', revision: 3 });
    expect([stale.status, stale.body.title]).toEqual([409, '别人刚改过这份草稿，请刷新后再改']);
    const done = await publish(body.draft, CITY, '配合市里新规定');
    expect(done.body).toMatchObject({
      draft: null,
      published: { number: 1, text: '第 1 版，贾子涵 今天 08:41 发布' },
      versions: [{ number: 1, note: '配合市里新规定' }],
    });
    expect(cell(done.body, '默认', 'reply')).toBe('5 天 自设');
    // The answer was lost and it is sent again: nothing more happens.
    expect((await publish(body.draft)).status).toBe(200);
    const audits = await town.app.store.read((db) =>
      db.selectFrom('audit').selectAll().where('kind', '=', 'policyPublished').execute(),
    );
    expect(audits).toHaveLength(1);
    expect(JSON.parse(audits[0]?.data_json ?? '{}')).toMatchObject({
      note: '配合市里新规定',
      changes: ['默认 答复：沿用 → 5 天', '默认 · 紧急 签收：沿用 → 1 小时'],
    });
    const clock = (await tale.read(running)).clocks.find((each) => each.kind === 'reply');
    expect(clock?.limit).toEqual({ unit: 'days', amount: 3 });
  });

  it('what is dispatched next is offered the limit of its area, category and urgency', async () => {
    const caseId = await tale.filed();
    await tale.did('reviewer', caseId, 'accept', { urgency: 'urgent' });
    const preview = async (query: string): Promise<DispatchPreview> => {
      const { body } = await (
        await tale.as('dispatcher')
      ).call('GET', `/cases/${caseId}/previews/dispatch${query}`);
      return body as unknown as DispatchPreview;
    };
    const usual = await preview('');
    expect(usual).toMatchObject({
      limit: { unit: 'days', amount: 5 },
      usual: { unit: 'days', amount: 5 },
      dueText: '7月13日 周一 17:00 前答复',
      // An hour for urgent cases, from 08:41.
      noteText: expect.stringContaining('09:4'),
    });
    expect(await preview('?unit=hours&amount=2')).toMatchObject({
      limit: { unit: 'hours', amount: 2 },
      usual: { unit: 'days', amount: 5 },
    });
    const { clocks } = await tale.did('dispatcher', caseId, 'dispatch', { leadUnitId: tale.units.police });
    expect(clocks.find((each) => each.kind === 'reply')?.dueAt).toBe(Date.parse(usual.dueAt));
  });

  it('a county inherits, sets its own beside it, and goes back by leaving it out', async () => {
    const inherited = await page(COUNTY);
    expect(cell(inherited, '默认', 'reply')).toBe('5 天 沿用金华市');
    expect(cell(inherited, '默认 · 紧急', 'sign')).toBe('1 小时 沿用金华市');
    const own = await draft([row('reply', 'days', 2)], 0, COUNTY, { ...UNSET, headApproval: true });
    expect(cell(own.body, '默认', 'reply')).toBe('2 天 自设 改');
    expect(own.body.changes).toEqual(['默认 答复：沿用 → 2 天', '单位负责人审签：沿用 → 要']);
    await publish(own.body.draft, COUNTY);
    const { policies } = town.app;
    const facts = { categoryId: 'traffic', urgency: 'normal' } as const;
    expect(policies.limitOf(COUNTY, 'reply', facts)).toEqual({ unit: 'days', amount: 2 });
    expect(policies.limitOf(CITY, 'reply', facts)).toEqual({ unit: 'days', amount: 5 });
    expect(policies.rulesOf(COUNTY).headApproval).toBe(true);
    const back = await draft([], 0, COUNTY);
    expect(cell(back.body, '默认', 'reply')).toBe('5 天 沿用金华市 改');
    await publish(back.body.draft, COUNTY);
    expect(policies.limitOf(COUNTY, 'reply', facts)).toEqual({ unit: 'days', amount: 5 });
    expect(policies.rulesOf(COUNTY).headApproval).toBe(false);
  });

  it('throws a draft away and keeps that it did; a draft like the version in force is not published', async () => {
    const made = await draft([row('reply', 'days', 30)], 0);
    expect(made.body.draft?.number).toBe(2);
    const gone = await ask('admin', 'DELETE', `/draft?areaId=${CITY}`);
    expect(gone.body).toMatchObject({ draft: null, published: { number: 1 } });
    expect((await ask('admin', 'DELETE', `/draft?areaId=${CITY}`)).status).toBe(200);
    const same = await draft(gone.body.document.rows, 0);
    const refused = await publish(same.body.draft);
    expect([refused.status, refused.body.title]).toEqual([409, '第 2 版和现在用的一样，不用发布']);
  });

  it('an administrator of a county sets the county alone', async () => {
    const me = await (await tale.as('countyDispatcher')).call('GET', '/me');
    const { id } = (me.body as unknown as { person: { id: string } }).person;
    await town.app.store.transact((tx) =>
      tx
        .insertInto('role_grant')
        .values({
          id: uuidv7(),
          person_id: id,
          role: 'admin',
          unit_id: null,
          area_id: COUNTY,
          from_at: 0,
          to_at: null,
        })
        .execute(),
    );
    const of = (areaId: string) =>
      ask('countyDispatcher', 'PUT', '/draft', {
        areaId,
        revision: 0,
        document: { rows: [row('reply', 'days', 6)], rules: UNSET },
      });
    expect([(await of(CITY)).status, (await of(COUNTY)).status]).toEqual([403, 200]);
  });
});
