import { describe, expect, it } from 'vitest';
import { logSummary, readLogEntry, whoText } from './log-words.js';

const CALL = {
  seq: 7,
  time: '2026-07-07T14:42:07+08:00',
  direction: 'in',
  operation: '更新卡片',
  api: 'card.update',
  ms: 96.4,
};

describe('a line of the messenger’s log', () => {
  it('tells a success with its time', () => {
    expect(readLogEntry({ ...CALL, verdict: 'ok', status: 200 })).toMatchObject({
      tone: 'ok',
      verdict: '成功 96 毫秒',
      toApp: false,
    });
    expect(readLogEntry({ ...CALL, direction: 'out', verdict: 'ok' })).toMatchObject({
      verdict: '已应答 96 毫秒',
      toApp: true,
    });
  });

  it('keeps trouble somebody asked for apart from real trouble', () => {
    expect(readLogEntry({ ...CALL, verdict: 'refused', status: 403, fault: 'throttle' })).toMatchObject({
      tone: 'fault',
      verdict: '403 限流，稍后重试',
    });
    expect(readLogEntry({ ...CALL, verdict: 'refused', status: 400, code: 'param.error' })).toMatchObject({
      tone: 'bad',
      verdict: '400 不准：param.error',
    });
  });

  it('names people, and counts them when they are many', () => {
    const entry = readLogEntry({ ...CALL, personIds: ['a', 'b', 'c'] });
    const names: Record<string, string> = { a: '林淑芬', b: '方敏', c: '陈洁' };
    expect(whoText(entry, (id) => names[id])).toBe('林淑芬 等 3 人');
    expect(whoText(readLogEntry({ ...CALL, recipients: ['u1'] }), () => undefined)).toBe('u1');
  });

  it('adds up one day only', () => {
    const entries = [{ verdict: 'ok' }, { verdict: 'lost' }, { verdict: 'refused', fault: 'throttle' }].map(
      (more) => readLogEntry({ ...CALL, ...more }),
    );
    expect(logSummary(entries, () => true)).toBe('今天 3 次调用，1 次按要求出错，1 次没办成');
    expect(logSummary(entries, () => false)).toBe('今天 0 次调用');
  });
});
