/**
 * Somebody who is moved out of the department that stands for a unit no longer works there: the unit's roles end, and they
 * sign on anew with what is left. A department that is gone itself moves nobody: that is a change of the organisation.
 */
import { appendAudit } from '../ledger/index.ts';
import type { Reader, Tx } from '../store/index.ts';
import { noteHoldingChange } from './holding-changes.ts';

/** A term of office is no department's matter, and the last administrator must not be lost to a mistake in the contacts. */
const STAY: readonly string[] = ['member', 'admin'];
/** More levels than any organisation has; a guard against circles in what the host says. */
const MOST_LEVELS = 20;

export interface Left {
  accountId: string;
  departmentId: string;
}

/** Ends what the moves end; `left` are the departments the accounts stand in no longer. */
export async function followMoves(
  tx: Tx,
  hostId: string,
  left: readonly Left[],
  businessNow: number,
): Promise<void> {
  const units = await unitsOf(
    tx,
    hostId,
    left.map((one) => one.departmentId),
  );
  for (const accountId of new Set(left.map((one) => one.accountId))) {
    const leftUnits = left
      .filter((one) => one.accountId === accountId)
      .flatMap((one) => units.get(one.departmentId) ?? []);
    const still = leftUnits.length > 0 ? await standsIn(tx, hostId, accountId) : new Set<string>();
    const gone = [...new Set(leftUnits.filter((unit) => !still.has(unit)))];
    if (gone.length > 0) {
      await endRoles(tx, accountId, gone, { hostId, businessNow });
    }
  }
}

async function unitsOf(db: Reader, hostId: string, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('host_department')
    .select(['department_id', 'unit_id'])
    .where('host_id', '=', hostId)
    .where('department_id', 'in', [...ids, ''])
    .execute();
  return new Map(rows.flatMap((row) => (row.unit_id === null ? [] : [[row.department_id, row.unit_id]])));
}

/** The units the account's departments, and those above them, stand for. */
async function standsIn(db: Reader, hostId: string, accountId: string): Promise<Set<string>> {
  const found = new Set<string>();
  let open = (
    await db
      .selectFrom('account_department')
      .select('department_id')
      .where('account_id', '=', accountId)
      .execute()
  ).map((row) => row.department_id);
  for (let level = 0; open.length > 0 && level < MOST_LEVELS; level += 1) {
    const rows = await db
      .selectFrom('host_department')
      .select(['parent_id', 'unit_id'])
      .where('host_id', '=', hostId)
      .where('department_id', 'in', open)
      .execute();
    rows.flatMap((row) => row.unit_id ?? []).forEach((unit) => found.add(unit));
    open = rows.flatMap((row) => row.parent_id ?? []);
  }
  return found;
}

async function endRoles(
  tx: Tx,
  accountId: string,
  unitIds: readonly string[],
  { hostId, businessNow }: { hostId: string; businessNow: number },
): Promise<void> {
  const rows = await tx
    .selectFrom('role_grant')
    .innerJoin('account', 'account.person_id', 'role_grant.person_id')
    .selectAll('role_grant')
    .where('account.id', '=', accountId)
    .where('role_grant.unit_id', 'in', [...unitIds])
    .where('role_grant.role', 'not in', STAY)
    .where('role_grant.from_at', '<=', businessNow)
    .where((eb) => eb.or([eb('role_grant.to_at', 'is', null), eb('role_grant.to_at', '>', businessNow)]))
    .execute();
  if (rows.length === 0) {
    return;
  }
  for (const row of rows) {
    const place = { role: row.role, unitId: row.unit_id, areaId: row.area_id };
    await tx.updateTable('role_grant').set({ to_at: businessNow }).where('id', '=', row.id).execute();
    await noteHoldingChange(tx, { at: businessNow, cause: 'grant', personId: row.person_id, place });
    await appendAudit(tx, {
      at: businessNow,
      kind: 'contacts.moved',
      personId: null,
      subject: row.person_id,
      data: { id: row.id, ...place, hostId },
      areaId: row.area_id,
    });
  }
  await tx.deleteFrom('session').where('account_id', '=', accountId).execute();
}
