/** The catalogue as the pages of 管理 and the report form read it. */
import type {
  AreaRef,
  CategoriesAdmin,
  CategoryView,
  DispatchAdmin,
  PhrasesAdmin,
  ReasonsAdmin,
} from '@minqing/shared/contract';
import type { Directory } from '../people/index.ts';
import { areaOwner, unitOwner } from './catalogue.repository.ts';
import { REASON_LISTS } from './seed.ts';
import type { Category, DispatchEntry, Setting, Snapshot } from './snapshot.ts';

export interface ViewContext {
  snapshot: Snapshot;
  directory: Directory;
}
type Items<T extends { items: unknown[] }> = T['items'];

const areaRef = (id: string, { directory }: ViewContext): AreaRef => ({
  id,
  name: directory.area(id)?.name ?? '',
});

function settingOf(one: Pick<Setting<unknown>, 'id' | 'from' | 'changeId'>, areaId: string, x: ViewContext) {
  const own = one.from === areaId;
  return {
    id: one.id,
    from: one.from === null ? null : areaRef(one.from, x),
    own,
    seen: own ? one.changeId : null,
  };
}

export const categoryViewOf = ({ id, name, notice, questions }: Category): CategoryView => ({
  id,
  name,
  notice,
  questions: [...questions],
});

export function categoryItems(areaId: string, x: ViewContext): Pick<CategoriesAdmin, 'items' | 'order'> {
  const order = x.snapshot.own(areaOwner(areaId), 'categoryOrder')[0];
  return {
    items: x.snapshot.categories(areaId).map((one) => ({
      ...categoryViewOf(one),
      ...settingOf(one, areaId, x),
      active: one.active,
      added: one.addedBy === areaId,
    })),
    order: { own: order !== undefined, seen: order?.changeId ?? null },
  };
}

export function reasonItems(areaId: string, x: ViewContext): Items<ReasonsAdmin> {
  return REASON_LISTS.map(({ id, label, who }) => {
    const set = x.snapshot.reasons(areaId, id);
    return { ...settingOf(set, areaId, x), label, who, reasons: [...set.value] };
  });
}

/** The area's own and its units' phrases, then those of the areas above. */
export function phraseItems(areaId: string, x: ViewContext): Items<PhrasesAdmin> {
  const { snapshot, directory } = x;
  const phrasesOf = (at: string): Items<PhrasesAdmin> =>
    snapshot
      .own(areaOwner(at), 'phrase')
      .map((one) => ({ ...settingOf(one, areaId, x), text: one.value.text, unit: null }));
  const ofUnits = directory
    .units()
    .filter((unit) => unit.areaId === areaId)
    .flatMap((unit) =>
      snapshot.own(unitOwner(unit.id), 'phrase').map((one) => ({
        ...settingOf({ ...one, from: areaId }, areaId, x),
        text: one.value.text,
        unit: { id: unit.id, name: unit.name, shortName: unit.shortName },
      })),
    );
  const [, ...above] = directory.areaChain(areaId);
  return [...phrasesOf(areaId), ...ofUnits, ...above.flatMap(phrasesOf)];
}

function faultOf(entry: DispatchEntry, areaId: string, { snapshot, directory }: ViewContext): string {
  const unit = directory.unit(entry.unitId);
  if (!unit?.active) {
    return '单位已撤销，请改成接手的单位';
  }
  if (!directory.areasWithin(areaId).includes(unit.areaId)) {
    return '单位不在本地区，本地区用不到';
  }
  return snapshot.category(areaId, entry.categoryId)?.active === false ? '类别已停用' : '';
}

export function dispatchItems(areaId: string, x: ViewContext): Items<DispatchAdmin> {
  const { snapshot, directory } = x;
  return snapshot.dispatchEntries(areaId).map((entry) => {
    const unit = directory.unit(entry.unitId);
    return {
      ...settingOf({ ...entry, from: entry.areaId }, areaId, x),
      categoryId: entry.categoryId,
      category: snapshot.categoryName(areaId, entry.categoryId),
      keywords: [...entry.keywords],
      place: entry.placeAreaId === null ? null : areaRef(entry.placeAreaId, x),
      unit: unit
        ? { id: unit.id, name: unit.name, shortName: unit.shortName }
        : { id: entry.unitId, name: '（已撤销单位）', shortName: '（已撤销单位）' },
      basis: entry.basis,
      fault: faultOf(entry, areaId, x),
    };
  });
}
