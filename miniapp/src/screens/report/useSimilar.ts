import type { SimilarCase } from '@minqing/shared/contract';
import { onBeforeUnmount, ref, shallowRef, watch } from 'vue';
import { api } from '../../api/index.ts';
import type { ReportForm } from '../../drafts/types.ts';

/** The title has rested this long, in milliseconds, before it is looked up. */
const REST = 600;
/** Fewer letters name no matter. */
const SHORTEST = 4;
/** The beginning of a situation is enough, and an address must not grow long. */
const READ = 200;

export type SimilarState = 'early' | 'none' | 'found';

/**
 * Open cases like the report being written. What was found stays while the next look-up runs; with no network nothing
 * is said at all, and the form goes on as if there were no such thing.
 */
export function useSimilar(form: ReportForm, wanted: () => boolean) {
  const items = shallowRef<SimilarCase[]>([]);
  const state = ref<SimilarState>('early');
  let timer = 0;
  let running: AbortController | null = null;

  async function look(): Promise<void> {
    running?.abort();
    const title = form.title.trim();
    if (!wanted() || title.length < SHORTEST) {
      items.value = [];
      state.value = 'early';
      return;
    }
    const mine = new AbortController();
    running = mine;
    const { text, areaId, latitude, longitude } = form.place;
    try {
      const found = await api.similar(
        {
          title,
          ...(form.situation.trim() ? { situation: form.situation.trim().slice(0, READ) } : {}),
          ...(text.trim() ? { place: text.trim() } : {}),
          ...(form.categoryId ? { categoryId: form.categoryId } : {}),
          ...(areaId ? { areaId } : {}),
          ...(latitude === undefined || longitude === undefined ? {} : { latitude, longitude }),
        },
        mine.signal,
      );
      if (!mine.signal.aborted) {
        items.value = found;
        state.value = found.length > 0 ? 'found' : 'none';
      }
    } catch {
      if (!mine.signal.aborted && items.value.length === 0) {
        state.value = 'early';
      }
    }
  }

  watch(
    () => [
      form.title,
      form.situation.slice(0, READ),
      form.place.text,
      form.place.areaId,
      form.place.latitude,
      form.categoryId,
      wanted(),
    ],
    () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => void look(), REST);
    },
    { immediate: true },
  );
  onBeforeUnmount(() => {
    clearTimeout(timer);
    running?.abort();
  });

  return { items, state };
}
