import { describe, expect, it } from 'vitest';
import { DEMO_CLIENT_SECRET } from '../../scripts/messenger/src/index.ts';
import { HostError, type CardDelivery, type Host, type NoticeContent } from '../../server/src/hosts/index.ts';
import { MEMBER, rigEachTest } from './dingtalk.rig.ts';

const rig = rigEachTest();
const HOUR = 3_600_000;
const PAGE = 'http://127.0.0.1:5170/';
const TRACK = 'c0ffee00c0ffee00c0ffee00c0ffee00';

const CONTENT: NoticeContent = {
  number: '1',
  title: '新交办，请签收',
  lines: [],
  body: '迎宾大道红绿灯',
  path: '/#/s/abc',
  buttons: [],
  status: { text: '待签收', tone: 'blue' },
};
const user = (): Promise<string> => rig.platform.userid(MEMBER);
const owner = (): Promise<string> => rig.platform.unionid(MEMBER);
const send = async (host: Host) =>
  host.sendNotice({ id: 'n1', userIds: [await user()], message: host.renderNotice(CONTENT) });
const card = async (): Promise<CardDelivery> => ({
  outTrackId: TRACK,
  templateId: 'test',
  userId: await user(),
  publicData: { title: '迎宾大道红绿灯', rev: '1' },
  privateData: {},
  summary: '待审核',
});
const task = async () => ({
  sourceId: 'card-1',
  subject: '签收',
  executorUnionIds: [await owner()],
  dueAt: null,
  path: '/#/s/abc',
});
const first = async <T>(source: AsyncIterable<T>): Promise<T | undefined> => {
  for await (const item of source) {
    return item;
  }
  return undefined;
};

interface Operation {
  /** As the messenger's log names it. */
  api: string;
  /** What has to be there before. */
  before?: () => Promise<unknown>;
  run: (host: Host) => Promise<unknown>;
  /** Reads are tried again by themselves. */
  read?: true;
}

let code = '';
let kept = '';
const noticeSent = async (): Promise<void> => {
  kept = (await send(rig.host)).taskId;
};
const todoMade = async (): Promise<void> => {
  kept = await rig.host.createTodo(await task());
};

const OPERATIONS: [string, Operation][] = [
  [
    'a code is exchanged',
    {
      api: 'signon.exchange',
      before: async () => {
        code = await rig.platform.code(MEMBER);
      },
      run: (host) => host.exchangeCode(code),
    },
  ],
  ['a page is signed', { api: 'jsapi.ticket', run: (host) => host.signJsapi(PAGE) }],
  [
    'departments are listed',
    { api: 'contacts.department', read: true, run: (host) => first(host.listDepartments()) },
  ],
  [
    'a department is read',
    { api: 'contacts.department', read: true, run: (host) => host.getDepartment('1') },
  ],
  [
    'people are listed',
    {
      api: 'contacts.user',
      read: true,
      run: async (host) => {
        for await (const department of host.listDepartments()) {
          const person = await first(host.listPeople(department.id));
          if (person) {
            return person;
          }
        }
        return undefined;
      },
    },
  ],
  [
    'a person is read',
    { api: 'contacts.user', read: true, run: async (host) => host.getPerson(await user()) },
  ],
  ['a notice is sent', { api: 'notice.send', run: send }],
  [
    'a notice is looked up',
    { api: 'notice.progress', before: noticeSent, run: (host) => host.checkNotice(kept) },
  ],
  [
    'a notice is recalled',
    { api: 'notice.recall', before: noticeSent, run: (host) => host.recallNotice(kept) },
  ],
  [
    'a notice is marked',
    {
      api: 'notice.status',
      before: noticeSent,
      run: async (host) =>
        host.setNoticeStatus({ taskId: kept, userIds: [await user()] }, { text: '已办', tone: 'green' }),
    },
  ],
  [
    'a card is delivered',
    { api: 'card.createAndDeliver', run: async (host) => host.deliverCard(await card()) },
  ],
  [
    'a card is updated',
    {
      api: 'card.update',
      before: async () => rig.host.deliverCard(await card()),
      run: (host) => host.updateCard({ outTrackId: TRACK, publicData: { title: '已办' }, privateData: {} }),
    },
  ],
  ['a to-do is created', { api: 'todo.create', run: async (host) => host.createTodo(await task()) }],
  [
    'a to-do is looked up',
    { api: 'todo.find', before: todoMade, run: async (host) => host.findTodo('card-1', await owner()) },
  ],
  [
    'a to-do is completed',
    { api: 'todo.update', before: todoMade, run: async (host) => host.completeTodo(kept, await owner()) },
  ],
  [
    'a to-do is deleted',
    { api: 'todo.delete', before: todoMade, run: async (host) => host.deleteTodo(kept, await owner()) },
  ],
];

