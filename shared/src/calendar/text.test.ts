import { describe, expect, it } from 'vitest';
import { createCalendar, explainLines, limitText, parseLimit, restsBetween, restText } from './index.ts';

const calendar = createCalendar({
  hours: [],
  overrides: [{ date: '2026-07-31', kind: 'half', name: '政务网机房割接' }],
  notices: [],
});
const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);

describe('limits as text', () => {
  it.each([
    ['3d', { unit: 'days', amount: 3 }],
    ['4h', { unit: 'hours', amount: 4 }],
    ['3.5h', { unit: 'hours', amount: 3.5 }],
    ['7n', { unit: 'naturalDays', amount: 7 }],
  ])('reads %s', (text, limit) => {
    expect(parseLimit(text)).toEqual(limit);
  });

  it.each(['', '3', 'd', '0d', '0h', '1.5d', '-3d', '3 d', '3D', '1001d', '3.555h', '1e3h'])(
    'refuses 「%s」',
    (text) => {
      expect(parseLimit(text)).toBeNull();
    },
  );

  it('tells limits in words', () => {
    expect(limitText({ unit: 'days', amount: 3 })).toBe('3 个工作日');
    expect(limitText({ unit: 'hours', amount: 3.5 })).toBe('3.5 小时');
    expect(limitText({ unit: 'naturalDays', amount: 7 })).toBe('7 个自然日');
  });
});

describe('the working as lines', () => {
  it('shows each day of a limit in days and why it counts or not', () => {
    const lines = explainLines(calendar.explain(at('2026-07-30 10:00'), { unit: 'days', amount: 2 }));
    expect(lines).toEqual([
      '起算　2026年7月30日 周四 10:00',
      '时限　2 个工作日（当天不计，从下一个工作日数起，到最后一个工作日下班）',
      '  2026-07-30 周四  工作日          当天不计',
      '  2026-07-31 周五  政务网机房割接  政务网机房割接，半天不计',
      '  2026-08-01 周六  周末            周末，不计',
      '  2026-08-02 周日  周末            周末，不计',
      '  2026-08-03 周一  工作日          第 1 天',
      '  2026-08-04 周二  工作日          第 2 天，17:00 下班到期',
      '到期　2026年8月4日 周二 17:00',
    ]);
  });

  it('shows the office time of a limit in hours', () => {
    const lines = explainLines(calendar.explain(at('2026-07-03 11:00'), { unit: 'hours', amount: 7 }));
    expect(lines.slice(2)).toEqual([
      '  2026-07-03 周五  工作日  11:00–12:00、13:30–17:00 计 4 小时 30 分，还差 2 小时 30 分',
      '  2026-07-04 周六  周末    周末，不计',
      '  2026-07-05 周日  周末    周末，不计',
      '  2026-07-06 周一  工作日  08:30–11:00 计 2 小时 30 分，11:00 到期',
      '到期　2026年7月6日 周一 11:00',
    ]);
  });

  it('says that an act after hours starts the next day', () => {
    const [first] = calendar.due(at('2026-07-06 18:30'), { unit: 'hours', amount: 1 }).working;
    expect(first).toMatchObject({ role: 'start', why: '已过办公时间，不计' });
  });

  it('shows how natural days are moved and ends them at 24:00', () => {
    const lines = explainLines(calendar.explain(at('2026-07-03 09:00'), { unit: 'naturalDays', amount: 1 }));
    expect(lines.slice(2)).toEqual([
      '  2026-07-03 周五  工作日  当天不计',
      '  2026-07-04 周六  周末    第 1 天，逢周末，顺延',
      '  2026-07-05 周日  周末    周末，再顺延',
      '  2026-07-06 周一  工作日  顺延到这一天，24:00 到期',
      '到期　2026年7月6日 周一 24:00',
    ]);
  });

  it('says which year is provisional', () => {
    const lines = explainLines(calendar.explain(at('2026-12-31 10:00'), { unit: 'days', amount: 1 }));
    expect(lines.slice(-2)).toEqual([
      '2027 年放假安排未公布，先按法定节日推算，暂定',
      '到期　2027年1月4日 周一 17:00（暂定）',
    ]);
  });
});

describe('holidays on the way', () => {
  const words = (from: string, to: string): string =>
    restText(restsBetween(calendar, at(from), at(to)), at(from));

  it('says that there are none, weekends left out', () => {
    expect(words('2026-07-03 09:30', '2026-07-09 17:00')).toBe('中间没有节假日');
  });

  it('names a holiday with its days and the make-up day', () => {
    expect(words('2026-09-30 14:20', '2026-10-10 17:00')).toBe('中间国庆节放假 7 天，10月10日 周六补班');
  });

  it('names half days', () => {
    expect(words('2026-07-30 10:00', '2026-08-03 17:00')).toBe('中间7月31日 周五半天不计');
  });

  it('leaves out the day after a due time at 24:00', () => {
    expect(words('2026-09-22 10:00', '2026-09-25 00:00')).toBe('中间没有节假日');
    expect(words('2026-09-22 10:00', '2026-09-26 00:00')).toBe('中间中秋节放假 1 天');
  });

  it('says what is provisional', () => {
    expect(words('2026-12-31 10:00', '2027-01-04 17:00')).toBe(
      '中间元旦放假 1 天；2027 年放假安排未公布，暂定',
    );
  });
});
