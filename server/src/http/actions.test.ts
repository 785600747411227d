import { ACTION_NAMES, spec } from '@minqing/shared/workflow';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CASE_ID, caseView, createTestServer, newKey, type TestServer } from '../../../tests/support/http.ts';
import { AppError, forbidden, notFound } from '../errors.ts';
import { BadCursor } from '../store/index.ts';
import { PERSONAL_ACTIONS } from './endpoints/action.endpoints.ts';

let server: TestServer;
let headers: Record<string, string>;
const path = (action: string, caseId = CASE_ID): string => `/api/cases/${caseId}/actions/${action}`;
const act = (action: string, body: unknown, more: Record<string, string> = {}) =>
  server.call('POST', path(action), { body, headers: { ...headers, 'idempotency-key': newKey(), ...more } });

beforeAll(async () => {
  server = await createTestServer();
  await server.addPerson('fang', '方敏', { role: 'reviewer', unitId: 'cppcc', areaId: '330700' });
  ({ headers } = await server.signOn('fang'));
});
afterAll(() => server.close());

let usual: TestServer['cases'];
beforeEach(() => {
  usual = { ...server.cases };
  server.performed.length = 0;
});
afterEach(() => {
  Object.assign(server.cases, usual);
});

const REPORT = { title: '红绿灯', situation: '早高峰排队两百米', place: { text: '迎宾大道' } };

