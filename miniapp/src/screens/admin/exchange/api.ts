/** The calls of 平台对接. All throw ApiError. */
import type {
  AreaSwitchPreview,
  CodeReplayed,
  ExchangeCheck,
  ExchangeCodeKind,
  ExchangeCodes,
  ExchangeLetter,
  ExchangeOverview,
  NewKeyView,
  PartnerOffPreview,
  PartnerValue,
} from '@minqing/shared/contract';
import { call } from '../../../api/client.ts';

export interface LetterRef {
  partnerId: string;
  way: 'in' | 'out';
  id: string;
}

export interface CodeRef {
  partnerId: string;
  kind: ExchangeCodeKind;
  code: string;
}

/** `ours` is empty for a code that means nothing here. */
export interface CodeValue extends CodeRef {
  name: string;
  ours: string;
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
  addPartner: async (value: PartnerValue, key: string): Promise<ExchangeOverview> =>
    (await call<ExchangeOverview>('/admin/exchange/partners', { method: 'POST', body: value, key })).data,
  changePartner: async (id: string, value: PartnerValue & { seen: string }, key: string): Promise<void> => {
    await call(`/admin/exchange/partners/${id}`, { method: 'PUT', body: value, key });
  },
  previewOff: async (id: string): Promise<PartnerOffPreview> =>
    (await call<PartnerOffPreview>(`/admin/exchange/partners/${id}/off`)).data,
  newKey: async (
    id: string,
    wish: { overlapHours: number; theirPublic?: string },
    key: string,
  ): Promise<NewKeyView> =>
    (await call<NewKeyView>(`/admin/exchange/partners/${id}/keys`, { method: 'POST', body: wish, key })).data,
  revokeKey: async (id: string, keyId: string, key: string): Promise<void> => {
    await call(`/admin/exchange/partners/${id}/keys/revoke`, { method: 'POST', body: { keyId }, key });
  },
  codes: async (partnerId: string, kind: ExchangeCodeKind): Promise<ExchangeCodes> =>
    (await call<ExchangeCodes>('/admin/exchange/codes', { query: { partnerId, kind } })).data,
  saveCode: async (code: CodeValue, key: string): Promise<void> => {
    await call('/admin/exchange/codes', { method: 'PUT', body: code, key });
  },
  removeCode: async ({ partnerId, kind, code }: CodeRef, key: string): Promise<void> => {
    await call('/admin/exchange/codes', { method: 'DELETE', query: { partnerId, kind, code }, key });
  },
  replayCode: async ({ partnerId, kind, code }: CodeRef, key: string): Promise<CodeReplayed> =>
    (
      await call<CodeReplayed>('/admin/exchange/codes/replay', {
        method: 'POST',
        body: { partnerId, kind, code },
        key,
      })
    ).data,
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
