import type { WebhookDeliveryDetail, WebhookValue, WebhookView } from '@minqing/shared/contract';
import {
  webhookDeliveryDetail,
  webhookDeliveryPage,
  webhookList,
  webhookMade,
  webhookReplayed,
  webhookValue,
  webhookView,
} from '@minqing/shared/contract';
import { refuse, type MockAnswer, type MockRequest } from './answers.ts';

/** Webhooks in the mock: two subscriptions, and what was sent to them. */
export interface WebhookWorld {
  hooks: WebhookView[];
  deliveries: WebhookDeliveryDetail[];
  replays: { fromSeq: string; toSeq: string }[];
}

const SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD/l5WkVzRAQ8=';
const CITY = { id: 'jinhua', name: '金华市' };
let made = 0;
const uuid = (): string => `20000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`;

const hook = (value: Partial<WebhookView> & { name: string }): WebhookView => ({
  id: uuid(),
  url: 'https://hooks.jhdata.example.cn/minqing/events',
  events: ['submit', 'accept', 'dispatch', 'reply', 'settle', 'publish'],
  level: 'outline',
  basis: '',
  area: CITY,
  state: 'on',
  stateText: '正常',
  version: 1,
  waiting: 0,
  failed: 0,
  lastText: '最近 今天 14:36 送达',
  createdText: '7月1日创建',
  oldSecretText: '',
  ...value,
});

const delivery = (seq: number, more: Partial<WebhookDeliveryDetail>): WebhookDeliveryDetail => ({
  id: uuid(),
  seq,
  type: 'case.accept',
  label: '受理',
  number: 'JH-2026-000123',
  state: 'sent',
  stateText: '今天 14:36 送达',
  attempts: 1,
  createdText: '今天 14:36',
  payload: JSON.stringify({
    type: 'case.accept',
    timestamp: '2026-07-06T14:36:00+08:00',
    data: { seq, number: 'JH-2026-000123', state: 'accepted' },
  }),
  tries: [
    {
      at: '2026-07-06T14:36:01+08:00',
      atText: '今天 14:36',
      ms: 84,
      status: 204,
      problem: '',
      answer: '',
    },
  ],
  ...more,
});

export function createWebhookWorld(): WebhookWorld {
  return {
    hooks: [
      hook({ name: '市大数据局' }),
      hook({
        name: '12345 热线平台',
        url: 'https://open.12345.example.cn/hooks/cppcc',
        level: 'content',
        basis: '热线与政协数据共享协议 2026-3',
        state: 'failing',
        stateText: '今天 09:12 起推送不通，还会再试，3 条在等',
        waiting: 3,
      }),
    ],
    deliveries: [
      delivery(1_204, {
        type: 'case.dispatch',
        label: '交办',
        state: 'waiting',
        stateText: '试了 2 次没通，30 分钟后再试',
        attempts: 2,
        tries: [
          {
            at: '2026-07-06T14:20:00+08:00',
            atText: '今天 14:20',
            ms: 10_003,
            status: null,
            problem: '对方 10 秒内没有回答',
            answer: '',
          },
          {
            at: '2026-07-06T14:19:00+08:00',
            atText: '今天 14:19',
            ms: 120,
            status: 502,
            problem: '对方回答 502',
            answer: '<html>Bad Gateway</html>',
          },
        ],
      }),
      delivery(1_203, {}),
    ],
    replays: [],
  };
}

type Route = [
  string,
  RegExp,
  (request: MockRequest, match: RegExpMatchArray, query: URLSearchParams) => MockAnswer,
];
const bodyOf = (request: MockRequest): Record<string, unknown> =>
  JSON.parse(new TextDecoder().decode(request.body) || '{}') as Record<string, unknown>;
const fine = (body: unknown): MockAnswer => ({ status: 200, body });

