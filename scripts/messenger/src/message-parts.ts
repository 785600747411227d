import type { ChatButton, ChatItem } from './chat-view.ts';
import { buttonList } from './notice-message.ts';
import { isRecord, record, text, type Raw } from './values.ts';

/** The visible parts of an `oa` message. */
export function oaParts(oa: Raw): Partial<ChatItem> {
  const body = record(oa.body);
  const rich = record(body.rich);
  const form = Array.isArray(body.form) ? body.form.filter(isRecord) : [];
  return {
    kind: 'oa',
    title: text(body.title),
    text: text(body.content),
    url: text(oa.message_url),
    fields: form.map((row) => ({ label: text(row.key), value: text(row.value) })),
    images: text(body.image) === '' ? [] : [{ url: text(body.image), alt: '' }],
    figures: text(rich.num) === '' ? [] : [{ label: text(rich.unit), value: text(rich.num) }],
    buttons: [{ title: '查看详情', url: text(oa.message_url), enabled: true, style: 'quiet' }],
  };
}

/** The buttons of an action card, whichever form it has. */
export function actionCardButtons(card: Raw): ChatButton[] {
  const list = buttonList(card) ?? [{ title: card.single_title, action_url: card.single_url }];
  return list.map((button, index) => ({
    title: text(button.title),
    url: text(button.action_url),
    enabled: true,
    style: index === 0 ? 'primary' : 'soft',
  }));
}
