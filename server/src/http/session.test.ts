import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HostError } from '../hosts/index.ts';
import { createTestServer, newKey, type TestServer } from '../../../tests/support/http.ts';

let server: TestServer;
beforeEach(async () => {
  server = await createTestServer();
  await server.addPerson('lin', '林晓', { role: 'member', unitId: 'cppcc', areaId: '330700' });
});
afterEach(() => server.close());

const signOnWith = (code: string, more: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
  server.call('POST', '/api/session', { body: { hostId: 'host1', code, ...more }, headers });

describe('signing on', () => {
  it('refuses a code the host does not know', async () => {
    const answer = await signOnWith('nonsense');
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ code: 'codeInvalid', status: 401 });
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it('refuses a code used before', async () => {
    server.host.codes.set('once', 'lin');
    expect((await signOnWith('once')).status).toBe(200);
    expect((await signOnWith('once')).status).toBe(401);
  });

  it('names every field that is missing', async () => {
    const answer = await server.call('POST', '/api/session', { body: {} });
    expect(answer.status).toBe(400);
    expect(answer.body['errors']).toEqual([
      { path: 'hostId', message: '请填写' },
      { path: 'code', message: '请填写' },
    ]);
  });

  it('refuses an organisation it does not know', async () => {
    const answer = await server.call('POST', '/api/session', { body: { hostId: 'elsewhere', code: 'x' } });
    expect(answer.status).toBe(400);
    expect(answer.body['errors']).toEqual([{ path: 'hostId', message: '没有这个平台' }]);
  });

  it('refuses an unknown mode', async () => {
    expect((await signOnWith('x', { mode: 'password' })).body['errors']).toEqual([
      { path: 'mode', message: '应为其中之一：cookie、bearer' },
    ]);
  });

  it('tells somebody without a grant whom to ask, and opens nothing', async () => {
    await server.addPerson('passerby', '路人', null);
    await server.addPerson('wang', '王敏', { role: 'admin', unitId: 'cppcc', areaId: '330700' });
    server.host.codes.set('c', 'passerby');
    const answer = await signOnWith('c');
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({
      code: 'notOnRoster',
      title: '您不在名单中，请联系管理员 王敏（市政协）',
    });
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it('falls back to the configured words when no administrator is on the roster', async () => {
    server.host.addPerson('stranger', '陌生人');
    server.host.codes.set('c', 'stranger');
    expect((await signOnWith('c')).body['title']).toBe('您不在名单中，请联系本单位的民情一点通管理员');
  });

  it('refuses somebody whose only grant has not begun or is over', async () => {
    const now = server.clock.business;
    await server.addPerson('later', '后来', {
      role: 'member',
      unitId: 'cppcc',
      areaId: '330700',
      from: now + 1,
    });
    await server.addPerson('former', '从前', { role: 'member', unitId: 'cppcc', areaId: '330700', to: now });
    for (const userId of ['later', 'former']) {
      server.host.codes.set('c', userId);
      expect((await signOnWith('c')).status).toBe(403);
    }
  });

  it('says when the messenger cannot be reached', async () => {
    server.host.failure = new HostError('unavailable', 'timeout', 'no answer');
    const answer = await signOnWith('x');
    expect(answer.status).toBe(503);
    expect(answer.body['code']).toBe('hostUnavailable');
    expect(answer.headers.get('retry-after')).toBe('5');
  });

  it('makes an address wait after too many failures, and only for that minute', async () => {
    for (let count = 0; count < server.config.sessions.failuresPerMinute; count += 1) {
      await signOnWith(`guess-${count}`);
    }
    server.host.codes.set('right', 'lin');
    const answer = await signOnWith('right');
    expect(answer.status).toBe(429);
    expect(answer.body['code']).toBe('tooManySignOns');
    server.clock.machine += 60_000;
    expect((await signOnWith('right')).status).toBe(200);
  });

  it('gives a cookie no script can read, and never the token', async () => {
    server.host.codes.set('c', 'lin');
    const answer = await signOnWith('c');
    expect(answer.body).not.toHaveProperty('token');
    const cookie = answer.headers.getSetCookie()[0] ?? '';
    expect(cookie).toMatch(/^minqing=[\w-]{43}; Max-Age=43200; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/);
  });

  it('stores only the hash of the secret', async () => {
    const { cookie } = await server.signOn('lin');
    const secret = cookie.split('=')[1] ?? '';
    const rows = await server.store.read((db) => db.selectFrom('session').selectAll().execute());
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it('never keeps a session the browser proposes: the secret is new, the old one ends', async () => {
    const first = await server.signOn('lin');
    server.host.codes.set('again', 'lin');
    const answer = await signOnWith('again', {}, { cookie: first.cookie });
    const second = (answer.headers.getSetCookie()[0] ?? '').split(';', 1)[0] ?? '';
    expect(second).not.toBe(first.cookie);
    expect((await server.call('GET', '/api/me', { headers: { cookie: first.cookie } })).status).toBe(401);
    expect((await server.call('GET', '/api/me', { headers: { cookie: second } })).status).toBe(200);
  });

  it('records who signed on in the audit', async () => {
    await server.signOn('lin');
    const rows = await server.store.read((db) => db.selectFrom('audit').selectAll().execute());
    expect(rows.map((row) => row.kind)).toEqual(['signOn']);
  });
});

describe('a session', () => {
  it('is needed', async () => {
    const answer = await server.call('GET', '/api/me');
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ code: 'notSignedOn', title: '请重新登录', instance: '/api/me' });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('cannot be guessed', async () => {
    expect((await server.call('GET', '/api/me', { headers: { cookie: 'minqing=guess' } })).status).toBe(401);
    expect((await server.call('GET', '/api/me', { headers: { authorization: 'Bearer guess' } })).status).toBe(
      401,
    );
  });

  it('ends with the last grant', async () => {
    const { headers } = await server.signOn('lin');
    await server.store.transact((tx) =>
      tx.updateTable('role_grant').set({ to_at: server.clock.business }).execute(),
    );
    expect((await server.call('GET', '/api/me', { headers })).status).toBe(401);
    expect(await server.store.read((db) => db.selectFrom('session').selectAll().execute())).toEqual([]);
  });

  it('ends when the account leaves the organisation', async () => {
    const { headers } = await server.signOn('lin');
    server.host.people.delete('lin');
    await server.people.contacts.onContactChange(server.host as never, {
      hostId: 'host1',
      kind: 'people',
      ids: ['lin'],
      removed: true,
    });
    expect((await server.call('GET', '/api/me', { headers })).status).toBe(401);
  });

  it('slides while it is used and ends twelve hours after the last use', async () => {
    const { headers } = await server.signOn('lin');
    server.clock.machine += 11 * 3_600_000;
    const used = await server.call('GET', '/api/me', { headers });
    expect(used.status).toBe(200);
    expect(used.headers.getSetCookie()[0]).toContain('Max-Age=43200');
    server.clock.machine += 11 * 3_600_000;
    expect((await server.call('GET', '/api/me', { headers })).status).toBe(200);
    server.clock.machine += 12 * 3_600_000;
    expect((await server.call('GET', '/api/me', { headers })).status).toBe(401);
  });

  it('by bearer lives fifteen minutes, whatever is done with it, and needs no CSRF word', async () => {
    server.host.codes.set('c', 'lin');
    const { body, headers } = await signOnWith('c', { mode: 'bearer' });
    expect(headers.getSetCookie()).toEqual([]);
    const bearer = { authorization: `Bearer ${String(body['token'])}` };
    const me = await server.call('GET', '/api/me', { headers: bearer });
    expect(me.body['csrf']).toBeNull();
    const change = await server.call('PATCH', '/api/me/settings', {
      body: { text: 'large' },
      headers: { ...bearer, 'idempotency-key': newKey() },
    });
    expect(change.status).toBe(200);
    server.clock.machine += 15 * 60_000;
    expect((await server.call('GET', '/api/me', { headers: bearer })).status).toBe(401);
  });

  it('by cookie cannot be shown as a bearer', async () => {
    const { cookie } = await server.signOn('lin');
    const secret = cookie.split('=')[1] ?? '';
    expect(
      (await server.call('GET', '/api/me', { headers: { authorization: `Bearer ${secret}` } })).status,
    ).toBe(401);
  });

  it('is gone after signing off', async () => {
    const { headers } = await server.signOn('lin');
    const answer = await server.call('DELETE', '/api/session', { headers });
    expect(answer.status).toBe(200);
    expect(answer.headers.getSetCookie()[0]).toMatch(/^minqing=; /);
    expect((await server.call('GET', '/api/me', { headers })).status).toBe(401);
  });
});

describe('a page whose browser was given to somebody else', () => {
  it('is nobody until it signs on anew, for reading as for changes', async () => {
    const { headers } = await server.signOn('lin');
    const me = (await server.call('GET', '/api/me', { headers })).body as { person: { id: string } };
    const as = (id: string): Record<string, string> => ({ ...headers, 'x-person': id });
    expect((await server.call('GET', '/api/me', { headers: as(me.person.id) })).status).toBe(200);
    expect((await server.call('GET', '/api/me', { headers: as('somebody-else') })).status).toBe(401);
    const change = await server.call('PATCH', '/api/me/settings', {
      body: {},
      headers: { ...as('somebody-else'), 'idempotency-key': newKey() },
    });
    expect(change.status).toBe(401);
    // The session is as good as it was for whom it belongs to.
    expect((await server.call('GET', '/api/me', { headers })).status).toBe(200);
  });
});

describe('a change by cookie', () => {
  it('without the CSRF word is refused, with a wrong one too', async () => {
    const { cookie } = await server.signOn('lin');
    for (const word of [{}, { 'x-csrf': 'wrong' }] as Record<string, string>[]) {
      const answer = await server.call('PATCH', '/api/me/settings', {
        body: {},
        headers: { cookie, 'idempotency-key': newKey(), ...word },
      });
      expect(answer.status).toBe(403);
      expect(answer.body['code']).toBe('csrfMissing');
    }
  });

  it('without an idempotency key is refused, with one that is no UUID too', async () => {
    const { headers } = await server.signOn('lin');
    for (const key of [{}, { 'idempotency-key': '1' }] as Record<string, string>[]) {
      const answer = await server.call('PATCH', '/api/me/settings', {
        body: {},
        headers: { ...headers, ...key },
      });
      expect(answer.body).toMatchObject({ status: 400, code: 'keyMissing' });
    }
  });
});

describe('me', () => {
  it('greets a member by surname, with grants and where reports go', async () => {
    const { headers } = await server.signOn('lin');
    const { body } = await server.call('GET', '/api/me', { headers });
    expect(body).toMatchObject({
      person: { name: '林晓' },
      greeting: '林委员，下午好',
      grants: [
        { role: 'member', roleLabel: '委员', unit: { shortName: '市政协' }, area: { name: '金华市' } },
      ],
      settings: { text: 'normal', theme: 'auto' },
      committee: { id: 'cppcc' },
    });
  });

  it('keeps settings, one at a time', async () => {
    const { headers } = await server.signOn('lin');
    await server.call('PATCH', '/api/me/settings', {
      body: { text: 'large' },
      headers: { ...headers, 'idempotency-key': newKey() },
    });
    await server.call('PATCH', '/api/me/settings', {
      body: { theme: 'dark' },
      headers: { ...headers, 'idempotency-key': newKey() },
    });
    const { body } = await server.call('GET', '/api/me', { headers });
    expect(body['settings']).toEqual({ text: 'large', theme: 'dark' });
  });

  it('refuses settings there are not', async () => {
    const { headers } = await server.signOn('lin');
    const answer = await server.call('PATCH', '/api/me/settings', {
      body: { text: 'huge' },
      headers: { ...headers, 'idempotency-key': newKey() },
    });
    expect(answer.body['errors']).toEqual([{ path: 'text', message: '应为其中之一：normal、large' }]);
  });
});

describe('the JSAPI signature', () => {
  it('is given for our own pages only', async () => {
    const { headers } = await server.signOn('lin');
    const elsewhere = await server.call(
      'GET',
      `/api/jsapi?url=${encodeURIComponent('https://evil.example/')}`,
      { headers },
    );
    expect(elsewhere.body).toMatchObject({ status: 400, errors: [{ path: 'url' }] });
    const own = await server.call(
      'GET',
      `/api/jsapi?url=${encodeURIComponent('http://p1.minqing.localhost:5171/#/s/1')}`,
      { headers },
    );
    expect(own.body).toMatchObject({
      corpId: 'corp1',
      signature: 'signed http://p1.minqing.localhost:5171/',
    });
  });
});

describe('over https', () => {
  it('the cookie belongs to this very host and travels on https alone', async () => {
    const secure = await createTestServer({}, { PUBLIC_URL: 'https://minqing.example' });
    await secure.addPerson('lin', '林晓', { role: 'member', unitId: 'cppcc', areaId: '330700' });
    secure.host.codes.set('c', 'lin');
    const answer = await secure.call('POST', '/api/session', { body: { hostId: 'host1', code: 'c' } });
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^__Host-minqing=[\w-]{43}; .*Path=\/; .*HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(answer.headers.get('strict-transport-security')).toContain('max-age=');
    const cookie = (answer.headers.getSetCookie()[0] ?? '').split(';', 1)[0] ?? '';
    expect((await secure.call('GET', '/api/me', { headers: { cookie } })).status).toBe(200);
    const plain = cookie.replace('__Host-', '');
    expect((await secure.call('GET', '/api/me', { headers: { cookie: plain } })).status).toBe(401);
    await secure.close();
  });
});
