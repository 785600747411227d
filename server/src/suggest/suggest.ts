/** Suggests who might lead a case and what it is about, from the area's earlier dispatches. It never dispatches. */
import type {
  CategorySuggestion,
  SuggestionReason,
  Suggestions,
  UnitSuggestion,
} from '@minqing/shared/contract';
import { availableActions, type ActionName, type Actor, type Case } from '@minqing/shared/workflow';
import type { Catalogue } from '../catalogue/index.ts';
import { findCase, sightOf, worldAround, type Calendars, type Policies } from '../cases/index.ts';
import type { Clock } from '../clock.ts';
import { forbidden, notFound } from '../errors.ts';
import { casesIn, createFollower, type Follower } from '../ledger/index.ts';
import type { Directory } from '../people/index.ts';
import type { Reader, Store } from '../store/index.ts';
import { WORDS_VERSION } from '../text/index.ts';
import { dutiesFor } from './duties.ts';
import { countsFor, keepLessons } from './lesson.repository.ts';
import { EVERY, featuresOf, knownOf } from './lessons.ts';
import { BELIEVED, isSure, rank, type Candidate } from './model.ts';
import { loadText, reasonsOf } from './reasons.ts';
import { attended, eligibleUnits, loadOf } from './units.ts';

export interface SuggestDeps {
  store: Store;
  clock: Clock;
  directory: Directory;
  calendars: Calendars;
  policies: Policies;
  catalogue: Pick<Catalogue, 'categories' | 'categoryName' | 'dispatchEntries'>;
}

export interface Suggest {
  /** What the viewer may decide about the case and earlier cases speak for. Empty where they leave it open. */
  forCase(viewer: Actor, caseId: string): Promise<Suggestions>;
  follower: Follower;
}

/** One that is named first, and two beside it. */
const MOST_UNITS = 3;
/** Less belief than this is a name out of a hat. */
const WORTH_NAMING = 0.03;
/** Raised whenever lessons are drawn otherwise; with the words' own version it says whether to learn anew. */
const LESSONS_VERSION = 1;

const UNIT_ACTS: readonly ActionName[] = ['dispatch', 'redispatch'];
const CATEGORY_ACTS: readonly ActionName[] = ['accept', 'correct'];

export function createSuggest(deps: SuggestDeps): Suggest {
  const { store, directory, catalogue, clock } = deps;
  const follower = createFollower(store, {
    name: 'suggest',
    version: LESSONS_VERSION * 1_000 + WORDS_VERSION,
    effect: (tx, entries) => keepLessons(tx, casesIn(entries)),
    async clear(tx) {
      await tx.deleteFrom('lesson_count').execute();
      await tx.deleteFrom('lesson').execute();
    },
  });

  async function unitsFor(db: Reader, c: Case): Promise<UnitSuggestion[]> {
    const now = clock.businessNow();
    const known = knownOf(c);
    const features = featuresOf(known);
    const placeChain = known.placeAreaId ? directory.areaChain(known.placeAreaId) : [];
    const duties = dutiesFor(catalogue.dispatchEntries(c.areaId), known, placeChain);
    const counts = await countsFor(db, c.areaId, 'unit', features);
    const more = new Map([...duties].map(([unitId, { weight }]) => [unitId, weight]));
    const eligible = eligibleUnits(c, directory);
    const ranked = rank(counts, EVERY, { features, more }).filter(({ label }) => eligible.has(label));
    const there = await attended(
      db,
      ranked.map(({ label }) => label),
      c,
      now,
    );
    const candidates = ranked.filter(({ label }) => there.has(label));
    const first = candidates[0];
    if (!first || !(isSure(first) || isBelievedDuty(first, duties.has(first.label)))) {
      return [];
    }
    const category = known.categoryId
      ? { id: known.categoryId, name: catalogue.categoryName(c.areaId, known.categoryId) }
      : null;
    const found: UnitSuggestion[] = [];
    for (const candidate of candidates.slice(0, MOST_UNITS)) {
      const unit = eligible.get(candidate.label);
      const duty = duties.get(candidate.label);
      const reasons: SuggestionReason[] = [
        ...reasonsOf(candidate, { name: unit?.shortName ?? '', verb: 'leads', category }),
        ...(duty ? [{ kind: 'duty' as const, text: duty.text }] : []),
      ];
      if (!unit || reasons.length === 0 || candidate.belief < WORTH_NAMING) {
        continue;
      }
      const { open, overdue } = await loadOf(db, unit.id, now);
      found.push({
        unit: { id: unit.id, name: unit.name, shortName: unit.shortName },
        reasons,
        load: { open, overdue, text: loadText(open, overdue) },
        belief: hundredths(candidate.belief),
      });
    }
    return found[0]?.unit.id === first.label ? found : [];
  }

  async function categoryFor(db: Reader, c: Case): Promise<CategorySuggestion | null> {
    const known = knownOf(c);
    const features = featuresOf({ ...known, categoryId: null });
    const counts = await countsFor(db, c.areaId, 'category', features);
    const offered = new Map(catalogue.categories(c.areaId).map((one) => [one.id, one.name]));
    const best = rank(counts, EVERY, { features }).find(({ label }) => offered.has(label));
    if (!best || !isSure(best)) {
      return null;
    }
    const name = offered.get(best.label) ?? '';
    const reasons = reasonsOf(best, { name, verb: 'falls', category: null });
    return reasons.length === 0 ? null : { id: best.label, name, reasons, belief: hundredths(best.belief) };
  }

  return {
    follower,
    forCase: (viewer, caseId) =>
      store.read(async (db) => {
        const c = await findCase(db, caseId);
        const sight = c ? sightOf(c, viewer, directory.areaChain) : null;
        if (!c || !sight?.any) {
          throw notFound();
        }
        if (!sight.staff) {
          throw forbidden();
        }
        const world = await worldAround(db, deps, c, c.areaId, clock.businessNow());
        const may = availableActions(c, viewer, world);
        return {
          units: UNIT_ACTS.some((act) => may.includes(act)) ? await unitsFor(db, c) : [],
          category: CATEGORY_ACTS.some((act) => may.includes(act)) ? await categoryFor(db, c) : null,
        };
      }),
  };
}

/** A duty that is written down speaks even where nobody has dispatched yet. */
const isBelievedDuty = (candidate: Candidate, hasDuty: boolean): boolean =>
  hasDuty && candidate.belief >= BELIEVED;

const hundredths = (share: number): number => Math.round(share * 100) / 100;
