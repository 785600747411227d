/** Lists and counts. Every query is scoped by the desk before anything else is asked. */
import { asMerged, QUEUES, type Actor, type Case, type World } from '@minqing/shared/workflow';
import type { CaseItem, CasePage, QueuesView } from '@minqing/shared/contract';
import { ROLES } from '@minqing/shared/words';
import { isoShanghaiFull } from '@minqing/shared/time';
import { sql, type Compilable, type SelectQueryBuilder } from 'kysely';
import { decodeCursor, encodeCursor, type KeysetColumn, type Reader, type Store } from '../store/index.ts';
import type { CaseWording } from '../catalogue/index.ts';
import type { Database } from '../store/tables.ts';
import type { Clock } from '../clock.ts';
import { forbidden } from '../errors.ts';
import type { Directory } from '../people/index.ts';
import { presentItem } from './case.item.presenter.ts';
import {
  deskById,
  deskScope,
  desksOf,
  isUnitDesk,
  queueById,
  queueWhere,
  slicesOf,
  type Desk,
  type DeskTables,
} from './case.scope.ts';
import { namesOf } from './names.ts';
import type { ListQuery } from './port.ts';
import { findCases } from './case.repository.ts';
import { searchTokens } from './search.ts';
import { sightOf, type Sight } from './sight.ts';
import { worldOf, type WorldSources } from './world.ts';

const PAGE = 20;
const LARGEST_PAGE = 50;
/** Rows read at once for an export: enough to pay for the question, few enough to hold up nobody. */
const EXPORT_PAGE = 250;
/** Counts are exact up to here; beyond, a number nobody reads would cost a scan. */
const COUNT_CAP = 1_000;
const SEARCH_TERMS = 8;
/** Parts of a list asked for in one statement: databases have limits, and a province has many areas. */
const SLICES_AT_ONCE = 200;

/** The two columns a page is sorted by: of the table the desk is entered through, so that its index is the order. */
interface Order {
  at: `${DeskTables}.${'due_at' | 'submitted_at'}`;
  id: 'cases.id' | 'unit_case.case_id';
}

function orderOf(desk: Desk, newest: boolean): Order {
  const at = newest ? 'submitted_at' : 'due_at';
  return isUnitDesk(desk)
    ? { at: `unit_case.${at}`, id: 'unit_case.case_id' }
    : { at: `cases.${at}`, id: 'cases.id' };
}

export interface QueryDeps extends WorldSources {
  store: Store;
  clock: Clock;
  directory: Directory;
  wording: CaseWording;
}

/** Which columns a page's cursor holds: the sort instant and the case. */
const CURSOR: readonly KeysetColumn[] = [
  { column: 'at', direction: 'asc', type: 'number' },
  { column: 'cases.id', direction: 'asc', type: 'string' },
];

const personOf = (viewer: Actor): string => {
  if (viewer.kind !== 'person') {
    throw forbidden();
  }
  return viewer.personId;
};

type Rows = SelectQueryBuilder<Database, DeskTables, object>;

/** The rows a desk's queues are read from. Only a unit's desk asks for columns of `unit_case`. */
function rowsOf(db: Reader, desk: Desk): Rows {
  return isUnitDesk(desk)
    ? db.selectFrom('unit_case').innerJoin('cases', 'cases.id', 'unit_case.case_id')
    : (db.selectFrom('cases') as unknown as Rows);
}

function scoped(db: Reader, deps: QueryDeps, viewer: Actor, desk: Desk, query: ListQuery, now: number): Rows {
  const personId = personOf(viewer);
  const { filter } = queueById(desk, query.queue);
  const areasWithin = (id: string): readonly string[] => deps.directory.areasWithin(id);
  const scope = deskScope(desk, personId, areasWithin, filter);
  const within = queueWhere(filter, desk, personId, now, areasWithin);
  return rowsOf(db, desk)
    .where((eb) => eb.and([...scope(eb), ...within(eb)]))
    .$if(Boolean(query.category), (qb) => qb.where('cases.category_id', '=', query.category ?? ''))
    .$if(Boolean(query.area), (qb) => qb.where('cases.place_area_id', '=', query.area ?? ''))
    .$if(Boolean(query.unit), (qb) => qb.where('cases.lead_unit_id', '=', query.unit ?? ''))
    .$if(Boolean(query.q?.trim()), (qb) =>
      searchTokens(query.q ?? '')
        .slice(0, SEARCH_TERMS)
        .reduce(
          (all, token) =>
            all.where('cases.id', 'in', (eb) =>
              eb.selectFrom('search_token').select('case_id').where('token', '=', token),
            ),
          qb,
        ),
    );
}

