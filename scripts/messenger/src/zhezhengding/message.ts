import { bytes, isRecord, parseJson, record, text, type Raw } from '../values.ts';
import { BusinessRefusal } from './envelope.ts';

const MESSAGE_BYTES = 2048;
const KINDS = ['text', 'oa', 'link', 'action_card'] as const;

export interface GovMessage {
  kind: (typeof KINDS)[number];
  body: Raw;
  /** As it came. */
  json: string;
}

function bad(what: string): BusinessRefusal {
  return new BusinessRefusal('INVALID_MESSAGE', `消息不合法: ${what}`);
}

function need(body: Raw, keys: readonly string[], where: string): void {
  const missing = keys.find((key) => text(body[key]) === '');
  if (missing !== undefined) {
    throw bad(`${where}.${missing} 缺失`);
  }
}

/** Reads the `msg` of a work notice, which is JSON text; refuses what none of the known forms has. */
export function readMessage(json: string): GovMessage {
  const msg = parseJson(json);
  if (!isRecord(msg)) {
    throw bad('msg 不是 JSON 对象');
  }
  if (bytes(json) > MESSAGE_BYTES) {
    throw bad(`msg 超过 ${MESSAGE_BYTES} 字节`);
  }
  const kind = KINDS.find((one) => one === msg.msgtype);
  const body = kind === undefined ? undefined : msg[kind];
  if (kind === undefined || !isRecord(body)) {
    throw bad(`msgtype ${text(msg.msgtype)}`);
  }
  CHECKS[kind](body);
  return { kind, body, json };
}

const CHECKS: Record<GovMessage['kind'], (body: Raw) => void> = {
  text: (body) => need(body, ['content'], 'text'),
  link: (body) => need(body, ['messageUrl', 'title', 'text'], 'link'),
  oa(body) {
    need(body, ['message_url', 'pc_message_url'], 'oa');
    need(record(body.body), ['title'], 'oa.body');
  },
  action_card(body) {
    need(body, ['title', 'markdown'], 'action_card');
    if (text(body.single_title) !== '') {
      need(body, ['single_url'], 'action_card');
      return;
    }
    const buttons = Array.isArray(body.btn_json_list) ? body.btn_json_list.map(record) : [];
    if (buttons.length === 0) {
      throw bad('action_card 没有按钮');
    }
    buttons.forEach((button) => need(button, ['title', 'action_url'], 'btn_json_list'));
  },
};
