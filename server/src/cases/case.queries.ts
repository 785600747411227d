/** Lists and counts. Every query is scoped by the desk before anything else is asked. */
import { asMerged, QUEUES, type Actor, type Case } from '@minqing/shared/workflow';
import type { CasePage, QueuesView } from '@minqing/shared/contract';
import { ROLES } from '@minqing/shared/words';
import { isoShanghaiFull } from '@minqing/shared/time';
import { decodeCursor, encodeCursor, type KeysetColumn, type Reader, type Store } from '../store/index.ts';
import type { CaseWording } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import { forbidden } from '../errors.ts';
import type { Directory } from '../people/index.ts';
import { presentItem } from './case.item.presenter.ts';
import { deskById, deskScope, desksOf, queueById, queueWhere, type Desk } from './case.scope.ts';
import { namesOf } from './names.ts';
import type { ListQuery } from './port.ts';
import { findCases } from './case.repository.ts';
import { searchTokens } from './search.ts';
import { sightOf } from './sight.ts';
import { worldOf, type WorldSources } from './world.ts';

const PAGE = 20;
const LARGEST_PAGE = 50;
/** Counts are exact up to here; beyond, a number nobody reads would cost a scan. */
const COUNT_CAP = 1_000;
const SEARCH_TERMS = 8;

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

function scoped(db: Reader, deps: QueryDeps, viewer: Actor, desk: Desk, query: ListQuery, now: number) {
  const personId = personOf(viewer);
  const { filter } = queueById(desk, query.queue);
  const areasWithin = (id: string): readonly string[] => deps.directory.areasWithin(id);
  const scope = deskScope(desk, personId, areasWithin, filter);
  const within = queueWhere(filter, desk, personId, now, areasWithin);
  return db
    .selectFrom('cases')
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

export async function listCases(deps: QueryDeps, viewer: Actor, query: ListQuery): Promise<CasePage> {
  const desk = deskById(viewer, query.desk);
  const personId = personOf(viewer);
  const now = deps.clock.businessNow();
  const size = Math.min(query.limit ?? PAGE, LARGEST_PAGE);
  const newest = query.sort === undefined ? desk.role === 'member' : query.sort === 'newest';
  const column = newest ? 'cases.submitted_at' : 'cases.due_at';
  return deps.store.read(async (db) => {
    const base = scoped(db, deps, viewer, desk, query, now);
    const cursor = query.after ? decodeCursor(query.after, CURSOR) : null;
    const step = newest ? '<' : '>';
    const rows = await base
      .leftJoin('case_seen', (join) =>
        join.onRef('case_seen.case_id', '=', 'cases.id').on('case_seen.person_id', '=', personId),
      )
      .select([
        'cases.id',
        'cases.body_json',
        'cases.due_at',
        'cases.submitted_at',
        'case_seen.version as seen',
      ])
      .$if(cursor !== null, (qb) =>
        qb.where((eb) => {
          const [at, id] = (cursor ?? [0, '']) as [number, string];
          return eb.or([eb(column, step, at), eb.and([eb(column, '=', at), eb('cases.id', step, id)])]);
        }),
      )
      .orderBy(column, newest ? 'desc' : 'asc')
      .orderBy('cases.id', newest ? 'desc' : 'asc')
      .limit(size + 1)
      .execute();
    const page = rows.slice(0, size);
    const items = [];
    const cases = page.map((row) => JSON.parse(row.body_json) as Case);
    const survivors = await findCases(
      db,
      cases.flatMap((c) => c.mergedInto ?? []),
    );
    for (const [i, row] of page.entries()) {
      const own = cases[i] as Case;
      const survivor = desk.role === 'member' && own.mergedInto ? survivors.get(own.mergedInto) : undefined;
      const c = survivor ? asMerged(survivor, own) : own;
      const world = worldOf(deps, c.areaId, now);
      const sight = sightOf(c, viewer, world.areaChain);
      items.push(
        presentItem(c, {
          viewer,
          sight,
          world,
          area: (id) => deps.directory.area(id),
          wording: deps.wording,
          seenVersion: row.seen ?? 0,
        }),
      );
    }
    const last = page.at(-1);
    const after =
      rows.length > size && last ? encodeCursor([newest ? last.submitted_at : last.due_at, last.id]) : null;
    return { items, after, total: await countUpTo(db, deps, viewer, desk, query, now) };
  });
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
      for (const { id, label, group, tone } of QUEUES[desk.role] ?? []) {
        const count =
          (await countUpTo(db, deps, viewer, desk, { desk: desk.id, queue: id }, now)) ?? COUNT_CAP;
        queues.push({ id, label, group, tone, count });
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
