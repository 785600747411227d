import type {
  LateFilter,
  LateGroup,
  LateGrouping,
  LateItem,
  LateSummary,
  UrgesView,
} from '@minqing/shared/contract';
import { defineStore } from 'pinia';
import { computed, reactive, ref, shallowRef } from 'vue';
import { asApiError, type ApiError } from '../../api/index.ts';
import { toast } from '../../ui/say.ts';
import { useDesk, type Desk } from '../staff/desk.ts';
import { lateApi } from './api.ts';
import { useSelection } from './useSelection.ts';

/** Cases of one group as far as they were read. */
export interface Opened {
  items: LateItem[];
  after: string | null;
  total: number;
  loading: boolean;
  error: ApiError | null;
}

export type Narrow = Pick<LateFilter, 'reason' | 'area' | 'mover'>;

const WATCHERS: readonly Desk['role'][] = ['inspector', 'leader', 'dispatcher', 'reviewer'];
/** Rows a group opens with; the rest on demand. */
const FIRST = 5;
const MORE = 20;
const MOST = 50;
const POLL = 400;
const SLOWEST_POLL = 10_000;

/** What the screen of late cases shows, kept while the app is open: whoever reads a case comes back to their place. */
export const useLate = defineStore('late', () => {
  const desks = useDesk();
  const deskId = ref('');
  const narrow = reactive<Narrow>({});
  const by = ref<LateGrouping>('unit');
  const all = ref(false);
  const summary = shallowRef<LateSummary | null>(null);
  const groups = shallowRef<LateGroup[]>([]);
  const after = ref<string | null>(null);
  const total = ref(0);
  const loaded = ref(false);
  const loading = ref(false);
  const error = shallowRef<ApiError | null>(null);
  const opened = reactive(new Map<string, Opened>());
  const running = shallowRef<UrgesView | null>(null);
  const selection = useSelection(() => groups.value);
  let latest = 0;

  const watchDesks = computed<Desk[]>(() => desks.desks.filter((desk) => WATCHERS.includes(desk.role)));
  const filter = (): LateFilter => ({ desk: deskId.value, ...narrow });

  /** Takes a desk that can be watched from: the one asked for, the open one, else the first. */
  async function begin(asked = ''): Promise<void> {
    if (!desks.view) {
      await desks.load();
    }
    const can = watchDesks.value;
    const chosen =
      can.find((desk) => desk.id === asked) ??
      can.find((desk) => desk.id === deskId.value) ??
      can.find((desk) => desk.id === desks.desk?.id) ??
      can[0];
    if (!chosen) {
      error.value = desks.error;
      loaded.value = true;
      return;
    }
    if (chosen.id !== deskId.value) {
      forget();
      deskId.value = chosen.id;
    }
    await reload();
  }

  /** Nothing of another desk, grouping or filter is kept. */
  function forget(): void {
    opened.clear();
    groups.value = [];
    loaded.value = false;
    if (selection.count.value > 0) {
      selection.clear();
      void toast('看的范围变了，勾选已清除');
    }
  }

  /** Sentence, groups and what is unfolded, as they are now. Never throws. */
  async function reload(): Promise<void> {
    latest += 1;
    const mine = latest;
    loading.value = true;
    try {
      const [told, page] = await Promise.all([
        lateApi.summary(filter()),
        lateApi.groups(filter(), by.value, all.value),
      ]);
      if (mine !== latest) {
        return;
      }
      summary.value = told;
      groups.value = page.items;
      after.value = page.after;
      total.value = page.total;
      loaded.value = true;
      error.value = null;
      await Promise.all([...opened.keys()].map((key) => read(key, false)));
    } catch (thrown) {
      if (mine === latest) {
        error.value = asApiError(thrown);
      }
    } finally {
      if (mine === latest) {
        loading.value = false;
      }
    }
  }

  async function moreGroups(): Promise<void> {
    if (after.value === null || loading.value) {
      return;
    }
    loading.value = true;
    const mine = latest;
    try {
      const page = await lateApi.groups(filter(), by.value, all.value, after.value);
      if (mine === latest) {
        groups.value = [...groups.value, ...page.items];
        after.value = page.after;
      }
    } catch (thrown) {
      void toast(asApiError(thrown).title);
    } finally {
      loading.value = false;
    }
  }

  /** Reads the cases of an unfolded group: the next ones, or as many as were shown. */
  async function read(key: string, next: boolean): Promise<void> {
    const page = opened.get(key);
    if (!page || (next && (page.after === null || page.loading))) {
      return;
    }
    const mine = latest;
    page.loading = true;
    try {
      const size = next ? MORE : Math.min(MOST, Math.max(FIRST, page.items.length));
      const answer = await lateApi.items(filter(), by.value, key, size, (next && page.after) || undefined);
      if (mine === latest) {
        page.items = next ? [...page.items, ...answer.items] : answer.items;
        page.after = answer.after;
        page.total = answer.total;
        page.error = null;
      }
    } catch (thrown) {
      page.error = asApiError(thrown);
    } finally {
      page.loading = false;
    }
  }

  async function unfold(key: string): Promise<void> {
    if (!opened.has(key)) {
      opened.set(key, { items: [], after: null, total: 0, loading: false, error: null });
      await read(key, false);
    }
  }

  const fold = (key: string): void => void opened.delete(key);
  const toggle = (key: string): Promise<void> | void => (opened.has(key) ? fold(key) : unfold(key));

  /** Another grouping, or all groups instead of late ones. */
  function group(next: LateGrouping, withAll = false): Promise<void> {
    forget();
    by.value = next;
    all.value = withAll && (next === 'unit' || next === 'area');
    return reload();
  }

  /** A reason, an area or a side; undefined takes the narrowing away. */
  function narrowTo(change: Narrow): Promise<void> {
    forget();
    Object.assign(narrow, change);
    return reload();
  }

  /** Follows a wish until it is over, wherever the person goes meanwhile. */
  async function follow(wish: UrgesView): Promise<void> {
    running.value = wish;
    let wait = POLL;
    while (running.value.open) {
      await new Promise((resolve) => {
        setTimeout(resolve, wait);
      });
      try {
        running.value = await lateApi.urges(wish.id);
        wait = POLL;
      } catch {
        // The work goes on without us; a later look tells.
        wait = Math.min(wait * 2, SLOWEST_POLL);
      }
    }
    selection.clear();
    await reload();
  }

  return {
    deskId,
    narrow,
    by,
    all,
    summary,
    groups,
    after,
    total,
    loaded,
    loading,
    error,
    opened,
    running,
    selection,
    watchDesks,
    filter,
    begin,
    reload,
    moreGroups,
    read,
    unfold,
    fold,
    toggle,
    group,
    narrowTo,
    follow,
  };
});
