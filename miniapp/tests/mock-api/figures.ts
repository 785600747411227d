import {
  figuresView,
  flowView,
  stagesView,
  statisticsCasePage,
  statisticsDesks,
  type FigureView,
} from '@minqing/shared/contract';
import { FIGURES, flowOf, rateText, STAGES, type FigureName, type Stage } from '@minqing/shared/statistics';
import { AREAS, figuresMoreRoutes, period, STANDING, type Route } from './figures.more.ts';

const STARS = [
  [5, 17_620],
  [4, 3_410],
  [3, 864],
  [2, 390],
  [1, 122],
] as const;
const UNITS = [
  ['police', '市公安局交警支队', 1_142, 987, 620],
  ['medical', '市医疗保障局', 386, 992, 410],
  ['wucheng-works', '婺城区住建局', 461, 913, 1_680],
  ['yongkang-enforcement', '永康市综合行政执法局', 533, 951, 1_190],
] as const;

function comparison(part: number, whole: number, direction: 'up' | 'down' | 'same'): FigureView['year'] {
  const value = Math.round((part / whole) * 1_000) / 10;
  const phrase = {
    up: '比去年同期高 1.3 个百分点',
    down: '比去年同期低 2.1 个百分点',
    same: '和去年同期持平',
  };
  return {
    part,
    whole,
    value,
    text: `${value}%`,
    direction,
    better: direction === 'same' ? null : direction === 'up',
    phrase: phrase[direction],
  };
}

function figure(
  id: FigureName,
  part: number,
  whole = part,
  direction: 'up' | 'down' | 'same' = 'up',
): FigureView {
  const { name, form, partName, wholeName } = FIGURES[id];
  const count = form === 'count';
  return {
    id,
    name,
    form,
    part,
    whole,
    value: count ? part : Math.round((part / whole) * 1_000) / 10,
    text: count
      ? part.toLocaleString('zh-CN')
      : form === 'mean'
        ? (part / whole).toFixed(2)
        : rateText({ part, whole }),
    fraction: count
      ? ''
      : `${partName} ${part.toLocaleString('zh-CN')} ÷ ${wholeName} ${whole.toLocaleString('zh-CN')}`,
    last: null,
    year: count ? null : comparison(part, whole, direction),
  };
}

function stage(id: Stage, count: number, mean: number) {
  return {
    stage: id,
    name: STAGES[id].name,
    formula: `从${STAGES[id].from}到${STAGES[id].to}`,
    count,
    meanMinutes: mean,
    p90Minutes: mean * 2,
    meanText: `${(mean / 60).toFixed(1)} 小时`,
    p90Text: `${((mean * 2) / 60).toFixed(1)} 小时`,
    last: null,
    year: { minutes: mean + 144, faster: true, phrase: '比去年同期快 2.4 小时' },
  };
}

