import { describe, expect, it } from 'vitest';
import { corpus } from './corpus.ts';
import { validate } from './validation.ts';

describe('suggestions on reports the model has not seen', () => {
  const all = corpus();

  it('name the lead unit far better than habit does', () => {
    const m = validate(all, 'unit');
    expect(m.asked).toBeGreaterThan(280);
    expect(m.commonest).toBeLessThan(0.1);
    expect(m.top1).toBeGreaterThan(0.55);
    expect(m.top3).toBeGreaterThan(0.84);
  });

  it('are right more often where they are made than where they are not', () => {
    const unit = validate(all, 'unit');
    expect(unit.coverage).toBeGreaterThan(0.5);
    expect(unit.rightWhenSpoken).toBeGreaterThan(unit.top1 + 0.08);
    expect(unit.calibrationError).toBeLessThan(0.18);
    const category = validate(all, 'category');
    expect(category.top3).toBeGreaterThan(0.65);
    expect(category.rightWhenSpoken).toBeGreaterThan(0.7);
    expect(category.calibrationError).toBeLessThan(0.15);
  });

  it('are not found where labels mean nothing', () => {
    const labels = all.map((lesson) => lesson.unitId);
    const shifted = all.map((lesson, i) => ({
      ...lesson,
      unitId: labels[(i + 101) % labels.length] ?? null,
    }));
    expect(validate(shifted, 'unit').top1).toBeLessThan(0.15);
  });

  it('name the same on every run', () => {
    expect(validate(all, 'unit')).toEqual(validate(corpus(), 'unit'));
  });
});