describe('an act', () => {
  it('needs somebody signed on', async () => {
    const answer = await server.call('POST', path('accept'), {
      body: {},
      headers: { 'idempotency-key': newKey() },
    });
    expect(answer.body).toMatchObject({ status: 401, code: 'notSignedOn' });
    expect(server.performed).toEqual([]);
  });

  it('needs a key', async () => {
    const answer = await server.call('POST', path('accept'), { body: {}, headers });
    expect(answer.body).toMatchObject({ status: 400, code: 'keyMissing' });
    expect(server.performed).toEqual([]);
  });

  it.each([
    ['return', {}, 'reason', '请填写'],
    ['return', { reason: '  ' }, 'reason', '请写原因'],
    ['return', { reason: 'x'.repeat(301) }, 'reason', '原因最多 300 字'],
    ['accept', { urgency: 'soon' }, 'urgency', '应为其中之一：normal、urgent、complex'],
    ['dispatch', {}, 'leadUnitId', '请填写'],
    ['dispatch', { leadUnitId: 'u', limit: { unit: 'days', amount: 31 } }, 'limit.amount', '不能大于 30'],
    [
      'dispatch',
      { leadUnitId: 'u', coUnitIds: ['1', '2', '3', '4', '5', '6'] },
      'coUnitIds',
      '协办单位最多 5 家',
    ],
    ['rate', { stars: 6 }, 'stars', '不能大于 5'],
    ['rate', { stars: 2 }, 'reasons', '一星、两星请选一个原因，单位好改'],
    ['reply', { class: 'planned', text: '明年改' }, 'promisedOn', '列入计划要写明什么时候落实'],
    ['reply', { class: 'done', text: '好了' }, 'class', '应为其中之一：solved、planned、declined'],
    ['submit', { ...REPORT, title: 5 }, 'title', '应为文字'],
    ['submit', { ...REPORT, place: {} }, 'place.text', '请填写'],
    ['submit', { ...REPORT, fileIds: ['a.jpg'] }, 'fileIds.0', '编号格式不对'],
    ['ask', { question: '哪个路口', seenVersion: -1 }, 'seenVersion', '不能小于 0'],
  ])('%s with %j names the field %s: %s', async (action, body, field, message) => {
    const answer = await act(action, body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'invalidInput', errors: [{ path: field, message }] });
    expect(server.performed).toEqual([]);
  });

  it('takes the id of a new report as a UUID only', async () => {
    const answer = await server.call('POST', path('submit', 'my-case'), {
      body: REPORT,
      headers: { ...headers, 'idempotency-key': newKey() },
    });
    expect(answer.body).toMatchObject({
      status: 400,
      errors: [{ path: 'caseId', message: '编号应为 UUID' }],
    });
  });

  it('refused by the workflow says why, by which rule, and what happened since', async () => {
    server.cases.perform = async () => {
      throw new AppError('refused', {
        title: '您打开以后，这件民情有了变化',
        reason: 'changedSince',
        since: ['方敏 已受理'],
      });
    };
    const answer = await act('accept', {});
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ code: 'refused', reason: 'changedSince', since: ['方敏 已受理'] });
  });

  it('by the wrong person is 403', async () => {
    server.cases.perform = async () => Promise.reject(forbidden('这一步不由您办理'));
    expect((await act('accept', {})).body).toMatchObject({ status: 403, title: '这一步不由您办理' });
  });

  it('whose key was used for another body is 422', async () => {
    server.cases.perform = async () => Promise.reject(new AppError('keyReused'));
    expect((await act('accept', {})).body).toMatchObject({ status: 422, code: 'keyReused' });
  });

  it('that fails through our own fault tells nothing but a number to ask about', async () => {
    server.cases.perform = async () => Promise.reject(new Error('duplicate entry 13800000000 in person'));
    const answer = await act('accept', {});
    expect(answer.status).toBe(500);
    expect(answer.body).toMatchObject({ code: 'internal', requestId: answer.headers.get('x-request-id') });
    expect(answer.text).not.toContain('13800000000');
    expect(answer.text).not.toContain('duplicate');
  });

  it('reaches perform with actor, action, input, key, digest and the version seen', async () => {
    const key = newKey();
    const answer = await act(
      'accept',
      { note: ' 好 ', seenVersion: 3, surplus: true },
      { 'idempotency-key': key },
    );
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ id: CASE_ID, number: 'JH-2026-000123' });
    const [actor, caseId, action, input, request] = server.performed[0] ?? [];
    expect(actor).toMatchObject({ kind: 'person', grants: [{ role: 'reviewer', unitId: 'cppcc' }] });
    expect([caseId, action]).toEqual([CASE_ID, 'accept']);
    expect(input).toEqual({ note: '好', urgency: 'normal' });
    expect(request).toMatchObject({
      door: 'http',
      key,
      seenVersion: 3,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('has one digest for one content, whatever the order of its members, and another for another case or act', async () => {
    await act('return', { reason: '缺照片', seenVersion: 1 });
    await act('return', { seenVersion: 1, reason: '缺照片' });
    await act('decline', { reason: '缺照片', seenVersion: 1 });
    await server.call('POST', path('return', 'other'), {
      body: { reason: '缺照片', seenVersion: 1 },
      headers: { ...headers, 'idempotency-key': newKey() },
    });
    const [first, second, third, fourth] = server.performed.map(
      (args) => (args[4] as { digest: string }).digest,
    );
    expect(second).toBe(first);
    expect(new Set([first, third, fourth]).size).toBe(3);
  });

  it('that takes the case out of sight answers 204, not an error', async () => {
    server.cases.view = async () => Promise.reject(notFound());
    const answer = await act('accept', {});
    expect(answer.status).toBe(204);
    expect(server.performed).toHaveLength(1);
  });

  it('cannot smuggle another case past the address', async () => {
    await act('accept', { caseId: 'another' });
    expect(server.performed[0]?.[1]).toBe(CASE_ID);
  });
});

describe('the acts that have an endpoint', () => {
  it('are those of the table that a person may do', async () => {
    expect(PERSONAL_ACTIONS).toContain('submit');
    expect(PERSONAL_ACTIONS).not.toContain('settle');
    expect(PERSONAL_ACTIONS).not.toContain('absorb');
    for (const action of ACTION_NAMES.filter((name) => !PERSONAL_ACTIONS.includes(name))) {
      const answer = await act(action, {});
      expect([action, answer.status]).toEqual([action, 404]);
      expect(spec(action).who.every((who) => who === 'timer' || who === 'platform')).toBe(true);
    }
  });
});

