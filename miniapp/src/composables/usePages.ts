import { computed, onMounted, ref, shallowRef, type Ref } from 'vue';
import type { ApiError } from '../api/index.ts';
import { useLatest } from './useLatest.ts';
import { reloadOnReturn } from './useLoad.ts';

interface AnyPage {
  items: unknown[];
  after: string | null;
}

/** What a list of any kind is to whoever shows it. */
export interface Paged<T> {
  items: Readonly<Ref<T[]>>;
  /** The first page is there. */
  loaded: Readonly<Ref<boolean>>;
  /** Of the newest question, also when older rows are still shown. */
  error: Readonly<Ref<ApiError | null>>;
  loading: Readonly<Ref<boolean>>;
  waiting: Readonly<Ref<boolean>>;
  /** There is another page. */
  more: Readonly<Ref<boolean>>;
  reload(): Promise<void>;
  next(): Promise<void>;
}

/**
 * A list read page by page with a cursor, when it is told to. `read(after, signal)` gives the page behind the cursor, the
 * first one for null; `first` is the last page that began a list.
 */
export function useCursor<P extends AnyPage>(
  read: (after: string | null, signal: AbortSignal) => Promise<P>,
) {
  const first = shallowRef<P | null>(null);
  const items = shallowRef<P['items'][number][]>([]);
  const after = ref<string | null>(null);
  const more = computed(() => after.value !== null);
  const loaded = computed(() => first.value !== null);
  const { ask, ...state } = useLatest(() => first.value === null);

  const take = (from: string | null): Promise<void> =>
    ask(
      (signal) => read(from, signal),
      (page) => {
        first.value = from === null ? page : first.value;
        items.value = from === null ? page.items : [...items.value, ...page.items];
        after.value = page.after;
      },
    );
  const reload = (): Promise<void> => take(null);
  /** The next page, when there is one and none is on its way. */
  async function next(): Promise<void> {
    if (after.value !== null && !state.loading.value) {
      await take(after.value);
    }
  }
  return { first, loaded, items, more, ...state, reload, next };
}

/** The same, read when the screen opens, and again when the network returns after a failure. */
export function usePages<P extends AnyPage>(read: (after: string | null) => Promise<P>) {
  const pages = useCursor(read);
  reloadOnReturn(pages.error, pages.reload);
  onMounted(() => void pages.reload());
  return pages;
}
