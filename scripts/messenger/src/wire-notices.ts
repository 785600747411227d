import type { DirectoryPerson } from './config.ts';
import { LegacyError } from './errors.ts';
import { readMessage } from './notice-message.ts';
import type { NoticeTask } from './notices.ts';
import { commaList, flag, number, text, type Raw } from './values.ts';
import type { Call, Operation } from './wire.ts';

export const USERS_A_CALL = 100;
const DEPARTMENTS_A_CALL = 20;
const PEOPLE_A_CALL = 5000;
const STATUS_BAR_USERS = 5;

function op(name: string, api: string, words: string, handle: Operation['handle']): Operation {
  const path = `/topapi/message/corpconversation/${name}`;
  return { api, words, method: 'post', path, generation: 'legacy', permission: 'qyapi_base', handle };
}

/** Work notices, section 4: "发送工作通知" and what belongs to it. */
export const NOTICE_OPERATIONS: readonly Operation[] = [
  op('asyncsend_v2', 'notice.send', '发工作通知', send),
  op('getsendprogress', 'notice.progress', '查发送进度', (call) => {
    checkAgent(call, 40035);
    find(call, 'task_id');
    return { progress: { progress_in_percent: 100, status: 2 } };
  }),
  op('getsendresult', 'notice.check', '查发送结果', (call) => {
    checkAgent(call, 40035);
    return { send_result: sendResult(find(call, 'task_id')) };
  }),
  op('recall', 'notice.recall', '撤回工作通知', (call) => {
    checkAgent(call, 400002);
    tell(call, call.messenger.notices.recall(taskId(call, 'msg_task_id', 400002)));
    return {};
  }),
  op('status_bar/update', 'notice.status', '更新通知状态栏', (call) => {
    checkAgent(call, 40056);
    const { status_value: value, status_bg: bg } = call.body;
    tell(call, call.messenger.notices.setStatus(taskId(call, 'task_id', 40035), text(value), text(bg)));
    return {};
  }),
];

function checkAgent(call: Call, errcode: number): void {
  if (text(call.body.agent_id) !== call.messenger.config.agentId) {
    throw new LegacyError(errcode, '不合法的agent_id');
  }
}

function taskId(call: Call, key: string, errcode: number): number {
  const id = number(call.body[key]);
  if (id === undefined) {
    throw new LegacyError(errcode, `不合法的参数: ${key}`);
  }
  return id;
}

function find(call: Call, key: string): NoticeTask {
  const task = call.messenger.notices.find(taskId(call, key, 40035));
  tell(call, task);
  return task;
}

function tell(call: Call, task: NoticeTask): void {
  call.told.personIds = task.recipients.map((recipient) => recipient.personId);
  call.told.refs = { taskId: String(task.taskId), digest: task.digest };
}

function send(call: Call): Raw {
  const { body, messenger } = call;
  checkAgent(call, 40056);
  const message = readMessage(body.msg);
  const userids = commaList(body.userid_list);
  const departmentIds = commaList(body.dept_id_list);
  const all = flag(body.to_all_user);
  if (userids.length > USERS_A_CALL) {
    throw new LegacyError(40035, `不合法的参数: userid_list 超过 ${USERS_A_CALL} 个`);
  }
  if (departmentIds.length > DEPARTMENTS_A_CALL) {
    throw new LegacyError(40035, `不合法的参数: dept_id_list 超过 ${DEPARTMENTS_A_CALL} 个`);
  }
  if (!all && userids.length === 0 && departmentIds.length === 0) {
    throw new LegacyError(40035, '不合法的参数: userid_list、dept_id_list、to_all_user 至少要有一个');
  }
  const plain = !all && departmentIds.length === 0 && userids.length <= STATUS_BAR_USERS;
  if (message.body.status_bar !== undefined && !plain) {
    throw new LegacyError(
      40035,
      `不合法的参数: 带状态栏的消息只能发给 userid_list 中最多 ${STATUS_BAR_USERS} 人`,
    );
  }
  const { people, invalid } = recipients(call, userids, departmentIds, all);
  if (people.length > PEOPLE_A_CALL) {
    throw new LegacyError(40035, `不合法的参数: 接收人超过 ${PEOPLE_A_CALL} 人`);
  }
  const task = messenger.notices.send(message, people, invalid);
  tell(call, task);
  const refused = task.recipients.filter((recipient) => recipient.outcome !== 'sent');
  call.told.note =
    refused.length === 0
      ? ''
      : `${refused.length} 人没有收到: ${[...new Set(refused.map((one) => one.outcome))].join('、')}`;
  return { task_id: task.taskId };
}

function recipients(call: Call, userids: string[], departmentIds: string[], all: boolean) {
  const { directory, config } = call.messenger;
  const people = new Map<string, DirectoryPerson>();
  const invalid: string[] = [];
  for (const userid of userids) {
    const person = directory.on('dingtalk').byUserid(userid);
    if (person === undefined || !directory.isWithin(person, config.contactScope)) {
      invalid.push(userid);
      continue;
    }
    people.set(person.id, person);
  }
  const below = departmentIds.map(Number);
  for (const person of directory.on('dingtalk').people()) {
    if (all || (below.length > 0 && directory.isWithin(person, below))) {
      people.set(person.id, person);
    }
  }
  return { people: [...people.values()], invalid };
}

/** Read, unread and refused recipients; refused in larger tasks than 100, as the platform does. */
function sendResult(task: NoticeTask): Raw {
  if (task.recipients.length > USERS_A_CALL) {
    throw new LegacyError(41052, '接收人太多，不能查询');
  }
  const sent = task.recipients.filter((recipient) => recipient.outcome === 'sent');
  const forbidden = task.recipients.filter((recipient) => recipient.outcome !== 'sent');
  return {
    invalid_user_id_list: task.invalidUserids,
    forbidden_user_id_list: forbidden.map((recipient) => recipient.userid),
    failed_user_id_list: [],
    read_user_id_list: sent
      .filter((recipient) => recipient.readAt !== null)
      .map((recipient) => recipient.userid),
    unread_user_id_list: sent
      .filter((recipient) => recipient.readAt === null)
      .map((recipient) => recipient.userid),
    invalid_dept_id_list: [],
    forbidden_list: forbidden.map((recipient) => ({
      code: recipient.outcome,
      count: 1,
      userid: recipient.userid,
    })),
  };
}
