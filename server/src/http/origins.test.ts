import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer, newKey, type TestServer } from '../../../tests/support/http.ts';

const OURS = 'https://mini.example.gov.cn';
const THEIRS = 'https://mini.other.gov.cn';
const STRANGER = 'https://evil.example';

let server: TestServer;
beforeAll(async () => {
  server = await createTestServer();
  await server.addPerson('lin', '林晓', { role: 'member', unitId: 'cppcc', areaId: '330700' });
  await server.addPerson('huang', '黄志强', { role: 'admin', areaId: '330700' });
  await server.addPerson('zhang', '章成', { role: 'admin', areaId: '330702' });
  await server.allowOrigins('host1', [OURS]);
  await server.allowOrigins('host2', [THEIRS]);
});
afterAll(() => server.close());

const preflight = (origin: string, path = '/api/cases') =>
  server.call('OPTIONS', path, {
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    },
  });

async function bearerOf(userId: string, origin?: string) {
  server.host.codes.set(`b-${userId}`, userId);
  return server.call('POST', '/api/session', {
    body: { hostId: 'host1', code: `b-${userId}`, mode: 'bearer' },
    headers: origin ? { origin } : {},
  });
}

describe('a page of a host organisation’s own origin', () => {
  it('may ask, may send what it needs to, and is never told to bring cookies', async () => {
    const answer = await preflight(OURS);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe(OURS);
    expect(answer.headers.get('access-control-allow-headers')).toContain('Authorization');
    expect(answer.headers.get('access-control-allow-headers')).toContain('Idempotency-Key');
    expect(answer.headers.get('access-control-allow-methods')).toContain('PATCH');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    expect(answer.headers.get('vary')).toContain('Origin');
  });

  it('reads what it must know first, and signs on with a bearer session that works', async () => {
    const front = await server.call('GET', '/api/front', { headers: { origin: OURS } });
    expect(front.headers.get('access-control-allow-origin')).toBe(OURS);
    expect(front.body).toMatchObject({ hosts: [{ id: 'host1' }] });
    const signed = await bearerOf('lin', OURS);
    expect(signed.headers.getSetCookie()).toEqual([]);
    const headers = { authorization: `Bearer ${String(signed.body['token'])}`, origin: OURS };
    const me = await server.call('GET', '/api/me', { headers });
    expect(me.status).toBe(200);
    expect(me.headers.get('access-control-allow-origin')).toBe(OURS);
  });

  it('gets nothing by a cookie: there is no leave to read with one', async () => {
    const { cookie } = await server.signOn('lin');
    const answer = await server.call('GET', '/api/me', { headers: { cookie, origin: OURS } });
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  });
});

describe('a page of another origin', () => {
  it.each([STRANGER, 'null', `${OURS}.evil.example`, OURS.replace('https', 'http'), `${OURS}:8443`])(
    '%s is given no leave',
    async (origin) => {
      const asked = await preflight(origin);
      expect(asked.headers.get('access-control-allow-origin')).toBeNull();
      expect(asked.status).not.toBe(204);
      const read = await server.call('GET', '/api/front', { headers: { origin } });
      expect(read.headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  it('that serves another host organisation acts with no session of this one', async () => {
    expect((await preflight(THEIRS)).status).toBe(204);
    const refused = await bearerOf('lin', THEIRS);
    expect(refused.status).toBe(403);
    expect(refused.body['title']).toContain('不是您单位的入口');
    const { body } = await bearerOf('lin', OURS);
    const headers = { authorization: `Bearer ${String(body['token'])}`, origin: THEIRS };
    expect((await server.call('GET', '/api/me', { headers })).status).toBe(403);
  });
});

describe('setting the origins', () => {
  const put = (by: { headers: Record<string, string> }, hostId: string, body: object, key = newKey()) =>
    server.call('PUT', `/api/admin/origins/${hostId}`, {
      body,
      headers: { ...by.headers, 'idempotency-key': key },
    });

  it('is for the widest administrators alone', async () => {
    for (const userId of ['lin', 'zhang']) {
      const by = await server.signOn(userId);
      expect((await server.call('GET', '/api/admin/origins', by)).status).toBe(403);
      expect((await put(by, 'host1', { origins: [STRANGER], version: 1 })).status).toBe(403);
    }
    expect((await server.call('GET', '/api/admin/origins')).status).toBe(401);
    expect((await preflight(STRANGER)).status).not.toBe(204);
  });

  it('refuses what is no origin, by field, and keeps what there was', async () => {
    const by = await server.signOn('huang');
    for (const wrong of [
      '*',
      'https://*.gov.cn',
      'http://mini.example.gov.cn',
      'mini.example.gov.cn',
      'javascript:1',
    ]) {
      const answer = await put(by, 'host1', { origins: [OURS, wrong], version: 1 });
      expect(answer.status, wrong).toBe(400);
      expect(answer.body['errors']).toMatchObject([{ path: 'origins.1' }]);
    }
    expect((await put(by, 'nowhere', { origins: [], version: 0 })).status).toBe(404);
    expect((await preflight(OURS)).status).toBe(204);
  });

  it('takes effect at once and once, is in the audit log, and refuses who saw an older state', async () => {
    const by = await server.signOn('huang');
    const added = 'https://new.example.gov.cn';
    const key = newKey();
    const wish = { origins: [OURS, `${added}/app/#/home`], version: 1 };
    const changed = await put(by, 'host1', wish, key);
    expect(changed.status).toBe(200);
    expect((await put(by, 'host1', wish, key)).status).toBe(200);
    expect(changed.body['items']).toMatchObject([
      { hostId: 'host1', vendorLabel: '钉钉', origins: [OURS, added], version: 2 },
      { hostId: 'host2', vendorLabel: '浙政钉', origins: [THEIRS], version: 1 },
    ]);
    expect((await preflight(added)).status).toBe(204);
    expect((await put(by, 'host1', { origins: [], version: 1 })).status).toBe(409);
    const rows = await server.store.read((db) =>
      db
        .selectFrom('audit')
        .select(['data_json', 'person_id'])
        .where('kind', '=', 'host.originsChanged')
        .execute(),
    );
    expect(JSON.parse(rows.at(-1)?.data_json ?? '')).toEqual({ before: [OURS], after: [OURS, added] });
    expect(rows).toHaveLength(3);
  });
});
