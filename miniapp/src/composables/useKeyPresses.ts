import { onBeforeUnmount, onMounted } from 'vue';

/** Whether somebody is writing, or a sheet or dialog has the keyboard. */
function taken(event: KeyboardEvent): boolean {
  const at = event.target as HTMLElement | null;
  const writes = at?.closest?.('input, textarea, select, [contenteditable="true"]');
  // A control in focus keeps what presses it.
  const presses = (event.key === ' ' || event.key === 'Enter') && at?.closest?.('button, a[href], summary');
  // A closed sheet stays in the page, hidden.
  const open = [...document.querySelectorAll<HTMLElement>('[role="dialog"]')].some(
    (sheet) => sheet.offsetParent !== null,
  );
  return Boolean(writes || presses) || event.isComposing || open;
}

/**
 * Single keys that act, off while a field has the focus, an input method composes or a sheet is open, and with any
 * modifier held (those belong to the browser). Named as `event.key`, in lower case.
 */
export function useKeyPresses<K extends string>(on: Partial<Record<K, () => void>>): void {
  function press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || taken(event)) {
      return;
    }
    const act = on[event.key.toLowerCase() as K];
    if (act) {
      event.preventDefault();
      act();
    }
  }
  onMounted(() => document.addEventListener('keydown', press));
  onBeforeUnmount(() => document.removeEventListener('keydown', press));
}
