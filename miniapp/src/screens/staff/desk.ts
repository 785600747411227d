import type { QueuesView, QueueView } from '@minqing/shared/contract';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { api, asApiError, type ActionName, type ApiError } from '../../api/index.ts';

export type Desk = QueuesView['desks'][number];
const MEMORY = 'minqing.desk';

/** At these desks the late queue is 督办: the same cases, by why and whose move. */
export const WATCHES_LATE: readonly Desk['role'][] = ['inspector', 'leader'];

/** After these the next case that waits opens by itself; each belongs to one role's desk. */
const NEXT_AFTER: Partial<Record<ActionName, Desk['role']>> = { dispatch: 'dispatcher', accept: 'reviewer' };

function remembered(): string {
  try {
    return localStorage.getItem(MEMORY) ?? '';
  } catch {
    return '';
  }
}

/** The desks a person sits at, which one is open, and which of its queues; shared by phone and workbench. */
export const useDesk = defineStore('desk', () => {
  const view = shallowRef<QueuesView | null>(null);
  const error = shallowRef<ApiError | null>(null);
  const deskId = ref(remembered());
  const queueId = ref('');

  const desks = computed<Desk[]>(() => view.value?.desks.filter((desk) => desk.role !== 'member') ?? []);
  const desk = computed<Desk | null>(
    () => desks.value.find((one) => one.id === deskId.value) ?? desks.value[0] ?? null,
  );
  const queues = computed<QueueView[]>(() => desk.value?.queues ?? []);
  const queue = computed<QueueView | null>(
    () => queues.value.find((one) => one.id === queueId.value) ?? queues.value[0] ?? null,
  );

  /** Reads desks and counts; what was shown stays when it fails. Never throws. */
  async function load(): Promise<void> {
    try {
      view.value = await api.queues();
      error.value = null;
    } catch (thrown) {
      error.value = asApiError(thrown);
    }
  }

  /** Opens a desk and one of its queues; an unknown one falls back to the first. */
  function open(desk: string, queue = ''): void {
    deskId.value = desk || deskId.value;
    queueId.value = queue;
    try {
      localStorage.setItem(MEMORY, deskId.value);
    } catch {
      // The first desk opens next time.
    }
  }

  /**
   * The case to open after `action` was done to `caseId`: the one due first of those that wait at that role's desk.
   * Null when the action does not lead on, none waits, or it could not be read.
   */
  async function nextAfter(action: ActionName, caseId: string): Promise<string | null> {
    const role = NEXT_AFTER[action];
    if (!role) {
      return null;
    }
    if (!view.value) {
      await load();
    }
    const at = desk.value?.role === role ? desk.value : desks.value.find((one) => one.role === role);
    const own = at?.queues.filter((one) => one.group === 'mine') ?? [];
    const chosen = own.find((one) => one.id === queueId.value) ?? own[0];
    if (!at || !chosen) {
      return null;
    }
    const page = await api.cases({ desk: at.id, queue: chosen.id, sort: 'due', limit: 2 }).catch(() => null);
    return page?.items.find((item) => item.id !== caseId)?.id ?? null;
  }

  return { view, error, desks, desk, queues, queue, load, open, nextAfter };
});
