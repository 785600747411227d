import { describe, expect, it } from 'vitest';
import { isoShanghai } from '../time/index.ts';
import { createCalendar, parseLimit, type CalendarData } from './index.ts';

const plain: CalendarData = { hours: [], overrides: [], notices: [] };
const calendar = createCalendar(plain);

/** A wall clock in Shanghai, `2026-07-06 09:30`, as an instant. */
function at(text: string): number {
  const ms = Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
  expect(ms).not.toBeNaN();
  return ms;
}

function told(ms: number): string {
  return isoShanghai(ms).slice(0, 16).replace('T', ' ');
}

function dueText(start: string, limit: string, data: CalendarData = plain): string {
  const parsed = parseLimit(limit);
  if (!parsed) {
    throw new Error(`bad limit in the test: ${limit}`);
  }
  return told(createCalendar(data).due(at(start), parsed).dueAt);
}

/** Start, limit, due: counted by hand on the printed calendar of the year. */
type Vector = [why: string, start: string, limit: string, due: string];

describe('limits in days', () => {
  const vectors: Vector[] = [
    ['the reference story: Monday plus three', '2026-07-06 09:30', '3d', '2026-07-09 17:00'],
    ['dispatched on a Saturday, Monday is day 1', '2026-07-04 10:00', '1d', '2026-07-06 17:00'],
    ['dispatched on a Sunday night, Monday is day 1', '2026-07-05 23:59', '1d', '2026-07-06 17:00'],
    ['on Monday at 18:30, Tuesday is day 1', '2026-07-06 18:30', '1d', '2026-07-07 17:00'],
    ['at 00:00 on Monday, Tuesday is day 1', '2026-07-06 00:00', '1d', '2026-07-07 17:00'],
    ['a Friday act runs over the weekend', '2026-07-03 16:00', '3d', '2026-07-08 17:00'],
    ['国庆 2026 with its make-up Saturday', '2026-09-30 16:00', '3d', '2026-10-10 17:00'],
    ['an act inside 国庆', '2026-10-03 12:00', '2d', '2026-10-09 17:00'],
    ['the make-up Sunday before 国庆 counts', '2026-09-18 10:00', '1d', '2026-09-20 17:00'],
    ['春节 2025 with its make-up Sunday', '2025-01-24 10:00', '3d', '2025-02-05 17:00'],
    ['the make-up Saturday after 春节 2025', '2025-02-07 10:00', '2d', '2025-02-10 17:00'],
    ['春节 2026 with its make-up Saturday', '2026-02-13 09:00', '3d', '2026-02-25 17:00'],
    ['an act on the make-up Saturday itself', '2026-02-14 16:30', '1d', '2026-02-24 17:00'],
    ['the make-up Saturday after 春节 2026', '2026-02-27 15:00', '2d', '2026-03-02 17:00'],
    ['the year boundary 2025/26: Sunday 4 January is worked', '2025-12-31 16:00', '1d', '2026-01-04 17:00'],
    ['the year boundary 2026/27', '2026-12-31 10:00', '1d', '2027-01-04 17:00'],
    ['thirty days', '2026-07-06 09:30', '30d', '2026-08-17 17:00'],
  ];
  it.each(vectors)('%s: %s + %s = %s', (_why, start, limit, due) => {
    expect(dueText(start, limit)).toBe(due);
  });
});

describe('limits in hours', () => {
  const vectors: Vector[] = [
    ['signing in the reference story', '2026-07-06 09:30', '3.5h', '2026-07-06 14:30'],
    ['review in the reference story', '2026-07-06 08:41', '7h', '2026-07-07 08:41'],
    ['dispatch in the reference story', '2026-07-06 08:58', '7h', '2026-07-07 08:58'],
    ['complete at noon, not after lunch', '2026-07-06 08:30', '3.5h', '2026-07-06 12:00'],
    ['complete at close, not next morning', '2026-07-06 13:30', '3.5h', '2026-07-06 17:00'],
    ['from noon sharp', '2026-07-06 12:00', '1h', '2026-07-06 14:30'],
    ['from the middle of lunch', '2026-07-06 12:30', '3.5h', '2026-07-06 17:00'],
    ['from midnight', '2026-07-07 00:00', '7h', '2026-07-07 17:00'],
    ['from before the office opens', '2026-07-07 07:15', '1h', '2026-07-07 09:30'],
    ['from close of business', '2026-07-06 17:00', '7h', '2026-07-07 17:00'],
    ['from late at night', '2026-07-06 23:59', '7h', '2026-07-07 17:00'],
    ['from a Saturday', '2026-07-04 10:00', '4h', '2026-07-06 14:00'],
    ['from a Friday afternoon', '2026-07-03 16:00', '7h', '2026-07-06 16:00'],
    ['over 国庆', '2026-09-30 14:20', '3.5h', '2026-10-08 09:20'],
    ['over 春节 2025', '2025-01-27 16:00', '4h', '2025-02-05 11:30'],
    ['over 春节 2026 from its make-up Saturday', '2026-02-14 16:30', '1h', '2026-02-24 09:00'],
    ['a make-up Sunday has office hours', '2026-01-04 08:00', '7h', '2026-01-04 17:00'],
  ];
  it.each(vectors)('%s: %s + %s = %s', (_why, start, limit, due) => {
    expect(dueText(start, limit)).toBe(due);
  });
});

