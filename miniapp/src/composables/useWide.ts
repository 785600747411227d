import type { Ref } from 'vue';
import { matches, useMedia } from './useMedia.ts';

const QUERY = '(min-width: 900px)';

/** True while the window is wide enough for the workbench. */
export const isWide = (): boolean => matches(QUERY);

/** The same, following the window. */
export const useWide = (): Ref<boolean> => useMedia(QUERY);
