/** People as administrators find and see them. */
import type { PersonDetail, PersonItem, PersonPage } from '@minqing/shared/contract';
import { shanghaiDate } from '@minqing/shared/time';
import { ROLES, type Role } from '@minqing/shared/words';
import type { ExpressionBuilder } from 'kysely';
import { notFound } from '../../errors.ts';
import { keyset, pageOf, type KeysetColumn, type Reader } from '../../store/index.ts';
import type { Database } from '../../store/tables.ts';
import type { Administering } from '../administering.ts';
import type { PhoneVault } from '../crypto.ts';
import type { Directory } from '../directory.ts';
import { overAt } from '../substitutes.rules.ts';
import { peopleById } from '../grants.ts';
import { presentGrant, type GrantRow } from './grants.ts';
import { maskedPhone, periodTextOf, seenTextOf, stateOf, unitRefOf } from './texts.ts';

export interface PersonQuery {
  /** The beginning of a name, a whole phone number, or a host account. */
  q?: string | undefined;
  unitId?: string | undefined;
  role?: Role | undefined;
  state: 'all' | 'without' | 'left';
  after?: string | undefined;
}

export interface PersonDeps {
  directory: Directory;
  vault: PhoneVault;
  now: number;
  machineNow: number;
}

const PAGE = 50;
const ORDER: readonly KeysetColumn[] = [
  { column: 'person.name', direction: 'asc', type: 'string' },
  { column: 'person.id', direction: 'asc', type: 'string' },
];
/** As many roles as a line holds. */
const ROLES_SHOWN = 3;

/**
 * A page of people. An administrator sees those with a role or membership in their areas, past ones too, and those
 * without any role, who wait for one. Whoever knows somebody's whole phone number finds them wherever they are.
 */
export async function listPeople(
  db: Reader,
  scope: Administering,
  query: PersonQuery,
  deps: PersonDeps,
): Promise<PersonPage> {
  const areaIds = [...scope.areaIds];
  const q = query.q ?? '';
  const phone = /^[\d\s+-]{7,20}$/.test(q) ? deps.vault.index(q) : null;
  let people = db
    .selectFrom('person')
    .select(['person.id', 'person.name', 'person.title', 'person.active', 'person.phone_cipher']);
  people =
    phone === null
      ? people.where((eb) =>
          eb.or([
            eb.exists(grantsOf(eb).where('role_grant.area_id', 'in', areaIds)),
            eb.not(eb.exists(grantsOf(eb))),
          ]),
        )
      : people.where('person.phone_index', '=', phone);
  if (phone === null && q !== '') {
    const word = q.replaceAll(/[%_\\]/g, '');
    people = people.where((eb) =>
      eb.or([
        eb('person.name', 'like', `${word}%`),
        eb.exists(
          eb
            .selectFrom('account')
            .select('account.id')
            .whereRef('account.person_id', '=', 'person.id')
            .where('account.user_id', '=', word),
        ),
      ]),
    );
  }
  if (query.unitId !== undefined || query.role !== undefined) {
    people = people.where((eb) => {
      let grants = inForce(grantsOf(eb).where('role_grant.area_id', 'in', areaIds), deps.now);
      grants = query.unitId === undefined ? grants : grants.where('role_grant.unit_id', '=', query.unitId);
      grants = query.role === undefined ? grants : grants.where('role_grant.role', '=', query.role);
      return eb.exists(grants);
    });
  }
  if (query.state === 'without') {
    people = people
      .where('person.active', '=', 1)
      .where((eb) => eb.not(eb.exists(inForce(grantsOf(eb), deps.now))));
  } else {
    people = people.where('person.active', '=', query.state === 'left' ? 0 : 1);
  }
  const rows = await keyset(people, ORDER, PAGE, query.after).execute();
  const page = pageOf(rows, PAGE, (row) => [row.name, row.id]);
  return { items: await presentAll(db, page.rows, deps), after: page.next ?? null };
}

type PersonExpressions = ExpressionBuilder<Database, 'person'>;

const grantsOf = (eb: PersonExpressions) =>
  eb.selectFrom('role_grant').select('role_grant.id').whereRef('role_grant.person_id', '=', 'person.id');

function inForce(grants: ReturnType<typeof grantsOf>, now: number): ReturnType<typeof grantsOf> {
  return grants
    .where('role_grant.from_at', '<=', now)
    .where((eb) => eb.or([eb('role_grant.to_at', 'is', null), eb('role_grant.to_at', '>', now)]));
}

interface PersonRow {
  id: string;
  name: string;
  title: string;
  active: number;
  phone_cipher: string | null;
}

/** People as lines of a list. */
export async function presentAll(
  db: Reader,
  rows: readonly PersonRow[],
  deps: PersonDeps,
): Promise<PersonItem[]> {
  const ids = [...rows.map((row) => row.id), ''];
  const grants = await db
    .selectFrom('role_grant')
    .selectAll()
    .where('person_id', 'in', ids)
    .where('from_at', '<=', deps.now)
    .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', deps.now)]))
    .orderBy('from_at')
    .orderBy('id')
    .execute();
  const seen = await db
    .selectFrom('account')
    .select((eb) => ['person_id', eb.fn.max('last_seen_at').as('last')])
    .where('person_id', 'in', ids)
    .groupBy('person_id')
    .execute();
  return rows.map((row) => {
    const last = seen.find((one) => one.person_id === row.id)?.last ?? null;
    return {
      id: row.id,
      name: row.name,
      title: row.title,
      phone: maskedPhone(row.phone_cipher === null ? null : deps.vault.open(row.phone_cipher, row.id)),
      active: row.active === 1,
      roles: grants
        .filter((grant) => grant.person_id === row.id)
        .slice(0, ROLES_SHOWN)
        .map((grant) => roleText(deps.directory, grant)),
      seenText:
        row.active === 1 ? seenTextOf(last === null ? null : Number(last), deps.machineNow) : '已离开',
    };
  });
}

