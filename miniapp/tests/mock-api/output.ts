import { casePrint, type CaseView } from '@minqing/shared/contract';
import { refuse, type MockAnswer, type MockRequest } from './answers.ts';

type Route = [
  string,
  RegExp,
  (request: MockRequest, match: RegExpMatchArray, query: URLSearchParams) => MockAnswer,
];

const at = (day: number, time: string): string => `2026年7月${day}日 周${'一二三'[day - 6]} ${time}`;
const HISTORY = [
  [6, '08:41', '林淑芬委员', '', '委员提交了民情。附 2 个文件'],
  [6, '08:58', '方敏', '金华市政协', '已受理\n审核用时 17 分钟'],
  [
    6,
    '09:30',
    '陈洁',
    '金华市三服务办',
    '已交办。主办市公安局交警支队，协办市综合行政执法局，请在 2026年7月9日 周四 17:00 前答复。\n交办用时 32 分钟',
  ],
  [6, '10:12', '周凯', '市公安局交警支队', '已签收\n签收用时 42 分钟'],
  [7, '14:30', '周凯', '市公安局交警支队', '已答复。已解决\n答复用时 10.5 小时'],
  [7, '14:52', '林淑芬委员', '', '委员打了5 星 · 非常满意'],
  [7, '14:52', '系统', '', '已办结。已评价'],
] as const;

/** A case on paper, as far as a picture needs it. */
function printOf(view: CaseView): unknown {
  const fact = (label: string, value: string, more = {}) => ({
    label,
    value,
    mark: '',
    wide: false,
    ...more,
  });
  return casePrint.parse({
    caseId: view.id,
    number: view.number,
    owner: `民情一点通 · ${view.committee.name}`,
    title: view.content.title,
    sentence: '已办结。市公安局交警支队用 1.5 个工作日答复，委员评价 5 星。',
    code: { size: 25, path: 'M2 2h7v7h-7zM16 2h7v7h-7zM2 16h7v7h-7zM11 11h3v3h-3zM18 18h3v3h-3z' },
    facts: [
      fact('编号', view.number),
      fact('地区', view.area.name),
      fact('委员', '林淑芬，市政协委员'),
      fact('类别', view.content.category),
      fact('提交', at(6, '08:41')),
      fact('办结', at(7, '14:52')),
      fact('主办', '市公安局交警支队（周凯）'),
      fact('协办', '市综合行政执法局'),
      fact('答复时限', '2026年7月9日 周四 17:00'),
      fact('实际答复', at(7, '14:30'), { mark: '● 按期' }),
      fact('位置', view.content.place.text, { wide: true }),
    ],
    matter: {
      edited: true,
      parts: [{ label: '', text: view.content.situation }],
      original: '迎宾大道红绿灯时间不合理，<b>一直</b>都是一样的。',
    },
    photos: view.content.files
      .filter((file) => file.kind === 'image' && file.url)
      .map((file, i) => ({ fileId: file.id, url: file.url, caption: `${i + 1}　${at(6, '08:41')}　委员` })),
    attachments: [{ fileId: 'd1', name: '实测记录.pdf', detail: `${at(7, '09:05')}　周凯` }],
    replies: [
      {
        label: '已解决',
        text: '已把单一配时改为早高峰、平峰、晚高峰、夜间四个时段。',
        by: `市公安局交警支队　周凯　${at(7, '14:30')}`,
      },
    ],
    ratings: [{ stars: 5, label: '5 星，非常满意', text: '答复很快', by: `林淑芬　${at(7, '14:52')}` }],
    history: HISTORY.map(([day, time, who, unit, what]) => ({ at: at(day, time), who, unit, what })),
    stages: [
      { label: '审核', limit: '7 小时', used: '17 分钟', result: '● 按期', share: 0.04 },
      {
        label: '答复',
        limit: '2026年7月9日 周四 17:00 前',
        used: '10.5 小时',
        result: '● 按期',
        share: 0.39,
      },
    ],
    signatures: ['承办单位（盖章）', '三服务办（签字）', '政协（签字）'],
    printed: '打印：陈洁 2026年7月8日 周三 09:16',
    check: '7c1e 90ab 42d5 e1f8',
  });
}

export function outputRoutes(cases: ReadonlyMap<string, CaseView>): Route[] {
  return [
    [
      'GET',
      /^\/cases\/([^/]+)\/print$/,
      (_request, match) => {
        const view = cases.get(match[1] ?? '');
        return view
          ? { status: 200, body: printOf(view) }
          : refuse(404, 'notFound', '没有这件民情，或者您看不到它');
      },
    ],
    [
      'GET',
      /^\/cases\/([^/]+)\/archive$/,
      () => ({ status: 200, raw: { type: 'application/zip', text: 'PK archive' } }),
    ],
    ['GET', /^\/.+\/table$/, () => ({ status: 200, raw: { type: 'application/octet-stream', text: 'PK' } })],
    [
      'GET',
      /^\/exports\/cases$/,
      (_request, _match, query) => ({
        status: 200,
        raw: { type: 'application/octet-stream', text: query.toString() },
      }),
    ],
  ];
}
