/** The calls of 管理 for areas, units, people and grants. All throw ApiError. */
import type { AreaTree } from '@minqing/shared/contract';
import { call } from '../../api/client.ts';

export const adminApi = {
  areas: async (): Promise<AreaTree> => (await call<AreaTree>('/admin/areas')).data,
};
