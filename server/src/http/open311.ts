/**
 * The wire of Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2): paths that end in .json or .xml, forms in, errors
 * as a list. Reading is for everybody; filing needs a token as `api_key`.
 */
import express, { type ErrorRequestHandler, type Request, type Response, type Router } from 'express';
import type { AppError } from '../errors.ts';
import { GeoReportFault, toXml, type Form, type Open311, type Value } from '../open311/index.ts';
import type { Tokens } from '../tokens/index.ts';
import { contextOf } from './context.ts';
import { asAppError } from './problem.ts';
import { requireScopeNamed } from './scopes.ts';

const SPECIFICATION = 'http://wiki.open311.org/GeoReport_v2';
/** Of what this speaks: raised when the mapping changes. */
const CHANGESET = '2026-11-25T00:00:00+08:00';
const LIMIT = '64kb';

export interface Open311HttpDeps {
  open311: Open311;
  tokens: Pick<Tokens, 'identify'>;
  publicUrl: string;
}

export function open311Router({ open311, tokens, publicUrl }: Open311HttpDeps): Router {
  const router = express.Router();

  router.use((_request, response, next) => {
    // What is public may be read by any page.
    response.set({ 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'no-cache' });
    next();
  });
  router.use(async (request, _response, next) => {
    await open311.admit(request.ip ?? '');
    next();
  });

  router.get(['/discovery.json', '/discovery.xml'], (request, response) => {
    send(request, response, 'discovery', {
      changeset: CHANGESET,
      contact: publicUrl,
      key_service: `${publicUrl}/#/me/tokens`,
      endpoints: [
        {
          specification: SPECIFICATION,
          url: `${publicUrl}/open311/v2`,
          changeset: CHANGESET,
          type: 'production',
          formats: ['text/xml', 'application/json'],
        },
      ],
    });
  });

  router.get(['/v2/services.json', '/v2/services.xml'], (request, response) => {
    send(request, response, 'services', open311.services(jurisdictionOf(request)));
  });
  router.get('/v2/services/:name', (request, response) => {
    const definition = open311.definition(jurisdictionOf(request), nameOf(request));
    send(request, response, 'service_definition', definition);
  });

  router.get(['/v2/requests.json', '/v2/requests.xml'], async (request, response) => {
    const found = await open311.requests(jurisdictionOf(request), textsOf(request.query));
    send(request, response, 'service_requests', found);
  });
  router.get('/v2/requests/:name', async (request, response) => {
    const found = await open311.request(jurisdictionOf(request), nameOf(request));
    send(request, response, 'service_requests', found);
  });
  router.get('/v2/tokens/:name', async (request, response) => {
    const found = await open311.token(jurisdictionOf(request), nameOf(request));
    send(request, response, 'service_requests', found);
  });

  router.post(
    ['/v2/requests.json', '/v2/requests.xml'],
    express.urlencoded({ extended: false, limit: LIMIT, parameterLimit: 200 }),
    async (request, response) => {
      if (!request.is('application/x-www-form-urlencoded')) {
        throw new GeoReportFault(400, 'Content-Type 应为 application/x-www-form-urlencoded');
      }
      const form = (request.body ?? {}) as Form;
      const key = form['api_key'] ?? request.query['api_key'];
      if (typeof key !== 'string' || key === '') {
        throw new GeoReportFault(403, '没有提供 api_key（访问令牌，在「我的 → 访问令牌」里创建）');
      }
      const identity = await tokens.identify(key, request.ip ?? '');
      contextOf(response).identity = identity;
      requireScopeNamed(identity.token, 'open311:file');
      send(request, response.status(201), 'service_requests', await open311.file(identity.actor, form));
    },
  );

  router.use((request, _response) => {
    throw new GeoReportFault(
      404,
      /\.(json|xml)$/.test(request.path) ? '没有这个地址' : '地址要以 .json 或 .xml 结尾',
    );
  });
  router.use(faultHandler);
  return router;
}

const isJson = (request: Request): boolean => request.path.endsWith('.json');

function send(request: Request, response: Response, root: string, value: Value): void {
  if (isJson(request)) {
    response.type('application/json; charset=utf-8').send(JSON.stringify(value));
  } else {
    response.type('text/xml; charset=utf-8').send(toXml(root, value));
  }
}

/** The last part of the path without its form. Throws 404 for another form. */
function nameOf(request: Request): string {
  const [, name] = /^(.+)\.(?:json|xml)$/.exec(String(request.params['name'])) ?? [];
  if (name === undefined) {
    throw new GeoReportFault(404, '地址要以 .json 或 .xml 结尾');
  }
  return name;
}

/** An argument that is given and empty counts as not given; several of one name are one list. */
function textsOf(query: Request['query']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => {
      const text = (Array.isArray(value) ? value : [value])
        .filter((one) => typeof one === 'string')
        .join(',');
      return text === '' ? [] : [[name, text]];
    }),
  );
}

const jurisdictionOf = (request: Request): string | undefined => textsOf(request.query)['jurisdiction_id'];

/** Errors in the specification's shape, in the form that was asked for. */
const faultHandler: ErrorRequestHandler = (thrown, request, response, _next) => {
  const { status, descriptions, code, retryAfter } = faultOf(thrown, response);
  if (retryAfter !== undefined) {
    response.set('Retry-After', String(retryAfter));
  }
  response.locals['problem'] = code;
  response.status(status).set('Cache-Control', 'no-store');
  send(
    request,
    response,
    'errors',
    descriptions.map((description) => ({ code: status, description })),
  );
};

function faultOf(
  thrown: unknown,
  response: Response,
): { status: number; descriptions: readonly string[]; code: string; retryAfter?: number | undefined } {
  if (thrown instanceof GeoReportFault) {
    return { status: thrown.status, descriptions: thrown.descriptions, code: `open311${thrown.status}` };
  }
  const error: AppError = asAppError(thrown);
  if (error.status >= 500) {
    contextOf(response).log.error('request failed', { code: error.code, error: error.cause ?? error });
  }
  // The standard has one status for a key that does not fit: 403.
  const status = error.code === 'tokenInvalid' ? 403 : error.status;
  return { status, descriptions: [error.title], code: error.code, retryAfter: error.retryAfter };
}
