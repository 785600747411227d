import { describe, expect, it } from 'vitest';
import { isUnder, railOf, type RailRights } from './rail.ts';

const NOBODY: RailRights = { isMember: false, isStaff: false, isWatcher: false, isAdmin: false };
const labels = (rights: Partial<RailRights>): string[] =>
  railOf({ ...NOBODY, ...rights }).map((item) => item.label);

describe('the rail of a wide window', () => {
  it('holds what the grants open', () => {
    expect(labels({ isStaff: true })).toEqual(['工作台']);
    expect(labels({ isStaff: true, isWatcher: true })).toEqual(['工作台', '督办']);
    expect(labels({ isWatcher: true })).toEqual(['督办']);
    expect(labels({ isMember: true, isStaff: true })).toEqual(['工作台', '首页', '民情']);
    expect(labels({ isAdmin: true })).toEqual(['管理']);
    expect(labels({ isStaff: true, isAdmin: true })).toEqual(['工作台', '管理']);
  });

  it('lights the item whose pages are open, not one whose address merely begins alike', () => {
    expect(isUnder('/bench/c1', { to: '/bench' })).toBe(true);
    expect(isUnder('/benchmark', { to: '/bench' })).toBe(false);
  });
});
