/** Who holds which role, when; people as the rest of the server knows them. */
import type { Actor, Grant } from '@minqing/shared/workflow';
import type { Role } from '@minqing/shared/words';
import type { Reader } from '../store/index.ts';

export interface AccountFacts {
  id: string;
  hostId: string;
  userId: string;
  unionId: string;
}

/** Somebody who holds a role now and can be reached. */
export interface Holder {
  personId: string;
  name: string;
  accounts: AccountFacts[];
}

export interface PersonFacts {
  id: string;
  name: string;
  title: string;
  active: boolean;
}

export interface Acting {
  actor: Extract<Actor, { kind: 'person' }>;
  person: PersonFacts;
}

/** What somebody must hold: a role, in one unit, or in any of some areas. */
export type Holding = { role: Role } & ({ unitId: string } | { areaIds: readonly string[] });

/** Their grants in force at business time `at`, oldest first. */
export async function findGrants(db: Reader, personId: string, at: number): Promise<Grant[]> {
  const rows = await db
    .selectFrom('role_grant')
    .select(['role', 'unit_id', 'area_id'])
    .where('person_id', '=', personId)
    .where('from_at', '<=', at)
    .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', at)]))
    .orderBy('from_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ role: row.role as Role, unitId: row.unit_id, areaId: row.area_id }));
}

/** The person as an actor with their grants at business time `at`; null for somebody unknown or no longer active. */
export async function actorOf(db: Reader, personId: string, at: number): Promise<Acting | null> {
  const person = (await peopleById(db, [personId])).get(personId);
  if (!person?.active) {
    return null;
  }
  return { person, actor: { kind: 'person', personId, grants: await findGrants(db, personId, at) } };
}

/** People by id, those who left included: the record keeps their names. */
export async function peopleById(db: Reader, ids: readonly string[]): Promise<Map<string, PersonFacts>> {
  const found = new Map<string, PersonFacts>();
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) {
    return found;
  }
  const rows = await db
    .selectFrom('person')
    .select(['id', 'name', 'title', 'active'])
    .where('id', 'in', wanted)
    .execute();
  for (const row of rows) {
    found.set(row.id, { id: row.id, name: row.name, title: row.title, active: row.active === 1 });
  }
  return found;
}

/** Everybody who holds the role there at business time `at` and has an active account, in a stable order. */
export async function holders(db: Reader, holding: Holding, at: number): Promise<Holder[]> {
  if ('areaIds' in holding && holding.areaIds.length === 0) {
    return [];
  }
  let query = db
    .selectFrom('role_grant')
    .select('role_grant.person_id')
    .where('role_grant.role', '=', holding.role)
    .where('role_grant.from_at', '<=', at)
    .where((eb) => eb.or([eb('role_grant.to_at', 'is', null), eb('role_grant.to_at', '>', at)]));
  query =
    'unitId' in holding
      ? query.where('role_grant.unit_id', '=', holding.unitId)
      : query.where('role_grant.area_id', 'in', [...holding.areaIds]);
  const rows = await query.execute();
  return reachable(
    db,
    rows.map((row) => row.person_id),
  );
}

/** Those of the people who are active and have an active account, with their accounts. */
export async function reachable(db: Reader, personIds: readonly string[]): Promise<Holder[]> {
  const wanted = [...new Set(personIds)];
  if (wanted.length === 0) {
    return [];
  }
  const rows = await db
    .selectFrom('account')
    .innerJoin('person', 'person.id', 'account.person_id')
    .select([
      'account.id',
      'account.host_id',
      'account.user_id',
      'account.union_id',
      'account.person_id',
      'person.name',
    ])
    .where('account.person_id', 'in', wanted)
    .where('account.active', '=', 1)
    .where('person.active', '=', 1)
    .orderBy('account.person_id')
    .orderBy('account.id')
    .execute();
  const found = new Map<string, Holder>();
  for (const row of rows) {
    const holder = found.get(row.person_id) ?? { personId: row.person_id, name: row.name, accounts: [] };
    holder.accounts.push({ id: row.id, hostId: row.host_id, userId: row.user_id, unionId: row.union_id });
    found.set(row.person_id, holder);
  }
  return [...found.values()];
}
