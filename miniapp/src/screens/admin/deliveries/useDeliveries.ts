import type { DeliveryItem, DeliveryView } from '@minqing/shared/contract';
import type { DeliveryPeriod, DeliveryState } from '@minqing/shared/words';
import { computed, onMounted, reactive, ref, shallowRef, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { asApiError, Intent, type ApiError } from '../../../api/index.ts';
import { useLoad } from '../../../composables/useLoad.ts';
import { usePages } from '../../../composables/usePages.ts';
import { useAttention } from '../../../stores/attention.ts';
import { toast } from '../../../ui/say.ts';
import { deliveriesApi, type ListFilter } from './api.ts';

/** What the list shows, which delivery is open, and what is done about it. */
export function useDeliveries() {
  const route = useRoute();
  const router = useRouter();
  const attention = useAttention();
  const asked = (name: string): string => String(route.query[name] ?? '');
  const filter = reactive({
    state: asked('state') as DeliveryState | '',
    channel: '' as NonNullable<ListFilter['channel']> | '',
    notice: '',
    period: 'all' as DeliveryPeriod,
    q: '',
    // What another page named when it opened this one.
    unit: asked('unit'),
    person: asked('person'),
    case: asked('case'),
  });
  const wanted = computed<ListFilter>(() => {
    const set = Object.entries(filter).filter(([, value]) => value !== '');
    return Object.fromEntries(set) as ListFilter;
  });

  const summary = useLoad(deliveriesApi.summary);
  const list = usePages((after) => deliveriesApi.list(wanted.value, after));
  const rows = computed<DeliveryItem[]>(() => [...(list.first.value?.pinned ?? []), ...list.items.value]);
  const openId = ref(asked('id'));
  const open = shallowRef<DeliveryView | null>(null);
  const openError = shallowRef<ApiError | null>(null);
  const ticked = ref<string[]>([]);
  const busy = ref(false);
  const problem = shallowRef<ApiError | null>(null);
  const intents = new Map<string, Intent>();

  watch(
    () => ({ ...filter }),
    () => {
      ticked.value = [];
      void list.reload();
    },
  );

  async function read(): Promise<void> {
    const id = openId.value;
    openError.value = null;
    try {
      const view = id ? await deliveriesApi.one(id) : null;
      if (id === openId.value) {
        open.value = view;
      }
    } catch (thrown) {
      if (id === openId.value) {
        openError.value = asApiError(thrown);
      }
    }
  }

  function show(id: string): void {
    problem.value = null;
    openId.value = id;
    void router.replace({ query: { ...route.query, id: id || undefined } });
    if (open.value?.id !== id) {
      open.value = null;
    }
    void read();
  }

  /** The row above or below the open one. */
  function step(by: 1 | -1): void {
    const at = rows.value.findIndex((row) => row.id === openId.value);
    const next = rows.value[at < 0 ? 0 : at + by];
    if (next) {
      show(next.id);
    }
  }

  /** Does something once, however often its button is pressed; a refusal stays beside the button. */
  async function act<T>(name: string, body: unknown, run: (key: string) => Promise<T>): Promise<T | null> {
    if (busy.value) {
      return null;
    }
    busy.value = true;
    problem.value = null;
    const intent = intents.get(name) ?? new Intent();
    intents.set(name, intent);
    try {
      const done = await run(intent.keyFor(body));
      intents.delete(name);
      void Promise.all([list.reload(), summary.reload(), attention.refresh(true)]);
      return done;
    } catch (thrown) {
      problem.value = asApiError(thrown);
      if (!problem.value.lost) {
        intents.delete(name);
      }
      return null;
    } finally {
      busy.value = false;
    }
  }

  async function resend(which: { ids: string[] } | { filter: ListFilter }): Promise<void> {
    const done = await act('resend', which, (key) => deliveriesApi.resend(which, key));
    if (done) {
      ticked.value = [];
      await toast(
        done.more ? `已重发 ${done.resent} 条，还有没发完的，请再点一次` : `已重发 ${done.resent} 条`,
      );
      await read();
    }
  }

  async function redirect(id: string, to: 'handler' | 'head'): Promise<void> {
    const view = await act(`redirect/${id}`, to, (key) => deliveriesApi.redirect(id, to, key));
    if (view) {
      open.value = view;
      await toast('已改发');
    }
  }

  async function recordCall(
    id: string,
    told: { spokeTo: string; at: string; note: string },
  ): Promise<boolean> {
    const view = await act(`call/${id}`, told, (key) => deliveriesApi.recordCall(id, told, key));
    if (view) {
      open.value = view;
      await toast('已记下这次通话');
    }
    return view !== null;
  }

  onMounted(() => void read());

  return {
    filter,
    wanted,
    summary,
    list,
    rows,
    openId,
    open,
    openError,
    ticked,
    busy,
    problem,
    show,
    step,
    read,
    resend,
    redirect,
    recordCall,
  };
}
export type Deliveries = ReturnType<typeof useDeliveries>;
