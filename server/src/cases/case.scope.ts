/** Desks and queues in SQL: what a person's lists contain. The rule for one case is sight.ts; a test holds the two equal. */
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import {
  GOVERNMENT_STATES,
  QUEUES,
  spec,
  type Actor,
  type Grant,
  type Queue,
  type QueueFilter,
} from '@minqing/shared/workflow';
import { dayNumberOf, startOfDay } from '@minqing/shared/time';
import { CASE_STATES, type CaseState, type Role } from '@minqing/shared/words';
import { forbidden, invalidInput } from '../errors.ts';
import type { Database } from '../store/tables.ts';

export interface Desk {
  id: string;
  role: Role;
  unitId: string | null;
  areaId: string;
}

/** A unit's cases are entered through its own narrow rows; the other desks' through the cases themselves. */
export type DeskTables = 'cases' | 'unit_case';
type Eb = ExpressionBuilder<Database, DeskTables>;
type Where = (eb: Eb) => Expression<SqlBool>[];

const BY_AREA: readonly Role[] = ['inspector', 'leader'];
const BY_UNIT: readonly Role[] = ['handler', 'head'];
const EVERY_STATE = Object.keys(CASE_STATES) as CaseState[];
const DESK_ORDER: readonly Role[] = [
  'member',
  'reviewer',
  'dispatcher',
  'handler',
  'head',
  'inspector',
  'leader',
];

const deskOf = (g: Grant): Desk => ({
  id: g.role === 'member' ? 'member' : `${g.role}:${BY_AREA.includes(g.role) ? g.areaId : (g.unitId ?? '')}`,
  role: g.role,
  unitId: g.unitId,
  areaId: g.areaId,
});

/** The desks a person sits at, member first; each once. */
export function desksOf(viewer: Actor): Desk[] {
  if (viewer.kind !== 'person') {
    return [];
  }
  const found = new Map(viewer.grants.filter((g) => QUEUES[g.role]).map((g) => [deskOf(g).id, deskOf(g)]));
  return [...found.values()].toSorted((a, b) => DESK_ORDER.indexOf(a.role) - DESK_ORDER.indexOf(b.role));
}

/** The desk of that id. Throws forbidden when the viewer does not sit at it. */
export function deskById(viewer: Actor, id: string): Desk {
  const desk = desksOf(viewer).find((d) => d.id === id);
  if (!desk) {
    throw forbidden('您没有这个工作台');
  }
  return desk;
}

export function queueById(desk: Desk, id: string | undefined): Queue {
  const queues = QUEUES[desk.role] ?? [];
  const queue = id === undefined ? queues[0] : queues.find((q) => q.id === id);
  if (!queue) {
    throw invalidInput([{ path: 'queue', message: '没有这个队列' }]);
  }
  return queue;
}

/** True where the desk's cases are its unit's: they are read from `unit_case`, joined with the cases. */
export const isUnitDesk = (desk: Desk): boolean => BY_UNIT.includes(desk.role);

function statesOf(desk: Desk, filter: QueueFilter): readonly CaseState[] {
  return filter.states ?? (desk.role === 'reviewer' || isUnitDesk(desk) ? EVERY_STATE : GOVERNMENT_STATES);
}

/**
 * A queue cut into parts that an index gives in order each: one state, and for who looks over areas one area. A page is
 * merged from the heads of the parts, so that it costs the same whatever lies behind them. What belongs to one person, or
 * starts from a short list, is one part.
 */
export function slicesOf(
  desk: Desk,
  filter: QueueFilter,
  areasWithin: (areaId: string) => readonly string[],
): Where[] {
  if (desk.role === 'member' || filter.passed || filter.stepped || filter.anyoneLate) {
    return [() => []];
  }
  const states = statesOf(desk, filter);
  if (isUnitDesk(desk)) {
    return states.map((state) => (eb) => [eb('unit_case.state', '=', state)]);
  }
  if (!BY_AREA.includes(desk.role)) {
    return states.map((state) => (eb) => [eb('cases.state', '=', state)]);
  }
  return areasWithin(desk.areaId).flatMap((areaId) =>
    states.map((state): Where => (eb) => [eb('cases.area_id', '=', areaId), eb('cases.state', '=', state)]),
  );
}

