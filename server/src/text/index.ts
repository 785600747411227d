/** Chinese text as words. */
export { cut, wordsOf, type Word } from './segment.ts';
