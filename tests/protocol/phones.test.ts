import { createHash } from 'node:crypto';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPlatform, type Platform } from './platform.ts';

const POLICY =
  "default-src 'self'; script-src 'self'; frame-ancestors 'self'; upgrade-insecure-requests; connect-src 'self'";
const PAGE = '<!doctype html><html><head lang="zh"><title>民情</title></head><body></body></html>';

let app: Server;
let platform: Platform;
let port: string;
const uploads: number[] = [];

beforeAll(async () => {
  app = createServer((incoming, answer) => {
    const path = incoming.url ?? '';
    if (path === '/upload') {
      void buffer(incoming).then((body) => {
        uploads.push(body.length);
        answer.end('{}');
      });
      return;
    }
    if (path === '/events') {
      answer.writeHead(200, { 'content-type': 'text/event-stream' });
      answer.write('data: first\n\n');
      return;
    }
    if (path === '/headers') {
      answer.end(JSON.stringify(incoming.headers));
      return;
    }
    if (path === '/moved') {
      answer.writeHead(302, { location: `http://127.0.0.1:${(app.address() as AddressInfo).port}/#/there` });
      answer.end();
      return;
    }
    if (path === '/script.js') {
      answer.writeHead(200, {
        'content-type': 'text/javascript',
        'content-security-policy': POLICY,
        etag: '"a"',
      });
      answer.end('1;');
      return;
    }
    answer.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      'x-frame-options': 'DENY',
      'strict-transport-security': 'max-age=1',
      'set-cookie': ['a=1; Path=/; HttpOnly', 'b=2; Path=/'],
      etag: '"page"',
      ...(path === '/packed' ? { 'content-encoding': 'gzip' } : {}),
    });
    answer.end(path === '/packed' ? gzipSync(PAGE) : PAGE);
  });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  platform = await startPlatform({ appUrl: `http://127.0.0.1:${(app.address() as AddressInfo).port}` });
  ({ port } = new URL(platform.url));
});
afterAll(async () => {
  await platform.stop();
  app.closeAllConnections();
  app.close();
});

function at(
  host: string,
  path: string,
  options: { method?: string; headers?: object; body?: Buffer } = {},
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { host: `${host}:${port}`, accept: 'text/html', ...options.headers };
    const outgoing = request(
      { host: '127.0.0.1', port, path, method: options.method ?? 'GET', headers },
      resolve,
    );
    outgoing.on('error', reject);
    outgoing.end(options.body);
  });
}

describe('the web view of a phone', () => {
  it.each(['/', '/packed'])(
    'puts the container first in the head of %s and its hash into the policy',
    async (path) => {
      const answer = await at('p1.minqing.localhost', path);
      const page = await text(answer);
      const script = /<head lang="zh"><script>([\s\S]*?)<\/script><title>民情/.exec(page)?.[1] ?? '';
      expect(script).toContain('WebViewJavascriptBridge');
      const hash = createHash('sha256').update(script).digest('base64');
      expect(answer.headers['content-security-policy']).toBe(
        `default-src 'self'; script-src 'self' 'sha256-${hash}'; frame-ancestors 'self' http://desk.minqing.localhost:${port}; connect-src 'self'`,
      );
      expect(answer.headers['x-frame-options']).toBeUndefined();
      expect(answer.headers['strict-transport-security']).toBeUndefined();
      expect(answer.headers.etag).toBeUndefined();
      expect(answer.headers['set-cookie']).toEqual(['a=1; Path=/; HttpOnly', 'b=2; Path=/']);
    },
  );

  it('is a PC window under pcN', async () => {
    expect(await text(await at('pc1.minqing.localhost', '/'))).toContain('"mode":"dd-pc"');
    expect(await text(await at('p1.minqing.localhost', '/'))).toContain('"mode":"dd-ios"');
  });

  it('leaves everything that is no page as it is', async () => {
    const answer = await at('p1.minqing.localhost', '/script.js', { headers: { accept: '*/*' } });
    expect(await text(answer)).toBe('1;');
    expect(answer.headers.etag).toBe('"a"');
  });

  it('tells the app the name it was asked under, and keeps redirects under it', async () => {
    const headers = JSON.parse(await text(await at('p2.minqing.localhost', '/headers'))) as Record<
      string,
      string
    >;
    expect(headers['x-forwarded-host']).toBe(`p2.minqing.localhost:${port}`);
    expect(headers.host).toBe(new URL(`http://127.0.0.1:${(app.address() as AddressInfo).port}`).host);
    const moved = await at('p2.minqing.localhost', '/moved');
    expect(moved.headers.location).toBe(`http://p2.minqing.localhost:${port}/#/there`);
  });

  it('streams uploads and event streams', async () => {
    const body = Buffer.alloc(3_000_000, 7);
    await text(await at('p1.minqing.localhost', '/upload', { method: 'POST', body }));
    expect(uploads).toEqual([3_000_000]);
    const stream = await at('p1.minqing.localhost', '/events', { headers: { accept: 'text/event-stream' } });
    const first = await new Promise<string>((resolve) =>
      stream.once('data', (chunk: Buffer) => resolve(chunk.toString())),
    );
    expect(first).toBe('data: first\n\n');
    stream.destroy();
  });

  it('has no connection while the network is off', async () => {
    await platform.control('POST', '/faults', { kind: 'offline', operations: ['webview'] });
    await expect(at('p1.minqing.localhost', '/')).rejects.toThrow(/hang up|ECONNRESET/);
    await platform.control('DELETE', '/faults');
    expect((await at('p1.minqing.localhost', '/')).statusCode).toBe(200);
  });

  it('says so when the app does not answer', async () => {
    const lonely = await startPlatform({ appUrl: 'http://127.0.0.1:1' });
    const there = new URL(lonely.url).port;
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { host: `p1.minqing.localhost:${there}` };
      request({ host: '127.0.0.1', port: there, path: '/', headers }, resolve).on('error', reject).end();
    });
    expect(answer.statusCode).toBe(502);
    answer.resume();
    await lonely.stop();
  });
});

describe('the desk', () => {
  it('is served under its name only', async () => {
    const desk = await at('desk.minqing.localhost', '/');
    expect(desk.headers['content-type']).toContain('text/html');
    expect(await text(desk)).toContain('演示台');
    const vue = await at('desk.minqing.localhost', '/__vue.js');
    expect(vue.headers['content-type']).toContain('javascript');
    vue.resume();
    const other = await at('127.0.0.1', '/');
    expect(other.statusCode).toBe(404);
    other.resume();
  });
});
