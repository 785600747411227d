/** What travels with one request, from the first middleware to the last line of the log. */
import type { Response } from 'express';
import type { Actor } from '@minqing/shared/workflow';
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Identity } from '../people/index.ts';

interface Context {
  requestId: string;
  log: Log;
  identity: Identity | null;
}

const KEY = 'minqing';

/** Begins the request's context; once per request. */
export function beginContext(response: Response, requestId: string, log: Log): Context {
  const context: Context = { requestId, log, identity: null };
  response.locals[KEY] = context;
  return context;
}

/** The request's context. */
export function contextOf(response: Response): Context {
  return response.locals[KEY] as Context;
}

/** Who is signed on. Throws 401 when nobody is. */
export function identityOf(response: Response): Identity {
  const { identity } = contextOf(response);
  if (!identity) {
    throw new AppError('notSignedOn');
  }
  return identity;
}

/** Who is asking, for routes outside http/ (files). Throws 401 when nobody is signed on. */
export function viewerOf(response: Response): Extract<Actor, { kind: 'person' }> {
  return identityOf(response).actor;
}
