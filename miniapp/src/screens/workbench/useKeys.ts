import { useKeyPresses } from '../../composables/useKeyPresses.ts';

/** Keys of the workbench, in the order the help shows them. */
export const KEYS = [
  { key: 'j', shown: 'J', does: '下一件' },
  { key: 'k', shown: 'K', does: '上一件' },
  { key: 'p', shown: 'P', does: '办：受理、交办、签收、答复、裁定' },
  { key: 'r', shown: 'R', does: '退回' },
  { key: 'd', shown: 'D', does: '交办或改派' },
  { key: 'c', shown: 'C', does: '写备注' },
  { key: '/', shown: '/', does: '搜索' },
  { key: '?', shown: '?', does: '全部快捷键' },
] as const;
export type Key = (typeof KEYS)[number]['key'];

/** The keys of the workbench that a part of it answers. */
export const useKeys = (on: Partial<Record<Key, () => void>>): void => useKeyPresses<Key>(on);