function roleText(directory: Directory, grant: GrantRow): string {
  const where = grant.unit_id === null ? directory.area(grant.area_id) : directory.unit(grant.unit_id);
  return `${ROLES[grant.role as Role]} · ${where?.name ?? ''}`;
}

/** One person. Grants of other administrators' areas are told by the list's line only. */
export async function personDetail(
  db: Reader,
  scope: Administering,
  personId: string,
  deps: PersonDeps,
): Promise<PersonDetail> {
  const row = await findPerson(db, personId);
  const [item] = await presentAll(db, [row], deps);
  if (!item) {
    throw notFound();
  }
  const grants = await grantRows(db, personId);
  const shown = grants.filter((grant) => scope.covers(grant.area_id));
  return {
    ...item,
    today: shanghaiDate(deps.now),
    grants: shown
      .toSorted((a, b) => (b.to_at ?? Infinity) - (a.to_at ?? Infinity) || b.from_at - a.from_at)
      .map((grant) => presentGrant(deps.directory, scope, grant, deps.now)),
    memberships: await membershipsOf(db, scope, personId, deps),
    accounts: await accountsOf(db, personId, deps),
    awayTexts: await awayTexts(db, personId, deps.now),
    lockedText: await lockedText(db, scope, personId, grants, deps.now),
  };
}

/** Throws notFound. */
export async function findPerson(db: Reader, personId: string): Promise<PersonRow> {
  const row = await db
    .selectFrom('person')
    .select(['id', 'name', 'title', 'active', 'phone_cipher'])
    .where('id', '=', personId)
    .executeTakeFirst();
  if (!row) {
    throw notFound('没有这个人，请刷新');
  }
  return row;
}

/** Every grant of a person, past ones too. */
export const grantRows = (db: Reader, personId: string): Promise<GrantRow[]> =>
  db.selectFrom('role_grant').selectAll().where('person_id', '=', personId).orderBy('from_at').execute();

async function membershipsOf(
  db: Reader,
  scope: Administering,
  personId: string,
  deps: PersonDeps,
): Promise<PersonDetail['memberships']> {
  const rows = await db
    .selectFrom('membership')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('from_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    committee: unitRefOf(deps.directory, row.committee_id),
    sector: row.sector,
    specialCommittee: row.special_committee,
    term: row.term,
    periodText: periodTextOf(row, deps.now),
    state: stateOf(row, deps.now),
    mayEdit: scope.covers(deps.directory.unit(row.committee_id)?.areaId),
  }));
}

/** Accounts of a person, those that left included. */
export async function accountsOf(
  db: Reader,
  personId: string,
  deps: PersonDeps,
): Promise<PersonDetail['accounts']> {
  const accounts = await db
    .selectFrom('account')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('id')
    .execute();
  const departments = await db
    .selectFrom('account_department')
    .innerJoin('account', 'account.id', 'account_department.account_id')
    .innerJoin('host_department', (join) =>
      join
        .onRef('host_department.department_id', '=', 'account_department.department_id')
        .onRef('host_department.host_id', '=', 'account.host_id'),
    )
    .select(['account.id', 'host_department.name'])
    .where('account.person_id', '=', personId)
    .orderBy('host_department.name')
    .execute();
  return accounts.map((account) => ({
    id: account.id,
    hostId: account.host_id,
    userId: account.user_id,
    active: account.active === 1,
    departments: departments.filter((row) => row.id === account.id).map((row) => row.name),
    seenText: account.active === 1 ? seenTextOf(account.last_seen_at, deps.machineNow) : '已离开通讯录',
  }));
}

async function awayTexts(db: Reader, personId: string, now: number): Promise<string[]> {
  const rows = await db
    .selectFrom('substitution')
    .selectAll()
    .where('person_id', '=', personId)
    .where('to_at', '>', now)
    .orderBy('from_at')
    .execute();
  const open = rows.filter((row) => overAt(row) > Math.max(now, row.from_at));
  const names = await peopleById(
    db,
    open.map((row) => row.substitute_id),
  );
  return open.map((row) => `${periodTextOf(row, now)}由${names.get(row.substitute_id)?.name ?? '别人'}代办`);
}

/** Why name, title and phone cannot be changed here; empty when they can. */
export async function lockedText(
  db: Reader,
  scope: Administering,
  personId: string,
  grants: readonly GrantRow[],
  now: number,
): Promise<string> {
  if (grants.some((grant) => stateOf(grant, now) !== 'over' && !scope.covers(grant.area_id))) {
    return '他在别的地区也有角色，资料请上一级管理员修改';
  }
  const synced = await db
    .selectFrom('account')
    .select('id')
    .where('person_id', '=', personId)
    .where('active', '=', 1)
    .where('union_id', '!=', '')
    .executeTakeFirst();
  return synced ? '姓名、职务和手机来自通讯录，请在通讯录里改，每晚自动同步' : '';
}
