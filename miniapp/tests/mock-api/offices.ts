import type { SubstitutionView, SyncDetail } from '@minqing/shared/contract';
import {
  hostOriginsList,
  importReport,
  mySubstitutions,
  originsInput,
  substituteCandidates,
  substitutionPage,
  syncDetail,
  syncOverview,
} from '@minqing/shared/contract';
import { refuse, type MockAnswer, type MockRequest } from './answers.ts';
import { grants, people, units } from './offices.people.ts';
import { bodyOf, empty, fine } from './offices.util.ts';
import { nextId, TODAY, YANG, ZHOU, type Offices } from './offices.world.ts';

export { createOffices, YANG, ZHOU, type Offices } from './offices.world.ts';

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
    origins: () => origins(offices, request, id),
    imports: () => imports(offices, request, id),
  };
  return handlers[page]?.() ?? null;
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

function origins(offices: Offices, request: MockRequest, hostId: string): MockAnswer | null {
  const host = offices.origins.find((one) => one.hostId === hostId);
  if (request.method === 'PUT' && host) {
    const wish = originsInput.parse(bodyOf(request));
    const wrong = wish.origins.findIndex((one) => !one.startsWith('https://'));
    if (wrong >= 0) {
      return refuse(400, 'invalidInput', '有内容需要修改，请看标出的地方', {
        errors: [{ path: `origins.${wrong}`, message: '应以 https:// 开头' }],
      });
    }
    Object.assign(host, { origins: wish.origins, version: host.version + 1 });
  }
  return fine(hostOriginsList, { items: offices.origins });
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
