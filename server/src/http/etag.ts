/** ETags of answers: a hash of what this person would read, so that an unchanged answer costs a few bytes. */
import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';

/**
 * Answers JSON, or 304 when the client has it already. Express would do the same by itself, but heeds the
 * `Cache-Control: no-cache` that browsers add to every fetch that sets If-None-Match.
 */
export function sendJson(request: Request, response: Response, value: unknown): void {
  const text = JSON.stringify(value);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.type('json').send(text);
    return;
  }
  const etag = `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
  response.set('ETag', etag);
  if (isKnown(request.get('if-none-match'), etag)) {
    response.status(304).end();
    return;
  }
  response.type('json').send(text);
}

/** Weak comparison, as RFC 9110 wants it for If-None-Match. */
function isKnown(header: string | undefined, etag: string): boolean {
  const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');
  return (
    header !== undefined &&
    header.split(',').some((tag) => tag.trim() === '*' || opaque(tag) === opaque(etag))
  );
}
