/** The calls of the delivery log. All throw ApiError. */
import type {
  DeliveriesResent,
  DeliveryChoice,
  DeliveryFilter,
  DeliveryPage,
  DeliverySummary,
  DeliveryView,
} from '@minqing/shared/contract';
import { call } from '../../../api/client.ts';

export type ListFilter = Partial<DeliveryFilter>;

export const deliveriesApi = {
  list: async (filter: ListFilter, after: string | null): Promise<DeliveryPage> =>
    (await call<DeliveryPage>('/deliveries', { query: { ...filter, after: after ?? undefined } })).data,
  summary: async (): Promise<DeliverySummary> => (await call<DeliverySummary>('/deliveries/summary')).data,
  one: async (id: string): Promise<DeliveryView> => (await call<DeliveryView>(`/deliveries/${id}`)).data,

  resend: async (which: { ids: string[] } | { filter: ListFilter }, key: string): Promise<DeliveriesResent> =>
    (await call<DeliveriesResent>('/deliveries/resend', { method: 'POST', body: which, key })).data,
  redirect: async (id: string, to: DeliveryChoice['to'], key: string): Promise<DeliveryView> =>
    (await call<DeliveryView>(`/deliveries/${id}/redirect`, { method: 'POST', body: { to }, key })).data,
  recordCall: async (
    id: string,
    told: { spokeTo: string; at: string; note: string },
    key: string,
  ): Promise<DeliveryView> =>
    (await call<DeliveryView>(`/deliveries/${id}/call`, { method: 'POST', body: told, key })).data,
};
