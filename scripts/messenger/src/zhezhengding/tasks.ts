import { randomUUID } from 'node:crypto';
import { chinaIso, type Clock } from '../clock.ts';
import type { EventBus } from '../events.ts';
import type { Kept } from '../keeping.ts';
import type { Raw } from '../values.ts';

export interface GovTask {
  taskUuid: string;
  packageUuid: string;
  bizTaskId: string;
  subject: string;
  creatorId: string;
  /** accountId → done at (business time), or null while open. */
  assignees: Map<string, number | null>;
  url: string;
  mobileUrl: string;
  dueAt: number | null;
  createdAt: number;
  cancelled: boolean;
}

export interface Tasks extends Kept {
  byBizTaskId(bizTaskId: string): GovTask | undefined;
  find(taskUuid: string): GovTask | undefined;
  create(fields: Omit<GovTask, 'taskUuid' | 'packageUuid' | 'createdAt' | 'cancelled'>): GovTask;
  finish(task: GovTask, accountId: string): void;
  cancel(task: GovTask): void;
  /** Of those who created them, the newest first. */
  createdBy(accountId: string): GovTask[];
  ofAssignee(accountId: string): GovTask[];
  reset(): void;
}

/** The to-do lists of 浙政钉. @param personOf the person id behind an account, for change events */
export function createTasks(
  clock: Clock,
  bus: EventBus,
  personOf: (accountId: string) => string | undefined,
): Tasks {
  let tasks = new Map<string, GovTask>();
  const changed = (task: GovTask): void => {
    bus.emit({ type: 'todo', personIds: [...task.assignees.keys()].flatMap((id) => personOf(id) ?? []) });
  };
  return {
    byBizTaskId: (bizTaskId) => [...tasks.values()].find((task) => task.bizTaskId === bizTaskId),
    find: (taskUuid) => tasks.get(taskUuid),
    create(fields) {
      const task = {
        ...fields,
        taskUuid: randomUUID(),
        packageUuid: randomUUID(),
        createdAt: clock.now(),
        cancelled: false,
      };
      tasks.set(task.taskUuid, task);
      changed(task);
      return task;
    },
    finish(task, accountId) {
      task.assignees.set(accountId, task.assignees.get(accountId) ?? clock.now());
      changed(task);
    },
    cancel(task) {
      task.cancelled = true;
      changed(task);
    },
    createdBy: (accountId) => [...tasks.values()].filter((task) => task.creatorId === accountId).toReversed(),
    ofAssignee: (accountId) =>
      [...tasks.values()].filter((task) => task.assignees.has(accountId) && !task.cancelled),
    reset() {
      tasks = new Map();
    },
    dump: () => tasks,
    load(state) {
      tasks = state as typeof tasks;
    },
  };
}

/** One person's to-dos as the desk shows them, the due ones first. */
export function taskLists(tasks: GovTask[], accountId: string): { open: Raw[]; done: Raw[] } {
  const rows = tasks
    .toSorted((a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity))
    .map((task) => {
      const doneAt = task.assignees.get(accountId) ?? null;
      return {
        id: task.taskUuid,
        sourceId: task.bizTaskId,
        subject: task.subject,
        ...(task.dueAt === null ? {} : { dueTime: task.dueAt }),
        ...(doneAt === null ? {} : { finishTime: doneAt }),
        detailUrl: { appUrl: task.mobileUrl, pcUrl: task.url },
        createdTime: task.createdAt,
        createdAt: chinaIso(task.createdAt),
        done: doneAt !== null,
        doneTime: doneAt,
      };
    });
  return { open: rows.filter((row) => !row.done), done: rows.filter((row) => row.done) };
}
