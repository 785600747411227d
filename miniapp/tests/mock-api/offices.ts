import type {
  GrantView,
  ImpactView,
  ImportReport,
  PersonDetail,
  SubstitutionView,
  SyncDetail,
  UnitDetail,
} from '@minqing/shared/contract';
import {
  impactView,
  importReport,
  mySubstitutions,
  personDetail,
  personPage,
  substituteCandidates,
  substitutionPage,
  syncDetail,
  syncOverview,
  unitDetail,
  unitPage,
} from '@minqing/shared/contract';
import { ROLES, type Role } from '@minqing/shared/words';
import type { ZodType } from 'zod';
import { refuse, type MockAnswer, type MockRequest } from './answers.ts';
import { COMMITTEE, ENFORCEMENT, OFFICE, TRAFFIC } from './people.ts';

const CITY = { id: 'jinhua', name: '金华市' };
const TODAY = '2026-07-07';

/** Units, people, roles, substitutes, contacts and imports in the mock: no rules beyond what the screens need. */
export interface Offices {
  units: UnitDetail[];
  people: PersonDetail[];
  away: SubstitutionView[];
  runs: SyncDetail[];
  /** What the next checked file would do. */
  report: ImportReport;
  /** Open cases left without anybody by whatever is asked about next. */
  impact: ImpactView;
}

const person = (id: string, name: string, title: string) => ({ id, name, title });
export const ZHOU = person('p-zhou', '周凯', '民警');
export const YANG = person('p-yang', '杨美玲', '支队长');

let made = 0;
const nextId = (): string => `m${(made += 1)}`;

