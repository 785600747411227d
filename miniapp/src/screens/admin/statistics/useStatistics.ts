import type { StatisticsSettings, StatisticsSettingsChange } from '@minqing/shared/contract';
import { computed, onBeforeUnmount, watch } from 'vue';
import { useChange } from '../../../composables/useChange.ts';
import { useLoad } from '../../../composables/useLoad.ts';
import { toast } from '../../../ui/say.ts';
import { useAdminArea } from '../useAdminArea.ts';
import { statisticsApi } from './api.ts';

export type Own = StatisticsSettings['own'];
export type PointRules = StatisticsSettings['points'][number];
const POLL = 2_000;

/** What the chosen area sets about its figures; every change sends all of it, and the page is what the server answers. */
export function useStatistics() {
  const place = useAdminArea();
  const areaId = computed(() => place.area?.id ?? '');
  const loaded = useLoad(async () => {
    await place.load();
    return statisticsApi.page(areaId.value);
  });
  const { data, reload } = loaded;
  const changing = useChange();
  let timer = 0;

  watch(areaId, (now, before) => {
    if (before !== '' && now !== before) {
      data.value = null;
      void reload();
    }
  });
  watch(data, (now) => {
    clearTimeout(timer);
    if (now?.counting) {
      timer = window.setTimeout(() => void reload(), POLL);
    }
  });
  onBeforeUnmount(() => clearTimeout(timer));

  /** True when it was kept; what was refused stands in `says` and `refusal`. */
  async function save(part: Partial<Own>, done: string): Promise<boolean> {
    const view = data.value;
    if (!view) {
      return false;
    }
    const body: StatisticsSettingsChange = { ...view.own, ...part, areaId: view.areaId, seen: view.seen };
    const kept = await changing.change('settings', body, async (key) => {
      data.value = await statisticsApi.save(body, key);
    });
    if (kept) {
      await toast(done);
    } else if (changing.problem.value?.code === 'conflict') {
      await reload();
    }
    return kept;
  }

  async function recount(): Promise<void> {
    if (await changing.change('recount', {}, (key) => statisticsApi.recount(key))) {
      await reload();
    } else {
      await toast(changing.problem.value?.title ?? '');
    }
  }

  return { ...loaded, ...changing, areaId, save, recount };
}
export type StatisticsPage = ReturnType<typeof useStatistics>;
