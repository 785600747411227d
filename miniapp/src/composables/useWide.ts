import { onBeforeUnmount, ref, type Ref } from 'vue';

const QUERY = '(min-width: 900px)';

/** True while the window is wide enough for the workbench. */
export function isWide(): boolean {
  return window.matchMedia?.(QUERY).matches === true;
}

/** The same, following the window. */
export function useWide(): Ref<boolean> {
  const wide = ref(isWide());
  const list = window.matchMedia?.(QUERY);
  const follow = (): void => {
    wide.value = isWide();
  };
  list?.addEventListener?.('change', follow);
  onBeforeUnmount(() => list?.removeEventListener?.('change', follow));
  return wide;
}
