import { z } from 'zod';
import { idText } from '../common/shapes.ts';
import { HostError } from '../port.ts';
import type { NoticeOutcome, SentNotice, WorkNotice } from '../port.ts';
import { legacy } from './client.ts';
import type { ApiClient } from './client.ts';
import { refusalOf } from './errors.ts';
import { jsonOrNull } from '../common/json.ts';
import { NOTICE_BYTES, toneColour } from './notice.message.ts';
import type { DingTalkOptions } from './options.ts';

/** 发送工作通知: people of one call; a status bar only reaches so many. */
export const NOTICE_RECIPIENTS = 100;
export const STATUS_BAR_RECIPIENTS = 5;

const PROGRESS_DONE = 2; // 0 not started, 1 running (获取工作通知消息的发送进度)
const ASK_AGAIN_MS = 5_000;

const CONVERSATION = 'topapi/message/corpconversation';
const NOTHING = z.unknown();
const SENT = z.object({ task_id: idText });
const PROGRESS = z.object({ progress: z.object({ status: z.coerce.number() }) });
const ids = z.array(idText).nullish();
const RESULT = z.object({
  send_result: z.object({
    invalid_user_id_list: ids,
    forbidden_user_id_list: ids,
    failed_user_id_list: ids,
    read_user_id_list: ids,
    forbidden_list: z.array(z.object({ code: idText, userid: idText })).nullish(),
  }),
});

const MESSAGE = z.looseObject({ msgtype: z.string(), oa: z.looseObject({}).optional() });

/** The bytes as rendered, parsed; the bar taken out for a group too large for one. */
function wireMessage(notice: WorkNotice): object {
  if (Buffer.byteLength(notice.message) > NOTICE_BYTES) {
    throw new HostError('invalid', 'notice.tooLong', `a notice has at most ${NOTICE_BYTES} bytes`);
  }
  const message = MESSAGE.safeParse(jsonOrNull(notice.message));
  if (!message.success) {
    throw new HostError('invalid', 'notice.shape', 'not a message of this host');
  }
  if (notice.userIds.length > STATUS_BAR_RECIPIENTS && message.data.oa !== undefined) {
    const { status_bar: _, ...oa } = message.data.oa;
    return { ...message.data, oa };
  }
  return message.data;
}

/** Task ids are numbers on this wire. */
function taskNumber(taskId: string): number {
  const number = Number(taskId);
  if (!/^\d+$/.test(taskId) || !Number.isSafeInteger(number)) {
    throw new HostError('invalid', 'notice.task', 'not a task id');
  }
  return number;
}

export interface Notices {
  sendNotice(notice: WorkNotice): Promise<{ taskId: string }>;
  checkNotice(taskId: string): Promise<NoticeOutcome>;
  recallNotice(taskId: string): Promise<void>;
  setNoticeStatus(notice: SentNotice, status: { text: string; tone: string }): Promise<void>;
}

/** Work notices (工作通知). A send that resolves is queued, not delivered: quota refusals show in the check only. */
export function createNotices(client: ApiClient, options: DingTalkOptions): Notices {
  const agentId = Number(options.agentId);

  async function sendNotice(notice: WorkNotice): Promise<{ taskId: string }> {
    const people = [...new Set(notice.userIds)];
    if (
      people.length === 0 ||
      people.length > NOTICE_RECIPIENTS ||
      people.some((id) => id === '' || id.includes(','))
    ) {
      throw new HostError(
        'invalid',
        'notice.recipients',
        `1 to ${NOTICE_RECIPIENTS} people, ids without comma`,
      );
    }
    const body = {
      agent_id: agentId,
      userid_list: people.join(','),
      msg: wireMessage({ ...notice, userIds: people }),
    };
    const { task_id: taskId } = await client.call(legacy(`${CONVERSATION}/asyncsend_v2`, body), SENT);
    return { taskId };
  }

  /** Rejects `unavailable` while the platform is still sending: an early look would take nobody refused for all delivered. */
  async function checkNotice(taskId: string): Promise<NoticeOutcome> {
    const body = { agent_id: agentId, task_id: taskNumber(taskId) };
    const { progress } = await client.call(legacy(`${CONVERSATION}/getsendprogress`, body), PROGRESS);
    if (progress.status !== PROGRESS_DONE) {
      throw new HostError('unavailable', 'sending', 'the notice is still being sent', {
        retryAfterMs: ASK_AGAIN_MS,
      });
    }
    const { send_result: result } = await client.call(legacy(`${CONVERSATION}/getsendresult`, body), RESULT);
    const refused = new Map<string, NoticeOutcome['refused'][number]>();
    const refuse = (userId: string, code: string, kind = refusalOf(code)): void => {
      if (!refused.has(userId)) {
        refused.set(userId, { userId, code, kind });
      }
    };
    result.forbidden_list?.forEach(({ userid, code }) => refuse(userid, code));
    result.forbidden_user_id_list?.forEach((userId) => refuse(userId, 'forbidden', 'denied'));
    result.invalid_user_id_list?.forEach((userId) => refuse(userId, 'invalidUser', 'gone'));
    result.failed_user_id_list?.forEach((userId) => refuse(userId, 'failed', 'unavailable'));
    return { refused: [...refused.values()], read: result.read_user_id_list ?? [] };
  }

  return {
    sendNotice,
    checkNotice,
    recallNotice: async (taskId) => {
      // 撤回工作通知消息 alone calls it msg_task_id.
      const body = { agent_id: agentId, msg_task_id: taskNumber(taskId) };
      await client.call(legacy(`${CONVERSATION}/recall`, body), NOTHING);
    },
    setNoticeStatus: async ({ taskId }, { text, tone }) => {
      const body = {
        agent_id: agentId,
        task_id: taskNumber(taskId),
        status_value: text,
        status_bg: toneColour(tone),
      };
      await client.call(legacy(`${CONVERSATION}/status_bar/update`, body), NOTHING);
    },
  };
}
