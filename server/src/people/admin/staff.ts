/** Who holds what in a unit now: counted for lists, one by one for the unit's page. */
import type { UnitStaff } from '@minqing/shared/contract';
import { dateText } from '@minqing/shared/time';
import { ROLES, type Role } from '@minqing/shared/words';
import type { Reader } from '../../store/index.ts';
import { peopleById, reachable } from '../grants.ts';
import { standInsOf } from '../stand-ins.ts';
import { periodTextOf } from './texts.ts';

export type Counts = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Active people by unit and role, of those units that have any. */
export async function staffCounts(db: Reader, unitIds: readonly string[], now: number): Promise<Counts> {
  if (unitIds.length === 0) {
    return new Map();
  }
  const rows = await db
    .selectFrom('role_grant')
    .innerJoin('person', 'person.id', 'role_grant.person_id')
    .select((eb) => [
      'role_grant.unit_id',
      'role_grant.role',
      eb.fn.count<number>('role_grant.person_id').distinct().as('people'),
    ])
    .where('role_grant.unit_id', 'in', [...unitIds])
    .where('role_grant.from_at', '<=', now)
    .where((eb) => eb.or([eb('role_grant.to_at', 'is', null), eb('role_grant.to_at', '>', now)]))
    .where('person.active', '=', 1)
    .groupBy(['role_grant.unit_id', 'role_grant.role'])
    .execute();
  const counts = new Map<string, Map<string, number>>();
  for (const row of rows) {
    const of = counts.get(row.unit_id ?? '') ?? new Map<string, number>();
    of.set(row.role, Number(row.people));
    counts.set(row.unit_id ?? '', of);
  }
  return counts;
}

/** 「3 位经办人，1 位单位负责人」 */
export function staffText(counts: ReadonlyMap<string, number> | undefined, roles: readonly Role[]): string {
  const parts = roles.flatMap((role) => {
    const count = counts?.get(role) ?? 0;
    return count > 0 ? `${count} 位${ROLES[role]}` : [];
  });
  return parts.length > 0 ? parts.join('，') : '还没有人';
}

/** Everybody with a role in the unit, now or later; members of a committee are its largest part and come last. */
export async function staffOf(db: Reader, unitId: string, now: number, most = 200): Promise<UnitStaff[]> {
  const rows = await db
    .selectFrom('role_grant')
    .innerJoin('person', 'person.id', 'role_grant.person_id')
    .select([
      'role_grant.id',
      'role_grant.role',
      'role_grant.from_at',
      'role_grant.to_at',
      'role_grant.person_id',
      'person.name',
      'person.title',
    ])
    .where('role_grant.unit_id', '=', unitId)
    .where((eb) => eb.or([eb('role_grant.to_at', 'is', null), eb('role_grant.to_at', '>', now)]))
    .orderBy((eb) => eb.case().when('role_grant.role', '=', 'member').then(1).else(0).end())
    .orderBy('role_grant.role', 'desc')
    .orderBy('role_grant.from_at')
    .orderBy('role_grant.id')
    .limit(most)
    .execute();
  const ids = rows.map((row) => row.person_id);
  const there = new Set((await reachable(db, ids)).map((holder) => holder.personId));
  const away = await awayTextsOf(db, ids, now);
  return rows.map((row) => ({
    grantId: row.id,
    person: { id: row.person_id, name: row.name, title: row.title },
    role: row.role as Role,
    roleLabel: ROLES[row.role as Role],
    periodText: periodTextOf(row, now),
    awayText: away.get(row.person_id) ?? '',
    reachable: there.has(row.person_id),
  }));
}

/** 「7月10日前由吴珊代办」 for those who are away now. */
export async function awayTextsOf(
  db: Reader,
  personIds: readonly string[],
  now: number,
): Promise<Map<string, string>> {
  const chains = await standInsOf(db, personIds, now);
  if (chains.size === 0) {
    return new Map();
  }
  const names = await peopleById(db, [...chains.values()].flat());
  const rows = await db
    .selectFrom('substitution')
    .select(['person_id', 'to_at'])
    .where('person_id', 'in', [...chains.keys()])
    .where('from_at', '<=', now)
    .where('to_at', '>', now)
    .where('ended_at', 'is', null)
    .execute();
  return new Map(
    rows.map((row) => {
      const last = chains.get(row.person_id)?.at(-1) ?? '';
      return [row.person_id, `${dateText(row.to_at - 1, now)}前由${names.get(last)?.name ?? '别人'}代办`];
    }),
  );
}
