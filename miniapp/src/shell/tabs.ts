import type { IconName } from '../icons/shapes.ts';
import type { TabName } from '../router.ts';

export interface Tab {
  name: TabName;
  to: string;
  label: string;
  icon: IconName;
}

const HOME: Tab = { name: 'home', to: '/home', label: '首页', icon: 'home' };
const CASES: Tab = { name: 'cases', to: '/cases', label: '民情', icon: 'list' };
const DESK: Tab = { name: 'desk', to: '/desk', label: '办件', icon: 'inbox' };
const FIGURES: Tab = { name: 'figures', to: '/figures', label: '统计', icon: 'chart' };
const ME: Tab = { name: 'me', to: '/me', label: '我的', icon: 'user' };

/** The tabs of a person: what their grants give them to do, then themselves. */
export function tabsOf(isMember: boolean, isStaff: boolean, isReader: boolean): Tab[] {
  return [...(isMember ? [HOME, CASES] : []), ...(isStaff ? [DESK] : []), ...(isReader ? [FIGURES] : []), ME];
}
