import {
  backlogView,
  figuresView,
  flowView,
  memberFiguresView,
  ratingsView,
  stagesView,
  statisticsCasePage,
  statisticsDesks,
  topicsView,
  unitRankView,
  type FigureView,
} from '@minqing/shared/contract';
import { FIGURES, flowOf, rateText, STAGES, type FigureName, type Stage } from '@minqing/shared/statistics';
import type { MockAnswer, MockRequest } from './answers.ts';

type Route = [
  string,
  RegExp,
  (request: MockRequest, match: RegExpMatchArray, query: URLSearchParams) => MockAnswer,
];

const STANDING = {
  seq: 41_207,
  counting: 1,
  asOf: '2026-07-07T15:00:00+08:00',
  asOfText: '截至 7月7日 周二 15:00',
};
const AREAS = [
  ['330783', '东阳市', 973, 'up'],
  ['330782', '义乌市', 964, 'same'],
  ['330726', '浦江县', 958, 'up'],
  ['330784', '永康市', 952, 'up'],
  ['only:330700', '市本级', 945, 'up'],
  ['330703', '金东区', 941, 'down'],
  ['330702', '婺城区', 929, 'up'],
  ['330781', '兰溪市', 919, 'same'],
  ['330723', '武义县', 904, 'up'],
  ['330727', '磐安县', 876, 'down'],
] as const;
const STARS = [
  [5, 17_620],
  [4, 3_410],
  [3, 864],
  [2, 390],
  [1, 122],
] as const;
const RATED = [
  ['迎宾大道红绿灯按车流设置时长', '交通出行', '金东区', '市公安局交警支队', 5, '用 1.5 个工作日'],
  ['八咏楼轮椅坡道偏陡', '城市管理', '婺城区', '市文广旅游局', 5, '用 2.1 个工作日'],
  ['午托缴费窗口排队久', '教育', '义乌市', '义乌市教育局', 4, '用 1.8 个工作日'],
  ['便民中心异地医保备案', '医疗', '武义县', '武义县医保局', 4, '用 2.6 个工作日'],
  ['江滨绿道夜间照明不足', '城市管理', '兰溪市', '兰溪市住建局', 2, '已进入第 2 轮办理'],
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
    fraction: count ? '' : `${partName} ${part} ÷ ${wholeName} ${whole}`,
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
  const period = (query: URLSearchParams) => ({
    name: query.get('period') ?? 'year',
    from: '2026-01-01',
    to: '2026-07-07',
    text: '2026年1月1日至7月7日',
  });
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
          ...(/^2026-/.test(key) ? { from: key, to: `${key.slice(0, 8)}28` } : { from: null, to: null }),
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
                      figure('satisfactionRate', 970 - at * 10, 1_000),
                    ]),
                  )
                : ['day', 'week', 'month'].includes(split)
                  ? [812, 640, 1_103, 1_290, 1_240, 1_453, 320].map((n, at) =>
                      group(`2026-0${at + 1}-01`, `${at + 1}月`, [
                        figure('reported', n),
                        figure('closed', n - 60),
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
      /^\/statistics\/backlog$/,
      () => ({
        status: 200,
        body: backlogView.parse({
          ...STANDING,
          total: 1_575,
          late: 164,
          sentence: '1,575 件在办，其中 1,361 件等承办单位，164 件超期',
          ages: [
            ['d1', '1 天内', 612, 0],
            ['d3', '1–3 天', 598, 0],
            ['d5', '3–5 天', 214, 29],
            ['d10', '5–10 天', 97, 81],
            ['more', '10 天以上', 54, 54],
          ].map(([id, label, count, late]) => ({ id, label, count, late, unit: count })),
          movers: [
            { id: 'handler', label: '承办单位', unit: true, count: 1_361, late: 138 },
            { id: 'dispatcher', label: '三服务办', unit: false, count: 150, late: 26 },
            { id: 'author', label: '委员', unit: false, count: 64, late: 0 },
          ],
          reasons: [
            { id: 'unanswered', label: '没有答复', unit: true, count: 71 },
            { id: 'handedOn', label: '转办两次以上', unit: true, count: 34 },
            { id: 'redispatch', label: '等改派', unit: false, count: 26 },
          ],
          areas: AREAS.map(([key, name], at) => ({ key, name, count: 300 + at * 20, late: 12 + at * 5 })),
        }),
      }),
    ],
    [
      'GET',
      /^\/statistics\/ratings$/,
      () => ({
        status: 200,
        body: ratingsView.parse({
          ...STANDING,
          items: RATED.map(([title, category, area, unit, stars, note], at) => ({
            id: at === 3 ? null : `s-watched-${at}`,
            title: at === 3 ? '' : title,
            category,
            area,
            unit,
            stars,
            note,
          })),
        }),
      }),
    ],
    [
      'GET',
      /^\/statistics\/members$/,
      (_request, _match, query) => ({
        status: 200,
        body: memberFiguresView.parse({
          ...STANDING,
          period: period(query),
          members: [
            ['lin', '林淑芬', '社会福利和社会保障', 12, 11, 2, 9, '4.3'],
            ['wang', '王建国', '教育', 7, 6, 0, 0, '—'],
          ].map(([id, name, sector, reported, accepted, adopted, rated, starsText]) => ({
            id,
            name,
            sector,
            reported,
            accepted,
            adopted,
            rated,
            starsText,
          })),
          silent: 214,
        }),
      }),
    ],
    [
      'GET',
      /^\/statistics\/rank$/,
      (_request, _match, query) => ({
        status: 200,
        body: unitRankView.parse({
          ...STANDING,
          period: period(query),
          rank: 2,
          of: 12,
          text: '按期率在全市 12 个参加排名的单位里排第 2',
        }),
      }),
    ],
    [
      'GET',
      /^\/statistics\/topics$/,
      (_request, _match, query) => ({
        status: 200,
        body: topicsView.parse({
          ...STANDING,
          period: period(query),
          words: [
            { word: '红绿灯', count: 412, before: 298, changeText: '增 38%', rising: true },
            { word: '停车', count: 387, before: 345, changeText: '增 12%', rising: true },
            { word: '午托', count: 298, before: 240, changeText: '增 24%', rising: true },
            { word: '加装电梯', count: 241, before: 256, changeText: '减 6%', rising: false },
            { word: '饮水', count: 176, before: 117, changeText: '增 51%', rising: true },
          ],
          clusters: [
            {
              category: { id: 'traffic', name: '交通出行' },
              place: { id: 'jindong', name: '金东区' },
              words: ['红绿灯', '配时'],
              count: 41,
              before: 20,
              changeText: '增 105%',
            },
          ],
          recurring: [
            {
              word: '停车',
              months: 6,
              count: 387,
              text: '近 6 个月有 6 个月都有人反映，共 387 件',
              from: '2026-02-01',
              to: '2026-07-31',
            },
          ],
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
    [
      'GET',
      /^\/exports\/figures$/,
      () => ({ status: 200, raw: { type: 'application/octet-stream', text: 'PK' } }),
    ],
  ];
}
