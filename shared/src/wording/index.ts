/**
 * Words with variables in them: 「还剩 {剩余时间}，请答复」. The server fills them in, the editor of 管理 shows each variable
 * as one piece; both read a text here.
 */

/** A piece of a text: plain words, or the name of a variable. */
export type WordingPart = { text: string } | { variable: string };

const VARIABLE = /\{([^{}]*)\}/g;

/** The text in its pieces, in order; joined again by {@link wordingOf} they are the same text. */
export function partsOf(wording: string): WordingPart[] {
  const parts: WordingPart[] = [];
  let from = 0;
  for (const match of wording.matchAll(VARIABLE)) {
    if (match.index > from) {
      parts.push({ text: wording.slice(from, match.index) });
    }
    parts.push({ variable: match[1] ?? '' });
    from = match.index + match[0].length;
  }
  if (from < wording.length) {
    parts.push({ text: wording.slice(from) });
  }
  return parts;
}

export function wordingOf(parts: readonly WordingPart[]): string {
  return parts.map((part) => ('text' in part ? part.text : `{${part.variable}}`)).join('');
}

/** Names of the variables in the text, each once, in order. */
export function variablesOf(wording: string): string[] {
  return [...new Set(partsOf(wording).flatMap((part) => ('variable' in part ? [part.variable] : [])))];
}

/** True when a brace stands where no variable is. */
export function hasStrayBrace(wording: string): boolean {
  return partsOf(wording).some((part) => 'text' in part && /[{}]/.test(part.text));
}

/**
 * The text with each variable's value in its place, in one pass: a value that looks like a variable stays what it is.
 * A variable without a value leaves nothing.
 */
export function fill(wording: string, values: Readonly<Record<string, string>>): string {
  return partsOf(wording)
    .map((part) =>
      'text' in part ? part.text : Object.hasOwn(values, part.variable) ? values[part.variable] : '',
    )
    .join('');
}
