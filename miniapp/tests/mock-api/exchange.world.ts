import type {
  ExchangeCheck,
  ExchangeCode,
  ExchangeCodeKind,
  ExchangeLetter,
  ExchangeOverview,
  ExchangePartnerView,
} from '@minqing/shared/contract';

/** 平台对接 in the mock: one platform with messages that wait for a code, and a second without a key. */
export interface ExchangeWorld extends ExchangeOverview {
  letters: ExchangeLetter[];
  codes: Record<ExchangeCodeKind, ExchangeCode[]>;
  checks: ExchangeCheck[];
  replayed: string[];
}

type Candidates = Record<ExchangeCodeKind, { id: string; name: string }[]>;
export const CANDIDATES: Candidates = {
  unit: [
    { id: 'yk-jy', name: '永康市教育局' },
    { id: 'yk-ga', name: '永康市公安局' },
    { id: 'yk-zj', name: '永康市住房和城乡建设局' },
    { id: 'yk-zf', name: '永康市综合行政执法局' },
    { id: 'yk-jt', name: '永康市交通运输局' },
  ],
  category: [
    { id: 'traffic', name: '交通出行' },
    { id: 'school', name: '教育' },
  ],
  state: [
    { id: 'accepted', name: '待交办' },
    { id: 'dispatched', name: '待签收' },
    { id: 'handling', name: '办理中' },
    { id: 'replied', name: '待评价' },
    { id: 'closed', name: '已办结' },
  ],
};

export const partner = (
  value: Partial<ExchangePartnerView> & { id: string; name: string },
): ExchangePartnerView => ({
  baseUrl: 'https://sfw.yk.example.cn/sfw/v1',
  suite: 'hmac-sha256',
  allow: [],
  sharePhone: false,
  sealHistory: true,
  active: true,
  keys: [],
  sentence: '正常',
  checked: '',
  waiting: 0,
  dead: 0,
  held: 0,
  unmatched: 0,
  seen: 'first',
  ...value,
});

export const code = (one: string, name: string, ours: string, waiting = 0): ExchangeCode => ({
  code: one,
  name,
  ours,
  oursName:
    Object.values(CANDIDATES)
      .flat()
      .find((own) => own.id === ours)?.name ?? '',
  waiting,
});

export function createExchangeWorld(): ExchangeWorld {
  return {
    partners: [
      partner({
        id: 'sfw',
        name: '三服务小管家（永康）',
        allow: ['10.12.0.0/16', '10.40.3.8'],
        keys: [
          {
            keyId: 'kmb2f0x1a9c4',
            suite: 'hmac-sha256',
            valid: true,
            sends: false,
            publicKey: '',
            sentence: '今天 09:12起用，对方还没用过',
          },
          {
            keyId: 'km9q41d07e2b',
            suite: 'hmac-sha256',
            valid: true,
            sends: true,
            publicKey: '',
            sentence: '4月2日 10:00起用，7月9日 09:12停用，发送用这一把',
          },
        ],
        sentence: '正常，2 条待发',
        checked: '今天 06:00 对账，一致',
        waiting: 2,
        held: 1,
        dead: 1,
        unmatched: 1,
      }),
      partner({
        id: 'other',
        name: '城市大脑（义乌）',
        suite: 'sm2-sm3',
        sentence: '还没有密钥，不能收发',
      }),
    ],
    areas: [
      { areaId: 'jinhua', name: '金华市', partnerId: null, since: '' },
      { areaId: 'yongkang', name: '永康市', partnerId: 'sfw', since: '7月1日 09:00起' },
      { areaId: 'yiwu', name: '义乌市', partnerId: null, since: '' },
    ],
    letters: [
      {
        id: 'm1',
        way: 'in',
        caseId: 'c1',
        number: 'YK-2026-000031',
        title: '望春小学门口接送车辆占道',
        what: '交办',
        why: '代码没有对应，已保留，等管理员对应（单位 YK-JT）',
        missing: { kind: 'unit', code: 'YK-JT' },
        atText: '今天 10:21',
        behind: 2,
      },
      {
        id: 'm2',
        way: 'out',
        caseId: 'c2',
        number: 'YK-2026-000028',
        title: '解放街窨井盖松动',
        what: '委员补充情况',
        why: '附件取不到或校验不对，已保留，稍后再取（现场.jpg）',
        missing: null,
        atText: '今天 09:40',
        behind: 0,
      },
    ],
    codes: {
      unit: [
        code('YK-JT', '', '', 3),
        code('YK-GA', '市公安局', 'yk-ga'),
        code('YK-JY', '市教育局', 'yk-jy'),
        code('YK-ZF', '市综合行政执法局', 'yk-zf'),
      ],
      category: [],
      state: [
        code('CXB', '重新办理', ''),
        code('BLZ', '办理中', 'handling'),
        code('DPD', '待派单', 'accepted'),
        code('DQS', '待签收', 'dispatched'),
      ],
    },
    checks: [
      { atText: '今天 06:00', sentence: '214 件，一致', findings: [] },
      {
        atText: '昨天 06:00',
        sentence: '212 件，1 件不同，已修复 1 件',
        findings: [{ number: 'YK-2026-000019', text: '平台少了我们的消息，已补发', repaired: true }],
      },
    ],
    replayed: [],
  };
}
