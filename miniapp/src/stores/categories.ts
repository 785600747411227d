import type { CategoryView } from '@minqing/shared/contract';
import { CATEGORIES } from '@minqing/shared/words';
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { api } from '../api/index.ts';

const MEMORY = 'minqing.categories';

/** What was offered last on this device; before anything was, the product's own, without questions. */
function remembered(): CategoryView[] {
  try {
    const read = JSON.parse(localStorage.getItem(MEMORY) ?? 'null') as CategoryView[] | null;
    if (Array.isArray(read) && read.length > 0) {
      return read;
    }
  } catch {
    // No storage, or not ours: the product's own will do.
  }
  return CATEGORIES.map(([id, name]) => ({ id, name, notice: null, questions: [] }));
}

/** What a report may be about, where it would be received: differs from place to place, and is there off line too. */
export const useCategories = defineStore('categories', () => {
  const offered = shallowRef<readonly CategoryView[]>(remembered());
  let wanted = '';

  /** Reads what the area of that place offers. What stands stays when it cannot be read. */
  async function offer(placeAreaId: string | null, committeeId: string): Promise<void> {
    const asked = `${placeAreaId ?? ''}/${committeeId}`;
    if (asked === wanted) {
      return;
    }
    wanted = asked;
    try {
      const items = await api.categories(placeAreaId ?? undefined, committeeId || undefined);
      if (asked !== wanted) {
        return;
      }
      offered.value = items;
      localStorage.setItem(MEMORY, JSON.stringify(items));
    } catch {
      // Asked again the next time; the server checks the report in any case.
      wanted = '';
    }
  }

  return { offered, offer };
});
