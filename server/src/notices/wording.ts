/**
 * The words of notices and cards as data: each text has an id, its default words field by field, and the variables
 * that may stand in them. An area may word any field differently; what it leaves is the default.
 */
import { fill, variablesOf } from '@minqing/shared/wording';
import type { TextRule } from '../catalogue/index.ts';
import type { NoticeContent } from '../hosts/index.ts';

export type Tone = NonNullable<NoticeContent['status']>['tone'];

/** What the fields are called, how long each may be (characters), whether it may have several lines. */
export const FIELDS = {
  title: { label: '标题', max: 40, lines: false },
  strip: { label: '最上面一行', max: 20, lines: false },
  body: { label: '正文', max: 300, lines: true },
  open: { label: '按钮', max: 8, lines: false },
  more: { label: '最下面一行', max: 24, lines: false },
  done: { label: '办完以后', max: 12, lines: false },
} as const;
export type FieldKey = keyof typeof FIELDS;
export type Words = Partial<Record<FieldKey, string>>;

/** One text. A variant (`of`) says only what differs from the text it is one of. */
export interface Text {
  name: string;
  /** Who gets it. */
  to: string;
  words: Words;
  of?: string;
}
export interface NoticeText extends Text {
  tone: Tone;
}

/** What an area set for a text, or null. */
export type AreaWording = (textId: string) => Readonly<Record<string, string>> | null;

/** The words of a text in an area, each field from the nearest that says it: the area, the text, what it is one of. */
export function wordsOf(id: string, texts: ReadonlyMap<string, Text>, set: AreaWording): Words {
  const text = texts.get(id);
  if (!text) {
    throw new Error(`no text ${id}`);
  }
  const base = text.of === undefined ? {} : wordsOf(text.of, texts, set);
  return { ...base, ...text.words, ...set(id) };
}

/** Every field filled in; a field the text does not have stays away. */
export function filled(words: Words, values: Readonly<Record<string, string>>): Words {
  return Object.fromEntries(Object.entries(words).map(([key, text]) => [key, fill(text, values)]));
}

/** Which variables may stand in a text: those any text of its kind may have, and those of its own default words. */
export function variablesIn(text: Text, common: readonly string[]): string[] {
  return [...new Set([...Object.values(text.words).flatMap(variablesOf), ...common])];
}

/** What the catalogue must know of each text to take an area's words. */
export function rulesOf(texts: ReadonlyMap<string, Text>, common: readonly string[]): TextRule[] {
  return [...texts].map(([id, text]) => ({
    id,
    name: text.name,
    fields: (Object.keys(text.words) as FieldKey[]).map((key) => ({ key, ...FIELDS[key] })),
    variables: variablesIn(text, common),
  }));
}
