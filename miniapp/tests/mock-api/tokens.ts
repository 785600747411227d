import type { AdminToken, TokenView } from '@minqing/shared/contract';
import { adminTokenPage, myTokens, tokenMade } from '@minqing/shared/contract';
import { TOKEN_SCOPES, type TokenScope } from '@minqing/shared/words';
import { refuse, textOf, type MockAnswer, type MockRequest } from './answers.ts';

/** Access tokens in the mock: one's own, and those of an administrator's people. */
export interface TokenWorld {
  own: TokenView[];
  all: AdminToken[];
}

const OFFERS: TokenScope[] = ['cases:read', 'cases:file', 'cases:write', 'open311:file'];
let made = 0;

const token = (name: string, scopes: TokenScope[], more: Partial<TokenView> = {}): TokenView => ({
  id: `10000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`,
  name,
  hint: 'mqp_Xq3vB0…',
  scopes: scopes.map((scope) => ({ scope, label: TOKEN_SCOPES[scope].label })),
  state: 'live',
  stateText: '10月4日到期',
  createdText: '7月6日创建',
  expiresAt: '2026-10-05T00:00:00+08:00',
  lastUsedAt: null,
  lastUsedText: '还没有用过',
  ...more,
});

export function createTokenWorld(): TokenWorld {
  const used = { lastUsedAt: '2026-07-06T14:20:00+08:00', lastUsedText: '今天 14:20 用过，来自 10.12.0.8' };
  return {
    own: [
      token('市民热线对接', ['cases:read', 'open311:file'], used),
      token('旧脚本', ['cases:read'], { state: 'expired', stateText: '6月30日已过期' }),
    ],
    all: [
      {
        ...token('市民热线对接', ['cases:read', 'open311:file'], used),
        person: { id: 'lin', name: '林淑芬', title: '市政协委员' },
      },
      {
        ...token('大屏取数', ['statistics:read']),
        person: { id: 'zheng', name: '郑卫平', title: '督查室主任' },
      },
    ],
  };
}

type Route = [
  string,
  RegExp,
  (request: MockRequest, match: RegExpMatchArray, query: URLSearchParams) => MockAnswer,
];
const bodyOf = (request: MockRequest): Record<string, unknown> =>
  JSON.parse(new TextDecoder().decode(request.body) || '{}') as Record<string, unknown>;

function revoke(list: TokenView[], id: string, stateText: string): MockAnswer {
  const found = list.find((one) => one.id === id);
  if (!found) {
    return refuse(404, 'notFound', '没有这个访问令牌，请刷新');
  }
  Object.assign(found, { state: 'revoked', stateText });
  return { status: 200, body: {} };
}

export function tokenRoutes(world: TokenWorld): Route[] {
  return [
    [
      'GET',
      /^\/tokens$/,
      () => ({
        status: 200,
        body: myTokens.parse({
          items: world.own,
          offers: OFFERS.map((scope) => ({ scope, ...TOKEN_SCOPES[scope] })),
        }),
      }),
    ],
    [
      'POST',
      /^\/tokens$/,
      (request) => {
        const { name, scopes = [] } = bodyOf(request) as { name?: string; scopes?: TokenScope[] };
        const errors = [
          ...(textOf(name) ? [] : [{ path: 'name', message: '请写一个名字，以后好认' }]),
          ...(scopes.length > 0 ? [] : [{ path: 'scopes', message: '请至少勾选一项权限' }]),
        ];
        if (errors.length > 0) {
          return refuse(400, 'invalidInput', '有内容需要修改，请看标出的地方', { errors });
        }
        const fresh = token(textOf(name), scopes);
        world.own.unshift(fresh);
        return {
          status: 200,
          body: tokenMade.parse({ token: fresh, secret: 'mqp_Xq3vB0z1sV9kTt6mYw2RrE4uI8oPaSdFgHjKlZxCvBn' }),
        };
      },
    ],
    ['DELETE', /^\/tokens\/([^/]+)$/, (_request, match) => revoke(world.own, match[1]!, '7月6日由本人撤销')],
    [
      'GET',
      /^\/admin\/tokens$/,
      (_request, _match, query) => {
        const live = query.get('state') !== 'over';
        return {
          status: 200,
          body: adminTokenPage.parse({
            items: world.all.filter((one) => (one.state === 'live') === live),
            after: null,
            sentence: `现在有 ${world.all.filter((one) => one.state === 'live').length} 个访问令牌有效`,
          }),
        };
      },
    ],
    [
      'POST',
      /^\/admin\/tokens\/([^/]+)\/revoke$/,
      (request, match) => {
        const reason = textOf(bodyOf(request).reason);
        return reason
          ? revoke(world.all, match[1]!, `7月6日由黄志强撤销：${reason}`)
          : refuse(400, 'invalidInput', '有内容需要修改，请看标出的地方', {
              errors: [{ path: 'reason', message: '请写明原因，本人会看到' }],
            });
      },
    ],
  ];
}
