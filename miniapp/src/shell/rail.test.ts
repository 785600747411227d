import { describe, expect, it } from 'vitest';
import { isUnder, railOf } from './rail.ts';

const labels = (isMember: boolean, isStaff: boolean, isAdmin: boolean): string[] =>
  railOf({ isMember, isStaff, isAdmin }).map((item) => item.label);

describe('the rail of a wide window', () => {
  it('holds what the grants open', () => {
    expect(labels(false, true, false)).toEqual(['工作台']);
    expect(labels(true, true, false)).toEqual(['工作台', '首页', '民情']);
    expect(labels(false, false, true)).toEqual(['管理']);
    expect(labels(false, true, true)).toEqual(['工作台', '管理']);
  });

  it('lights the item whose pages are open, not one whose address merely begins alike', () => {
    expect(isUnder('/bench/c1', { to: '/bench' })).toBe(true);
    expect(isUnder('/benchmark', { to: '/bench' })).toBe(false);
  });
});
