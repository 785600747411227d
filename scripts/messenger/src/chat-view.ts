import { drawCard } from './card-press.ts';
import { flatten, type RenderedComponent } from './card-render.ts';
import type { CardInstance } from './cards.ts';
import { chinaIso } from './clock.ts';
import type { Messenger } from './messenger.ts';
import { actionCardButtons, oaParts } from './message-parts.ts';
import type { NoticeTask } from './notices.ts';
import { text, type Raw } from './values.ts';
import { govChatOf } from './zhezhengding/index.ts';

export interface ChatButton {
  actionId?: string;
  title: string;
  url?: string;
  enabled: boolean;
  style: string;
}

export interface ChatInput {
  name: string;
  kind: 'input' | 'select';
  placeholder: string;
  options?: string[];
  maxLength?: number;
  value: string;
}

/** One thing in a person's chat, as that person sees it. */
export interface ChatItem {
  id: string;
  kind: 'notice' | 'actionCard' | 'oa' | 'markdown' | 'card';
  outTrackId?: string;
  taskId?: string;
  title: string;
  text: string;
  /** Where a tap on the whole message leads. */
  url: string;
  fields: Raw[];
  images: Raw[];
  figures: Raw[];
  buttons: ChatButton[];
  inputs: ChatInput[];
  stars?: { actionId: string; value: number; caption: string; done: boolean };
  components: RenderedComponent[];
  /** `current`, or `handled` once the card's title is drawn quiet. */
  state: 'current' | 'handled';
  status: { text: string; bg: string } | null;
  /** Business time, ISO 8601. */
  sentAt: string;
  updatedAt: string;
  recalled: boolean;
}

/** A person's chat with the app, oldest first. */
export function chatOf(messenger: Messenger, personId: string): ChatItem[] {
  const notices = messenger.notices.of(personId).map((task) => ({ at: task.sentAt, item: noticeItem(task) }));
  const cards = messenger.cards.of(personId).map((card) => ({
    at: card.copies.find((copy) => copy.personId === personId)?.sentAt ?? card.createdAt,
    item: cardItem(messenger, card, personId),
  }));
  return [...notices, ...cards, ...govChatOf(messenger, personId)]
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

function cardItem(messenger: Messenger, card: CardInstance, personId: string): ChatItem {
  const components = drawCard(messenger, card, personId);
  const flat = flatten(components);
  const sentAt = card.copies.find((copy) => copy.personId === personId)?.sentAt ?? card.createdAt;
  const stars = flat.find((component) => component.kind === 'stars');
  const title = flat.find((component) => component.kind === 'title');
  return {
    id: `card:${card.outTrackId}`,
    kind: 'card',
    outTrackId: card.outTrackId,
    title: title?.text ?? card.summary,
    text: flat
      .flatMap((component) => (component.kind === 'text' ? [component.text] : []))
      .filter((line) => line !== '')
      .join('\n'),
    url: '',
    fields: itemsOf(flat, 'fields'),
    images: itemsOf(flat, 'images'),
    figures: itemsOf(flat, 'figures'),
    buttons: flat.flatMap(cardButton),
    inputs: flat.flatMap(cardInput),
    ...(stars === undefined
      ? {}
      : {
          stars: { actionId: stars.actionId, value: stars.value, caption: stars.caption, done: stars.done },
        }),
    components,
    state: title?.quiet === true ? 'handled' : 'current',
    status: null,
    sentAt: chinaIso(sentAt),
    updatedAt: chinaIso(card.updatedAt),
    recalled: false,
  };
}

function itemsOf(flat: RenderedComponent[], kind: 'fields' | 'images' | 'figures'): Raw[] {
  return flat.flatMap((component) => (component.kind === kind ? component.items : []));
}

function cardButton(component: RenderedComponent): ChatButton[] {
  if (component.kind === 'button') {
    const { actionId, text: title, enabled, style } = component;
    return [{ actionId, title, enabled, style }];
  }
  return component.kind === 'link'
    ? [{ title: component.text, url: component.url, enabled: true, style: component.style }]
    : [];
}

function cardInput(component: RenderedComponent): ChatInput[] {
  if (component.kind === 'input') {
    const { name, placeholder, maxLength, value } = component;
    return [{ name, kind: 'input', placeholder, maxLength, value }];
  }
  if (component.kind === 'select') {
    const { name, placeholder, options } = component;
    return [{ name, kind: 'select', placeholder, options, value: '' }];
  }
  return [];
}

function noticeItem(task: NoticeTask): ChatItem {
  const { kind, body } = task.message;
  const base: ChatItem = {
    id: `notice:${task.taskId}`,
    kind: 'notice',
    taskId: String(task.taskId),
    title: text(body.title),
    text: text(body.content) || text(body.text) || text(body.markdown),
    url: text(body.messageUrl),
    fields: [],
    images: [],
    figures: [],
    buttons: [],
    inputs: [],
    components: [],
    state: 'current',
    status: task.status,
    sentAt: chinaIso(task.sentAt),
    updatedAt: chinaIso(task.updatedAt),
    recalled: task.recalledAt !== null,
  };
  if (kind === 'oa') {
    return { ...base, ...oaParts(body) };
  }
  if (kind === 'action_card') {
    return { ...base, kind: 'actionCard', buttons: actionCardButtons(body) };
  }
  return kind === 'markdown' ? { ...base, kind: 'markdown' } : base;
}
