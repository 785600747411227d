/** The calls of 时限与规则. Each answers the whole page as it then stands; all throw ApiError. */
import type { PolicyDocumentView, PolicyView } from '@minqing/shared/contract';
import { call } from '../../../api/client.ts';

export const policyApi = {
  page: async (areaId: string): Promise<PolicyView> =>
    (await call<PolicyView>('/admin/policies', { query: { areaId } })).data,

  saveDraft: async (
    areaId: string,
    revision: number,
    document: PolicyDocumentView,
    key: string,
  ): Promise<PolicyView> =>
    (
      await call<PolicyView>('/admin/policies/draft', {
        method: 'PUT',
        body: { areaId, revision, document },
        key,
      })
    ).data,

  discardDraft: async (areaId: string, key: string): Promise<PolicyView> =>
    (await call<PolicyView>('/admin/policies/draft', { method: 'DELETE', query: { areaId }, key })).data,

  publish: async (
    areaId: string,
    version: { versionId: string; revision: number; note: string },
    key: string,
  ): Promise<PolicyView> =>
    (
      await call<PolicyView>('/admin/policies/publish', {
        method: 'POST',
        body: { areaId, ...version },
        key,
      })
    ).data,
};
