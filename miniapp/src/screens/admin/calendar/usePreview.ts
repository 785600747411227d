import type { CalendarChange, CalendarPreview } from '@minqing/shared/contract';
import { onBeforeUnmount, ref, shallowRef, watch, type Ref } from 'vue';
import { asApiError, type ApiError } from '../../../api/index.ts';
import { calendarApi } from './api.ts';

/** Waits this long after the last key before asking, in milliseconds. */
const PAUSE = 300;

/** What a change would move, asked anew whenever it changes; null while nothing is to be changed. */
export function usePreview(areaId: Ref<string>, change: Ref<CalendarChange | null>) {
  const preview = shallowRef<CalendarPreview | null>(null);
  const problem = shallowRef<ApiError | null>(null);
  const asking = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let abort: AbortController | undefined;

  async function ask(asked: CalendarChange): Promise<void> {
    abort = new AbortController();
    const { signal } = abort;
    try {
      const answer = await calendarApi.preview(areaId.value, asked, signal);
      if (!signal.aborted) {
        preview.value = answer;
        problem.value = null;
        asking.value = false;
      }
    } catch (thrown) {
      if (!signal.aborted) {
        preview.value = null;
        problem.value = asApiError(thrown);
        asking.value = false;
      }
    }
  }

  function again(): void {
    clearTimeout(timer);
    abort?.abort();
    const asked = change.value;
    asking.value = asked !== null;
    if (asked === null) {
      preview.value = null;
      problem.value = null;
      return;
    }
    timer = setTimeout(() => void ask(asked), PAUSE);
  }

  watch(() => JSON.stringify([areaId.value, change.value]), again, { immediate: true });
  onBeforeUnmount(() => {
    clearTimeout(timer);
    abort?.abort();
  });

  return { preview, problem, asking };
}
