import type { MyTokens, TokenMade } from '@minqing/shared/contract';
import { DAY_MS } from '@minqing/shared/time';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CASE_ID, createTestServer, newKey, type TestServer } from '../../../tests/support/http.ts';
import { PER_MINUTE } from '../quota/index.ts';

let server: TestServer;
type Headers = Record<string, string>;
const signed = new Map<string, Headers>();
beforeEach(async () => {
  server = await createTestServer();
  signed.clear();
  const jinhua = { unitId: 'cppcc', areaId: '330700' };
  await server.addPerson('lin', '林晓', { role: 'member', ...jinhua });
  await server.addPerson('fang', '方敏', { role: 'reviewer', ...jinhua });
  await server.addPerson('wang', '王敏', { role: 'admin', ...jinhua });
  await server.addPerson('gong', '宫远', { role: 'admin', areaId: '330702' });
});
afterEach(() => server.close());

async function as(userId: string): Promise<Headers> {
  const known = signed.get(userId) ?? (await server.signOn(userId)).headers;
  signed.set(userId, known);
  return known;
}
const wish = { name: '热线对接', scopes: ['cases:read', 'cases:file'], days: 30 };
const ask = async (userId: string, body: object = wish, key = newKey()) =>
  server.call('POST', '/api/tokens', {
    body,
    headers: { ...(await as(userId)), 'idempotency-key': key },
  });
async function make(userId: string, change: object = {}): Promise<{ id: string; secret: string }> {
  const { body, status } = await ask(userId, { ...wish, ...change });
  expect(status, JSON.stringify(body)).toBe(200);
  const made = body as unknown as TokenMade;
  return { id: made.token.id, secret: made.secret ?? '' };
}
const use = (secret: string, method: string, path: string, body?: object) =>
  server.call(method, path, {
    ...(body === undefined ? {} : { body }),
    headers: { authorization: `Bearer ${secret}`, 'idempotency-key': newKey() },
  });
const mine = async (userId: string): Promise<MyTokens> =>
  (await server.call('GET', '/api/tokens', { headers: await as(userId) })).body as unknown as MyTokens;
const revoke = async (userId: string, path: string, method: string, body?: object) =>
  server.call(method, path, {
    ...(body ? { body } : {}),
    headers: { ...(await as(userId)), 'idempotency-key': newKey() },
  });
const audited = async (kind: string): Promise<string[]> =>
  server.store.read(async (db) =>
    (await db.selectFrom('audit').select('data_json').where('kind', '=', kind).execute()).map(
      (row) => row.data_json,
    ),
  );

