import { describe, expect, it } from 'vitest';
import { createCalendar, holidaysOf, noticeYears, statutoryDays } from './index.ts';

/** Every date from the first to the last, of one month or over its end. */
function run(first: string, last: string): string[] {
  const dates: string[] = [];
  for (let ms = Date.parse(`${first}T00:00Z`); ms <= Date.parse(`${last}T00:00Z`); ms += 86_400_000) {
    dates.push(new Date(ms).toISOString().slice(0, 10));
  }
  return dates;
}
const datesOf = (year: number, kind: 'off' | 'work'): string[] =>
  holidaysOf(year)
    .filter((holiday) => holiday.kind === kind)
    .map((holiday) => holiday.date);

describe('holidays by notice', () => {
  it('knows the notice of 2025', () => {
    expect(datesOf(2025, 'off')).toEqual([
      '2025-01-01',
      ...run('2025-01-28', '2025-02-04'),
      ...run('2025-04-04', '2025-04-06'),
      ...run('2025-05-01', '2025-05-05'),
      ...run('2025-05-31', '2025-06-02'),
      ...run('2025-10-01', '2025-10-08'),
    ]);
    expect(datesOf(2025, 'work')).toEqual([
      '2025-01-26',
      '2025-02-08',
      '2025-04-27',
      '2025-09-28',
      '2025-10-11',
    ]);
  });

  it('knows the notice of 2026', () => {
    expect(datesOf(2026, 'off')).toEqual([
      ...run('2026-01-01', '2026-01-03'),
      ...run('2026-02-15', '2026-02-23'),
      ...run('2026-04-04', '2026-04-06'),
      ...run('2026-05-01', '2026-05-05'),
      ...run('2026-06-19', '2026-06-21'),
      ...run('2026-09-25', '2026-09-27'),
      ...run('2026-10-01', '2026-10-07'),
    ]);
    expect(datesOf(2026, 'work')).toEqual([
      '2026-01-04',
      '2026-02-14',
      '2026-02-28',
      '2026-05-09',
      '2026-09-20',
      '2026-10-10',
    ]);
  });

  it('knows notices of every year from 2004 on, in order', () => {
    expect(noticeYears.slice(0, 3)).toEqual([2004, 2005, 2006]);
    expect(noticeYears).toContain(2026);
  });
});

describe('holidays by law', () => {
  it('fixes 13 days of 2027, lunar festivals and 清明 included', () => {
    expect([...statutoryDays(2027)].sort().map(([date, rule]) => `${date} ${rule.name}`)).toEqual([
      '2027-01-01 元旦',
      '2027-02-05 春节',
      '2027-02-06 春节',
      '2027-02-07 春节',
      '2027-02-08 春节',
      '2027-04-05 清明节',
      '2027-05-01 劳动节',
      '2027-05-02 劳动节',
      '2027-06-09 端午节',
      '2027-09-15 中秋节',
      '2027-10-01 国庆节',
      '2027-10-02 国庆节',
      '2027-10-03 国庆节',
    ]);
  });

  it('names a day that is two festivals after both', () => {
    expect(statutoryDays(2028).get('2028-10-03')?.name).toBe('国庆节、中秋节');
  });

  it('still knows the fixed dates beyond the lunar tables', () => {
    expect(statutoryDays(2150).get('2150-10-01')?.name).toBe('国庆节');
    expect(statutoryDays(2150).size).toBe(6);
  });

  it('agrees with every notice since the days were last raised', () => {
    for (const year of noticeYears.filter((known) => known >= 2025)) {
      const off = new Set(datesOf(year, 'off'));
      expect([...statutoryDays(year).keys()].filter((date) => !off.has(date))).toEqual([]);
    }
  });

  it('finds 春节, 清明, 端午 and 中秋 on days that were free by every notice since 2008', () => {
    const calendar = createCalendar({ hours: [], overrides: [], notices: [] });
    for (const year of noticeYears.filter((known) => known >= 2008)) {
      const moving = [...statutoryDays(year)].filter(([, rule]) => /清明|端午|中秋|春节/.test(rule.name));
      const eve = moving.findIndex(([, rule]) => rule.name === '春节');
      // 除夕 was no statutory holiday in every year before 2025.
      const dates = moving.filter((_, index) => index !== eve).map(([date]) => date);
      expect(dates.length).toBeGreaterThanOrEqual(5);
      expect(dates.filter((date) => calendar.dayKind(date).kind !== 'off')).toEqual([]);
    }
  });
});
