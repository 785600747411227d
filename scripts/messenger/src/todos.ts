import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';
import type { EventBus } from './events.ts';
import { ApiError } from './errors.ts';
import type { Kept } from './keeping.ts';
import { bytes, flag, isRecord, number, record, strings, text, type Raw } from './values.ts';

export interface Todo {
  id: string;
  sourceId: string;
  subject: string;
  description: string;
  creatorId: string;
  modifierId: string;
  /** unionId → done at (business time), or null while open. */
  executors: Map<string, number | null>;
  participantIds: string[];
  dueTime: number | null;
  detailUrl: { appUrl: string; pcUrl: string };
  priority: number;
  isOnlyShowExecutor: boolean;
  contentFieldList: unknown[];
  notifyConfigs: Raw;
  done: boolean;
  createdTime: number;
  modifiedTime: number;
  finishTime: number | null;
}

export interface Todos extends Kept {
  create(creatorId: string, operatorId: string, body: Raw): Todo;
  update(taskId: string, operatorId: string, body: Raw): Todo;
  setExecutors(taskId: string, operatorId: string, list: unknown): Todo;
  remove(taskId: string): Todo;
  find(taskId: string): Todo | undefined;
  findBySource(sourceId: string): Todo | undefined;
  ofExecutor(unionid: string): Todo[];
  reset(): void;
}

const SUBJECT_LONGEST = 1024;
const DESCRIPTION_LONGEST = 4096;
const EXECUTORS_AT_CREATE = 100;
const EXECUTORS_LATER = 1000;
const URL_BYTES = 1024;

type Step = 'taskCreate' | 'taskUpdate' | 'taskExecutorStatusUpdate' | 'taskDelete';

function refuse(step: Step, message: string): ApiError {
  return new ApiError(400, `todo.${step}.paramError`, message);
}

/**
 * The to-do lists. A `sourceId` is taken for ever, deleted tasks included: repeating it is `task exist`.
 * @param personOf finds the person id behind a unionId, for change events and unknown executors
 */
