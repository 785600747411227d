/** What writing a walk would change, told before anything is written. Says nothing of phone numbers but that they change. */
import { createHash } from 'node:crypto';
import type { SyncKind } from '@minqing/shared/contract';
import { ROLES, type Role } from '@minqing/shared/words';
import type { HostPerson } from '../hosts/index.ts';
import type { Reader } from '../store/index.ts';
import { impactOfEnding } from './admin/impact.ts';
import { goneOf, type Walked } from './contacts.walk.ts';
import { unitRenames } from './contacts.writes.ts';
import type { PhoneVault } from './crypto.ts';
import type { Directory } from './directory.ts';
import { personByPhone } from './people.writes.ts';

export interface PlanItem {
  kind: SyncKind;
  name: string;
  detail: string;
  warn: boolean;
}

export interface SyncPlan {
  /** The first of each kind. */
  items: PlanItem[];
  counts: Partial<Record<SyncKind, number>>;
  /** The same for the same changes, whatever is shown of them. */
  digest: string;
  /** Why it must not be written; empty when it may. */
  blocked: string;
}

export interface PlanDeps {
  vault: PhoneVault;
  directory: Directory;
  now: number;
}

/** As many of a kind as anyone reads; the count is always whole. */
const SHOWN = 200;
const BATCH = 400;

/** Compares a walk with the tables. Leavers with a role say so, and how many cases they would leave without anybody. */
export async function planOf(db: Reader, hostId: string, walked: Walked, deps: PlanDeps): Promise<SyncPlan> {
  const plan = new Collected();
  await planDepartments(db, hostId, walked, plan);
  for (let at = 0; at < walked.people.length; at += BATCH) {
    await planPeople(db, hostId, walked.people.slice(at, at + BATCH), deps.vault, plan);
  }
  const { gone, known, suspicious } = await goneOf(db, hostId, walked.people);
  for (let at = 0; at < gone.length; at += BATCH) {
    await planLeavers(db, hostId, gone.slice(at, at + BATCH), deps, plan);
  }
  return plan.done(
    suspicious
      ? `通讯录里只读到 ${known - gone.length} 人，原有 ${known} 人，少了一半以上：多半是权限或网络出了问题，不能应用`
      : '',
  );
}

class Collected {
  readonly items: PlanItem[] = [];
  readonly counts: Partial<Record<SyncKind, number>> = {};
  readonly hash = createHash('sha256');

  add(item: PlanItem, key: string): void {
    const count = (this.counts[item.kind] ?? 0) + 1;
    this.counts[item.kind] = count;
    this.hash.update(`${item.kind}\n${key}\n${item.name}\n${item.detail}\n`);
    if (count <= SHOWN) {
      this.items.push(item);
    }
  }

  /** True while one more of the kind is still shown: what costs a query is asked for those only. */
  shows(kind: SyncKind): boolean {
    return (this.counts[kind] ?? 0) < SHOWN;
  }

  done(blocked: string): SyncPlan {
    return { items: this.items, counts: this.counts, digest: this.hash.digest('hex').slice(0, 40), blocked };
  }
}

async function planDepartments(db: Reader, hostId: string, walked: Walked, plan: Collected): Promise<void> {
  const rows = await db
    .selectFrom('host_department')
    .leftJoin('unit', 'unit.id', 'host_department.unit_id')
    .select([
      'host_department.department_id as id',
      'host_department.name',
      'host_department.parent_id',
      'unit.name as unit',
    ])
    .where('host_department.host_id', '=', hostId)
    .orderBy('host_department.department_id')
    .execute();
  const had = new Map(rows.map((row) => [row.id, row]));
  const names = new Map(walked.departments.map((department) => [department.id, department.name]));
  for (const department of walked.departments) {
    const before = had.get(department.id);
    const above = names.get(department.parentId ?? '') ?? '';
    if (!before) {
      plan.add({ kind: 'departmentAdded', name: department.name, detail: above, warn: false }, department.id);
    } else if (before.name !== department.name) {
      const detail = before.unit ? `原名 ${before.name}，对应 ${before.unit}` : `原名 ${before.name}`;
      plan.add({ kind: 'departmentRenamed', name: department.name, detail, warn: false }, department.id);
    } else if ((before.parent_id ?? '') !== (department.parentId ?? '')) {
      const detail = `移到 ${above || '最上级'}`;
      plan.add({ kind: 'departmentRenamed', name: department.name, detail, warn: false }, department.id);
    }
  }
  for (const row of rows.filter((one) => !names.has(one.id))) {
    const detail = row.unit ? `${row.unit}将没有对应的部门` : '';
    plan.add({ kind: 'departmentGone', name: row.name, detail, warn: row.unit !== null }, row.id);
  }
  for (const { unitId, before, after } of await unitRenames(db, hostId, walked.departments)) {
    plan.add({ kind: 'unitRenamed', name: after, detail: `原名 ${before}`, warn: false }, unitId);
  }
}

