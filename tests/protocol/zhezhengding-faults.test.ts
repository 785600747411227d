import { describe, expect, it } from 'vitest';
import { DEMO_APP_SECRET } from '../../scripts/messenger/src/index.ts';
import { HostError, type Host, type NoticeContent } from '../../server/src/hosts/index.ts';
import { accountOf, codeOfPerson, govRigEachTest } from './zhezhengding.rig.ts';

const rig = govRigEachTest();
const LIN = codeOfPerson('lin');
const HOUR = 3_600_000;

const CONTENT: NoticeContent = {
  number: '1',
  title: '新交办，请签收',
  lines: [],
  body: '迎宾大道红绿灯',
  path: '/#/s/abc',
  buttons: [{ title: '签收', path: '/#/s/abc?do=sign' }],
  status: null,
};
const TASK = {
  sourceId: 'card-1',
  subject: '签收',
  executorUnionIds: [accountOf('lin')],
  dueAt: null,
  path: '/#/s/abc',
};
const gov = (host: Host) => ({
  notice: () => host.sendNotice({ id: 'row-1', userIds: [LIN], message: host.renderNotice(CONTENT) }),
  todo: () => host.createTodo(TASK),
});

interface Operation {
  /** As the messenger's log names it. */
  api: string;
  /** What has to be there before. */
  before?: () => Promise<unknown>;
  run: (host: Host) => Promise<unknown>;
  /** Reads are tried again by themselves. */
  read?: true;
}

const first = async <T>(source: AsyncIterable<T>): Promise<T | undefined> => {
  for await (const item of source) {
    return item;
  }
  return undefined;
};
let code = '';
let todoId = '';
const withCode = async (): Promise<void> => {
  code = await rig.platform.code('lin');
};
const sent = (): Promise<unknown> => gov(rig.host).notice();
const todoMade = async (): Promise<void> => {
  todoId = await gov(rig.host).todo();
};

const OPERATIONS: [string, Operation][] = [
  ['a code is exchanged', { api: 'zzd.signon', before: withCode, run: (host) => host.exchangeCode(code) }],
  [
    'a scanned code is exchanged',
    {
      api: 'zzd.signon.scan',
      before: async () => {
        code = (await rig.platform.control('POST', '/people/lin/scan')).body.code as string;
      },
      run: (host) => host.exchangeCode(code, 'scan'),
    },
  ],
  ['a ticket is fetched', { api: 'zzd.ticket', run: (host) => host.signJsapi('http://127.0.0.1:5170/') }],
  [
    'organisations are listed',
    { api: 'zzd.contacts', read: true, run: (host) => first(host.listDepartments()) },
  ],
  [
    'people are listed',
    {
      api: 'zzd.contacts.pageOrganizationEmployeePositions',
      read: true,
      run: async (host) => {
        const top = await first(host.listDepartments());
        return first(host.listPeople(top?.id ?? ''));
      },
    },
  ],
  ['a person is read', { api: 'zzd.contacts', read: true, run: (host) => host.getPerson(LIN) }],
  ['an account is looked up', { api: 'zzd.contacts', run: sentBy }],
  ['a notice is sent', { api: 'zzd.message.send', run: sentBy }],
  [
    'a notice is revoked',
    { api: 'zzd.message.revoke', before: sent, run: (host) => host.recallNotice('row-1') },
  ],
  [
    'a notice is changed',
    {
      api: 'zzd.message.change',
      before: sent,
      run: (host) =>
        host.setNoticeStatus({ taskId: 'row-1', userIds: [LIN] }, { text: '已办', tone: 'green' }),
    },
  ],
  ['a to-do is created', { api: 'zzd.todo.create', run: (host) => gov(host).todo() }],
  [
    'a to-do is looked up',
    { api: 'zzd.todo.list', before: todoMade, run: (host) => host.findTodo('card-1', accountOf('lin')) },
  ],
  [
    'a to-do is finished',
    { api: 'zzd.todo.finish', before: todoMade, run: (host) => host.completeTodo(todoId, accountOf('lin')) },
  ],
  [
    'a to-do is cancelled',
    { api: 'zzd.todo.cancel', before: todoMade, run: (host) => host.deleteTodo(todoId, accountOf('lin')) },
  ],
];