function grantOf(role: Role, unit: typeof TRAFFIC | null): GrantView {
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

function detailOf(ref: typeof ZHOU, grants: GrantView[], phone: string | null): PersonDetail {
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

function unitOf(ref: typeof TRAFFIC, type: UnitDetail['type'], typeLabel: string, roles: Role[]): UnitDetail {
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

const bodyOf = (request: MockRequest): Record<string, unknown> =>
  JSON.parse(new TextDecoder().decode(request.body) || '{}') as Record<string, unknown>;
const fine = (schema: ZodType, body: unknown): MockAnswer => ({ status: 200, body: schema.parse(body) });
const empty: MockAnswer = { status: 200, body: {} };

/** The answer of the part of the API about offices and people; null for an address that is not here. */
export function answerOffices(offices: Offices, request: MockRequest, path: string): MockAnswer | null {
  const query = new URLSearchParams(request.path.split('?')[1] ?? '');
  const parts = path.split('/').slice(1);
  if (parts[0] === 'substitutions') {
    return substitutions(offices, request, parts.slice(1), query);
  }
  if (parts[0] !== 'admin') {
    return null;
  }
  const [, page = '', id = '', verb = ''] = parts;
  const handlers: Record<string, () => MockAnswer | null> = {
    units: () => units(offices, request, id, verb, query),
    departments: () =>
      request.method === 'GET'
        ? { status: 200, body: { items: offices.units.flatMap((one) => one.departments) } }
        : empty,
    people: () => people(offices, request, id, verb, query),
    memberships: () => empty,
    grants: () => grants(offices, request, id, verb),
    substitutions: () =>
      fine(substitutionPage, {
        items: offices.away.filter((one) => (one.state === 'over') === (query.get('state') === 'over')),
        after: null,
      }),
    contacts: () => contacts(offices, request, parts.slice(2)),
    imports: () => imports(offices, request, id),
  };
  return handlers[page]?.() ?? null;
}

function units(
  offices: Offices,
  request: MockRequest,
  id: string,
  verb: string,
  query: URLSearchParams,
): MockAnswer | null {
  const one = offices.units.find((unit) => unit.id === id);
  if (request.method === 'GET' && id === '') {
    const state = query.get('state') ?? 'active';
    const found = offices.units
      .filter((unit) => unit.active === (state !== 'stopped'))
      .filter((unit) => state !== 'lacking' || unit.warnings.length > 0)
      .filter(
        (unit) =>
          unit.name.includes(query.get('q') ?? '') &&
          (!query.get('areaId') || unit.area.id === query.get('areaId')),
      );
    const lacking = offices.units.filter((unit) => unit.active && unit.warnings.length > 0).length;
    return fine(unitPage, { items: found, after: null, total: found.length, lacking });
  }
  if (request.method === 'POST' && id === '') {
    const body = bodyOf(request) as { name: string; shortName: string };
    if (offices.units.some((unit) => unit.name === body.name)) {
      return refuse(400, 'invalidInput', '有内容需要修改，请看标出的地方', {
        errors: [{ path: 'name', message: '已经有同名的单位' }],
      });
    }
    const ref = { id: nextId(), name: body.name, shortName: body.shortName };
    offices.units.push({
      ...unitOf(ref, 'department', '部门', ['handler', 'head']),
      movable: true,
      warnings: ['没有经办人，交办了没人办'],
    });
    return { status: 200, body: { id: ref.id } };
  }
  if (!one) {
    return refuse(404, 'notFound', '没有这个单位，或不归您管');
  }
  if (request.method === 'GET') {
    return verb === 'impact' ? fine(impactView, offices.impact) : fine(unitDetail, one);
  }
  if (request.method === 'PATCH') {
    Object.assign(one, bodyOf(request), { areaId: undefined });
    return empty;
  }
  if (verb === 'stop' && bodyOf(request).seen !== offices.impact.stranded) {
    return refuse(
      409,
      'conflict',
      `情况有变化：现在会有 ${offices.impact.stranded} 件民情没人办，请再看一遍再决定`,
    );
  }
  one.active = verb === 'resume';
  return empty;
}

function people(
  offices: Offices,
  request: MockRequest,
  id: string,
  verb: string,
  query: URLSearchParams,
): MockAnswer | null {
  const one = offices.people.find((each) => each.id === id);
  if (request.method === 'GET' && id === '') {
    const q = query.get('q') ?? '';
    const items = offices.people.filter(
      (each) =>
        each.name.startsWith(q) &&
        (query.get('state') !== 'without' || each.roles.length === 0) &&
        query.get('state') !== 'left',
    );
    return fine(personPage, { items, after: null });
  }
  if (request.method === 'POST' && id === '') {
    const { name, title } = bodyOf(request) as { name: string; title: string };
    const added = detailOf(person(nextId(), name, title), [], null);
    offices.people.push(added);
    return { status: 200, body: { id: added.id } };
  }
  if (!one) {
    return refuse(404, 'notFound', '没有这个人，请刷新');
  }
  if (request.method === 'GET') {
    return verb === 'impact' ? fine(impactView, offices.impact) : fine(personDetail, one);
  }
  if (verb === 'end') {
    one.grants = one.grants.map((grant) => ({ ...grant, state: 'over' as const, mayEnd: false }));
    one.roles = [];
    return empty;
  }
  Object.assign(one, { name: bodyOf(request).name, title: bodyOf(request).title });
  return empty;
}

function grants(offices: Offices, request: MockRequest, id: string, verb: string): MockAnswer | null {
  if (verb === 'impact') {
    return fine(impactView, offices.impact);
  }
  if (verb === 'end') {
    const { seen } = bodyOf(request);
    if (seen !== offices.impact.stranded) {
      return refuse(
        409,
        'conflict',
        `情况有变化：现在会有 ${offices.impact.stranded} 件民情没人办，请再看一遍再决定`,
      );
    }
    for (const one of offices.people) {
      one.grants = one.grants.map((grant) =>
        grant.id === id ? { ...grant, state: 'over', mayEnd: false } : grant,
      );
      one.roles = one.grants.filter((grant) => grant.state !== 'over').map((grant) => grant.roleLabel);
    }
    offices.units.forEach((unit) => (unit.staff = unit.staff.filter((staff) => staff.grantId !== id)));
    return empty;
  }
  const body = bodyOf(request) as { personId: string; role: Role; unitId: string | null };
  const who = offices.people.find((one) => one.id === body.personId);
  const unit = offices.units.find((one) => one.id === body.unitId);
  if (!who) {
    return refuse(404, 'notFound', '没有这个人，请刷新');
  }
  if (
    who.grants.some(
      (grant) => grant.role === body.role && grant.unit?.id === body.unitId && grant.state !== 'over',
    )
  ) {
    return refuse(
      409,
      'conflict',
      `已经是${unit?.name ?? ''}的${ROLES[body.role]}（2022年1月1日 起），不用再给`,
    );
  }
  const given = grantOf(body.role, unit ? { id: unit.id, name: unit.name, shortName: unit.shortName } : null);
  who.grants = [given, ...who.grants];
  who.roles = [`${given.roleLabel} · ${unit?.name ?? CITY.name}`, ...who.roles];
  unit?.staff.push({
    grantId: given.id,
    person: { id: who.id, name: who.name, title: who.title },
    role: body.role,
    roleLabel: given.roleLabel,
    periodText: given.periodText,
    awayText: '',
    reachable: true,
  });
  if (unit && body.role === 'handler') {
    unit.warnings = [];
    unit.staffText = '1 位经办人';
  }
  return { status: 200, body: { id: given.id } };
}

function substitutions(
  offices: Offices,
  request: MockRequest,
  [id = '', verb = '']: string[],
  query: URLSearchParams,
): MockAnswer | null {
  const mine = (one: SubstitutionView): boolean => one.person.id === ZHOU.id;
  if (request.method === 'GET') {
    return id === 'candidates'
      ? fine(substituteCandidates, {
          today: TODAY,
          items: [{ ...YANG, detail: '市公安局交警支队 · 单位负责人', awayText: '' }].filter((one) =>
            one.name.includes(query.get('q') ?? ''),
          ),
        })
      : fine(mySubstitutions, {
          mayName: true,
          own: offices.away.filter(mine),
          others: [],
        });
  }
  const body = bodyOf(request) as { personId?: string; substituteId: string; toDate: string; reason: string };
  if (verb === 'end') {
    offices.away = offices.away.map((one) =>
      one.id === id
        ? { ...one, state: 'over' as const, stateText: '今天 14:46 提前结束', mayEnd: false }
        : one,
    );
    return empty;
  }
  if (offices.away.some((one) => mine(one) && one.state !== 'over')) {
    return refuse(409, 'conflict', '7月7日至7月10日已经请杨美玲代办，请先结束那一次，或选别的日期');
  }
  const one: SubstitutionView = {
    id: nextId(),
    person: ZHOU,
    substitute: YANG,
    periodText: '7月7日 周二 至 7月10日 周五',
    fromDate: TODAY,
    toDate: body.toDate,
    state: 'running',
    stateText: '还有 4 天',
    reason: body.reason,
    finallyBy: null,
    mayEnd: true,
  };
  offices.away.unshift(one);
  return { status: 200, body: { id: one.id } };
}

function contacts(
  offices: Offices,
  request: MockRequest,
  [, id = '', verb = '']: string[],
): MockAnswer | null {
  const one = offices.runs.find((run) => run.id === id);
  if (request.method === 'GET') {
    return id === ''
      ? fine(syncOverview, {
          hosts: [{ id: 'dingtalk', name: '钉钉', people: 312, departments: 41 }],
          runs: offices.runs.map(({ groups: _groups, blockedText: _blocked, mayApply: _may, ...run }) => run),
        })
      : one
        ? fine(syncDetail, one)
        : refuse(404, 'notFound', '没有这次同步，请刷新');
  }
  if (verb === 'apply' && one) {
    Object.assign(one, { state: 'done', stateText: '已写入：新增 1 人，离开 1 人', mayApply: false });
    return empty;
  }
  const run: SyncDetail = {
    id: nextId(),
    hostId: 'dingtalk',
    byText: '黄志强',
    atText: '今天 14:46',
    state: 'read',
    stateText: '读了 312 人，会有变化：新增 1 人，离开 1 人',
    blockedText: '',
    groups: [
      {
        kind: 'personLeft',
        label: '离开',
        count: 1,
        items: [
          {
            name: '黄志强',
            detail: '经办人 · 兰溪市交通运输局，不能再登录；2 件在办的民情会没人办',
            warn: true,
          },
        ],
      },
      {
        kind: 'personAdded',
        label: '新增的人',
        count: 1,
        items: [{ name: '李强', detail: '办事员', warn: false }],
      },
    ],
    mayApply: true,
  };
  offices.runs.unshift(run);
  return { status: 200, body: { id: run.id } };
}

function imports(offices: Offices, request: MockRequest, verb: string): MockAnswer | null {
  if (request.method === 'GET') {
    return { status: 200, raw: { type: 'text/csv', text: '单位名称,简称,类型,地区' } };
  }
  if (verb === 'apply') {
    offices.report = { ...offices.report, applied: true, summary: '已写入：1 个单位' };
  }
  return fine(importReport, offices.report);
}
