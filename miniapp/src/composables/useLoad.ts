import { onBeforeUnmount, onMounted, ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { asApiError, type ApiError } from '../api/index.ts';
import { useNetwork } from '../stores/network.ts';

/** A skeleton shown sooner than this flickers. Milliseconds. */
const SKELETON_AFTER = 300;

export interface Loaded<T> {
  data: ShallowRef<T | null>;
  error: ShallowRef<ApiError | null>;
  loading: Ref<boolean>;
  /** True once the wait deserves a skeleton. */
  waiting: Ref<boolean>;
  /** Reads again; what is shown stays until the answer, and stays when it fails. */
  reload(): Promise<void>;
}

/** Reads something when the screen opens, again when the network returns after a failure. */
export function useLoad<T>(read: () => Promise<T>): Loaded<T> {
  const data = shallowRef<T | null>(null);
  const error = shallowRef<ApiError | null>(null);
  const loading = ref(false);
  const waiting = ref(false);
  let latest = 0;

  async function reload(): Promise<void> {
    latest += 1;
    const mine = latest;
    loading.value = true;
    const timer = setTimeout(() => {
      waiting.value = data.value === null;
    }, SKELETON_AFTER);
    try {
      const answer = await read();
      if (mine === latest) {
        data.value = answer;
        error.value = null;
      }
    } catch (thrown) {
      if (mine === latest) {
        error.value = asApiError(thrown);
      }
    } finally {
      clearTimeout(timer);
      if (mine === latest) {
        loading.value = false;
        waiting.value = false;
      }
    }
  }

  const stop = useNetwork().onBack(() => {
    if (error.value) {
      void reload();
    }
  });
  onMounted(() => void reload());
  onBeforeUnmount(stop);

  return { data, error, loading, waiting, reload };
}