function sentBy(host: Host): Promise<unknown> {
  return gov(host).notice();
}

/** A host that knows no account and has no token yet, so that every call of the operation is made. */
const anew = (): Host => rig.rebuild({ timeoutMs: 1_500 }, { tokenEverywhere: true });

async function failure(promise: Promise<unknown>): Promise<HostError> {
  const error: unknown = await promise.then(
    () => null,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(HostError);
  return error as HostError;
}

const FAULTS: [string, Record<string, unknown>, { kind: string; code: RegExp; retryable: boolean }][] = [
  [
    'a gateway error',
    { kind: 'error', code: 'ServiceUnavailable', message: '网关繁忙' },
    { kind: 'unavailable', code: /^gateway\.ServiceUnavailable$/, retryable: true },
  ],
  [
    'a business error',
    { kind: 'error', level: 'business', code: 'PARAM_ILLEGAL', message: '参数不对' },
    { kind: 'invalid', code: /^business\.PARAM_ILLEGAL$/, retryable: false },
  ],
  ['throttling', { kind: 'throttle' }, { kind: 'throttled', code: /^gateway\.Throttling/, retryable: true }],
  [
    'malformed JSON',
    { kind: 'error', malformed: true },
    { kind: 'unavailable', code: /^notJson$/, retryable: true },
  ],
  [
    'an HTML answer',
    { kind: 'error', html: true },
    { kind: 'unavailable', code: /^notJson$/, retryable: true },
  ],
  [
    'an HTML answer of a broken proxy',
    { kind: 'error', html: true, status: 502 },
    { kind: 'unavailable', code: /^http\.502$/, retryable: true },
  ],
];

describe.each(OPERATIONS)('when %s', (_name, operation) => {
  it.each(FAULTS)('%s is told for what it is', async (_fault, fault, expected) => {
    await operation.before?.();
    const host = anew();
    const earlier = (await rig.calls(operation.api)).length;
    await rig.fault({ ...fault, operations: [operation.api] });
    const error = await failure(operation.run(host));
    expect({ kind: error.kind, retryable: error.retryable }).toEqual({
      kind: expected.kind,
      retryable: expected.retryable,
    });
    expect(error.code).toMatch(expected.code);
    const most = (operation.read ? 3 : 1) + earlier;
    expect((await rig.calls(operation.api)).length).toBeLessThanOrEqual(most);
    await rig.healthy();
    await operation.run(host);
  });

  it('a token that ran out is replaced by itself, once', async () => {
    const host = rig.rebuild({}, { tokenEverywhere: true });
    await host.signJsapi('http://127.0.0.1:5170/'); // a token is there
    await host.exchangeCode(
      (await rig.platform.control('POST', '/people/lin/scan')).body.code as string,
      'scan',
    );
    await rig.platform.control('POST', '/clock', { advanceMs: 3 * HOUR });
    await operation.before?.();
    await operation.run(host);
    expect((await rig.calls('zzd.token')).length).toBeLessThanOrEqual(4);
  });

  it('a wrong secret is an administrator’s matter and is not tried again', async () => {
    await operation.before?.();
    const scan = { loginBase: rig.platform.url, clientId: 'x', appKey: 'minqing_demo-zzdlocalscanning001' };
    const host = rig.rebuild({ appSecret: 'wrong', scan: { ...scan, appSecret: 'wrong' } });
    const before = (await rig.platform.log()).length;
    const error = await failure(operation.run(host));
    expect(error).toMatchObject({ kind: 'denied', code: 'gateway.SignatureDoesNotMatch', retryable: false });
    expect((await rig.platform.log()).length).toBe(before + 1);
    expect(`${error.message}${rig.logged.join()}`).not.toContain(DEMO_APP_SECRET);
  });
});

describe('after the platform acted and its answer was lost', () => {
  it.each(['same', 'refuse'] as const)(
    'a notice sent again is shown once, where a repeat is answered by %s',
    async (repeatedMessage) => {
      await rig.restart({ zhezhengding: { repeatedMessage } });
      await rig.fault({ kind: 'loseAnswers', operations: ['zzd.message.send'], count: 1 });
      expect(await failure(gov(rig.host).notice())).toMatchObject({ kind: 'unavailable', retryable: true });
      expect(await gov(rig.host).notice()).toEqual({ taskId: 'row-1' });
      expect(await rig.platform.chat('lin')).toHaveLength(1);
      expect(await rig.calls('zzd.message.send')).toHaveLength(2);
    },
  );

  it('one that took too long is shown once', async () => {
    const host = rig.rebuild({ timeoutMs: 300 });
    await host.getPerson(LIN); // the account is known: only the notice itself is slow
    await rig.fault({ kind: 'latency', operations: ['zzd.message.send'], latencyMs: 700, count: 1 });
    expect(await failure(gov(host).notice())).toMatchObject({ code: 'timeout', retryable: true });
    await new Promise((resolve) => setTimeout(resolve, 800));
    await gov(host).notice();
    expect(await rig.platform.chat('lin')).toHaveLength(1);
  });

  it('a to-do is met as a duplicate, found, and finished: there is one', async () => {
    await rig.fault({ kind: 'loseAnswers', operations: ['zzd.todo.create'], count: 1 });
    expect(await failure(gov(rig.host).todo())).toMatchObject({ retryable: true });
    expect(await failure(gov(rig.host).todo())).toMatchObject({ kind: 'duplicate' });
    const id = await rig.host.findTodo('card-1', accountOf('lin'));
    await rig.host.completeTodo(id ?? '', accountOf('lin'));
    const { body } = await rig.platform.control('GET', '/people/lin/todos');
    expect(body).toMatchObject({ open: [], done: [{ sourceId: 'card-1' }] });
  });

  it('finishing, revoking and changing again do no harm', async () => {
    await gov(rig.host).notice();
    const id = await gov(rig.host).todo();
    const again = async (api: string, run: () => Promise<void>): Promise<void> => {
      await rig.fault({ kind: 'loseAnswers', operations: [api], count: 1 });
      expect((await failure(run())).retryable).toBe(true);
      await run();
    };
    await again('zzd.todo.finish', () => rig.host.completeTodo(id, accountOf('lin')));
    await again('zzd.message.change', () =>
      rig.host.setNoticeStatus({ taskId: 'row-1', userIds: [LIN] }, { text: '已办', tone: 'green' }),
    );
    await again('zzd.message.revoke', () => rig.host.recallNotice('row-1'));
    expect(await rig.platform.chat('lin')).toMatchObject([{ recalled: true, status: { text: '已办' } }]);
  });

  it('a code that was exchanged is gone: signing on begins anew', async () => {
    const used = await rig.platform.code('lin');
    await rig.fault({ kind: 'loseAnswers', operations: ['zzd.signon'], count: 1 });
    expect((await failure(rig.host.exchangeCode(used))).kind).toBe('unavailable');
    expect((await failure(rig.host.exchangeCode(used))).kind).toBe('invalid');
  });
});

describe('what the platform forbids', () => {
  it('words its review refuses are told as such', async () => {
    await rig.fault({ kind: 'unsafeContent', words: ['迎宾大道'] });
    expect(await failure(gov(rig.host).notice())).toMatchObject({ kind: 'content' });
  });

  it('another tenant is refused by the business', async () => {
    rig.rebuild({ tenantId: '7' });
    expect(await failure(rig.host.getPerson(LIN))).toMatchObject({ code: 'business.INVALID_TENANT' });
  });

  it('a code of its own can be told what it means', async () => {
    const fault = { kind: 'error', level: 'business', code: '510', message: '?' };
    await rig.fault({ ...fault, operations: ['zzd.message.send'] });
    expect(await failure(gov(rig.host).notice())).toMatchObject({ kind: 'invalid' });
    rig.rebuild({}, { codes: { 510: 'throttled' } });
    expect(await failure(gov(rig.host).notice())).toMatchObject({ kind: 'throttled', code: 'business.510' });
    // Known to mean "had it already": the notice counts as sent.
    rig.rebuild({}, { codes: { 510: 'duplicate' } });
    expect(await gov(rig.host).notice()).toEqual({ taskId: 'row-1' });
  });

  it('somebody whom the platform does not let into the app is told so', async () => {
    await rig.fault({ kind: 'error', level: 'business', code: '240132', operations: ['zzd.signon'] });
    expect(await failure(rig.host.exchangeCode('any'))).toMatchObject({ kind: 'denied' });
  });
});
