import type { CaseItem } from '@minqing/shared/contract';
import { computed, onBeforeUnmount, onMounted, ref, watch } from 'vue';
import type { CaseQuery } from '../../api/index.ts';
import { usePagedList } from '../../composables/usePagedList.ts';
import { useTyping } from '../../composables/useTyping.ts';
import { useDesk } from '../staff/desk.ts';

const REFRESH_EVERY = 15_000;
const PAGE = 30;
const LARGEST_PAGE = 50;

export interface Group {
  label: string;
  items: CaseItem[];
}

/**
 * The list of the open queue. Read again every 15 s and after every act, keeping as many rows as were shown. Whose
 * move it is divides it into two groups once it is there whole; pages that follow by due time would jump otherwise.
 */
export function useBenchList() {
  const desk = useDesk();
  const words = ref('');
  const sort = ref<'due' | 'newest'>('due');
  const query = (): CaseQuery => ({
    desk: desk.desk?.id ?? '',
    queue: desk.queue?.id,
    q: words.value.trim(),
    sort: sort.value,
  });
  const list = usePagedList(() => ({
    ...query(),
    limit: Math.min(LARGEST_PAGE, Math.max(PAGE, list.items.value.length)),
  }));
  const typing = useTyping(words, () => void list.reload());

  const groups = computed<Group[]>(() => {
    const items = list.items.value;
    const mine = items.filter((item) => item.mine);
    if (list.more.value || sort.value === 'newest' || mine.length === 0 || mine.length === items.length) {
      return [{ label: '', items }];
    }
    return [
      { label: '等您', items: mine },
      { label: '等别人', items: items.filter((item) => !item.mine) },
    ];
  });
  /** In the order shown, which J and K follow. */
  const order = computed(() => groups.value.flatMap((group) => group.items));

  /** Counts and rows, as they are now. A list longer than a page is left as it is: its reader is further down. */
  async function refresh(): Promise<void> {
    const quiet = list.items.value.length <= LARGEST_PAGE && !list.loading.value;
    await Promise.all([desk.load(), quiet && desk.desk ? list.reload() : undefined]);
  }

  /** The row beside another: 1 below, -1 above; the first or last where there is none to start from. */
  function beside(caseId: string, step: 1 | -1): CaseItem | undefined {
    const at = order.value.findIndex((item) => item.id === caseId);
    return at < 0 ? order.value[0] : order.value[at + step];
  }

  const timer = window.setInterval(() => {
    if (!document.hidden) {
      void refresh();
    }
  }, REFRESH_EVERY);
  const onVisible = (): void => {
    if (!document.hidden) {
      void refresh();
    }
  };
  watch(
    () => [desk.desk?.id, desk.queue?.id, sort.value],
    ([now]) => {
      if (now) {
        void list.reload();
      }
    },
  );
  onMounted(() => document.addEventListener('visibilitychange', onVisible));
  onBeforeUnmount(() => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', onVisible);
  });

  return { query, list, words, sort, typing, groups, order, refresh, beside };
}
