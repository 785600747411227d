/** The calls of 平台对接. All throw ApiError. */
import type {
  AreaSwitchPreview,
  ExchangeCheck,
  ExchangeCodes,
  ExchangeLetter,
  ExchangeOverview,
} from '@minqing/shared/contract';
import { call } from '../../../api/client.ts';

export interface LetterRef {
  partnerId: string;
  way: 'in' | 'out';
  id: string;
}

interface Items<T> {
  items: T[];
}

export const exchangeApi = {
  overview: async (): Promise<ExchangeOverview> => (await call<ExchangeOverview>('/admin/exchange')).data,
  previewArea: async (areaId: string, partnerId: string | null, key: string): Promise<AreaSwitchPreview> =>
    (
      await call<AreaSwitchPreview>('/admin/exchange/areas/preview', {
        method: 'POST',
        body: { areaId, partnerId },
        key,
      })
    ).data,
  switchArea: async (areaId: string, partnerId: string | null, key: string): Promise<void> => {
    await call('/admin/exchange/areas', { method: 'PUT', body: { areaId, partnerId }, key });
  },
  codes: async (partnerId: string): Promise<ExchangeCodes> =>
    (await call<ExchangeCodes>('/admin/exchange/codes', { query: { partnerId, kind: 'unit' } })).data,
  saveCode: async (
    partnerId: string,
    code: { code: string; name: string; ours: string },
    key: string,
  ): Promise<void> => {
    await call('/admin/exchange/codes', { method: 'PUT', body: { partnerId, kind: 'unit', ...code }, key });
  },
  letters: async (partnerId: string): Promise<ExchangeLetter[]> =>
    (await call<Items<ExchangeLetter>>('/admin/exchange/letters', { query: { partnerId } })).data.items,
  retry: async (letter: LetterRef, key: string): Promise<void> => {
    await call('/admin/exchange/letters/retry', { method: 'POST', body: letter, key });
  },
  dismiss: async (letter: LetterRef, reason: string, key: string): Promise<void> => {
    await call('/admin/exchange/letters/dismiss', { method: 'POST', body: { ...letter, reason }, key });
  },
  checks: async (partnerId: string): Promise<ExchangeCheck[]> =>
    (await call<Items<ExchangeCheck>>('/admin/exchange/checks', { query: { partnerId } })).data.items,
  check: async (partnerId: string, key: string): Promise<void> => {
    await call('/admin/exchange/checks', { method: 'POST', body: { partnerId }, key });
  },
};
