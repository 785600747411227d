/** Loads what `decide` needs to know around a case. */
import { defaultLimits, type Case, type HouseRules, type World } from '@minqing/shared/workflow';
import type { WorkingCalendar } from '@minqing/shared/calendar';
import type { Role } from '@minqing/shared/words';
import type { Reader } from '../store/index.ts';
import type { Directory } from '../people/index.ts';

export interface Calendars {
  of(areaId: string): WorkingCalendar;
}

/** Limits and house rules as the areas have set them. */
export interface Policies {
  limitOf(areaId: string, ...which: Parameters<World['limitOf']>): ReturnType<World['limitOf']>;
  /** `headApproval` is what holds for units that have not chosen themselves. */
  rulesOf(areaId: string): Omit<HouseRules, 'headApproval'> & { headApproval: boolean };
}

export interface WorldSources {
  directory: Pick<Directory, 'unit' | 'areaChain' | 'area' | 'committeeOf' | 'dispatchOfficeOf'>;
  calendars: Calendars;
  policies: Policies;
  /** The platform that cases accepted in an area are handed to; none where nobody says. */
  partnerOf?: ((areaId: string) => string | null) | undefined;
  /** What a connected platform is called. */
  platformName?: ((id: string) => string) | undefined;
}

const LIMITS = defaultLimits();

/** Where nothing was set: the built-in limits, replies that go straight out, one good case in ten visited. */
export const standardPolicies: Policies = {
  limitOf: (_areaId, kind) => LIMITS[kind],
  rulesOf: () => ({ dispatcherCheck: false, headApproval: false, visitPercent: 10 }),
};

/** What was looked up in the database, for deciding; lists do without. */
export interface LookedUp {
  leftOffice: World['leftOffice'];
  holders: World['holders'];
  isMember: World['isMember'];
}
const NOTHING_LOOKED_UP: LookedUp = {
  leftOffice: () => false,
  holders: () => null,
  isMember: () => false,
};

/** The world of an area at business time `now`. */
export function worldOf(
  { directory, calendars, policies, partnerOf, platformName }: WorldSources,
  areaId: string,
  now: number,
  lookedUp: LookedUp = NOTHING_LOOKED_UP,
): World {
  const at = (id: string): Pick<World, 'calendar' | 'limitOf'> => ({
    calendar: calendars.of(id),
    limitOf: (...which) => policies.limitOf(id, ...which),
  });
  const rules = policies.rulesOf(areaId);
  return {
    now,
    ...at(areaId),
    rules: {
      ...rules,
      headApproval: (unitId) => directory.unit(unitId)?.headApproval ?? rules.headApproval,
    },
    elsewhere: at,
    unit: (id) => directory.unit(id),
    areaChain: (id) => directory.areaChain(id),
    unitAbove: (id) => unitAbove(directory, id),
    receiving(id) {
      const committee = directory.committeeOf(id);
      const office = committee && directory.dispatchOfficeOf(id);
      return office && { areaId: id, committeeId: committee.id, dispatchOfficeId: office.id };
    },
    partner: partnerOf?.(areaId) ?? null,
    platformName,
    ...lookedUp,
  };
}

function unitAbove(directory: WorldSources['directory'], unitId: string): string | undefined {
  const unit = directory.unit(unitId);
  const parentId = unit && directory.area(unit.areaId)?.parentId;
  if (!unit || !parentId || unit.type === 'department') {
    return undefined;
  }
  const above =
    unit.type === 'committee' ? directory.committeeOf(parentId) : directory.dispatchOfficeOf(parentId);
  return above?.id;
}

/**
 * The world around `c` (or around a case about to be filed in `areaId`) at business time `now`. `personIds` are people
 * an input names, of whom it matters whether they are members.
 */
export async function worldAround(
  db: Reader,
  sources: WorldSources,
  c: Case | null,
  areaId: string,
  now: number,
  personIds: readonly string[] = [],
): Promise<World> {
  const reporters = c
    ? [...c.authors.map((a) => a.personId), ...c.absorbed.flatMap((each) => each.authors)]
    : [];
  const members = await membersInOffice(db, [...reporters, ...personIds], now);
  return worldOf(sources, areaId, now, {
    leftOffice: (personId) => reporters.includes(personId) && !members.has(personId),
    isMember: (personId) => members.has(personId),
    holders: await holdersAround(db, sources, c, now),
  });
}

/** Who works on the case where it matters whether anybody but its authors is left. */
async function holdersAround(
  db: Reader,
  { directory }: WorldSources,
  c: Case | null,
  now: number,
): Promise<World['holders']> {
  if (c === null) {
    return () => null;
  }
  const upwards = (unitId: string): string[] => {
    const above = unitAbove(directory, unitId);
    return above ? [unitId, ...upwards(above)] : [unitId];
  };
  const unitIds = [
    ...new Set([
      ...upwards(c.committeeId),
      ...upwards(c.dispatchOfficeId),
      ...c.assignments.map((a) => a.unitId),
    ]),
  ];
  const roles: readonly Role[] = ['reviewer', 'dispatcher', 'handler', 'head'];
  const rows = await inOffice(db, now)
    .select(['role_grant.person_id', 'role_grant.role', 'role_grant.unit_id'])
    .where('role_grant.unit_id', 'in', unitIds)
    .where('role_grant.role', 'in', [...roles])
    .execute();
  return (role, unitId) =>
    unitIds.includes(unitId) && roles.includes(role)
      ? rows.filter((r) => r.role === role && r.unit_id === unitId).map((r) => r.person_id)
      : null;
}

const inOffice = (db: Reader, now: number) =>
  db
    .selectFrom('role_grant')
    .innerJoin('person', 'person.id', 'role_grant.person_id')
    .where('role_grant.from_at', '<=', now)
    .where((eb) => eb.or([eb('role_grant.to_at', 'is', null), eb('role_grant.to_at', '>', now)]))
    .where('person.active', '=', 1);

async function membersInOffice(db: Reader, personIds: readonly string[], now: number): Promise<Set<string>> {
  if (personIds.length === 0) {
    return new Set();
  }
  const rows = await inOffice(db, now)
    .select('role_grant.person_id')
    .where('role_grant.person_id', 'in', [...new Set(personIds)])
    .where('role_grant.role', '=', 'member')
    .execute();
  return new Set(rows.map((r) => r.person_id));
}
