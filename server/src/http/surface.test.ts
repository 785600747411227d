import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Express } from 'express';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { absent, createTestServer, newKey, type TestServer } from '../../../tests/support/http.ts';
import { createHttpApp } from './app.ts';
import { hashSource } from './security.ts';

let server: TestServer;
let ready = true;
const files = express.Router();
files.get('/:fileId', (_request, response) => {
  response.send('bytes');
});

beforeAll(async () => {
  server = await createTestServer({
    filesRouter: files,
    ready: async () => {
      if (!ready) {
        throw new Error('no database');
      }
    },
    gauges: [
      { name: 'outbox_waiting', help: 'Waiting.', read: () => 7 },
      { name: 'broken', help: 'Broken.', read: () => Promise.reject(new Error('x')) },
    ],
    hooks: new Map([
      [
        'host1/cards',
        async ({ body, headers }) => ({
          status: 200,
          body: { got: body.toString(), sign: headers['sign'] },
        }),
      ],
    ]),
  });
  await server.allowOrigins('host1', ['https://front.example']);
  const folder = server.config.miniappDir ?? '';
  mkdirSync(join(folder, 'assets'));
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><script>var a=1</script><script type="module" src="./assets/a-1.js"></script>',
  );
  writeFileSync(join(folder, 'assets', 'a-1.js'), 'export {};');
  writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
});
afterAll(() => server.close());

