import { LegacyError } from './errors.ts';
import { bytes, isRecord, parseJson, record, recordOrJson, text, type Raw } from './values.ts';

/** Most bytes a work notice's `msg` may have as JSON text. */
export const MESSAGE_BYTES = 2048;

const KINDS = ['text', 'link', 'markdown', 'image', 'file', 'voice', 'oa', 'action_card'] as const;
export type MessageKind = (typeof KINDS)[number];

export interface Message {
  kind: MessageKind;
  body: Raw;
  /** The whole message as it counts for size and sameness. */
  json: string;
}

function bad(what: string): LegacyError {
  return new LegacyError(40035, `不合法的参数: ${what}`);
}

function requireText(body: Raw, keys: readonly string[], path: string): void {
  const missing = keys.find((key) => text(body[key]) === '');
  if (missing !== undefined) {
    throw bad(`${path}.${missing} 缺失`);
  }
}

function limitText(body: Raw, key: string, longest: number, path: string): void {
  if (text(body[key]).length > longest) {
    throw bad(`${path}.${key} 超过 ${longest} 个字符`);
  }
}

/**
 * Reads the `msg` of a work notice: an object, or an object as JSON text in form bodies. Refuses (`40035`) what the platform's
 * page on message types forbids: another number of bodies than one, missing fields, over-long fields, more than 2,048 bytes.
 */
export function readMessage(value: unknown): Message {
  const msg = recordOrJson(value);
  if (msg === undefined) {
    throw bad('msg 不是 JSON 对象');
  }
  const kind = KINDS.find((one) => one === msg.msgtype);
  if (kind === undefined) {
    throw bad(`msgtype ${text(msg.msgtype)}`);
  }
  const json = JSON.stringify(msg);
  if (bytes(json) > MESSAGE_BYTES) {
    throw bad(`msg 超过 ${MESSAGE_BYTES} 字节`);
  }
  const body = msg[kind];
  if (!isRecord(body)) {
    throw bad(`msg.${kind} 缺失`);
  }
  const others = KINDS.filter((one) => one !== kind && msg[one] !== undefined);
  if (others.length > 0) {
    throw bad(`msgtype 为 ${kind} 时不能带 ${others.join('、')}`);
  }
  CHECKS[kind](body);
  return { kind, body, json };
}

const CHECKS: Record<MessageKind, (body: Raw) => void> = {
  text: (body) => requireText(body, ['content'], 'text'),
  image: (body) => requireText(body, ['media_id'], 'image'),
  file: (body) => requireText(body, ['media_id'], 'file'),
  voice: (body) => requireText(body, ['media_id', 'duration'], 'voice'),
  link: (body) => {
    requireText(body, ['messageUrl', 'picUrl', 'title', 'text'], 'link');
    limitText(body, 'title', 100, 'link');
    limitText(body, 'text', 500, 'link');
  },
  markdown: (body) => {
    requireText(body, ['title', 'text'], 'markdown');
    limitText(body, 'text', 5000, 'markdown');
  },
  oa: checkOa,
  action_card: checkActionCard,
};

function checkOa(oa: Raw): void {
  requireText(oa, ['message_url'], 'oa');
  if (!isRecord(oa.body)) {
    throw bad('oa.body 缺失');
  }
  limitText(oa.body, 'title', 50, 'oa.body');
  const head = record(oa.head);
  if (oa.head !== undefined && !/^[0-9a-f]{8}$/i.test(text(head.bgcolor))) {
    throw bad('oa.head.bgcolor 应为 8 位十六进制');
  }
  if (oa.body.form !== undefined && !Array.isArray(oa.body.form)) {
    throw bad('oa.body.form 应为数组');
  }
  if (oa.status_bar !== undefined) {
    requireText(record(oa.status_bar), ['status_value', 'status_bg'], 'oa.status_bar');
  }
}

function checkActionCard(card: Raw): void {
  requireText(card, ['markdown'], 'action_card');
  const single = text(card.single_title) !== '' || text(card.single_url) !== '';
  const list = buttonList(card);
  if (single === (list !== undefined)) {
    throw bad('action_card 应有 single_title 或 btn_json_list，且只有一种');
  }
  if (list === undefined) {
    requireText(card, ['single_title', 'single_url'], 'action_card');
    limitText(card, 'single_title', 20, 'action_card');
    limitText(card, 'single_url', 500, 'action_card');
    return;
  }
  if (!/^[01]$/.test(text(card.btn_orientation))) {
    throw bad('btn_orientation 应为 "0" 或 "1"');
  }
  if (list.length === 0 || JSON.stringify(list).length > 1000) {
    throw bad('btn_json_list 应为 1 到 1000 个字符');
  }
  for (const button of list) {
    requireText(button, ['title', 'action_url'], 'btn_json_list');
    limitText(button, 'title', 20, 'btn_json_list');
    limitText(button, 'action_url', 700, 'btn_json_list');
  }
}

/** An action card's buttons; undefined when it has none of that form. */
export function buttonList(card: Raw): Raw[] | undefined {
  if (card.btn_json_list === undefined) {
    return undefined;
  }
  const list = typeof card.btn_json_list === 'string' ? parseJson(card.btn_json_list) : card.btn_json_list;
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

/** Colour of a status bar as the platform writes it: `0x` and eight hexadecimal digits, alpha first. */
export function isStatusColour(value: string): boolean {
  return /^0x[0-9a-f]{8}$/i.test(value);
}
