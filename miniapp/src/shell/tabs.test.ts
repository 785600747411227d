import { describe, expect, it } from 'vitest';
import { tabsOf } from './tabs.ts';

const labels = (member: boolean, staff: boolean): string[] =>
  tabsOf(member, staff, staff).map((tab) => tab.label);

describe('the tabs of a person', () => {
  it('are what their grants give them to do, then themselves', () => {
    expect(labels(true, false)).toEqual(['首页', '民情', '我的']);
    expect(labels(false, true)).toEqual(['办件', '统计', '我的']);
    expect(labels(true, true)).toEqual(['首页', '民情', '办件', '统计', '我的']);
    expect(tabsOf(false, false, true).map((tab) => tab.label)).toEqual(['统计', '我的']);
    expect(labels(false, false)).toEqual(['我的']);
  });
});
