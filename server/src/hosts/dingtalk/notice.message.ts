import { HostError } from '../port.ts';
import type { NoticeContent } from '../port.ts';
import type { Links } from './links.ts';

/** 消息通知类型: sizes of one message. */
export const NOTICE_BYTES = 2_048;
const TITLE_CHARS = 50;
const BUTTON_TITLE_CHARS = 20;
const BUTTON_URL_CHARS = 700;
const BUTTON_LIST_CHARS = 1_000;
const FORM_ROWS = 6; // the client shows six: the number is the first

const BODY_CHARS = 300; // what anybody reads in a chat; the rest is one tap away
const VALUE_CHARS = 60;
const MORE = '查看全文';
const HEAD_TEXT = '民情一点通';

const TONES = { blue: '1F5FE0', green: '0E9F6E', amber: 'B7791F', red: 'D92D3A', grey: '7A869C' } as const;
const isTone = (tone: string): tone is keyof typeof TONES => Object.hasOwn(TONES, tone);

/** A tone as the status bar writes colours: `0x` and AARRGGBB. An unknown tone is blue. */
export function toneColour(tone: string): string {
  return `0xFF${TONES[isTone(tone) ? tone : 'blue']}`;
}

/** The first `count` characters (code points) of `text`, with `more` after them when something was cut. */
export function cut(text: string, count: number, more = '…'): string {
  const points = Array.from(text);
  return points.length <= count ? text : `${points.slice(0, count).join('').trimEnd()}${more}`;
}

/** Citizens' words shown literally: the signs of Markdown become their full-width twins, which look the same and do nothing. */
export function plainInMarkdown(text: string): string {
  return text
    .replaceAll(/[\\`*_#[\]<>~|]/g, (sign) => String.fromCodePoint(sign.codePointAt(0)! + 0xfee0))
    .replaceAll(/\s*\n\s*/g, '\n\n');
}

const bytesOf = (message: object): number => Buffer.byteLength(JSON.stringify(message));

type Build = (body: string, rows: { label: string; value: string }[]) => object;

/** Builds with as much of the body as fits; when not even none of it does, rows go, the last first. */
function fit(content: NoticeContent, more: string, build: Build): object {
  const shorten = (count: number): string => cut(content.body, count, more);
  const rows = [
    { label: '编号', value: content.number },
    ...content.lines.map(({ label, value }) => ({ label: cut(label, 10), value: cut(value, VALUE_CHARS) })),
  ].slice(0, FORM_ROWS);
  for (let kept = rows.length; kept >= 1; kept--) {
    const attempt = (count: number): object => build(count === 0 ? '' : shorten(count), rows.slice(0, kept));
    const fits = (count: number): boolean => bytesOf(attempt(count)) <= NOTICE_BYTES;
    if (!fits(0)) {
      continue;
    }
    let low = 0;
    let high = BODY_CHARS;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (fits(middle)) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return attempt(low);
  }
  throw new HostError('invalid', 'notice.tooLong', 'links and title alone exceed the size of a notice');
}

function oaMessage(content: NoticeContent, links: Links): object {
  const title = cut(content.title, TITLE_CHARS - 1);
  const tone = content.status?.tone ?? 'blue';
  return fit(content, `… ${MORE}`, (body, rows) => ({
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
  const status = content.status === null ? '' : `【${plainInMarkdown(content.status.text)}】`;
  const words = { ...content, body: plainInMarkdown(content.body) };
  return fit(words, `… [${MORE}](${links.pc(content.path)})`, (body, rows) => ({
    msgtype: 'action_card',
    action_card: {
      title,
      markdown: [
        `### ${status}${plainInMarkdown(title)}`,
        ...rows.map(({ label, value }) => `${plainInMarkdown(label)}：${plainInMarkdown(value)}`),
        ...(body === '' ? [] : [body]),
      ].join('\n\n'),
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