/** Figures that look like a city's; no rules beyond what the screens need. */
export function figuresRoutes(): Route[] {
  return [
    [
      'GET',
      /^\/statistics\/desks$/,
      (request) => ({
        status: 200,
        body: statisticsDesks.parse({
          desks:
            request.person === 'member'
              ? []
              : request.person === 'handler'
                ? [
                    {
                      id: 'handler:police',
                      kind: 'unit',
                      title: '市公安局交警支队',
                      roleLabel: '承办单位经办人',
                      areaId: '330700',
                      unitId: 'police',
                      members: false,
                      areas: [],
                    },
                  ]
                : [
                    {
                      id: 'inspector:office-jinhua',
                      kind: 'area',
                      title: '金华市',
                      roleLabel: '督查',
                      areaId: '330700',
                      unitId: null,
                      members: request.person === 'reviewer',
                      areas: [
                        { id: '330700', name: '金华市', parentId: null },
                        ...AREAS.map(([id, name]) => ({ id, name, parentId: '330700' })),
                      ],
                    },
                  ],
          member: request.person === 'member',
        }),
      }),
    ],
    [
      'GET',
      /^\/statistics\/figures$/,
      (_request, _match, query) => {
        const split = query.get('split') ?? 'none';
        const group = (key: string, name: string, figures: FigureView[], rank: number | null = null) => ({
          key,
          name,
          ...(key.startsWith('2026-') ? { from: key, to: `${key.slice(0, 8)}28` } : { from: null, to: null }),
          figures,
          rank,
        });
        const groups =
          split === 'area'
            ? AREAS.map(([id, name, rate, way]) =>
                group(id, name, [
                  figure('reported', 2_000 + rate),
                  figure('closeRate', rate, 1_000, way),
                  figure('onTimeRate', rate - 10, 1_000, way),
                  figure('satisfactionRate', rate + 5, 1_000, way),
                ]),
              )
            : split === 'unit'
              ? UNITS.map(([id, name, dispatched, rate], at) =>
                  group(
                    id,
                    name,
                    [
                      figure('dispatched', dispatched),
                      figure('onTimeRate', rate, 1_000),
                      figure('stars', 460, 100),
                    ],
                    at + 1,
                  ),
                )
              : ['category', 'place', 'sector'].includes(split)
                ? ['交通出行', '城市管理', '教育'].map((name, at) =>
                    group(`k${at}`, name, [
                      figure('reported', 2_000 - at * 400),
                      figure('closeRate', 930 - at * 10, 1_000),
                      figure('dispatched', 1_900 - at * 400),
                      figure('onTimeRate', 950 - at * 10, 1_000),
                      figure('satisfactionRate', 970 - at * 10, 1_000),
                    ]),
                  )
                : ['day', 'week', 'month'].includes(split)
                  ? [812, 640, 1_103, 1_290, 1_240, 1_453, 320].map((n, at) =>
                      group(`2026-0${at + 1}-01`, `${at + 1}月`, [
                        figure('reported', n),
                        figure('closed', n - 60),
                        figure('dispatched', n - 20),
                        figure('closeRate', 860 + at * 10, 1_000),
                        figure('onTimeRate', 900 + at * 9, 1_000),
                        figure('satisfactionRate', 980 - (at % 3) * 6, 1_000),
                      ]),
                    )
                  : [];
        return {
          status: 200,
          body: figuresView.parse({
            ...STANDING,
            period: period(query),
            figures: [
              figure('closeRate', 23_295, 24_870),
              figure('onTimeRate', 22_479, 23_302),
              figure('satisfactionRate', 21_894, 22_406, 'down'),
              figure('reported', 26_318),
              figure('closed', 23_014),
              figure('dispatched', 24_870),
              figure('stars', 103_068, 22_406),
              figure('ratedRate', 22_406, 23_014),
              ...STARS.map(([grade, n]) => figure(`stars:${grade}`, n)),
            ],
            groups,
            participation: null,
            leastRanked: 30,
            unrankedText: split === 'unit' ? '另有 27 个单位不足 30 件，不参加排名' : '',
          }),
        };
      },
    ],
    [
      'GET',
      /^\/statistics\/stages$/,
      (_request, _match, query) => ({
        status: 200,
        body: stagesView.parse({
          ...STANDING,
          period: period(query),
          stages: (Object.keys(STAGES) as Stage[]).map((id, at) => stage(id, 23_295, 60 + at * 316)),
          groups:
            query.get('split') === 'unit'
              ? UNITS.toSorted((a, b) => b[4] - a[4]).map(([key, name, count, , minutes], at) => ({
                  key,
                  name,
                  from: null,
                  to: null,
                  figure: stage('handle', count, minutes),
                  rank: at + 1,
                }))
              : ['day', 'week', 'month'].includes(query.get('split') ?? '')
                ? [1_260, 1_190, 1_170, 1_110, 1_140, 1_030, 1_008].map((minutes, at) => ({
                    key: `2026-0${at + 1}-01`,
                    name: `${at + 1}月`,
                    from: `2026-0${at + 1}-01`,
                    to: `2026-0${at + 1}-28`,
                    figure: stage('handle', 3_000, minutes),
                    rank: null,
                  }))
                : [],
          leastRanked: 30,
          unrankedText: '另有 27 个单位不足 30 件，不参加排名',
        }),
      }),
    ],
    [
      'GET',
      /^\/statistics\/flow$/,
      (_request, _match, query) => ({
        status: 200,
        body: flowView.parse({
          ...STANDING,
          period: period(query),
          steps: flowOf({
            review: 96,
            declined: 612,
            merged: 471,
            dispatch: 61,
            sign: 214,
            handling: 1_361,
            rating: 281,
            unrated: 608,
            upheld: 512,
            satisfied: 21_894,
          }),
        }),
      }),
    ],
    [
      'GET',
      /^\/statistics\/(?:topics\/)?cases$/,
      () => ({
        status: 200,
        body: statisticsCasePage.parse({
          ...STANDING,
          title: '办理用时 · 婺城区住建局',
          items: [
            {
              id: 's-watched-0',
              number: 'JH-2026-000901',
              title: '江南街道老旧小区雨污管道反复堵塞',
              stateLabel: '办理中',
              category: '城市管理',
              area: '婺城区',
              unit: '婺城区住建局',
              atText: '7月6日 周一 14:30',
              at: STANDING.asOf,
              note: '用 4.0 个工作日',
            },
            {
              id: null,
              number: 'JH-2026-000902',
              title: '',
              stateLabel: '已办结',
              category: '城市管理',
              area: '婺城区',
              unit: '婺城区住建局',
              atText: '7月6日 周一 15:30',
              at: STANDING.asOf,
              note: '',
            },
          ],
          after: null,
          total: 2,
        }),
      }),
    ],
    ...figuresMoreRoutes(),
    [
      'GET',
      /^\/exports\/figures$/,
      () => ({ status: 200, raw: { type: 'application/octet-stream', text: 'PK' } }),
    ],
  ];
}
