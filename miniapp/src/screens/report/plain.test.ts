import { describe, expect, it } from 'vitest';
import { inOnePiece, inParts } from './plain.ts';

const parts = { situation: '早上排队\n晚上也排', analysis: '配时不变', suggestion: '按车流设置' };

describe('a report in one piece', () => {
  it('names its parts, and falls into them again', () => {
    const text = inOnePiece(parts);
    expect(text).toBe('早上排队\n晚上也排\n分析：配时不变\n建议：按车流设置');
    expect(inParts(text ?? '')).toEqual(parts);
  });

  it('leaves out what was not written', () => {
    expect(inOnePiece({ situation: '排队', analysis: ' ', suggestion: '' })).toBe('排队');
    expect(inParts('排队\n一直这样')).toEqual({ situation: '排队\n一直这样', analysis: '', suggestion: '' });
  });

  it('is not made of parts that are too long for it, nor cut into parts that would be', () => {
    expect(inOnePiece({ ...parts, analysis: '长'.repeat(1_000), situation: '长'.repeat(1_000) })).toBeNull();
    const long = `排队\n分析：${'长'.repeat(1_001)}`;
    expect(inParts(long)).toEqual({ situation: long, analysis: '', suggestion: '' });
  });
});
