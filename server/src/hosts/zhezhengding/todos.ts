import { z } from 'zod';
import { cut } from '../common/notice.ts';
import { idText } from '../common/shapes.ts';
import { HostError } from '../port.ts';
import type { TodoTask } from '../port.ts';
import type { ApiClient } from './client.ts';
import type { Links } from './links.ts';
import type { ZhezhengdingOptions } from './options.ts';

const SUBJECT_CHARS = 256; // no limit is published: what fits any list
const ASSIGNEES = 100;
const LIST_PAGE = 100;
const LIST_PAGES = 10; // a to-do whose id was lost was made a moment ago: it stands among the newest

const TASK = z.object({ taskUuid: idText, bizTaskId: idText.nullish() });
const CREATED = z.object({ data: z.union([TASK, z.object({}), z.string(), z.null()]).optional() });
const DONE = z.object({ data: z.union([z.boolean(), z.string()]).nullish() });
const ROWS = z.array(z.looseObject({ taskUuid: idText.nullish(), bizTaskId: idText.nullish() }));
/** How a page holds its rows is not published: as it is, or under one of the usual names. */
const LISTED = z.object({
  data: z
    .union([
      ROWS,
      z
        .looseObject({ list: ROWS.optional(), data: ROWS.optional(), records: ROWS.optional() })
        .transform((page) => page.list ?? page.data ?? page.records ?? []),
    ])
    .nullish(),
});

const SHANGHAI_MS = 8 * 3_600_000;
const timeText = (ms: number): string =>
  new Date(ms + SHANGHAI_MS).toISOString().slice(0, 19).replace('T', ' ');

export interface Todos {
  createTodo(task: TodoTask): Promise<string>;
  findTodo(sourceId: string, ownerUnionId: string): Promise<string | null>;
  completeTodo(taskId: string, ownerUnionId: string): Promise<void>;
  deleteTodo(taskId: string, ownerUnionId: string): Promise<void>;
}

/** To-dos (待办). People are accountIds here, which the port calls unionId; the first is creator and owner as well. */
export function createTodos(client: ApiClient, links: Links, options: ZhezhengdingOptions): Todos {
  const { dialect, tenantId } = options;
  const token = dialect.tokenEverywhere ? 'access_token' : undefined;

  async function createTodo(task: TodoTask): Promise<string> {
    const [owner] = task.executorUnionIds;
    if (owner === undefined || owner === '' || task.executorUnionIds.length > ASSIGNEES) {
      throw new HostError('invalid', 'todo.executors', `1 to ${ASSIGNEES} executors`);
    }
    const fields = {
      ...dialect.todoFields,
      subject: cut(task.subject, SUBJECT_CHARS - 1),
      creatorId: owner,
      assigneeId: task.executorUnionIds.join(','),
      tenantId,
      bizTaskId: task.sourceId,
      url: links.pc(task.path),
      mobileUrl: links.phone(task.path),
      ...(task.dueAt === null ? {} : { dueTime: timeText(task.dueAt) }),
    };
    const { data } = await client.call('/tc/v2/openapi/task/create.json', fields, CREATED, token);
    if (typeof data === 'object' && data !== null && 'taskUuid' in data) {
      return data.taskUuid;
    }
    // That is how the platform says that the bizTaskId was used before.
    throw new HostError('duplicate', 'todo.exists', 'a to-do of this bizTaskId exists');
  }

  async function findTodo(sourceId: string, owner: string): Promise<string | null> {
    if (dialect.todoListPath === '') {
      return null;
    }
    for (let pageNo = 1; pageNo <= LIST_PAGES; pageNo++) {
      const fields = { tenantId, userId: owner, pageNo, pageSize: LIST_PAGE };
      const { data } = await client.call(dialect.todoListPath, fields, LISTED, token);
      const found = data?.find((row) => row.bizTaskId === sourceId)?.taskUuid;
      if (found != null) {
        return found;
      }
      if ((data?.length ?? 0) < LIST_PAGE) {
        break;
      }
    }
    return null;
  }

  async function act(path: string, taskUuid: string, userId: string): Promise<void> {
    const { data } = await client.call(path, { userId, taskUuid }, DONE, token);
    if (String(data) !== 'true') {
      throw new HostError('unavailable', 'todo.refused', `${path}: the platform says it did nothing`);
    }
  }

  return {
    createTodo,
    findTodo,
    completeTodo: (taskId, owner) => act('/tc/openapi/task/finish.json', taskId, owner),
    deleteTodo: (taskId, owner) => act('/tc/openapi/task/cancel.json', taskId, owner),
  };
}
