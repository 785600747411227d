import type { ExchangeCodeKind, ExchangePartnerView } from '@minqing/shared/contract';
import {
  areaSwitchPreview,
  codeInput,
  codeReplayed,
  exchangeChecks,
  exchangeCodes,
  exchangeLetters,
  exchangeOverview,
  newKeyView,
  partnerInput,
  partnerOffPreview,
} from '@minqing/shared/contract';
import { refuse, textOf, type MockAnswer, type MockRequest } from './answers.ts';
import { CANDIDATES, code, partner, type ExchangeWorld } from './exchange.world.ts';

type Route = [
  string,
  RegExp,
  (request: MockRequest, match: RegExpMatchArray, query: URLSearchParams) => MockAnswer,
];
const bodyOf = (request: MockRequest): Record<string, unknown> =>
  JSON.parse(new TextDecoder().decode(request.body) || '{}') as Record<string, unknown>;
const fine = (body: unknown): MockAnswer => ({ status: 200, body });

export function exchangeRoutes(world: ExchangeWorld): Route[] {
  const one = (id: string): ExchangePartnerView => world.partners.find((own) => own.id === id)!;
  const overview = (): MockAnswer => {
    const { partners, areas } = world;
    return fine(exchangeOverview.parse({ partners, areas }));
  };
  const codes = (kind: ExchangeCodeKind): MockAnswer => {
    const items = world.codes[kind].toSorted((a, b) => Number(a.ours !== '') - Number(b.ours !== ''));
    const named = new Set(items.map((own) => own.ours));
    const unnamed = CANDIDATES[kind].map((own) => own.id).filter((id) => kind !== 'state' && !named.has(id));
    return fine(exchangeCodes.parse({ items, candidates: CANDIDATES[kind], unnamed }));
  };
  const checked = (
    request: MockRequest,
    make: (value: Partial<ExchangePartnerView>) => MockAnswer,
  ): MockAnswer => {
    const parsed = partnerInput.safeParse(bodyOf(request));
    const bad = parsed.success ? parsed.data.allow.findIndex((line) => !/^[\d.]+(\/\d+)?$/.test(line)) : -1;
    const errors = parsed.success
      ? bad >= 0
        ? [{ path: `allow.${bad}`, message: `「${parsed.data.allow[bad]}」不是地址或网段` }]
        : []
      : parsed.error.issues.map((own) => ({ path: own.path.join('.'), message: own.message }));
    return errors.length > 0 || !parsed.success
      ? refuse(400, 'invalidInput', '有内容需要修改，请看标出的地方', { errors })
      : make(parsed.data);
  };
  const at = '/admin/exchange';
  return [
    ['GET', new RegExp(`^${at}$`), overview],
    [
      'POST',
      new RegExp(`^${at}/partners$`),
      (request) =>
        checked(request, (value) => {
          const name = value.name ?? '';
          world.partners.push(partner({ id: 'new', sentence: '还没有密钥，不能收发', ...value, name }));
          return overview();
        }),
    ],
    [
      'PUT',
      new RegExp(`^${at}/partners/([^/]+)$`),
      (request, match) =>
        checked(request, (value) => {
          Object.assign(one(match[1]!), value, value.active ? {} : { sentence: '已停用' });
          return overview();
        }),
    ],
    [
      'GET',
      new RegExp(`^${at}/partners/([^/]+)/off$`),
      (_request, match) =>
        fine(
          partnerOffPreview.parse({
            running: 12,
            sentence: `停用后与${one(match[1]!).name}不再收发消息；永康市以后受理的民情改在本系统交办、答复；在办的 12 件停在原处，要发的消息留着，重新启用后接着收发。`,
          }),
        ),
    ],
    [
      'POST',
      new RegExp(`^${at}/partners/([^/]+)/keys$`),
      (_request, match) => {
        const own = one(match[1]!);
        own.keys.unshift({
          keyId: 'knew',
          suite: own.suite,
          valid: true,
          sends: own.keys.length === 0,
          publicKey: '',
          sentence: '今天 14:46起用，对方还没用过',
        });
        return fine(
          newKeyView.parse({
            keyId: 'knew',
            secret: 'q0s2m1Zb5o0m6z9mS2Gk1m1lqTt0n5sYv4l3hV7m4dE=',
            publicKey: '',
          }),
        );
      },
    ],
    [
      'POST',
      new RegExp(`^${at}/partners/([^/]+)/keys/revoke$`),
      (request, match) => {
        const found = one(match[1]!).keys.find((own) => own.keyId === bodyOf(request).keyId);
        Object.assign(found ?? {}, { valid: false, sends: false, sentence: '今天 14:46已停用' });
        return overview();
      },
    ],
    [
      'POST',
      new RegExp(`^${at}/areas/preview$`),
      () =>
        fine(
          areaSwitchPreview.parse({
            here: 4,
            there: 0,
            sentence:
              '义乌市以后受理的民情由三服务小管家（永康）交办、答复。已受理的不变：本系统在办 4 件、平台在办 0 件，都在原处办完。',
          }),
        ),
    ],
    [
      'PUT',
      new RegExp(`^${at}/areas$`),
      (request) => {
        const { areaId, partnerId } = bodyOf(request);
        const found = world.areas.find((own) => own.areaId === areaId);
        Object.assign(found ?? {}, { partnerId, since: '今天 14:46起' });
        return overview();
      },
    ],
    [
      'GET',
      new RegExp(`^${at}/codes$`),
      (_request, _match, query) => codes(query.get('kind') as ExchangeCodeKind),
    ],
    [
      'PUT',
      new RegExp(`^${at}/codes$`),
      (request) => {
        const parsed = codeInput.safeParse(bodyOf(request));
        if (!parsed.success) {
          const errors = parsed.error.issues.map((own) => ({
            path: own.path.join('.'),
            message: own.message,
          }));
          return refuse(400, 'invalidInput', '有内容需要修改，请看标出的地方', { errors });
        }
        const { kind, code: id, name, ours } = parsed.data;
        const known = world.codes[kind].find((own) => own.code === id);
        world.codes[kind] = [
          ...world.codes[kind].filter((own) => own !== known),
          code(id, name, ours, known?.waiting ?? 0),
        ];
        return codes(kind);
      },
    ],
    [
      'DELETE',
      new RegExp(`^${at}/codes$`),
      (_request, _match, query) => {
        const kind = query.get('kind') as ExchangeCodeKind;
        world.codes[kind] = world.codes[kind].filter((own) => own.code !== query.get('code'));
        return codes(kind);
      },
    ],
    [
      'POST',
      new RegExp(`^${at}/codes/replay$`),
      (request) => {
        const body = bodyOf(request);
        const found = world.codes[body.kind as ExchangeCodeKind].find((own) => own.code === body.code);
        Object.assign(found ?? {}, { waiting: 0 });
        world.replayed.push(textOf(body.code));
        world.letters = world.letters.filter((own) => own.missing?.code !== body.code);
        Object.assign(one('sfw'), { held: 0, unmatched: 0 });
        return fine(codeReplayed.parse({ done: 1, left: 0, sentence: '1 件民情的消息已接着处理' }));
      },
    ],
    ['GET', new RegExp(`^${at}/letters$`), () => fine(exchangeLetters.parse({ items: world.letters }))],
    [
      'POST',
      new RegExp(`^${at}/letters/(retry|dismiss)$`),
      (request) => {
        world.letters = world.letters.filter((own) => own.id !== bodyOf(request).id);
        return fine(exchangeLetters.parse({ items: world.letters }));
      },
    ],
    ['GET', new RegExp(`^${at}/checks$`), () => fine(exchangeChecks.parse({ items: world.checks }))],
    [
      'POST',
      new RegExp(`^${at}/checks$`),
      () => {
        world.checks.unshift({ atText: '今天 14:46', sentence: '214 件，一致', findings: [] });
        return fine(exchangeChecks.parse({ items: world.checks }));
      },
    ],
  ];
}
