/**
 * What is counted and what is listed, from the same conditions. The counts read the watched areas' late rows out of one
 * index, the running ones of the groups on the page out of another; neither meets a case that has ended.
 */
import type { SelectQueryBuilder } from 'kysely';
import type { LateFilter, LateGrouping } from '@minqing/shared/contract';
import { LATE_REASON_NAMES, LATE_REASONS } from '@minqing/shared/statistics';
import { spec, type Case } from '@minqing/shared/workflow';
import type { Desk } from '../cases/index.ts';
import type { Directory } from '../people/index.ts';
import { keyset, pageOf, type KeysetColumn, type Page, type Reader, type Store } from '../store/index.ts';
import type { Database } from '../store/tables.ts';
import { every, narrowed, notClosed, pastDue, watched, type Where } from './scope.ts';

/** The column each grouping puts together by. */
export const COLUMN_OF = {
  unit: 'party_id',
  stage: 'stage',
  reason: 'reason',
  area: 'place_area_id',
} as const satisfies Record<LateGrouping, string>;

const UNIT_REASONS = LATE_REASON_NAMES.filter((name) => LATE_REASONS[name].unit);
/** Stages in which the workflow knows urging. */
export const URGEABLE: readonly string[] = [...spec('urge').from, 'redispatch'];

export interface Watching {
  desk: Desk;
  now: number;
  filter: Partial<LateFilter>;
}

export interface QueryParts {
  store: Pick<Store, 'read' | 'readApart'>;
  directory: Pick<Directory, 'areasWithin' | 'unit'>;
}

type Rows = SelectQueryBuilder<Database, 'running_case', object>;

const from = (db: Reader, ...parts: Where[]): Rows => db.selectFrom('running_case').where(every(...parts));

/** Late cases of the desk, narrowed. */
const late = (parts: QueryParts, w: Watching): Where[] => [
  watched(w.desk, parts.directory),
  pastDue(w.now),
  narrowed(w.filter),
];

export interface Tally {
  reason: string;
  mover: string;
  area: string;
  count: number;
}

