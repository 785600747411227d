/** From a row of the roster to a grant, and what a complete roster no longer names. */
import { dayNumberOf, dayOfDate, startOfDay } from '@minqing/shared/time';
import { ROLES, type Role } from '@minqing/shared/words';
import { uuidv7, type Tx } from '../store/index.ts';
import { normalPhone } from './crypto.ts';
import { noteHoldingChange } from './holding-changes.ts';
import { typeName, unitTypeOf } from './roles.ts';
import type { Row } from './roster.rows.ts';

export interface WantedGrant {
  role: Role;
  unitId: string | null;
  areaId: string;
  from: number;
}

/** The grant a row asks for, or what is wrong with the row. */
export function grantOf(
  row: Row,
  areas: ReadonlyMap<string, string>,
  units: ReadonlyMap<string, { id: string; type: string; area_id: string }>,
  now: number,
): WantedGrant | string {
  if (!row.userid || !row.name) {
    return '要有账号（userid）和姓名';
  }
  if (!(row.role && row.role in ROLES)) {
    return `没有角色「${row.role}」`;
  }
  const role = row.role as Role;
  if (row.mobile && !/^\d{7,15}$/.test(normalPhone(row.mobile))) {
    return `手机号「${row.mobile}」不对`;
  }
  // Left empty it begins today.
  const day = row.from ? dayOfDate(row.from) : dayNumberOf(now);
  if (day === null) {
    return `起始日期「${row.from}」不是 YYYY-MM-DD`;
  }
  const from = startOfDay(day);
  const type = unitTypeOf(role);
  const areaId = areas.get(row.area ?? '');
  if (type === undefined) {
    return areaId ? { role, unitId: null, areaId, from } : `没有地区「${row.area}」`;
  }
  const unit = units.get(row.unit ?? '');
  if (!unit) {
    return `没有单位「${row.unit}」`;
  }
  if (unit.type !== type) {
    return `${ROLES[role]}要在${typeName(type)}，「${row.unit}」不是`;
  }
  return { role, unitId: unit.id, areaId: unit.area_id, from };
}

/** Gives the grant unless it is held already; answers its id. */
export async function writeGrant(
  tx: Tx,
  personId: string,
  wanted: WantedGrant,
  result: { granted: number },
  now: number,
): Promise<string> {
  const had = await tx
    .selectFrom('role_grant')
    .select(['id', 'to_at'])
    .where('person_id', '=', personId)
    .where('role', '=', wanted.role)
    .where('area_id', '=', wanted.areaId)
    .where((eb) => (wanted.unitId === null ? eb('unit_id', 'is', null) : eb('unit_id', '=', wanted.unitId)))
    .where('to_at', 'is', null)
    .executeTakeFirst();
  if (had) {
    return had.id;
  }
  const id = uuidv7();
  await tx
    .insertInto('role_grant')
    .values({
      id,
      person_id: personId,
      role: wanted.role,
      unit_id: wanted.unitId,
      area_id: wanted.areaId,
      from_at: wanted.from,
      to_at: null,
    })
    .execute();
  await noteHoldingChange(tx, { at: Math.max(wanted.from, now), cause: 'grant', personId, place: wanted });
  result.granted += 1;
  return id;
}

/** Keeps sector, special committee and term beside a member's grant. */
export async function writeMembership(
  tx: Tx,
  personId: string,
  wanted: WantedGrant,
  row: Row,
): Promise<void> {
  const values = {
    committee_id: wanted.unitId ?? '',
    sector: row.sector ?? '',
    special_committee: row.committee ?? '',
    term: row.term ?? '',
  };
  const had = await tx
    .selectFrom('membership')
    .select('id')
    .where('person_id', '=', personId)
    .where('committee_id', '=', values.committee_id)
    .executeTakeFirst();
  await (had
    ? tx
        .updateTable('membership')
        .set({ ...values, to_at: null })
        .where('id', '=', had.id)
        .execute()
    : tx
        .insertInto('membership')
        .values({ id: uuidv7(), person_id: personId, ...values, from_at: wanted.from, to_at: null })
        .execute());
}

/** Ends every open grant of this organisation's people that the roster does not name, and memberships with them. */
export async function endOthers(
  tx: Tx,
  hostId: string,
  named: ReadonlyMap<string, ReadonlySet<string>>,
  now: number,
  result: { ended: number },
): Promise<void> {
  const open = await tx
    .selectFrom('role_grant')
    .select(['id', 'person_id', 'role', 'unit_id'])
    .where('to_at', 'is', null)
    .where('person_id', 'in', (db) =>
      db.selectFrom('account').select('person_id').where('host_id', '=', hostId),
    )
    .execute();
  for (const grant of open.filter((each) => !named.get(each.person_id)?.has(each.id))) {
    await tx.updateTable('role_grant').set({ to_at: now }).where('id', '=', grant.id).execute();
    if (grant.role === 'member' && grant.unit_id) {
      await tx
        .updateTable('membership')
        .set({ to_at: now })
        .where('person_id', '=', grant.person_id)
        .where('committee_id', '=', grant.unit_id)
        .where('to_at', 'is', null)
        .execute();
    }
    result.ended += 1;
  }
}
