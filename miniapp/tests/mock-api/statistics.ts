import type { StatisticsSettings } from '@minqing/shared/contract';
import { pointsPreview, statisticsSettings, statisticsSettingsChange } from '@minqing/shared/contract';
import { POINT_ACT_NAMES, POINT_ACTS, STANDARD_POINTS } from '@minqing/shared/statistics';
import { refuse, type MockAnswer, type MockRequest } from './answers.ts';

type Route = [string, RegExp, (request: MockRequest) => MockAnswer];

const COMMITTEES = [
  { id: 'zx-jinhua', name: '金华市政协', shortName: '市政协' },
  { id: 'zx-wucheng', name: '婺城区政协', shortName: '婺城政协' },
];
const TODAY = '2026-07-07';
const json = (request: MockRequest): unknown => JSON.parse(new TextDecoder().decode(request.body) || '{}');

/** What an area sets about its figures, as the page reads and changes it. */
export function statisticsRoutes(): Route[] {
  const own: StatisticsSettings['own'] = {
    liveFrom: '2026-01-01',
    leastRanked: null,
    points: null,
    monthly: null,
  };
  let counting = 0;
  const view = (): MockAnswer => {
    const running = counting > 0;
    counting = Math.max(0, counting - 1);
    const monthly = own.monthly ?? { on: false, day: 1, roles: ['leader'] };
    return {
      status: 200,
      body: statisticsSettings.parse({
        areaId: 'jinhua',
        own,
        today: TODAY,
        liveFrom: own.liveFrom,
        leastRanked: own.leastRanked ?? 30,
        points: own.points ?? [STANDARD_POINTS],
        monthly,
        monthlyNext: monthly.on ? '8月3日 周一 08:30 发 7月的，给 2 位' : '',
        monthlyLast: '',
        acts: POINT_ACT_NAMES.map((act) => ({ act, name: POINT_ACTS[act] })),
        counting: running,
        countingText: running ? '正在重新统计，已数 1,200 ÷ 5,300 件；数完以前看到的仍是原来的数字' : '',
        countedText: '7月6日 周一 10:20 重新统计了 5,300 件，每个数字都和原来一样',
        seen: 'seen',
      } satisfies StatisticsSettings),
    };
  };
  return [
    ['GET', /^\/admin\/statistics$/, view],
    [
      'PUT',
      /^\/admin\/statistics$/,
      (request) => {
        const asked = statisticsSettingsChange.safeParse(json(request));
        if (!asked.success) {
          const errors = asked.error.issues.map((issue) => ({
            path: issue.path.join('.'),
            message: issue.message,
          }));
          return refuse(400, 'invalidInput', '有内容需要修改，请看标出的地方', { errors });
        }
        const { liveFrom, leastRanked, points, monthly } = asked.data;
        if ((points ?? []).some((one) => one.validFrom > '2001' && one.validFrom <= TODAY)) {
          const errors = [
            { path: 'points', message: '已经生效的积分规则不能改，请新增一套，从明天或以后起用' },
          ];
          return refuse(400, 'invalidInput', '有内容需要修改，请看标出的地方', { errors });
        }
        Object.assign(own, { liveFrom, leastRanked, points, monthly });
        return view();
      },
    ],
    [
      'POST',
      /^\/admin\/statistics\/points\/preview$/,
      (request) => ({
        status: 200,
        body: pointsPreview.parse({
          committees: COMMITTEES,
          committee:
            COMMITTEES.find(({ id }) => id === (json(request) as { committeeId?: string }).committeeId) ??
            COMMITTEES[0],
          members: 58,
          more: 38,
          less: 3,
          same: 17,
          capped: 5,
          middle: { before: 12, after: 15 },
          highest: { before: 64, after: 60 },
          sentence:
            '如果今年从头按这套算：今年到现在有积分的 58 位委员，38 位变多，3 位变少，17 位不变，5 位到封顶',
        }),
      }),
    ],
    [
      'POST',
      /^\/admin\/statistics\/recount$/,
      () => {
        counting = 1;
        return { status: 200, body: { counting: true } };
      },
    ],
  ];
}