describe('limits in natural days', () => {
  const vectors: Vector[] = [
    ['a week to rate ends at 24:00', '2026-07-07 14:41', '7n', '2026-07-15 00:00'],
    ['the day of the act is not counted even at 00:00', '2026-07-07 00:00', '1n', '2026-07-09 00:00'],
    ['ends on a Saturday, moved to Monday 24:00', '2026-07-04 09:00', '7n', '2026-07-14 00:00'],
    ['ends in 国庆, moved to 8 October 24:00', '2026-09-25 09:00', '7n', '2026-10-09 00:00'],
    ['ends on a make-up Saturday, not moved', '2026-10-03 09:00', '7n', '2026-10-11 00:00'],
    ['thirty days of silence', '2026-07-06 09:30', '30n', '2026-08-06 00:00'],
  ];
  it.each(vectors)('%s: %s + %s = %s', (_why, start, limit, due) => {
    expect(dueText(start, limit)).toBe(due);
  });
});

describe('used and left', () => {
  it('tells the reference story: 10.5 h used of 27, 2 days 2 hours early', () => {
    const used = calendar.workingMinutesBetween(at('2026-07-06 09:30'), at('2026-07-07 14:30'));
    expect(used).toBe(10.5 * 60);
    const ring = calendar.ringOf({
      now: at('2026-07-07 14:30'),
      startAt: at('2026-07-06 09:30'),
      dueAt: at('2026-07-09 17:00'),
    });
    expect(ring).toEqual({ whole: 27 * 60, used: 10.5 * 60, left: 16.5 * 60, over: 0, share: 10.5 / 27 });
  });

  it('is signed', () => {
    expect(calendar.remaining(at('2026-07-09 16:00'), at('2026-07-09 17:00'))).toBe(60);
    expect(calendar.remaining(at('2026-07-10 10:30'), at('2026-07-09 17:00'))).toBe(-120);
    expect(calendar.remaining(at('2026-07-11 10:30'), at('2026-07-10 17:00'))).toBe(0);
  });

  it('counts nothing at lunch, at night, at the weekend or on a holiday', () => {
    expect(calendar.workingMinutesBetween(at('2026-07-06 12:00'), at('2026-07-06 13:30'))).toBe(0);
    expect(calendar.workingMinutesBetween(at('2026-07-06 17:00'), at('2026-07-07 08:30'))).toBe(0);
    expect(calendar.workingMinutesBetween(at('2026-09-30 17:00'), at('2026-10-08 08:30'))).toBe(0);
  });

  it('counts 248 whole working days in 2026 and in 2025', () => {
    const minutes = calendar.workingMinutesBetween(at('2026-01-01 00:00'), at('2027-01-01 00:00'));
    expect(minutes / 420).toBe(248);
    expect(calendar.workingMinutesBetween(at('2025-01-01 00:00'), at('2026-01-01 00:00')) / 420).toBe(248);
  });

  it('keeps seconds', () => {
    expect(
      calendar.workingMinutesBetween(at('2026-07-06 09:30'), at('2026-07-06 09:30') + 30_500),
    ).toBeCloseTo(0.508333, 5);
  });
});

describe('pauses', () => {
  it('moves the due time by the working time of a pause over a holiday', () => {
    const due = calendar.extendByPause(
      at('2026-10-10 17:00'),
      at('2026-09-30 16:00'),
      at('2026-10-08 09:30'),
    );
    expect(told(due)).toBe('2026-10-12 10:30');
  });

  it('gives back what was left when the pause was longer than the rest', () => {
    const due = calendar.extendByPause(
      at('2026-07-08 17:00'),
      at('2026-07-08 16:00'),
      at('2026-07-10 12:00'),
    );
    expect(told(due)).toBe('2026-07-10 14:30');
    expect(calendar.remaining(at('2026-07-10 12:00'), due)).toBe(60);
  });

  it('moves a close of business by whole days to a close of business', () => {
    const due = calendar.extendByPause(
      at('2026-07-09 17:00'),
      at('2026-07-07 10:00'),
      at('2026-07-08 10:00'),
    );
    expect(told(due)).toBe('2026-07-10 17:00');
  });

  it('moves nothing for a pause outside office time', () => {
    const due = calendar.extendByPause(
      at('2026-07-09 17:00'),
      at('2026-07-04 10:00'),
      at('2026-07-06 08:30'),
    );
    expect(told(due)).toBe('2026-07-09 17:00');
  });

  it('refuses a pause that ends before it begins', () => {
    expect(() => calendar.extendByPause(at('2026-07-09 17:00'), 2, 1)).toThrow(RangeError);
  });
});

