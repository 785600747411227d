import { onBeforeUnmount, ref, type Ref } from 'vue';

/** Whether the window answers the query now. */
export function matches(query: string): boolean {
  return window.matchMedia?.(query).matches === true;
}

/** The same, following the window. */
export function useMedia(query: string): Ref<boolean> {
  const now = ref(matches(query));
  const list = window.matchMedia?.(query);
  const follow = (): void => {
    now.value = matches(query);
  };
  list?.addEventListener?.('change', follow);
  onBeforeUnmount(() => list?.removeEventListener?.('change', follow));
  return now;
}
