import { computed, ref, shallowRef, watch } from 'vue';
import { asApiError, type ApiError } from '../../../api/index.ts';
import { useLoad } from '../../../composables/useLoad.ts';
import { confirm, toast } from '../../../ui/say.ts';
import { useAdminArea } from '../useAdminArea.ts';
import { catalogueApi, type SettingTarget } from './api.ts';

/**
 * A page of settings: read for the chosen area, changed one setting at a time. A refusal leaves its sentences at the
 * fields (`says`) and loses nothing that was typed; after a change everything is read again.
 */
export function useSettings<T>(read: (areaId: string) => Promise<T>) {
  const place = useAdminArea();
  const areaId = computed(() => place.area?.id ?? '');
  const loaded = useLoad(async () => {
    await place.load();
    return read(areaId.value);
  });
  watch(areaId, (now, before) => {
    if (before !== '' && now !== before) {
      loaded.data.value = null;
      problem.value = null;
      void loaded.reload();
    }
  });

  const busy = ref(false);
  const problem = shallowRef<ApiError | null>(null);

  /** The sentence for a field of the value; '' when it is fine. */
  const says = (path: string): string =>
    problem.value?.errors.find((one) => one.path === path || one.path === `value.${path}`)?.message ?? '';
  /** A refusal no field shows. */
  const refusal = computed(() =>
    problem.value && problem.value.errors.every((one) => one.path === '') ? problem.value.title : '',
  );

  /** Does one change; true when it was made. */
  async function change(work: () => Promise<void>, done: string): Promise<boolean> {
    if (busy.value) {
      return false;
    }
    busy.value = true;
    problem.value = null;
    try {
      await work();
      await loaded.reload();
      await toast(done);
      return true;
    } catch (thrown) {
      problem.value = asApiError(thrown);
      if (problem.value.errors.length === 0) {
        await toast(problem.value.title);
      }
      return false;
    } finally {
      busy.value = false;
    }
  }

  const target = (one: Omit<SettingTarget, 'areaId'>): SettingTarget => ({ ...one, areaId: areaId.value });
  const clear = (one: Omit<SettingTarget, 'areaId'>, done: string): Promise<boolean> =>
    change(() => catalogueApi.clear(target(one)), done);

  /** Asks, then gives the setting back to the area above; `text` says what of one's own is no longer used. */
  async function follow(one: Omit<SettingTarget, 'areaId'>, text: string): Promise<boolean> {
    const sure = await confirm({ title: '改回沿用上级？', text, yes: '改回沿用' });
    return sure && clear(one, '已改回沿用上级');
  }

  return {
    ...loaded,
    place,
    areaId,
    busy,
    problem,
    says,
    refusal,
    save: (one: Omit<SettingTarget, 'areaId'>, value: object, done = '已保存') =>
      change(() => catalogueApi.save(target(one), value), done),
    clear,
    follow,
    undo: (changeId: string) => change(() => catalogueApi.undo(changeId), '已撤销这次修改'),
  };
}

export type Settings<T> = ReturnType<typeof useSettings<T>>;