interface Place {
  id: string;
  at: number;
}

/** Runs one query: on the request's connection, or apart where many pages are read one after another. */
type Ask = <O>(query: (db: Reader) => Question<O>) => Promise<O[]>;
type Question<O> = Compilable<O> & { execute(): Promise<O[]> };

/** A list as its pages are read: the same conditions for every one of them. */
interface Listing {
  desk: Desk;
  queue: ReturnType<typeof queueById>;
  personId: string;
  now: number;
  newest: boolean;
  slices: ReturnType<typeof slicesOf>;
  base(db: Reader): Rows;
}

/** What the query asks for. Throws when the viewer does not sit at that desk or there is no such queue. */
function listingOf(deps: QueryDeps, viewer: Actor, query: ListQuery): Listing {
  const desk = deskById(viewer, query.desk);
  const now = deps.clock.businessNow();
  const queue = queueById(desk, query.queue);
  return {
    desk,
    queue,
    personId: personOf(viewer),
    now,
    // What is over has no due time to sort by.
    newest:
      queue.group === 'done' || (query.sort ?? (desk.role === 'member' ? 'newest' : 'due')) === 'newest',
    slices: slicesOf(desk, queue.filter, (id) => deps.directory.areasWithin(id)),
    base: (db) => scoped(db, deps, viewer, desk, query, now),
  };
}

/** Where a page's rows stand: the first `size` behind the cursor, merged from the heads of the queue's slices. */
async function places(
  ask: Ask,
  { desk, newest, slices, base }: Listing,
  size: number,
  after: string | undefined,
): Promise<Place[]> {
  const { at, id } = orderOf(desk, newest);
  const cursor = after ? (decodeCursor(after, CURSOR) as [number, string]) : null;
  const found: Place[] = [];
  const headsOf = (db: Reader, some: typeof slices): Question<Place> => {
    const heads = some.map((slice) => {
      const head = base(db)
        .where((eb) => eb.and(slice(eb)))
        .select(['cases.id', sql.ref<number>(at).as('at')])
        .$if(cursor !== null, (qb) =>
          qb.where((eb) => {
            const [instant, caseId] = cursor ?? [0, ''];
            // The first condition says nothing new, but without it some databases find no range in the index.
            return eb.and([
              eb(at, newest ? '<=' : '>=', instant),
              eb.or([eb(at, newest ? '<' : '>', instant), eb(id, newest ? '<' : '>', caseId)]),
            ]);
          }),
        )
        .orderBy(at, newest ? 'desc' : 'asc')
        .orderBy(id, newest ? 'desc' : 'asc')
        .limit(size);
      return db.selectFrom(head.as('head')).select(['id', 'at']);
    });
    return heads.slice(1).reduce((all, head) => all.unionAll(head), heads[0] as (typeof heads)[number]);
  };
  for (let i = 0; i < slices.length; i += SLICES_AT_ONCE) {
    found.push(...(await ask((db) => headsOf(db, slices.slice(i, i + SLICES_AT_ONCE)))));
  }
  const sign = newest ? -1 : 1;
  return found
    .toSorted((a, b) => sign * (a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)))
    .slice(0, size);
}

