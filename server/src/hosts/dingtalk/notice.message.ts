import { HEAD_TEXT, MORE, TONES, cut, fitNotice, markdownOf, plainInMarkdown } from '../common/notice.ts';
import type { NoticeContent } from '../port.ts';
import type { Links } from './links.ts';

/** 消息通知类型: sizes of one message. */
export const NOTICE_BYTES = 2_048;
const TITLE_CHARS = 50;
const BUTTON_TITLE_CHARS = 20;
const BUTTON_URL_CHARS = 700;
const BUTTON_LIST_CHARS = 1_000;
const isTone = (tone: string): tone is keyof typeof TONES => Object.hasOwn(TONES, tone);

/** A tone as the status bar writes colours: `0x` and AARRGGBB. An unknown tone is blue. */
export function toneColour(tone: string): string {
  return `0xFF${TONES[isTone(tone) ? tone : 'blue']}`;
}

function oaMessage(content: NoticeContent, links: Links): object {
  const title = cut(content.title, TITLE_CHARS - 1);
  const tone = content.status?.tone ?? 'blue';
  return fitNotice(content, { bytes: NOTICE_BYTES, more: `… ${MORE}` }, (body, rows) => ({
    msgtype: 'oa',
    oa: {
      message_url: links.mobile(content.path),
      pc_message_url: links.pc(content.path),
      head: { bgcolor: `FF${TONES[tone]}`, text: HEAD_TEXT },
      ...(content.status === null
        ? {}
        : { status_bar: { status_value: cut(content.status.text, 8), status_bg: toneColour(tone) } }),
      body: {
        title,
        form: rows.map(({ label, value }) => ({ key: `${label}：`, value })),
        ...(body === '' ? {} : { content: body }),
      },
    },
  }));
}

interface WireButton {
  title: string;
  action_url: string;
}

/** As many buttons as the list may hold: with links for both devices, else with the shorter form, else fewer of them. */
function buttonList(content: NoticeContent, links: Links): WireButton[] {
  const fitting = (list: WireButton[]): boolean =>
    JSON.stringify(list).length <= BUTTON_LIST_CHARS &&
    list.every(({ action_url: url }) => url.length <= BUTTON_URL_CHARS);
  for (let count = content.buttons.length; count >= 1; count--) {
    for (const link of [links.both, links.pc]) {
      const list = content.buttons
        .slice(0, count)
        .map(({ title, path }) => ({ title: cut(title, BUTTON_TITLE_CHARS - 1), action_url: link(path) }));
      if (fitting(list)) {
        return list;
      }
    }
  }
  return [];
}

function cardMessage(content: NoticeContent, links: Links, buttons: WireButton[]): object {
  const title = cut(content.title, TITLE_CHARS - 1);
  const words = { ...content, body: plainInMarkdown(content.body) };
  const more = `… [${MORE}](${links.pc(content.path)})`;
  return fitNotice(words, { bytes: NOTICE_BYTES, more }, (body, rows) => ({
    msgtype: 'action_card',
    action_card: {
      title,
      markdown: markdownOf(content, title, body, rows),
      btn_orientation: '0',
      btn_json_list: buttons,
    },
  }));
}

/**
 * One work notice as the platform's message JSON, at most 2 048 bytes (发送工作通知): an OA message, or an action card when
 * buttons are wanted and their links fit. Pure: the same content gives the same bytes, which is what the platform's only
 * guard against doubles goes by. Rejects `invalid` when the links leave no room.
 */
export function renderNotice(content: NoticeContent, links: Links): string {
  const buttons = buttonList(content, links);
  return JSON.stringify(
    buttons.length === 0 ? oaMessage(content, links) : cardMessage(content, links, buttons),
  );
}
