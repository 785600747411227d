import { computed, onBeforeUnmount, ref, shallowRef } from 'vue';
import type { StatisticsDesks } from '@minqing/shared/contract';
import { useRoute } from 'vue-router';
import { asApiError } from '../../api/index.ts';
import { figuresApi } from '../figures/api.ts';
import { askedBy } from '../figures/asked.ts';
import { readAll, type Shown } from '../figures/useFigures.ts';

const EVERY = 60_000;
/** While nothing comes back it is asked more often. */
const AGAIN_AFTER = 10_000;

/** The figures of an area for a wall: read every minute without anybody's touch; what is shown stays when the connection is lost, and that is said. */
export function useWall() {
  const route = useRoute();
  const desks = shallowRef<StatisticsDesks | null>(null);
  const shown = shallowRef<Shown | null>(null);
  const problem = ref('');
  let timer: number | undefined;
  let over = false;

  const desk = computed(() => {
    const areas = desks.value?.desks.filter(({ kind }) => kind === 'area') ?? [];
    return areas.find(({ id }) => id === route.query.desk) ?? areas[0] ?? null;
  });

  async function load(): Promise<void> {
    window.clearTimeout(timer);
    try {
      desks.value ??= await figuresApi.desks();
      if (desk.value) {
        shown.value = await readAll({ ...askedBy(route.query), desk: desk.value.id }, true);
      }
      problem.value = '';
    } catch (thrown) {
      problem.value = asApiError(thrown).title;
    }
    if (!over) {
      timer = window.setTimeout(() => void load(), problem.value ? AGAIN_AFTER : EVERY);
    }
  }

  void load();
  onBeforeUnmount(() => {
    over = true;
    window.clearTimeout(timer);
  });
  return { desks, desk, shown, problem };
}
