import type { CaseView, MeView } from '@minqing/shared/contract';
import {
  casePage,
  caseView,
  categoryView,
  dispatchPreview,
  draftView,
  meView,
  phraseView,
  queuesView,
} from '@minqing/shared/contract';
import type { ZodType } from 'zod';
import { doAction } from './actions.ts';
import { answerAccounts, GOOD_CODE, wrongCode } from './accounts.ts';
import { answerAdmin } from './admin.ts';
import { answerAssist } from './assist.ts';
import { figuresRoutes } from './figures.ts';
import { lateRoutes } from './late.ts';
import { outputRoutes } from './output.ts';
import { recordRoutes } from './record.ts';
import { statisticsRoutes } from './statistics.ts';
import { refuse, textOf, type MockAnswer, type MockRequest } from './answers.ts';
import { queuesOf } from './desks.ts';
import { answerOffices } from './offices.ts';
import { tokenRoutes } from './tokens.ts';
import { exchangeRoutes } from './exchange.ts';
import { webhookRoutes } from './webhooks.ts';
import { z } from 'zod';
import { answerWatch } from './watch.ts';
import { createWorld, REFERENCE, UNITS, type World } from './world.ts';

/** What goes wrong on purpose. */
interface Control {
  /** Answers instead of the mock; 'lost' cuts the connection before anything is done. */
  fail: ((request: MockRequest) => MockAnswer | 'lost' | null) | null;
  /** True cuts the connection after the deed: the client cannot know. */
  loseAnswer: ((request: MockRequest) => boolean) | null;
  offline: boolean;
}

type Handler = (request: MockRequest, match: RegExpMatchArray, query: URLSearchParams) => MockAnswer;

const json = (request: MockRequest): Record<string, unknown> =>
  JSON.parse(new TextDecoder().decode(request.body) || '{}') as Record<string, unknown>;

/** Every answer must be what the contract says; a mock that drifts from it fails the test that uses it. */
function checked(schema: ZodType, body: unknown): unknown {
  return schema.parse(body);
}

/**
 * The API in memory, as docs/api.md tells it: one person's session by the code `Object.keys(PEOPLE)`, no rules beyond
 * what the screens need. `log` holds every request in order; `control` makes things go wrong.
 */
