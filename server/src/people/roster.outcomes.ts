/** What a row of an import does, in words, and what an administrator's import must leave alone. */
import { UNIT_TYPES, type UnitType } from '@minqing/shared/words';
import type { Tx } from '../store/index.ts';
import type { Administering } from './administering.ts';
import { peopleById } from './grants.ts';
import type { PhoneVault } from './crypto.ts';
import { personByPhone, type WrittenPerson } from './people.writes.ts';
import { typeName } from './roles.ts';
import type { WantedGrant } from './roster.grants.ts';
import type { Row } from './roster.rows.ts';

interface UnitValues {
  name: string;
  short_name: string;
  type: string;
  area_id: string;
}

type UnitBefore = (UnitValues & { id: string; active: number }) | undefined;

/** Why this administrator may not have the unit so; null when they may. */
export async function unitProblem(
  tx: Tx,
  scope: Administering,
  values: UnitValues,
  had: UnitBefore,
): Promise<string | null> {
  if (!scope.covers(values.area_id) || (had && !scope.covers(had.area_id))) {
    return '这个地区不归您管';
  }
  if (had && (had.type !== values.type || had.area_id !== values.area_id)) {
    return '这个单位已经有了，类型和地区不能用导入改；要改请在「地区与单位」里改';
  }
  if (values.type === 'department' || had?.active === 1) {
    return null;
  }
  const other = await tx
    .selectFrom('unit')
    .select('name')
    .where('area_id', '=', values.area_id)
    .where('type', '=', values.type)
    .where('active', '=', 1)
    .executeTakeFirst();
  return other ? `这个地区已经有${typeName(values.type as UnitType)}：${other.name}` : null;
}

/** 「新增 金华市教育局（部门，金华市）」 */
export function unitOutcome(
  values: UnitValues,
  had: UnitBefore,
  areaName: string,
): { text: string; changes: boolean } {
  if (!had) {
    return {
      text: `新增 ${values.name}（${UNIT_TYPES[values.type as UnitType]}，${areaName}）`,
      changes: true,
    };
  }
  const changes = [
    ...(had.short_name === values.short_name ? [] : [`简称改为 ${values.short_name}`]),
    ...(had.active === 1 ? [] : ['恢复使用']),
  ];
  return changes.length > 0
    ? { text: `${values.name}：${changes.join('，')}`, changes: true }
    : { text: `${values.name} 没有变化`, changes: false };
}

/** Why this administrator may not give the person the role; null when they may. */
export async function personProblem(
  tx: Tx,
  scope: Administering,
  vault: PhoneVault,
  hostId: string,
  row: Row,
  wanted: WantedGrant,
): Promise<string | null> {
  if (!scope.covers(wanted.areaId)) {
    return '这个地区不归您管';
  }
  const had = await tx
    .selectFrom('account')
    .innerJoin('person', 'person.id', 'account.person_id')
    .select('person.name')
    .where('account.host_id', '=', hostId)
    .where('account.user_id', '=', row.userid ?? '')
    .executeTakeFirst();
  if (had) {
    return had.name === row.name ? null : `账号「${row.userid}」是${had.name}的，不是${row.name}；请核对账号`;
  }
  const byPhone = row.mobile ? await personByPhone(tx, row.mobile, vault) : null;
  const other = byPhone ? (await peopleById(tx, [byPhone])).get(byPhone) : undefined;
  return other && other.name !== row.name
    ? `手机号「${row.mobile}」是${other.name}的，不是${row.name}`
    : null;
}

/** 「新增 李强，给角色 经办人 · 市公安局交警支队」 */
export function personOutcome(
  row: Row,
  change: WrittenPerson['change'],
  granted: string,
): { text: string; changes: boolean } {
  const parts = [
    ...(change === 'created' ? ['新增'] : change === 'updated' ? ['更新资料'] : []),
    ...(granted ? [`给角色 ${granted}`] : []),
  ];
  return parts.length > 0
    ? { text: `${row.name}：${parts.join('，')}`, changes: true }
    : { text: `${row.name} 没有变化`, changes: false };
}
