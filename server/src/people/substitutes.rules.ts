/** Who may stand in for whom, and when a substitution may begin: the refusals of naming a substitute. */
import { DAY_MS, dateText, dayNumberOf, dayOfDate, startOfDay } from '@minqing/shared/time';
import type { Grant } from '@minqing/shared/workflow';
import { AppError, invalidInput } from '../errors.ts';
import type { Reader } from '../store/index.ts';
import type { Directory } from './directory.ts';
import { peopleById } from './grants.ts';
import { isHandedOn } from './stand-ins.ts';

/** Business instants; `to` is the first moment that is not covered any more. */
export interface Period {
  from: number;
  to: number;
}

const LONGEST_DAYS = 184;
const FURTHEST_DAYS = 366;

/**
 * From the first day to the end of the last. A period that begins today begins now.
 * Throws invalidInput with what is wrong about the dates.
 */
export function periodOf(fromDate: string, toDate: string, now: number): Period {
  const first = dayOfDate(fromDate);
  const last = dayOfDate(toDate);
  const today = dayNumberOf(now);
  const wrong = (path: string, message: string): AppError => invalidInput([{ path, message }]);
  if (first === null) {
    throw wrong('fromDate', '请选开始的日期');
  }
  if (last === null) {
    throw wrong('toDate', '请选结束的日期');
  }
  if (first < today) {
    throw wrong('fromDate', '开始的日期已经过去，请从今天选起');
  }
  if (last < first) {
    throw wrong('toDate', '结束的日期要在开始之后');
  }
  if (first > today + FURTHEST_DAYS) {
    throw wrong('fromDate', '最多提前一年安排');
  }
  if (last - first >= LONGEST_DAYS) {
    throw wrong('toDate', '一次最多半年，更久请让管理员调整角色');
  }
  return { from: Math.max(startOfDay(first), now), to: startOfDay(last + 1) };
}

/** When a row is over: at its end, or when it was ended before. */
export function overAt(row: { to_at: number; ended_at: number | null }): number {
  return row.ended_at === null ? row.to_at : Math.min(row.to_at, row.ended_at);
}

/** The person's own grants that a substitute takes over, in force at `at`. */
export async function ownDuties(
  db: Reader,
  personIds: readonly string[],
  at: number,
): Promise<Map<string, Grant[]>> {
  const rows = await db
    .selectFrom('role_grant')
    .select(['person_id', 'role', 'unit_id', 'area_id'])
    .where('person_id', 'in', personIds.length > 0 ? [...personIds] : [''])
    .where('from_at', '<=', at)
    .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', at)]))
    .orderBy('from_at')
    .orderBy('id')
    .execute();
  const found = new Map<string, Grant[]>();
  for (const row of rows.filter((each) => isHandedOn(each.role))) {
    const grant: Grant = { role: row.role as Grant['role'], unitId: row.unit_id, areaId: row.area_id };
    found.set(row.person_id, [...(found.get(row.person_id) ?? []), grant]);
  }
  return found;
}

/** True when, for each duty handed on, the other holds one in the same unit, or in a like place further up. */
export function mayStandIn(
  directory: Pick<Directory, 'areaChain' | 'unit'>,
  duties: readonly Grant[],
  held: readonly Grant[],
): boolean {
  const fits = (duty: Grant, own: Grant): boolean => {
    if (duty.unitId === null) {
      return own.unitId === null && directory.areaChain(duty.areaId).includes(own.areaId);
    }
    const above = directory.areaChain(duty.areaId).slice(1).includes(own.areaId);
    const alike =
      own.unitId !== null && directory.unit(own.unitId)?.type === directory.unit(duty.unitId)?.type;
    return own.unitId === duty.unitId || (above && alike);
  };
  return duties.length > 0 && duties.every((duty) => held.some((own) => fits(duty, own)));
}

/** Substitutions of these people that touch the period, ended ones up to their end. */
async function touching(db: Reader, personId: string, { from, to }: Period) {
  const rows = await db
    .selectFrom('substitution')
    .select(['id', 'person_id', 'substitute_id', 'from_at', 'to_at', 'ended_at'])
    .where('person_id', '=', personId)
    .where('from_at', '<', to)
    .where('to_at', '>', from)
    .orderBy('from_at')
    .execute();
  return rows.filter((row) => overAt(row) > Math.max(from, row.from_at));
}

/** Throws when the person has a substitute already on one of the days. */
export async function refuseOverlap(
  db: Reader,
  personId: string,
  period: Period,
  now: number,
): Promise<void> {
  const [clash] = await touching(db, personId, period);
  if (clash) {
    const name = (await peopleById(db, [clash.substitute_id])).get(clash.substitute_id)?.name ?? '别人';
    const days = `${dateText(clash.from_at, now)}至${dateText(overAt(clash) - 1, now)}`;
    throw new AppError('conflict', {
      title: `${days}已经请${name}代办，请先结束那一次，或选别的日期`,
    });
  }
}

/** Throws when, on some day of the period, the chain that begins with the substitute leads back to the person. */
export async function refuseCircle(
  db: Reader,
  personId: string,
  substituteId: string,
  period: Period,
  nameOf: (id: string) => string,
): Promise<void> {
  const seen = new Set<string>();
  const follow = async (id: string, within: Period): Promise<void> => {
    for (const row of await touching(db, id, within)) {
      const shared = { from: Math.max(within.from, row.from_at), to: Math.min(within.to, overAt(row)) };
      if (row.substitute_id === personId) {
        throw new AppError('conflict', {
          title: `${nameOf(substituteId)}这几天不在，最后又要由${nameOf(personId)}代办，请换一个人`,
        });
      }
      if (!seen.has(row.id)) {
        seen.add(row.id);
        await follow(row.substitute_id, shared);
      }
    }
  };
  await follow(substituteId, period);
}

/** Whole days from now to the end of the period, the day of `now` included. */
export function daysLeft(to: number, now: number): number {
  return Math.ceil((to - startOfDay(dayNumberOf(now))) / DAY_MS);
}
