import { randomUUID } from 'node:crypto';
import { ApiError } from './errors.ts';
import { todoJson, type Todo } from './todos.ts';
import { flag, number, record, strings, text, type Raw } from './values.ts';
import type { Call, Operation } from './wire.ts';

const PAGE = 20;
const WRITE = 'Todo.Todo.Write';
const READ = 'Todo.Todo.Read';
const TASKS = '/v1.0/todo/users/:unionId/tasks';

function op(
  method: Operation['method'],
  path: string,
  api: string,
  words: string,
  permission: string,
  handle: Operation['handle'],
): Operation {
  return { api, words, method, path, generation: 'new', permission, handle };
}

/** To-dos, section 7; every person id is a unionId. */
export const TODO_OPERATIONS: readonly Operation[] = [
  op('post', TASKS, 'todo.create', '建待办', WRITE, (call) => {
    const creator = user(call, 'taskCreate');
    call.told.refs = { sourceId: text(call.body.sourceId) };
    const todo = call.messenger.todos.create(creator, text(call.query.operatorId), call.body);
    return { ...todoJson(tell(call, todo)), requestId: randomUUID() };
  }),
  op('get', `${TASKS}/sources/:sourceId`, 'todo.find', '查待办', READ, (call) => {
    const todo = call.messenger.todos.findBySource(call.params.sourceId ?? '');
    return { ...todoJson(tell(call, present(todo))), requestId: randomUUID() };
  }),
  op('get', `${TASKS}/:taskId`, 'todo.get', '查待办', READ, (call) => {
    const todo = call.messenger.todos.find(call.params.taskId ?? '');
    return { ...todoJson(tell(call, present(todo))), requestId: randomUUID() };
  }),
  op('put', `${TASKS}/:taskId`, 'todo.update', '更新待办', WRITE, (call) => {
    tell(call, call.messenger.todos.update(call.params.taskId ?? '', text(call.query.operatorId), call.body));
    return { result: true, requestId: randomUUID() };
  }),
  op('put', `${TASKS}/:taskId/executorStatus`, 'todo.executors', '完成待办', WRITE, (call) => {
    const { executorStatusList } = call.body;
    tell(
      call,
      call.messenger.todos.setExecutors(
        call.params.taskId ?? '',
        text(call.query.operatorId),
        executorStatusList,
      ),
    );
    return { result: true, requestId: randomUUID() };
  }),
  op('delete', `${TASKS}/:taskId`, 'todo.delete', '删待办', WRITE, (call) => {
    tell(call, call.messenger.todos.remove(call.params.taskId ?? ''));
    return { result: true, requestId: randomUUID() };
  }),
  op('post', '/v1.0/todo/users/:unionId/org/tasks/query', 'todo.query', '查待办列表', READ, query),
];

function user(call: Call, step: string): string {
  const unionid = call.params.unionId ?? '';
  if (call.messenger.directory.on('dingtalk').byUnionid(unionid) === undefined) {
    throw new ApiError(400, `todo.${step}.paramError`, 'user not exist');
  }
  return unionid;
}

function tell(call: Call, todo: Todo): Todo {
  const people = [...todo.executors.keys()].flatMap(
    (unionid) => call.messenger.directory.on('dingtalk').byUnionid(unionid)?.id ?? [],
  );
  call.told.personIds = people;
  call.told.refs = { sourceId: todo.sourceId, taskId: todo.id };
  return todo;
}

function present(todo: Todo | undefined): Todo {
  if (todo === undefined) {
    throw new ApiError(400, 'todo.taskGet.paramError', 'task not exist');
  }
  return todo;
}

/** A page of the tasks somebody executes or created, newest first; `nextToken` is absent on the last one. */
function query(call: Call): Raw {
  const unionid = user(call, 'taskQuery');
  const { isDone, roleTypes, nextToken } = call.body;
  const roles = Array.isArray(roleTypes) ? roleTypes.flatMap(strings) : ['executor'];
  const found = call.messenger.todos
    .ofExecutor(unionid)
    .filter((todo) => roles.includes('executor') || (roles.includes('creator') && todo.creatorId === unionid))
    .filter((todo) => isDone === undefined || (todo.executors.get(unionid) !== null) === flag(isDone))
    .sort((a, b) => b.createdTime - a.createdTime);
  const start = number(nextToken) ?? 0;
  const more = start + PAGE < found.length;
  return {
    ...(more ? { nextToken: String(start + PAGE) } : {}),
    todoCards: found.slice(start, start + PAGE).map((todo) => card(todo, unionid)),
  };
}

function card(todo: Todo, unionid: string): Raw {
  const all = todoJson(todo);
  const keys = [
    'subject',
    'dueTime',
    'detailUrl',
    'priority',
    'createdTime',
    'modifiedTime',
    'creatorId',
    'sourceId',
    'bizTag',
  ];
  const kept = Object.fromEntries(Object.entries(all).filter(([key]) => keys.includes(key)));
  return { taskId: todo.id, ...kept, isDone: todo.executors.get(unionid) !== null };
}

/** The to-dos of one person as the desk shows them: `{open, done}`, the due ones first. */
export function todoLists(todos: Todo[], unionid: string): { open: Raw[]; done: Raw[] } {
  const rows = todos.map((todo) => ({
    ...todoJson(todo),
    done: todo.executors.get(unionid) !== null,
    doneTime: todo.executors.get(unionid) ?? null,
  }));
  const sorted = rows.sort(
    (a, b) => (number(record(a).dueTime) ?? Infinity) - (number(record(b).dueTime) ?? Infinity),
  );
  return { open: sorted.filter((row) => !row.done), done: sorted.filter((row) => row.done) };
}
