/**
 * Cutting Chinese into words: the one file that knows the segmenter (jieba, compiled to WebAssembly). Similar cases,
 * suggestions and topics read the same words, so that a reason shown to a person is a word they wrote.
 *
 * The dictionary costs about 75 MB and a quarter of a second, once a process and not before it is asked for.
 */
import { createRequire } from 'node:module';
import type * as Jieba from 'jieba-wasm';
import { DOMAIN_WORDS, NAME_ENDINGS, STOP_WORDS } from './lexicon.ts';

const HAN = /^\p{Script=Han}+$/u;
const LATIN = /^[\p{L}][\p{L}\p{N}+-]+$/u;
/** 人民 + 东路: even an ordinary word names a road. */
const ROAD = /^[东西南北](路|街)$/;
/** Kinds of words that can carry a name: place, person, organisation, other, unknown. */
const NAMES = new Set(['ns', 'nr', 'nrt', 'nz', 'nt', 'x']);
/** Kinds that say nothing by themselves: numbers, measures, adverbs, prepositions, conjunctions, particles, pronouns. */
const EMPTY = new Set([
  'm',
  'mq',
  'q',
  'd',
  'dg',
  'p',
  'c',
  'u',
  'ud',
  'ug',
  'uj',
  'ul',
  'uv',
  'uz',
  'r',
  'rr',
  'rz',
  'f',
  'y',
  'e',
  'o',
  'k',
  'h',
]);
/** Strong enough that a listed word is never cut, whatever stands beside it. */
const FREQUENCY = 200_000;
const LONGEST = 32;

export interface Word {
  text: string;
  /** Part of speech as the dictionary has it: n, v, a, ns … */
  kind: string;
}

let loaded: typeof Jieba | undefined;

function jieba(): typeof Jieba {
  if (!loaded) {
    loaded = createRequire(import.meta.url)('jieba-wasm') as typeof Jieba;
    for (const word of DOMAIN_WORDS) {
      loaded.add_word(word, FREQUENCY, 'n');
    }
  }
  return loaded;
}

/** Every word of a text in order, punctuation and blanks left out, names of streets and towns in one piece. */
export function cut(text: string): Word[] {
  const found: Word[] = [];
  for (const { word, tag } of jieba().tag(text.normalize('NFKC').toLowerCase(), true)) {
    const last = found.at(-1);
    if (last && joins(last, word)) {
      found[found.length - 1] = { text: last.text + word, kind: 'ns' };
    } else {
      found.push({ text: word, kind: tag });
    }
  }
  return found.filter(({ text: word }) => /[\p{L}\p{N}]/u.test(word));
}

const joins = (before: Word, ending: string): boolean =>
  NAME_ENDINGS.has(ending) &&
  (NAMES.has(before.kind) || (before.kind === 'n' && ROAD.test(ending))) &&
  HAN.test(before.text) &&
  before.text.length >= 2;

/** Raised whenever the same text would be cut otherwise: whoever keeps words then reads everything anew. */
export const WORDS_VERSION = 1;

/** The words of a text that say what it is about, each once, in order of appearance. */
export function wordsOf(text: string): string[] {
  return saying(text, () => []);
}

/** The same with the words inside longer ones: 公交站台 is heard as 公交 and 站台 too. */
export function wordsWithin(text: string): string[] {
  return saying(text, (word) => jieba().cut_for_search(word, false));
}

function saying(text: string, within: (word: string) => readonly string[]): string[] {
  const found = new Set<string>();
  for (const { text: word, kind } of cut(text)) {
    const han = HAN.test(word);
    const says = han ? word.length >= 2 && !EMPTY.has(kind) : LATIN.test(word);
    if (!says || STOP_WORDS.has(word)) {
      continue;
    }
    found.add(word.slice(0, LONGEST));
    const inside = han && word.length >= 3 ? within(word) : [];
    for (const part of inside.filter((each) => each.length >= 2 && !STOP_WORDS.has(each))) {
      found.add(part);
    }
  }
  return [...found];
}
