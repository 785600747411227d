/** Units: lists with what they lack, one unit, and changing them. */
import type { HeadApproval, ImpactView, UnitDetail, UnitItem, UnitPage } from '@minqing/shared/contract';
import { shanghaiDate } from '@minqing/shared/time';
import { ROLES, UNIT_TYPES, type UnitType } from '@minqing/shared/words';
import { conflict, invalidInput, notFound, type FieldProblem } from '../../errors.ts';
import { appendAudit } from '../../ledger/index.ts';
import { uuidv7, type Reader, type Tx } from '../../store/index.ts';
import type { Administering } from '../administering.ts';
import type { Directory, Unit } from '../directory.ts';
import { rolesIn, typeName, warningsOf } from '../roles.ts';
import { departmentsOf, suggestionsFor } from './departments.ts';
import { countOf, firstOf, openOfUnit, requireSeen } from './impact.ts';
import { staffCounts, staffOf, staffText, type Counts } from './staff.ts';
import { areaRefOf, refOf } from './texts.ts';

export interface UnitQuery {
  areaId?: string | undefined;
  q?: string | undefined;
  type?: UnitType | undefined;
  state: 'active' | 'stopped' | 'lacking';
  after?: string | undefined;
}

export interface UnitWords {
  name: string;
  shortName: string;
}

const PAGE = 100;
const TYPE_ORDER: Record<UnitType, number> = { committee: 0, dispatchOffice: 1, department: 2 };

/** A page of the units of the administrator's areas. */
export async function listUnits(
  db: Reader,
  directory: Directory,
  scope: Administering,
  query: UnitQuery,
  now: number,
): Promise<UnitPage> {
  if (query.areaId !== undefined) {
    scope.require(query.areaId);
  }
  const order = new Map(directory.areas().map((area, at) => [area.id, at]));
  const q = query.q ?? '';
  const found = directory
    .allUnits()
    .filter((unit) => (query.areaId ? unit.areaId === query.areaId : scope.covers(unit.areaId)))
    .filter((unit) => unit.active === (query.state !== 'stopped'))
    .filter((unit) => query.type === undefined || unit.type === query.type)
    .filter((unit) => unit.name.includes(q) || unit.shortName.includes(q))
    .toSorted(
      (a, b) =>
        (order.get(a.areaId) ?? 0) - (order.get(b.areaId) ?? 0) ||
        TYPE_ORDER[a.type] - TYPE_ORDER[b.type] ||
        (a.id < b.id ? -1 : 1),
    );
  const counts = await staffCounts(
    db,
    found.map((unit) => unit.id),
    now,
  );
  const items = found.map((unit) => itemOf(directory, unit, counts));
  const lacking = items.filter((item) => item.active && item.warnings.length > 0);
  const shown = query.state === 'lacking' ? lacking : items;
  const from = query.after ? shown.findIndex((item) => item.id === query.after) + 1 : 0;
  const page = shown.slice(from, from + PAGE);
  return {
    items: page,
    after: from + PAGE < shown.length ? (page.at(-1)?.id ?? null) : null,
    total: shown.length,
    lacking: lacking.length,
  };
}

/** As the table has it: with the unit's own wish about approval, not what follows from it. */
type UnitNow = Omit<Unit, 'headApproval'> & { headApproval: HeadApproval };

function itemOf(directory: Directory, unit: Omit<Unit, 'headApproval'>, counts: Counts): UnitItem {
  const held = counts.get(unit.id);
  return {
    ...refOf(unit),
    type: unit.type,
    typeLabel: UNIT_TYPES[unit.type],
    area: areaRefOf(directory, unit.areaId),
    active: unit.active,
    staffText: staffText(held, rolesIn(unit.type)),
    warnings: unit.active ? warningsOf(unit.type, (role) => held?.get(role) ?? 0) : [],
  };
}

/** One unit, as the tables have it now. Throws notFound for one outside the administrator's areas. */
export async function unitDetail(
  db: Reader,
  directory: Directory,
  scope: Administering,
  unitId: string,
  now: number,
): Promise<UnitDetail> {
  const unit = await findUnit(db, scope, unitId);
  const counts = await staffCounts(db, [unitId], now);
  return {
    ...itemOf(directory, unit, counts),
    today: shanghaiDate(now),
    headApproval: unit.headApproval,
    roles: rolesIn(unit.type).map((role) => ({ id: role, label: ROLES[role] })),
    staff: await staffOf(db, unitId, now),
    departments: await departmentsOf(db, directory, unitId),
    suggestions: await suggestionsFor(db, unitId, now),
    openCases: await countOf(openOfUnit(db, unitId)),
    movable: !(await isNamed(db, unitId)),
  };
}

async function findUnit(db: Reader, scope: Administering, unitId: string): Promise<UnitNow> {
  const row = await db.selectFrom('unit').selectAll().where('id', '=', unitId).executeTakeFirst();
  if (!row || !scope.covers(row.area_id)) {
    throw notFound('没有这个单位，或不归您管');
  }
  return {
    id: row.id,
    name: row.name,
    shortName: row.short_name,
    type: row.type as UnitType,
    areaId: row.area_id,
    active: row.active === 1,
    headApproval: row.head_approval as HeadApproval,
  };
}

/** True once a grant, a membership or a case names the unit. */
async function isNamed(db: Reader, unitId: string): Promise<boolean> {
  const grant = await db
    .selectFrom('role_grant')
    .select('id')
    .where('unit_id', '=', unitId)
    .executeTakeFirst();
  const work = await db
    .selectFrom('assignment')
    .select('case_id')
    .where('unit_id', '=', unitId)
    .executeTakeFirst();
  const received = await db
    .selectFrom('cases')
    .select('id')
    .where((eb) => eb.or([eb('committee_id', '=', unitId), eb('dispatch_office_id', '=', unitId)]))
    .limit(1)
    .executeTakeFirst();
  return Boolean(grant ?? work ?? received);
}