async function failure(promise: Promise<unknown>): Promise<HostError> {
  const error: unknown = await promise.then(
    () => null,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(HostError);
  return error as HostError;
}
const calls = async (api: string): Promise<number> =>
  (await rig.platform.log()).filter((entry) => entry.api.startsWith(api)).length;
const fault = (body: object): Promise<unknown> => rig.platform.control('POST', '/faults', body);

const FAULTS: [string, Record<string, unknown>, { kind: string; retryable: boolean }][] = [
  ['a busy platform', { kind: 'error' }, { kind: 'unavailable', retryable: true }],
  [
    'a refusal of what was asked',
    { kind: 'error', status: 400, code: '400002', message: '参数错误' },
    { kind: 'invalid', retryable: false },
  ],
  [
    'an address that is not on the list',
    { kind: 'error', status: 403, code: '60020', message: '访问ip不在白名单之中' },
    { kind: 'denied', retryable: false },
  ],
  ['throttling', { kind: 'throttle' }, { kind: 'throttled', retryable: true }],
  ['malformed JSON', { kind: 'error', malformed: true }, { kind: 'unavailable', retryable: true }],
  ['an HTML answer', { kind: 'error', html: true }, { kind: 'unavailable', retryable: true }],
  [
    'an HTML answer of a broken proxy',
    { kind: 'error', html: true, status: 502 },
    { kind: 'unavailable', retryable: true },
  ],
];

describe.each(OPERATIONS)('when %s', (_name, operation) => {
  it.each(FAULTS)('%s is told for what it is', async (_fault, broken, expected) => {
    await operation.before?.();
    const host = rig.rebuild({ timeoutMs: 1_500 });
    const earlier = await calls(operation.api);
    await fault({ ...broken, operations: [operation.api] });
    const error = await failure(operation.run(host));
    expect({ kind: error.kind, retryable: error.retryable }).toEqual(expected);
    expect((await calls(operation.api)) - earlier).toBeLessThanOrEqual(operation.read ? 3 : 1);
    await rig.platform.control('DELETE', '/faults');
    await operation.run(host);
  });

  it('a token that ran out is replaced by itself, once', async () => {
    const host = rig.rebuild({});
    await host.signJsapi(PAGE); // a token is there, and by this host's clock it goes on living
    await rig.platform.control('POST', '/clock', { advanceMs: 3 * HOUR });
    await operation.before?.();
    await operation.run(host);
    expect(await calls('token.get')).toBeLessThanOrEqual(4);
  });

  it('a wrong secret is an administrator’s matter, is not tried again, and is not told', async () => {
    await operation.before?.();
    const host = rig.rebuild({ clientSecret: 'not-the-secret' });
    const before = await calls('');
    const error = await failure(operation.run(host));
    expect(error).toMatchObject({ kind: 'denied', code: 'invalidClientIdOrSecret', retryable: false });
    // Where the whole directory is refused, it is asked once what the app may see.
    expect((await calls('')) - before).toBeLessThanOrEqual(operation.read ? 2 : 1);
    expect(`${error.message}${rig.logged.join()}`).not.toContain('not-the-secret');
    expect(`${error.message}${rig.logged.join()}`).not.toContain(DEMO_CLIENT_SECRET);
  });
});

describe('after the platform acted and its answer was lost', () => {
  const lost = (api: string): Promise<unknown> => fault({ kind: 'loseAnswers', operations: [api], count: 1 });

  it('a card is met as a duplicate: there is one', async () => {
    const host = rig.rebuild({ timeoutMs: 1_000 });
    await lost('card.createAndDeliver');
    expect((await failure(host.deliverCard(await card()))).retryable).toBe(true);
    expect((await failure(host.deliverCard(await card()))).kind).toBe('duplicate');
    expect(await rig.platform.chat(MEMBER)).toHaveLength(1);
  });

  it('a to-do is met as a duplicate, found, and completed: there is one', async () => {
    const host = rig.rebuild({ timeoutMs: 1_000 });
    await lost('todo.create');
    expect((await failure(host.createTodo(await task()))).retryable).toBe(true);
    expect((await failure(host.createTodo(await task()))).kind).toBe('duplicate');
    await host.completeTodo((await host.findTodo('card-1', await owner())) ?? '', await owner());
    const { body } = await rig.platform.control('GET', `/people/${MEMBER}/todos`);
    expect(body).toMatchObject({ open: [], done: [{ sourceId: 'card-1' }] });
  });

  it('updating a card, marking a notice and completing a to-do again do no harm', async () => {
    const host = rig.rebuild({ timeoutMs: 1_000 });
    await host.deliverCard(await card());
    await noticeSent();
    const taskId = kept;
    await todoMade();
    const again = async (api: string, run: () => Promise<void>): Promise<void> => {
      await lost(api);
      expect((await failure(run())).retryable).toBe(true);
      await run();
    };
    await again('card.update', () =>
      host.updateCard({ outTrackId: TRACK, publicData: { title: '已办' }, privateData: {} }),
    );
    await again('notice.status', async () =>
      host.setNoticeStatus({ taskId, userIds: [await user()] }, { text: '已办', tone: 'green' }),
    );
    await again('todo.update', async () => host.completeTodo(kept, await owner()));
  });

  it('a code that was exchanged is gone: signing on begins anew', async () => {
    const host = rig.rebuild({ timeoutMs: 1_000 });
    const used = await rig.platform.code(MEMBER);
    await lost('signon.exchange');
    expect((await failure(host.exchangeCode(used))).kind).toBe('unavailable');
    expect((await failure(host.exchangeCode(used))).kind).toBe('invalid');
  });
});
