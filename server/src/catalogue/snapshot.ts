/** What holds in each area: its own settings over those of the area above, over what the product brings along. */
import type { CategoryValue, CategoryView, DispatchValue } from '@minqing/shared/contract';
import type { Directory } from '../people/index.ts';
import { ownerIdOf, type Row } from './catalogue.repository.ts';
import type { CatalogueKind, ValueOf } from './kinds.ts';
import { FALLBACK_CATEGORY, REASON_LISTS, SEED_CATEGORIES } from './seed.ts';

/** A setting with where it comes from: the area that set it, or null for the product. */
export interface Setting<V> {
  id: string;
  value: V;
  from: string | null;
  changeId: string | null;
}

export interface Category extends CategoryView {
  active: boolean;
  from: string | null;
  changeId: string | null;
  /** The area that brought it in, or null for the product's own. */
  addedBy: string | null;
}

/** One line of the dispatch catalogue: such a matter, in such a place, is this unit's by these rules. */
export interface DispatchEntry extends DispatchValue {
  id: string;
  /** Whose catalogue it stands in. */
  areaId: string;
  changeId: string;
}

export interface Snapshot {
  /** Every category known in the area, switched off ones included, in the order they are offered. */
  categories(areaId: string): readonly Category[];
  category(areaId: string, id: string): Category | undefined;
  /** Never empty: an id that is known anywhere keeps a name, whatever became of it here. */
  categoryName(areaId: string, id: string): string;
  reasons(areaId: string, listId: string): Setting<readonly string[]>;
  /** The area's own lines, then those of the areas above. */
  dispatchEntries(areaId: string): readonly DispatchEntry[];
  /** The words set for a text, field by field; null where the default stands. */
  wording(areaId: string, textId: string): Setting<Record<string, string>> | null;
  /** Set by exactly this owner. */
  own<K extends CatalogueKind>(owner: string, kind: K): readonly Setting<ValueOf<K>>[];
}

type Own = Map<string, Map<string, Setting<unknown>>>;

function grouped(rows: readonly Row[]): Own {
  const found: Own = new Map();
  for (const { owner, kind, itemId, value, changeId } of rows) {
    const key = `${owner}/${kind}`;
    const items = found.get(key) ?? new Map<string, Setting<unknown>>();
    items.set(itemId, { id: itemId, value, from: ownerIdOf(owner), changeId });
    found.set(key, items);
  }
  return found;
}

/** `rows` of areas and units; the directory says which area lies above which. */
export function createSnapshot(rows: readonly Row[], directory: Pick<Directory, 'areaChain'>): Snapshot {
  const owned = grouped(rows);
  const known = new Map<string, readonly Category[]>();
  const nowhere = new Map<string, Setting<unknown>>();

  function own<K extends CatalogueKind>(owner: string, kind: K): Setting<ValueOf<K>>[] {
    return [...(owned.get(`${owner}/${kind}`)?.values() ?? [])] as Setting<ValueOf<K>>[];
  }
  /** What the nearest area that set this item says. */
  function nearest<K extends CatalogueKind>(areaId: string, kind: K, id: string): Setting<ValueOf<K>> | null {
    for (const at of directory.areaChain(areaId)) {
      const found = (owned.get(`area:${at}/${kind}`) ?? nowhere).get(id);
      if (found) {
        return found as Setting<ValueOf<K>>;
      }
    }
    return null;
  }

  function categoriesOf(areaId: string): readonly Category[] {
    const all = new Map<string, Category>();
    const add = (id: string, value: CategoryValue, from: string | null, changeId: string | null): void => {
      all.set(id, { id, ...value, from, changeId, addedBy: all.has(id) ? all.get(id)!.addedBy : from });
    };
    SEED_CATEGORIES.forEach((value, id) => add(id, value, null, null));
    for (const at of directory.areaChain(areaId).toReversed()) {
      own(`area:${at}`, 'category').forEach((one) => add(one.id, one.value, at, one.changeId));
    }
    const order = nearest(areaId, 'categoryOrder', 'order')?.value.ids ?? [];
    const rank = new Map([...order, ...all.keys()].toReversed().map((id, at) => [id, -at]));
    // 其他 stays last: it is what is left when nothing else fits.
    rank.set(FALLBACK_CATEGORY, Number.MAX_SAFE_INTEGER);
    return [...all.values()].sort((a, b) => (rank.get(a.id) ?? 0) - (rank.get(b.id) ?? 0));
  }

  const categories = (areaId: string): readonly Category[] => {
    const found = known.get(areaId) ?? categoriesOf(areaId);
    known.set(areaId, found);
    return found;
  };
  const category = (areaId: string, id: string): Category | undefined =>
    categories(areaId).find((one) => one.id === id);
  const anywhere = new Map(
    rows.flatMap((r) => (r.kind === 'category' ? [[r.itemId, (r.value as CategoryValue).name]] : [])),
  );

  return {
    categories,
    category,
    categoryName: (areaId, id) =>
      category(areaId, id)?.name ?? anywhere.get(id) ?? category(areaId, FALLBACK_CATEGORY)?.name ?? '其他',
    reasons(areaId, listId) {
      const set = nearest(areaId, 'reasons', listId);
      const seed = REASON_LISTS.find((list) => list.id === listId)?.seed ?? [];
      return {
        id: listId,
        value: set?.value.reasons ?? seed,
        from: set?.from ?? null,
        changeId: set?.changeId ?? null,
      };
    },
    dispatchEntries: (areaId) =>
      directory.areaChain(areaId).flatMap((at) =>
        own(`area:${at}`, 'dispatch').map(({ id, value, changeId }) => ({
          id,
          ...value,
          areaId: at,
          changeId: changeId ?? '',
        })),
      ),
    wording(areaId, textId) {
      const set = nearest(areaId, 'text', textId);
      return set ? { ...set, value: set.value.words } : null;
    },
    own,
  };
}
