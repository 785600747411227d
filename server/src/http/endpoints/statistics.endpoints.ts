/** 统计: figures, and the cases behind them. */
import {
  backlogView,
  memberFiguresView,
  figuresQuery,
  figuresView,
  flowView,
  memberRecord,
  memberRecordCases,
  memberRecordCasesQuery,
  memberRecordQuery,
  pointsPreview,
  pointsPreviewQuery,
  ratingsQuery,
  ratingsView,
  stagesQuery,
  stagesView,
  statisticsCasePage,
  statisticsCasesQuery,
  statisticsDesks,
  statisticsFilter,
  statisticsSettings,
  statisticsSettingsChange,
  topicCasesQuery,
  topicsView,
  unitRankView,
} from '@minqing/shared/contract';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { changeRequest, changing, signedOn } from './factories.ts';

const tag = 'statistics';
const settingsView = statisticsSettings.meta({ id: 'StatisticsSettings' });
const casePage = statisticsCasePage.meta({ id: 'StatisticsCasePage' });

export function statisticsEndpoints({ statistics }: HttpDeps) {
  const desks = signedOn.build({
    tag,
    summary: 'Whose figures I may read',
    operationId: 'statisticsDesks',
    output: statisticsDesks.meta({ id: 'StatisticsDesks' }),
    handler: async ({ ctx }) => statistics.desks(ctx.identity.actor),
  });

  const figures = signedOn.build({
    tag,
    summary: 'Figures of an area or a unit over a period, with what they are compared with',
    description:
      'The whole is the sum of its groups. `seq` says up to which event is counted; GET /api/statistics/cases with the same filter lists exactly as many.',
    operationId: 'figures',
    input: figuresQuery,
    output: figuresView.meta({ id: 'Figures' }),
    handler: async ({ input, ctx }) => statistics.figures(ctx.identity.actor, input),
  });

  const stages = signedOn.build({
    tag,
    summary: 'How long each stage took, in working time: mean and ninetieth percentile',
    operationId: 'stages',
    input: stagesQuery,
    output: stagesView.meta({ id: 'Stages' }),
    handler: async ({ input, ctx }) => statistics.stages(ctx.identity.actor, input),
  });

  const flow = signedOn.build({
    tag,
    summary: 'What became of the reports of a period, step by step',
    operationId: 'flow',
    input: statisticsFilter,
    output: flowView.meta({ id: 'Flow' }),
    handler: async ({ input, ctx }) => statistics.flow(ctx.identity.actor, input),
  });

  const backlog = signedOn.build({
    tag,
    summary: 'What is in hand now: for how long, and whom it waits for',
    operationId: 'backlog',
    input: statisticsFilter,
    output: backlogView.meta({ id: 'Backlog' }),
    handler: async ({ input, ctx }) => statistics.backlog(ctx.identity.actor, input),
  });

  const cases = signedOn.build({
    tag,
    summary: 'The cases behind a figure, a stage or an age',
    description:
      'The latest first, by keyset. `total` is the figure. With `seq`, `counting` and `asOf` of a figure it is the list of that place and moment, whatever happened since, or 409. A case this person may not open is counted and told nothing of.',
    operationId: 'statisticsCases',
    input: statisticsCasesQuery,
    output: casePage,
    handler: async ({ input, ctx }) => statistics.cases(ctx.identity.actor, input),
  });

  const ratings = signedOn.build({
    tag,
    summary: 'The answers that were rated last, with their stars and how long the unit took',
    operationId: 'ratings',
    input: ratingsQuery,
    output: ratingsView.meta({ id: 'Ratings' }),
    handler: async ({ input, ctx }) => statistics.ratings(ctx.identity.actor, input),
  });

  const members = signedOn.build({
    tag,
    summary: 'What each member of my committee reported to it',
    description: 'At a committee’s desk only, for its own members; GET /api/statistics/cases takes `member`.',
    operationId: 'memberFigures',
    input: statisticsFilter,
    output: memberFiguresView.meta({ id: 'MemberFigures' }),
    handler: async ({ input, ctx }) => statistics.members(ctx.identity.actor, input),
  });

  const unitRank = signedOn.build({
    tag,
    summary: 'Where my unit stands among those of its area, by answers in time',
    description: 'At a unit’s desk only; no other unit’s place is told, and none where too little was due.',
    operationId: 'unitRank',
    input: statisticsFilter,
    output: unitRankView.meta({ id: 'UnitRank' }),
    handler: async ({ input, ctx }) => statistics.unitRank(ctx.identity.actor, input),
  });

  const topics = signedOn.build({
    tag,
    summary: 'What people speak of most, what rises, what gathers at a place, what keeps coming back',
    description: 'Of accepted reports of an area; a word fewer than three of them share is not told.',
    operationId: 'topics',
    input: statisticsFilter,
    output: topicsView.meta({ id: 'Topics' }),
    handler: async ({ input, ctx }) => statistics.topics(ctx.identity.actor, input),
  });

  const topicCases = signedOn.build({
    tag,
    summary: 'The cases behind a topic: a word, or a category at a place',
    operationId: 'topicCases',
    input: topicCasesQuery,
    output: casePage,
    handler: async ({ input, ctx }) => statistics.topicCases(ctx.identity.actor, input),
  });

  const record = signedOn.build({
    tag,
    summary: 'My own year as a member: what came of my reports, points, stars',
    operationId: 'memberRecord',
    input: memberRecordQuery,
    output: memberRecord.meta({ id: 'MemberRecord' }),
    handler: async ({ input, ctx }) => statistics.record(ctx.identity.actor, input.year),
  });

  const recordCases = signedOn.build({
    tag,
    summary: 'The cases behind a number of my record',
    operationId: 'memberRecordCases',
    input: memberRecordCasesQuery,
    output: memberRecordCases.meta({ id: 'MemberRecordCases' }),
    handler: async ({ input, ctx }) => statistics.recordCases(ctx.identity.actor, input),
  });

  const settings = signedOn.build({
    tag: 'admin',
    summary: 'What an area sets about its figures: go-live, ranking, points',
    operationId: 'statisticsSettings',
    input: z.object({ areaId: z.string().min(1).max(64) }),
    output: settingsView,
    handler: async ({ input, ctx }) => statistics.admin.settings(ctx.identity.actor, input.areaId),
  });

  const saveSettings = changing.build({
    tag: 'admin',
    summary: 'Change what an area sets about its figures',
    description:
      'Rules of points that have begun cannot be changed; another go-live date counts everything anew.',
    operationId: 'saveStatisticsSettings',
    method: 'put',
    input: statisticsSettingsChange,
    output: settingsView,
    handler: async ({ input, ctx }) =>
      statistics.admin.save(ctx.identity.actor, input, changeRequest(ctx, 'statistics', input)),
  });

  const preview = signedOn.build({
    tag: 'admin',
    summary: 'What other rules of points would have made of this year, without names',
    operationId: 'previewPoints',
    method: 'post',
    input: pointsPreviewQuery,
    output: pointsPreview.meta({ id: 'PointsPreview' }),
    handler: async ({ input, ctx }) => statistics.admin.previewPoints(ctx.identity.actor, input),
  });

  const recount = changing.build({
    tag: 'admin',
    summary: 'Count every figure anew, beside those in use',
    operationId: 'recountStatistics',
    method: 'post',
    output: z.object({ counting: z.boolean() }),
    handler: async ({ ctx }) =>
      statistics.admin.recount(ctx.identity.actor, changeRequest(ctx, 'recount', {})),
  });

  return {
    'get admin/statistics': settings,
    'put admin/statistics': saveSettings,
    'post admin/statistics/points/preview': preview,
    'post admin/statistics/recount': recount,
    'get statistics/ratings': ratings,
    'get statistics/members': members,
    'get statistics/rank': unitRank,
    'get statistics/topics': topics,
    'get statistics/topics/cases': topicCases,
    'get statistics/record': record,
    'get statistics/record/cases': recordCases,
    'get statistics/desks': desks,
    'get statistics/figures': figures,
    'get statistics/stages': stages,
    'get statistics/flow': flow,
    'get statistics/backlog': backlog,
    'get statistics/cases': cases,
  };
}
