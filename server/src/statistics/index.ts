/** Statistics: figures kept by following the ledger, read by those in charge, traced to their cases. The only door. */
import type {
  BacklogView,
  MemberFiguresView,
  MemberRecord,
  MemberRecordCases,
  RatingsQuery,
  RatingsView,
  TopicCasesQuery,
  TopicsView,
  FiguresQuery,
  FiguresView,
  FlowView,
  StagesQuery,
  StagesView,
  PointsPreview,
  PointsPreviewQuery,
  StatisticsCasePage,
  StatisticsCasesQuery,
  StatisticsDesks,
  StatisticsFilter,
  StatisticsSettings,
  StatisticsSettingsChange,
  UnitRankView,
} from '@minqing/shared/contract';
import type { Actor } from '@minqing/shared/workflow';
import type { Calendars } from '../cases/index.ts';
import type { Catalogue } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import type { Follower } from '../ledger/index.ts';
import type { Directory } from '../people/index.ts';
import type { ChangeRequest, Reader, Store } from '../store/index.ts';
import { previewPoints } from './points.preview.ts';
import { orderRebuild, saveSettings, viewSettings } from './administration.ts';
import { readBacklog } from './backlog.ts';
import { readFigures } from './figures.ts';
import { readFlow } from './flow.ts';
import { listTopic } from './list.topics.ts';
import { listCounted } from './list.ts';
import { readMembers } from './members.ts';
import { countedSoFar, monthlyDue, monthlyReaders, type MonthlyDue } from './monthly.ts';
import { createProjection } from './projection.ts';
import { readUnitRank } from './rank.ts';
import { readRatings } from './ratings.ts';
import { createRebuild, type Rebuild } from './rebuild.ts';
import { listRecord, readRecord, type RecordAsked } from './record.ts';
import { statisticsDesks } from './scope.ts';
import { createSettings } from './settings.ts';
import { readStages } from './stages.ts';
import { readTopics } from './topics.ts';
import { createTopicsFollower } from './topics.words.ts';

export { FIGURE_CASES_BOOK, MEMBERS_BOOK, SETTINGS_BOOK } from './tables.ts';
export type { MonthlyDue } from './monthly.ts';

export interface StatisticsDeps {
  store: Store;
  clock: Clock;
  directory: Directory;
  calendars: Calendars & { refresh(): Promise<void> };
  catalogue: Pick<Catalogue, 'categoryName'>;
}

export interface Statistics {
  /** Whose figures the viewer may read. */
  desks(viewer: Actor): StatisticsDesks;
  figures(viewer: Actor, query: FiguresQuery): Promise<FiguresView>;
  stages(viewer: Actor, query: StagesQuery): Promise<StagesView>;
  flow(viewer: Actor, filter: StatisticsFilter): Promise<FlowView>;
  backlog(viewer: Actor, filter: StatisticsFilter): Promise<BacklogView>;
  /** The cases behind a figure: as many as it says. */
  cases(viewer: Actor, query: StatisticsCasesQuery): Promise<StatisticsCasePage>;
  /** The answers that were rated last. */
  ratings(viewer: Actor, query: RatingsQuery): Promise<RatingsView>;
  /** What each member of the viewer's committee reported to it. */
  members(viewer: Actor, filter: StatisticsFilter): Promise<MemberFiguresView>;
  /** Where the viewer's unit stands among those of its area. */
  unitRank(viewer: Actor, filter: StatisticsFilter): Promise<UnitRankView>;
  topics(viewer: Actor, filter: StatisticsFilter): Promise<TopicsView>;
  topicCases(viewer: Actor, query: TopicCasesQuery): Promise<StatisticsCasePage>;
  /** The viewer's own year; this one where none is named. */
  record(viewer: Actor, year: number | undefined): Promise<MemberRecord>;
  recordCases(viewer: Actor, query: RecordAsked): Promise<MemberRecordCases>;
  admin: {
    settings(viewer: Actor, areaId: string): Promise<StatisticsSettings>;
    save(
      viewer: Actor,
      change: StatisticsSettingsChange,
      request: ChangeRequest,
    ): Promise<StatisticsSettings>;
    /** What rules would have made of this year, over the area's members and without their names. */
    previewPoints(viewer: Actor, asked: PointsPreviewQuery): Promise<PointsPreview>;
    /** Counts everything anew beside the figures in use. */
    recount(viewer: Actor, request: ChangeRequest): Promise<{ counting: boolean }>;
  };
  /** What goes to those in charge once a month. */
  monthly: {
    /** What areas set, as another process may have changed it. */
    refresh(): Promise<void>;
    due(areaId: string): MonthlyDue | null;
    counted(db: Reader): ReturnType<typeof countedSoFar>;
    readers(db: Reader, due: MonthlyDue, now: number): ReturnType<typeof monthlyReaders>;
  };
  followers: readonly Follower[];
  rebuild: Rebuild;
}

export async function createStatistics(deps: StatisticsDeps): Promise<Statistics> {
  const { store, directory, calendars } = deps;
  const settings = await createSettings(store, directory);
  const reading = { ...deps, settings };
  const projecting = {
    store,
    calendars,
    liveFrom: (areaId: string) => settings.liveFrom(areaId),
    refresh: async () => {
      await Promise.all([calendars.refresh(), settings.refresh()]);
    },
  };
  return {
    desks: (viewer) => statisticsDesks(viewer, directory),
    figures: (viewer, query) => readFigures(reading, viewer, query),
    stages: (viewer, query) => readStages(reading, viewer, query),
    flow: (viewer, filter) => readFlow(reading, viewer, filter),
    backlog: (viewer, filter) => readBacklog(reading, viewer, filter),
    cases: (viewer, query) => listCounted(reading, viewer, query),
    ratings: (viewer, query) => readRatings(reading, viewer, query),
    members: (viewer, filter) => readMembers(reading, viewer, filter),
    unitRank: (viewer, filter) => readUnitRank(reading, viewer, filter),
    topics: (viewer, filter) => readTopics(reading, viewer, filter),
    topicCases: (viewer, query) => listTopic(reading, viewer, query),
    record: (viewer, year) => readRecord(reading, viewer, year),
    recordCases: (viewer, query) => listRecord(reading, viewer, query),
    admin: {
      settings: (viewer, areaId) => viewSettings(reading, viewer, areaId),
      save: (viewer, change, request) => saveSettings(reading, viewer, change, request),
      previewPoints: (viewer, asked) => previewPoints(reading, viewer, asked),
      recount: (viewer, request) => orderRebuild(reading, viewer, request),
    },
    monthly: {
      refresh: () => settings.refresh(),
      due: (areaId) => monthlyDue(reading, areaId),
      counted: countedSoFar,
      readers: monthlyReaders,
    },
    followers: [createProjection(projecting), createTopicsFollower(store)],
    rebuild: createRebuild({ ...projecting, now: () => deps.clock.businessNow() }),
  };
}
