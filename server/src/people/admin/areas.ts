/** The areas an administrator answers for: the tree, and changing it. */
import type { AreaTree } from '@minqing/shared/contract';
import { TIERS, type Tier } from '@minqing/shared/words';
import { conflict, invalidInput, notFound, type FieldProblem } from '../../errors.ts';
import { appendAudit } from '../../ledger/index.ts';
import type { Reader, Tx } from '../../store/index.ts';
import type { Administering } from '../administering.ts';
import type { Area, Directory } from '../directory.ts';
import { refOf } from './texts.ts';

export interface NewArea {
  code: string;
  name: string;
  tier: Tier;
  parentId: string;
  prefix: string;
}

const RANK: Record<Tier, number> = { province: 0, city: 1, county: 2 };

/** Every area of the administrator, parents before children, in the order of their codes. */
export async function areaTreeOf(db: Reader, directory: Directory, scope: Administering): Promise<AreaTree> {
  const counts = new Map<string, number>();
  for (const unit of directory.units()) {
    counts.set(unit.areaId, (counts.get(unit.areaId) ?? 0) + 1);
  }
  const own = directory.areas().filter((area) => scope.covers(area.id));
  const named = await namedAreas(db, [...scope.areaIds]);
  const roots = own.filter((area) => !scope.covers(area.parentId));
  return {
    items: roots
      .flatMap((root) => inOrder(directory, root))
      .map((area) => {
        const committee = directory.committeeOf(area.id);
        const office = directory.dispatchOfficeOf(area.id);
        const units = counts.get(area.id) ?? 0;
        const children = directory.areas().some((one) => one.parentId === area.id);
        return {
          id: area.id,
          name: area.name,
          tier: area.tier,
          tierLabel: TIERS[area.tier],
          prefix: area.prefix,
          parentId: scope.covers(area.parentId) ? area.parentId : null,
          committee: committee ? refOf(committee) : null,
          dispatchOffice: office ? refOf(office) : null,
          borrowed: office !== undefined && office.areaId !== area.id,
          units,
          warnings: warningsOf(area, committee !== undefined, office !== undefined),
          removable: area.parentId !== null && !children && !named.has(area.id),
        };
      }),
  };
}

/** A county's matters go to its city where it has no committee of its own: that is no fault. */
function warningsOf(area: Area, committee: boolean, office: boolean): string[] {
  return [
    ...(committee || area.tier === 'county' ? [] : ['没有政协，这里的民情没人接收']),
    ...(office ? [] : ['没有三服务办，受理后没人交办']),
  ];
}

function inOrder(directory: Directory, area: Area): Area[] {
  const children = directory.areas().filter((one) => one.parentId === area.id);
  return [area, ...children.flatMap((child) => inOrder(directory, child))];
}

/** Those of the areas that a unit, a case or a grant names. */
async function namedAreas(db: Reader, areaIds: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  const units = await db
    .selectFrom('unit')
    .select('area_id')
    .distinct()
    .where('area_id', 'in', areaIds)
    .execute();
  const grants = await db
    .selectFrom('role_grant')
    .select('area_id')
    .distinct()
    .where('area_id', 'in', areaIds)
    .execute();
  [...units, ...grants].forEach((row) => found.add(row.area_id));
  const received = await db
    .selectFrom('number_counter')
    .select('area_id')
    .distinct()
    .where('area_id', 'in', areaIds)
    .execute();
  received.forEach((row) => found.add(row.area_id));
  return found;
}