describe('making a token', () => {
  it('tells the secret once and keeps only its hash', async () => {
    const { id, secret } = await make('lin');
    expect(secret).toMatch(/^mqp_[\w-]{43}$/);
    const rows = await server.store.read((db) => db.selectFrom('access_token').selectAll().execute());
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(secret);
    const { items } = await mine('lin');
    expect(JSON.stringify(items)).not.toContain(secret);
    expect(items[0]).toMatchObject({
      id,
      hint: `${secret.slice(0, 10)}…`,
      state: 'live',
      stateText: '8月5日到期',
      lastUsedText: '还没有用过',
    });
    expect(await audited('token.made')).toHaveLength(1);
  });

  it('whose answer was lost gives a new secret for the same token until it is used', async () => {
    const key = newKey();
    const first = (await ask('lin', wish, key)).body as unknown as TokenMade;
    const second = (await ask('lin', wish, key)).body as unknown as TokenMade;
    expect(second.token.id).toBe(first.token.id);
    expect((await use(first.secret ?? '', 'GET', '/api/me')).status).toBe(401);
    expect((await use(second.secret ?? '', 'GET', '/api/me')).status).toBe(200);
    const third = (await ask('lin', wish, key)).body as unknown as TokenMade;
    expect(third.secret).toBeNull();
    expect((await use(second.secret ?? '', 'GET', '/api/me')).status).toBe(200);
    expect((await ask('lin', { ...wish, name: '另一个' }, key)).status).toBe(422);
    expect((await mine('lin')).items).toHaveLength(1);
  });

  it('that asks too often is told when it may ask again, and may then', async () => {
    const { secret } = (await ask('lin', wish)).body as unknown as TokenMade;
    expect((await use(secret ?? '', 'GET', '/api/me')).status).toBe(200);
    await server.store.transact((tx) =>
      tx
        .updateTable('rate_budget')
        .set({ used: PER_MINUTE.token })
        .where('host_id', '=', 'quota:token')
        .execute(),
    );
    const refused = await use(secret ?? '', 'GET', '/api/me');
    expect([refused.status, refused.body['code']]).toEqual([429, 'tooManyRequests']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await use(secret ?? '', 'GET', '/api/me')).status).toBe(429);
    server.clock.machine += 60_000;
    expect((await use(secret ?? '', 'GET', '/api/me')).status).toBe(200);
  });

  it('says which field is wrong', async () => {
    const { status, body } = await ask('lin', { name: ' ', scopes: [], days: 3 });
    expect(status).toBe(400);
    expect(body['errors']).toEqual([
      { path: 'name', message: '请写一个名字，以后好认' },
      { path: 'scopes', message: '请至少勾选一项权限' },
      { path: 'days', message: '请选一个有效期' },
    ]);
  });

  it('offers what the roles have a use for, and refuses the rest', async () => {
    const scopes = async (userId: string) => (await mine(userId)).offers.map((offer) => offer.scope);
    expect(await scopes('lin')).toEqual(['cases:read', 'cases:file', 'cases:write', 'open311:file']);
    expect(await scopes('fang')).toEqual(['cases:read', 'cases:file', 'cases:write', 'statistics:read']);
    expect(await scopes('wang')).toEqual(['cases:read', 'admin:read']);
    const { status, body } = await ask('lin', { ...wish, scopes: ['admin:read'] });
    expect([status, body['errors']]).toEqual([
      400,
      [{ path: 'scopes', message: '您的角色用不到其中的权限，请重新勾选' }],
    ]);
  });

  it('ends at twenty live ones', async () => {
    for (let count = 0; count < 20; count += 1) {
      await make('lin', { name: `第 ${count} 个` });
    }
    const refused = await ask('lin');
    expect([refused.status, refused.body['title']]).toEqual([
      409,
      '有效的访问令牌已有 20 个，请先撤销不用的',
    ]);
  });
});

