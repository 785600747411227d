/** Departments of the hosts: which unit they stand for, and who is in them without a role yet. */
import type { HostDepartmentView, PersonRef } from '@minqing/shared/contract';
import { conflict, notFound } from '../../errors.ts';
import { appendAudit } from '../../ledger/index.ts';
import type { Reader, Tx } from '../../store/index.ts';
import type { Administering } from '../administering.ts';
import type { Directory } from '../directory.ts';
import { unitRefOf } from './texts.ts';

const MOST = 30;
/** Deeper than any organisation; a guard against a circle in what a host sent. */
const DEEPEST = 12;

interface Row {
  host_id: string;
  department_id: string;
  parent_id: string | null;
  name: string;
  unit_id: string | null;
}

const COLUMNS = ['host_id', 'department_id', 'parent_id', 'name', 'unit_id'] as const;

/** The departments that stand for a unit. */
export async function departmentsOf(
  db: Reader,
  directory: Directory,
  unitId: string,
): Promise<HostDepartmentView[]> {
  const rows = await db.selectFrom('host_department').select(COLUMNS).where('unit_id', '=', unitId).execute();
  return present(db, directory, rows);
}

/** Departments whose name holds the words; those that stand for no unit yet come first. */
export async function findDepartments(
  db: Reader,
  directory: Directory,
  q: string,
): Promise<HostDepartmentView[]> {
  const rows = await db
    .selectFrom('host_department')
    .select(COLUMNS)
    .where('name', 'like', `%${q.replaceAll(/[%_\\]/g, '')}%`)
    .orderBy((eb) => eb.case().when('unit_id', 'is', null).then(0).else(1).end())
    .orderBy('name')
    .orderBy('department_id')
    .limit(MOST)
    .execute();
  return present(db, directory, rows);
}

async function present(
  db: Reader,
  directory: Directory,
  rows: readonly Row[],
): Promise<HostDepartmentView[]> {
  return Promise.all(
    rows.map(async (row) => ({
      hostId: row.host_id,
      id: row.department_id,
      name: row.name,
      path: await pathOf(db, row),
      people: await peopleIn(db, row),
      unit: row.unit_id === null ? null : unitRefOf(directory, row.unit_id),
    })),
  );
}

async function pathOf(db: Reader, row: Row): Promise<string> {
  const names: string[] = [];
  let parentId = row.parent_id;
  for (let depth = 0; parentId !== null && depth < DEEPEST; depth += 1) {
    const parent: Pick<Row, 'name' | 'parent_id'> | undefined = await db
      .selectFrom('host_department')
      .select(['name', 'parent_id'])
      .where('host_id', '=', row.host_id)
      .where('department_id', '=', parentId)
      .executeTakeFirst();
    if (!parent) {
      break;
    }
    names.unshift(parent.name);
    parentId = parent.parent_id;
  }
  return names.join(' / ');
}

async function peopleIn(db: Reader, row: Row): Promise<number> {
  const found = await db
    .selectFrom('account_department')
    .innerJoin('account', 'account.id', 'account_department.account_id')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('account_department.department_id', '=', row.department_id)
    .where('account.host_id', '=', row.host_id)
    .where('account.active', '=', 1)
    .executeTakeFirst();
  return Number(found?.n ?? 0);
}

/** Active people of the unit's departments who hold no role in it. */
export async function suggestionsFor(db: Reader, unitId: string, now: number): Promise<PersonRef[]> {
  return db
    .selectFrom('host_department')
    .innerJoin('account_department', 'account_department.department_id', 'host_department.department_id')
    .innerJoin('account', (join) =>
      join
        .onRef('account.id', '=', 'account_department.account_id')
        .onRef('account.host_id', '=', 'host_department.host_id'),
    )
    .innerJoin('person', 'person.id', 'account.person_id')
    .select(['person.id', 'person.name', 'person.title'])
    .distinct()
    .where('host_department.unit_id', '=', unitId)
    .where('account.active', '=', 1)
    .where('person.active', '=', 1)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('role_grant')
            .select('role_grant.id')
            .whereRef('role_grant.person_id', '=', 'person.id')
            .where('role_grant.unit_id', '=', unitId)
            .where((or) => or.or([or('role_grant.to_at', 'is', null), or('role_grant.to_at', '>', now)])),
        ),
      ),
    )
    .orderBy('person.name')
    .orderBy('person.id')
    .limit(MOST)
    .execute();
}

/**
 * Says which unit a department stands for, or that it stands for none. Throws forbidden when the unit, or the one it
 * stood for, is another administrator's.
 */
export async function linkDepartment(
  tx: Tx,
  directory: Directory,
  scope: Administering,
  wanted: { hostId: string; departmentId: string; unitId: string | null },
  now: number,
): Promise<string> {
  const row = await tx
    .selectFrom('host_department')
    .select(COLUMNS)
    .where('host_id', '=', wanted.hostId)
    .where('department_id', '=', wanted.departmentId)
    .executeTakeFirst();
  if (!row) {
    throw notFound('通讯录里没有这个部门了，请先同步');
  }
  for (const unitId of [row.unit_id, wanted.unitId]) {
    if (unitId !== null) {
      scope.require(directory.unit(unitId)?.areaId);
    }
  }
  if (row.unit_id !== null && wanted.unitId !== null && row.unit_id !== wanted.unitId) {
    throw conflict(`${row.name}已经对应${unitRefOf(directory, row.unit_id).name}，请先在那里取消`);
  }
  await tx
    .updateTable('host_department')
    .set({ unit_id: wanted.unitId })
    .where('host_id', '=', wanted.hostId)
    .where('department_id', '=', wanted.departmentId)
    .execute();
  const about = wanted.unitId ?? row.unit_id;
  await appendAudit(tx, {
    at: now,
    kind: wanted.unitId === null ? 'department.unlinked' : 'department.linked',
    personId: scope.personId,
    subject: about ?? wanted.departmentId,
    data: { hostId: wanted.hostId, departmentId: wanted.departmentId, name: row.name },
    areaId: about ? (directory.unit(about)?.areaId ?? '') : '',
  });
  return wanted.departmentId;
}
