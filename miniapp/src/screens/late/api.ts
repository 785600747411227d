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
import { apiUrl, authHeaders, call, lostRequest, problemOf } from '../../api/index.ts';

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
  async save(filter: LateFilter): Promise<void> {
    const response = await fetch(apiUrl('/late/table', { ...filter }), {
      headers: authHeaders(),
      credentials: 'same-origin',
    }).catch(() => {
      throw lostRequest(false);
    });
    if (!response.ok) {
      throw await problemOf(response);
    }
    const url = URL.createObjectURL(await response.blob());
    const link = document.createElement('a');
    link.href = url;
    link.download = '超期明细.csv';
    link.click();
    // Browsers read it a moment later.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  },
};
