import { HostError, type NoticeContent } from '../port.ts';

/** What the notices of all hosts have in common: their words fit, and nobody's text becomes markup. */

export const HEAD_TEXT = '民情一点通';
export const MORE = '查看全文';
const FORM_ROWS = 6; // clients show six: the number is the first
const BODY_CHARS = 300; // what anybody reads in a chat; the rest is one tap away
const VALUE_CHARS = 60;
const LABEL_CHARS = 10;

/** Colours of a status, RRGGBB. */
export const TONES = {
  blue: '1F5FE0',
  green: '0E9F6E',
  amber: 'B7791F',
  red: 'D92D3A',
  grey: '7A869C',
} as const;

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

/** The words of an action card as Markdown: title with its state, rows, body. `body` has been made plain already. */
export function markdownOf(
  content: NoticeContent,
  title: string,
  body: string,
  rows: { label: string; value: string }[],
): string {
  const status = content.status === null ? '' : `【${plainInMarkdown(content.status.text)}】`;
  return [
    `### ${status}${plainInMarkdown(title)}`,
    ...rows.map(({ label, value }) => `${plainInMarkdown(label)}：${plainInMarkdown(value)}`),
    ...(body === '' ? [] : [body]),
  ].join('\n\n');
}

export type BuildNotice = (body: string, rows: { label: string; value: string }[]) => object;

/**
 * Builds with as much of the body as `bytes` of JSON hold; when not even none of it fits, rows go, the last first.
 * Rejects `invalid` when the links leave no room.
 */
export function fitNotice(
  content: NoticeContent,
  limits: { bytes: number; more: string },
  build: BuildNotice,
): object {
  const bytesOf = (message: object): number => Buffer.byteLength(JSON.stringify(message));
  const rows = [
    ...(content.number === '' ? [] : [{ label: '编号', value: content.number }]),
    ...content.lines.map(({ label, value }) => ({
      label: cut(label, LABEL_CHARS),
      value: cut(value, VALUE_CHARS),
    })),
  ].slice(0, FORM_ROWS);
  for (let kept = rows.length; kept >= Math.min(1, rows.length); kept--) {
    const attempt = (count: number): object =>
      build(count === 0 ? '' : cut(content.body, count, limits.more), rows.slice(0, kept));
    const fits = (count: number): boolean => bytesOf(attempt(count)) <= limits.bytes;
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