describe('what goes wrong is a problem document', () => {
  it.each([
    ['an address that is not there', 'GET', '/api/nothing', {}, 404, 'notFound'],
    ['an address outside the API', 'GET', '/nothing', {}, 404, 'notFound'],
    ['a method an address does not have', 'PUT', '/api/me', { body: {} }, 405, 'methodNotAllowed'],
    [
      'JSON that is none',
      'POST',
      '/api/session',
      { body: '{"a":', headers: { 'content-type': 'application/json' } },
      400,
      'malformed',
    ],
    [
      'JSON that is a list',
      'POST',
      '/api/session',
      { body: '[]', headers: { 'content-type': 'application/json' } },
      400,
      'malformed',
    ],
    [
      'a form',
      'POST',
      '/api/session',
      { body: 'code=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'unsupportedType',
    ],
    [
      'plain text',
      'POST',
      '/api/session',
      { body: '{}', headers: { 'content-type': 'text/plain' } },
      415,
      'unsupportedType',
    ],
    ['a body too large', 'POST', '/api/session', { body: { code: 'x'.repeat(300_000) } }, 413, 'tooLarge'],
    ['a broken escape', 'GET', '/api/cases/%E0%A4%A', {}, 400, 'malformed'],
  ])('%s', async (_what, method, path, options, status, code) => {
    const answer = await server.call(method, path, options);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject({
      status,
      code,
      type: `urn:minqing:problem:${code}`,
      title: expect.stringMatching(/[\u4e00-\u9fff]/),
    });
    expect(answer.body['requestId']).toBe(answer.headers.get('x-request-id'));
  });

  it('names the methods an address has', async () => {
    expect((await server.call('PUT', '/api/me', { body: {} })).headers.get('allow')).toBe('GET, HEAD');
  });
});

describe('request ids', () => {
  it('are kept when a proxy gave a plain one, and made otherwise', async () => {
    const given = await server.call('GET', '/healthz', { headers: { 'x-request-id': 'proxy-12345678' } });
    expect(given.headers.get('x-request-id')).toBe('proxy-12345678');
    const odd = await server.call('GET', '/healthz', { headers: { 'x-request-id': '<script>' } });
    expect(odd.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('stand in the log, with the route and never the address', async () => {
    server.lines.length = 0;
    const answer = await server.call('GET', '/api/cases?q=%E5%BC%A0%E4%B8%89&desk=member');
    const line = server.lines.find((each) => each.includes('"request"')) ?? '';
    expect(JSON.parse(line)).toMatchObject({
      requestId: answer.headers.get('x-request-id'),
      method: 'GET',
      route: '/api/cases',
      status: 401,
    });
    expect(server.lines.join('')).not.toMatch(/张三|%E5/);
  });
});

describe('the mini-app', () => {
  it('is served with a policy that knows its inline scripts, and is asked for again each time', async () => {
    const page = await server.call('GET', '/');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(page.status).toBe(200);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(policy).toContain(`script-src 'self' ${hashSource('var a=1')};`);
    expect(policy).not.toContain("script-src 'self' 'unsafe-inline'");
    expect(policy).toContain("object-src 'none'");
  });

  it('follows a new build without a restart', async () => {
    const file = join(server.config.miniappDir ?? '', 'index.html');
    const later = new Date(Date.now() + 5_000);
    writeFileSync(file, '<!doctype html><title>new</title>');
    (await import('node:fs')).utimesSync(file, later, later);
    expect((await server.call('GET', '/index.html')).text).toContain('new');
  });

  it('keeps hashed assets for ever and nothing else', async () => {
    expect((await server.call('GET', '/assets/a-1.js')).headers.get('cache-control')).toBe(
      'public, max-age=31536000, immutable',
    );
    expect((await server.call('GET', '/icon.svg')).headers.get('cache-control')).toBe('public, max-age=0');
  });

  it('is told where the API is and which organisations there are', async () => {
    const { body } = await server.call('GET', '/config.json');
    expect(body).toEqual({
      api: './api',
      hosts: [{ id: 'host1', vendor: 'dingtalk', corpId: 'corp1', clientId: 'client1', agentId: 'agent1' }],
      version: '0.0.0-test',
    });
  });

  it('has no way out of its folder', async () => {
    expect((await server.call('GET', '/..%2f..%2fetc%2fpasswd')).status).toBe(404);
    expect((await server.call('GET', '/assets/..%2f..%2fpackage.json')).status).toBe(404);
  });
});

describe('other origins', () => {
  const from = (origin: string) =>
    server.call('OPTIONS', '/api/me', { headers: { origin, 'access-control-request-method': 'GET' } });

  it('that are listed may call, without cookies', async () => {
    const answer = await from('https://front.example');
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://front.example');
    expect(answer.headers.get('access-control-allow-headers')).toContain('Idempotency-Key');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('that are not listed may not', async () => {
    expect((await from('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('for machines', () => {
  it('healthz says the process lives, readyz whether it can serve', async () => {
    expect((await server.call('GET', '/healthz')).status).toBe(200);
    expect((await server.call('GET', '/readyz')).status).toBe(200);
    ready = false;
    expect((await server.call('GET', '/readyz')).body).toMatchObject({ status: 503, code: 'unavailable' });
    ready = true;
  });

  it('metrics count requests by route and read the gauges, leaving out one that fails', async () => {
    const { text, headers } = await server.call('GET', '/metrics');
    expect(headers.get('content-type')).toContain('version=0.0.4');
    expect(text).toMatch(
      /minqing_http_request_duration_seconds_count\{method="GET",route="\/healthz",status="200"\} \d+/,
    );
    expect(text).toContain('\nminqing_outbox_waiting 7\n');
    expect(text).not.toContain('broken');
  });

  it('metrics are not for those behind a proxy', async () => {
    expect((await server.call('GET', '/metrics', { headers: { 'x-forwarded-for': '1.2.3.4' } })).status).toBe(
      404,
    );
  });
});

describe('hooks', () => {
  it('get the raw bytes, without any session', async () => {
    const answer = await server.call('POST', '/hooks/host1/cards', {
      body: '{ "a":1 }',
      headers: { 'content-type': 'application/json', sign: 's' },
    });
    expect(answer.body).toEqual({ got: '{ "a":1 }', sign: 's' });
  });

  it('that no host has are 404', async () => {
    expect((await server.call('POST', '/hooks/host1/other', { body: '{}' })).status).toBe(404);
  });
});

/** Routes outside the document: they are for machines, or serve the mini-app. */
const UNDOCUMENTED = [
  'GET /healthz',
  'GET /readyz',
  'GET /metrics',
  'GET /api/openapi.json',
  'GET /api/docs',
  'POST /hooks/:host/:purpose',
  // Described by the standard they follow.
  ...['discovery', 'v2/services', 'v2/requests'].flatMap((name) => [
    `GET /open311/${name}.json`,
    `GET /open311/${name}.xml`,
  ]),
  ...['services', 'requests', 'tokens'].map((name) => `GET /open311/v2/${name}/:name`),
  ...['json', 'xml'].map((form) => `POST /open311/v2/requests.${form}`),
  'GET /config.json',
  'GET /',
  'GET /index.html',
];

interface Layer {
  route?: { path: string | string[]; methods?: Record<string, boolean>; stack: { method?: string }[] };
  handle: { stack?: Layer[] };
}

/** Every route of the app as `METHOD /path`; routers are mounted at known places. */
function routesOf(app: Express, mounts: string[]): string[] {
  const walk = (layers: Layer[], prefix: string): string[] =>
    layers.flatMap((layer) => {
      if (layer.handle?.stack && !layer.route) {
        return walk(layer.handle.stack, mounts.shift() ?? 'unknown');
      }
      const paths = [layer.route?.path ?? []].flat();
      const methods = new Set(
        (layer.route?.stack ?? []).flatMap(({ method }) => (method ? [method.toUpperCase()] : [])),
      );
      if (methods.has('PROPFIND')) {
        // For every method there is: the framework's answer 405 to those a path does not have.
        return [];
      }
      return paths.flatMap((path) => [...methods].map((method) => `${method} ${prefix}${path}`));
    });
  return walk((app as unknown as { router: { stack: Layer[] } }).router.stack, '');
}

describe('the document', () => {
  it('is OpenAPI 3.1 and names the key of every change', async () => {
    const { body } = await server.call('GET', '/api/openapi.json');
    expect(body['openapi']).toBe('3.1.1');
    const paths = body['paths'] as Record<string, Record<string, { parameters?: { name: string }[] }>>;
    const accept = paths['/api/cases/{caseId}/actions/accept']?.['post'];
    expect(accept?.parameters?.map(({ name }) => name)).toEqual(['caseId', 'Idempotency-Key', 'X-CSRF']);
    expect(paths['/api/session']?.['post']?.parameters?.map(({ name }) => name)).toEqual(['X-CSRF']);
    expect(JSON.stringify(body)).not.toContain('dataValue');
    expect(JSON.stringify(body['webhooks'])).toContain('"leadUnit"');
  });

  it('knows every route of the app, and every reference in it leads somewhere', async () => {
    const { body, text } = await server.call('GET', '/api/openapi.json');
    const app = createHttpApp({
      config: server.config,
      log: {
        debug() {},
        info() {},
        warn() {},
        error() {},
        child: () => {
          throw new Error('unused');
        },
      },
      clock: server.clock,
      cases: server.cases,
      people: server.people,
      tokens: absent(),
      open311: absent(),
      webhooks: { subscriptions: absent(), deliveries: absent() },
      catalogue: server.catalogue,
      texts: {
        list: async () => ({ items: [], changes: [] }),
        preview: async () => Promise.reject(new Error('unused')),
      },
      similar: absent(),
      exchange: { admin: absent(), letters: absent() },
      deliveries: absent(),
      audit: absent(),
      suggest: absent(),
      statistics: absent(),
      stuck: absent(),
      late: absent(),
      output: absent(),
      deadlines: absent(),
      hosts: new Map(),
      front: { hosts: [], version: '1' },
      origins: absent(),
      filesRouter: files,
      ready: async () => undefined,
      version: '1',
    });
    const documented = new Set(
      Object.entries(body['paths'] as Record<string, object>).flatMap(([path, item]) =>
        Object.keys(item).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
      ),
    );
    const routes = routesOf(app, ['/hooks', '/open311', '/api/files', '/api/admin/imports', '']);
    expect(routes.length).toBeGreaterThan(40);
    expect(routes.filter((route) => !documented.has(route) && !UNDOCUMENTED.includes(route))).toEqual([]);
    const schemas = Object.keys((body['components'] as { schemas: object }).schemas);
    const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
      (match) => match[1] ?? '',
    );
    expect(references.filter((name) => !schemas.includes(name))).toEqual([]);
    expect(schemas).toEqual(expect.arrayContaining(['Case', 'Problem', 'Me']));
  });

  it('can be read by people, on a page without scripts or anything from elsewhere', async () => {
    const page = await server.call('GET', '/api/docs');
    expect(page.text).toContain('/api/cases/{caseId}/actions/accept');
    expect(page.text).not.toMatch(/<script|https?:\/\//);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
  });

  it('makes the framework complain about nothing', () => {
    expect(
      server.lines.filter((line) => /"level":(40|50)/.test(line) && !line.includes('request failed')),
    ).toEqual([]);
  });
});

describe('files', () => {
  it('lie behind the CSRF check like every change', async () => {
    await server.addPerson('lin', '林晓', { role: 'member', unitId: 'cppcc', areaId: '330700' });
    const { cookie } = await server.signOn('lin');
    const answer = await server.call('PATCH', '/api/files/x', {
      body: 'bytes',
      headers: { cookie, 'idempotency-key': newKey() },
    });
    expect(answer.body).toMatchObject({ status: 403, code: 'csrfMissing' });
  });
});
