import type { StatisticsDesks } from '@minqing/shared/contract';
import { computed, onBeforeUnmount, shallowRef, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useLatest } from '../../composables/useLatest.ts';
import { figuresApi } from './api.ts';
import { askedBy, OFFERED } from './asked.ts';

const REFRESH_EVERY = 60_000;
const RATES = 'closeRate,onTimeRate,satisfactionRate';
const STARS = [5, 4, 3, 2, 1].map((grade) => `stars:${grade}`).join(',');

export type Shown = Awaited<ReturnType<typeof readAll>>;

export async function readAll(asked: ReturnType<typeof askedBy>, ofArea: boolean) {
  const split = OFFERED.find((one) => one.id === asked.period)?.split ?? 'month';
  const [main, trend, pace, areas, units, stages, slow, flow, backlog, topics, ratings, rank] =
    await Promise.all([
      figuresApi.figures(asked, { figures: `${RATES},reported,closed,dispatched,stars,ratedRate,${STARS}` }),
      figuresApi.figures(asked, { split, figures: `reported,closed,${RATES}`, compare: 'false' }),
      figuresApi.stages(asked, { split, stage: 'handle' }),
      ofArea ? figuresApi.figures(asked, { split: 'area', figures: `reported,${RATES}` }) : null,
      ofArea
        ? figuresApi.figures(asked, {
            split: 'unit',
            figures: 'dispatched,onTimeRate,stars',
            rankBy: 'onTimeRate',
            compare: 'false',
          })
        : null,
      figuresApi.stages(asked),
      ofArea ? figuresApi.stages(asked, { split: 'unit', stage: 'handle' }) : null,
      figuresApi.flow(asked),
      figuresApi.backlog(asked),
      ofArea ? figuresApi.topics(asked) : null,
      figuresApi.ratings(asked),
      ofArea ? null : figuresApi.rank(asked),
    ]);
  return { main, trend, pace, areas, units, stages, slow, flow, backlog, topics, ratings, rank };
}

/** Everything the page shows, read again with the address and every minute; what is shown stays until the answer is there. */
export function useFigures() {
  const route = useRoute();
  const router = useRouter();
  const desks = shallowRef<StatisticsDesks | null>(null);
  const shown = shallowRef<Shown | null>(null);
  const { error, waiting, loading, ask: read } = useLatest(() => shown.value === null);

  const desk = computed(
    () => desks.value?.desks.find((one) => one.id === route.query.desk) ?? desks.value?.desks[0] ?? null,
  );
  const asked = computed(() => ({ ...askedBy(route.query), desk: desk.value?.id ?? '' }));

  const load = (): Promise<void> =>
    read(
      async () => {
        desks.value ??= await figuresApi.desks();
        return desk.value ? readAll(asked.value, desk.value.kind === 'area') : null;
      },
      (answer) => {
        shown.value = answer;
      },
    );

  /** Another desk, period or area; it stands in the address, so that going back finds it. */
  function ask(change: Record<string, string | undefined>): void {
    void router.replace({ query: { ...route.query, ...change } });
  }

  watch(
    () => [route.query.desk, route.query.period, route.query.area, route.query.within],
    () => {
      if (route.name === 'figures') {
        void load();
      }
    },
    { immediate: true },
  );
  const timer = window.setInterval(() => {
    if (!document.hidden && !loading.value) {
      void load();
    }
  }, REFRESH_EVERY);
  onBeforeUnmount(() => clearInterval(timer));

  return { desks, desk, asked, shown, error, waiting, loading, load, ask };
}
