import { memberRecord, memberRecordCases } from '@minqing/shared/contract';
import type { MockAnswer, MockRequest } from './answers.ts';

type Route = [
  string,
  RegExp,
  (request: MockRequest, match: RegExpMatchArray, query: URLSearchParams) => MockAnswer,
];

/** A member's year, as far as the picture needs it. */
export function recordRoutes(): Route[] {
  return [
    [
      'GET',
      /^\/statistics\/record$/,
      (_request, _match, query) => ({
        status: 200,
        body: memberRecord.parse({
          seq: 41_207,
          asOf: '2026-07-07T15:00:00+08:00',
          asOfText: '截至 7月7日 周二 15:00',
          year: Number(query.get('year') ?? 2026),
          years: [2026, 2025],
          name: '林淑芬',
          sentence: '您提的民情，解决了 7 个问题',
          detail: '提交 12 件，受理 11 件，办结 9 件',
          submitted: 12,
          accepted: 11,
          closed: 9,
          solved: 7,
          supported: 3,
          adopted: 0,
          months: [1, 0, 3, 2, 2, 1, 0].map((closed, at) => ({
            month: at + 1,
            closed,
            open: Math.max(0, at - 4),
          })),
          points: {
            total: 46,
            cap: 100,
            uncapped: 46,
            comparison: '比去年同期多 9 分',
            items: [
              { act: 'accepted', name: '受理', count: 11, points: 22 },
              { act: 'solved', name: '解决', count: 7, points: 21 },
              { act: 'supported', name: '附议', count: 3, points: 3 },
            ],
          },
          stars: { mean: 4.3, rated: 9, five: 5, text: '9 件，五星 5 件' },
        }),
      }),
    ],
    [
      'GET',
      /^\/statistics\/record\/cases$/,
      (_request, _match, query) => ({
        status: 200,
        body: memberRecordCases.parse({
          title: `2026年${query.get('month') ? `${query.get('month')}月提交` : query.get('act') ? '受理' : '评价'} 1 件`,
          items: [
            {
              id: 'c-story',
              number: 'JH-2026-000123',
              title: '迎宾大道红绿灯按车流设置时长',
              stateLabel: '已办结',
              submittedText: '3月6日提交',
            },
          ],
        }),
      }),
    ],
  ];
}
