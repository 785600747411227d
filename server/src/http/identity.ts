/** Who is asking: a session or an access token becomes an identity; changes by cookie must carry its CSRF word. */
import { timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { AppError, forbidden } from '../errors.ts';
import type { Origins } from '../origins/index.ts';
import type { NewSession, People } from '../people/index.ts';
import { isTokenSecret, type Tokens } from '../tokens/index.ts';
import { contextOf } from './context.ts';
import { requireScope } from './scopes.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** `__Host-` ties the cookie to this very host over https; browsers refuse the prefix on plain http. */
export function cookieName(secure: boolean): string {
  return secure ? '__Host-minqing' : 'minqing';
}

/** The secret in the session cookie. */
export function cookieSecret(request: Request, secure: boolean): string | undefined {
  const prefix = `${cookieName(secure)}=`;
  const pair = (request.get('cookie') ?? '').split(/;\s*/).find((part) => part.startsWith(prefix));
  return pair?.slice(prefix.length) || undefined;
}

/** The secret in `Authorization: Bearer …`. */
export function bearerSecret(request: Request): string | undefined {
  return /^Bearer ([\w-]+)$/i.exec(request.get('authorization') ?? '')?.[1];
}

/** Hands the session to the browser. */
export function setSessionCookie(
  response: Response,
  session: Pick<NewSession, 'secret' | 'expiresAt'>,
  now: number,
  secure: boolean,
): void {
  response.cookie(cookieName(secure), session.secret, {
    httpOnly: true,
    sameSite: 'lax',
    secure,
    path: '/',
    maxAge: session.expiresAt - now,
  });
}

/** Takes it back. */
export function clearSessionCookie(response: Response, secure: boolean): void {
  response.clearCookie(cookieName(secure), { httpOnly: true, sameSite: 'lax', secure, path: '/' });
}

interface IdentityDeps {
  people: Pick<People, 'identify'>;
  tokens: Pick<Tokens, 'identify'>;
  origins: Pick<Origins, 'known' | 'belongsTo'>;
}

/**
 * Windows of one browser share the cookie: once somebody else signed on in one of them, the others would read and act
 * under that name. A page says in `X-Person` whom it serves; for another's session it is nobody, and signs on anew.
 */
function servesAnother(request: Request, personId: string): boolean {
  const served = request.get('x-person');
  return served !== undefined && served !== personId;
}

/**
 * Finds out who is asking. Nobody is no error here: what needs somebody asks `identityOf`. A session that is over
 * loses its cookie at once. An access token is never taken for nobody: one that is over or may not do this is told so.
 */
export function findIdentity(deps: IdentityDeps, secure: boolean): RequestHandler {
  const { people, tokens } = deps;
  return async (request, response, next) => {
    const bearer = bearerSecret(request);
    if (bearer && isTokenSecret(bearer)) {
      const identity = await tokens.identify(bearer, request.ip ?? '');
      contextOf(response).identity = identity;
      requireScope(identity.token!, request.method, request.path);
      next();
      return;
    }
    const secret = bearer ?? cookieSecret(request, secure);
    if (!secret) {
      next();
      return;
    }
    const found = await people.identify(secret, bearer ? 'bearer' : 'cookie');
    if (!found) {
      if (!bearer) {
        clearSessionCookie(response, secure);
      }
      next();
      return;
    }
    await requireOwnOrigin(deps.origins, request, found.identity.hostId);
    if (!bearer && servesAnother(request, found.identity.person.id)) {
      next();
      return;
    }
    contextOf(response).identity = found.identity;
    if (found.prolonged) {
      setSessionCookie(
        response,
        { secret, expiresAt: found.prolonged.expiresAt },
        found.prolonged.now,
        secure,
      );
    }
    const { session } = found.identity;
    if (session?.kind === 'cookie' && needsWord(request) && !sameWord(request.get('x-csrf'), session.csrf)) {
      throw new AppError('csrfMissing');
    }
    next();
  };
}

/**
 * A page of one host organisation's origin acts with no other one's sessions. An origin nobody listed is the browser's to
 * refuse: it gets no leave to read, nor to send what asks for leave first.
 */
export async function requireOwnOrigin(
  origins: Pick<Origins, 'known' | 'belongsTo'>,
  request: Request,
  hostId: string,
): Promise<void> {
  const origin = request.get('origin');
  if (origin && (await origins.known(origin)) && !(await origins.belongsTo(hostId, origin))) {
    throw forbidden('这个网址不是您单位的入口，请从工作台打开');
  }
}

/** Every change but signing on, which replaces the session and cannot know the old one's word. */
function needsWord(request: Request): boolean {
  return !SAFE.has(request.method) && !(request.method === 'POST' && request.path === '/session');
}

function sameWord(given: string | undefined, expected: string): boolean {
  const left = Buffer.from(given ?? '');
  const right = Buffer.from(expected);
  return left.length === right.length && timingSafeEqual(left, right);
}
