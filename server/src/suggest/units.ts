/** Units a suggestion may name, and how much each has in hand. */
import type { Case } from '@minqing/shared/workflow';
import { leadAssignment } from '@minqing/shared/workflow';
import type { Directory, Unit } from '../people/index.ts';
import type { Reader } from '../store/index.ts';

/** Open departments of the case's area and below, less those that had it: who gave it back, and who leads it now. */
export function eligibleUnits(c: Case, directory: Directory): Map<string, Unit> {
  const had = new Set([...c.transferBacks.map((t) => t.unitId), leadAssignment(c)?.unitId]);
  return new Map(
    directory
      .unitsWithin(c.areaId)
      .filter((unit) => unit.type === 'department' && !had.has(unit.id))
      .map((unit) => [unit.id, unit]),
  );
}

/** Those of the units where somebody in office may handle the case: an author does not handle their own (回避). */
export async function attended(
  db: Reader,
  unitIds: readonly string[],
  c: Case,
  now: number,
): Promise<Set<string>> {
  if (unitIds.length === 0) {
    return new Set();
  }
  const rows = await db
    .selectFrom('role_grant')
    .innerJoin('person', 'person.id', 'role_grant.person_id')
    .select(['role_grant.unit_id', 'role_grant.person_id'])
    .where('role_grant.unit_id', 'in', [...unitIds])
    .where('role_grant.role', '=', 'handler')
    .where('role_grant.from_at', '<=', now)
    .where((eb) => eb.or([eb('role_grant.to_at', 'is', null), eb('role_grant.to_at', '>', now)]))
    .where('person.active', '=', 1)
    .execute();
  const authors = new Set(c.authors.filter((a) => a.joined !== 'declined').map((a) => a.personId));
  return new Set(rows.flatMap((r) => (r.unit_id && !authors.has(r.person_id) ? [r.unit_id] : [])));
}

/** Beyond this nobody counts any more. */
const MOST = 1_000;
const IN_HAND = ['dispatched', 'handling', 'replying'] as const;

/** Cases the unit leads now, and those of them past their time. */
export async function loadOf(
  db: Reader,
  unitId: string,
  now: number,
): Promise<{ open: number; overdue: number }> {
  const count = async (late: boolean): Promise<number> => {
    const row = await db
      .selectFrom(
        db
          .selectFrom('cases')
          .select('id')
          .where('lead_unit_id', '=', unitId)
          .where('state', 'in', [...IN_HAND])
          .$if(late, (qb) => qb.where('due_at', '<', now))
          .limit(MOST)
          .as('found'),
      )
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    return Number(row.n);
  };
  return { open: await count(false), overdue: await count(true) };
}
