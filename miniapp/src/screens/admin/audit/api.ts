/** The calls of the audit log. All throw ApiError. */
import type { AuditFilter, AuditPage, LedgerCheckView } from '@minqing/shared/contract';
import { call } from '../../../api/client.ts';
import { newId } from '../../../api/index.ts';

export type AuditQuery = Partial<AuditFilter>;

export const auditApi = {
  list: async (filter: AuditQuery, after: string | null): Promise<AuditPage> =>
    (await call<AuditPage>('/audit', { query: { ...filter, after: after ?? undefined } })).data,
  verification: async (): Promise<LedgerCheckView> =>
    (await call<LedgerCheckView>('/audit/verification')).data,
  verify: async (): Promise<LedgerCheckView> =>
    (await call<LedgerCheckView>('/audit/verification', { method: 'POST', body: {}, key: newId() })).data,
};
