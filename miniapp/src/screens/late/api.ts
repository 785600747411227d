/** The calls of 督办. All throw ApiError. */
import type {
  LateFilter,
  LateGroupPage,
  LateGrouping,
  LateItemPage,
  LateSummary,
  UrgePreview,
  UrgeSelection,
  UrgesView,
} from '@minqing/shared/contract';
import { call, download } from '../../api/index.ts';

export const lateApi = {
  summary: async (filter: LateFilter): Promise<LateSummary> =>
    (await call<LateSummary>('/late', { query: { ...filter } })).data,

  groups: async (
    filter: LateFilter,
    by: LateGrouping,
    all: boolean,
    after?: string,
  ): Promise<LateGroupPage> =>
    (await call<LateGroupPage>('/late/groups', { query: { ...filter, by, all: String(all), after } })).data,

  items: async (
    filter: LateFilter,
    by: LateGrouping,
    key: string,
    limit: number,
    after?: string,
  ): Promise<LateItemPage> =>
    (await call<LateItemPage>('/late/items', { query: { ...filter, by, key, limit, after } })).data,

  preview: async (selection: UrgeSelection): Promise<UrgePreview> =>
    (await call<UrgePreview>('/urges/preview', { method: 'POST', body: selection })).data,

  /** `key` is the intent's: the same for every repetition of the same wish. */
  urge: async (wish: UrgeSelection & { text: string }, key: string): Promise<UrgesView> =>
    (await call<UrgesView>('/urges', { method: 'POST', body: wish, key })).data,

  urges: async (id: string): Promise<UrgesView> => (await call<UrgesView>(`/urges/${id}`)).data,

  /** All of them as a file, saved by the browser. */
  save: (filter: LateFilter): Promise<void> => download('/late/table', { ...filter }, '超期明细.xlsx'),
};
