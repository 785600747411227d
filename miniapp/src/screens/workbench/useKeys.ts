import { onBeforeUnmount, onMounted } from 'vue';

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

/** Whether somebody is writing, or a sheet or dialog has the keyboard. */
function taken(event: KeyboardEvent): boolean {
  const at = event.target as HTMLElement | null;
  const writes = at?.closest?.('input, textarea, select, [contenteditable="true"]');
  // A closed sheet stays in the page, hidden.
  const open = [...document.querySelectorAll<HTMLElement>('[role="dialog"]')].some(
    (sheet) => sheet.offsetParent !== null,
  );
  return Boolean(writes) || event.isComposing || open;
}

/**
 * Single keys that act, off while a field has the focus, an input method composes or a sheet is open, and with any
 * modifier held (those belong to the browser).
 */
export function useKeys(on: Partial<Record<Key, () => void>>): void {
  function press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || taken(event)) {
      return;
    }
    const act = on[event.key.toLowerCase() as Key];
    if (act) {
      event.preventDefault();
      act();
    }
  }
  onMounted(() => document.addEventListener('keydown', press));
  onBeforeUnmount(() => document.removeEventListener('keydown', press));
}
