import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startPlatform, type Json, type Platform } from './platform.ts';

let platform: Platform;
let unionid: string;
beforeEach(async () => {
  platform = await startPlatform();
  unionid = await platform.unionid('zhou-kai');
});
afterEach(() => platform.stop());

const tasks = (rest = ''): string => `/v1.0/todo/users/${unionid}/tasks${rest}`;
const task = (more: Json = {}): Json => ({
  sourceId: 'case-1:zhou-kai',
  subject: '签收：迎宾大道红绿灯',
  creatorId: unionid,
  dueTime: 1_783_500_000_000,
  executorIds: [unionid],
  detailUrl: { appUrl: 'dingtalk://dingtalkclient/page/link?url=a', pcUrl: 'https://example.org/a' },
  isOnlyShowExecutor: true,
  priority: 20,
  notifyConfigs: { dingNotify: '1' },
  ...more,
});
const create = (more: Json = {}) => platform.api('POST', `${tasks()}?operatorId=${unionid}`, task(more));
const lists = async (): Promise<Json> => (await platform.control('GET', '/people/zhou-kai/todos')).body;

describe('to-dos', () => {
  it('are created once for a sourceId, and found by it', async () => {
    const first = await create();
    expect(first).toMatchObject({
      status: 200,
      body: {
        id: expect.any(String),
        subject: '签收：迎宾大道红绿灯',
        dueTime: 1_783_500_000_000,
        done: false,
        executorIds: [unionid],
        detailUrl: { pcUrl: 'https://example.org/a' },
        sourceId: 'case-1:zhou-kai',
        creatorId: unionid,
        isOnlyShowExecutor: true,
        priority: 20,
        notifyConfigs: { dingNotify: '1' },
        requestId: expect.any(String),
      },
    });
    expect(await create()).toMatchObject({
      status: 400,
      body: { code: 'todo.taskCreate.paramError', message: 'task exist', requestid: expect.any(String) },
    });
    const found = await platform.api('GET', tasks(`/sources/${encodeURIComponent('case-1:zhou-kai')}`));
    expect(found.body.id).toBe(first.body.id);
    expect(await lists()).toMatchObject({ open: [{ id: first.body.id }], done: [] });
  });

  it('keep their sourceId taken when they are done and when they are deleted', async () => {
    const { body } = await create();
    await platform.api('PUT', tasks(`/${String(body.id)}`), { done: true });
    expect((await create()).body.message).toBe('task exist');
    expect(
      (await platform.api('DELETE', tasks(`/${String(body.id)}?operatorId=${unionid}`))).body,
    ).toMatchObject({ result: true });
    expect((await create()).body.message).toBe('task exist');
  });

  it.each<[string, Json, string]>([
    ['no link', { detailUrl: undefined }, 'detailUrl is empty'],
    ['a long subject', { subject: '长'.repeat(1025) }, 'subject is oversize'],
    ['a long description', { description: '长'.repeat(4097) }, 'description is oversize'],
    [
      'too many executors',
      { executorIds: Array.from({ length: 101 }, (_, n) => `u${n}`) },
      'executors is oversize',
    ],
    ['a due time before all times', { dueTime: -1 }, 'dueTime is invalid'],
    ['a userid for a unionId', { executorIds: ['jh0004'] }, 'executor not exist: jh0004'],
  ])('are refused with %s', async (_what, change, message) => {
    expect(await create(change)).toMatchObject({
      status: 400,
      body: { code: 'todo.taskCreate.paramError', message },
    });
  });

  it('are done when all executors are', async () => {
    const other = await platform.unionid('wu-shan');
    const { body } = await create({ executorIds: [unionid, other] });
    const path = tasks(`/${String(body.id)}/executorStatus?operatorId=${unionid}`);
    const one = await platform.api('PUT', path, { executorStatusList: [{ id: unionid, isDone: true }] });
    expect(one.body).toMatchObject({ result: true });
    expect(await lists()).toMatchObject({ open: [], done: [{ id: body.id }] });
    expect((await platform.api('GET', tasks(`/${String(body.id)}`))).body.done).toBe(false);
    await platform.api('PUT', path, { executorStatusList: [{ id: other, isDone: true }] });
    expect((await platform.api('GET', tasks(`/${String(body.id)}`))).body).toMatchObject({
      done: true,
      finishTime: expect.any(Number),
    });
  });

  it('are listed in pages, open and done apart', async () => {
    for (let n = 0; n < 25; n += 1) {
      await create({ sourceId: `s${n}` });
    }
    const query = (body: Json) => platform.api('POST', `/v1.0/todo/users/${unionid}/org/tasks/query`, body);
    const first = (await query({ nextToken: '0', isDone: false, roleTypes: [['executor']] })).body;
    expect(first.todoCards).toHaveLength(20);
    const last = (await query({ nextToken: first.nextToken, isDone: false, roleTypes: [['executor']] })).body;
    expect(last.todoCards).toHaveLength(5);
    expect(last).not.toHaveProperty('nextToken');
    expect((await query({ isDone: true, roleTypes: [['executor']] })).body.todoCards).toEqual([]);
  });

  it('that do not exist are said not to', async () => {
    for (const [method, path, body, code] of [
      ['PUT', '/x', { done: true }, 'todo.taskUpdate.paramError'],
      ['PUT', '/x/executorStatus', { executorStatusList: [] }, 'todo.taskExecutorStatusUpdate.paramError'],
      ['DELETE', '/x', undefined, 'todo.taskDelete.paramError'],
    ] as const) {
      expect(await platform.api(method, tasks(path), body)).toMatchObject({
        status: 400,
        body: { code, message: 'task not exist' },
      });
    }
  });
});
