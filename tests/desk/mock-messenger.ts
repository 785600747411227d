import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { chats, people, todos, START, type MockItem } from './mock-story.ts';

/** A press the desk sent, as the control API received it. */
export interface Press {
  personId: string;
  outTrackId: string;
  actionIds: string[];
  params: Record<string, unknown>;
}

export type PressAnswer = { error?: string; status?: number };

/** A stand-in for the messenger's control API: enough for the desk's page, with every answer under the test's hand. */
export interface MockMessenger {
  port: number;
  deskUrl: string;
  presses: Press[];
  calls: { method: string; path: string; body: unknown }[];
  /** What a press does; a test may replace it. */
  onPress: (press: Press) => PressAnswer | Promise<PressAnswer>;
  chat: (personId: string) => MockItem[];
  /** Who holds `p1`, `p2`, …; a change made here is told to nobody. */
  phones: Map<string, string>;
  /** Ends the event streams; pages come back by themselves. */
  breakEvents: () => void;
  emit: (event: Record<string, unknown>) => void;
  deadline: { at: string; label: string } | null;
  stop: () => Promise<void>;
}

const DESK = new URL('../../scripts/messenger/desk/', import.meta.url);
const VUE = createRequire(new URL('../../scripts/messenger/package.json', import.meta.url)).resolve(
  'vue/dist/vue.esm-browser.prod.js',
);
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

const PAGE = `<!doctype html><meta charset="utf-8"><title>页</title><body style="font:16px sans-serif;padding:16px">
<h1 id="where"></h1><button id="shut">关</button><button id="away">看公开页</button><script>
const say = (message) => parent.postMessage({ source: 'minqing-container', ...message }, '*');
const tell = () => { where.textContent = location.host.split('.')[0] + ' ' + location.pathname + location.hash; say({ type: 'title', title: '页 ' + location.hash }); };
addEventListener('hashchange', tell); tell();
shut.onclick = () => say({ type: 'close' });
away.onclick = () => say({ type: 'openLink', url: 'http://127.0.0.1:5170/#/public' });
window.loadedAt = Math.random();
</script>`;