describe('changes by hand', () => {
  const half: CalendarData = {
    ...plain,
    overrides: [{ date: '2026-07-31', kind: 'half', name: '政务网机房割接' }],
  };

  it('gives hours clocks the morning of a half day and does not count it by days', () => {
    expect(dueText('2026-07-30 16:00', '7h', half)).toBe('2026-08-03 11:00');
    expect(dueText('2026-07-30 10:00', '1d', half)).toBe('2026-08-03 17:00');
    expect(dueText('2026-07-31 09:00', '3.5h', half)).toBe('2026-08-03 09:00');
  });

  it('ends natural days on a half day', () => {
    expect(dueText('2026-07-30 10:00', '1n', half)).toBe('2026-08-01 00:00');
  });

  it('works on a Saturday set to work and rests on a weekday set to off', () => {
    const data: CalendarData = {
      ...plain,
      overrides: [
        { date: '2026-11-14', kind: 'work', name: '进口商品博览会保障' },
        { date: '2026-12-11', kind: 'off' },
      ],
    };
    expect(dueText('2026-11-13 10:00', '1d', data)).toBe('2026-11-14 17:00');
    expect(dueText('2026-12-10 16:30', '1h', data)).toBe('2026-12-14 09:00');
    expect(createCalendar(data).dayKind('2026-12-11')).toMatchObject({
      kind: 'off',
      name: '不上班',
      reason: 'override',
    });
  });

  it('changes over to summer hours on their first day', () => {
    const data: CalendarData = {
      ...plain,
      hours: [
        {
          validFrom: '2026-10-01',
          spans: [
            ['08:30', '12:00'],
            ['13:30', '17:00'],
          ],
        },
        {
          validFrom: '2026-07-01',
          spans: [
            ['08:00', '12:00'],
            ['14:30', '17:30'],
          ],
        },
      ],
    };
    expect(dueText('2026-06-30 16:00', '3h', data)).toBe('2026-07-01 10:00');
    expect(dueText('2026-06-30 16:00', '1d', data)).toBe('2026-07-01 17:30');
    expect(dueText('2026-09-30 17:00', '1h', data)).toBe('2026-10-08 09:00');
  });

  it('cuts a single span in its middle on a half day', () => {
    const data: CalendarData = {
      ...half,
      hours: [{ validFrom: '2026-01-01', spans: [['09:00', '17:00']] }],
    };
    expect(createCalendar(data).spansOf('2026-07-31').flat().map(told)).toEqual([
      '2026-07-31 09:00',
      '2026-07-31 13:00',
    ]);
  });

  it.each([
    ['a date that does not exist', { ...plain, overrides: [{ date: '2026-02-30', kind: 'off' as const }] }],
    [
      'hours that overlap',
      {
        ...plain,
        hours: [
          {
            validFrom: '2026-01-01',
            spans: [
              ['08:00', '12:00'],
              ['11:00', '17:00'],
            ] as [string, string][],
          },
        ],
      },
    ],
    [
      'hours that end before they begin',
      { ...plain, hours: [{ validFrom: '2026-01-01', spans: [['12:00', '08:00']] as [string, string][] }] },
    ],
    ['no hours at all', { ...plain, hours: [{ validFrom: '2026-01-01', spans: [] }] }],
  ])('refuses %s', (_what, data) => {
    expect(() => createCalendar(data)).toThrow(RangeError);
  });

  it('never moves a running clock to an earlier moment', () => {
    const clock = { startAt: at('2026-07-30 10:00'), limit: { unit: 'days', amount: 1 }, moves: [] } as const;
    const before = calendar.due(clock.startAt, clock.limit).dueAt;
    expect(told(before)).toBe('2026-07-31 17:00');
    const moved = createCalendar(half).recount({ ...clock, dueAt: before });
    expect(told(moved)).toBe('2026-08-03 17:00');
    expect(told(calendar.recount({ ...clock, dueAt: moved }))).toBe('2026-08-03 17:00');
  });

  it('recounts a clock with its pauses and its granted date in the order they happened', () => {
    const start = at('2026-07-06 09:30');
    const pause = { kind: 'pause', from: at('2026-07-07 10:00'), to: at('2026-07-08 10:00') } as const;
    const granted = { kind: 'granted', date: '2026-07-18' } as const;
    const clock = { startAt: start, limit: { unit: 'days', amount: 3 }, dueAt: start } as const;
    expect(told(calendar.recount({ ...clock, moves: [pause] }))).toBe('2026-07-10 17:00');
    expect(told(calendar.recount({ ...clock, moves: [pause, granted] }))).toBe('2026-07-20 17:00');
    expect(told(calendar.recount({ ...clock, moves: [granted, pause] }))).toBe('2026-07-21 17:00');
  });
});

