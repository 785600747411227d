/** Writing what a host knows: people with the departments they are in, departments, and who left. */
import type { HostDepartment, HostPerson } from '../hosts/index.ts';
import { appendAudit } from '../ledger/index.ts';
import { upsert, type Tx } from '../store/index.ts';
import type { PhoneVault } from './crypto.ts';
import { followMoves, type Left } from './contacts.moves.ts';
import { noteHoldingChange } from './holding-changes.ts';
import { writePerson, type WrittenPerson } from './people.writes.ts';
import { closeSessionsOf } from './sessions.ts';

export const BATCH = 100;

export interface Moments {
  businessNow: number;
  machineNow: number;
}

export type SavedCounts = Record<WrittenPerson['change'], number>;

/** Creates and updates people, accounts and the departments they are in. */
export async function savePeople(
  tx: Tx,
  hostId: string,
  people: readonly HostPerson[],
  options: Moments & { vault: PhoneVault },
): Promise<SavedCounts> {
  const counts: SavedCounts = { created: 0, updated: 0, same: 0 };
  const departments = new Map<string, string[]>();
  for (const person of people) {
    const written = await writePerson(tx, { ...person, hostId }, options);
    counts[written.change] += 1;
    departments.set(written.accountId, person.departmentIds);
  }
  const left = await saveMemberships(tx, departments);
  if (left.length > 0) {
    await followMoves(tx, hostId, left, options.businessNow);
  }
  return counts;
}

/** Answers which departments somebody stands in no longer. */
async function saveMemberships(tx: Tx, wanted: ReadonlyMap<string, readonly string[]>): Promise<Left[]> {
  if (wanted.size === 0) {
    return [];
  }
  const rows = await tx
    .selectFrom('account_department')
    .selectAll()
    .where('account_id', 'in', [...wanted.keys()])
    .execute();
  const had = new Set(rows.map((row) => `${row.account_id} ${row.department_id}`));
  const kept = new Set<string>();
  const added: { account_id: string; department_id: string }[] = [];
  for (const [accountId, ids] of wanted) {
    for (const departmentId of new Set(ids)) {
      const key = `${accountId} ${departmentId}`;
      kept.add(key);
      if (!had.has(key)) {
        added.push({ account_id: accountId, department_id: departmentId });
      }
    }
  }
  const left = rows.filter((one) => !kept.has(`${one.account_id} ${one.department_id}`));
  for (const row of left) {
    await tx
      .deleteFrom('account_department')
      .where('account_id', '=', row.account_id)
      .where('department_id', '=', row.department_id)
      .execute();
  }
  if (added.length > 0) {
    await tx.insertInto('account_department').values(added).execute();
  }
  return left.map((row) => ({ accountId: row.account_id, departmentId: row.department_id }));
}

/** Ends accounts and sessions; a person whose last account ended is no longer active. Returns how many accounts. */
export async function leave(
  tx: Tx,
  hostId: string,
  userIds: readonly string[],
  businessNow: number,
): Promise<number> {
  if (userIds.length === 0) {
    return 0;
  }
  const accounts = await tx
    .selectFrom('account')
    .select(['id', 'person_id'])
    .where('host_id', '=', hostId)
    .where('user_id', 'in', [...userIds])
    .where('active', '=', 1)
    .execute();
  for (const account of accounts) {
    await tx.updateTable('account').set({ active: 0 }).where('id', '=', account.id).execute();
    await tx.deleteFrom('session').where('account_id', '=', account.id).execute();
    const other = await tx
      .selectFrom('account')
      .select('id')
      .where('person_id', '=', account.person_id)
      .where('active', '=', 1)
      .executeTakeFirst();
    if (!other) {
      await tx.updateTable('person').set({ active: 0 }).where('id', '=', account.person_id).execute();
      await closeSessionsOf(tx, [account.person_id]);
    }
    // Others hold the duties now, or the same person has to be reached at another account.
    await noteHoldingChange(tx, { at: businessNow, cause: 'left', personId: account.person_id });
    await appendAudit(tx, {
      at: businessNow,
      kind: 'contacts.left',
      personId: null,
      subject: account.person_id,
      data: { hostId },
    });
  }
  return accounts.length;
}

/**
 * Writes departments. The unit one stands for is kept: an administrator chose it. A unit that bore its department's
 * name follows a new one, unless another unit has it.
 */
export async function writeDepartments(
  tx: Tx,
  hostId: string,
  departments: readonly HostDepartment[],
  { businessNow, machineNow }: Moments,
): Promise<void> {
  for (let at = 0; at < departments.length; at += BATCH) {
    const batch = departments.slice(at, at + BATCH);
    await renameUnits(tx, hostId, batch, businessNow);
    await upsert(
      tx,
      'host_department',
      batch.map((department) => ({
        host_id: hostId,
        department_id: department.id,
        parent_id: department.parentId,
        name: department.name,
        unit_id: null,
        synced_at: machineNow,
      })),
      { key: ['host_id', 'department_id'], keep: ['unit_id'] },
    );
  }
}

/** A unit that bears its department's old name, and the new one. */
export interface UnitRename {
  unitId: string;
  areaId: string;
  before: string;
  after: string;
}

/** The units a new name of these departments would rename. */
export async function unitRenames(
  tx: Pick<Tx, 'selectFrom'>,
  hostId: string,
  departments: readonly HostDepartment[],
): Promise<UnitRename[]> {
  if (departments.length === 0) {
    return [];
  }
  const rows = await tx
    .selectFrom('host_department')
    .innerJoin('unit', 'unit.id', 'host_department.unit_id')
    .select([
      'host_department.department_id',
      'host_department.name as was',
      'unit.id',
      'unit.name',
      'unit.area_id',
    ])
    .where('host_department.host_id', '=', hostId)
    .where(
      'host_department.department_id',
      'in',
      departments.map((department) => department.id),
    )
    .execute();
  const found = rows.flatMap((row) => {
    const after = departments.find((department) => department.id === row.department_id)?.name ?? row.was;
    return after !== row.was && row.name === row.was
      ? [{ unitId: row.id, areaId: row.area_id, before: row.name, after }]
      : [];
  });
  const taken = await tx
    .selectFrom('unit')
    .select('name')
    .where('name', 'in', [...found.map((one) => one.after), ''])
    .execute();
  return found.filter((one) => !taken.some((row) => row.name === one.after));
}

async function renameUnits(
  tx: Tx,
  hostId: string,
  departments: readonly HostDepartment[],
  businessNow: number,
): Promise<void> {
  for (const { unitId, areaId, before, after } of await unitRenames(tx, hostId, departments)) {
    await tx.updateTable('unit').set({ name: after }).where('id', '=', unitId).execute();
    await appendAudit(tx, {
      at: businessNow,
      kind: 'contacts.unitRenamed',
      personId: null,
      subject: unitId,
      data: { before, after },
      areaId,
    });
  }
}
