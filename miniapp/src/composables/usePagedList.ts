import type { CaseItem, CasePage } from '@minqing/shared/contract';
import { computed, onBeforeUnmount, ref, shallowRef } from 'vue';
import { api, asApiError, type ApiError, type CaseQuery } from '../api/index.ts';

/** Skeletons shown sooner than this flicker. Milliseconds. */
const SKELETON_AFTER = 300;

/**
 * A keyset-paged list of cases. `query()` is read at each `reload`; an answer that a newer question overtook is dropped.
 */
export function usePagedList(query: () => CaseQuery) {
  const items = shallowRef<CaseItem[]>([]);
  const after = ref<string | null>(null);
  const total = ref<number | null>(null);
  const error = shallowRef<ApiError | null>(null);
  const loading = ref(false);
  const waiting = ref(false);
  const loaded = ref(false);
  const more = computed(() => after.value !== null);
  let running: AbortController | null = null;

  function take(page: CasePage, appended: boolean): void {
    items.value = appended ? [...items.value, ...page.items] : page.items;
    after.value = page.after;
    total.value = page.total;
    loaded.value = true;
    error.value = null;
  }

  async function read(from: string | null): Promise<void> {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    loading.value = true;
    const timer = setTimeout(() => {
      waiting.value = running === mine && from === null;
    }, SKELETON_AFTER);
    try {
      const page = await api.cases({ ...query(), after: from ?? undefined }, mine.signal);
      if (running === mine) {
        take(page, from !== null);
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

  /** Reads from the beginning. */
  const reload = (): Promise<void> => read(null);

  /** Reads the next page, when there is one and none is on its way. */
  async function next(): Promise<void> {
    if (after.value !== null && !loading.value) {
      await read(after.value);
    }
  }

  onBeforeUnmount(() => {
    running?.abort();
    running = null;
  });

  return { items, total, error, loading, waiting, loaded, more, reload, next };
}
