/** Bytes to a browser that must never take them for a page of ours. */
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { notFound } from '../errors.ts';
import type { ByteRange, Storage } from './storage.ts';

export interface Served {
  key: string;
  type: string;
  name: string;
  /** Strong; the same bytes always have the same. */
  etag: string;
  /** Shown in place, or offered as a download. */
  inline: boolean;
  cacheControl: string;
}

/** A file opened by its address is a document without an origin: no scripts, no forms, nothing from elsewhere. */
const POLICY =
  "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

/** Answers with the object, a single range of it, 304 or 416. Throws 404 when the object is gone. */
export async function serve(
  request: Request,
  response: Response,
  storage: Storage,
  file: Served,
): Promise<void> {
  const total = await storage.size(file.key);
  if (total === null) {
    throw notFound();
  }
  response.set({
    'Content-Type': file.type,
    'Content-Disposition': disposition(file.name, file.inline),
    'Content-Security-Policy': POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': file.cacheControl,
    ETag: file.etag,
    'Accept-Ranges': 'bytes',
  });
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  const range = rangeOf(request, total, file.etag);
  if (range === 'unsatisfiable') {
    response.status(416).set('Content-Range', `bytes */${total}`).end();
    return;
  }
  response.set('Content-Length', String(range ? range.end - range.start + 1 : total));
  if (range) {
    response.status(206).set('Content-Range', `bytes ${range.start}-${range.end}/${total}`);
  }
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const stream = await storage.get(file.key, range);
  if (!stream) {
    response.removeHeader('Content-Length');
    throw notFound();
  }
  await pipeline(stream, response).catch((error: NodeJS.ErrnoException) => {
    // Players stop in mid-answer all the time.
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') {
      throw error;
    }
  });
}

/** One range of bytes (RFC 9110, 14). Several ranges, other units and a changed file get the whole. */
function rangeOf(request: Request, total: number, etag: string): ByteRange | 'unsatisfiable' | undefined {
  const condition = request.get('if-range');
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(request.get('range') ?? '') ?? [];
  if (
    first === undefined ||
    last === undefined ||
    (first === '' && last === '') ||
    (condition && condition !== etag)
  ) {
    return undefined;
  }
  const start = first === '' ? Math.max(0, total - Number(last)) : Number(first);
  const end = first === '' || last === '' ? total - 1 : Math.min(Number(last), total - 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) {
    return undefined;
  }
  return start > end ? 'unsatisfiable' : { start, end };
}

/** RFC 6266: an ASCII name for old clients, the true one in UTF-8. */
function disposition(name: string, inline: boolean): string {
  const plain = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%;]/g, '_');
  const full = encodeURIComponent(name).replace(
    /['()*!]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${inline ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${full}`;
}