async function planPeople(
  db: Reader,
  hostId: string,
  people: readonly HostPerson[],
  vault: PhoneVault,
  plan: Collected,
): Promise<void> {
  const rows = await db
    .selectFrom('account')
    .innerJoin('person', 'person.id', 'account.person_id')
    .select([
      'account.user_id',
      'account.active as accountActive',
      'account.linked',
      'person.name',
      'person.title',
      'person.phone_index',
      'person.active',
    ])
    .where('account.host_id', '=', hostId)
    .where(
      'account.user_id',
      'in',
      people.map((person) => person.userId),
    )
    .execute();
  const known = new Map(rows.map((row) => [row.user_id, row]));
  for (const person of people) {
    const had = known.get(person.userId);
    const title = person.title ?? '';
    if (!had) {
      const same = person.mobile ? await personByPhone(db, person.mobile, vault) : null;
      const detail = same
        ? `${title ? `${title}，` : ''}手机号与名单上的人相同，应用后请在「关联账号」里确认是不是同一个人`
        : title;
      plan.add({ kind: 'personAdded', name: person.name, detail, warn: false }, person.userId);
      continue;
    }
    if (had.active === 0 || had.accountActive === 0) {
      plan.add({ kind: 'personBack', name: person.name, detail: title, warn: false }, person.userId);
      continue;
    }
    // Of an account that came over the person's data is another organisation's matter.
    if (had.linked === 1) {
      continue;
    }
    const changes = [
      ...(had.name === person.name ? [] : [`原名 ${had.name}`]),
      ...(person.title === null || had.title === person.title
        ? []
        : [`职务 ${had.title || '无'} → ${title || '无'}`]),
      ...(person.mobile && vault.index(person.mobile) !== had.phone_index ? ['换了手机号'] : []),
    ];
    if (changes.length > 0) {
      plan.add(
        { kind: 'personChanged', name: person.name, detail: changes.join('，'), warn: false },
        person.userId,
      );
    }
  }
}

async function planLeavers(
  db: Reader,
  hostId: string,
  userIds: readonly string[],
  deps: PlanDeps,
  plan: Collected,
): Promise<void> {
  const rows = await db
    .selectFrom('account')
    .innerJoin('person', 'person.id', 'account.person_id')
    .select(['account.user_id', 'account.person_id', 'person.name'])
    .where('account.host_id', '=', hostId)
    .where('account.user_id', 'in', [...userIds])
    .orderBy('account.user_id')
    .execute();
  for (const row of rows) {
    const detail = plan.shows('personLeft') ? await leavingText(db, row.person_id, deps) : '';
    plan.add({ kind: 'personLeft', name: row.name, detail, warn: detail !== '' }, row.user_id);
  }
}

/** 「经办人 · 市公安局交警支队，不能再登录；2 件在办的民情会没人办」; empty for somebody without a role. */
async function leavingText(db: Reader, personId: string, deps: PlanDeps): Promise<string> {
  const grants = await db
    .selectFrom('role_grant')
    .selectAll()
    .where('person_id', '=', personId)
    .where('from_at', '<=', deps.now)
    .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', deps.now)]))
    .orderBy('from_at')
    .orderBy('id')
    .execute();
  if (grants.length === 0) {
    return '';
  }
  const roles = grants.map((grant) => {
    const where =
      grant.unit_id === null ? deps.directory.area(grant.area_id) : deps.directory.unit(grant.unit_id);
    return `${ROLES[grant.role as Role]} · ${where?.name ?? ''}`;
  });
  const impact = await impactOfEnding(
    db,
    deps.directory,
    grants.map((grant) => ({ id: grant.id, role: grant.role, unitId: grant.unit_id, areaId: grant.area_id })),
    deps.now,
  );
  const stranded = impact.stranded > 0 ? `；${impact.stranded} 件在办的民情会没人办` : '';
  return `${roles.join('、')}，不能再登录${stranded}`;
}
