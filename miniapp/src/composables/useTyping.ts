import { onBeforeUnmount, ref, watch, type Ref } from 'vue';

const REST = 350;

/**
 * Calls `settled` once the words have rested, and not while an input method still composes them: half a syllable is no
 * search.
 */
export function useTyping(words: Ref<string>, settled: () => void) {
  const composing = ref(false);
  let timer = 0;

  function soon(): void {
    clearTimeout(timer);
    if (!composing.value) {
      timer = window.setTimeout(settled, REST);
    }
  }

  /** Told at the start and the end of a composition. */
  function compose(now: boolean): void {
    composing.value = now;
    soon();
  }

  watch(words, soon);
  onBeforeUnmount(() => clearTimeout(timer));

  return { compose };
}
