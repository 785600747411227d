import { defineStore } from 'pinia';
import { nextTick, ref } from 'vue';

/** Words for screen readers, spoken when they change. */
export const useAnnouncer = defineStore('announcer', () => {
  const words = ref('');

  /** Says one sentence; the same sentence twice is spoken twice. */
  function say(sentence: string): void {
    words.value = '';
    void nextTick(() => {
      words.value = sentence;
    });
  }

  return { words, say };
});
