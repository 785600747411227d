import { createRouter, createWebHashHistory, type RouteRecordRaw } from 'vue-router';
import { host } from './host/index.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** Words of the messenger's title bar; a screen may set its own later. */
    title?: string;
    /** Set on screens that show the tabs; names the tab that is lit. */
    tab?: TabName;
    /** Fills a wide window instead of keeping the phone's column; a narrow one scrolls as every page does. */
    wide?: boolean;
  }
}

export type TabName = 'home' | 'cases' | 'desk' | 'figures' | 'me';

/** Screens are loaded when first shown. Hash routing: a host may put the files on any path of its own origin. */
const routes: RouteRecordRaw[] = [
  { path: '/', name: 'start', component: () => import('./screens/entry/StartScreen.vue') },
  {
    path: '/home',
    name: 'home',
    component: () => import('./screens/home/HomeScreen.vue'),
    meta: { title: '民情一点通', tab: 'home' },
  },
  {
    path: '/cases',
    name: 'cases',
    component: () => import('./screens/cases/CasesScreen.vue'),
    meta: { title: '我的民情', tab: 'cases' },
  },
  {
    path: '/report/:caseId?',
    name: 'report',
    component: () => import('./screens/report/ReportScreen.vue'),
    meta: { title: '提交民情' },
  },
  {
    path: '/case/:caseId',
    name: 'case',
    component: () => import('./screens/case/CaseScreen.vue'),
    meta: { title: '民情详情' },
  },
  {
    path: '/s/:caseId',
    name: 'link',
    component: () => import('./screens/entry/LinkScreen.vue'),
    meta: { title: '民情详情' },
  },
  {
    path: '/desk',
    name: 'desk',
    component: () => import('./screens/staff/DeskScreen.vue'),
    meta: { title: '办件', tab: 'desk' },
  },
  {
    path: '/bench/:caseId?',
    name: 'bench',
    component: () => import('./screens/workbench/BenchScreen.vue'),
    meta: { title: '工作台', wide: true },
  },
  {
    path: '/figures',
    name: 'figures',
    component: () => import('./screens/figures/FiguresScreen.vue'),
    meta: { title: '统计', tab: 'figures', wide: true },
  },
  {
    path: '/figures/cases',
    name: 'figureCases',
    component: () => import('./screens/figures/FigureCases.vue'),
    meta: { title: '数字背后的民情' },
  },
  {
    path: '/wall',
    name: 'wall',
    component: () => import('./screens/wall/WallScreen.vue'),
    meta: { title: '大屏', wide: true },
  },
  {
    path: '/record',
    name: 'record',
    component: () => import('./screens/record/RecordScreen.vue'),
    meta: { title: '履职档案' },
  },
  {
    path: '/print/:caseId',
    name: 'print',
    component: () => import('./screens/print/PrintScreen.vue'),
    meta: { title: '打印办理单' },
  },
  {
    path: '/late',
    name: 'late',
    component: () => import('./screens/late/LateScreen.vue'),
    meta: { title: '督办', wide: true },
  },
  {
    path: '/admin/:page?',
    name: 'admin',
    component: () => import('./screens/admin/AdminScreen.vue'),
    meta: { title: '管理', wide: true },
  },
  {
    path: '/me',
    name: 'me',
    component: () => import('./screens/settings/MeScreen.vue'),
    meta: { title: '我的', tab: 'me' },
  },
  {
    path: '/me/tokens',
    name: 'tokens',
    component: () => import('./screens/tokens/TokensScreen.vue'),
    meta: { title: '访问令牌' },
  },
  { path: '/:rest(.*)*', redirect: '/' },
];

export const router = createRouter({
  history: createWebHashHistory(),
  routes,
  scrollBehavior: (_to, _from, saved) => saved ?? { left: 0, top: 0 },
});

/** Sets the words of the messenger's title bar and of the page. */
export function setTitle(title: string): void {
  document.title = title;
  host().setTitle(title);
}

router.afterEach((to, from) => {
  if (to.meta.title && to.path !== from.path) {
    setTitle(to.meta.title);
  }
});
