import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fill, hasStrayBrace, partsOf, variablesOf, wordingOf } from './index.ts';

describe('words with variables', () => {
  it('fall into their pieces', () => {
    expect(partsOf('还剩 {剩余时间}，请{动作}')).toEqual([
      { text: '还剩 ' },
      { variable: '剩余时间' },
      { text: '，请' },
      { variable: '动作' },
    ]);
    expect(variablesOf('{甲}{乙}{甲}')).toEqual(['甲', '乙']);
  });

  it('are put together again as they were, whatever was typed', () => {
    fc.assert(fc.property(fc.string(), (text) => wordingOf(partsOf(text)) === text));
  });

  it('take each value once: one that looks like a variable stays what it is', () => {
    expect(fill('{标题}：{时限}', { 标题: '{时限}', 时限: '17:00' })).toBe('{时限}：17:00');
    expect(fill('$&{标题}$1', { 标题: '$& <b>' })).toBe('$&$& <b>$1');
  });

  it('leave nothing where a value is missing, and take none from the prototype', () => {
    expect(fill('在{没有}{constructor}{__proto__}前', {})).toBe('在前');
  });

  it.each([
    ['{标题}', false],
    ['没有变量', false],
    ['少了一半 {标题', true],
    ['多了一半 标题}', true],
    ['{{标题}}', true],
  ])('tell a brace that is no variable: %s', (text, stray) => {
    expect(hasStrayBrace(text)).toBe(stray);
  });
});
