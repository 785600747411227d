import { describe, expect, it } from 'vitest';
import { honeycomb, isMap, stepOf, stepsOf } from './honeycomb.ts';

const overlaps = (keys: readonly string[]): boolean => {
  const cells = honeycomb(keys);
  return cells.some((a, i) => cells.some((b, j) => i < j && a.y === b.y && Math.abs(a.x - b.x) < 1));
};

describe('areas as hexagons', () => {
  it('stand apart, on a map or in rows', () => {
    const jinhua = [
      '330702',
      '330703',
      '330781',
      '330783',
      '330782',
      '330784',
      '330726',
      '330723',
      '330727',
      '330799',
    ];
    const others = Array.from({ length: 11 }, (_, at) => `33010${at}`);
    expect([isMap(jinhua), overlaps(jinhua)]).toEqual([true, false]);
    expect([isMap(others), overlaps(others), honeycomb(others).length]).toEqual([false, false, 11]);
  });

  it('have five steps that hold every value', () => {
    const steps = stepsOf([87.6, 97.3, 91]);
    expect(steps).toEqual([89, 91, 93, 95]);
    expect([87.6, 89, 91.9, 94.9, 97.3].map((value) => stepOf(value, steps))).toEqual([0, 1, 2, 3, 4]);
    expect(stepOf(100, stepsOf([100]))).toBeLessThanOrEqual(4);
  });
});
