/** Suggestions learned from earlier dispatches. The only door of this folder. */
export { createSuggest, type Suggest, type SuggestDeps } from './suggest.ts';
