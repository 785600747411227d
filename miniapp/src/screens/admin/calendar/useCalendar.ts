import type { CalendarChange } from '@minqing/shared/contract';
import { computed, onBeforeUnmount, ref, shallowRef, watch } from 'vue';
import { asApiError, Intent, type ApiError } from '../../../api/index.ts';
import { useLoad } from '../../../composables/useLoad.ts';
import { toast } from '../../../ui/say.ts';
import { useAdminArea } from '../useAdminArea.ts';
import { calendarApi } from './api.ts';

/** How often the page looks again while running clocks are being counted anew, in milliseconds. */
const FOLLOW = 2_500;

/** A year of the chosen area's calendar, and keeping one change of it. After a change everything is read again. */
export function useCalendar() {
  const place = useAdminArea();
  const areaId = computed(() => place.area?.id ?? '');
  const year = ref(0);
  const loaded = useLoad(async () => {
    await place.load();
    return calendarApi.year(areaId.value, year.value || undefined);
  });
  const { data } = loaded;
  watch(data, (view) => {
    year.value = view?.year ?? year.value;
  });
  watch(areaId, (now, before) => {
    if (before !== '' && now !== before) {
      data.value = null;
      void loaded.reload();
    }
  });

  function show(next: number): void {
    if (next !== year.value) {
      year.value = next;
      void loaded.reload();
    }
  }

  const timer = setInterval(() => {
    if (data.value?.changes.some((change) => change.running)) {
      void loaded.reload();
    }
  }, FOLLOW);
  onBeforeUnmount(() => clearInterval(timer));

  const busy = ref(false);
  const problem = shallowRef<ApiError | null>(null);
  const intent = new Intent();

  /** Keeps the change; true when it was kept. A refusal stands in `problem` and loses nothing. */
  async function save(change: CalendarChange, done: string): Promise<boolean> {
    if (busy.value) {
      return false;
    }
    busy.value = true;
    problem.value = null;
    const body = { areaId: areaId.value, change };
    try {
      await calendarApi.save(
        areaId.value,
        change,
        intent.keyFor({ ...body, at: data.value?.changes[0]?.id }),
      );
      await loaded.reload();
      await toast(done);
      return true;
    } catch (thrown) {
      problem.value = asApiError(thrown);
      return false;
    } finally {
      busy.value = false;
    }
  }

  return { ...loaded, place, areaId, year, show, busy, problem, save };
}

export type Calendar = ReturnType<typeof useCalendar>;