describe('using a token', () => {
  it('needs no word against forgery, names its person and says that it was a token', async () => {
    const { id, secret } = await make('lin');
    const me = await use(secret, 'GET', '/api/me');
    expect(me.body).toMatchObject({ person: { name: '林晓' }, csrf: null });
    server.lines.length = 0;
    const done = await use(secret, 'POST', `/api/cases/${CASE_ID}/actions/submit`, {
      title: '迎宾大道红绿灯',
      situation: '早高峰排队',
      categoryId: 'traffic',
      place: { text: '迎宾大道', areaId: '330703' },
    });
    expect(done.status, done.text).toBe(200);
    expect(server.performed[0]?.[0]).toMatchObject({ kind: 'person', via: id });
    expect(server.lines.find((line) => line.includes('"tokenId"'))).toContain(id);
    expect(server.lines.join('')).not.toContain(secret);
  });

  it('shows when and from where, and enters the audit log once a day', async () => {
    const { secret } = await make('lin');
    await use(secret, 'GET', '/api/me');
    await use(secret, 'GET', '/api/me');
    expect((await mine('lin')).items[0]?.lastUsedText).toBe('今天 14:40 用过，来自 127.0.0.1');
    expect(await audited('token.used')).toHaveLength(1);
    server.clock.business += DAY_MS;
    await use(secret, 'GET', '/api/me');
    expect(await audited('token.used')).toHaveLength(2);
  });

  it.each([
    ['reading with a token for filing alone', ['cases:file'], 'GET', '/api/queues', 200],
    ['a list with it', ['cases:file'], 'GET', '/api/cases?desk=member', 403],
    ['acting with a token for reading', ['cases:read'], 'POST', `/api/cases/${CASE_ID}/actions/rate`, 403],
    ['filing with a token for acting', ['cases:write'], 'POST', `/api/cases/${CASE_ID}/actions/submit`, 403],
    ['acting with a token for filing', ['cases:file'], 'POST', `/api/cases/${CASE_ID}/actions/rate`, 403],
    ['the same in other letters', ['cases:file'], 'POST', `/api/Cases/${CASE_ID}/Actions/rate`, 403],
    ['a draft with a token for reading', ['cases:read'], 'PUT', `/api/drafts/${CASE_ID}`, 403],
    ['what is late with a token for cases', ['cases:read', 'cases:write'], 'GET', '/api/late', 403],
    ['the roster with it', ['cases:read', 'cases:write'], 'GET', '/api/admin/people', 403],
    ['an Open311 token in the API', ['open311:file'], 'GET', '/api/cases?desk=member', 403],
  ])('%s', async (_what, scopes, method, path, status) => {
    const { secret } = await make('lin', { scopes });
    const answer = await use(secret, method, path, method === 'GET' ? undefined : {});
    expect(answer.status, answer.text).toBe(status);
    expect(answer.body['code']).toBe(status === 403 ? 'scopeMissing' : undefined);
    expect(server.performed).toEqual([]);
  });

  it.each([
    ['makes no other token', 'POST', '/api/tokens'],
    ['lists no tokens', 'GET', '/api/tokens'],
    ['changes no settings', 'PATCH', '/api/me/settings'],
    ['names no substitute', 'POST', '/api/substitutions'],
    ['administers nothing', 'POST', '/api/admin/grants'],
    ['imports nothing', 'POST', '/api/admin/imports/apply'],
    ['ends no session', 'DELETE', '/api/session'],
    ['reaches no address nobody has decided on', 'GET', '/api/brand-new'],
  ])('%s, whatever it may', async (_what, method, path) => {
    const { secret } = await make('wang', { scopes: ['cases:read', 'admin:read'] });
    const answer = await use(secret, method, path, method === 'GET' ? undefined : {});
    expect([answer.status, answer.body['reason']]).toEqual([403, 'notForTokens']);
  });

  it('may never more than its person', async () => {
    const { secret } = await make('wang', { scopes: ['admin:read'] });
    expect((await use(secret, 'GET', '/api/admin/people')).status).toBe(200);
    await server.store.transact((tx) =>
      tx
        .updateTable('role_grant')
        .set({ to_at: server.clock.business })
        .where('role', '=', 'admin')
        .execute(),
    );
    expect((await use(secret, 'GET', '/api/admin/people')).body).toMatchObject({
      status: 401,
      reason: 'noGrant',
    });
  });
});

describe('a token that is over', () => {
  it('says that it expired', async () => {
    const { secret } = await make('lin', { days: 7 });
    server.clock.business = Date.parse('2026-07-13T23:59:59+08:00');
    expect((await use(secret, 'GET', '/api/me')).status).toBe(200);
    server.clock.business += 1_000;
    expect((await use(secret, 'GET', '/api/me')).body).toMatchObject({
      status: 401,
      code: 'tokenInvalid',
      reason: 'expired',
      title: '这个访问令牌已过期，请换一个',
    });
    expect((await mine('lin')).items[0]).toMatchObject({ state: 'expired', stateText: '7月13日已过期' });
  });

  it('says that it was revoked, by its owner', async () => {
    const { id, secret } = await make('lin');
    expect((await revoke('lin', `/api/tokens/${id}`, 'DELETE')).status).toBe(200);
    expect((await use(secret, 'GET', '/api/me')).body).toMatchObject({ status: 401, reason: 'revoked' });
    expect((await mine('lin')).items[0]?.stateText).toBe('7月7日由本人撤销');
    expect(await audited('token.revoked')).toHaveLength(1);
  });

  it('and one that never was get the same plain answer as far as nobody knows it', async () => {
    const answer = await use(`mqp_${'A'.repeat(43)}`, 'GET', '/api/me');
    expect(answer.body).toMatchObject({ status: 401, code: 'tokenInvalid' });
    expect(answer.body['reason']).toBeUndefined();
  });
});

