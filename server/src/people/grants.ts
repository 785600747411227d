/** Who holds which role, when; people as the rest of the server knows them. */
import type { Actor, Grant } from '@minqing/shared/workflow';
import type { Role } from '@minqing/shared/words';
import type { Reader } from '../store/index.ts';
import { isHandedOn, principalsOf, standInsOf } from './stand-ins.ts';

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
  /** Set for a substitute: who is away. */
  forPersonId?: string | undefined;
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

/**
 * Their grants in force at business time `at`: their own, oldest first, then those they hold for somebody who is away
 * (`forPersonId`), unless they hold the same themselves.
 */
export async function findGrants(db: Reader, personId: string, at: number): Promise<Grant[]> {
  const principals = await principalsOf(db, personId, at);
  const rows = await db
    .selectFrom('role_grant')
    .innerJoin('person', 'person.id', 'role_grant.person_id')
    .select(['role_grant.person_id', 'role_grant.role', 'role_grant.unit_id', 'role_grant.area_id'])
    .where('role_grant.person_id', 'in', [personId, ...principals])
    .where('role_grant.from_at', '<=', at)
    .where((eb) => eb.or([eb('role_grant.to_at', 'is', null), eb('role_grant.to_at', '>', at)]))
    .where((eb) => eb.or([eb('person.active', '=', 1), eb('role_grant.person_id', '=', personId)]))
    .orderBy('role_grant.from_at')
    .orderBy('role_grant.id')
    .execute();
  const held = new Map<string, Grant>();
  for (const own of [true, false]) {
    for (const row of rows.filter((each) => (each.person_id === personId) === own)) {
      const key = `${row.role} ${row.unit_id ?? ''} ${row.area_id}`;
      if (!held.has(key) && (own || isHandedOn(row.role))) {
        const grant: Grant = { role: row.role as Role, unitId: row.unit_id, areaId: row.area_id };
        held.set(key, own ? grant : { ...grant, forPersonId: row.person_id });
      }
    }
  }
  return [...held.values()];
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

/**
 * Everybody who holds the role there at business time `at` and has an active account, in a stable order. For somebody
 * who is away the last substitute of the chain who can be reached stands there; when none can, they stay themselves.
 */
export async function holders(db: Reader, holding: Holding, at: number): Promise<Holder[]> {
  if ('areaIds' in holding && holding.areaIds.length === 0) {
    return [];
  }
  let query = db
    .selectFrom('role_grant')
    .innerJoin('person', 'person.id', 'role_grant.person_id')
    .select('role_grant.person_id')
    .where('person.active', '=', 1)
    .where('role_grant.role', '=', holding.role)
    .where('role_grant.from_at', '<=', at)
    .where((eb) => eb.or([eb('role_grant.to_at', 'is', null), eb('role_grant.to_at', '>', at)]));
  query =
    'unitId' in holding
      ? query.where('role_grant.unit_id', '=', holding.unitId)
      : query.where('role_grant.area_id', 'in', [...holding.areaIds]);
  const rows = await query.execute();
  const holderIds = [...new Set(rows.map((row) => row.person_id))];
  const chains = isHandedOn(holding.role) ? await standInsOf(db, holderIds, at) : new Map<string, string[]>();
  const found = new Map(
    (await reachable(db, [...holderIds, ...[...chains.values()].flat()])).map((h) => [h.personId, h]),
  );
  const standing = new Map<string, Holder>();
  for (const holderId of holderIds) {
    const substitute = chains.get(holderId)?.findLast((id) => found.has(id));
    const holder = found.get(substitute ?? holderId);
    // Who holds the role by right is named so, whomever they stand in for besides.
    if (holder && (substitute === undefined || !standing.has(holder.personId))) {
      standing.set(holder.personId, substitute === undefined ? holder : { ...holder, forPersonId: holderId });
    }
  }
  return [...standing.values()].toSorted((a, b) => (a.personId < b.personId ? -1 : 1));
}

/** Those of the people who are active and have an active account, with their accounts: where they were last seen first. */
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
      'account.last_seen_at',
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
  for (const row of rows.toSorted((a, b) => (b.last_seen_at ?? 0) - (a.last_seen_at ?? 0))) {
    const holder = found.get(row.person_id) ?? { personId: row.person_id, name: row.name, accounts: [] };
    holder.accounts.push({ id: row.id, hostId: row.host_id, userId: row.user_id, unionId: row.union_id });
    found.set(row.person_id, holder);
  }
  return [...found.values()].toSorted((a, b) => (a.personId < b.personId ? -1 : 1));
}
