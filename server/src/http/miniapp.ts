/** The built mini-app, served from its folder: hashed assets for ever, the page and its configuration never kept. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import express, { type RequestHandler, type Response, type Router } from 'express';
import { AppError } from '../errors.ts';
import type { HttpDeps } from './deps.ts';
import { pagePolicy } from './security.ts';

export function miniappRouter(deps: Pick<HttpDeps, 'config' | 'front'>): Router {
  const router = express.Router();
  router.get('/config.json', (_request, response) => {
    response.set('Cache-Control', 'no-cache').json({ api: './api', ...deps.front });
  });
  if (!deps.config.miniappDir) {
    return router;
  }
  const folder = resolve(deps.config.miniappDir);
  router.get(['/', '/index.html'], page(folder, deps.config));
  // Names under assets/ carry a hash of their content; everything else may change under its name.
  router.use(
    '/assets',
    express.static(join(folder, 'assets'), {
      immutable: true,
      maxAge: '365d',
      index: false,
      redirect: false,
      setHeaders,
    }),
  );
  router.use(
    express.static(folder, { index: false, redirect: false, dotfiles: 'ignore', maxAge: 0, setHeaders }),
  );
  return router;
}

/** A script that runs as a worker, or an SVG opened by itself, obeys a policy of its own. */
function setHeaders(response: Response): void {
  response.set(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  );
}

/** The page, with the policy that fits its inline scripts; read again when a new build was put there. */
function page(folder: string, { frameAncestors, monitoring }: HttpDeps['config']): RequestHandler {
  const file = join(folder, 'index.html');
  let kept: { changed: number; html: string; policy: string } | null = null;
  return (_request, response) => {
    if (!existsSync(file)) {
      throw new AppError('notFound', { title: '小程序还没有构建：请运行 npm run build' });
    }
    const changed = statSync(file).mtimeMs;
    if (kept?.changed !== changed) {
      const html = readFileSync(file, 'utf8');
      kept = { changed, html, policy: pagePolicy(html, frameAncestors, monitoring) };
    }
    response.set({
      'Cache-Control': 'no-cache',
      'Content-Security-Policy': kept.policy,
      'Cross-Origin-Opener-Policy': 'same-origin-allow-popups',
    });
    response.type('html').send(kept.html);
  };
}
