/** The figures. All throw ApiError. */
import type {
  BacklogView,
  FiguresView,
  FlowView,
  MemberFiguresView,
  RatingsView,
  StagesView,
  StatisticsCasePage,
  StatisticsDesks,
  StatisticsFilter,
  TopicsView,
  UnitRankView,
} from '@minqing/shared/contract';
import { call, download, type RequestOptions } from '../../api/index.ts';

/** Whose figures, of when, narrowed to what; as it stands in the address. */
export type Asked = Partial<StatisticsFilter> & { desk: string };
type More = RequestOptions['query'];

const read = async <T>(path: string, query: More): Promise<T> =>
  (await call<T>(`/statistics/${path}`, { query })).data;

export const figuresApi = {
  desks: (): Promise<StatisticsDesks> => read('desks', {}),
  figures: (asked: Asked, more: More): Promise<FiguresView> => read('figures', { ...asked, ...more }),
  stages: (asked: Asked, more: More = {}): Promise<StagesView> => read('stages', { ...asked, ...more }),
  flow: (asked: Asked): Promise<FlowView> => read('flow', { ...asked }),
  backlog: (asked: Asked): Promise<BacklogView> => read('backlog', { ...asked }),
  ratings: (asked: Asked, more: More = {}): Promise<RatingsView> => read('ratings', { ...asked, ...more }),
  members: (asked: Asked): Promise<MemberFiguresView> => read('members', { ...asked }),
  rank: (asked: Asked): Promise<UnitRankView> => read('rank', { ...asked }),
  topics: (asked: Asked): Promise<TopicsView> => read('topics', { ...asked }),
  /** The cases behind a figure, a stage, an age; of a topic where one is named. */
  cases: ({ topic, ...query }: NonNullable<More>): Promise<StatisticsCasePage> =>
    read(topic || query.word ? 'topics/cases' : 'cases', query),
  circular: (asked: Asked): Promise<void> => download('/exports/circular', { ...asked }, '通报.docx'),
  /** The tables of the page as a workbook. */
  save: (asked: Asked): Promise<void> => download('/exports/figures', { ...asked }, '统计.xlsx'),
};