/** Starts on a free port of 127.0.0.1. */
export async function startMockMessenger(): Promise<MockMessenger> {
  const listeners = new Set<ServerResponse>();
  const state = {
    items: structuredClone(chats),
    todos: structuredClone(todos),
    phones: new Map<string, string>(),
    faults: [] as Record<string, unknown>[],
    log: [] as Record<string, unknown>[],
    offset: START - Date.now(),
  };
  const now = (): string => new Date(Date.now() + state.offset).toISOString();
  const mock: MockMessenger = {
    port: 0,
    deskUrl: '',
    presses: [],
    calls: [],
    onPress: () => ({}),
    chat: (personId) => state.items[personId] ?? [],
    phones: state.phones,
    breakEvents: () => listeners.forEach((one) => one.end()),
    emit: (event) => listeners.forEach((one) => one.write(`data: ${JSON.stringify(event)}\n\n`)),
    deadline: { at: new Date(START + 68 * 60_000).toISOString(), label: '周凯签收' },
    stop: () =>
      new Promise((done) => {
        listeners.forEach((one) => one.end());
        server.closeAllConnections();
        server.close(() => done());
      }),
  };

  const logCall = (operation: string, api: string, more: Record<string, unknown> = {}): void => {
    const entry = {
      seq: state.log.length + 1,
      time: now(),
      direction: 'in',
      operation,
      api,
      method: 'POST',
      path: '/v1.0/x',
      recipients: [],
      personIds: [],
      verdict: 'ok',
      status: 200,
      code: '',
      fault: '',
      note: '',
      ms: 96,
      ...more,
    };
    state.log.push(entry);
    mock.emit({ type: 'log', entry });
  };

  const routes: [RegExp, (match: RegExpExecArray, body: Record<string, unknown>) => unknown][] = [
    [/^GET \/control\/people$/, () => ({ people })],
    [
      /^GET \/control\/phones$/,
      () => ({
        phones: [...state.phones].map(([phone, personId]) => ({ phone, personId })),
        appUrl: 'http://127.0.0.1:5170',
      }),
    ],
    [
      /^POST \/control\/phones\/(\w+)$/,
      (match, body) => {
        const phone = /^\d/.test(match[1] ?? '') ? `p${match[1]}` : String(match[1]);
        state.phones.set(phone, String(body.personId));
        mock.emit({ type: 'phone', phone, personId: body.personId });
        return {};
      },
    ],
    [/^GET \/control\/people\/([^/]+)\/chat$/, (match) => ({ items: state.items[match[1] ?? ''] ?? [] })],
    [
      /^GET \/control\/people\/([^/]+)\/todos$/,
      (match) => state.todos[match[1] ?? ''] ?? { open: [], done: [] },
    ],
    [
      /^POST \/control\/people\/([^/]+)\/cards\/([^/]+)\/actions$/,
      async (match, body) => {
        const press: Press = {
          personId: match[1] ?? '',
          outTrackId: match[2] ?? '',
          actionIds: body.actionIds as string[],
          params: body.params as Record<string, unknown>,
        };
        mock.presses.push(press);
        const answer = await mock.onPress(press);
        logCall('卡片回调', 'card.press', {
          direction: 'out',
          personIds: [press.personId],
          verdict: answer.error === undefined ? 'ok' : 'failed',
        });
        mock.emit({ type: 'chat', personIds: [press.personId] });
        return { answer: {}, tookMs: 12, transport: 'stream', ...answer };
      },
    ],
    [/^POST \/control\/people\/([^/]+)\/chat\/read$/, () => ({})],
    [/^GET \/control\/faults$/, () => ({ faults: state.faults })],
    [
      /^DELETE \/control\/faults$/,
      () => {
        state.faults = [];
        mock.emit({ type: 'fault', faults: [] });
        return {};
      },
    ],
    [
      /^POST \/control\/faults$/,
      (_match, body) => {
        state.faults.push(body);
        mock.emit({ type: 'fault', faults: state.faults });
        return body;
      },
    ],
    [/^GET \/control\/clock$/, () => ({ now: now(), machineNow: new Date().toISOString() })],
    [
      /^POST \/control\/clock$/,
      (_match, body) => {
        state.offset +=
          typeof body.advanceMs === 'number'
            ? body.advanceMs
            : Date.parse(String(body.to)) - Date.parse(now());
        mock.emit({ type: 'clock', now: now() });
        return { now: now() };
      },
    ],
    [/^GET \/control\/deadline$/, () => mock.deadline],
    [
      /^GET \/control\/log\?after=(\d+)&limit=\d+$/,
      (match) => ({ items: state.log.slice(Number(match[1])) }),
    ],
    [
      /^POST \/control\/reset$/,
      () => {
        state.items = structuredClone(chats);
        state.todos = structuredClone(todos);
        state.offset = START - Date.now();
        state.log = [];
        mock.emit({ type: 'reset' });
        return {};
      },
    ],
  ];

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '/';
    if (path === '/control/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('retry: 100\n\n');
      listeners.add(response);
      request.on('close', () => listeners.delete(response));
      return;
    }
    if (path.startsWith('/control/')) {
      const text = await readAll(request);
      const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
      mock.calls.push({ method: request.method ?? '', path, body });
      for (const [pattern, work] of routes) {
        const match = pattern.exec(`${request.method} ${path}`);
        const value = match === null ? undefined : await work(match, body);
        if (value !== undefined && value !== null) {
          const status = (value as { status?: number }).status ?? 200;
          response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
          return;
        }
      }
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"没有"}');
      return;
    }
    if (/^p(c?\d)\./.test(request.headers.host ?? '')) {
      const isPicture = path.endsWith('.svg');
      response.writeHead(200, { 'content-type': isPicture ? 'image/svg+xml' : 'text/html; charset=utf-8' });
      response.end(isPicture ? PICTURE : PAGE);
      return;
    }
    await sendFile(path, response);
  };

  const server: Server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  mock.port = (server.address() as AddressInfo).port;
  mock.deskUrl = `http://desk.minqing.localhost:${mock.port}/`;
  const calls: [string, string, Record<string, unknown>][] = [
    ['发互动卡片', 'card.create', { personIds: ['lin-shufen'], ms: 118 }],
    ['卡片回调：通过', 'card.press', { direction: 'out', personIds: ['chen-jie'], ms: 240 }],
    ['换取登录身份', 'signon', { personIds: ['lin-shufen'], ms: 14 }],
    [
      '更新卡片',
      'card.update',
      { personIds: ['zhou-kai'], status: 403, verdict: 'refused', fault: 'throttle', code: 'Forbidden' },
    ],
    ['更新卡片', 'card.update', { personIds: ['zhou-kai'], ms: 96 }],
    ['完成待办', 'todo.update', { personIds: ['chen-jie'], ms: 74 }],
  ];
  calls.forEach(([operation, api, more]) => logCall(operation, api, more));
  return mock;
}

const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 104 78"><path fill="#D7E3EE" d="M0 0h104v78H0z"/><path fill="#78828E" d="M0 34h104v44H0z"/><path d="M95 40V12" stroke="#3C4654" stroke-width="2"/><rect x="91" y="6" width="7" height="16" rx="2" fill="#2B333E"/><circle cx="95" cy="9.500" r="2" fill="#FF5A52"/></svg>';

async function sendFile(path: string, response: ServerResponse): Promise<void> {
  const clean = path.split('?')[0] ?? '/';
  const file = clean === '/__vue.js' ? VUE : new URL(`.${clean === '/' ? '/index.html' : clean}`, DESK);
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) {
    response.writeHead(404).end();
    return;
  }
  response
    .writeHead(200, { 'content-type': `${TYPES[extname(clean)] ?? 'text/html'}; charset=utf-8` })
    .end(bytes);
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
