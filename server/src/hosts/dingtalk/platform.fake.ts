import { on } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { Host } from '../port.ts';
import { createDingTalkHost } from './host.ts';
import type { DingTalkOptions } from './options.ts';

/** For tests of this folder: a platform that answers what it is told and remembers what it was asked. */

export interface Asked {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: IncomingHttpHeaders;
  /** Parsed JSON, or null without a body. */
  body: unknown;
}

export interface Answer {
  status?: number;
  /** An object is sent as JSON, text as it is. */
  body?: unknown;
  type?: string;
  headers?: Record<string, string>;
  /** Never answers. */
  hang?: boolean;
  /** Cuts the connection. */
  cut?: boolean;
}

export interface FakePlatform {
  base: string;
  asked: Asked[];
  askedAt(path: string): Asked[];
  /** What `path` answers, one after the other; the last one stays. */
  answers(path: string, ...answers: (Answer | ((asked: Asked) => Answer))[]): void;
  /** Stream connections that were opened, oldest first. */
  sockets: WebSocket[];
  /** The next thing the client says on a connection, from the first on. */
  heard(socket: WebSocket): Promise<string>;
  /** Resolves when `count` connections have been opened in all. */
  connected(count: number): Promise<WebSocket>;
  close(): Promise<void>;
}

export const SECRET = 'client-secret-9f';
export const TOKEN = 'fw8ef8we8f76e6f7s8dxxxx';
export const TOKEN_PATH = '/v1.0/oauth2/accessToken';
export const GATEWAY_PATH = '/v1.0/gateway/connections/open';

export async function startFakePlatform(): Promise<FakePlatform> {
  const asked: Asked[] = [];
  const scripts = new Map<string, (Answer | ((asked: Asked) => Answer))[]>();
  const sockets: WebSocket[] = [];
  const waiting = new Set<() => void>();
  const inboxes = new Map<WebSocket, AsyncIterator<[Buffer]>>();
  const sockServer = new WebSocketServer({ noServer: true });

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://fake');
      const text = Buffer.concat(chunks).toString();
      const entry: Asked = {
        method: request.method ?? '',
        path: decodeURI(url.pathname),
        query: Object.fromEntries(url.searchParams),
        headers: request.headers,
        body: text === '' ? null : JSON.parse(text),
      };
      asked.push(entry);
      const script = scripts.get(entry.path) ?? [
        { status: 404, body: { code: 'noScript', message: entry.path } },
      ];
      const next = (script.length > 1 ? script.shift() : script[0]) ?? {};
      const answer = typeof next === 'function' ? next(entry) : next;
      if (answer.cut) {
        request.socket.destroy();
        return;
      }
      if (answer.hang) {
        return;
      }
      const isText = typeof answer.body === 'string';
      response.writeHead(answer.status ?? 200, {
        'content-type': answer.type ?? 'application/json',
        ...answer.headers,
      });
      response.end(isText ? answer.body : JSON.stringify(answer.body ?? {}));
    });
  });
  server.on('upgrade', (request, socket, head) => {
    sockServer.handleUpgrade(request, socket, head, (ws) => {
      sockets.push(ws);
      inboxes.set(ws, on(ws, 'message') as AsyncIterator<[Buffer]>);
      ws.on('error', () => undefined);
      waiting.forEach((check) => check());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = (server.address() as AddressInfo).port;

  const platform: FakePlatform = {
    base: `http://127.0.0.1:${port}`,
    asked,
    askedAt: (path) => asked.filter((entry) => entry.path === path),
    answers: (path, ...answers) => scripts.set(path, answers),
    sockets,
    heard: async (socket) => {
      const next = await inboxes.get(socket)?.next();
      return String((next?.value as [Buffer] | undefined)?.[0]);
    },
    connected: (count) =>
      new Promise((resolve) => {
        const check = (): void => {
          const socket = sockets[count - 1];
          if (socket !== undefined) {
            waiting.delete(check);
            resolve(socket);
          }
        };
        waiting.add(check);
        check();
      }),
    close: async () => {
      sockets.forEach((socket) => socket.terminate());
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  platform.answers(TOKEN_PATH, { body: { accessToken: TOKEN, expireIn: 7200 } });
  platform.answers(GATEWAY_PATH, {
    body: { endpoint: `ws://127.0.0.1:${port}/connect`, ticket: 'ticket-1' },
  });
  return platform;
}

export interface Rig {
  options: DingTalkOptions;
  host: Host;
  /** Everything logged, as JSON text. */
  logged: string[];
  /** APIs the budget was asked for. */
  taken: string[];
  clock: { now: number };
}

/** A host against the fake, with a clock that stands still. */
export function rigHost(platform: FakePlatform, overrides: Partial<DingTalkOptions> = {}): Rig {
  const logged: string[] = [];
  const taken: string[] = [];
  const clock = { now: Date.parse('2026-09-30T16:00:00+08:00') };
  const log = (fields: Record<string, unknown>, message: string): void => {
    logged.push(JSON.stringify({ ...fields, message }));
  };
  const options: DingTalkOptions = {
    id: 'jinhua',
    corpId: 'ding01',
    clientId: 'dingapp',
    clientSecret: SECRET,
    agentId: '123456',
    robotCode: 'dingapp',
    apiBase: platform.base,
    oapiBase: platform.base,
    appUrl: 'http://app.minqing.localhost:5170/?corpid=$CORPID$',
    cardTemplateIds: { review: 'aaaa-bbbb.schema' },
    clock: { machineNow: () => clock.now, businessNow: () => clock.now },
    logger: { info: log, warn: log, error: log },
    budget: {
      take: (api) => {
        taken.push(api);
        return Promise.resolve();
      },
    },
    backoff: { firstMs: 1, maxMs: 4 },
    ...overrides,
  };
  return { options, host: createDingTalkHost(options), logged, taken, clock };
}
