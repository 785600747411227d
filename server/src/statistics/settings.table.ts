/** What an area sets about its figures as a workbook: the sets of rules for points. */
import type { StatisticsSettings } from '@minqing/shared/contract';
import { part, type Book } from '../workbook/index.ts';

type Points = StatisticsSettings['points'][number];
type Act = StatisticsSettings['acts'][number];
const lines = ({ points, acts }: StatisticsSettings): { set: Points; act: Act }[] =>
  points.flatMap((set) => acts.map((act) => ({ set, act })));

export const SETTINGS_BOOK: Book<StatisticsSettings> = {
  name: '统计口径',
  parts: [
    part('计入与排名', (settings: StatisticsSettings) => [settings], [
      ['启用日期', 16, (settings) => settings.liveFrom ?? '不限'],
      ['不足几件不排名', 16, (settings) => settings.leastRanked, 'count'],
      ['每月统计', 44, (settings) => settings.monthlyNext || '没有开', 'wrapped'],
      ['上次发送', 44, (settings) => settings.monthlyLast, 'wrapped'],
    ]),
    part('委员积分', lines, [
      ['从哪天起', 14, ({ set }) => set.validFrom],
      ['做什么', 18, ({ act }) => act.name],
      ['积分', 8, ({ set, act }) => set.points[act.act] ?? 0, 'count'],
      ['每年封顶', 10, ({ set }) => set.yearlyCap, 'count'],
    ]),
  ],
};