/** The cases at these places, in their order, with what the viewer has seen of each. */
async function rowsAt(
  ask: Ask,
  personId: string,
  found: readonly Place[],
): Promise<{ body_json: string; seen: number | null }[]> {
  if (found.length === 0) {
    return [];
  }
  const rows = await ask((db) =>
    db
      .selectFrom('cases')
      .leftJoin('case_seen', (join) =>
        join.onRef('case_seen.case_id', '=', 'cases.id').on('case_seen.person_id', '=', personId),
      )
      .select(['cases.id', 'cases.body_json', 'case_seen.version as seen'])
      .where(
        'cases.id',
        'in',
        found.map((place) => place.id),
      ),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return found.flatMap((place) => byId.get(place.id) ?? []);
}

/** A case of a list, as the list shows it and as it is. */
export interface Listed {
  item: CaseItem;
  c: Case;
  sight: Sight;
  world: World;
}

/** One page of a list behind a cursor, and the cursor behind it; null on the last. */
async function pageAt(
  deps: QueryDeps,
  viewer: Actor,
  ask: Ask,
  listing: Listing,
  page: { size: number; after: string | undefined },
): Promise<{ rows: Listed[]; after: string | null }> {
  const { size } = page;
  const found = await places(ask, listing, size + 1, page.after);
  const rows = await rowsAt(ask, listing.personId, found.slice(0, size));
  const cases = rows.map((row) => JSON.parse(row.body_json) as Case);
  // Found as what this office stepped up for: that is why it sees them.
  const { desk, queue } = listing;
  const stepped = queue.filter.stepped && desk.unitId ? [desk.unitId] : [];
  const above = { committees: stepped, offices: stepped };
  const followed = desk.role === 'member' ? cases.flatMap((c) => c.mergedInto ?? []) : [];
  const survivors =
    followed.length > 0 ? await deps.store.read((db) => findCases(db, followed)) : new Map<string, Case>();
  const listed = rows.map((row, i): Listed => {
    const own = cases[i] as Case;
    const survivor = own.mergedInto ? survivors.get(own.mergedInto) : undefined;
    const c = survivor ? asMerged(survivor, own) : own;
    const world = worldOf(deps, c.areaId, listing.now);
    const sight = sightOf(c, viewer, world.areaChain, above);
    const item = presentItem(c, {
      viewer,
      actsOn: survivor ?? c,
      sight,
      world,
      area: (id) => deps.directory.area(id),
      wording: deps.wording,
      seenVersion: row.seen ?? 0,
    });
    return { item, c, sight, world };
  });
  const last = found[size - 1];
  return {
    rows: listed,
    after: found.length > size && last ? encodeCursor([last.at, last.id]) : null,
  };
}

export async function listCases(deps: QueryDeps, viewer: Actor, query: ListQuery): Promise<CasePage> {
  const listing = listingOf(deps, viewer, query);
  const size = Math.min(query.limit ?? PAGE, LARGEST_PAGE);
  return deps.store.read(async (db) => {
    const ask: Ask = (query) => query(db).execute();
    const { rows, after } = await pageAt(deps, viewer, ask, listing, { size, after: query.after });
    const total = await countUpTo(db, deps, viewer, listing.desk, query, listing.now);
    return { items: rows.map((row) => row.item), after, total };
  });
}

/**
 * The whole list, page by page, for exports: each page is read apart, so that the process goes on answering. Throws at
 * once when the viewer does not sit at that desk.
 */
export function everyCase(deps: QueryDeps, viewer: Actor, query: ListQuery): AsyncIterable<Listed[]> {
  return pages(deps, viewer, listingOf(deps, viewer, query));
}

async function* pages(
  deps: QueryDeps,
  viewer: Actor,
  listing: Listing,
): AsyncGenerator<Listed[], void, undefined> {
  const ask: Ask = (query) => deps.store.readApart(query);
  for (let after: string | undefined; ;) {
    const page = await pageAt(deps, viewer, ask, listing, { size: EXPORT_PAGE, after });
    yield page.rows;
    if (page.after === null) {
      return;
    }
    after = page.after;
  }
}

async function countUpTo(
  db: Reader,
  deps: QueryDeps,
  viewer: Actor,
  desk: Desk,
  query: ListQuery,
  now: number,
): Promise<number | null> {
  const counted = await db
    .selectFrom(
      scoped(db, deps, viewer, desk, query, now)
        .select('cases.id')
        .limit(COUNT_CAP + 1)
        .as('found'),
    )
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  const n = Number(counted.n);
  return n > COUNT_CAP ? null : n;
}

export async function queuesOf(deps: QueryDeps, viewer: Actor): Promise<QueuesView> {
  const personId = personOf(viewer);
  const now = deps.clock.businessNow();
  return deps.store.read(async (db) => {
    const names = await namesOf(db, [personId]);
    const desks = [];
    for (const desk of desksOf(viewer)) {
      const queues = [];
      for (const { id, label, group, tone, filter } of QUEUES[desk.role] ?? []) {
        const count =
          (await countUpTo(db, deps, viewer, desk, { desk: desk.id, queue: id }, now)) ?? COUNT_CAP;
        // Rare enough that its being empty needs no line.
        if (count > 0 || !(filter.stepped || filter.elsewhere)) {
          queues.push({ id, label, group, tone, count });
        }
      }
      const place = desk.unitId
        ? deps.directory.unit(desk.unitId)?.name
        : deps.directory.area(desk.areaId)?.name;
      desks.push({
        id: desk.id,
        role: desk.role,
        title: desk.role === 'member' ? '我的民情' : (place ?? ''),
        subtitle: `${names(personId).name} · ${ROLES[desk.role]}`,
        queues,
      });
    }
    return { desks, asOf: isoShanghaiFull(now) };
  });
}
