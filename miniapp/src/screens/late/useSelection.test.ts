import type { LateGroup, LateItem } from '@minqing/shared/contract';
import { describe, expect, it } from 'vitest';
import { useSelection } from './useSelection.ts';

const group = (key: string, late: number, unitMoves: number): LateGroup => ({
  key,
  name: key,
  late,
  unitMoves,
  running: late,
  stages: [],
  longestText: '',
  reasonsText: '',
  urgedText: '',
});
const item = (id: string, unit = true): LateItem => ({ id, unit }) as LateItem;
const police = group('police', 18, 17);
const office = group('office', 2, 0);

describe('what is ticked', () => {
  it('a group stands for what is its unit’s to end, unread cases included', () => {
    const ticks = useSelection(() => [police, office]);
    ticks.toggleGroup(police);
    expect([ticks.count.value, ticks.stateOf(police), ticks.has('police', item('a'))]).toEqual([
      17,
      'some',
      true,
    ]);
    expect(ticks.has('police', item('b', false))).toBe(false);
    expect(ticks.asked()).toEqual({ groups: [{ key: 'police', except: [] }], caseIds: [] });
  });

  it('a case is taken out of its group again, and a case that is not the unit’s is added by itself', () => {
    const ticks = useSelection(() => [police, office]);
    ticks.toggleGroup(police);
    ticks.toggleItem('police', item('a'));
    ticks.toggleItem('police', item('b', false));
    expect(ticks.count.value).toBe(17);
    expect(ticks.asked()).toEqual({ groups: [{ key: 'police', except: ['a'] }], caseIds: ['b'] });
    ticks.toggleItem('police', item('a'));
    expect([ticks.count.value, ticks.stateOf(police)]).toEqual([18, 'all']);
    ticks.toggleGroup(police);
    expect([ticks.count.value, ticks.stateOf(police)]).toEqual([0, 'none']);
  });

  it('a partly ticked group becomes whole at the next tick', () => {
    const ticks = useSelection(() => [police]);
    ticks.toggleItem('police', item('a'));
    expect([ticks.count.value, ticks.stateOf(police)]).toEqual([1, 'some']);
    ticks.toggleGroup(police);
    expect(ticks.count.value).toBe(17);
    ticks.toggleItem('police', item('a'));
    ticks.toggleGroup(police);
    expect(ticks.asked()).toEqual({ groups: [{ key: 'police', except: [] }], caseIds: [] });
    expect(ticks.count.value).toBe(17);
  });

  it('all leaves out what is not for a unit to end, and lets go of everything', () => {
    const ticks = useSelection(() => [police, office]);
    ticks.toggleAll();
    expect([ticks.count.value, ticks.state.value, ticks.touched.value.map((g) => g.key)]).toEqual([
      17,
      'all',
      ['police'],
    ]);
    ticks.toggleItem('office', item('c', false));
    expect(ticks.count.value).toBe(18);
    ticks.toggleAll();
    expect([ticks.count.value, ticks.state.value]).toEqual([0, 'none']);
  });

  it('a group with nothing for its unit ticks nothing, and lets go of what was ticked in it', () => {
    const ticks = useSelection(() => [office]);
    ticks.toggleGroup(office);
    expect(ticks.count.value).toBe(0);
    ticks.toggleItem('office', item('c', false));
    ticks.toggleGroup(office);
    expect(ticks.count.value).toBe(0);
  });
});
