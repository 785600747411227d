/** The calls about one's accounts in several messengers. All throw ApiError. */
import type { LinkCode, LinkOutcome, LinkPage, MyAccounts } from '@minqing/shared/contract';
import { call } from '../../api/client.ts';

export const accountsApi = {
  mine: async (): Promise<MyAccounts> => (await call<MyAccounts>('/me/accounts')).data,

  /** Another code each time; the one before is worth nothing any more. */
  makeCode: async (key: string): Promise<LinkCode> =>
    (await call<LinkCode>('/me/accounts/code', { method: 'POST', body: {}, key })).data,

  useCode: async (linkCode: string, key: string): Promise<LinkOutcome> =>
    (await call<LinkOutcome>('/me/accounts/link', { method: 'POST', body: { linkCode }, key })).data,

  leave: async (accountId: string, key: string): Promise<void> => {
    await call(`/me/accounts/${accountId}/leave`, { method: 'POST', body: {}, key });
  },

  links: async (state: 'open' | 'decided', after?: string): Promise<LinkPage> =>
    (await call<LinkPage>('/admin/links', { query: { state, after } })).data,

  decide: async (linkId: string, what: 'confirm' | 'refuse' | 'undo', key: string): Promise<void> => {
    await call(`/admin/links/${linkId}/${what}`, { method: 'POST', body: {}, key });
  },
};
