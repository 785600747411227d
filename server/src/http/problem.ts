/** RFC 9457 problem documents: the only shape in which anything but success is answered. */
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { createApiResponse, InputValidationError, ResultHandler } from 'express-zod-api';
import { isHttpError } from 'http-errors';
import { problemView, type ErrorCode } from '@minqing/shared/contract';
import { z } from 'zod';
import { AppError, fieldErrors, keyReused } from '../errors.ts';
import { BadCursor, CommitUnknown, KeyReused } from '../store/index.ts';
import { contextOf } from './context.ts';
import { sendJson } from './etag.ts';

/** What problem documents hold beyond the contract's members. */
export const problemSchema = problemView
  .extend({
    reason: z.string().optional().describe('Which rule of the workflow refused, as a stable word'),
    requestId: z.string().describe('Name it when asking an administrator'),
  })
  .meta({ id: 'Problem' });

const CODE_OF_STATUS: Record<number, ErrorCode> = {
  400: 'malformed',
  401: 'notSignedOn',
  403: 'forbidden',
  404: 'notFound',
  405: 'methodNotAllowed',
  413: 'tooLarge',
  415: 'unsupportedType',
  503: 'unavailable',
};

/** Any thrown thing as an AppError. What is not known to be the caller's fault becomes an opaque `internal`. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) {
    return error;
  }
  if (error instanceof InputValidationError) {
    return new AppError('invalidInput', { errors: fieldErrors(error.cause as z.ZodError), cause: error });
  }
  if (error instanceof BadCursor) {
    return new AppError('invalidInput', {
      errors: [{ path: 'after', message: '页码已失效，请从第一页看起' }],
      cause: error,
    });
  }
  if (error instanceof KeyReused) {
    return keyReused();
  }
  if (error instanceof CommitUnknown) {
    return new AppError('unavailable', { cause: error, retryAfter: 2 });
  }
  const status = statusOf(error);
  const code = status === undefined ? undefined : CODE_OF_STATUS[status];
  return new AppError(code ?? 'internal', { cause: error });
}

/** The status that Express, its body parser or http-errors put on an error meant for the caller. */
function statusOf(error: unknown): number | undefined {
  if (isHttpError(error)) {
    return error.status;
  }
  if (error instanceof Error && 'status' in error && 'expose' in error && error.expose === true) {
    return typeof error.status === 'number' ? error.status : undefined;
  }
  // A path whose %-escapes are broken.
  return error instanceof URIError ? 400 : undefined;
}

/** Answers the problem, unless the answer has begun; logs it when it is our fault. */
export function sendProblem(request: Request, response: Response, thrown: unknown): void {
  const error = asAppError(thrown);
  const { requestId, log } = contextOf(response);
  if (error.status >= 500) {
    log.error('request failed', { code: error.code, error: error.cause ?? error });
  }
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.locals['problem'] = error.code;
  response.status(error.status).set('Cache-Control', 'no-store').type('application/problem+json');
  const allow = isHttpError(thrown) ? thrown.headers?.['Allow'] : undefined;
  if (allow) {
    response.set('Allow', allow);
  }
  if (error.status === 401) {
    response.set('WWW-Authenticate', 'Bearer');
  }
  if (error.retryAfter !== undefined) {
    response.set('Retry-After', String(error.retryAfter));
  }
  const document = {
    type: `urn:minqing:problem:${error.code}`,
    title: error.title,
    status: error.status,
    code: error.code,
    detail: error.detail,
    reason: error.reason,
    instance: request.originalUrl.split('?', 1)[0],
    errors: error.errors,
    since: error.since,
    requestId,
    ...error.extra,
  };
  response.send(JSON.stringify(document));
}

/** The last of Express's handlers. */
export const problemHandler: ErrorRequestHandler = (error, request, response, _next) => {
  sendProblem(request, response, error);
};

/** Whatever no route took. */
export const nothingHere: RequestHandler = (request, response) => {
  sendProblem(request, response, new AppError('notFound', { title: '没有这个地址' }));
};

/** How whatever goes wrong is told in the document. */
export const problemAnswers = createApiResponse({
  schema: problemSchema,
  mimeType: 'application/problem+json',
  statusCode: [400, 401, 403, 404, 409, 422, 429, 503],
});

/** How endpoints answer: the output itself, or a problem. */
export const answer = new ResultHandler({
  positive: (output) => output,
  negative: problemAnswers,
  handler: ({ error, output, request, response }) => {
    if (error) {
      sendProblem(request, response, error);
      return;
    }
    sendJson(request, response, output);
  },
});
