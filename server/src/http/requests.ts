/** The first middleware: a request id, one line in the log and one count for every request. */
import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { Log } from '../log.ts';
import { beginContext } from './context.ts';
import type { Metrics } from './metrics.ts';

/** An id a proxy gave is kept when it is plainly an id. */
const REQUEST_ID = /^[\w-]{8,64}$/;
/** Asked every few seconds by machines; they would drown the log. */
const QUIET = new Set(['/healthz', '/readyz', '/metrics']);

export function followRequests(log: Log, metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const given = request.get('x-request-id');
    const requestId = given && REQUEST_ID.test(given) ? given : randomUUID();
    const context = beginContext(response, requestId, log.child({ requestId }));
    response.set('X-Request-Id', requestId);
    const began = performance.now();
    response.once('close', () => {
      const ms = Math.round((performance.now() - began) * 10) / 10;
      const route = routeOf(request, response);
      metrics.observe({ method: request.method, route, status: response.statusCode, ms });
      if (!QUIET.has(request.path)) {
        const code = response.locals['problem'] as string | undefined;
        context.log.info('request', {
          method: request.method,
          route,
          status: response.statusCode,
          ms,
          code,
          personId: context.identity?.person.id,
          tokenId: context.identity?.token?.id,
        });
      }
    });
    next();
  };
}

/** The pattern, never the address: addresses carry ids and search words. */
function routeOf(request: Request, response: Response): string {
  const route: unknown = request.route?.path;
  if (typeof route === 'string') {
    return `${request.baseUrl}${route}`;
  }
  return response.statusCode === 404 ? 'nothing' : request.baseUrl || 'static';
}
