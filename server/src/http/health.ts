/** For machines that watch the process: is it alive, may it be sent requests, how is it doing. */
import { timingSafeEqual } from 'node:crypto';
import type { Express, Request } from 'express';
import { AppError } from '../errors.ts';
import { bearerSecret } from './identity.ts';
import type { Metrics } from './metrics.ts';

interface Health {
  ready(): Promise<void>;
  metrics: Metrics;
  metricsToken: string | null;
}

const READY_LIMIT_MS = 2_000;

export function mountHealth(app: Express, health: Health): void {
  app.get('/healthz', (_request, response) => {
    response.type('text').send('ok');
  });
  app.get('/readyz', async (_request, response) => {
    const limit = AbortSignal.timeout(READY_LIMIT_MS);
    const late = new Promise<never>((_resolve, reject) => {
      limit.addEventListener('abort', () => reject(new Error('not ready in time')));
    });
    try {
      await Promise.race([health.ready(), late]);
    } catch (error) {
      throw new AppError('unavailable', { cause: error, retryAfter: 2 });
    }
    response.type('text').send('ready');
  });
  app.get('/metrics', async (request, response) => {
    if (!maySeeMetrics(request, health.metricsToken)) {
      throw new AppError('notFound', { title: '没有这个地址' });
    }
    response
      .set('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
      .send(await health.metrics.render());
  });
}

/** With the token, from anywhere; without one, from this machine and not through a proxy. */
function maySeeMetrics(request: Request, token: string | null): boolean {
  if (token !== null) {
    const given = Buffer.from(bearerSecret(request) ?? '');
    const expected = Buffer.from(token);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
  const address = request.socket.remoteAddress ?? '';
  return /^(::1|(::ffff:)?127\.)/.test(address) && request.get('x-forwarded-for') === undefined;
}
