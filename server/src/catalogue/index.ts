/**
 * The catalogue: categories, reasons, phrases, the dispatch catalogue and the words of notices, as each area has set
 * them. Held in the process and read again after a change and from time to time. The only door of this folder.
 */
import type { Actor } from '@minqing/shared/workflow';
import type {
  CategoriesAdmin,
  CategoryView,
  ChangeView,
  DispatchAdmin,
  PhrasesAdmin,
  ReasonsAdmin,
  UseView,
} from '@minqing/shared/contract';
import type { Clock } from '../clock.ts';
import type { FieldProblem } from '../errors.ts';
import { administering, type Directory } from '../people/index.ts';
import type { Store } from '../store/index.ts';
import { createAdministration, type Administration } from './administration.ts';
import { findRows, newestChange } from './catalogue.repository.ts';
import type { CatalogueKind, TextRule } from './kinds.ts';
import { createPhrases, type Phrases } from './phrases.ts';
import { problemsOfCategory, problemsOfReport, type ReportedContent } from './reports.ts';
import { gradeReasonId } from './seed.ts';
import { createSnapshot, type DispatchEntry, type Setting } from './snapshot.ts';
import { usesOf } from './uses.ts';
import { categoryItems, categoryViewOf, dispatchItems, phraseItems, reasonItems } from './views.ts';

export { CATEGORY_BOOK, DISPATCH_BOOK, PHRASE_BOOK, REASON_BOOK } from './tables.ts';
export { KINDS, type CatalogueKind, type TextRule } from './kinds.ts';
export type { Administration, Target } from './administration.ts';
export type { DispatchEntry, Setting } from './snapshot.ts';
export type { Phrases } from './phrases.ts';

/** What the words of a case need of the catalogue. */
export interface CaseWording {
  /** Never empty, whatever became of the category. */
  categoryName(areaId: string, categoryId: string): string;
  /** Ready-made reasons for an act in an area. */
  reasonsFor(areaId: string, action: string): string[];
  /** Reasons by stars: index 1 to 5. */
  gradeReasons(areaId: string): string[][];
}

/** What a report must be, where it is received, before the workflow looks at it. */
export interface ReportRules {
  /** Fields of a report that its category refuses; `before` is the category the case already has. */
  problemsOfReport(areaId: string, content: ReportedContent, before?: string | null): FieldProblem[];
  /** The same for a category that staff choose: only that it is one. */
  problemsOfCategory(areaId: string, categoryId: string, before?: string | null): FieldProblem[];
}

export interface Catalogue extends CaseWording, ReportRules {
  /** Reads the tables again; keeps the old picture when that fails. */
  refresh(): Promise<void>;
  /** Reads them again if a change was made elsewhere since: cheap enough for every tick. */
  follow(): Promise<void>;
  /** Categories one may report under, in order. */
  categories(areaId: string): CategoryView[];
  /** Those of the area that would receive this viewer's report about a place; of their own area without one. */
  categoriesFor(viewer: Actor, placeAreaId: string | null, committeeId?: string): CategoryView[];
  /** Lines that lead somewhere: the unit is open and in the area or below it. The area's own come first. */
  dispatchEntries(areaId: string): DispatchEntry[];
  /** The words set for a text there; null where its defaults stand. */
  wording(areaId: string, textId: string): Setting<Record<string, string>> | null;
  phrases: Phrases;
  admin: Administration & CatalogueReading;
}

/** What the pages of 管理 read. All throw forbidden outside the viewer's own areas. */
export interface CatalogueReading {
  categories(viewer: Actor, areaId: string): Promise<CategoriesAdmin>;
  reasons(viewer: Actor, areaId: string): Promise<ReasonsAdmin>;
  phrases(viewer: Actor, areaId: string): Promise<PhrasesAdmin>;
  dispatch(viewer: Actor, areaId: string): Promise<DispatchAdmin>;
  /** The last changes of an area, of some kinds. */
  changesOf(viewer: Actor, areaId: string, kinds: readonly CatalogueKind[]): Promise<ChangeView[]>;
  /** Cases under way that carry the category, there and below. */
  usesOf(viewer: Actor, areaId: string, categoryId: string): Promise<UseView>;
}

