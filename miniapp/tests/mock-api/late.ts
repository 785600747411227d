import type { LateGroup, LateGrouping, LateItem, UrgesView } from '@minqing/shared/contract';
import { lateGroupPage, lateItemPage, lateSummary, urgePreview, urgesView } from '@minqing/shared/contract';
import { refuse, type MockAnswer, type MockRequest } from './answers.ts';

interface LateCase extends LateItem {
  unitId: string;
  areaId: string;
}

/** What 督办 holds in the mock: a few units, each with late cases; no rules beyond what the screen needs. */
export interface LateWorld {
  cases: LateCase[];
  /** Wishes by id, and how many cases are done at each look. */
  urges: Map<string, UrgesView>;
}

const UNITS = [
  ['wucheng-works', '婺城区住建局', 'wucheng', 18],
  ['yongkang-enforcement', '永康市综合行政执法局', 'yongkang', 15],
  ['yiwu-market', '义乌市市场监管局', 'yiwu', 11],
  ['resources', '市自然资源和规划局', 'jinhua', 10],
  ['tourism', '东阳市文广旅游局', 'dongyang', 8],
] as const;
const AREAS: Record<string, string> = {
  wucheng: '婺城区',
  yongkang: '永康市',
  yiwu: '义乌市',
  jinhua: '金华市',
  dongyang: '东阳市',
};
const TITLES = [
  '江南街道老旧小区雨污管道反复堵塞',
  '宾虹路沿线违规加盖雨棚存在坠落风险',
  '回溪街人行道地砖破损绊倒老人',
  '加装电梯公示期材料重复提交',
] as const;
const REASONS = ['unanswered', 'handedOn', 'unsigned', 'redispatch'] as const;
const TELLS = {
  unanswered: { label: '没有答复', tag: '没有答复', stage: '办理中', verb: '答复', unit: true },
  handedOn: { label: '转办两次以上', tag: '转办 3 次', stage: '办理中 · 第 2 轮', verb: '答复', unit: true },
  unsigned: { label: '没有签收', tag: '没有签收', stage: '待签收', verb: '签收', unit: true },
  redispatch: { label: '等改派', tag: '等改派', stage: '待改派', verb: '改派', unit: false },
} as const;

export function createLateWorld(): LateWorld {
  const cases = UNITS.flatMap(([unitId, name, areaId, count]) =>
    Array.from({ length: count }, (_, at): LateCase => {
      const reason = REASONS[at % 4]!;
      const told = TELLS[reason];
      return {
        id: `late-${unitId}-${at}`,
        number: `JH-2026-0009${at}`,
        title: TITLES[at % 4]!,
        area: AREAS[areaId]!,
        stageText: told.stage,
        overText: `超 ${9 - (at % 8)} 天 2 小时`,
        dueText: `6月${24 + (at % 5)}日 周三 17:00 前答复，限 3 个工作日`,
        dueAtText: `6月${24 + (at % 5)}日 17:00`,
        moveText: told.unit ? `等${name}${told.verb}` : '等三服务办改派',
        reason,
        tag: told.tag,
        urgedText: at % 3 === 0 ? '已催 2 次，昨天' : '没催过',
        unit: told.unit,
        mayUrge: true,
        unitId,
        areaId,
      };
    }),
  );
  return { cases, urges: new Map() };
}

const keyOf = (one: LateCase, by: LateGrouping): string =>
  ({ unit: one.unitId, stage: one.stageText, reason: one.reason, area: one.areaId })[by];
const nameOf = (key: string, by: LateGrouping): string =>
  by === 'unit'
    ? (UNITS.find(([id]) => id === key)?.[1] ?? key)
    : by === 'area'
      ? (AREAS[key] ?? key)
      : by === 'reason'
        ? TELLS[key as keyof typeof TELLS].label
        : key;

function groupOf(key: string, by: LateGrouping, cases: readonly LateCase[]): LateGroup {
  const load = by === 'unit' || by === 'area';
  return {
    key,
    name: nameOf(key, by),
    late: cases.length,
    unitMoves: cases.filter((one) => one.unit).length,
    running: cases.length + 60,
    stages: load
      ? [
          { id: 'dispatched', running: 6, late: cases.filter((one) => one.reason === 'unsigned').length },
          { id: 'handling', running: 58, late: cases.length - 4 },
          { id: 'replied', running: 9, late: 0 },
        ]
      : [],
    longestText: '9 天 2 小时',
    reasonsText: by === 'reason' ? '承办单位' : '没有答复 11 · 转办两次以上 5',
    urgedText: '昨天 16:20',
  };
}

type Route = [
  string,
  RegExp,
  (request: MockRequest, match: RegExpMatchArray, query: URLSearchParams) => MockAnswer,
];

