import { describe, expect, it } from 'vitest';
import { getHolidaysInRange, getWorkdaysInRange } from 'chinese-days';
import { dayWord, momentText } from './time.js';
import { isWorkday, nextWorkdayMorning } from './workday.js';

describe('the next working day', () => {
  it('agrees with the published calendar on every day of 2026', () => {
    const work = getWorkdaysInRange('2026-01-01', '2026-12-31', true);
    const off = getHolidaysInRange('2026-01-01', '2026-12-31', true);
    expect(work.length + off.length).toBe(365);
    expect(work.filter((day) => !isWorkday(day))).toEqual([]);
    expect(off.filter((day) => isWorkday(day))).toEqual([]);
  });

  it('is always a later calendar day, at 08:30 in China', () => {
    const morning = (from: string) => new Date(nextWorkdayMorning(Date.parse(from))).toISOString();
    expect(morning('2026-07-07T00:10:00+08:00')).toBe('2026-07-08T00:30:00.000Z');
    expect(morning('2026-09-30T23:50:00+08:00')).toBe('2026-10-08T00:30:00.000Z');
    expect(morning('2026-10-09T14:00:00+08:00')).toBe('2026-10-10T00:30:00.000Z');
  });
});

describe('days in words', () => {
  const now = Date.parse('2026-07-07T00:30:00+08:00');

  it('are counted in China, not where the machine stands', () => {
    expect(momentText(Date.parse('2026-07-06T23:59:00+08:00'), now)).toBe('昨天 23:59');
    expect(dayWord(Date.parse('2026-07-08T08:00:00+08:00'), now)).toBe('明天');
  });

  it('name the year only when it is another one', () => {
    expect(dayWord(Date.parse('2026-07-03T09:30:00+08:00'), now)).toBe('7月3日 周五');
    expect(dayWord(Date.parse('2025-12-31T09:30:00+08:00'), now)).toBe('2025年12月31日 周三');
  });
});
