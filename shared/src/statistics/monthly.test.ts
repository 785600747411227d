import { describe, expect, it } from 'vitest';
import { createCalendar } from '../calendar/index.ts';
import { isoShanghai } from '../time/index.ts';
import { monthlyMoment, monthName } from './monthly.ts';

const calendar = createCalendar({ hours: [], overrides: [], notices: [] });
const at = (year: number, month: number, day: number): string =>
  isoShanghai(monthlyMoment(calendar, year * 12 + month - 1, day));

describe('the moment figures of a month go out', () => {
  it.each([
    ['an ordinary month', 2026, 7, 1, '2026-07-01T08:30+08:00'],
    ['one that begins with a weekend', 2026, 8, 1, '2026-08-03T08:30+08:00'],
    ['after the holiday of October, over a make-up Saturday', 2026, 10, 3, '2026-10-10T08:30+08:00'],
    ['the tenth working day', 2026, 7, 10, '2026-07-14T08:30+08:00'],
  ])('%s', (_what, year, month, day, told) => {
    expect(at(year, month, day)).toBe(told);
  });

  it('names the month', () => {
    expect(monthName(2026 * 12 + 11)).toBe('12月');
  });
});
