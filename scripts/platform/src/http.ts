/** What its server reads and answers, byte by byte. */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Body } from './states.ts';
import { MEDIA_TYPE, Problem } from './wire.ts';

export interface Request {
  method: string;
  path: string;
  query: URLSearchParams;
  raw: string;
  body: Buffer;
  header(name: string): string;
}

const PAGE = new URL('../page/', import.meta.url);
const PAGE_FILES: Record<string, [file: string, type: string]> = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/clerk.js': ['clerk.js', 'text/javascript; charset=utf-8'],
  '/faults.js': ['faults.js', 'text/javascript; charset=utf-8'],
  '/clerk.css': ['clerk.css', 'text/css; charset=utf-8'],
};
export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A file of the clerk's page. */
export function page(path: string, response: ServerResponse): void {
  const found = PAGE_FILES[path];
  if (!found) {
    throw new Problem(404, 'nothing', { title: '没有这个地址' });
  }
  response.writeHead(200, { 'content-type': found[1], 'cache-control': 'no-cache' });
  response.end(readFileSync(new URL(found[0], PAGE)));
}

/** An answer: JSON, or the bytes of a file. */
export function send(response: ServerResponse, status: number, body: object | Buffer, type: string): void {
  const raw = Buffer.isBuffer(body);
  response.writeHead(status, {
    'content-type': raw ? 'application/octet-stream' : type,
    'cache-control': 'no-store',
  });
  response.end(raw ? body : JSON.stringify(body));
}

/** The whole body, at most so many bytes. Throws {@link Problem}. */
export async function bodyOf(incoming: IncomingMessage, most: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of incoming) {
    size += (part as Buffer).length;
    if (size > most) {
      throw new Problem(413, 'tooLarge');
    }
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}

/** The body as JSON; an empty one is an empty object. */
export function jsonOf(request: Request): unknown {
  try {
    return request.body.length === 0 ? {} : (JSON.parse(request.body.toString('utf8')) as unknown);
  } catch {
    throw new Problem(400, 'notJson');
  }
}

/** The body as a message of the contract. Throws {@link Problem}. */
export function messageOf(request: Request): Body {
  if (request.header('content-type').split(';')[0] !== MEDIA_TYPE) {
    throw new Problem(415, 'badMediaType');
  }
  const message = jsonOf(request) as Body;
  const whole =
    UUID.test(String(message.id)) &&
    UUID.test(String(message.caseId)) &&
    Number.isInteger(message.seq) &&
    typeof message.type === 'string' &&
    Number.isFinite(Date.parse(message.at)) &&
    typeof message.data === 'object';
  if (!whole) {
    throw new Problem(400, 'invalidMessage');
  }
  return message;
}
