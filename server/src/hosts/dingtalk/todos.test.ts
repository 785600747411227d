import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TodoTask } from '../port.ts';
import { createLinks } from './links.ts';
import { rigHost, startFakePlatform } from './platform.fake.ts';
import type { FakePlatform, Rig } from './platform.fake.ts';

const TASKS = '/v1.0/todo/users/union1/tasks';
const task: TodoTask = {
  sourceId: 'inspection-123-user9',
  subject: '审核：迎宾大道红绿灯',
  executorUnionIds: ['union1'],
  dueAt: 1617675000000,
  path: '/#/s/abc',
};

let platform: FakePlatform;
let rig: Rig;
beforeEach(async () => {
  platform = await startFakePlatform();
  rig = rigHost(platform);
});
afterEach(() => platform.close());

const refusal = (code: string, message: string) => ({ status: 400, body: { code, message, requestid: 'x' } });

describe('to-dos', () => {
  it('are created with the link the platform demands and answer the platform’s id', async () => {
    platform.answers(TASKS, { body: { id: 'OPJxxxx', subject: task.subject, done: false, requestId: 'r' } });
    expect(await rig.host.createTodo(task)).toBe('OPJxxxx');
    const links = createLinks(rig.options.appUrl, 'ding01');
    expect(platform.askedAt(TASKS)[0]).toMatchObject({ method: 'POST', query: { operatorId: 'union1' } });
    expect(platform.askedAt(TASKS)[0]?.body).toEqual({
      sourceId: 'inspection-123-user9',
      subject: '审核：迎宾大道红绿灯',
      creatorId: 'union1',
      executorIds: ['union1'],
      dueTime: 1617675000000,
      detailUrl: { appUrl: links.mobile('/#/s/abc'), pcUrl: links.pc('/#/s/abc') },
      isOnlyShowExecutor: true,
      priority: 20,
    });
  });

  it('without a due time send none, and a long subject is cut', async () => {
    platform.answers(TASKS, { body: { id: 'a' } });
    await rig.host.createTodo({ ...task, dueAt: null, subject: '长'.repeat(2_000) });
    const body = platform.askedAt(TASKS)[0]?.body as { subject: string };
    expect(body).not.toHaveProperty('dueTime');
    expect(body.subject).toHaveLength(1_024);
  });

  it.each([
    ['todo.taskCreate.paramError', 'task exist', 'duplicate'],
    ['todo.taskCreate.paramError', 'subject is oversize', 'invalid'],
    ['todo.taskCreate.lockError', 'lock', 'throttled'],
    ['todo.taskCreate.flowControlError', 'flow', 'throttled'],
    ['todo.taskCreate.systemError', 'system', 'unavailable'],
  ])('refused with %s "%s" are %s', async (code, message, kind) => {
    platform.answers(TASKS, refusal(code, message));
    await expect(rig.host.createTodo(task)).rejects.toMatchObject({ kind, code });
  });

  it('need at least one executor', async () => {
    await expect(rig.host.createTodo({ ...task, executorUnionIds: [] })).rejects.toMatchObject({
      kind: 'invalid',
    });
  });

  it('are found by our own id, or not at all', async () => {
    const path = `${TASKS}/sources/inspection-123-user9`;
    platform.answers(path, { body: { id: 'OPJ1', done: false } });
    expect(await rig.host.findTodo('inspection-123-user9', 'union1')).toBe('OPJ1');
    platform.answers(path, refusal('todo.taskQuery.paramError', 'task not exist'));
    expect(await rig.host.findTodo('inspection-123-user9', 'union1')).toBeNull();
  });

  it('are completed and deleted in the owner’s name; a lost one is gone', async () => {
    platform.answers(`${TASKS}/OPJ1`, { body: { result: true, requestId: 'r' } });
    await rig.host.completeTodo('OPJ1', 'union1');
    await rig.host.deleteTodo('OPJ1', 'union1');
    expect(platform.askedAt(`${TASKS}/OPJ1`)).toMatchObject([
      { method: 'PUT', query: { operatorId: 'union1' }, body: { done: true } },
      { method: 'DELETE', query: { operatorId: 'union1' }, body: null },
    ]);
    platform.answers(`${TASKS}/OPJ1`, refusal('todo.taskDelete.paramError', 'task not exist'));
    await expect(rig.host.deleteTodo('OPJ1', 'union1')).rejects.toMatchObject({ kind: 'gone' });
    platform.answers(`${TASKS}/OPJ1`, { body: { result: false } });
    await expect(rig.host.completeTodo('OPJ1', 'union1')).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
