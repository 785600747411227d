import { computed, onBeforeUnmount, onMounted, ref, shallowRef } from 'vue';
import { asApiError, type ApiError } from '../api/index.ts';
import { useNetwork } from '../stores/network.ts';

const SKELETON_AFTER = 300;

/**
 * A list read page by page with a cursor. `read(after)` gives the page behind the cursor, the first one for null; what
 * a newer question overtook is dropped, and what is shown stays until an answer has come.
 */
export function usePages<P extends { items: unknown[]; after: string | null }>(
  read: (after: string | null) => Promise<P>,
) {
  const first = shallowRef<P | null>(null);
  const items = shallowRef<P['items'][number][]>([]);
  const error = shallowRef<ApiError | null>(null);
  const loading = ref(false);
  const waiting = ref(false);
  const after = ref<string | null>(null);
  const more = computed(() => after.value !== null);
  let latest = 0;

  async function take(from: string | null): Promise<void> {
    latest += 1;
    const mine = latest;
    loading.value = true;
    const timer = setTimeout(() => {
      waiting.value = first.value === null;
    }, SKELETON_AFTER);
    try {
      const page = await read(from);
      if (mine === latest) {
        first.value = from === null ? page : first.value;
        items.value = from === null ? page.items : [...items.value, ...page.items];
        after.value = page.after;
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

  const reload = (): Promise<void> => take(null);
  /** The next page, when there is one and none is on its way. */
  async function next(): Promise<void> {
    if (after.value !== null && !loading.value) {
      await take(after.value);
    }
  }

  const stop = useNetwork().onBack(() => {
    if (error.value) {
      void reload();
    }
  });
  onMounted(() => void reload());
  onBeforeUnmount(stop);

  return { first, items, error, loading, waiting, more, reload, next };
}
