/** What a case in hand is counted by: from its narrow row in the database, or from the case as it stood at an earlier moment. */
import {
  lateClock,
  lateMove,
  lateReason,
  lateUnitId,
  MOVERS,
  type LateMover,
} from '@minqing/shared/statistics';
import { clockThatMatters, type Case } from '@minqing/shared/workflow';
import { sql, type SelectQueryBuilder } from 'kysely';
import { invalidInput } from '../errors.ts';
import type { Reader } from '../store/index.ts';
import { FAR, type Database } from '../store/tables.ts';
import type { Selection } from './scope.ts';

/** Stages of cases that are accepted and wait for an answer, the first one or a better one. */
const IN_HAND = ['accepted', 'redispatch', 'dispatched', 'handling', 'replying', 'disputed'] as const;

export const OF_UNIT: readonly string[] = ['handler', 'head'] satisfies LateMover[];
/** Whoever of a unit: the handler or its head. */
export const UNITS = 'units';

export interface Hand {
  caseId: string;
  areaId: string;
  unitId: string;
  categoryId: string;
  dueAt: number;
  /** When it began to wait: it was dispatched first, or reported. */
  at: number;
  mover: string;
  /** What it is, or would be, late for. */
  reason: string;
}

export type RunningRows = SelectQueryBuilder<Database, 'running_case' | 'cases', object>;

/** The running cases of a selection that are in hand, without those that moved on. */
export function inHand(
  db: Reader,
  { areas, where }: Selection,
  without: readonly string[] = [],
): RunningRows {
  if (where.sector !== undefined) {
    throw invalidInput([{ path: 'sector', message: '在办的民情不能按界别看，请去掉界别' }]);
  }
  return db
    .selectFrom('running_case')
    .innerJoin('cases', 'cases.id', 'running_case.case_id')
    .where('running_case.stage', 'in', [...IN_HAND])
    .$if(areas !== null, (qb) => qb.where('running_case.area_id', 'in', [...(areas ?? []), '']))
    .$if(where.unit_id !== undefined, (qb) => qb.where('running_case.unit_id', '=', where.unit_id ?? ''))
    .$if(where.place_id !== undefined, (qb) =>
      qb.where('running_case.place_area_id', '=', where.place_id ?? ''),
    )
    .$if(where.category_id !== undefined, (qb) => qb.where('cases.category_id', '=', where.category_id ?? ''))
    .$if(without.length > 0, (qb) => qb.where('running_case.case_id', 'not in', [...without]));
}

export const BEGAN = sql<number>`coalesce(cases.first_dispatched_at, cases.submitted_at)`;
/** Whom it waits for: while a clock stands still for a question, the author. */
export const MOVER = sql<string>`case when cases.paused = 1 or running_case.mover = '' then 'author'
  else running_case.mover end`;

/** The same of a case at hand; null where it is not in hand, or not in the selection. */
export function handOf(c: Case, { areas, where }: Selection): Hand | null {
  const hand: Hand = {
    caseId: c.id,
    areaId: c.areaId,
    unitId: lateUnitId(c) ?? '',
    categoryId: c.content.categoryId,
    dueAt: lateClock(c)?.dueAt ?? FAR,
    at: c.firstDispatchedAt ?? c.submittedAt,
    mover: clockThatMatters(c)?.pausedAt != null ? 'author' : (lateMove(c)?.mover ?? 'author'),
    reason: lateReason(c) ?? '',
  };
  const belongs =
    (IN_HAND as readonly string[]).includes(c.state) &&
    (areas?.includes(hand.areaId) ?? true) &&
    (where.unit_id ?? hand.unitId) === hand.unitId &&
    (where.place_id ?? c.content.place.areaId ?? c.areaId) === (c.content.place.areaId ?? c.areaId) &&
    (where.category_id ?? hand.categoryId) === hand.categoryId;
  return belongs ? hand : null;
}

/** 「等承办单位」 of a mover, or of whoever of a unit. Throws invalid input for nobody known. */
export function moverName(mover: string): string {
  if (mover === UNITS) {
    return '承办单位';
  }
  if (!(mover in MOVERS)) {
    throw invalidInput([{ path: 'mover', message: '没有这一方' }]);
  }
  return MOVERS[mover as LateMover];
}

export const moversOf = (mover: string): readonly string[] => (mover === UNITS ? OF_UNIT : [mover]);