/** What the desk may see at all. */
export function deskScope(
  desk: Desk,
  personId: string,
  areasWithin: (areaId: string) => readonly string[],
  filter: QueueFilter = {},
): Where {
  const { supported, passed } = filter;
  return (eb) => {
    if (desk.role === 'member' && supported) {
      // An author may still narrow who sees it: then it is no longer followed.
      return [
        eb(
          'cases.id',
          'in',
          eb.selectFrom('case_supporter').select('case_id').where('person_id', '=', personId),
        ),
        eb('cases.openness', '!=', 'staff'),
      ];
    }
    if (desk.role === 'reviewer' && passed) {
      return [
        eb(
          'cases.id',
          'in',
          eb
            .selectFrom('case_passed')
            .select('case_id')
            .where('committee_id', '=', desk.unitId ?? ''),
        ),
      ];
    }
    if (filter.stepped) {
      return [
        eb(
          'cases.id',
          'in',
          eb
            .selectFrom('case_stepped')
            .select('case_id')
            .where('unit_id', '=', desk.unitId ?? ''),
        ),
      ];
    }
    switch (desk.role) {
      case 'member':
        return [
          eb(
            'cases.id',
            'in',
            eb
              .selectFrom('case_author')
              .select('case_id')
              .where('person_id', '=', personId)
              .where('joined', 'not in', ['declined', 'left']),
          ),
        ];
      case 'reviewer':
        return [eb('cases.committee_id', '=', desk.unitId)];
      case 'dispatcher':
        return [
          eb('cases.dispatch_office_id', '=', desk.unitId),
          eb('cases.state', 'in', [...GOVERNMENT_STATES]),
        ];
      case 'handler':
      case 'head':
        return [
          eb('unit_case.unit_id', '=', desk.unitId ?? ''),
          eb('unit_case.state', 'in', [...statesOf(desk, filter)]),
        ];
      default:
        return [
          eb('cases.area_id', 'in', [...areasWithin(desk.areaId)]),
          eb('cases.state', 'in', [...GOVERNMENT_STATES]),
        ];
    }
  };
}

/** A queue's filter as conditions on the case's row. */
export function queueWhere(
  filter: QueueFilter,
  desk: Desk,
  personId: string,
  now: number,
  areasWithin: (areaId: string) => readonly string[],
): Where {
  return (eb) => {
    const all: Expression<SqlBool>[] = [];
    if (filter.states) {
      all.push(eb('cases.state', 'in', [...filter.states]));
    }
    if (filter.mover) {
      all.push(eb('cases.mover', '=', filter.mover));
    }
    if (filter.transferred !== undefined) {
      all.push(eb('cases.transferred', '=', filter.transferred ? 1 : 0));
    }
    if (filter.flag) {
      all.push(
        eb('cases.id', 'in', eb.selectFrom('case_flag').select('case_id').where('flag', '=', filter.flag)),
      );
    }
    if (filter.elsewhere !== undefined) {
      const marked = eb.exists(
        eb
          .selectFrom('case_flag')
          .select('case_flag.case_id')
          .whereRef('case_flag.case_id', '=', 'cases.id')
          .where('case_flag.flag', '=', 'elsewhere'),
      );
      all.push(filter.elsewhere ? marked : eb.not(marked));
    }
    if (filter.rework) {
      all.push(eb('cases.round', '>', 1));
    }
    if (filter.light === 'red') {
      all.push(eb('cases.due_at', '<', now));
    }
    if (filter.anyoneLate) {
      // Entered by area and due time, so that no case that has ended is met.
      all.push(
        eb(
          'cases.id',
          'in',
          eb
            .selectFrom('running_case')
            .select('case_id')
            .where('area_id', 'in', [...areasWithin(desk.areaId)])
            .where('due_at', '<', now),
        ),
      );
    }
    if (filter.light === 'amber') {
      all.push(eb('cases.amber_at', '<=', now), eb('cases.due_at', '>=', now));
    }
    if (filter.dueToday) {
      all.push(eb('cases.due_at', '>=', now), eb('cases.due_at', '<', startOfDay(dayNumberOf(now) + 1)));
    }
    if (filter.part) {
      all.push(eb('unit_case.part', '=', filter.part));
    }
    if (filter.opinionOpen) {
      all.push(eb('unit_case.opinion_open', '=', 1));
    }
    if (filter.waitsForMe) {
      const awaited = eb
        .selectFrom('case_author')
        .select('case_id')
        .where('person_id', '=', personId)
        .where('awaited', '=', 1);
      const invited = eb
        .selectFrom('case_author')
        .select('case_id')
        .where('person_id', '=', personId)
        .where('joined', '=', 'invited');
      const first = eb
        .selectFrom('case_author')
        .select('case_id')
        .where('person_id', '=', personId)
        .where('joined', '=', 'first');
      all.push(
        eb.or([
          // Of a merged case the stars are given where it goes on, and waited for under its own number.
          eb.and([eb('cases.state', 'in', ['replied', 'merged']), eb('cases.id', 'in', awaited)]),
          eb.and([
            eb(
              'cases.state',
              'in',
              spec('join').from.filter((state) => state !== 'new'),
            ),
            eb('cases.id', 'in', invited),
          ]),
          eb.and([eb('cases.state', '=', 'returned'), eb('cases.id', 'in', first)]),
          eb.and([eb('cases.state', 'in', ['dispatched', 'handling']), eb('cases.mover', '=', 'author')]),
        ]),
      );
    }
    return all;
  };
}
