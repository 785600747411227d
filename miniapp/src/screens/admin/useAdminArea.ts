import type { AreaItem } from '@minqing/shared/contract';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { adminApi } from './api.ts';

const MEMORY = 'minqing.adminArea';

function remembered(): string {
  try {
    return sessionStorage.getItem(MEMORY) ?? '';
  } catch {
    return '';
  }
}

/** The area whose settings are looked at: one choice for all pages of 管理, the topmost one at first. */
export const useAdminArea = defineStore('adminArea', () => {
  const areas = shallowRef<readonly AreaItem[]>([]);
  const chosen = ref(remembered());
  const area = computed(() => areas.value.find((one) => one.id === chosen.value) ?? areas.value[0] ?? null);

  /** Throws ApiError. */
  async function load(): Promise<void> {
    if (areas.value.length === 0) {
      areas.value = (await adminApi.areas()).items;
    }
  }

  function pick(id: string): void {
    chosen.value = id;
    try {
      sessionStorage.setItem(MEMORY, id);
    } catch {
      // Without storage the next visit begins at the top again.
    }
  }

  return { areas, area, load, pick };
});
