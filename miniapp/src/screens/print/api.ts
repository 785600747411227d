/** Files and paper. All throw ApiError. */
import type { CasePrint } from '@minqing/shared/contract';
import { call, download, type CaseQuery } from '../../api/index.ts';

export const outputApi = {
  print: async (caseId: string): Promise<CasePrint> => (await call<CasePrint>(`/cases/${caseId}/print`)).data,

  archive: (caseId: string, number: string): Promise<void> =>
    download(`/cases/${caseId}/archive`, {}, `${number}-整案.zip`),

  /** The whole list, whatever page of it is shown. */
  cases: ({ after: _after, limit: _limit, ...query }: CaseQuery): Promise<void> =>
    download('/exports/cases', { ...query }, '民情清单.xlsx'),
};