describe('somebody else’s token', () => {
  it('is neither listed nor revoked by others', async () => {
    const { id, secret } = await make('lin');
    expect((await mine('fang')).items).toEqual([]);
    expect((await revoke('fang', `/api/tokens/${id}`, 'DELETE')).status).toBe(404);
    expect((await revoke('wang', `/api/tokens/${id}`, 'DELETE')).status).toBe(404);
    expect((await use(secret, 'GET', '/api/me')).status).toBe(200);
  });

  it('is listed and revoked by an administrator of its person’s area, with the reason', async () => {
    const { id, secret } = await make('lin');
    const listed = await server.call('GET', '/api/admin/tokens', { headers: await as('wang') });
    expect(listed.body).toMatchObject({
      items: [{ id, person: { name: '林晓' } }],
      sentence: '现在有 1 个访问令牌有效',
    });
    const path = `/api/admin/tokens/${id}/revoke`;
    expect((await revoke('wang', path, 'POST', { reason: ' ' })).status).toBe(400);
    expect((await revoke('wang', path, 'POST', { reason: '离岗' })).status).toBe(200);
    expect((await use(secret, 'GET', '/api/me')).status).toBe(401);
    expect((await mine('lin')).items[0]?.stateText).toBe('7月7日由王敏撤销：离岗');
    const over = await server.call('GET', '/api/admin/tokens?state=over', { headers: await as('wang') });
    expect(over.body).toMatchObject({ items: [{ id }], sentence: '现在没有有效的访问令牌' });
  });

  it('is out of reach of an administrator elsewhere and of everybody else', async () => {
    const { id, secret } = await make('lin');
    const path = `/api/admin/tokens/${id}/revoke`;
    expect((await server.call('GET', '/api/admin/tokens', { headers: await as('gong') })).body).toMatchObject(
      {
        items: [],
      },
    );
    expect((await revoke('gong', path, 'POST', { reason: '离岗' })).status).toBe(404);
    for (const userId of ['lin', 'fang']) {
      expect((await server.call('GET', '/api/admin/tokens', { headers: await as(userId) })).status).toBe(403);
      expect((await revoke(userId, path, 'POST', { reason: '离岗' })).status).toBe(403);
    }
    expect((await use(secret, 'GET', '/api/me')).status).toBe(200);
  });
});

describe('the document', () => {
  it('says what an access token needs, and lets none change anything but cases, drafts and files', async () => {
    const { body } = await server.call('GET', '/api/openapi.json');
    const paths = body['paths'] as Record<string, Record<string, { 'x-token-scopes'?: string[] | null }>>;
    const open = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([, operation]) => operation['x-token-scopes'])
        .map(([method, operation]) => ({ method, path, scopes: operation['x-token-scopes'] })),
    );
    expect(open.find(({ path }) => path === '/api/cases/{caseId}')?.scopes).toEqual(['cases:read']);
    expect(open.find(({ path }) => path.endsWith('/actions/submit'))?.scopes).toEqual(['cases:file']);
    expect(paths['/api/tokens']?.['post']?.['x-token-scopes']).toBeNull();
    const changing = open.filter(({ method }) => method !== 'get').map(({ path }) => path);
    expect(changing.length).toBeGreaterThan(20);
    expect(
      changing.filter((path) => !/^\/api\/(cases\/\{caseId\}\/actions\/\w+|drafts|files)/.test(path)),
    ).toEqual([]);
  });
});
