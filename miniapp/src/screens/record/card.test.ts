import type { MemberRecord } from '@minqing/shared/contract';
import { describe, expect, it } from 'vitest';
import { cardWords, linesOf } from './card.ts';

const RECORD: MemberRecord = {
  seq: 1,
  asOf: '2026-07-07T15:00:00+08:00',
  asOfText: '截至 7月7日 周二 15:00',
  year: 2026,
  years: [2026],
  name: '林淑芬',
  sentence: '您提的民情，解决了 7 个问题',
  detail: '',
  submitted: 12,
  accepted: 11,
  closed: 9,
  solved: 7,
  supported: 3,
  adopted: 0,
  months: [],
  points: { total: 46, cap: null, uncapped: 46, comparison: '', items: [] },
  stars: { mean: 4.3, rated: 9, five: 5, text: '9 件，五星 5 件' },
};

describe('年度卡片', () => {
  it('speaks for the member and leaves out what there is none of', () => {
    const words = cardWords(RECORD);
    expect(words.sentence).toBe('我提的民情，解决了 7 个问题');
    expect(words.numbers.map(({ label, value }) => `${label}${value}`)).toEqual([
      '提交12',
      '受理11',
      '办结9',
      '解决7',
      '附议3',
    ]);
    expect(words.footer).toBe('答复得星 4.3，9 件，五星 5 件 · 截至 7月7日 周二 15:00');
    expect(words.spoken).toContain('提交 12 件，受理 11 件，办结 9 件，解决 7 件，附议 3 件');
  });

  it('says nothing of stars before anything was rated', () => {
    const words = cardWords({ ...RECORD, stars: { mean: null, rated: 0, five: 0, text: '' } });
    expect(words.footer).toBe('截至 7月7日 周二 15:00');
    expect(words.spoken).not.toContain('得星');
  });

  it('breaks a sentence after a comma rather than inside a word, and where it must otherwise', () => {
    const measure = (text: string): number => text.length;
    expect(linesOf('我提的民情，解决了 7 个问题', 12, measure)).toEqual(['我提的民情，', '解决了 7 个问题']);
    expect(linesOf('短句', 12, measure)).toEqual(['短句']);
    expect(linesOf('一二三四五六七', 3, measure)).toEqual(['一二三', '四五六', '七']);
  });
});
