import { z } from 'zod';
import { jsonOrNull } from '../common/json.ts';
import { TONES } from '../common/notice.ts';
import { HostError } from '../port.ts';
import type { NoticeOutcome, SentNotice, WorkNotice } from '../port.ts';
import type { Accounts } from './accounts.ts';
import type { ApiClient } from './client.ts';
import type { ZhezhengdingOptions } from './options.ts';

/**
 * One person a message: its `bizMsgId` is what makes a repeat harmless and what revoking and changing go by, and nobody
 * says what the platform does when a repeat names other people than the first try.
 */
export const NOTICE_RECIPIENTS = 1;

const ID_CHARS = 64;
const MESSAGE_TYPE = 'workNotification';
const DONE = z.looseObject({ data: z.union([z.boolean(), z.string(), z.number()]).nullish() });
const MESSAGE = z.looseObject({ msgtype: z.string() });

export interface Notices {
  sendNotice(notice: WorkNotice): Promise<{ taskId: string }>;
  checkNotice(taskId: string): Promise<NoticeOutcome>;
  recallNotice(taskId: string): Promise<void>;
  setNoticeStatus(notice: SentNotice, status: { text: string; tone: string }): Promise<void>;
}

/** Work notices (工作通知). A notice's task id is its own id, which the platform calls bizMsgId. */
export function createNotices(client: ApiClient, accounts: Accounts, options: ZhezhengdingOptions): Notices {
  const { dialect, tenantId } = options;
  const token = dialect.tokenEverywhere ? 'access_token' : undefined;

  function check(notice: WorkNotice): void {
    if (notice.userIds.length !== NOTICE_RECIPIENTS || notice.userIds.some((id) => id === '')) {
      throw new HostError('invalid', 'notice.recipients', 'a notice goes to one person');
    }
    if (notice.id === '' || notice.id.length > ID_CHARS) {
      throw new HostError('invalid', 'notice.id', `a notice has an id of at most ${ID_CHARS} characters`);
    }
    if (Buffer.byteLength(notice.message) > dialect.noticeBytes) {
      throw new HostError('invalid', 'notice.tooLong', `a notice has at most ${dialect.noticeBytes} bytes`);
    }
    if (!MESSAGE.safeParse(jsonOrNull(notice.message)).success) {
      throw new HostError('invalid', 'notice.shape', 'not a message of this host');
    }
  }

  async function sendNotice(notice: WorkNotice): Promise<{ taskId: string }> {
    check(notice);
    const receiverIds = await accounts.idOf(notice.userIds[0] ?? '');
    const fields = { tenantId, receiverIds, bizMsgId: notice.id, msg: notice.message };
    try {
      await client.call('/message/workNotification', fields, z.unknown(), token);
    } catch (error) {
      // The first try got through though its answer was lost: the id is ours and names this very notice.
      if (!(error instanceof HostError) || error.kind !== 'duplicate') {
        throw error;
      }
    }
    return { taskId: notice.id };
  }

  /** The platform answers that it did something by the text `true`. */
  async function act(path: string, fields: Record<string, string | string[]>): Promise<void> {
    const { data } = await client.call(path, { ...fields, tenantId }, DONE, token);
    if (data === false || data === 'false') {
      throw new HostError('unavailable', 'refused', `${path}: the platform says it did nothing`);
    }
  }

  return {
    sendNotice,
    // The platform has no call that tells what became of a message: what was accepted counts as delivered.
    checkNotice: () => Promise.resolve({ refused: [], read: [] }),
    recallNotice: (taskId) =>
      act('/message/revoke', { msgType: MESSAGE_TYPE, msgApp: options.appId, bizMsgId: taskId }),
    setNoticeStatus: async ({ taskId, userIds }, { text, tone }) => {
      if (dialect.changeMessage === 'off') {
        throw new HostError('denied', 'change', 'changing messages is switched off');
      }
      const ids = [...(await accounts.idsOf(userIds)).values()];
      if (ids.length === 0) {
        throw new HostError('gone', 'account', 'nobody of them has an account');
      }
      await act('/message/changeMessageInfo', {
        msgType: MESSAGE_TYPE,
        accountIds: dialect.changeMessage === 'comma' ? ids.join(',') : ids,
        jsonContent: changed(dialect.changeContent, text, tone),
        bizMsgId: taskId,
      });
    },
  };
}

const isTone = (tone: string): tone is keyof typeof TONES => Object.hasOwn(TONES, tone);

/** The words go in as JSON text does, so that no word can end the string it stands in. */
function changed(form: string, text: string, tone: string): string {
  return form
    .replaceAll('{text}', () => JSON.stringify(text).slice(1, -1))
    .replaceAll('{color}', `#${TONES[isTone(tone) ? tone : 'blue']}`);
}
