import { z } from 'zod';
import { idText } from '../common/shapes.ts';
import { HostError } from '../port.ts';
import type { TodoTask } from '../port.ts';
import { modern } from './client.ts';
import type { ApiClient } from './client.ts';
import type { Links } from './links.ts';
import { cut } from '../common/notice.ts';

/** 创建钉钉待办任务: sizes, and the middle of four priorities. */
const SUBJECT_CHARS = 1_024;
const EXECUTORS = 100;
const NORMAL = 20;

const TASKS = '/v1.0/todo/users/{unionId}/tasks';
const CREATED = z.object({ id: idText });
const DONE = z.object({ result: z.boolean().nullish() });

export interface Todos {
  createTodo(task: TodoTask): Promise<string>;
  findTodo(sourceId: string, ownerUnionId: string): Promise<string | null>;
  completeTodo(taskId: string, ownerUnionId: string): Promise<void>;
  deleteTodo(taskId: string, ownerUnionId: string): Promise<void>;
}

/** To-dos (钉钉待办). The first executor is also creator and owner: no announcement is sent for one's own to-do. */
export function createTodos(client: ApiClient, links: Links): Todos {
  const operator = (unionId: string): string => `?operatorId=${encodeURIComponent(unionId)}`;

  async function createTodo(task: TodoTask): Promise<string> {
    const [owner] = task.executorUnionIds;
    if (owner === undefined || owner === '' || task.executorUnionIds.length > EXECUTORS) {
      throw new HostError('invalid', 'todo.executors', `1 to ${EXECUTORS} executors`);
    }
    const body = {
      sourceId: task.sourceId,
      subject: cut(task.subject, SUBJECT_CHARS - 1),
      creatorId: owner,
      executorIds: task.executorUnionIds,
      ...(task.dueAt === null ? {} : { dueTime: task.dueAt }),
      detailUrl: { appUrl: links.mobile(task.path), pcUrl: links.pc(task.path) },
      isOnlyShowExecutor: true,
      priority: NORMAL,
    };
    const request = modern('POST', `${TASKS}${operator(owner)}`, [owner], body);
    return (await client.call(request, CREATED)).id;
  }

  async function findTodo(sourceId: string, ownerUnionId: string): Promise<string | null> {
    try {
      const request = modern('GET', `${TASKS}/sources/{sourceId}`, [ownerUnionId, sourceId]);
      return (await client.call(request, CREATED)).id;
    } catch (error) {
      if (error instanceof HostError && error.kind === 'gone') {
        return null;
      }
      throw error;
    }
  }

  /** The platform answers `result: false` when it did nothing. */
  async function act(method: 'PUT' | 'DELETE', taskId: string, owner: string, body?: object): Promise<void> {
    const request = modern(method, `${TASKS}/{taskId}${operator(owner)}`, [owner, taskId], body);
    const { result } = await client.call(request, DONE);
    if (result === false) {
      throw new HostError('unavailable', 'todo.refused', `${request.api}: result is false`);
    }
  }

  return {
    createTodo,
    findTodo,
    completeTodo: (taskId, owner) => act('PUT', taskId, owner, { done: true }),
    deleteTodo: (taskId, owner) => act('DELETE', taskId, owner),
  };
}
