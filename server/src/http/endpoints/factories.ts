/** How endpoints begin: who may call them, and what a change must carry. */
import { EndpointsFactory, Middleware } from 'express-zod-api';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import type { Identity } from '../../people/index.ts';
import { digestOf, type ChangeRequest } from '../../store/index.ts';
import { contextOf, identityOf } from '../context.ts';
import { answer } from '../problem.ts';
import { spreadsheet, wordDocument, zipArchive } from '../table.ts';

const uuid = z.uuid();

/** Anybody. Handlers get request and response for what no schema says: headers, cookies, an empty answer. */
export const anyone = new EndpointsFactory(answer).addMiddleware({
  handler: async ({ request, response }): Promise<{ request: Request; response: Response }> => ({
    request,
    response,
  }),
});

const knownPerson = new Middleware({
  security: { or: [{ type: 'cookie', name: 'minqing' }, { type: 'bearer' }] },
  handler: async ({ response }): Promise<{ identity: Identity }> => ({ identity: identityOf(response) }),
});

/** Whoever is signed on, by cookie or bearer. */
export const signedOn = anyone.addMiddleware(knownPerson);

/** With an Excel workbook, a ZIP archive, a Word document. */
export const signedOnSpreadsheet = new EndpointsFactory(spreadsheet).addMiddleware(knownPerson);
export const signedOnArchive = new EndpointsFactory(zipArchive).addMiddleware(knownPerson);
export const signedOnWord = new EndpointsFactory(wordDocument).addMiddleware(knownPerson);

/** A change by whoever is signed on: names itself, so that a repeat is recognised. */
export const changing = signedOn.addMiddleware(
  new Middleware({
    handler: async ({ request, response }): Promise<{ key: string }> => {
      const key = uuid.safeParse(request.get('idempotency-key'));
      if (!key.success) {
        contextOf(response).log.debug('a change came without a key');
        throw new AppError('keyMissing', { detail: 'Idempotency-Key 应为 UUID' });
      }
      return { key: key.data.toLowerCase() };
    },
  }),
);

/** The identity of a change that is no act on a case: the same key with another body is refused. */
export function changeRequest(
  ctx: { identity: Identity; key: string },
  what: string,
  body: object,
): ChangeRequest {
  return { principal: ctx.identity.person.id, key: ctx.key, digest: digestOf({ what, body }) };
}
