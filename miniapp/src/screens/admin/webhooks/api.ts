/** The calls about webhooks. All throw ApiError. */
import type {
  WebhookDeliveryDetail,
  WebhookDeliveryPage,
  WebhookList,
  WebhookMade,
  WebhookReplayed,
  WebhookValue,
  WebhookView,
} from '@minqing/shared/contract';
import type { WebhookDeliveryState } from '@minqing/shared/webhooks';
import { call } from '../../../api/client.ts';

const BASE = '/admin/webhooks';
const post = async <T>(path: string, body: object, key: string): Promise<T> =>
  (await call<T>(path, { method: 'POST', body, key })).data;

export const webhooksApi = {
  list: async (): Promise<WebhookView[]> => (await call<WebhookList>(BASE)).data.items,
  add: (areaId: string, value: WebhookValue, key: string): Promise<WebhookMade> =>
    post(BASE, { areaId, ...value }, key),
  change: async (id: string, seen: number, value: WebhookValue, key: string): Promise<WebhookView> =>
    (await call<WebhookView>(`${BASE}/${id}`, { method: 'PUT', body: { seen, ...value }, key })).data,
  remove: async (id: string, key: string): Promise<void> => {
    await call(`${BASE}/${id}`, { method: 'DELETE', key });
  },
  setActive: (id: string, active: boolean, key: string): Promise<WebhookView> =>
    post(`${BASE}/${id}/switch`, { active }, key),
  renewSecret: (id: string, key: string): Promise<WebhookMade> => post(`${BASE}/${id}/secret`, {}, key),
  test: (id: string, key: string): Promise<WebhookView> => post(`${BASE}/${id}/test`, {}, key),
  replay: (id: string, fromSeq: string, toSeq: string, key: string): Promise<WebhookReplayed> =>
    post(`${BASE}/${id}/replay`, { fromSeq, toSeq }, key),
  deliveries: async (
    id: string,
    state: WebhookDeliveryState | undefined,
    after?: string,
  ): Promise<WebhookDeliveryPage> =>
    (await call<WebhookDeliveryPage>(`${BASE}/${id}/deliveries`, { query: { state, after } })).data,
  delivery: async (id: string, deliveryId: string): Promise<WebhookDeliveryDetail> =>
    (await call<WebhookDeliveryDetail>(`${BASE}/${id}/deliveries/${deliveryId}`)).data,
  resend: async (id: string, deliveryId: string, key: string): Promise<void> => {
    await post(`${BASE}/${id}/deliveries/${deliveryId}/resend`, {}, key);
  },
};
