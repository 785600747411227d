import { describe, expect, it } from 'vitest';
import { openItem, railOf, type RailRights } from './rail.ts';

const NOBODY: RailRights = {
  isMember: false,
  isStaff: false,
  isWatcher: false,
  isReader: false,
  isAdmin: false,
};
const labels = (rights: Partial<RailRights>): string[] =>
  railOf({ ...NOBODY, ...rights }).map((item) => item.label);

describe('the rail of a wide window', () => {
  it('holds what the grants open', () => {
    expect(labels({ isStaff: true })).toEqual(['工作台']);
    expect(labels({ isStaff: true, isWatcher: true })).toEqual(['工作台', '督办']);
    expect(labels({ isWatcher: true, isReader: true })).toEqual(['督办', '驾驶舱']);
    expect(labels({ isMember: true, isStaff: true })).toEqual(['工作台', '首页', '民情']);
    expect(labels({ isAdmin: true })).toEqual(['投递', '管理']);
    expect(labels({ isStaff: true, isAdmin: true })).toEqual(['工作台', '投递', '管理']);
  });

  it('lights the item whose pages are open, not one whose address merely begins alike', () => {
    const items = [{ to: '/bench' }, { to: '/admin' }, { to: '/admin/deliveries' }];
    expect(openItem('/bench/c1', items)).toEqual({ to: '/bench' });
    expect(openItem('/benchmark', items)).toBeUndefined();
    expect(openItem('/admin/deliveries', items)).toEqual({ to: '/admin/deliveries' });
    expect(openItem('/admin/audit', items)).toEqual({ to: '/admin' });
  });
});
