import { commaList, isRecord, parseJson } from '../values.ts';
import { BusinessRefusal } from './envelope.ts';
import { readMessage } from './message.ts';
import type { SentMessage } from './messages.ts';
import { personByAccount, type GovCall, type GovOperation } from './wire.ts';

const RECEIVERS_A_CALL = 100;
const TYPE = 'workNotification';

/** Work notices: sending, revoking, changing. */
export const MESSAGE_OPERATIONS: readonly GovOperation[] = [
  {
    api: 'zzd.message.send',
    words: '发工作通知',
    path: '/message/workNotification',
    tenant: true,
    handle: send,
  },
  {
    api: 'zzd.message.revoke',
    words: '撤回工作通知',
    path: '/message/revoke',
    tenant: true,
    handle(call) {
      checkType(call);
      if (call.get('msgApp') !== call.messenger.zhezhengding.settings.appId) {
        throw new BusinessRefusal('INVALID_PARAMETER', 'msgApp 不是本应用');
      }
      tell(call, call.messenger.zhezhengding.messages.revoke(call.get('bizMsgId')));
      return { data: 'true' };
    },
  },
  {
    api: 'zzd.message.change',
    words: '改工作通知',
    path: '/message/changeMessageInfo',
    tenant: true,
    handle(call) {
      checkType(call);
      const change = parseJson(call.get('jsonContent'));
      if (!isRecord(change)) {
        throw new BusinessRefusal('INVALID_PARAMETER', 'jsonContent 不是 JSON 对象');
      }
      const { messages } = call.messenger.zhezhengding;
      const ids = call.all('accountIds').flatMap(commaList);
      const people = ids.map((id) => personByAccount(call.messenger, id)?.id);
      const reached = messages.find(call.get('bizMsgId'))?.personIds;
      if (reached !== undefined && !people.every((id) => id !== undefined && reached.includes(id))) {
        throw new BusinessRefusal('INVALID_PARAMETER', 'accountIds 中有人没有收到这条消息');
      }
      tell(call, messages.change(call.get('bizMsgId'), change));
      return { data: 'true' };
    },
  },
];

function checkType(call: GovCall): void {
  if (call.get('msgType') !== TYPE) {
    throw new BusinessRefusal('INVALID_PARAMETER', `msgType 应为 ${TYPE}`);
  }
}

function tell(call: GovCall, sent: SentMessage): void {
  call.told.personIds = sent.personIds;
  call.told.refs = { taskId: sent.bizMsgId, digest: sent.digest };
}

/** The answer's content is an envelope of its own, as text. */
const asText = (sent: SentMessage): string =>
  JSON.stringify({ success: true, content: { msgId: sent.msgId } });

function send(call: GovCall): string {
  const { messenger } = call;
  const { messages, settings } = messenger.zhezhengding;
  const bizMsgId = call.get('bizMsgId');
  const message = readMessage(call.get('msg'));
  const ids = commaList(call.get('receiverIds'));
  if (ids.length === 0 || ids.length > RECEIVERS_A_CALL) {
    throw new BusinessRefusal('INVALID_PARAMETER', `receiverIds 应有 1 到 ${RECEIVERS_A_CALL} 个`);
  }
  const people = ids.flatMap((id) => personByAccount(messenger, id)?.id ?? []);
  if (people.length === 0) {
    throw new BusinessRefusal('RECEIVER_NOT_EXIST', '接收人不存在');
  }
  if (messenger.faults.unsafeWords().some((word) => message.json.includes(word))) {
    throw new BusinessRefusal('CONTENT_SENSITIVE', '消息含有敏感内容');
  }
  const before = bizMsgId === '' ? undefined : messages.find(bizMsgId);
  if (before !== undefined) {
    tell(call, before);
    call.told.note = 'bizMsgId 重复，没有再发';
    if (settings.repeatedMessage === 'refuse') {
      throw new BusinessRefusal('BIZ_MSG_ID_REPEATED', `bizMsgId ${bizMsgId} 重复`);
    }
    return asText(before);
  }
  const sent = messages.send(bizMsgId || `none-${messenger.clock.machineNow()}`, message, people);
  tell(call, sent);
  return asText(sent);
}
