/** Urging many cases with one wish: kept first, then done case by case by the worker, so that nothing is lost. */
import type { UrgesView } from '@minqing/shared/contract';
import type { Actor } from '@minqing/shared/workflow';
import { forbidden, keyReused, notFound } from '../errors.ts';
import { digestOf, insertIgnore, uuidv7, type Reader, type Tx } from '../store/index.ts';
import { choose, type Selection } from './urge.select.ts';
import { partyName, partyOf, progressSentence } from './urge.words.ts';
import type { WatchDeps } from './watch.ts';

export interface Wish extends Selection {
  text: string;
}

/** Outcomes of one case of a wish; `unseen` is a case its sender may not see, of which nothing is told. */
export type Outcome = 'waiting' | 'urged' | 'skipped' | 'unseen';

const personOf = (viewer: Actor): string => {
  if (viewer.kind !== 'person') {
    throw forbidden();
  }
  return viewer.personId;
};

/**
 * Keeps the wish with every case it names. The same key with the same wish answers the first again; with another it is
 * refused.
 */
export async function startUrges(
  deps: WatchDeps,
  viewer: Actor,
  wish: Wish,
  key: string,
): Promise<UrgesView> {
  const personId = personOf(viewer);
  const digest = digestOf(wish);
  const known = await deps.store.read((db) => findByKey(db, personId, key));
  if (known && known.digest !== digest) {
    throw keyReused();
  }
  if (known) {
    return viewUrges(deps, viewer, known.id);
  }
  const chosen = await choose(deps, viewer, wish);
  const batch = {
    id: uuidv7(),
    person_id: personId,
    request_key: key,
    digest,
    text: wish.text,
    total: chosen.length,
    open: 1 as const,
    created_at: deps.clock.businessNow(),
  };
  const items = chosen.map(({ id, c, why }, position) => {
    const { mover, unitId } = c ? partyOf(c) : { mover: '', unitId: '' };
    return {
      batch_id: batch.id,
      case_id: id,
      position,
      outcome: (c === null ? 'unseen' : why === null ? 'waiting' : 'skipped') satisfies Outcome,
      why: why ?? '',
      mover,
      unit_id: unitId,
      attempts: 0,
    };
  });
  const kept = await deps.store.transact(async (tx) => {
    if (!(await insertIgnore(tx, 'urge_batch', batch))) {
      return false;
    }
    await insertItems(tx, items);
    return true;
  });
  if (!kept) {
    // Another try of the same request came first.
    return startUrges(deps, viewer, wish, key);
  }
  return viewUrges(deps, viewer, batch.id);
}

const findByKey = (db: Reader, personId: string, key: string) =>
  db
    .selectFrom('urge_batch')
    .select(['id', 'digest'])
    .where('person_id', '=', personId)
    .where('request_key', '=', key)
    .executeTakeFirst();

const AT_ONCE = 100;
async function insertItems(
  tx: Tx,
  items: readonly {
    batch_id: string;
    case_id: string;
    position: number;
    outcome: string;
    why: string;
    mover: string;
    unit_id: string;
    attempts: number;
  }[],
): Promise<void> {
  for (let i = 0; i < items.length; i += AT_ONCE) {
    await tx
      .insertInto('urge_item')
      .values(items.slice(i, i + AT_ONCE))
      .execute();
  }
}

/** How far a wish has come; its sender's alone to see. */
export async function viewUrges(deps: WatchDeps, viewer: Actor, id: string): Promise<UrgesView> {
  const personId = personOf(viewer);
  return deps.store.read(async (db) => {
    const batch = await db
      .selectFrom('urge_batch')
      .select(['id', 'open', 'total'])
      .where('id', '=', id)
      .where('person_id', '=', personId)
      .executeTakeFirst();
    if (!batch) {
      throw notFound();
    }
    const counts = await db
      .selectFrom('urge_item')
      .select((eb) => ['outcome', 'mover', 'unit_id as unitId', eb.fn.countAll<number>().as('n')])
      .where('batch_id', '=', id)
      .groupBy(['outcome', 'mover', 'unit_id'])
      .execute();
    const skipped = await db
      .selectFrom('urge_item')
      .leftJoin('cases', 'cases.id', 'urge_item.case_id')
      .select(['urge_item.case_id', 'urge_item.outcome', 'urge_item.why', 'cases.number', 'cases.title'])
      .where('urge_item.batch_id', '=', id)
      .where('urge_item.outcome', 'in', ['skipped', 'unseen'])
      .orderBy('urge_item.position')
      .execute();
    const sum = (outcome: Outcome): number =>
      counts.filter((row) => row.outcome === outcome).reduce((all, row) => all + Number(row.n), 0);
    const units = new Map<string, number>();
    for (const row of counts.filter((each) => each.outcome === 'urged')) {
      const name = partyName(row, deps.directory);
      units.set(name, (units.get(name) ?? 0) + Number(row.n));
    }
    const view = {
      open: batch.open === 1,
      total: batch.total,
      done: batch.total - sum('waiting'),
      urged: sum('urged'),
    };
    return {
      id,
      ...view,
      sentence: progressSentence({ ...view, units: [...units.keys()] }),
      units: [...units].map(([name, count]) => ({ name, count })).toSorted((a, b) => b.count - a.count),
      skipped: skipped.map((row) => {
        const shown = row.outcome !== 'unseen';
        return {
          id: row.case_id,
          number: (shown && row.number) || '',
          title: (shown && row.title) || '',
          why: row.why,
        };
      }),
    };
  });
}
