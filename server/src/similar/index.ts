/** Open cases like the one being written or reviewed. The only door of this folder. */
export { createSimilar, type Similar, type SimilarDeps, type SimilarQuery } from './similar.ts';
