/** The calls about being away. All throw ApiError. */
import type { MySubstitutions, SubstituteCandidates } from '@minqing/shared/contract';
import { call } from '../../api/client.ts';

export const awayApi = {
  mine: async (): Promise<MySubstitutions> => (await call<MySubstitutions>('/substitutions')).data,

  /** For oneself, or for somebody an administrator looks after. */
  candidates: async (q: string, personId?: string): Promise<SubstituteCandidates> =>
    (await call<SubstituteCandidates>('/substitutions/candidates', { query: { q, personId } })).data,

  name: async (
    wanted: {
      personId?: string | undefined;
      substituteId: string;
      fromDate: string;
      toDate: string;
      reason: string;
    },
    key: string,
  ): Promise<void> => {
    await call('/substitutions', { method: 'POST', body: wanted, key });
  },

  end: async (id: string, key: string): Promise<void> => {
    await call(`/substitutions/${id}/end`, { method: 'POST', body: {}, key });
  },
};
