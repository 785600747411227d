/** The calls of 卡住的民情. All throw ApiError. */
import type { StuckPage, StuckRepaired } from '@minqing/shared/contract';
import { call } from '../../../api/client.ts';
import { newId } from '../../../api/index.ts';

export const stuckApi = {
  list: async (after: string | null): Promise<StuckPage> =>
    (await call<StuckPage>('/admin/stuck', { query: { after: after ?? undefined } })).data,
  check: async (): Promise<StuckPage> =>
    (await call<StuckPage>('/admin/stuck/check', { method: 'POST', body: {}, key: newId() })).data,
  /** Those named, or all. Repairing twice is repairing once, so a lost answer may simply be asked for again. */
  repair: async (subjects: string[] | null): Promise<StuckRepaired> =>
    (
      await call<StuckRepaired>('/admin/stuck/repair', {
        method: 'POST',
        body: subjects ? { subjects } : {},
        key: newId(),
      })
    ).data,
};
