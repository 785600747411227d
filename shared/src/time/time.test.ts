import { describe, expect, it } from 'vitest';
import {
  clockText,
  dateText,
  dayText,
  deadlineText,
  durationText,
  fullDeadlineText,
  fullMomentText,
  hoursText,
  isoShanghai,
  isoShanghaiFull,
  leftText,
  minuteOfDay,
  momentText,
  overText,
  parseInstant,
  shanghaiDate,
  usedText,
} from './index.ts';

const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
const now = at('2026-07-07 14:40');

describe('moments', () => {
  it.each([
    ['2026-07-07 14:20', '今天 14:20'],
    ['2026-07-07 00:00', '今天 00:00'],
    ['2026-07-07 23:59', '今天 23:59'],
    ['2026-07-06 09:30', '昨天 09:30'],
    ['2026-07-08 08:41', '明天 08:41'],
    ['2026-07-05 23:59', '7月5日 周日 23:59'],
    ['2026-07-09 17:00', '7月9日 周四 17:00'],
    ['2027-01-04 08:30', '2027年1月4日 周一 08:30'],
    ['2025-12-31 16:00', '2025年12月31日 周三 16:00'],
  ])('tells %s as %s', (moment, text) => {
    expect(momentText(at(moment), now)).toBe(text);
  });

  it('calls the day before new year 昨天 although the year is another', () => {
    expect(momentText(at('2026-12-31 16:00'), at('2027-01-01 00:05'))).toBe('昨天 16:00');
  });

  it('goes by the day in China where the machine’s day is still another', () => {
    expect(shanghaiDate(Date.parse('2026-07-06T16:00:00Z'))).toBe('2026-07-07');
    expect(shanghaiDate(Date.parse('2026-07-06T15:59:59Z'))).toBe('2026-07-06');
  });

  it('cuts seconds off instead of rounding up', () => {
    expect(clockText(at('2026-07-07 14:20') + 59_999)).toBe('14:20');
  });

  it('tells days and dates', () => {
    expect(dayText(at('2026-07-09 17:00'), now)).toBe('7月9日 周四');
    expect(dayText(now, now)).toBe('今天');
    expect(dateText(at('2026-07-07 17:00'), now)).toBe('7月7日');
    expect(dateText(at('2027-07-07 17:00'), now)).toBe('2027年7月7日');
    expect(fullMomentText(now)).toBe('2026年7月7日 周二 14:40');
  });

  it('tells a due time at midnight as 24:00 of the day that ends', () => {
    expect(deadlineText(at('2026-07-15 00:00'), now)).toBe('7月14日 周二 24:00');
    expect(deadlineText(at('2026-07-08 00:00'), now)).toBe('今天 24:00');
    expect(deadlineText(at('2026-07-09 17:00'), now)).toBe('7月9日 周四 17:00');
    expect(fullDeadlineText(at('2027-01-01 00:00'))).toBe('2026年12月31日 周四 24:00');
  });
});

describe('lengths of working time', () => {
  it.each([
    [15 * 60, '2 天 1 小时'],
    [15 * 60 + 59, '2 天 1 小时'],
    [14 * 60, '2 天'],
    [14 * 60 + 30, '2 天'],
    [420, '1 天'],
    [419.9, '6 小时 59 分'],
    [200, '3 小时 20 分'],
    [360, '6 小时'],
    [59, '59 分'],
    [0.5, '不到 1 分'],
    [0, '0 分'],
    [-5, '0 分'],
  ])('leaves %d minutes as %s', (minutes, text) => {
    expect(leftText(minutes)).toBe(text);
  });

  it.each([
    [120, '超 2 小时'],
    [-150, '超 2 小时'],
    [18 * 60, '超 2 天 4 小时'],
    [420, '超 1 天'],
    [20, '超 20 分'],
    [0.2, '刚超期'],
  ])('is over by %d minutes as %s', (minutes, text) => {
    expect(overText(minutes)).toBe(text);
  });

  it.each([
    [630, '1.5 个工作日'],
    [420, '1.0 个工作日'],
    [441, '1.1 个工作日'],
    [440, '1.0 个工作日'],
    [21, '0.1 个工作日'],
    [20, '不到 0.1 个工作日'],
    [0, '0.0 个工作日'],
  ])('used %d minutes as %s', (minutes, text) => {
    expect(usedText(minutes)).toBe(text);
  });

  it('tells plain lengths and hours', () => {
    expect(durationText(11 * 60 + 19)).toBe('11 小时 19 分');
    expect(durationText(42)).toBe('42 分钟');
    expect(durationText(420)).toBe('7 小时');
    expect(hoursText(630)).toBe('10.5 小时');
    expect(hoursText(420)).toBe('7 小时');
  });

  it('does not lose a minute to the sum of fractions', () => {
    expect(leftText(0.1 + 0.2 + 59.7)).toBe('1 小时');
  });
});

describe('ISO 8601', () => {
  it('writes the time of China to the minute and without loss', () => {
    expect(isoShanghai(at('2026-10-10 17:00'))).toBe('2026-10-10T17:00+08:00');
    expect(isoShanghaiFull(at('2026-10-10 17:00'))).toBe('2026-10-10T17:00:00+08:00');
    expect(isoShanghaiFull(at('2026-10-10 17:00') + 7)).toBe('2026-10-10T17:00:00.007+08:00');
  });

  it.each([
    '2026-09-30T16:00+08:00',
    '2026-09-30T16:00:00+0800',
    '2026-09-30T08:00Z',
    '2026-09-30T08:00:00.000Z',
    '2026-09-30T03:30-04:30',
  ])('reads %s', (text) => {
    expect(parseInstant(text)).toBe(at('2026-09-30 16:00'));
  });

  it('reads back what it writes', () => {
    for (const ms of [0, -1, 1_782_955_200_123, at('2024-02-29 23:59')]) {
      expect(parseInstant(isoShanghaiFull(ms))).toBe(ms);
    }
  });

  it('reads 24:00 as the end of the day', () => {
    expect(parseInstant('2026-07-14T24:00+08:00')).toBe(at('2026-07-15 00:00'));
  });

  it.each([
    '',
    '2026-09-30',
    '2026-09-30T16:00',
    '2026-02-30T16:00+08:00',
    '2026-09-30T24:01+08:00',
    '2026-09-30T16:60+08:00',
    '2026-9-30T16:00+08:00',
    '2026-09-30 16:00+08:00',
    '2026-09-30T16:00+19:00',
    'Wed Sep 30 2026',
  ])('refuses 「%s」', (text) => {
    expect(parseInstant(text)).toBeNull();
  });

  it('reads times of day', () => {
    expect(minuteOfDay('08:30')).toBe(510);
    expect(minuteOfDay('24:00')).toBe(1440);
    expect(minuteOfDay('24:01')).toBeNull();
    expect(minuteOfDay('8:30')).toBeNull();
  });
});
