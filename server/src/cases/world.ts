/** Loads what `decide` needs to know around a case. */
import { defaultLimits, type Case, type World } from '@minqing/shared/workflow';
import type { WorkingCalendar } from '@minqing/shared/calendar';
import type { Reader } from '../store/index.ts';
import type { Directory } from '../people/index.ts';

export interface Calendars {
  of(areaId: string): WorkingCalendar;
}

export interface WorldSources {
  directory: Pick<Directory, 'unit' | 'areaChain'>;
  calendars: Calendars;
}

const nobody = (): boolean => false;

/** The world of an area at business time `now`, without asking who left office: enough for lists. */
export function worldOf(
  sources: WorldSources,
  areaId: string,
  now: number,
  leftOffice: World['leftOffice'] = nobody,
): World {
  return {
    now,
    calendar: sources.calendars.of(areaId),
    limits: defaultLimits(),
    unit: (id) => sources.directory.unit(id),
    areaChain: (id) => sources.directory.areaChain(id),
    leftOffice,
  };
}

/** The world around `c` (or around a case about to be filed in `areaId`) at business time `now`. */
export async function worldAround(
  db: Reader,
  sources: WorldSources,
  c: Case | null,
  areaId: string,
  now: number,
): Promise<World> {
  const authors = c ? c.authors.map((a) => a.personId) : [];
  const inOffice = authors.length > 0 ? await membersInOffice(db, authors, now) : new Set<string>();
  return worldOf(sources, areaId, now, (personId) => authors.includes(personId) && !inOffice.has(personId));
}

async function membersInOffice(db: Reader, personIds: string[], now: number): Promise<Set<string>> {
  const rows = await db
    .selectFrom('role_grant')
    .innerJoin('person', 'person.id', 'role_grant.person_id')
    .select('role_grant.person_id')
    .where('role_grant.person_id', 'in', personIds)
    .where('role_grant.role', '=', 'member')
    .where('role_grant.from_at', '<=', now)
    .where((eb) => eb.or([eb('role_grant.to_at', 'is', null), eb('role_grant.to_at', '>', now)]))
    .where('person.active', '=', 1)
    .execute();
  return new Set(rows.map((r) => r.person_id));
}
