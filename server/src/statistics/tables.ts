/** The lists of 统计 as workbooks: the cases behind a number, a committee’s members, and what an area sets about its figures. */
import type { MemberFiguresView, StatisticsCasePage, StatisticsSettings } from '@minqing/shared/contract';
import { momentCell, part, type Book } from '../workbook/index.ts';

/** A case this person may not open is counted and told nothing of, as in the list. */
export const FIGURE_CASES_BOOK: Book<StatisticsCasePage> = {
  name: '数字背后的民情',
  parts: [
    part('民情', ({ items }) => items, [
      ['编号', 18, (item) => item.number],
      ['标题', 44, (item) => (item.id === null ? '您看不到这一件的内容，只计数' : item.title), 'wrapped'],
      ['状态', 12, (item) => item.stateLabel],
      ['类别', 14, (item) => item.category],
      ['地区', 12, (item) => item.area],
      ['单位', 26, (item) => item.unit],
      ['计入时间', 18, (item) => momentCell(item.at), 'moment'],
      ['备注', 24, (item) => item.note],
    ]),
    part('说明', (page: StatisticsCasePage) => [page], [
      ['清单', 30, ({ title }) => title],
      ['件数', 10, ({ total }) => total, 'count'],
      ['截至', 30, ({ asOfText }) => asOfText],
      ['记录号', 12, ({ seq }) => seq, 'count'],
    ]),
  ],
};

export const MEMBERS_BOOK: Book<MemberFiguresView> = {
  name: '委员',
  parts: [
    part('委员', ({ members }) => members, [
      ['委员', 14, (member) => member.name],
      ['界别', 18, (member) => member.sector],
      ['上报', 8, (member) => member.reported, 'count'],
      ['受理', 8, (member) => member.accepted, 'count'],
      ['采用', 8, (member) => member.adopted, 'count'],
      ['评价', 8, (member) => member.rated, 'count'],
      ['评分', 8, (member) => member.starsText],
    ]),
  ],
};

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
