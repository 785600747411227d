import type { IconName } from '../icons/shapes.ts';

export interface RailItem {
  to: string;
  label: string;
  icon: IconName;
}

/** What a person's grants open in a wide window. */
export interface RailRights {
  isMember: boolean;
  isStaff: boolean;
  isWatcher: boolean;
  isAdmin: boolean;
}

const ITEMS: readonly (RailItem & { shown(rights: RailRights): boolean })[] = [
  { to: '/bench', label: '工作台', icon: 'inbox', shown: (rights) => rights.isStaff },
  { to: '/late', label: '督办', icon: 'eye', shown: (rights) => rights.isWatcher },
  { to: '/home', label: '首页', icon: 'home', shown: (rights) => rights.isMember },
  { to: '/cases', label: '民情', icon: 'list', shown: (rights) => rights.isMember },
  { to: '/admin', label: '管理', icon: 'gear', shown: (rights) => rights.isAdmin },
];

/** The rail of a wide window, top to bottom. */
export function railOf(rights: RailRights): RailItem[] {
  return ITEMS.filter((item) => item.shown(rights)).map(({ to, label, icon }) => ({ to, label, icon }));
}

/** True while the address lies under the item's own. */
export function isUnder(path: string, item: Pick<RailItem, 'to'>): boolean {
  return path === item.to || path.startsWith(`${item.to}/`);
}
