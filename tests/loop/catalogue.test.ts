import type { CaseView, CategoriesAdmin, CategoryView } from '@minqing/shared/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../server/src/store/index.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { openTale, WHY, type Part, type Tale } from '../support/tale.ts';
import { openTown, report, type Town } from '../support/town.ts';

const CITY = '330700';

describe.each(STORES)('what an area sets, on $name', (store) => {
  let database: TestDatabase;
  let town: Town;
  let tale: Tale;
  beforeAll(async () => {
    database = await store.create();
    town = await openTown({ databaseUrl: database.databaseUrl, workers: false });
    tale = await openTale(town);
  });
  afterAll(async () => {
    await town?.stop();
    await database?.drop();
  });

  const call = async (part: Part, method: string, path: string, body?: object) =>
    (await tale.as(part)).call(method, path, body);
  const get = async <T>(part: Part, path: string): Promise<T> => {
    const { status, body } = await call(part, 'GET', path);
    expect(status, JSON.stringify(body)).toBe(200);
    return body as unknown as T;
  };
  const put = (part: Part, path: string, value: object, seen: string | null = null) =>
    call(part, 'PUT', `/admin/${path}`, { areaId: CITY, seen, value });
  const seenOf = async (id: string) =>
    (await get<CategoriesAdmin>('admin', `/admin/categories?areaId=${CITY}`)).items.find(
      (one) => one.id === id,
    )?.seen ?? null;
  const file = async (change: object) => {
    const caseId = uuidv7();
    return { caseId, ...(await tale.does('member', caseId, 'submit', report(change))) };
  };

  it('is nobody’s to read or change but its administrators’', async () => {
    const value = { name: '交通', active: true, notice: null, questions: [] };
    for (const part of [
      'member',
      'reviewer',
      'dispatcher',
      'handler',
      'head',
      'inspector',
      'leader',
    ] as const) {
      expect((await put(part, 'categories/traffic', value)).status, part).toBe(403);
      expect((await call(part, 'GET', `/admin/categories?areaId=${CITY}`)).status, part).toBe(403);
      expect((await call(part, 'DELETE', `/admin/categories/traffic?areaId=${CITY}&seen=x`)).status).toBe(
        403,
      );
      expect((await call(part, 'POST', `/admin/catalogue-changes/${uuidv7()}/undo`, {})).status).toBe(403);
    }
    expect((await call('admin', 'GET', '/admin/categories?areaId=330000')).status).toBe(403);
    expect((await call('member', 'GET', '/phrases')).status).toBe(403);
  });

  it('is asked of who reports, is kept with the case, and stays when staff edit', async () => {
    const question = {
      id: 'q1',
      label: '有没有物业',
      kind: 'choice',
      choices: ['有', '没有'],
      required: true,
    };
    const value = { name: '住房物业', active: true, notice: null, questions: [question] };
    expect((await put('admin', 'categories/housing', value, await seenOf('housing'))).status).toBe(200);
    const offered = await get<{ items: CategoryView[] }>('member', '/categories?place=330703');
    expect(offered.items.find((one) => one.id === 'housing')?.questions).toEqual([question]);

    const refused = await file({ categoryId: 'housing' });
    expect(refused).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'answers.q1', message: '请回答「有没有物业」' }] },
    });
    const answers = [{ question: '有没有物业', answer: '有' }];
    const { caseId, status } = await file({ categoryId: 'housing', answers });
    expect(status).toBe(200);
    const view = await get<CaseView>('reviewer', `/cases/${caseId}`);
    expect(view.content.answers).toEqual(answers);
    const { title, situation, analysis, suggestion, categoryId, place } = view.content;
    const edited = { title: `${title}！`, situation, analysis, suggestion, categoryId, answers };
    await tale.did('reviewer', caseId, 'edit', {
      ...edited,
      place: { text: place.text, areaId: place.area?.id ?? null },
    });
    expect((await tale.read(caseId)).content.answers).toEqual(answers);
  });

  it('keeps a category that was switched off on the cases that have it, and gives it to no other', async () => {
    const kept = await tale.filed({ categoryId: 'culture' });
    const value = { name: '文旅体育', active: false, notice: null, questions: [] };
    expect((await put('admin', 'categories/culture', value, await seenOf('culture'))).status).toBe(200);
    const use = await get<{ open: number }>('admin', `/admin/categories/culture/uses?areaId=${CITY}`);
    expect(use.open).toBe(1);
    expect((await get<CaseView>('reviewer', `/cases/${kept}`)).content.category).toBe('文旅体育');
    const wrong = { status: 400, body: { errors: [{ path: 'categoryId' }] } };
    expect(await file({ categoryId: 'culture' })).toMatchObject(wrong);
    expect(await file({ categoryId: 'made-up' })).toMatchObject(wrong);
    const other = await tale.filed({ categoryId: 'education' });
    expect(await tale.does('reviewer', other, 'correct', { categoryId: 'culture' })).toMatchObject(wrong);
    expect(await tale.does('reviewer', other, 'accept', { categoryId: 'culture' })).toMatchObject(wrong);
    await tale.did('reviewer', kept, 'return', WHY);
    const again = await tale.does('member', kept, 'submit', report({ categoryId: 'culture' }));
    expect(again.status, JSON.stringify(again.body)).toBe(200);
  });

  it('turns a report away whose category says stop, with its words', async () => {
    const notice = { kind: 'stop', text: '个人待遇请打 12333' };
    const value = { name: '社会保障', active: true, notice, questions: [] };
    expect((await put('admin', 'categories/security', value)).status).toBe(200);
    expect(await file({ categoryId: 'security' })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'categoryId', message: '个人待遇请打 12333' }] },
    });
  });

  it('offers the area’s own reasons at each act and grade', async () => {
    expect((await put('admin', 'reasons/return', { reasons: ['请附照片'] })).status).toBe(200);
    expect((await put('admin', 'reasons/rate.1', { reasons: ['一直没人来'] })).status).toBe(200);
    const view = await get<CaseView>('reviewer', `/cases/${await tale.filed()}`);
    expect(view.actions.find((one) => one.action === 'return')?.reasons).toEqual(['请附照片']);
    const atPolice = await tale.atPolice();
    await tale.did('handler', atPolice, 'reply', { class: 'solved', text: '已改为四个时段。' });
    const replied = await get<CaseView>('member', `/cases/${atPolice}`);
    expect(replied.actions.find((one) => one.action === 'rate')?.reasonsByStars?.[1]).toEqual(['一直没人来']);
    expect((await put('admin', 'reasons/rate.2', { reasons: ['字'.repeat(21)] })).body).toMatchObject({
      errors: [{ path: 'reasons.0' }],
    });
  });
});