export function createMock(world: World = createWorld()) {
  const log: { method: string; path: string; key: string }[] = [];
  const control: Control = { fail: null, loseAnswer: null, offline: false };

  const who = (request: MockRequest): MeView => world.people[request.person ?? '']!;

  const routes: [string, RegExp, Handler][] = [
    [
      'POST',
      /^\/session$/,
      (request) => {
        const { code: shown, linkCode } = json(request);
        // Who is not on the roster becomes the member by the code of another messenger.
        const code = linkCode === GOOD_CODE ? 'member' : String(shown);
        if (linkCode !== undefined && linkCode !== GOOD_CODE) {
          return wrongCode();
        }
        if (!world.people[code]) {
          return refuse(403, 'notOnRoster', '您不在名单中，请联系市政协办公室 0579-82468000');
        }
        return {
          status: 200,
          headers: { 'set-cookie': `sid=${code}; Path=/; HttpOnly; SameSite=Lax` },
          body: json(request).mode === 'bearer' ? { token: code } : {},
        };
      },
    ],
    ['GET', /^\/me$/, (request) => ({ status: 200, body: checked(meView, who(request)) })],
    [
      'PATCH',
      /^\/me\/settings$/,
      (request) => {
        const me = who(request);
        me.settings = { ...me.settings, ...json(request) };
        return { status: 200, body: me.settings };
      },
    ],
    ['GET', /^\/reference$/, () => ({ status: 200, body: REFERENCE })],
    [
      'GET',
      /^\/categories$/,
      () => ({
        status: 200,
        body: checked(z.object({ items: z.array(categoryView) }), { items: world.categories }),
      }),
    ],
    [
      'GET',
      /^\/phrases$/,
      () => ({
        status: 200,
        body: checked(z.object({ items: z.array(phraseView) }), { items: world.phrases }),
      }),
    ],
    [
      'PUT',
      /^\/phrases\/([^/]+)$/,
      (request, match) => {
        const text = textOf(json(request).text);
        world.phrases.unshift({ id: match[1]!, text, from: 'mine', fromName: '我的' });
        return { status: 200, body: {} };
      },
    ],
    [
      'DELETE',
      /^\/phrases\/([^/]+)$/,
      (_request, match) => {
        world.phrases = world.phrases.filter((one) => one.id !== match[1]);
        return { status: 200, body: {} };
      },
    ],
    [
      'GET',
      /^\/units$/,
      (_request, _match, query) => ({
        status: 200,
        body: { items: UNITS.filter((unit) => unit.name.includes(query.get('q') ?? '')) },
      }),
    ],
    [
      'GET',
      /^\/queues$/,
      (request) => ({ status: 200, body: checked(queuesView, queuesOf(world, who(request))) }),
    ],
    [
      'GET',
      /^\/cases$/,
      (request, _match, query) => {
        const own = (query.get('desk') ?? 'member') === 'member';
        const rows = own
          ? request.person === 'newcomer'
            ? []
            : world.mine
          : (world.lists.get(`${query.get('desk')}/${query.get('queue')}`) ?? []);
        const words = query.get('q') ?? '';
        const queue = own ? query.get('queue') : null;
        const kept = rows.filter(
          (row) => `${row.title}${row.number}`.includes(words) && inMemberQueue(row.state, row.prompt, queue),
        );
        const from = Number(query.get('after') ?? 0);
        const size = Number(query.get('limit') ?? 20);
        const next = from + size < kept.length ? String(from + size) : null;
        return {
          status: 200,
          body: checked(casePage, { items: kept.slice(from, from + size), after: next, total: kept.length }),
        };
      },
    ],
    [
      'GET',
      /^\/cases\/([^/]+)$/,
      (request, match) => {
        const view = world.cases.get(match[1]!);
        if (!view) {
          return refuse(404, 'caseNotFound', '没有这件民情，或者您看不到它');
        }
        const etag = `"${view.version}"`;
        if (request.headers['if-none-match'] === etag) {
          return { status: 304, headers: { etag } };
        }
        return { status: 200, headers: { etag }, body: checked(caseView, view) };
      },
    ],
    [
      'POST',
      /^\/cases\/([^/]+)\/actions\/(\w+)$/,
      (request, match) => {
        const answer = doAction(
          world,
          who(request),
          match[1]!,
          match[2] as CaseView['actions'][number]['action'],
          json(request),
        );
        return 'id' in answer
          ? { status: 200, headers: { etag: `"${answer.version}"` }, body: checked(caseView, answer) }
          : answer;
      },
    ],
    [
      'GET',
      /^\/cases\/([^/]+)\/previews\/dispatch$/,
      (_request, _match, query) => ({ status: 200, body: previewOf(query) }),
    ],
    ['GET', /^\/drafts$/, () => ({ status: 200, body: { items: [...world.drafts.values()] } })],
    [
      'GET',
      /^\/drafts\/([^/]+)$/,
      (_request, match) => {
        const draft = world.drafts.get(match[1]!);
        return draft ? { status: 200, body: draft } : refuse(404, 'draftNotFound', '没有这份草稿');
      },
    ],
    [
      'PUT',
      /^\/drafts\/([^/]+)$/,
      (request, match) => {
        const { counter, content } = json(request) as { counter: number; content: Record<string, unknown> };
        const known = world.drafts.get(match[1]!);
        if (known && known.counter > counter) {
          return refuse(409, 'staleDraft', '另一台设备上有更新的草稿', { draft: known });
        }
        const draft = {
          caseId: match[1]!,
          counter,
          content,
          title: textOf(content.title),
          savedAt: '2026-07-07T14:46:00+08:00',
          savedText: '今天 14:46',
        };
        world.drafts.set(draft.caseId, draft);
        return { status: 200, body: checked(draftView, draft) };
      },
    ],
    [
      'DELETE',
      /^\/drafts\/([^/]+)$/,
      (_request, match) => {
        world.drafts.delete(match[1]!);
        return { status: 204 };
      },
    ],
    [
      'POST',
      /^\/files$/,
      (request) => {
        const asked = json(request) as { id: string; name: string; bytes: number; type: string };
        const file = world.files.get(asked.id) ?? { ...asked, offset: 0 };
        world.files.set(asked.id, file);
        return { status: 200, body: stateOf(file) };
      },
    ],
    [
      'PATCH',
      /^\/files\/([^/]+)$/,
      (request, match) => {
        const file = world.files.get(match[1]!);
        if (!file) {
          return refuse(404, 'fileNotFound', '没有这个文件');
        }
        if (Number(request.headers['upload-offset']) !== file.offset) {
          return {
            ...refuse(409, 'wrongOffset', '从别处续传'),
            body: { ...(refuse(409, 'wrongOffset', '从别处续传').body as object), ...stateOf(file) },
          };
        }
        file.offset += request.body.length;
        return { status: 200, body: stateOf(file) };
      },
    ],
    [
      'GET',
      /^\/files\/([^/]+)\/status$/,
      (_request, match) => ({ status: 200, body: stateOf(world.files.get(match[1]!)!) }),
    ],
    [
      'GET',
      /^\/files\/([^/]+)(\/thumb)?$/,
      (_request, match) => ({ status: 200, raw: { type: 'image/svg+xml', text: picture(match[1]!) } }),
    ],
    ...outputRoutes(world.cases),
    ...figuresRoutes(),
    ...recordRoutes(),
    ...statisticsRoutes(),
    ...lateRoutes(world.late),
    ...tokenRoutes(world.tokens),
    ...webhookRoutes(world.webhooks),
    ...exchangeRoutes(world.exchange),
  ];

  /** Answers one request, unless its answer is to be lost after the deed; null stands for a connection that was lost. */
  async function handle(request: MockRequest): Promise<MockAnswer | null> {
    const answer = respond(request);
    return answer && control.loseAnswer?.(request) ? null : answer;
  }

  function respond(request: MockRequest): MockAnswer | null {
    const key = request.headers['idempotency-key'] ?? '';
    log.push({ method: request.method, path: request.path, key });
    const forced = control.offline ? 'lost' : control.fail?.(request);
    if (forced === 'lost') {
      return null;
    }
    if (forced) {
      return forced;
    }
    const [path, search = ''] = request.path.split('?');
    if (path !== '/session' && !world.people[request.person ?? '']) {
      return refuse(401, 'signedOff', '请重新登录');
    }
    if (key && world.done.has(key)) {
      return world.done.get(key)!;
    }
    for (const [method, pattern, handler] of routes) {
      const match = path!.match(pattern);
      if (match && method === request.method) {
        const answer = handler(request, match, new URLSearchParams(search));
        if (key && answer.status < 300) {
          world.done.set(key, { status: answer.status, body: answer.body });
        }
        return answer;
      }
    }
    return (
      answerAssist(world.assist, request, path!) ??
      answerAccounts(world.accounts, request, path!) ??
      answerOffices(world.offices, request, path!) ??
      answerWatch(world.watch, request, path!) ??
      answerAdmin(world.admin, request, path!) ??
      refuse(404, 'notFound', '没有这个地址')
    );
  }

  return { world, log, control, handle };
}