/** Adds an area below one of the administrator's. Throws invalidInput with every field that is wrong. */
export async function addArea(tx: Tx, scope: Administering, wanted: NewArea, now: number): Promise<string> {
  scope.require(wanted.parentId);
  const parent = await tx.selectFrom('area').selectAll().where('id', '=', wanted.parentId).executeTakeFirst();
  if (!parent) {
    throw notFound('上级地区没有了，请刷新');
  }
  const problems: FieldProblem[] = await clashes(tx, wanted, null);
  if (RANK[wanted.tier] <= RANK[parent.tier as Tier]) {
    problems.push({
      path: 'tier',
      message: `${parent.name}是${TIERS[parent.tier as Tier]}，下面要选低一级的`,
    });
  }
  if (await tx.selectFrom('area').select('id').where('id', '=', wanted.code).executeTakeFirst()) {
    problems.push({ path: 'code', message: '这个代码已经有地区用了' });
  }
  if (problems.length > 0) {
    throw invalidInput(problems);
  }
  await tx
    .insertInto('area')
    .values({
      id: wanted.code,
      name: wanted.name,
      tier: wanted.tier,
      parent_id: wanted.parentId,
      prefix: wanted.prefix,
    })
    .execute();
  await appendAudit(tx, {
    at: now,
    kind: 'area.added',
    personId: scope.personId,
    subject: wanted.code,
    data: { name: wanted.name, tier: wanted.tier, parentId: wanted.parentId, prefix: wanted.prefix },
    areaId: wanted.parentId,
  });
  return wanted.code;
}

/** Changes name or prefix: numbers that were given stay as they are. */
export async function changeArea(
  tx: Tx,
  scope: Administering,
  areaId: string,
  change: { name: string; prefix: string },
  now: number,
): Promise<void> {
  scope.require(areaId);
  const had = await tx.selectFrom('area').selectAll().where('id', '=', areaId).executeTakeFirst();
  if (!had) {
    throw notFound('没有这个地区，请刷新');
  }
  const problems = await clashes(tx, change, areaId);
  if (problems.length > 0) {
    throw invalidInput(problems);
  }
  await tx.updateTable('area').set(change).where('id', '=', areaId).execute();
  await appendAudit(tx, {
    at: now,
    kind: 'area.changed',
    personId: scope.personId,
    subject: areaId,
    data: { before: { name: had.name, prefix: had.prefix }, after: { ...change } },
    areaId,
  });
}

/** Takes an area away again that nothing names yet. */
export async function removeArea(tx: Tx, scope: Administering, areaId: string, now: number): Promise<void> {
  scope.require(areaId);
  const had = await tx.selectFrom('area').selectAll().where('id', '=', areaId).executeTakeFirst();
  if (!had) {
    throw notFound('没有这个地区，请刷新');
  }
  const child = await tx.selectFrom('area').select('id').where('parent_id', '=', areaId).executeTakeFirst();
  if (child || had.parent_id === null || (await namedAreas(tx, [areaId])).size > 0) {
    throw conflict(`${had.name}已经有单位、下级地区或民情，不能删除`);
  }
  await tx.deleteFrom('area').where('id', '=', areaId).execute();
  await appendAudit(tx, {
    at: now,
    kind: 'area.removed',
    personId: scope.personId,
    subject: areaId,
    data: { name: had.name, tier: had.tier, parentId: had.parent_id, prefix: had.prefix },
    areaId: had.parent_id,
  });
}

/** Names tell areas apart in imports, prefixes in case numbers: both are one area's alone. */
async function clashes(
  tx: Tx,
  wanted: { name: string; prefix: string },
  exceptId: string | null,
): Promise<FieldProblem[]> {
  const rows = await tx
    .selectFrom('area')
    .select(['id', 'name', 'prefix'])
    .where((eb) => eb.or([eb('name', '=', wanted.name), eb('prefix', '=', wanted.prefix)]))
    .execute();
  const others = rows.filter((row) => row.id !== exceptId);
  const problems: FieldProblem[] = [];
  if (others.some((row) => row.name === wanted.name)) {
    problems.push({ path: 'name', message: '已经有同名的地区，请写全称' });
  }
  const same = others.find((row) => row.prefix === wanted.prefix);
  if (same) {
    problems.push({ path: 'prefix', message: `${same.name}已经用了 ${wanted.prefix}，请换一个` });
  }
  return problems;
}
