/** Doors for the hosts' own calls: raw bytes in, since their signatures cover bytes, and no session. */
import express, { type Router } from 'express';
import { AppError } from '../errors.ts';
import type { Hook } from './deps.ts';

export function hooksRouter(hooks: ReadonlyMap<string, Hook>): Router {
  const router = express.Router();
  router.post(
    '/:host/:purpose',
    express.raw({ type: () => true, limit: '256kb' }),
    async (request, response) => {
      const hook = hooks.get(`${request.params.host}/${request.params.purpose}`);
      if (!hook) {
        throw new AppError('notFound', { title: '没有这个地址' });
      }
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [
          name,
          Array.isArray(value) ? value.join(', ') : value,
        ]),
      );
      const query = Object.fromEntries(
        Object.entries(request.query).filter(
          (entry): entry is [string, string] => typeof entry[1] === 'string',
        ),
      );
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const answer = await hook({ headers, query, body });
      response.status(answer.status).set('Cache-Control', 'no-store').json(answer.body);
    },
  );
  return router;
}
