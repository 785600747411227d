/** HTML put together from texts: whatever is filled in is escaped, except what this file made itself. */

/** Finished markup. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Filling = string | number | Markup | readonly Markup[] | null;

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

function filled(filling: Filling): string {
  if (filling === null) {
    return '';
  }
  if (filling instanceof Markup) {
    return filling.text;
  }
  return typeof filling === 'object' ? filling.map((each) => each.text).join('') : escaped(String(filling));
}

/** A template of HTML; every filling is text unless it is markup. */
export function html(parts: TemplateStringsArray, ...fillings: Filling[]): Markup {
  return new Markup(
    parts.map((part, i) => part + (i < fillings.length ? filled(fillings[i] ?? null) : '')).join(''),
  );
}

/** A string of CSS, whatever it holds. */
export const cssString = (text: string): string =>
  `"${[...text].map((sign) => (/[\w\u4e00-\u9fff]/.test(sign) ? sign : `\\${sign.codePointAt(0)?.toString(16)} `)).join('')}"`;
