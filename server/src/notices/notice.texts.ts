/** A notice of an event, in the words of the area: two or three lines; the rest is behind the link. */
import type { Case, CaseEvent, NoticeName } from '@minqing/shared/workflow';
import type { NoticeContent } from '../hosts/index.ts';
import type { Telling } from '../cases/index.ts';
import { lastingMoment } from './moments.ts';
import { NOTICE_TEXTS, noticeTextId, type NoticeVariant } from './notice.wording.ts';
import { noticeValues } from './notice.values.ts';
import { filled, wordsOf, type AreaWording } from './wording.ts';

export interface NoticeContext {
  c: Case;
  /** The event it tells of. */
  event: CaseEvent;
  telling: Telling;
  /** Who did it, in words the reader may see; empty for the system. */
  who: string;
  categoryName(id: string): string;
  /** What the area set. */
  wording: AreaWording;
}

/** Which words fit what happened: some notices have others where a reason or a person is missing. */
function variantOf(notice: NoticeName, { event }: NoticeContext): NoticeName | NoticeVariant {
  switch (notice) {
    case 'taken':
      return event.data.reason ? notice : 'taken.noReason';
    case 'withdrawn':
      return event.personId ? notice : 'withdrawn.silence';
    case 'urged':
      return event.data.text ? notice : 'urged.noWords';
    default:
      return notice;
  }
}

/** What stands around the words of a notice. Its number tells apart two notices that would read the same. */
export interface NoticeFrame {
  number: string;
  values: Readonly<Record<string, string>>;
  at: number;
  path: string;
}

/** The content of the text with that id: also what the preview shows. */
export function contentOf(textId: string, wording: AreaWording, frame: NoticeFrame): NoticeContent {
  const { title = '', body = '' } = filled(wordsOf(textId, NOTICE_TEXTS, wording), frame.values);
  const text = NOTICE_TEXTS.get(textId);
  // The corner of a notice has room for a few characters: what kind of notice it is, not the beginning of its title.
  const kind = text?.of === undefined ? text : NOTICE_TEXTS.get(text.of);
  return {
    number: frame.number,
    title,
    lines: [
      { label: '民情', value: frame.values['民情标题'] ?? '' },
      { label: '类别', value: frame.values['类别'] ?? '' },
      { label: '时间', value: lastingMoment(frame.at) },
    ],
    body,
    path: frame.path,
    buttons: [],
    status: { text: kind?.name ?? '', tone: text?.tone ?? 'blue' },
  };
}

/** The content of a notice, host-independent. */
export function noticeContent(notice: NoticeName, x: NoticeContext, path: string): NoticeContent {
  return contentOf(noticeTextId(variantOf(notice, x)), x.wording, {
    number: `${x.c.number}·${x.event.version}`,
    values: noticeValues(x),
    at: x.event.at,
    path,
  });
}
