/** Which running cases a desk watches, in SQL. A test holds this equal to what one case shows its viewer. */
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { LateFilter } from '@minqing/shared/contract';
import { GOVERNMENT_STATES, OPEN_STATES, type Actor } from '@minqing/shared/workflow';
import type { Role } from '@minqing/shared/words';
import { deskById, desksOf, type Desk } from '../cases/index.ts';
import { forbidden } from '../errors.ts';
import type { Directory } from '../people/index.ts';
import type { Database } from '../store/tables.ts';
import { AFTER_CLOSING, OWN_STAGES } from './running.ts';

type Eb = ExpressionBuilder<Database, 'running_case'>;
export type Where = (eb: Eb) => Expression<SqlBool>[];

/** Whose work it is to watch what is late; the order is that of the desks. */
export const WATCHERS: readonly Role[] = ['inspector', 'leader', 'dispatcher', 'reviewer'];

/** The desks a person can watch from. */
export function watchDesks(viewer: Actor): Desk[] {
  return desksOf(viewer)
    .filter((desk) => WATCHERS.includes(desk.role))
    .toSorted((a, b) => WATCHERS.indexOf(a.role) - WATCHERS.indexOf(b.role));
}

/** The desk of that id, to watch from. Throws forbidden when the viewer does not sit there or it is no such desk. */
export function watchDesk(viewer: Actor, id: string): Desk {
  const desk = deskById(viewer, id);
  if (!WATCHERS.includes(desk.role)) {
    throw forbidden('督办给督查、领导、三服务办和政协审核看');
  }
  return desk;
}

/** Stages before a committee accepted the report: no government desk sees them. */
const REVIEWED: readonly string[] = [
  ...OPEN_STATES.filter((state) => GOVERNMENT_STATES.includes(state)),
  ...Object.keys(OWN_STAGES),
];

/** The areas whose cases the desk watches: the index is entered by them. */
export function watchedAreas(desk: Desk, directory: Pick<Directory, 'areasWithin' | 'unit'>): string[] {
  const home = desk.role === 'reviewer' ? (directory.unit(desk.unitId ?? '')?.areaId ?? desk.areaId) : null;
  // A committee receives for its own area alone; an office also for areas below that have none.
  return home === null ? [...directory.areasWithin(desk.areaId)] : [home];
}

/** Everything the desk watches that has not ended. */
export function watched(desk: Desk, directory: Pick<Directory, 'areasWithin' | 'unit'>): Where {
  const areas = watchedAreas(desk, directory);
  return (eb) => {
    const all: Expression<SqlBool>[] = [eb('running_case.area_id', 'in', areas.length > 0 ? areas : [''])];
    if (desk.role === 'reviewer') {
      all.push(eb('running_case.committee_id', '=', desk.unitId ?? ''));
      return all;
    }
    all.push(eb('running_case.stage', 'in', [...REVIEWED]));
    if (desk.role === 'dispatcher') {
      all.push(eb('running_case.dispatch_office_id', '=', desk.unitId ?? ''));
    }
    return all;
  };
}

/** Not closed yet. */
export const notClosed: Where = (eb) => [eb('running_case.stage', 'not in', [...AFTER_CLOSING])];

/** Past due at business time `now`. */
export const pastDue =
  (now: number): Where =>
  (eb) => [eb('running_case.due_at', '<', now)];

/** The filter's parts but its desk. */
export function narrowed(filter: Partial<LateFilter>): Where {
  return (eb) => [
    ...(filter.reason ? [eb('running_case.reason', '=', filter.reason)] : []),
    ...(filter.area ? [eb('running_case.place_area_id', '=', filter.area)] : []),
    ...(filter.mover ? [eb('running_case.mover', '=', filter.mover)] : []),
  ];
}

/** All of them at once. */
export const every =
  (...parts: Where[]): ((eb: Eb) => Expression<SqlBool>) =>
  (eb) =>
    eb.and(parts.flatMap((part) => part(eb)));
