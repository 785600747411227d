/** Chinese text as words. */
export { cut, WORDS_VERSION, wordsOf, wordsWithin, type Word } from './segment.ts';
