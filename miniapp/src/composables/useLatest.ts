import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { asApiError, type ApiError } from '../api/index.ts';

/** A skeleton shown sooner than this flickers. Milliseconds. */
const SKELETON_AFTER = 300;

export interface Latest {
  error: ShallowRef<ApiError | null>;
  loading: Ref<boolean>;
  /** True once the wait deserves a skeleton. */
  waiting: Ref<boolean>;
  /**
   * Reads, and takes the answer unless a newer question overtook it: that one's signal ends the older request. What is
   * shown stays until the answer is there, and stays when it fails. Never throws.
   */
  ask<T>(read: (signal: AbortSignal) => Promise<T>, take: (answer: T) => void): Promise<void>;
}

/** The state around something read again and again. `isEmpty` tells that nothing is shown yet, so that a wait shows a skeleton. */
export function useLatest(isEmpty: () => boolean): Latest {
  const error = shallowRef<ApiError | null>(null);
  const loading = ref(false);
  const waiting = ref(false);
  let running: AbortController | null = null;

  async function ask<T>(read: (signal: AbortSignal) => Promise<T>, take: (answer: T) => void): Promise<void> {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    loading.value = true;
    const timer = setTimeout(() => {
      waiting.value = running === mine && isEmpty();
    }, SKELETON_AFTER);
    try {
      const answer = await read(mine.signal);
      if (running === mine) {
        take(answer);
        error.value = null;
      }
    } catch (thrown) {
      if (running === mine) {
        error.value = asApiError(thrown);
      }
    } finally {
      clearTimeout(timer);
      if (running === mine) {
        loading.value = false;
        waiting.value = false;
      }
    }
  }

  onScopeDispose(() => {
    running?.abort();
    running = null;
  });
  return { error, loading, waiting, ask };
}
