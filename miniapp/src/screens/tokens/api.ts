/** The calls about access tokens. All throw ApiError. */
import type { AdminTokenPage, MyTokens, TokenMade } from '@minqing/shared/contract';
import type { TokenScope } from '@minqing/shared/words';
import { call } from '../../api/client.ts';

export interface NewToken {
  name: string;
  scopes: TokenScope[];
  days: number;
}

export const tokensApi = {
  mine: async (): Promise<MyTokens> => (await call<MyTokens>('/tokens')).data,

  make: async (wanted: NewToken, key: string): Promise<TokenMade> =>
    (await call<TokenMade>('/tokens', { method: 'POST', body: wanted, key })).data,

  revoke: async (id: string, key: string): Promise<void> => {
    await call(`/tokens/${id}`, { method: 'DELETE', key });
  },

  /** Of the people of an administrator's areas. */
  all: async (state: 'live' | 'over', after?: string): Promise<AdminTokenPage> =>
    (await call<AdminTokenPage>('/admin/tokens', { query: { state, after } })).data,

  revokeFor: async (id: string, reason: string, key: string): Promise<void> => {
    await call(`/admin/tokens/${id}/revoke`, { method: 'POST', body: { reason }, key });
  },
};
