import type {
  GrantView,
  HostOriginsView,
  ImpactView,
  ImportReport,
  PersonDetail,
  SubstitutionView,
  SyncDetail,
  UnitDetail,
} from '@minqing/shared/contract';
import { ROLES, type Role } from '@minqing/shared/words';
import { COMMITTEE, ENFORCEMENT, OFFICE, TRAFFIC } from './people.ts';

export const CITY = { id: 'jinhua', name: '金华市' };
export const TODAY = '2026-07-07';

/** Units, people, roles, substitutes, contacts and imports in the mock: no rules beyond what the screens need. */
export interface Offices {
  units: UnitDetail[];
  people: PersonDetail[];
  away: SubstitutionView[];
  runs: SyncDetail[];
  /** Where else the mini-app is served from. */
  origins: HostOriginsView[];
  /** What the next checked file would do. */
  report: ImportReport;
  /** Open cases left without anybody by whatever is asked about next. */
  impact: ImpactView;
}

export const person = (id: string, name: string, title: string) => ({ id, name, title });
export const ZHOU = person('p-zhou', '周凯', '民警');
export const YANG = person('p-yang', '杨美玲', '支队长');

let made = 0;
export const nextId = (): string => `m${(made += 1)}`;

export function grantOf(role: Role, unit: typeof TRAFFIC | null): GrantView {
  return {
    id: nextId(),
    role,
    roleLabel: ROLES[role],
    unit,
    area: CITY,
    fromDate: '2022-01-01',
    toDate: null,
    periodText: '2022年1月1日 起',
    state: 'running',
    mayEnd: true,
  };
}

export function detailOf(ref: typeof ZHOU, grants: GrantView[], phone: string | null): PersonDetail {
  return {
    ...ref,
    phone,
    active: true,
    roles: grants.map((grant) => `${grant.roleLabel} · ${grant.unit?.name ?? grant.area.name}`),
    seenText: '今天 14:20 用过',
    today: TODAY,
    grants,
    memberships: [],
    accounts: [
      {
        id: nextId(),
        hostId: 'dingtalk',
        userId: ref.id,
        active: true,
        departments: ['交警支队'],
        seenText: '今天 14:20 用过',
      },
    ],
    awayTexts: [],
    lockedText: '',
  };
}

export function unitOf(
  ref: typeof TRAFFIC,
  type: UnitDetail['type'],
  typeLabel: string,
  roles: Role[],
): UnitDetail {
  return {
    ...ref,
    type,
    typeLabel,
    area: CITY,
    active: true,
    staffText: '还没有人',
    warnings: [],
    today: TODAY,
    headApproval: 'inherit',
    roles: roles.map((id) => ({ id, label: ROLES[id] })),
    staff: [],
    departments: [],
    suggestions: [],
    openCases: 0,
    movable: false,
  };
}

export function createOffices(): Offices {
  const zhou = detailOf(ZHOU, [grantOf('handler', TRAFFIC)], '199****0004');
  const yang = detailOf(YANG, [grantOf('head', TRAFFIC)], null);
  const wu = detailOf(person('p-wu', '吴珊', '科员'), [], '138****2222');
  const lin: PersonDetail = {
    ...detailOf(person('p-lin', '林淑芬', '金华市政协委员'), [grantOf('member', COMMITTEE)], '199****0001'),
    lockedText: '姓名、职务和手机来自通讯录，请在通讯录里改，每晚自动同步',
    memberships: [
      {
        id: 'ms1',
        committee: COMMITTEE,
        sector: '教育',
        specialCommittee: '提案委',
        term: '第八届',
        periodText: '2022年1月1日 起',
        state: 'running',
        mayEdit: true,
      },
    ],
  };
  const traffic: UnitDetail = {
    ...unitOf(TRAFFIC, 'department', '部门', ['handler', 'head']),
    staffText: '1 位经办人，1 位单位负责人',
    openCases: 3,
    staff: [zhou, yang].map((one) => ({
      grantId: one.grants[0]!.id,
      person: { id: one.id, name: one.name, title: one.title },
      role: one.grants[0]!.role,
      roleLabel: one.grants[0]!.roleLabel,
      periodText: '2022年1月1日 起',
      awayText: '',
      reachable: true,
    })),
    departments: [
      {
        hostId: 'dingtalk',
        id: 'd1',
        name: '交警支队',
        path: '金华市 / 市公安局',
        people: 12,
        unit: TRAFFIC,
      },
    ],
    suggestions: [{ id: wu.id, name: wu.name, title: wu.title }],
  };
  return {
    units: [
      {
        ...unitOf(COMMITTEE, 'committee', '政协', ['member', 'reviewer']),
        staffText: '2 位政协审核，80 位委员',
      },
      { ...unitOf(OFFICE, 'dispatchOffice', '三服务办', ['dispatcher']), staffText: '2 位三服务办' },
      traffic,
      {
        ...unitOf(ENFORCEMENT, 'department', '部门', ['handler', 'head']),
        warnings: ['没有经办人，交办了没人办'],
      },
    ],
    people: [zhou, yang, wu, lin],
    away: [],
    runs: [],
    origins: [
      {
        hostId: 'dingtalk',
        vendor: 'dingtalk',
        vendorLabel: '钉钉',
        origins: [],
        version: 0,
        changedAt: null,
      },
      {
        hostId: 'zhezhengding',
        vendor: 'zhezhengding',
        vendorLabel: '浙政钉',
        origins: ['https://mini.example.gov.cn', 'https://minqing-front.irs.jinhua.example.gov.cn:8443'],
        version: 1,
        changedAt: '2026-07-06T01:00:00.000Z',
      },
    ],
    report: {
      summary: '有 2 行要改，改好再导入；现在没有写入任何内容',
      errors: [
        { table: '人员和角色', line: 3, message: '手机号「1380」不对' },
        { table: '人员和角色', line: 5, message: '没有单位「没有的局」' },
      ],
      rows: [],
      changing: 0,
      same: 0,
      plan: 'p1',
      applied: false,
    },
    impact: { stranded: 0, cases: [], sentences: ['市公安局交警支队还有 1 位经办人：向志强'] },
  };
}
