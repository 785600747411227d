import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { buffer as readBuffer, text as readText } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { Request, Response } from 'express';
import { adaptPolicy, containerScript, insertFirst } from './container.ts';
import type { ContainerSetup } from './container-kit.ts';
import type { Messenger } from './messenger.ts';

/** The client versions the containers pretend to be: recent enough for every call the app may make. */
const CLIENT_VERSIONS = { 'dd-ios': '7.6.0', 'dd-pc': '7.6.0', 'gdt-phone': '2.9.0', 'gdt-pc': '2.9.0' };
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'proxy-authenticate',
  'trailer',
  'te',
];

export interface ProxyTarget {
  phone: string;
  /** Which container: by the phone's size and by the messenger of whoever holds it. */
  mode: ContainerSetup['mode'];
  deskOrigin: string;
}

/**
 * Shows the app as it is inside a phone: everything is passed through unchanged, bodies in both directions as streams; only into
 * HTML documents the container script is put, and the answer's security policy learns its hash.
 */
export async function proxyToApp(
  messenger: Messenger,
  target: ProxyTarget,
  request: Request,
  response: Response,
): Promise<void> {
  const isApi = request.path.startsWith('/api');
  const slow = isApi ? messenger.faults.strike('latency', 'webview') : undefined;
  if (slow !== undefined) {
    await wait(slow.latencyMs);
  }
  if (messenger.faults.strike('offline', 'webview') !== undefined) {
    request.socket.destroy();
    return;
  }
  const app = new URL(messenger.config.appUrl);
  const send = app.protocol === 'https:' ? httpsRequest : httpRequest;
  const upstream = send({
    host: app.hostname.replace(/^\[|\]$/g, ''),
    port: app.port === '' ? undefined : Number(app.port),
    method: request.method,
    path: request.originalUrl,
    headers: requestHeaders(request, app),
  });
  upstream.on('response', (answer) => {
    relay(target, app, request, answer, response).catch(() => response.destroy());
  });
  upstream.on('error', () => {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.status(502).type('html').send(unreachable(messenger.config.appUrl));
  });
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
}

function requestHeaders(request: Request, app: URL): Record<string, string | string[] | undefined> {
  const kept = Object.entries(request.headers).filter(([name]) => !HOP_BY_HOP.includes(name));
  const wantsPage = (request.headers.accept ?? '').includes('text/html');
  return {
    ...Object.fromEntries(kept),
    host: app.host,
    'x-forwarded-host': request.headers.host,
    'x-forwarded-proto': 'http',
    'x-forwarded-for': request.socket.remoteAddress,
    ...(wantsPage ? { 'accept-encoding': 'identity' } : {}),
  };
}

async function relay(
  target: ProxyTarget,
  app: URL,
  request: Request,
  answer: IncomingMessage,
  response: Response,
): Promise<void> {
  const isPage = (answer.headers['content-type'] ?? '').startsWith('text/html');
  const script = containerScript({
    mode: target.mode,
    phone: target.phone,
    deskOrigin: target.deskOrigin,
    version: CLIENT_VERSIONS[target.mode],
  });
  const headers = responseHeaders(answer.headers, app, request.headers.host ?? '', target, script.source);
  response.status(answer.statusCode ?? 502);
  if (!isPage || request.method === 'HEAD' || answer.statusCode === 304) {
    setHeaders(response, headers);
    response.flushHeaders();
    answer.pipe(response);
    return;
  }
  const page = insertFirst(await pageText(answer), script.html);
  // The document is no longer the one the app's validators speak of.
  for (const name of ['content-length', 'content-encoding', 'etag', 'last-modified']) {
    delete headers[name];
  }
  setHeaders(response, headers);
  response.end(page);
}

function setHeaders(response: Response, headers: IncomingHttpHeaders): void {
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) {
      response.setHeader(name, value);
    }
  }
}

async function pageText(answer: IncomingMessage): Promise<string> {
  const encoding = answer.headers['content-encoding'];
  if (encoding === undefined || encoding === 'identity') {
    return readText(answer);
  }
  const raw = await readBuffer(answer);
  const decoders: Record<string, (raw: Buffer) => Buffer> = {
    gzip: gunzipSync,
    br: brotliDecompressSync,
    deflate: inflateSync,
  };
  return (decoders[encoding]?.(raw) ?? raw).toString('utf8');
}

function responseHeaders(
  given: IncomingHttpHeaders,
  app: URL,
  host: string,
  target: ProxyTarget,
  scriptSource: string,
): IncomingHttpHeaders {
  const headers: IncomingHttpHeaders = Object.fromEntries(
    Object.entries(given).filter(([name]) => !HOP_BY_HOP.includes(name)),
  );
  // The desk frames the app; these hosts speak plain http.
  delete headers['x-frame-options'];
  delete headers['strict-transport-security'];
  for (const name of ['content-security-policy', 'content-security-policy-report-only']) {
    const policy = headers[name];
    if (typeof policy === 'string') {
      headers[name] = adaptPolicy(policy, scriptSource, target.deskOrigin);
    }
  }
  if (headers.location?.startsWith(app.origin) === true) {
    headers.location = `http://${host}${headers.location.slice(app.origin.length)}`;
  }
  return headers;
}

function unreachable(appUrl: string): string {
  return `<!doctype html><meta charset="utf-8"><title>打不开</title><p>应用没有在 ${appUrl} 应答，请看看它是否还在运行，然后再试一次。</p>`;
}
