import { commaList, number, type Raw } from '../values.ts';
import { BusinessRefusal } from './envelope.ts';
import type { GovTask } from './tasks.ts';
import { personByAccount, type GovCall, type GovOperation } from './wire.ts';

const DUE = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const PAGE = 20;

/** To-dos (待办). */
export const TASK_OPERATIONS: readonly GovOperation[] = [
  {
    api: 'zzd.todo.create',
    words: '建待办',
    path: '/tc/v2/openapi/task/create.json',
    tenant: true,
    handle: create,
  },
  {
    api: 'zzd.todo.finish',
    words: '完成待办',
    path: '/tc/openapi/task/finish.json',
    handle(call) {
      const task = existing(call);
      call.messenger.zhezhengding.tasks.finish(task, call.get('userId'));
      return { data: 'true' };
    },
  },
  {
    api: 'zzd.todo.cancel',
    words: '取消待办',
    path: '/tc/openapi/task/cancel.json',
    handle(call) {
      call.messenger.zhezhengding.tasks.cancel(existing(call));
      return { data: 'true' };
    },
  },
  {
    api: 'zzd.todo.list',
    words: '查待办列表',
    path: '/tc/openapi/3rd/Inst/getList',
    tenant: true,
    handle(call) {
      const size = number(call.get('pageSize')) ?? PAGE;
      const at = number(call.get('pageNo')) ?? 1;
      const all = call.messenger.zhezhengding.tasks.createdBy(call.get('userId'));
      const list = all.slice((at - 1) * size, at * size).map(taskJson);
      return { data: { list, pageNo: at, pageSize: size, total: all.length } };
    },
  },
];

function taskJson(task: GovTask): Raw {
  const { taskUuid, packageUuid, bizTaskId, subject, creatorId } = task;
  return { taskUuid, packageUuid, bizTaskId, subject, creatorId };
}

function tell(call: GovCall, task: GovTask): void {
  call.told.personIds = [...task.assignees.keys()].flatMap(
    (id) => personByAccount(call.messenger, id)?.id ?? [],
  );
  call.told.refs = { taskId: task.taskUuid, sourceId: task.bizTaskId };
}

function create(call: GovCall): Raw {
  const { messenger } = call;
  const { tasks } = messenger.zhezhengding;
  const missing = ['subject', 'creatorId', 'assigneeId', 'bizTaskId', 'mobileUrl'].find(
    (name) => call.get(name) === '',
  );
  if (missing !== undefined) {
    throw new BusinessRefusal('INVALID_PARAMETER', `${missing} 缺失`);
  }
  const assignees = commaList(call.get('assigneeId'));
  const stranger = [call.get('creatorId'), ...assignees].find(
    (id) => personByAccount(messenger, id) === undefined,
  );
  if (stranger !== undefined) {
    throw new BusinessRefusal('USER_NOT_EXIST', `账号 ${stranger} 不存在`);
  }
  const due = call.get('dueTime');
  if (due !== '' && !DUE.test(due)) {
    throw new BusinessRefusal('INVALID_PARAMETER', 'dueTime 应写作 yyyy-MM-dd HH:mm:ss');
  }
  const before = tasks.byBizTaskId(call.get('bizTaskId'));
  if (before !== undefined) {
    // A repeat is no error there: it answers nothing.
    tell(call, before);
    call.told.note = 'bizTaskId 重复，没有再建';
    return { data: null };
  }
  const task = tasks.create({
    bizTaskId: call.get('bizTaskId'),
    subject: call.get('subject'),
    creatorId: call.get('creatorId'),
    assignees: new Map(assignees.map((id) => [id, null])),
    url: call.get('url'),
    mobileUrl: call.get('mobileUrl'),
    dueAt: due === '' ? null : Date.parse(`${due.replace(' ', 'T')}+08:00`),
  });
  tell(call, task);
  return { data: taskJson(task) };
}

/** The task, for somebody it is assigned to. */
function existing(call: GovCall): GovTask {
  const task = call.messenger.zhezhengding.tasks.find(call.get('taskUuid'));
  if (task === undefined || task.cancelled) {
    throw new BusinessRefusal('TASK_NOT_EXIST', `待办 ${call.get('taskUuid')} 不存在`);
  }
  if (!task.assignees.has(call.get('userId')) && task.creatorId !== call.get('userId')) {
    throw new BusinessRefusal('NO_PERMISSION', '这不是他的待办，没有权限');
  }
  tell(call, task);
  return task;
}