export function createTodos(
  clock: Clock,
  bus: EventBus,
  personOf: (unionid: string) => string | undefined,
): Todos {
  let todos = new Map<string, Todo>();
  let sources = new Map<string, string>();

  const changed = (todo: Todo, also: Iterable<string> = []): void => {
    const unionids = new Set([...todo.executors.keys(), ...also]);
    bus.emit({ type: 'todo', personIds: [...unionids].flatMap((unionid) => personOf(unionid) ?? []) });
  };
  const existing = (step: Step, taskId: string): Todo => {
    const todo = todos.get(taskId);
    if (todo === undefined) {
      throw refuse(step, 'task not exist');
    }
    return todo;
  };
  const checkTexts = (step: Step, body: Raw, most: number): void => {
    if (text(body.subject).length > SUBJECT_LONGEST) {
      throw refuse(step, 'subject is oversize');
    }
    if (text(body.description).length > DESCRIPTION_LONGEST) {
      throw refuse(step, 'description is oversize');
    }
    if (strings(body.executorIds).length > most) {
      throw refuse(step, 'executors is oversize');
    }
    if (strings(body.participantIds).length > most) {
      throw refuse(step, 'participants is oversize');
    }
    if (body.dueTime != null && (number(body.dueTime) ?? 0) <= 0) {
      throw refuse(step, 'dueTime is invalid');
    }
    const stranger = strings(body.executorIds).find((unionid) => personOf(unionid) === undefined);
    if (stranger !== undefined) {
      throw refuse(step, `executor not exist: ${stranger}`);
    }
  };
  const settle = (todo: Todo, done: boolean): void => {
    todo.done = done;
    todo.finishTime = done ? (todo.finishTime ?? clock.now()) : null;
  };

  return {
    create(creatorId, operatorId, body) {
      checkTexts('taskCreate', body, EXECUTORS_AT_CREATE);
      if (text(body.subject) === '') {
        throw refuse('taskCreate', 'subject is empty');
      }
      const detailUrl = readDetailUrl(body.detailUrl);
      const sourceId = text(body.sourceId);
      if (sourceId !== '' && sources.has(sourceId)) {
        throw refuse('taskCreate', 'task exist');
      }
      const now = clock.now();
      const todo: Todo = {
        id: `task${randomBytes(12).toString('hex')}`,
        sourceId,
        subject: text(body.subject),
        description: text(body.description),
        creatorId: text(body.creatorId) || creatorId,
        modifierId: operatorId || creatorId,
        executors: new Map(strings(body.executorIds).map((unionid) => [unionid, null])),
        participantIds: strings(body.participantIds),
        dueTime: number(body.dueTime) ?? null,
        detailUrl,
        priority: number(body.priority) ?? 20,
        isOnlyShowExecutor: flag(body.isOnlyShowExecutor),
        contentFieldList: Array.isArray(body.contentFieldList) ? body.contentFieldList : [],
        notifyConfigs: record(body.notifyConfigs),
        done: false,
        createdTime: now,
        modifiedTime: now,
        finishTime: null,
      };
      todos.set(todo.id, todo);
      if (sourceId !== '') {
        sources.set(sourceId, todo.id);
      }
      changed(todo);
      return todo;
    },
    update(taskId, operatorId, body) {
      const todo = existing('taskUpdate', taskId);
      checkTexts('taskUpdate', body, EXECUTORS_LATER);
      const before = [...todo.executors.keys()];
      todo.subject = text(body.subject) || todo.subject;
      todo.description = text(body.description) || todo.description;
      todo.dueTime = number(body.dueTime) ?? todo.dueTime;
      if (Array.isArray(body.participantIds)) {
        todo.participantIds = strings(body.participantIds);
      }
      if (Array.isArray(body.contentFieldList)) {
        todo.contentFieldList = body.contentFieldList;
      }
      if (Array.isArray(body.executorIds)) {
        todo.executors = new Map(strings(body.executorIds).map((id) => [id, todo.executors.get(id) ?? null]));
      }
      if (body.done !== undefined) {
        settle(todo, flag(body.done));
        todo.executors = new Map([...todo.executors.keys()].map((id) => [id, todo.finishTime]));
      }
      todo.modifierId = operatorId || todo.modifierId;
      todo.modifiedTime = clock.now();
      changed(todo, before);
      return todo;
    },
    setExecutors(taskId, operatorId, list) {
      const todo = existing('taskExecutorStatusUpdate', taskId);
      const rows = Array.isArray(list) ? list.filter(isRecord) : [];
      if (rows.length > EXECUTORS_LATER) {
        throw refuse('taskExecutorStatusUpdate', 'executors is oversize');
      }
      for (const row of rows) {
        if (todo.executors.has(text(row.id))) {
          todo.executors.set(
            text(row.id),
            flag(row.isDone) ? (todo.executors.get(text(row.id)) ?? clock.now()) : null,
          );
        }
      }
      settle(
        todo,
        todo.executors.size > 0 && [...todo.executors.values()].every((doneAt) => doneAt !== null),
      );
      todo.modifierId = operatorId || todo.modifierId;
      todo.modifiedTime = clock.now();
      changed(todo);
      return todo;
    },
    remove(taskId) {
      const todo = existing('taskDelete', taskId);
      todos.delete(taskId);
      changed(todo);
      return todo;
    },
    find: (taskId) => todos.get(taskId),
    findBySource: (sourceId) => todos.get(sources.get(sourceId) ?? ''),
    ofExecutor: (unionid) => [...todos.values()].filter((todo) => todo.executors.has(unionid)),
    reset() {
      todos = new Map();
      sources = new Map();
    },
    dump: () => ({ todos, sources }),
    load(state) {
      ({ todos, sources } = state as { todos: typeof todos; sources: typeof sources });
    },
  };
}

function readDetailUrl(value: unknown): Todo['detailUrl'] {
  const appUrl = text(record(value).appUrl);
  const pcUrl = text(record(value).pcUrl);
  if (appUrl === '' && pcUrl === '') {
    throw refuse('taskCreate', 'detailUrl is empty');
  }
  if (bytes(appUrl) > URL_BYTES || bytes(pcUrl) > URL_BYTES) {
    throw refuse('taskCreate', 'detailUrl is oversize');
  }
  return { appUrl, pcUrl };
}

/** A task as the platform answers it; fields without a value are left out. */
export function todoJson(todo: Todo): Raw {
  const optional = { dueTime: todo.dueTime, finishTime: todo.finishTime };
  return {
    id: todo.id,
    subject: todo.subject,
    description: todo.description,
    startTime: todo.createdTime,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null)),
    done: todo.done,
    executorIds: [...todo.executors.keys()],
    participantIds: todo.participantIds,
    detailUrl: todo.detailUrl,
    source: 'isv_dingtalkTodo',
    sourceId: todo.sourceId,
    createdTime: todo.createdTime,
    modifiedTime: todo.modifiedTime,
    creatorId: todo.creatorId,
    modifierId: todo.modifierId,
    bizTag: 'isv_dingtalkTodo',
    contentFieldList: todo.contentFieldList,
    isOnlyShowExecutor: todo.isOnlyShowExecutor,
    priority: todo.priority,
    notifyConfigs: todo.notifyConfigs,
  };
}