export interface CatalogueDeps {
  store: Store;
  clock: Clock;
  directory: Directory;
  /** Every text that may be worded differently. */
  texts: readonly TextRule[];
}

/** Loads the catalogue. */
export async function createCatalogue(deps: CatalogueDeps): Promise<Catalogue> {
  const { store, directory } = deps;
  const offered = (areaId: string): CategoryView[] =>
    snapshot
      .categories(areaId)
      .filter((one) => one.active)
      .map(categoryViewOf);
  const load = async () => createSnapshot(await store.read((db) => findRows(db, 'shared')), directory);
  const newest = () => store.read(newestChange);
  let read = await newest();
  let snapshot = await load();
  const refresh = async (): Promise<void> => {
    read = await newest();
    snapshot = await load();
  };
  const administration = createAdministration({
    ...deps,
    texts: new Map(deps.texts.map((rule) => [rule.id, rule])),
    snapshot: () => snapshot,
    refresh,
  });
  const look = (viewer: Actor, areaId: string) => {
    administering(viewer, directory).require(areaId);
    return { snapshot, directory };
  };

  return {
    refresh,
    async follow() {
      if ((await newest()) !== read) {
        await refresh();
      }
    },
    categories: offered,
    categoriesFor(viewer, placeAreaId, committeeId) {
      const grants = viewer.kind === 'person' ? viewer.grants : [];
      const home = grants.find((grant) => grant.role === 'member')?.unitId ?? null;
      const receiver = directory.receivingCommittee(placeAreaId, home, committeeId);
      return offered(receiver?.areaId ?? grants[0]?.areaId ?? '');
    },
    categoryName: (areaId, id) => snapshot.categoryName(areaId, id),
    reasonsFor: (areaId, action) => [...snapshot.reasons(areaId, action).value],
    gradeReasons: (areaId) =>
      [0, 1, 2, 3, 4, 5].map((stars) => [...snapshot.reasons(areaId, gradeReasonId(stars)).value]),
    problemsOfCategory: (areaId, id, before) => problemsOfCategory(snapshot, areaId, id, before),
    problemsOfReport: (areaId, content, before) => problemsOfReport(snapshot, areaId, content, before),
    dispatchEntries(areaId) {
      const open = new Set(directory.unitsWithin(areaId).map((unit) => unit.id));
      return snapshot.dispatchEntries(areaId).filter((entry) => open.has(entry.unitId));
    },
    wording: (areaId, textId) => snapshot.wording(areaId, textId),
    phrases: createPhrases({ store, directory }),
    admin: {
      ...administration,
      async categories(viewer, areaId) {
        const page = categoryItems(areaId, look(viewer, areaId));
        return { ...page, changes: await administration.changes(areaId, ['category', 'categoryOrder']) };
      },
      async reasons(viewer, areaId) {
        const items = reasonItems(areaId, look(viewer, areaId));
        return { items, changes: await administration.changes(areaId, ['reasons']) };
      },
      async phrases(viewer, areaId) {
        const items = phraseItems(areaId, look(viewer, areaId));
        return { items, changes: await administration.changes(areaId, ['phrase']) };
      },
      async dispatch(viewer, areaId) {
        const items = dispatchItems(areaId, look(viewer, areaId));
        return { items, changes: await administration.changes(areaId, ['dispatch']) };
      },
      async changesOf(viewer, areaId, kinds) {
        look(viewer, areaId);
        return administration.changes(areaId, kinds);
      },
      async usesOf(viewer, areaId, categoryId) {
        look(viewer, areaId);
        return store.read((db) => usesOf(db, directory.areasWithin(areaId), categoryId));
      },
    },
  };
}