describe('reading', () => {
  it('a case nobody may see is 404', async () => {
    server.cases.view = async () => Promise.reject(notFound());
    expect((await server.call('GET', `/api/cases/${CASE_ID}`, { headers })).body).toMatchObject({
      status: 404,
      code: 'notFound',
    });
  });

  it('a case again, unchanged, is 304', async () => {
    const first = await server.call('GET', `/api/cases/${CASE_ID}`, { headers });
    const etag = first.headers.get('etag') ?? '';
    const again = await server.call('GET', `/api/cases/${CASE_ID}`, {
      headers: { ...headers, 'if-none-match': etag },
    });
    expect([again.status, again.text]).toEqual([304, '']);
    server.cases.view = async () => caseView({ version: 2 });
    const changed = await server.call('GET', `/api/cases/${CASE_ID}`, {
      headers: { ...headers, 'if-none-match': etag },
    });
    expect(changed.status).toBe(200);
    expect(changed.body['version']).toBe(2);
  });

  it('never sends a member the contract does not name', async () => {
    server.cases.view = async () => ({ ...caseView(), internalNote: 'secret' }) as never;
    expect((await server.call('GET', `/api/cases/${CASE_ID}`, { headers })).text).not.toContain('secret');
  });

  it('a list needs a desk, and a limit within bounds', async () => {
    const answer = await server.call('GET', '/api/cases?limit=51', { headers });
    expect(answer.body['errors']).toEqual([
      { path: 'desk', message: '请填写' },
      { path: 'limit', message: '不能大于 50' },
    ]);
  });

  it('a list hands every filter on', async () => {
    let asked: unknown;
    server.cases.list = async (_viewer, query) => {
      asked = query;
      return { items: [], after: null, total: 0 };
    };
    await server.call(
      'GET',
      '/api/cases?desk=member&queue=open&q=%E7%BA%A2%E7%BB%BF%E7%81%AF&sort=due&limit=5&after=abc',
      { headers },
    );
    expect(asked).toEqual({
      desk: 'member',
      queue: 'open',
      q: '红绿灯',
      sort: 'due',
      limit: 5,
      after: 'abc',
    });
  });

  it('a cursor that is none is the caller’s mistake', async () => {
    server.cases.list = async () => Promise.reject(new BadCursor('nonsense'));
    const answer = await server.call('GET', '/api/cases?desk=member&after=x', { headers });
    expect(answer.body).toMatchObject({ status: 400, errors: [{ path: 'after' }] });
  });

  it('a preview refuses limits the form does not offer', async () => {
    const answer = await server.call('GET', `/api/cases/${CASE_ID}/previews/dispatch?unit=hours&amount=9`, {
      headers,
    });
    expect(answer.body).toMatchObject({ status: 400, errors: [{ path: 'amount' }] });
  });

  it('the reference names categories, areas and open committees', async () => {
    const { body } = await server.call('GET', '/api/reference', { headers });
    expect(body['categories']).toContainEqual({
      id: 'education',
      name: '教育',
      notice: null,
      questions: [],
    });
    expect(body['areas']).toContainEqual({
      id: '330702',
      name: '婺城区',
      tier: 'county',
      parentId: '330700',
      receivedBy: 'cppcc',
    });
    expect(body['committees']).toContainEqual({
      id: 'cppcc',
      name: '金华市政协',
      shortName: '市政协',
      areaId: '330700',
    });
    expect(JSON.stringify(body)).not.toContain('traffic police');
  });
});

describe('drafts', () => {
  const draftPath = `/api/drafts/${CASE_ID}`;
  const put = (body: unknown) =>
    server.call('PUT', draftPath, { body, headers: { ...headers, 'idempotency-key': newKey() } });

  it('need a counter and content', async () => {
    expect((await put({})).body['errors']).toEqual([
      { path: 'counter', message: '请填写' },
      { path: 'content', message: '请填写' },
    ]);
  });

  it('older than the one kept are refused with the newer one', async () => {
    server.cases.putDraft = async () =>
      Promise.reject(new AppError('staleDraft', { extra: { draft: { counter: 9 } } }));
    expect((await put({ counter: 3, content: {} })).body).toMatchObject({
      status: 409,
      code: 'staleDraft',
      draft: { counter: 9 },
    });
  });

  it('are kept as they are', async () => {
    expect((await put({ counter: 3, content: { title: '半句', photos: [1] } })).body).toMatchObject({
      counter: 3,
      content: { title: '半句', photos: [1] },
    });
  });

  it('of nobody else can be read', async () => {
    expect((await server.call('GET', draftPath, { headers })).status).toBe(404);
  });
});
