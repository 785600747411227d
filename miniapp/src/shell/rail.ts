import type { IconName } from '../icons/shapes.ts';

export interface RailItem {
  to: string;
  label: string;
  icon: IconName;
  /** A dot while something waits there. */
  dot?: 'deadLetters';
}

/** What a person's grants open in a wide window. */
export interface RailRights {
  isMember: boolean;
  isStaff: boolean;
  isWatcher: boolean;
  isReader: boolean;
  isAdmin: boolean;
}

const ITEMS: readonly (RailItem & { shown(rights: RailRights): boolean })[] = [
  { to: '/bench', label: '工作台', icon: 'inbox', shown: (rights) => rights.isStaff },
  { to: '/late', label: '督办', icon: 'eye', shown: (rights) => rights.isWatcher },
  { to: '/figures', label: '驾驶舱', icon: 'chart', shown: (rights) => rights.isReader },
  { to: '/home', label: '首页', icon: 'home', shown: (rights) => rights.isMember },
  { to: '/cases', label: '民情', icon: 'list', shown: (rights) => rights.isMember },
  {
    to: '/admin/deliveries',
    label: '投递',
    icon: 'send',
    dot: 'deadLetters',
    shown: (rights) => rights.isAdmin,
  },
  { to: '/admin', label: '管理', icon: 'gear', shown: (rights) => rights.isAdmin },
];

/** The rail of a wide window, top to bottom. */
export function railOf(rights: RailRights): RailItem[] {
  return ITEMS.filter((item) => item.shown(rights)).map(({ shown: _shown, ...item }) => item);
}

const isUnder = (path: string, item: Pick<RailItem, 'to'>): boolean =>
  path === item.to || path.startsWith(`${item.to}/`);

/** The item whose pages are open: the one whose address says it most closely. */
export function openItem<I extends Pick<RailItem, 'to'>>(path: string, items: readonly I[]): I | undefined {
  return items.filter((item) => isUnder(path, item)).sort((a, b) => b.to.length - a.to.length)[0];
}