export function lateRoutes(world: LateWorld): Route[] {
  const narrowed = (query: URLSearchParams): LateCase[] =>
    world.cases.filter(
      (one) =>
        (!query.get('reason') || one.reason === query.get('reason')) &&
        (!query.get('area') || one.areaId === query.get('area')) &&
        (!query.get('mover') || one.unit === (query.get('mover') === 'handler')),
    );
  const body = (
    request: MockRequest,
  ): { groups?: { key: string; except?: string[] }[]; caseIds?: string[]; by?: LateGrouping } =>
    JSON.parse(new TextDecoder().decode(request.body)) as never;
  const chosen = (request: MockRequest): LateCase[] => {
    const { groups = [], caseIds = [], by = 'unit' } = body(request);
    return world.cases.filter(
      (one) =>
        caseIds.includes(one.id) ||
        groups.some(({ key, except = [] }) => one.unit && keyOf(one, by) === key && !except.includes(one.id)),
    );
  };
  const units = (cases: readonly LateCase[]): { name: string; count: number }[] => {
    const counts = new Map<string, number>();
    cases.forEach((one) => counts.set(one.unitId, (counts.get(one.unitId) ?? 0) + 1));
    return [...counts].map(([id, count]) => ({ name: nameOf(id, 'unit'), count }));
  };

  return [
    [
      'GET',
      /^\/late$/,
      (request, _match, query) => {
        if (request.person === 'handler') {
          return refuse(403, 'forbidden', '督办给督查、领导、三服务办和政协审核看');
        }
        const shown = narrowed(
          new URLSearchParams({ area: query.get('area') ?? '', mover: query.get('mover') ?? '' }),
        );
        const not = shown.filter((one) => !one.unit).length;
        return {
          status: 200,
          body: lateSummary.parse({
            desk: { id: query.get('desk'), title: '金华市', area: '金华市' },
            desks: [{ id: query.get('desk'), title: '金华市' }],
            sentence:
              shown.length > 0 ? `${shown.length} 件超期，其中 ${not} 件不是单位的责任` : '没有超期的',
            detail: `在办 2,013 件，临近到期 238 件。${not} 件等改派。`,
            late: shown.length,
            notUnit: not,
            running: 2_013,
            soon: 238,
            reasons: REASONS.flatMap((id) => {
              const count = shown.filter((one) => one.reason === id).length;
              return count > 0 ? [{ id, label: TELLS[id].label, count, unit: TELLS[id].unit }] : [];
            }),
            areas: Object.entries(AREAS).map(([id, name]) => ({
              id,
              name,
              count: world.cases.filter((one) => one.areaId === id).length,
            })),
            movers: [
              { id: 'handler', label: '承办单位', count: world.cases.filter((one) => one.unit).length },
              { id: 'dispatcher', label: '三服务办', count: world.cases.filter((one) => !one.unit).length },
            ],
            mayUrge: request.person === 'inspector',
            asOf: '2026-07-07T15:00:00+08:00',
            asOfText: '7月7日 周二 15:00',
          }),
        };
      },
    ],
    [
      'GET',
      /^\/late\/groups$/,
      (_request, _match, query) => {
        const by = (query.get('by') ?? 'unit') as LateGrouping;
        const found = new Map<string, LateCase[]>();
        narrowed(query).forEach((one) =>
          found.set(keyOf(one, by), [...(found.get(keyOf(one, by)) ?? []), one]),
        );
        const items = [...found]
          .map(([key, cases]) => groupOf(key, by, cases))
          .toSorted((a, b) => b.late - a.late);
        return { status: 200, body: lateGroupPage.parse({ items, after: null, total: items.length }) };
      },
    ],
    [
      'GET',
      /^\/late\/items$/,
      (_request, _match, query) => {
        const own = narrowed(query).filter(
          (one) => keyOf(one, query.get('by') as LateGrouping) === query.get('key'),
        );
        const from = Number(query.get('after') ?? 0);
        const size = Number(query.get('limit') ?? 20);
        return {
          status: 200,
          body: lateItemPage.parse({
            items: own.slice(from, from + size),
            after: from + size < own.length ? String(from + size) : null,
            total: own.length,
          }),
        };
      },
    ],
    [
      'POST',
      /^\/urges\/preview$/,
      (request) => {
        const cases = chosen(request);
        return {
          status: 200,
          body: urgePreview.parse({
            sentence: `给${units(cases)
              .map(({ name, count }) => `${name}（${count} 件）`)
              .join('、')}各发 1 条催办，写明《${cases[0]?.title}》等 ${cases.length} 件。发出后不能撤回。`,
            count: cases.length,
            caseIds: cases.map((one) => one.id),
            units: units(cases),
            leftOut: [],
          }),
        };
      },
    ],
    [
      'POST',
      /^\/urges$/,
      (request) => {
        const cases = chosen(request);
        const view: UrgesView = {
          id: crypto.randomUUID(),
          open: true,
          total: cases.length,
          done: 0,
          urged: 0,
          sentence: `已催 0 件，还有 ${cases.length} 件`,
          units: [],
          skipped: [],
        };
        world.urges.set(view.id, {
          ...view,
          open: false,
          done: cases.length,
          urged: cases.length - 1,
          sentence: `已催 ${cases.length - 1} 件，给 ${units(cases).length} 家各发了 1 条；1 件没有催`,
          units: units(cases),
          skipped: [{ id: cases[0]!.id, number: cases[0]!.number, title: cases[0]!.title, why: '已经答复' }],
        });
        return { status: 200, body: urgesView.parse(view) };
      },
    ],
    [
      'GET',
      /^\/urges\/([^/]+)$/,
      (_request, match) => {
        const view = world.urges.get(match[1]!);
        return view
          ? { status: 200, body: urgesView.parse(view) }
          : refuse(404, 'notFound', '找不到，或您不能查看');
      },
    ],
  ];
}
