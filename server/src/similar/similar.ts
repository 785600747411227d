/** Finds open cases like the one being written or reviewed. */
import type { SimilarCase, SimilarCases } from '@minqing/shared/contract';
import {
  availableActions,
  decide,
  isAuthor,
  Refusal,
  type Actor,
  type Case,
  type World,
} from '@minqing/shared/workflow';
import { CASE_STATES } from '@minqing/shared/words';
import type { Catalogue } from '../catalogue/index.ts';
import { findCase, sightOf, worldAround, type Calendars, type Policies } from '../cases/index.ts';
import type { Clock } from '../clock.ts';
import { forbidden, notFound } from '../errors.ts';
import { casesIn, createFollower, type Follower } from '../ledger/index.ts';
import type { Directory } from '../people/index.ts';
import type { Reader, Store } from '../store/index.ts';
import { WORDS_VERSION } from '../text/index.ts';
import { likeness, weightsOf, type Likeness, type Matter } from './likeness.ts';
import { casesByWord, isOpen, keepWords, NEWEST } from './open.words.ts';
import { scopesOf } from './scopes.ts';

export interface SimilarDeps {
  store: Store;
  clock: Clock;
  directory: Directory;
  calendars: Calendars;
  policies: Policies;
  catalogue: Pick<Catalogue, 'categoryName'>;
}

/** What is being written, as far as it has been said. */
export interface SimilarQuery {
  title: string;
  situation: string;
  place: string;
  categoryId?: string | undefined;
  areaId?: string | undefined;
  latitude?: number | undefined;
  longitude?: number | undefined;
  /** A case that is not to be offered: the returned one being written anew. */
  exclude?: string | undefined;
}

export interface Similar {
  /** At most five open cases the viewer may see that are like what is being written, most alike first. */
  find(viewer: Actor, query: SimilarQuery): Promise<SimilarCases>;
  /** The same beside a case, for those who work on it. */
  beside(viewer: Actor, caseId: string): Promise<SimilarCases>;
  follower: Follower;
}

interface Beside {
  c: Case;
  world: World;
}

const MOST_SHOWN = 5;
/** Alike enough to be worth a person's look: similar.test.ts shows what that finds and what it leaves alone. */
const ALIKE = 0.46;
/** Words of the asked matter that are looked up, those that say most first. */
const MOST_WORDS = 20;
/** Cases read and compared in full. */
const MOST_COMPARED = 40;
const OWN = 20;