describe('years without a notice', () => {
  it('uses the days the law fixes and says so', () => {
    const due = calendar.due(at('2027-02-03 11:00'), { unit: 'days', amount: 3 });
    expect(told(due.dueAt)).toBe('2027-02-10 17:00');
    expect(due.provisional).toBe(true);
    expect(calendar.dayKind('2027-10-01')).toMatchObject({ kind: 'off', name: '国庆节', provisional: true });
    expect(calendar.dayKind('2027-10-09')).toMatchObject({ kind: 'off', name: '周末', provisional: true });
  });

  it('is provisional only when a provisional day lies on the way', () => {
    expect(calendar.due(at('2026-12-30 10:00'), { unit: 'days', amount: 1 }).provisional).toBe(false);
    expect(calendar.due(at('2026-12-31 10:00'), { unit: 'days', amount: 1 }).provisional).toBe(true);
  });

  it('takes an imported notice and moves running clocks, never back', () => {
    const notice: CalendarData = {
      hours: [],
      overrides: [],
      notices: [
        {
          year: 2027,
          days: [
            ...['05', '06', '07', '08', '09', '10'].map((day) => ({
              date: `2027-02-${day}`,
              kind: 'off' as const,
              name: '春节',
            })),
            { date: '2027-02-20', kind: 'work', name: '春节' },
          ],
        },
      ],
    };
    const imported = createCalendar(notice);
    const limit = { unit: 'days', amount: 3 } as const;
    const clock = { startAt: at('2027-02-03 11:00'), limit, dueAt: at('2027-02-10 17:00'), moves: [] };
    expect(told(imported.recount(clock))).toBe('2027-02-12 17:00');
    expect(imported.due(clock.startAt, limit).provisional).toBe(false);
    const later = { startAt: at('2027-02-18 09:00'), limit, moves: [] };
    expect(told(imported.due(later.startAt, limit).dueAt)).toBe('2027-02-22 17:00');
    expect(told(imported.recount({ ...later, dueAt: at('2027-02-23 17:00') }))).toBe('2027-02-23 17:00');
  });
});

describe('single days', () => {
  it('says what a day is', () => {
    expect(calendar.dayKind('2026-10-10')).toEqual({
      date: '2026-10-10',
      weekday: 6,
      kind: 'work',
      reason: 'makeUp',
      name: '国庆节补班',
      provisional: false,
    });
    expect(calendar.dayKind('2026-07-06')).toMatchObject({ kind: 'work', name: '工作日', weekday: 1 });
    expect(calendar.dayKind('2026-07-05')).toMatchObject({ kind: 'off', name: '周末', weekday: 0 });
  });

  it('knows office hours as half-open spans', () => {
    expect(calendar.isWorkingInstant(at('2026-07-06 08:30'))).toBe(true);
    expect(calendar.isWorkingInstant(at('2026-07-06 12:00'))).toBe(false);
    expect(calendar.isWorkingInstant(at('2026-07-06 17:00') - 1)).toBe(true);
    expect(calendar.isWorkingInstant(at('2026-07-05 10:00'))).toBe(false);
  });

  it('moves a close of business on a day off to the next working day', () => {
    expect(told(calendar.closeOfBusiness('2026-07-09'))).toBe('2026-07-09 17:00');
    expect(told(calendar.closeOfBusiness('2026-07-11'))).toBe('2026-07-13 17:00');
    expect(calendar.nextWorkingDay('2026-09-30')).toBe('2026-10-08');
    expect(calendar.nextWorkingDay('2026-10-09')).toBe('2026-10-10');
  });

  it('refuses what is no date, no instant and no limit', () => {
    expect(() => calendar.dayKind('2026-7-6')).toThrow(RangeError);
    expect(() => calendar.addWorkingMinutes(Number.NaN, 1)).toThrow(RangeError);
    expect(() => calendar.addWorkingMinutes(0, -1)).toThrow(RangeError);
    expect(() => calendar.addWorkingDays(0, 0)).toThrow(RangeError);
    expect(() => calendar.due(0, { unit: 'days', amount: 1.5 })).toThrow(RangeError);
  });
});
