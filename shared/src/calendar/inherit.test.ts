import { describe, expect, it } from 'vitest';
import { isoShanghai } from '../time/index.ts';
import {
  createCalendar,
  holidaysOf,
  inheritCalendar,
  parseLimit,
  type AreaCalendar,
  type Limit,
} from './index.ts';

const NOTHING: AreaCalendar = { hours: [], overrides: [], notices: [] };
const SUMMER: [string, string][] = [
  ['08:00', '12:00'],
  ['14:30', '17:30'],
];
const WINTER: [string, string][] = [
  ['08:30', '12:00'],
  ['13:30', '17:00'],
];
const EARLY: [string, string][] = [['07:00', '14:00']];

const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
const told = (ms: number): string => isoShanghai(ms).slice(0, 16).replace('T', ' ');
const due = (chain: AreaCalendar[], start: string, limit: string): string =>
  told(createCalendar(inheritCalendar(chain)).due(at(start), parseLimit(limit) as Limit).dueAt);

describe('what an area sets goes before what the area above sets', () => {
  const city: AreaCalendar = {
    hours: [
      { validFrom: '2026-06-01', spans: SUMMER },
      { validFrom: '2026-10-01', spans: WINTER },
    ],
    overrides: [
      { date: '2026-07-31', kind: 'half', name: '政务网机房割接' },
      { date: '2026-11-14', kind: 'work' },
    ],
    notices: [],
  };

  it('day by day', () => {
    const county = { ...NOTHING, overrides: [{ date: '2026-07-31', kind: 'work' as const }] };
    const own = createCalendar(inheritCalendar([county, city]));
    expect(own.dayKind('2026-07-31').kind).toBe('work');
    expect(own.dayKind('2026-11-14').kind).toBe('work');
    expect(createCalendar(inheritCalendar([NOTHING, city])).dayKind('2026-07-31').kind).toBe('half');
  });

  it('summer hours begin in the middle of a limit', () => {
    // Friday 29 May: one hour to 17:00; Monday 1 June from 08:00: six hours to 12:00 and on from 14:30 to 16:30.
    expect(due([NOTHING, city], '2026-05-29 16:00', '7h')).toBe('2026-06-01 16:30');
    expect(due([city], '2026-05-29 16:00', '7h')).toBe('2026-06-01 16:30');
    // By the default hours it would have been 16:00.
    expect(due([NOTHING], '2026-05-29 16:00', '7h')).toBe('2026-06-01 16:00');
    // A limit in days ends at the close of business of its last day's own hours.
    expect(due([city], '2026-05-29 16:00', '1d')).toBe('2026-06-01 17:30');
    // And back: on 30 September summer hours still hold, on 8 October winter hours.
    expect(due([city], '2026-09-30 17:00', '1h')).toBe('2026-10-08 09:00');
  });

  it('hours of its own hold from their first day until they are given back', () => {
    const county: AreaCalendar = {
      ...NOTHING,
      hours: [
        { validFrom: '2026-07-01', spans: EARLY },
        { validFrom: '2026-09-01', spans: null },
      ],
    };
    const chain = [county, city];
    expect(due(chain, '2026-06-30 18:00', '1h')).toBe('2026-07-01 08:00');
    expect(due(chain, '2026-08-31 18:00', '1h')).toBe('2026-09-01 09:00');
    // The city's winter hours reach the county again.
    expect(due(chain, '2026-09-30 18:00', '1h')).toBe('2026-10-08 09:30');
    // Before its own it kept the city's.
    expect(due(chain, '2026-06-01 18:00', '1h')).toBe('2026-06-02 09:00');
  });

  it('hours given back where nobody above set any are the default', () => {
    const county: AreaCalendar = {
      ...NOTHING,
      hours: [
        { validFrom: '2026-07-01', spans: EARLY },
        { validFrom: '2026-08-03', spans: null },
      ],
    };
    expect(due([county], '2026-08-02 10:00', '1h')).toBe('2026-08-03 09:30');
  });
});

describe('a notice that was imported', () => {
  const days = [
    ...['02-05', '02-06', '02-07', '02-08', '02-09', '02-10', '02-11'].map((day) => ({
      date: `2027-${day}`,
      kind: 'off' as const,
      name: '春节',
    })),
    { date: '2027-02-20', kind: 'work' as const, name: '春节' },
  ];
  const province = { ...NOTHING, notices: [{ year: 2027, days }] };
  const calendar = createCalendar(inheritCalendar([NOTHING, province]));

  it('takes the place of the days the law fixes, and nothing is provisional any more', () => {
    expect(calendar.dayKind('2027-02-11')).toMatchObject({ kind: 'off', reason: 'holiday', name: '春节' });
    expect(calendar.dayKind('2027-02-20')).toMatchObject({
      kind: 'work',
      reason: 'makeUp',
      name: '春节补班',
    });
    expect(calendar.dayKind('2027-03-01').provisional).toBe(false);
    // Whatever the notice does not name is an ordinary day.
    expect(calendar.dayKind('2027-05-03').kind).toBe('work');
    expect(calendar.dayKind('2028-02-01').provisional).toBe(true);
  });

  it('moves a clock that runs, never back', () => {
    const limit: Limit = { unit: 'days', amount: 3 };
    const startAt = at('2027-02-03 11:00');
    const provisional = createCalendar(inheritCalendar([NOTHING])).due(startAt, limit);
    // Thursday 4 is day 1; by the law alone 9 and 10 February are days 2 and 3.
    expect(told(provisional.dueAt)).toBe('2027-02-10 17:00');
    expect(provisional.provisional).toBe(true);
    const clock = { startAt, limit, dueAt: provisional.dueAt, moves: [] };
    // By the notice Friday 12 and Monday 15 are.
    expect(told(calendar.recount(clock))).toBe('2027-02-15 17:00');
    const early = { startAt: at('2027-02-18 09:00'), limit, dueAt: at('2027-02-23 17:00'), moves: [] };
    expect(told(calendar.recount(early))).toBe('2027-02-23 17:00');
  });

  it('of a year the library knows leads over the library', () => {
    const corrected = holidaysOf(2026).filter(({ date }) => date !== '2026-10-10');
    const chain = [{ ...NOTHING, notices: [{ year: 2026, days: corrected }] }];
    expect(due(chain, '2026-09-30 16:00', '3d')).toBe('2026-10-12 17:00');
    expect(due([NOTHING], '2026-09-30 16:00', '3d')).toBe('2026-10-10 17:00');
  });
});
