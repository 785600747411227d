/** The calls of 统计口径. All throw ApiError. */
import type {
  PointsPreview,
  PointsPreviewQuery,
  StatisticsSettings,
  StatisticsSettingsChange,
} from '@minqing/shared/contract';
import { call } from '../../../api/client.ts';

export const statisticsApi = {
  page: async (areaId: string): Promise<StatisticsSettings> =>
    (await call<StatisticsSettings>('/admin/statistics', { query: { areaId } })).data,
  save: async (body: StatisticsSettingsChange, key: string): Promise<StatisticsSettings> =>
    (await call<StatisticsSettings>('/admin/statistics', { method: 'PUT', body, key })).data,
  preview: async (body: PointsPreviewQuery): Promise<PointsPreview> =>
    (await call<PointsPreview>('/admin/statistics/points/preview', { method: 'POST', body })).data,
  recount: async (key: string): Promise<void> => {
    await call('/admin/statistics/recount', { method: 'POST', body: {}, key });
  },
};
