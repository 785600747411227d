import { HEAD_TEXT, MORE, TONES, cut, fitNotice, markdownOf, plainInMarkdown } from '../common/notice.ts';
import type { NoticeContent } from '../port.ts';
import type { Links } from './links.ts';
import type { Dialect } from './options.ts';

const TITLE_CHARS = 50;
const BUTTON_CHARS = 20;

type Shape = Pick<Dialect, 'noticeKind' | 'noticeBytes'>;

function oaMessage(content: NoticeContent, links: Links, bytes: number): object {
  const tone = content.status?.tone ?? 'blue';
  return fitNotice(content, { bytes, more: `… ${MORE}` }, (body, rows) => ({
    msgtype: 'oa',
    oa: {
      message_url: links.phone(content.path),
      pc_message_url: links.pc(content.path),
      head: { bgcolor: `FF${TONES[tone]}`, text: HEAD_TEXT },
      body: {
        title: titleOf(content),
        form: rows.map(({ label, value }) => ({ key: `${label}：`, value })),
        ...(body === '' ? {} : { content: body }),
      },
    },
  }));
}

function cardMessage(content: NoticeContent, links: Links, bytes: number): object {
  const words = { ...content, body: plainInMarkdown(content.body) };
  const more = `… [${MORE}](${links.pc(content.path)})`;
  const buttons = content.buttons.length > 0 ? content.buttons : [{ title: MORE, path: content.path }];
  return fitNotice(words, { bytes, more }, (body, rows) => ({
    msgtype: 'action_card',
    action_card: {
      title: titleOf(content),
      // The state opens the words: it is not said twice.
      markdown: markdownOf(content, cut(content.title, TITLE_CHARS - 1), body, rows),
      btn_orientation: '0',
      btn_json_list: buttons.map(({ title, path }) => ({
        title: cut(title, BUTTON_CHARS - 1),
        action_url: links.button(path),
      })),
    },
  }));
}

/** This one alone is written in camelCase. */
function linkMessage(content: NoticeContent, links: Links, bytes: number): object {
  return fitNotice(content, { bytes, more: '…' }, (body, rows) => ({
    msgtype: 'link',
    link: {
      messageUrl: links.button(content.path),
      picUrl: '',
      title: titleOf(content),
      text: lines(body, rows),
    },
  }));
}

function textMessage(content: NoticeContent, links: Links, bytes: number): object {
  return fitNotice(content, { bytes, more: '…' }, (body, rows) => ({
    msgtype: 'text',
    text: {
      content: `${titleOf(content)}\n${lines(body, rows)}\n${MORE}：${links.phone(content.path)}`,
    },
  }));
}

const lines = (body: string, rows: { label: string; value: string }[]): string =>
  [...rows.map(({ label, value }) => `${label}：${value}`), ...(body === '' ? [] : [body])].join('\n');

/** A state stands in the title: these messages have no status bar. */
function titleOf(content: NoticeContent): string {
  const status = content.status === null ? '' : `【${content.status.text}】`;
  return cut(`${status}${content.title}`, TITLE_CHARS - 1);
}

const MESSAGES = { oa: oaMessage, action_card: cardMessage, link: linkMessage, text: textMessage };

/**
 * One work notice as the platform's message JSON. Buttons need an action card; a notice without any takes the form this
 * installation is set to. Pure: the same content gives the same bytes. Rejects `invalid` when the links leave no room.
 */
export function renderNotice(content: NoticeContent, links: Links, shape: Shape): string {
  const kind = content.buttons.length > 0 ? 'action_card' : shape.noticeKind;
  return JSON.stringify(MESSAGES[kind](content, links, shape.noticeBytes));
}
