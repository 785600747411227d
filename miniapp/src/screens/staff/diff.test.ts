import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffText } from './diff.ts';

const shown = (before: string, after: string): string =>
  diffText(before, after)
    .map((run) => ({ same: run.text, gone: `-${run.text}-`, new: `+${run.text}+` })[run.kind])
    .join('');

describe('what an edit did to a text', () => {
  it('is told in phrases, what went before what came', () => {
    expect(shown('上班那会儿排队很长很长，没什么车', '上班高峰排队约 200 米，没什么车')).toBe(
      '上班-那会儿-+高峰+排队-很长很长-+约 200 米+，没什么车',
    );
  });

  it('is nothing when nothing changed', () => {
    expect(diffText('一样的话', '一样的话')).toEqual([{ kind: 'same', text: '一样的话' }]);
    expect(diffText('', '')).toEqual([]);
  });

  it('does not keep a lone shared character between two changes', () => {
    expect(shown('甲乙丙，丁戊己', '子丑寅，卯辰巳')).toBe('-甲乙丙，丁戊己-+子丑寅，卯辰巳+');
  });

  it('gives back both texts, whatever they are', () => {
    const words = fc.string({ unit: fc.constantFrom('路', '灯', '，', '\n', '😀', 'a'), maxLength: 60 });
    fc.assert(
      fc.property(words, words, (before, after) => {
        const runs = diffText(before, after);
        const text = (without: string): string =>
          runs
            .filter((run) => run.kind !== without)
            .map((run) => run.text)
            .join('');
        expect(text('new')).toBe(before);
        expect(text('gone')).toBe(after);
      }),
    );
  });

  it('answers for the longest texts that may be written', () => {
    const before = '一二三四五'.repeat(300);
    expect(shown(before, `${before.slice(0, 700)}改了${before.slice(720)}`)).toContain('+改了+');
  });
});
