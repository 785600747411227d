/** Giving roles, and the memberships that go with a member's. */
import type { GrantView } from '@minqing/shared/contract';
import { shanghaiDate } from '@minqing/shared/time';
import { ROLES, type Role } from '@minqing/shared/words';
import { conflict, invalidInput, type FieldProblem } from '../../errors.ts';
import { appendAudit } from '../../ledger/index.ts';
import { uuidv7, type Tx } from '../../store/index.ts';
import type { Administering } from '../administering.ts';
import type { Directory } from '../directory.ts';
import { peopleById } from '../grants.ts';
import { noteHoldingChange, type Place } from '../holding-changes.ts';
import { typeName, unitTypeOf } from '../roles.ts';
import { placeName } from './impact.ts';
import { areaRefOf, beginningOf, endingOf, lastDateOf, periodTextOf, stateOf, unitRefOf } from './texts.ts';

export interface NewGrant {
  personId: string;
  role: Role;
  /** Of a role that is held in a unit. */
  unitId: string | null;
  /** Of a role that is held in an area. */
  areaId: string | null;
  fromDate: string;
  toDate: string | null;
  /** Of a member. */
  sector: string;
  specialCommittee: string;
  term: string;
}

export interface GrantRow {
  id: string;
  person_id: string;
  role: string;
  unit_id: string | null;
  area_id: string;
  from_at: number;
  to_at: number | null;
}

/** Where a row of the table is held. */
export const placeOf = (row: Pick<GrantRow, 'role' | 'unit_id' | 'area_id'>): Place => ({
  role: row.role,
  unitId: row.unit_id,
  areaId: row.area_id,
});

/** A grant as the pages of 管理 show it. */
export function presentGrant(
  directory: Directory,
  scope: Administering,
  row: GrantRow,
  now: number,
): GrantView {
  const state = stateOf(row, now);
  return {
    id: row.id,
    role: row.role as Role,
    roleLabel: ROLES[row.role as Role],
    unit: row.unit_id === null ? null : unitRefOf(directory, row.unit_id),
    area: areaRefOf(directory, row.area_id),
    fromDate: shanghaiDate(row.from_at),
    toDate: lastDateOf(row),
    periodText: periodTextOf(row, now),
    state,
    mayEnd: state !== 'over' && scope.covers(row.area_id),
  };
}

/** Gives a role. Throws invalidInput with the fields that are wrong, conflict for one that is held already. */
export async function giveGrant(
  tx: Tx,
  directory: Directory,
  scope: Administering,
  wanted: NewGrant,
  now: number,
): Promise<string> {
  const place = await placeFor(tx, directory, wanted);
  scope.require(place.areaId);
  const from = beginningOf('fromDate', wanted.fromDate, now);
  const to = wanted.toDate === null ? null : endingOf('toDate', wanted.toDate, now);
  if (to !== null && to <= from) {
    throw invalidInput([{ path: 'toDate', message: '最后一天要在开始之后' }]);
  }
  const person = (await peopleById(tx, [wanted.personId])).get(wanted.personId);
  if (!person?.active) {
    throw conflict('这个人已经离开，先同步通讯录或导入，再给角色');
  }
  await refuseTwice(tx, directory, wanted.personId, place, { from, to }, now);
  const id = uuidv7();
  await tx
    .insertInto('role_grant')
    .values({
      id,
      person_id: wanted.personId,
      role: place.role,
      unit_id: place.unitId,
      area_id: place.areaId,
      from_at: from,
      to_at: to,
    })
    .execute();
  if (wanted.role === 'member' && place.unitId !== null) {
    await keepMembership(tx, wanted, place.unitId, from, to);
  }
  const change = { cause: 'grant' as const, personId: wanted.personId, place };
  await noteHoldingChange(tx, { ...change, at: from });
  if (to !== null) {
    await noteHoldingChange(tx, { ...change, at: to });
  }
  await appendAudit(tx, {
    at: now,
    kind: 'grant.given',
    personId: scope.personId,
    subject: wanted.personId,
    data: { id, ...place, from, to },
    areaId: place.areaId,
  });
  return id;
}

async function placeFor(tx: Tx, directory: Directory, wanted: NewGrant): Promise<Place> {
  const type = unitTypeOf(wanted.role);
  const wrong = (problem: FieldProblem): never => {
    throw invalidInput([problem]);
  };
  if (type === undefined) {
    const area = directory.area(wanted.areaId ?? '');
    return area
      ? { role: wanted.role, unitId: null, areaId: area.id }
      : wrong({ path: 'areaId', message: `${ROLES[wanted.role]}要选一个地区` });
  }
  const unit = await tx
    .selectFrom('unit')
    .selectAll()
    .where('id', '=', wanted.unitId ?? '')
    .executeTakeFirst();
  if (!unit) {
    return wrong({ path: 'unitId', message: `${ROLES[wanted.role]}要选一个单位` });
  }
  if (unit.type !== type) {
    wrong({ path: 'unitId', message: `${ROLES[wanted.role]}要在${typeName(type)}，${unit.name}不是` });
  }
  if (unit.active === 0) {
    wrong({ path: 'unitId', message: `${unit.name}已经停用，请先恢复它` });
  }
  return { role: wanted.role, unitId: unit.id, areaId: unit.area_id };
}

/** The same role in the same place is held once at a time. */
async function refuseTwice(
  tx: Tx,
  directory: Directory,
  personId: string,
  place: Place,
  { from, to }: { from: number; to: number | null },
  now: number,
): Promise<void> {
  const rows = await tx
    .selectFrom('role_grant')
    .selectAll()
    .where('person_id', '=', personId)
    .where('role', '=', place.role)
    .where('area_id', '=', place.areaId)
    .where((eb) => (place.unitId === null ? eb('unit_id', 'is', null) : eb('unit_id', '=', place.unitId)))
    .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', from)]))
    .execute();
  const clash = rows.find((row) => to === null || row.from_at < to);
  if (clash) {
    throw conflict(
      `已经是${placeName(directory, place)}的${ROLES[place.role as Role]}（${periodTextOf(clash, now)}），不用再给`,
    );
  }
}

async function keepMembership(
  tx: Tx,
  wanted: NewGrant,
  committeeId: string,
  from: number,
  to: number | null,
): Promise<void> {
  await tx
    .insertInto('membership')
    .values({
      id: uuidv7(),
      person_id: wanted.personId,
      committee_id: committeeId,
      sector: wanted.sector,
      special_committee: wanted.specialCommittee,
      term: wanted.term,
      from_at: from,
      to_at: to,
    })
    .execute();
}
