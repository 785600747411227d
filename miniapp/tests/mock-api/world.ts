import type {
  CaseItem,
  CaseView,
  CategoryView,
  DraftView,
  MeView,
  PhraseView,
} from '@minqing/shared/contract';
import { createAccountsWorld, type AccountsWorld } from './accounts.ts';
import { createAdminWorld, type AdminWorld } from './admin.ts';
import { createWatchWorld, type WatchWorld } from './watch.ts';
import { createAssistWorld, type AssistWorld } from './assist.ts';
import { createOffices, type Offices } from './offices.ts';
import { CATEGORIES, PHRASES } from './catalogue.ts';
import { askedCase, handlingCase, itemOf, left, nearCase, returnedCase, story } from './cases.ts';
import { createExchangeWorld, type ExchangeWorld } from './exchange.world.ts';
import { createWebhookWorld, type WebhookWorld } from './webhooks.ts';
import { createTokenWorld, type TokenWorld } from './tokens.ts';
import { createLateWorld, type LateWorld } from './late.ts';
import { staffWorld } from './staff.ts';
import { COMMITTEE, ENFORCEMENT, PEOPLE, TRAFFIC } from './people.ts';

export interface StoredFile {
  id: string;
  name: string;
  bytes: number;
  type: string;
  offset: number;
}

/** Everything the mock remembers. Tests change it freely. */
export interface World {
  people: Record<string, MeView>;
  /** Rows of the member's own list, newest first; `cases` holds what a row opens. */
  mine: CaseItem[];
  cases: Map<string, CaseView>;
  /** Rows of each staff queue, by `desk/queue`, a desk being `role:unit`. */
  lists: Map<string, CaseItem[]>;
  drafts: Map<string, DraftView>;
  files: Map<string, StoredFile>;
  categories: CategoryView[];
  phrases: PhraseView[];
  accounts: AccountsWorld;
  admin: AdminWorld;
  watch: WatchWorld;
  assist: AssistWorld;
  offices: Offices;
  late: LateWorld;
  tokens: TokenWorld;
  webhooks: WebhookWorld;
  exchange: ExchangeWorld;
  /** Answers given, by Idempotency-Key. */
  done: Map<string, { status: number; body: unknown }>;
}

const TITLES: readonly [string, CaseItem['left'], string, number | null][] = [
  [
    '李渔路小学门口放学时段接送拥堵',
    left('green', '还剩 2 天 2 小时', '7月9日 周四 17:00 前答复'),
    '市教育局办理中',
    null,
  ],
  [
    '三江街道老旧小区加装电梯补贴到账慢',
    left('amber', '还剩 2 小时', '今天 17:00 前答复'),
    '市建设局办理中',
    null,
  ],
  [
    '江南街道农贸市场排水沟长期堵塞',
    left('red', '超 2 小时', '今天 12:00 前答复'),
    '婺城区住建局办理中',
    null,
  ],
  ['多湖街道夜间渣土车扬尘扰民', null, '已办结，5 星', 5],
  ['八一南街公交站台遮雨棚破损', null, '已办结，4 星', 4],
  ['湖海塘公园儿童游乐区地面开裂', null, '已办结，5 星', 5],
];

/** A member's world around the reference story; `PEOPLE` sign on by their key. */
export function createWorld(): World {
  const cases = new Map<string, CaseView>();
  for (const view of [
    story('c-story'),
    askedCase('c-asked'),
    handlingCase('c-handling'),
    returnedCase('c-returned'),
    nearCase('c-near'),
  ]) {
    cases.set(view.id, view);
  }
  const rows = TITLES.map(([title, clock, next, rating], at): CaseItem => {
    const id = `c-${at + 1}`;
    const view = { ...handlingCase(id), number: `JH-2026-0001${10 + at}` };
    view.content = { ...view.content, title };
    cases.set(id, view);
    return itemOf(view, {
      left: clock,
      next,
      rating,
      state: rating ? 'closed' : 'handling',
      stateLabel: rating ? '已办结' : '办理中',
      mine: false,
    });
  });
  const mine = [
    itemOf(cases.get('c-story')!, { next: '等您评价' }),
    itemOf(cases.get('c-asked')!, { next: '等您回答' }),
    ...rows,
  ];
  return {
    people: structuredClone(PEOPLE),
    mine,
    cases,
    lists: staffWorld(cases),
    drafts: new Map(),
    files: new Map(),
    categories: structuredClone(CATEGORIES),
    phrases: structuredClone(PHRASES),
    assist: createAssistWorld(),
    accounts: createAccountsWorld(),
    admin: createAdminWorld(),
    offices: createOffices(),
    late: createLateWorld(),
    watch: createWatchWorld(),
    tokens: createTokenWorld(),
    webhooks: createWebhookWorld(),
    exchange: createExchangeWorld(),
    done: new Map(),
  };
}

export const REFERENCE = {
  categories: CATEGORIES,
  areas: [
    { id: 'jinhua', name: '金华市', tier: 'city', parentId: 'zhejiang', receivedBy: COMMITTEE.id },
    { id: 'wucheng', name: '婺城区', tier: 'county', parentId: 'jinhua', receivedBy: COMMITTEE.id },
    { id: 'jindong', name: '金东区', tier: 'county', parentId: 'jinhua', receivedBy: COMMITTEE.id },
    { id: 'lanxi', name: '兰溪市', tier: 'county', parentId: 'jinhua', receivedBy: COMMITTEE.id },
    { id: 'yiwu', name: '义乌市', tier: 'county', parentId: 'jinhua', receivedBy: COMMITTEE.id },
  ],
  committees: [{ ...COMMITTEE, areaId: 'jinhua' }],
};

export const UNITS = [
  { ...TRAFFIC, areaId: 'jinhua', type: 'department' },
  { ...ENFORCEMENT, areaId: 'jinhua', type: 'department' },
  { id: 'transport', name: '市交通运输局', shortName: '交通局', areaId: 'jinhua', type: 'department' },
  { id: 'health', name: '市卫生健康委员会', shortName: '卫健委', areaId: 'jinhua', type: 'department' },
  {
    id: 'jindong-police',
    name: '金东区公安分局',
    shortName: '金东公安',
    areaId: 'jindong',
    type: 'department',
  },
  {
    id: 'wucheng-enforcement',
    name: '婺城区综合行政执法局',
    shortName: '婺城执法',
    areaId: 'wucheng',
    type: 'department',
  },
];
