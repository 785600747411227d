import {
  backlogView,
  memberFiguresView,
  ratingsView,
  topicsView,
  unitRankView,
} from '@minqing/shared/contract';
import type { MockAnswer, MockRequest } from './answers.ts';

export type Route = [
  string,
  RegExp,
  (request: MockRequest, match: RegExpMatchArray, query: URLSearchParams) => MockAnswer,
];

export const STANDING = {
  seq: 41_207,
  counting: 1,
  asOf: '2026-07-07T15:00:00+08:00',
  asOfText: '截至 7月7日 周二 15:00',
};
export const AREAS = [
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
const RATED = [
  ['迎宾大道红绿灯按车流设置时长', '交通出行', '金东区', '市公安局交警支队', 5, '用 1.5 个工作日'],
  ['八咏楼轮椅坡道偏陡', '城市管理', '婺城区', '市文广旅游局', 5, '用 2.1 个工作日'],
  ['午托缴费窗口排队久', '教育', '义乌市', '义乌市教育局', 4, '用 1.8 个工作日'],
  ['便民中心异地医保备案', '医疗', '武义县', '武义县医保局', 4, '用 2.6 个工作日'],
  ['江滨绿道夜间照明不足', '城市管理', '兰溪市', '兰溪市住建局', 2, '已进入第 2 轮办理'],
] as const;

export const period = (query: URLSearchParams) => ({
  name: query.get('period') ?? 'year',
  from: '2026-01-01',
  to: '2026-07-07',
  text: '2026年1月1日至7月7日',
});

/** What is in hand, what was rated last, who reported, what is spoken of. */
export function figuresMoreRoutes(): Route[] {
  return [
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
  ];
}
