/** Which roles belong to a kind of unit; the others belong to an area. */
import { UNIT_TYPES, type Role, type UnitType } from '@minqing/shared/words';

const UNIT_OF_ROLE: Partial<Record<Role, UnitType>> = {
  member: 'committee',
  reviewer: 'committee',
  dispatcher: 'dispatchOffice',
  handler: 'department',
  head: 'department',
};

/** Roles held in an area and everything below it. */
export const AREA_ROLES: readonly Role[] = ['inspector', 'leader', 'admin'];

/** The kind of unit a role is held in; undefined for a role of an area. */
export function unitTypeOf(role: Role): UnitType | undefined {
  return UNIT_OF_ROLE[role];
}

/** The roles one may have in a unit of this kind. */
export function rolesIn(type: UnitType): Role[] {
  return (Object.keys(UNIT_OF_ROLE) as Role[]).filter((role) => UNIT_OF_ROLE[role] === type);
}

/** Whom a unit cannot do without, and what fails without them. */
const NEEDS: Record<UnitType, readonly { role: Role; warning: string }[]> = {
  committee: [{ role: 'reviewer', warning: '没有审核人，民情没人审核' }],
  dispatchOffice: [{ role: 'dispatcher', warning: '没有值班员，民情没人交办' }],
  department: [
    { role: 'handler', warning: '没有经办人，交办了没人办' },
    { role: 'head', warning: '没有负责人，答复没人审签，超期没人督促' },
  ],
};

/** What is wrong with a unit of this kind where `held` says how many hold a role. */
export function warningsOf(type: UnitType, held: (role: Role) => number): string[] {
  return NEEDS[type].filter(({ role }) => held(role) === 0).map(({ warning }) => warning);
}

/** 「三服务办」 for messages. */
export const typeName = (type: UnitType): string => UNIT_TYPES[type];