export function createSimilar(deps: SimilarDeps): Similar {
  const { store, directory, clock } = deps;
  const follower = createFollower(store, {
    name: 'similar',
    version: WORDS_VERSION,
    async effect(tx, entries) {
      for (const caseId of casesIn(entries)) {
        await keepWords(tx, caseId);
      }
    },
    async clear(tx) {
      await tx.deleteFrom('open_case_word').execute();
    },
  });

  interface Asked {
    matter: Matter;
    areaIds: string[];
    exclude: string | undefined;
    /** The case the viewer works on, where there is one. */
    beside: Beside | null;
  }

  async function search(db: Reader, viewer: Actor, asked: Asked): Promise<SimilarCases> {
    const words = [...weightsOf(asked.matter).entries()]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, MOST_WORDS)
      .map(([word]) => word);
    const byWord = await casesByWord(db, scopesOf(viewer, asked.areaIds, directory), words);
    const rarity = (word: string): number => rarityOf(byWord.get(word)?.size ?? 0);
    const spoken = new Map<string, number>();
    for (const [word, caseIds] of byWord) {
      caseIds.forEach((id) => spoken.set(id, (spoken.get(id) ?? 0) + rarity(word)));
    }
    const nearest = [...spoken].toSorted(([, a], [, b]) => b - a).slice(0, MOST_COMPARED);
    const ids = new Set(nearest.map(([id]) => id));
    for (const id of words.length > 0 ? await ownCases(db, viewer) : []) {
      ids.add(id);
    }
    ids.delete(asked.exclude ?? '');
    const found = (await casesById(db, [...ids]))
      .filter((c) => isOpen(c) && sightOf(c, viewer, directory.areaChain).any)
      .map((c) => ({ c, like: likeness(asked.matter, matterOf(c), rarity) }))
      .filter(({ like }) => like.score >= ALIKE)
      .toSorted((a, b) => b.like.score - a.like.score || b.c.submittedAt - a.c.submittedAt)
      .slice(0, MOST_SHOWN);
    const items: SimilarCase[] = [];
    for (const { c, like } of found) {
      items.push(present(c, like, viewer, await worldOf(db, c), asked.beside));
    }
    return { items };
  }

  const worldOf = (db: Reader, c: Case): Promise<World> =>
    worldAround(db, deps, c, c.areaId, clock.businessNow());

  function present(c: Case, like: Likeness, viewer: Actor, world: World, beside: Beside | null): SimilarCase {
    const area = c.content.place.areaId ? directory.area(c.content.place.areaId)?.name : undefined;
    return {
      id: c.id,
      title: c.content.title,
      category: deps.catalogue.categoryName(c.areaId, c.content.categoryId),
      place: [area, c.content.place.text].filter(Boolean).join(' '),
      stateLabel: CASE_STATES[c.state],
      score: Math.round(like.score * 100) / 100,
      reasons: like.reasons,
      mine: viewer.kind === 'person' && isAuthor(c, viewer.personId),
      supported: viewer.kind === 'person' && c.supporters.some((each) => each.personId === viewer.personId),
      maySupport: beside === null && availableActions(c, viewer, world).includes('support'),
      mayMerge: beside !== null && mayMerge(beside, c, viewer),
    };
  }

  return {
    follower,
    find(viewer, query) {
      const grants = viewer.kind === 'person' ? viewer.grants : [];
      const home = grants.find((g) => g.role === 'member');
      const receiver = directory.receivingCommittee(query.areaId ?? null, home?.unitId ?? null);
      return store.read((db) =>
        search(db, viewer, {
          matter: {
            title: query.title,
            situation: query.situation,
            placeText: query.place,
            categoryId: said(query.categoryId),
            areaId: query.areaId ?? null,
            latitude: query.latitude ?? null,
            longitude: query.longitude ?? null,
          },
          areaIds: [
            ...(receiver ? [receiver.areaId] : []),
            ...(query.areaId ? directory.areaChain(query.areaId) : grants.map((g) => g.areaId)),
          ],
          exclude: query.exclude,
          beside: null,
        }),
      );
    },
    beside(viewer, caseId) {
      return store.read(async (db) => {
        const c = await findCase(db, caseId);
        const sight = c ? sightOf(c, viewer, directory.areaChain) : null;
        if (!c || !sight?.any) {
          throw notFound();
        }
        if (!sight.staff) {
          throw forbidden();
        }
        const { areaId } = c.content.place;
        return search(db, viewer, {
          matter: matterOf(c),
          areaIds: [c.areaId, ...(areaId ? directory.areaChain(areaId) : [])],
          exclude: c.id,
          beside: { c, world: await worldOf(db, c) },
        });
      });
    },
  };
}

/** Nobody has spoken of it: as telling as a word of five cases, since a word of one's own may be a mere wording. */
const UNHEARD = 5;
const rarityOf = (cases: number): number =>
  Math.log(1 + NEWEST / (cases === 0 ? UNHEARD : Math.min(cases, NEWEST)));

const said = (categoryId: string | undefined): string | null =>
  categoryId === undefined || categoryId === '' || categoryId === 'other' ? null : categoryId;

function matterOf(c: Case): Matter {
  const { title, situation, categoryId, place } = c.content;
  return {
    title,
    situation,
    placeText: place.text,
    categoryId: said(categoryId),
    areaId: place.areaId,
    latitude: place.latitude ?? null,
    longitude: place.longitude ?? null,
  };
}

/** Whether the workflow would merge the case into the other: asked of the code that decides, and nothing is kept. */
function mayMerge({ c, world }: Beside, into: Case, viewer: Actor): boolean {
  try {
    const request = { caseId: c.id, action: 'merge' as const, input: { intoCaseId: into.id, note: '' } };
    decide(c, viewer, request, { ...world, other: into });
    return true;
  } catch (error) {
    if (error instanceof Refusal) {
      return false;
    }
    throw error;
  }
}

async function casesById(db: Reader, ids: readonly string[]): Promise<Case[]> {
  if (ids.length === 0) {
    return [];
  }
  const rows = await db
    .selectFrom('cases')
    .select('body_json')
    .where('id', 'in', [...ids])
    .execute();
  return rows.map((row) => JSON.parse(row.body_json) as Case);
}

/** The newest of the viewer's own reports: whoever writes the same twice is told, whatever its openness. */
async function ownCases(db: Reader, viewer: Actor): Promise<string[]> {
  if (viewer.kind !== 'person' || !viewer.grants.some((g) => g.role === 'member')) {
    return [];
  }
  const rows = await db
    .selectFrom('case_author')
    .select('case_id')
    .where('person_id', '=', viewer.personId)
    .orderBy('submitted_at', 'desc')
    .limit(OWN)
    .execute();
  return rows.map((row) => row.case_id);
}