export function webhookRoutes(world: WebhookWorld): Route[] {
  const change = (id: string, to: Partial<WebhookView>): MockAnswer => {
    const found = world.hooks.find((one) => one.id === id);
    if (!found) {
      return refuse(404, 'notFound', '没有这个推送订阅，请刷新');
    }
    Object.assign(found, to, { version: found.version + 1 });
    return fine(webhookView.parse(found));
  };
  const checked = (request: MockRequest, make: (value: WebhookValue) => MockAnswer): MockAnswer => {
    const parsed = webhookValue.safeParse(bodyOf(request));
    const errors = parsed.success
      ? parsed.data.url.startsWith('https://')
        ? []
        : [{ path: 'url', message: '请用 https:// 开头的地址，http 没有加密' }]
      : parsed.error.issues.map((one) => ({ path: one.path.join('.'), message: one.message }));
    return errors.length > 0 || !parsed.success
      ? refuse(400, 'invalidInput', '有内容需要修改，请看标出的地方', { errors })
      : make(parsed.data);
  };
  const at = '/admin/webhooks/([^/]+)';
  return [
    ['GET', /^\/admin\/webhooks$/, () => fine(webhookList.parse({ items: world.hooks }))],
    [
      'POST',
      /^\/admin\/webhooks$/,
      (request) =>
        checked(request, (value) => {
          const fresh = hook({ ...value, lastText: '还没有推送过', createdText: '7月6日创建' });
          world.hooks.push(fresh);
          return fine(webhookMade.parse({ webhook: fresh, secret: SECRET }));
        }),
    ],
    ['PUT', new RegExp(`^${at}$`), (request, match) => checked(request, (value) => change(match[1]!, value))],
    [
      'DELETE',
      new RegExp(`^${at}$`),
      (_request, match) => {
        world.hooks = world.hooks.filter((one) => one.id !== match[1]);
        return fine({});
      },
    ],
    [
      'POST',
      new RegExp(`^${at}/switch$`),
      (request, match) =>
        change(
          match[1]!,
          bodyOf(request).active
            ? { state: 'on', stateText: '正常' }
            : { state: 'off', stateText: '已停用，停用期间的进展不推送，启用后可以补推' },
        ),
    ],
    [
      'POST',
      new RegExp(`^${at}/secret$`),
      (_request, match) => {
        change(match[1]!, { oldSecretText: '旧密钥还能用一天' });
        const webhook = world.hooks.find((one) => one.id === match[1]);
        return fine(webhookMade.parse({ webhook, secret: SECRET }));
      },
    ],
    [
      'POST',
      new RegExp(`^${at}/test$`),
      (_request, match) => {
        world.deliveries.unshift(delivery(0, { type: 'webhook.test', label: '试推', number: '' }));
        return change(match[1]!, {});
      },
    ],
    [
      'POST',
      new RegExp(`^${at}/replay$`),
      (request) => {
        world.replays.push(bodyOf(request) as { fromSeq: string; toSeq: string });
        return fine(webhookReplayed.parse({ count: 2 }));
      },
    ],
    [
      'GET',
      new RegExp(`^${at}/deliveries$`),
      (_request, _match, query) => {
        const state = query.get('state');
        const items = world.deliveries.filter((one) => !state || one.state === state);
        return fine(webhookDeliveryPage.parse({ items, after: null, lastSeq: 1_204 }));
      },
    ],
    [
      'GET',
      new RegExp(`^${at}/deliveries/([^/]+)$`),
      (_request, match) =>
        fine(webhookDeliveryDetail.parse(world.deliveries.find((one) => one.id === match[2]))),
    ],
    [
      'POST',
      new RegExp(`^${at}/deliveries/([^/]+)/resend$`),
      (_request, match) => {
        const found = world.deliveries.find((one) => one.id === match[2]);
        Object.assign(found ?? {}, { state: 'waiting', attempts: 0, stateText: '马上推送' });
        return fine({});
      },
    ],
  ];
}
