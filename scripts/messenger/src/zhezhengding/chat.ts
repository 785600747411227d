import type { ChatItem } from '../chat-view.ts';
import { chinaIso } from '../clock.ts';
import { actionCardButtons, oaParts } from '../message-parts.ts';
import type { Messenger } from '../messenger.ts';
import { text, type Raw } from '../values.ts';
import type { SentMessage } from './messages.ts';

/** A person's work notices of 浙政钉 as that person sees them. */
export function govChatOf(messenger: Messenger, personId: string): { at: number; item: ChatItem }[] {
  return messenger.zhezhengding.messages
    .of(personId)
    .map((sent) => ({ at: sent.sentAt, item: chatItem(sent) }));
}

function chatItem(sent: SentMessage): ChatItem {
  const { kind, body } = sent.message;
  const base: ChatItem = {
    id: `notice:${sent.bizMsgId}`,
    kind: 'notice',
    taskId: sent.bizMsgId,
    title: text(body.title),
    text: text(body.content) || text(body.text) || text(body.markdown),
    url: text(body.messageUrl),
    fields: [],
    images: [],
    figures: [],
    buttons: [],
    inputs: [],
    components: [],
    state: sent.change === null ? 'current' : 'handled',
    status: sent.change === null ? null : statusOf(sent.change),
    sentAt: chinaIso(sent.sentAt),
    updatedAt: chinaIso(sent.updatedAt),
    recalled: sent.revokedAt !== null,
  };
  if (kind === 'oa') {
    return { ...base, ...oaParts(body) };
  }
  return kind === 'action_card' ? { ...base, kind: 'actionCard', buttons: actionCardButtons(body) } : base;
}

/** How the platform shows a changed message is not written down; here its words stand beside the notice. */
function statusOf(change: Raw): { text: string; bg: string } {
  return {
    text: text(change.status) || text(change.text) || text(change.title) || '已更新',
    bg: text(change.color),
  };
}
