import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { ApiProblem, createClient, type Answer, type Client } from '../../server/client/src/index.ts';
import type { TokenMade } from '../../shared/src/contract/index.ts';
import { openTale, type Tale } from '../support/tale.ts';
import { openTown, report, type Town } from '../support/town.ts';

describe('the typed client', () => {
  let town: Town;
  let tale: Tale;
  let member: Client;
  let token = '';
  beforeAll(async () => {
    town = await openTown({ workers: false });
    tale = await openTale(town);
    const wish = { name: '客户端', scopes: ['cases:read', 'cases:file', 'cases:write'], days: 30 };
    const { body } = await (await tale.as('member')).call('POST', '/tokens', wish);
    token = (body as unknown as TokenMade).secret ?? '';
    member = createClient({ url: town.url, token });
  }, 120_000);
  afterAll(() => town?.stop());

  it('files, reads and lists, with types of what goes in and comes out', async () => {
    const caseId = crypto.randomUUID();
    const idempotencyKey = crypto.randomUUID();
    const body = report() as { title: string; situation: string; place: { text: string } };
    const submit = () =>
      member.call('POST /cases/{caseId}/actions/submit', { path: { caseId }, body, idempotencyKey });
    const filed = await submit();
    expect(filed?.number).toMatch(/^JH-2026-/);
    expect((await submit())?.version).toBe(filed?.version);
    const view = await member.call('GET /cases/{caseId}', { path: { caseId } });
    expectTypeOf(view).toEqualTypeOf<Answer<'GET /cases/{caseId}'>>();
    expectTypeOf(view.number).toBeString();
    expect(view.content?.title).toBe(body.title);
    expect(view.timeline.at(-1)?.who).toContain('通过访问令牌');
    const page = await member.call('GET /cases', { query: { desk: 'member', queue: 'all', limit: 5 } });
    expect(page.items.map((item) => item.id)).toContain(caseId);
    expect((await member.call('GET /me')).person.name).toBe('林淑芬');
  });

  it('does not compile with what the document does not know', () => {
    // @ts-expect-error: no such call
    const unknown = () => member.call('GET /nothing');
    // @ts-expect-error: the path is missing
    const pathless = () => member.call('GET /cases/{caseId}');
    // @ts-expect-error: a number is no id
    const mistyped = () => member.call('GET /cases/{caseId}', { path: { caseId: 5 } });
    expect([unknown, pathless, mistyped]).toHaveLength(3);
  });

  it('rejects with the problem: its code for programs, its words for people', async () => {
    const call = member.call('GET /admin/people', { query: {} });
    await expect(call).rejects.toBeInstanceOf(ApiProblem);
    await expect(call).rejects.toMatchObject({
      status: 403,
      code: 'scopeMissing',
      message: '这个访问令牌没有「查看管理资料」权限，请换一个',
    });
    await expect(
      member.call('POST /cases/{caseId}/actions/submit', {
        path: { caseId: crypto.randomUUID() },
        body: { title: '', situation: 'x', place: { text: 'y' } },
      }),
    ).rejects.toMatchObject({
      code: 'invalidInput',
      errors: [{ path: 'title', message: expect.any(String) }],
    });
  });

  it('repeats a change whose answer was lost under the same key, so that it acts once', async () => {
    const keys: (string | null)[] = [];
    const losing: typeof fetch = async (address, init) => {
      keys.push(new Headers(init?.headers).get('idempotency-key'));
      const answer = await fetch(address, init);
      if (keys.length === 1) {
        throw new TypeError('the connection was lost');
      }
      return answer;
    };
    const shaky = createClient({ url: town.url, token, fetch: losing });
    const caseId = crypto.randomUUID();
    const body = report({ title: '只提交一次' }) as {
      title: string;
      situation: string;
      place: { text: string };
    };
    const filed = await shaky.call('POST /cases/{caseId}/actions/submit', { path: { caseId }, body });
    expect(filed?.version).toBe(1);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });
});
