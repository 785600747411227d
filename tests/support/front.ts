/** The mini-app on an origin of its own, as a government's platform hosts it: files under a path, and no API. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { putElsewhere } from '../../scripts/build/elsewhere.ts';
import { pagePolicy } from '../../server/src/http/security.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

export interface Front {
  /** Where the page is: origin and path, with a slash at its end. */
  url: string;
  /** Makes the folder for an API and serves it from now on. */
  publish(api: string): void;
  close(): Promise<void>;
}

/** Serves nothing until it is told of the API. */
export async function openFront(): Promise<Front> {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-front-'));
  let policy = '';
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://front');
    if (pathname === '/') {
      response.writeHead(302, { location: '/m/' }).end();
      return;
    }
    const path = pathname === '/m/' ? '/index.html' : normalize(pathname.replace(/^\/m\//, '/'));
    try {
      const bytes = pathname.startsWith('/m/') ? readFileSync(join(folder, 'site', path)) : null;
      response.writeHead(bytes ? 200 : 404, {
        'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
        ...(path === '/index.html' ? { 'content-security-policy': policy } : {}),
      });
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/m/`,
    publish(api) {
      const site = putElsewhere(api, join(folder, 'site'));
      const html = readFileSync(join(site, 'index.html'), 'utf8');
      policy = pagePolicy(html, "'self' http://*.localhost:*", { reached: [new URL(api).origin] });
    },
    close: () =>
      new Promise((resolve) => {
        rmSync(folder, { recursive: true, force: true });
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