export type Mock = ReturnType<typeof createMock>;

function stateOf(file: { id: string; bytes: number; offset: number }): object {
  return { id: file.id, offset: file.offset, state: file.offset >= file.bytes ? 'ready' : 'pending' };
}

function inMemberQueue(state: string, prompt: string | null, queue: string | null): boolean {
  if (!queue || queue === 'all') {
    return true;
  }
  if (queue === 'waiting') {
    return prompt !== null;
  }
  return (queue === 'done') === ['closed', 'withdrawn', 'declined', 'merged'].includes(state);
}

function previewOf(query: URLSearchParams): unknown {
  const amount = Number(query.get('amount') ?? 3);
  return checked(dispatchPreview, {
    limit: { unit: query.get('unit') ?? 'days', amount },
    usual: { unit: 'days', amount: 3 },
    dueAt: '2026-07-09T17:00:00+08:00',
    dueText: `7月${6 + amount}日 17:00 前答复`,
    noteText: '今天 14:30 前签收，中间没有节假日',
    signDueAt: '2026-07-06T14:30:00+08:00',
    days: Array.from({ length: 15 }, (_, at) => ({
      date: `2026-07-${String(6 + at).padStart(2, '0')}`,
      label: String(6 + at),
      weekday: `周${'一二三四五六日'[at % 7]}`,
      kind: at % 7 >= 5 ? 'off' : 'work',
      name: '',
      counted: at > 0 && at <= amount && at % 7 < 5 ? at : null,
      mark: at === 0 ? '交办' : at === amount ? '答复' : '',
    })),
    provisional: false,
  });
}

/** A drawn stand-in for a photo, different for each id. */
function picture(id: string): string {
  const hue = Array.from(id).reduce((sum, letter) => sum + letter.charCodeAt(0) * 7, 0) % 360;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120"><rect width="120" height="70" fill="hsl(${hue} 55% 76%)"/><rect y="70" width="120" height="50" fill="hsl(${hue} 8% 45%)"/><path d="M0 70l24-16 18 10 26-22 24 20 28-12v20z" fill="hsl(${hue} 30% 48%)"/><rect x="56" y="76" width="8" height="18" fill="#fff"/><rect x="56" y="102" width="8" height="18" fill="#fff"/></svg>`;
}
