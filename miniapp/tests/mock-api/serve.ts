import type { MonitoringFacts } from '@minqing/shared/contract';
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { createMock, type Mock } from './mock.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};
/** The policy the product is served under: inline only the page's own scripts and the styles that script sets, nothing from elsewhere. */
function policyOf(page: string, elsewhere: string): string {
  const inline = [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  );
  return `default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self' ${inline.join(' ')} ${elsewhere}; connect-src 'self'; frame-ancestors 'self'`;
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  for await (const part of request) {
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}

export interface MockServer {
  url: string;
  mock: Mock;
  server: Server;
  close(): Promise<void>;
}

/** Serves a built mini-app from `dist` with the mock behind it, on a port the system chooses. */
export async function serveMock(
  dist: string,
  mock: Mock = createMock(),
  port = 0,
  monitoring?: MonitoringFacts,
): Promise<MockServer> {
  const server = createServer((request, response) => {
    void (async () => {
      const url = request.url ?? '/';
      if (url.startsWith('/api/')) {
        const person =
          /sid=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ??
          request.headers.authorization?.replace('Bearer ', '') ??
          null;
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
        );
        const answer = await mock.handle({
          method: request.method ?? 'GET',
          path: url.slice(4),
          headers,
          body: await bodyOf(request),
          person,
        });
        if (!answer) {
          request.socket.destroy();
          return;
        }
        response.writeHead(answer.status, {
          'content-type': answer.raw?.type ?? 'application/json',
          ...answer.headers,
        });
        response.end(answer.raw?.text ?? (answer.body === undefined ? '' : JSON.stringify(answer.body)));
        return;
      }
      if (url.startsWith('/config.json')) {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(
          JSON.stringify({
            api: './api',
            hosts: [
              { id: 'h1', vendor: 'dingtalk', corpId: 'ding1', clientId: 'client1', agentId: '1' },
              { id: 'h2', vendor: 'zhezhengding', corpId: '', clientId: '', agentId: '' },
            ],
            version: 'mock',
            ...(monitoring ? { monitoring } : {}),
          }),
        );
        return;
      }
      const bare = url.split('?')[0]!;
      const path = bare === '/' ? '/index.html' : normalize(bare);
      const bytes = await readFile(join(dist, path)).catch(() => null);
      response.writeHead(bytes ? 200 : 404, {
        'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
        'content-security-policy': policyOf(
          path === '/index.html' ? String(bytes) : '',
          monitoring ? 'https://emas.example https://aplus.example' : '',
        ),
      });
      response.end(bytes ?? '');
    })();
  });
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mock,
    server,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** The user agent of DingTalk on an iPhone, which makes dingtalk-jsapi look for its iOS bridge. */
export const DINGTALK_UA =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 AliApp(DingTalk/7.6.0)';

/** A container's iOS bridge, to be run in the page before anything else: mints the code `person` and locates in Jinhua. */
export function containerScript(person: string): string {
  return `window.WebViewJavascriptBridge = {
    init: function () {}, registerHandler: function () {},
    callHandler: function (method, params, answer) {
      var results = {
        'runtime.permission.requestAuthCode': { code: ${JSON.stringify(person)} },
        'device.geolocation.get': { latitude: 29.1, longitude: 119.69, accuracy: 60, address: '迎宾大道与环城南路交叉口', district: '金东区' }
      };
      setTimeout(function () { answer({ errorCode: '0', result: results[method] || {} }); }, 5);
    }
  };`;
}

/** The user agent of 浙政钉 on a phone, which makes gdt-jsapi look for `AlipayJSBridge`. */
export const GOV_UA =
  'Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/78.0.3904.130 Mobile Nebula mPaaSClient TaurusApp(ZJ/2.9.0)';

/** The bridge of 浙政钉's container, to be run in the page before anything else: mints the code `person`. */
export function govContainerScript(person: string): string {
  return `window.AlipayJSBridge = { call: function (method, params, answer) {
    var result = method === 'getAuthCode' ? { auth_code: ${JSON.stringify(person)} } : {};
    setTimeout(function () { if (answer) answer({ errorCode: '0', result: result }); }, 5);
  } };`;
}
