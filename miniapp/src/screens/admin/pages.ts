/**
 * The pages of 管理: one line each, in the order of the second column. A page joins by its line here and its component;
 * a page that is not built yet has no line. The component's root is AdminPane.
 */
import type { Component } from 'vue';
import type { IconName } from '../../icons/shapes.ts';

export interface AdminPage {
  /** Stands in the address: `#/admin/<id>`. */
  id: string;
  label: string;
  group: AdminGroup;
  icon: IconName;
  load: () => Promise<{ default: Component }>;
  /** Needs the whole width: stands without the column beside it. */
  whole?: boolean;
  /** The number beside its name, of what waits there; none while it is zero. */
  number?: 'deadLetters' | 'stuck';
  /** Stands in the lists only while something waits there. */
  onlyWith?: boolean;
}

/** The groups of the column, top to bottom; within one, the lines' own order. */
export const ADMIN_GROUPS = ['单位与人员', '规则', '系统'] as const;
export type AdminGroup = (typeof ADMIN_GROUPS)[number];

export const ADMIN_PAGES: readonly AdminPage[] = [
  // 单位与人员
  {
    id: 'areas',
    label: '地区与单位',
    group: '单位与人员',
    icon: 'team',
    load: () => import('./areas/AreasPage.vue'),
  },
  {
    id: 'people',
    label: '人员与角色',
    group: '单位与人员',
    icon: 'user',
    load: () => import('./people/PeoplePage.vue'),
  },
  {
    id: 'away',
    label: '请假代办',
    group: '单位与人员',
    icon: 'swap',
    load: () => import('./away/AwayPage.vue'),
  },
  {
    id: 'contacts',
    label: '通讯录同步',
    group: '单位与人员',
    icon: 'retry',
    load: () => import('./contacts/ContactsPage.vue'),
  },
  {
    id: 'links',
    label: '关联账号',
    group: '单位与人员',
    icon: 'user',
    load: () => import('./links/LinksPage.vue'),
  },
  {
    id: 'import',
    label: '批量导入',
    group: '单位与人员',
    icon: 'out',
    load: () => import('./imports/ImportPage.vue'),
  },
  // 规则: 分类, 时限与通知, 工作日历, 评价与整改
  {
    id: 'limits',
    label: '时限与规则',
    group: '规则',
    icon: 'clock',
    load: () => import('./policies/PoliciesPage.vue'),
  },
  {
    id: 'calendar',
    label: '工作日历',
    group: '规则',
    icon: 'calendar',
    load: () => import('./calendar/CalendarPage.vue'),
  },
  {
    id: 'categories',
    label: '类别与问题',
    group: '规则',
    icon: 'grid',
    load: () => import('./catalogue/CategoriesPage.vue'),
  },
  {
    id: 'reasons',
    label: '理由与常用语',
    group: '规则',
    icon: 'chat',
    load: () => import('./catalogue/ReasonsPage.vue'),
  },
  {
    id: 'dispatch',
    label: '派单目录',
    group: '规则',
    icon: 'swap',
    load: () => import('./catalogue/DispatchPage.vue'),
  },
  {
    id: 'texts',
    label: '通知与卡片文字',
    group: '规则',
    icon: 'pen',
    load: () => import('./catalogue/TextsPage.vue'),
  },
  {
    id: 'statistics',
    label: '统计口径',
    group: '规则',
    icon: 'chart',
    load: () => import('./statistics/StatisticsPage.vue'),
  },
  // 系统: 平台对接, 投递记录, 卡住的民情, 操作审计
  {
    id: 'exchange',
    label: '平台对接',
    group: '系统',
    icon: 'swap',
    load: () => import('./exchange/ExchangePage.vue'),
  },
  {
    id: 'origins',
    label: '前端来源',
    group: '系统',
    icon: 'out',
    load: () => import('./origins/OriginsPage.vue'),
  },
  {
    id: 'deliveries',
    label: '投递记录',
    group: '系统',
    icon: 'send',
    load: () => import('./deliveries/DeliveriesPage.vue'),
    whole: true,
    number: 'deadLetters',
  },
  {
    id: 'stuck',
    label: '卡住的民情',
    group: '系统',
    icon: 'alert',
    load: () => import('./stuck/StuckPage.vue'),
    number: 'stuck',
    onlyWith: true,
  },
  {
    id: 'audit',
    label: '操作审计',
    group: '系统',
    icon: 'file',
    load: () => import('./audit/AuditPage.vue'),
  },
  {
    id: 'tokens',
    label: '访问令牌',
    group: '系统',
    icon: 'key',
    load: () => import('./tokens/TokensPage.vue'),
  },
  {
    id: 'webhooks',
    label: '推送订阅',
    group: '系统',
    icon: 'send',
    load: () => import('./webhooks/WebhooksPage.vue'),
  },
];

/** The groups that have a page, each with its pages. */
export function groupsOf(pages: readonly AdminPage[]): { group: AdminGroup; pages: AdminPage[] }[] {
  return ADMIN_GROUPS.map((group) => ({ group, pages: pages.filter((page) => page.group === group) })).filter(
    ({ pages: own }) => own.length > 0,
  );
}