/** Adds a unit. Throws invalidInput with every field that is wrong. */
export async function addUnit(
  tx: Tx,
  scope: Administering,
  wanted: UnitWords & { type: UnitType; areaId: string },
  now: number,
): Promise<string> {
  scope.require(wanted.areaId);
  const problems = await clashes(tx, { ...wanted, id: null, active: true });
  if (problems.length > 0) {
    throw invalidInput(problems);
  }
  const id = uuidv7();
  await tx
    .insertInto('unit')
    .values({
      id,
      name: wanted.name,
      short_name: wanted.shortName,
      type: wanted.type,
      area_id: wanted.areaId,
      active: 1,
      head_approval: 'inherit',
    })
    .execute();
  await appendAudit(tx, {
    at: now,
    kind: 'unit.added',
    personId: scope.personId,
    subject: id,
    data: { name: wanted.name, shortName: wanted.shortName, type: wanted.type },
    areaId: wanted.areaId,
  });
  return id;
}

/** Changes a unit; type and area only while nothing names it. */
export async function changeUnit(
  tx: Tx,
  scope: Administering,
  unitId: string,
  change: UnitWords & { type: UnitType; areaId: string; headApproval: HeadApproval },
  now: number,
): Promise<void> {
  const had = await findUnit(tx, scope, unitId);
  scope.require(change.areaId);
  const problems = await clashes(tx, { ...change, id: unitId, active: had.active });
  const moves = change.type !== had.type || change.areaId !== had.areaId;
  if (moves && (await isNamed(tx, unitId))) {
    problems.push({
      path: change.type === had.type ? 'areaId' : 'type',
      message: '已经有人或民情属于这个单位，不能再改；请停用它，另建一个',
    });
  }
  if (problems.length > 0) {
    throw invalidInput(problems);
  }
  await tx
    .updateTable('unit')
    .set({
      name: change.name,
      short_name: change.shortName,
      type: change.type,
      area_id: change.areaId,
      head_approval: change.headApproval,
    })
    .where('id', '=', unitId)
    .execute();
  const { id: _id, active: _active, ...before } = had;
  await appendAudit(tx, {
    at: now,
    kind: 'unit.changed',
    personId: scope.personId,
    subject: unitId,
    data: { before, after: { ...change } },
    areaId: change.areaId,
  });
}

/** What stopping the unit means for what is running. */
export async function impactOfStopping(
  db: Reader,
  scope: Administering,
  unitId: string,
): Promise<ImpactView> {
  const unit = await findUnit(db, scope, unitId);
  const cases = openOfUnit(db, unitId);
  const open = await countOf(cases);
  const no: Record<UnitType, string> = {
    committee: '停用后，这里的民情由上一级政协或委员所在地的政协接收',
    dispatchOffice: '停用后，新受理的民情由上一级三服务办交办',
    department: '停用后，交办时选不到这个单位',
  };
  return {
    stranded: open,
    cases: await firstOf(cases),
    sentences: [
      no[unit.type],
      open === 0 ? '它现在没有在办的民情' : `在办的 ${open} 件仍由它办完；不让它办的，请先改派`,
      '单位里的人保留角色，随时可以恢复',
    ],
  };
}

/** Stops or resumes a unit; `seen` is the number of open cases the administrator was shown. */
export async function setActive(
  tx: Tx,
  scope: Administering,
  unitId: string,
  active: boolean,
  seen: number,
  now: number,
): Promise<void> {
  const unit = await findUnit(tx, scope, unitId);
  if (unit.active === active) {
    throw conflict(active ? `${unit.name}已经在用` : `${unit.name}已经停用`);
  }
  if (active) {
    const problems = await clashes(tx, { ...unit, active: true });
    if (problems[0]) {
      throw conflict(problems[0].message);
    }
  } else {
    requireSeen(await impactOfStopping(tx, scope, unitId), seen);
  }
  await tx
    .updateTable('unit')
    .set({ active: active ? 1 : 0 })
    .where('id', '=', unitId)
    .execute();
  await appendAudit(tx, {
    at: now,
    kind: active ? 'unit.resumed' : 'unit.stopped',
    personId: scope.personId,
    subject: unitId,
    data: { name: unit.name, openCases: active ? 0 : seen },
    areaId: unit.areaId,
  });
}

/** Names tell units apart in imports; an area has one committee and one dispatch office at a time. */
async function clashes(
  tx: Tx,
  wanted: UnitWords & { id: string | null; type: UnitType; areaId: string; active: boolean },
): Promise<FieldProblem[]> {
  const rows = await tx
    .selectFrom('unit')
    .select(['id', 'name', 'type', 'area_id', 'active'])
    .where((eb) =>
      eb.or([
        eb('name', '=', wanted.name),
        eb.and([eb('area_id', '=', wanted.areaId), eb('type', '=', wanted.type), eb('active', '=', 1)]),
      ]),
    )
    .execute();
  const others = rows.filter((row) => row.id !== wanted.id);
  const problems: FieldProblem[] = [];
  const same = others.find((row) => row.name === wanted.name);
  if (same) {
    const words = same.active === 1 ? '已经有同名的单位' : '有一个停用的同名单位，可以恢复它';
    problems.push({ path: 'name', message: words });
  }
  const single = others.find(
    (row) => row.area_id === wanted.areaId && row.type === wanted.type && row.active === 1,
  );
  if (wanted.active && wanted.type !== 'department' && single) {
    problems.push({
      path: 'type',
      message: `这个地区已经有${typeName(wanted.type)}：${single.name}，请先停用它`,
    });
  }
  return problems;
}