/** Every late case of the desk by why, whose move and where: sentence, bar and choices are sums over it. */
export async function tallyLate(parts: QueryParts, w: Omit<Watching, 'filter'>): Promise<Tally[]> {
  const rows = await parts.store.readApart((db) =>
    from(db, ...late(parts, { ...w, filter: {} }))
      .select((eb) => ['reason', 'mover', 'place_area_id as area', eb.fn.countAll<number>().as('count')])
      .groupBy(['reason', 'mover', 'place_area_id']),
  );
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

/** How many run at all, and how many are due soon. */
export async function countRunning(
  parts: QueryParts,
  w: Watching,
): Promise<{ running: number; soon: number }> {
  const { reason: _reason, mover: _mover, ...where } = w.filter;
  const [row] = await parts.store.readApart((db) =>
    from(db, watched(w.desk, parts.directory), narrowed(where), notClosed).select((eb) => [
      eb.fn.countAll<number>().as('running'),
      eb.fn
        .sum<number>(
          eb
            .case()
            .when(eb.and([eb('amber_at', '<=', w.now), eb('due_at', '>=', w.now)]))
            .then(1)
            .else(0)
            .end(),
        )
        .as('soon'),
    ]),
  );
  return { running: Number(row?.running ?? 0), soon: Number(row?.soon ?? 0) };
}

export interface GroupRow {
  key: string;
  late: number;
}

const GROUP_ORDER: readonly KeysetColumn[] = [
  { column: 'late', direction: 'desc', type: 'number' },
  { column: 'key', direction: 'asc', type: 'string' },
];

/**
 * A page of groups, most late cases first. `all` also lists those that have cases and nothing late; that reads what
 * runs instead of what is late.
 */
export async function pageGroups(
  parts: QueryParts,
  w: Watching,
  options: { by: LateGrouping; all: boolean; limit: number; after?: string | undefined },
): Promise<Page<GroupRow>> {
  const column = COLUMN_OF[options.by];
  const scope = options.all ? [watched(w.desk, parts.directory), narrowed(w.filter)] : late(parts, w);
  const rows = await parts.store.readApart((db) => {
    const groups = from(db, ...scope)
      .select((eb) => [
        eb.ref(`running_case.${column}`).as('key'),
        options.all
          ? eb.fn.sum<number>(eb.case().when('due_at', '<', w.now).then(1).else(0).end()).as('late')
          : eb.fn.countAll<number>().as('late'),
      ])
      .where(`running_case.${column}`, '!=', '')
      .groupBy(`running_case.${column}`);
    return keyset(
      db.selectFrom(groups.as('grouped')).select(['key', 'late']),
      GROUP_ORDER,
      options.limit,
      options.after,
    );
  });
  return pageOf(
    rows.map(({ key, late: n }) => ({ key, late: Number(n) })),
    options.limit,
    (row) => [row.late, row.key],
  );
}

/** How many groups have something late. */
export async function countGroups(parts: QueryParts, w: Watching, by: LateGrouping): Promise<number> {
  const column = `running_case.${COLUMN_OF[by]}` as const;
  const [row] = await parts.store.readApart((db) =>
    from(db, ...late(parts, w)).select((eb) => eb.fn.count<number>(column).distinct().as('n')),
  );
  return Number(row?.n ?? 0);
}

export interface LatePart {
  key: string;
  reason: string;
  /** Whose calendar the longest miss is told in. */
  areaId: string;
  count: number;
  /** Of them, those a notice to their unit can help to end. */
  unitMoves: number;
  oldest: number;
  urgedAt: number;
}

/** For a unit to end, and where an urge is an act: what ticking a group selects. */
export const unitMoves: Where = (eb) => [
  eb('running_case.reason', 'in', [...UNIT_REASONS]),
  eb('running_case.stage', 'in', [...URGEABLE]),
  eb('running_case.mover', '!=', 'platform'),
];

/** What the late cases of these groups are made of. */
export async function lateParts(
  parts: QueryParts,
  w: Watching,
  by: LateGrouping,
  keys: readonly string[],
): Promise<LatePart[]> {
  if (keys.length === 0) {
    return [];
  }
  const column = `running_case.${COLUMN_OF[by]}` as const;
  const rows = await parts.store.readApart((db) =>
    from(db, ...late(parts, w))
      .where(column, 'in', [...keys])
      .select((eb) => [
        eb.ref(column).as('key'),
        'reason',
        'area_id as areaId',
        eb.fn.countAll<number>().as('count'),
        eb.fn.sum<number>(eb.case().when(every(unitMoves)(eb)).then(1).else(0).end()).as('unitMoves'),
        eb.fn.min('due_at').as('oldest'),
        eb.fn.max('urged_at').as('urgedAt'),
      ])
      .groupBy([column, 'reason', 'area_id']),
  );
  return rows.map((row) => ({
    ...row,
    count: Number(row.count),
    unitMoves: Number(row.unitMoves),
    oldest: Number(row.oldest),
    urgedAt: Number(row.urgedAt),
  }));
}

export interface StageCount {
  key: string;
  stage: string;
  running: number;
  late: number;
}

/** What runs in these groups, by stage. Neither why nor whose move narrows it: a unit's load is its load. */
export async function stageCounts(
  parts: QueryParts,
  w: Watching,
  by: LateGrouping,
  keys: readonly string[],
): Promise<StageCount[]> {
  if (keys.length === 0) {
    return [];
  }
  const column = `running_case.${COLUMN_OF[by]}` as const;
  const { reason: _reason, mover: _mover, ...where } = w.filter;
  const rows = await parts.store.readApart((db) =>
    from(db, watched(w.desk, parts.directory), narrowed(where))
      .where(column, 'in', [...keys])
      .select((eb) => [
        eb.ref(column).as('key'),
        'stage',
        eb.fn.countAll<number>().as('running'),
        eb.fn.sum<number>(eb.case().when('due_at', '<', w.now).then(1).else(0).end()).as('late'),
      ])
      .groupBy([column, 'stage']),
  );
  return rows.map((row) => ({ ...row, running: Number(row.running), late: Number(row.late) }));
}

export interface LateRow {
  id: string;
  c: Case;
  dueAt: number;
  urges: number;
  urgedAt: number;
}

const CASE_ORDER: readonly KeysetColumn[] = [
  { column: 'running_case.due_at', direction: 'asc', type: 'number' },
  { column: 'running_case.case_id', direction: 'asc', type: 'string' },
];

/** A page of late cases, the oldest miss first; of one group when `in` names it. */
export async function pageCases(
  parts: QueryParts,
  w: Watching,
  options: {
    in?: { by: LateGrouping; key: string } | undefined;
    limit: number;
    after?: string | undefined;
  },
): Promise<Page<LateRow>> {
  return parts.store.read(async (db) => {
    const rows = await keyset(
      inGroup(from(db, ...late(parts, w)), options.in)
        .innerJoin('cases', 'cases.id', 'running_case.case_id')
        .select([
          'running_case.case_id as id',
          'running_case.due_at as dueAt',
          'running_case.urges as urges',
          'running_case.urged_at as urgedAt',
          'cases.body_json as body',
        ]),
      CASE_ORDER,
      options.limit,
      options.after,
    ).execute();
    const page = pageOf(rows, options.limit, (row) => [row.dueAt, row.id]);
    return {
      next: page.next,
      rows: page.rows.map(({ body, ...row }) => ({ ...row, c: JSON.parse(body) as Case })),
    };
  });
}

/** How many late cases, of one group when `in` names it. */
export async function countLate(
  parts: QueryParts,
  w: Watching,
  within?: { by: LateGrouping; key: string },
): Promise<number> {
  const row = await parts.store.read((db) =>
    inGroup(from(db, ...late(parts, w)), within)
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow(),
  );
  return Number(row.n);
}

const inGroup = (rows: Rows, within: { by: LateGrouping; key: string } | undefined): Rows =>
  within ? rows.where(`running_case.${COLUMN_OF[within.by]}`, '=', within.key) : rows;
