/** The addresses a platform calls. Raw bytes in, since a signature covers bytes; problems out as the contract tells them. */
import express, { type ErrorRequestHandler, type Request, type Response, type Router } from 'express';
import {
  EXCHANGE_ERRORS,
  LIMITS,
  MEDIA_TYPE,
  messagesSchema,
  type ExchangeErrorCode,
} from '@minqing/shared/exchange';
import { z } from 'zod';
import type { Files } from '../files/index.ts';
import type { Log } from '../log.ts';
import type { ExchangeFiles } from './files.ts';
import type { Gate } from './gate.ts';
import type { Inbound } from './inbound.ts';
import { ExchangeRefusal } from './model.ts';
import type { Partner } from './partners.ts';
import type { Books } from './books.ts';

export interface DoorDeps {
  gate: Gate;
  inbound: Pick<Inbound, 'take'>;
  books: Books;
  links: Pick<ExchangeFiles, 'isGood'>;
  files: Pick<Files, 'send'>;
  log: Log;
}

const uuid = z.uuid();
const date = z.iso.date();

export function exchangeRouter(deps: DoorDeps): Router {
  const router = express.Router();

  router.get('/files/:fileId', async (request, response) => {
    const { fileId } = request.params;
    if (!uuid.safeParse(fileId).success || !deps.links.isGood(fileId, request.query, request.ip ?? '')) {
      throw new ExchangeRefusal('badSignature', { detail: '链接不对或已过期' });
    }
    await deps.files.send(fileId, request, response);
  });

  router.use(express.raw({ type: () => true, limit: LIMITS.bytes, inflate: false }));

  const enter = (request: Request): Promise<Partner> =>
    deps.gate({
      method: request.method,
      path: request.originalUrl,
      body: bodyOf(request),
      from: request.ip ?? '',
      header: (name) => request.get(name),
    });

  router.post('/messages', async (request, response) => {
    const partner = await enter(request);
    const body = parse(request);
    const status = await deps.inbound.take(partner, body);
    const id = (body as { id: string }).id;
    answer(response, status === 'waiting' ? 202 : 200, { id, status });
  });

  router.get('/days', async (request, response) => {
    const partner = await enter(request);
    const { from, to } = valid(z.object({ from: date, to: date }), request.query);
    answer(response, 200, await deps.books.days(partner.id, from, to));
  });

  router.get('/days/:date', async (request, response) => {
    const partner = await enter(request);
    answer(response, 200, await deps.books.day(partner.id, valid(date, request.params.date)));
  });

  router.get('/cases/:caseId/messages', async (request, response) => {
    const partner = await enter(request);
    const query = z.object({
      from: z.enum(['minqing', 'platform']),
      after: z.coerce.number().int().min(0).default(0),
    });
    const { from, after } = valid(query, request.query);
    const caseId = valid(uuid, request.params.caseId);
    answer(response, 200, await deps.books.messages(partner.id, caseId, from, after));
  });

  // What we once sent and no longer know, given back by whoever received it.
  router.post('/cases/:caseId/messages', async (request, response) => {
    const partner = await enter(request);
    const given = valid(messagesSchema, parse(request));
    const restored = await deps.books.restore(partner.id, valid(uuid, request.params.caseId), given.messages);
    answer(response, 200, { restored });
  });

  router.use(() => {
    throw new ExchangeRefusal('invalidMessage', { detail: '没有这个地址' });
  });
  router.use(problems(deps.log));
  return router;
}

const bodyOf = (request: Request): Buffer => (Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));

function answer(response: Response, status: number, body: object): void {
  response.status(status).set('Cache-Control', 'no-store').type(MEDIA_TYPE).send(JSON.stringify(body));
}

function valid<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw new ExchangeRefusal('invalidMessage', {
      errors: parsed.error.issues.map((i) => ({ path: i.path.map(String).join('.'), message: i.message })),
    });
  }
  return parsed.data;
}

/** JSON of a bearable depth: told before it is parsed. */
function parse(request: Request): unknown {
  if ((request.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() !== MEDIA_TYPE) {
    throw new ExchangeRefusal('badMediaType');
  }
  const text = bodyOf(request).toString('utf8');
  if (depthOf(text) > LIMITS.depth) {
    throw new ExchangeRefusal('tooDeep');
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ExchangeRefusal('notJson');
  }
}

/** How deep brackets nest, outside of strings. */
export function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (quoted) {
      if (char === '\\') {
        i += 1;
      } else if (char === '"') {
        quoted = false;
      }
    } else if (char === '"') {
      quoted = true;
    } else if (char === '[' || char === '{') {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (char === ']' || char === '}') {
      depth -= 1;
    }
  }
  return deepest;
}

function problems(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const refusal = refusalOf(error);
    if (refusal === null) {
      log.error('a platform was answered with an error of ours', { error });
    }
    const told = refusal ?? new ExchangeRefusal('unavailable');
    const { status, title } = EXCHANGE_ERRORS[told.code];
    response.locals['problem'] = told.code;
    response
      .status(status)
      .set('Cache-Control', 'no-store')
      .type('application/problem+json')
      .send(
        JSON.stringify({
          type: `urn:minqing:exchange:${told.code}`,
          title,
          status,
          code: told.code,
          ...(told.detail === undefined ? {} : { detail: told.detail }),
          ...(told.expected === undefined ? {} : { expected: told.expected }),
          ...(told.kept ? { kept: true } : {}),
          ...(told.errors === undefined ? {} : { errors: told.errors }),
        }),
      );
  };
}

/** Body parsers throw their own kinds. */
function refusalOf(error: unknown): ExchangeRefusal | null {
  if (error instanceof ExchangeRefusal) {
    return error;
  }
  const status = (error as { status?: unknown }).status;
  const codes: Record<number, ExchangeErrorCode> = {
    413: 'tooLarge',
    415: 'badMediaType',
    404: 'unknownCase',
  };
  const code = typeof status === 'number' ? codes[status] : undefined;
  return code
    ? new ExchangeRefusal(code)
    : typeof status === 'number' && status < 500
      ? new ExchangeRefusal('notJson')
      : null;
}
