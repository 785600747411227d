import { computed, ref, watch, type Ref } from 'vue';
import { confirm } from '../../../ui/say.ts';

/**
 * The item of a list that is being edited, as a copy that may be changed freely. Leaving it with changes asks first;
 * what was read anew replaces the copy only while it is unchanged.
 */
export function useChosen<I extends { id: string }, D extends object>(
  items: Ref<readonly I[]>,
  draftOf: (item: I) => D,
) {
  const id = ref('');
  const draft = ref<D | null>(null) as Ref<D | null>;
  let kept = '';
  const item = computed(() => items.value.find((one) => one.id === id.value) ?? null);
  const isNew = computed(() => draft.value !== null && item.value === null);
  const dirty = computed(() => draft.value !== null && JSON.stringify(draft.value) !== kept);

  function take(value: D | null): void {
    draft.value = value === null ? null : (JSON.parse(JSON.stringify(value)) as D);
    kept = JSON.stringify(draft.value);
  }

  async function mayLeave(): Promise<boolean> {
    return (
      !dirty.value ||
      confirm({ title: '放弃没保存的修改？', text: '这一项改过还没保存。', yes: '放弃修改', no: '接着改' })
    );
  }

  async function choose(next: string): Promise<boolean> {
    if (next === id.value && draft.value) {
      return true;
    }
    if (!(await mayLeave())) {
      return false;
    }
    id.value = next;
    take(item.value ? draftOf(item.value) : null);
    return true;
  }

  /** A new item, not saved yet; it counts as changed from the first sign. */
  async function begin(newId: string, fresh: D): Promise<boolean> {
    if (!(await mayLeave())) {
      return false;
    }
    id.value = newId;
    take(fresh);
    return true;
  }

  /** What is shown is what is kept now: after a save, or to give up. */
  function settle(): void {
    take(item.value ? draftOf(item.value) : null);
  }

  watch(items, () => {
    if (!dirty.value && item.value) {
      settle();
    }
  });

  return { id, item, draft, isNew, dirty, choose, begin, settle };
}
