import type { AdminAttention } from '@minqing/shared/contract';
import { defineStore } from 'pinia';
import { ref } from 'vue';
import { call } from '../api/client.ts';

const EVERY = 60_000;

/** What waits for an administrator: the dot on the rail, the numbers beside the pages of 管理. */
export const useAttention = defineStore('attention', () => {
  const deadLetters = ref(0);
  const stuck = ref(0);
  let readAt = 0;

  /** Reads the numbers again; at most once a minute unless something was just done. Never throws. */
  async function refresh(now = false): Promise<void> {
    if (!now && Date.now() - readAt < EVERY) {
      return;
    }
    readAt = Date.now();
    try {
      const { data } = await call<AdminAttention>('/admin/attention', { retry: false });
      deadLetters.value = data.deadLetters;
      stuck.value = data.stuck;
    } catch {
      // The numbers shown stay as they were until the next look.
    }
  }

  return { deadLetters, stuck, refresh };
});
