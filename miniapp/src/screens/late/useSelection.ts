import type { LateGroup, LateItem } from '@minqing/shared/contract';
import { computed, shallowRef } from 'vue';

export type Ticked = 'none' | 'some' | 'all';

interface Chosen {
  /** Groups taken whole: what is for their unit to end, but those taken out again. */
  whole: ReadonlyMap<string, ReadonlySet<string>>;
  /** Cases taken one by one. */
  single: ReadonlyMap<string, One>;
}
interface One {
  group: string;
  unit: boolean;
}
const NOTHING: Chosen = { whole: new Map(), single: new Map() };

/**
 * What is ticked. A group is ticked without its cases having been read: it stands for those that are its unit's to
 * end; others are ticked by themselves or not at all.
 */
export function useSelection(groups: () => readonly LateGroup[]) {
  const chosen = shallowRef<Chosen>(NOTHING);

  const change = (edit: (whole: Map<string, Set<string>>, single: Map<string, One>) => void): void => {
    const whole = new Map([...chosen.value.whole].map(([key, except]) => [key, new Set(except)]));
    const single = new Map(chosen.value.single);
    edit(whole, single);
    chosen.value = { whole, single };
  };

  const has = (group: string, item: LateItem): boolean => {
    const except = chosen.value.whole.get(group);
    return (item.unit && except !== undefined && !except.has(item.id)) || chosen.value.single.has(item.id);
  };

  function countOf(group: LateGroup): number {
    const except = chosen.value.whole.get(group.key);
    const singles = [...chosen.value.single.values()].filter((one) => one.group === group.key).length;
    return (except ? Math.max(0, group.unitMoves - except.size) : 0) + singles;
  }

  /** Of the group's box: everything late in it, something, or nothing. */
  function stateOf(group: LateGroup): Ticked {
    const count = countOf(group);
    return count === 0 ? 'none' : count >= group.late ? 'all' : 'some';
  }

  function toggleItem(group: string, item: LateItem): void {
    change((whole, single) => {
      const except = whole.get(group);
      if (single.delete(item.id)) {
        return;
      }
      if (!except || !item.unit) {
        single.set(item.id, { group, unit: item.unit });
      } else if (!except.delete(item.id)) {
        except.add(item.id);
      }
    });
  }

  const isWhole = (group: LateGroup): boolean => chosen.value.whole.get(group.key)?.size === 0;

  /** Takes the whole group, or lets all of it go when it was taken. */
  function toggleGroup(group: LateGroup): void {
    const letGo = isWhole(group) || (group.unitMoves === 0 && countOf(group) > 0);
    change((whole, single) => {
      whole.delete(group.key);
      // What the whole holds is not counted twice; what is not its unit's stays as it was ticked.
      [...single]
        .filter(([, one]) => one.group === group.key && (letGo || one.unit))
        .forEach(([id]) => single.delete(id));
      if (letGo) {
        return;
      }
      if (group.unitMoves > 0) {
        whole.set(group.key, new Set());
      }
    });
  }

  const count = computed(() => groups().reduce((sum, group) => sum + countOf(group), 0));
  const touched = computed(() => groups().filter((group) => countOf(group) > 0));
  /** Of the box over the table: all groups shown, some, or none. */
  const state = computed<Ticked>(() => {
    const able = groups().filter((group) => group.unitMoves > 0);
    return count.value === 0 ? 'none' : able.length > 0 && able.every(isWhole) ? 'all' : 'some';
  });

  /** Every group that is shown, or none. */
  function toggleAll(): void {
    const letGo = state.value === 'all';
    change((whole, single) => {
      whole.clear();
      if (letGo) {
        single.clear();
        return;
      }
      [...single].filter(([, one]) => one.unit).forEach(([id]) => single.delete(id));
      groups()
        .filter((group) => group.unitMoves > 0)
        .forEach((group) => whole.set(group.key, new Set()));
    });
  }

  function clear(): void {
    chosen.value = NOTHING;
  }

  /** As the API takes it. */
  function asked(): { groups: { key: string; except: string[] }[]; caseIds: string[] } {
    return {
      groups: [...chosen.value.whole].map(([key, except]) => ({ key, except: [...except] })),
      caseIds: [...chosen.value.single.keys()],
    };
  }

  return { count, touched, state, has, stateOf, countOf, toggleItem, toggleGroup, toggleAll, clear, asked };
}

export type Selection = ReturnType<typeof useSelection>;
