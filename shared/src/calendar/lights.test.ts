import { describe, expect, it } from 'vitest';
import { isoShanghai } from '../time/index.ts';
import { createCalendar, type Limit } from './index.ts';

const calendar = createCalendar({ hours: [], overrides: [], notices: [] });
const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
const told = (ms: number): string => isoShanghai(ms).slice(0, 16).replace('T', ' ');

interface Case {
  start: string;
  limit: Limit;
  amber: string;
}

describe('lights', () => {
  const cases: [string, Case][] = [
    // 20 of 27 working hours have passed at Wednesday's close, so a working day is left.
    [
      'three days: a working day before',
      { start: '2026-07-06 09:30', limit: { unit: 'days', amount: 3 }, amber: '2026-07-08 17:00' },
    ],
    [
      'seven hours: at half',
      { start: '2026-07-06 08:41', limit: { unit: 'hours', amount: 7 }, amber: '2026-07-06 13:41' },
    ],
    [
      'half a day: at half',
      { start: '2026-07-06 09:30', limit: { unit: 'hours', amount: 3.5 }, amber: '2026-07-06 11:15' },
    ],
    [
      'hours beyond a day: still at half',
      { start: '2026-07-06 08:30', limit: { unit: 'hours', amount: 14 }, amber: '2026-07-06 17:00' },
    ],
    // From Monday 09:30 to Tuesday's close there are 13 h.
    [
      'one day: at half of start to due',
      { start: '2026-07-06 09:30', limit: { unit: 'days', amount: 1 }, amber: '2026-07-07 09:00' },
    ],
    [
      'a week to rate: a working day before',
      { start: '2026-07-07 14:41', limit: { unit: 'naturalDays', amount: 7 }, amber: '2026-07-13 17:00' },
    ],
  ];
  it.each(cases)('%s', (_what, { start, limit, amber }) => {
    const startAt = at(start);
    const { dueAt } = calendar.due(startAt, limit);
    const light = (now: number) => calendar.lightOf({ now, startAt, dueAt, limit, paused: false });
    expect(told(calendar.amberAt(startAt, dueAt, limit))).toBe(amber);
    expect(light(at(amber) - 1000)).toBe('green');
    expect(light(at(amber))).toBe('amber');
    expect(light(dueAt)).toBe('amber');
    expect(light(dueAt + 1)).toBe('red');
  });

  it('is amber from the beginning when less than a working day is left of a long limit', () => {
    const limit: Limit = { unit: 'naturalDays', amount: 2 };
    const startAt = at('2026-07-03 18:00');
    const { dueAt } = calendar.due(startAt, limit);
    expect(calendar.amberAt(startAt, dueAt, limit)).toBe(startAt);
    expect(calendar.lightOf({ now: startAt, startAt, dueAt, limit, paused: false })).toBe('amber');
  });

  it('is never late while paused', () => {
    const limit: Limit = { unit: 'days', amount: 1 };
    const reading = {
      now: at('2026-07-20 10:00'),
      startAt: at('2026-07-06 09:30'),
      dueAt: at('2026-07-07 17:00'),
      limit,
    };
    expect(calendar.lightOf({ ...reading, paused: true })).toBe('paused');
    expect(calendar.lightOf({ ...reading, paused: false })).toBe('red');
  });

  it('takes pauses out of the whole before halving it', () => {
    const limit: Limit = { unit: 'hours', amount: 7 };
    const startAt = at('2026-07-06 08:30');
    const dueAt = calendar.extendByPause(
      at('2026-07-06 17:00'),
      at('2026-07-06 09:30'),
      at('2026-07-07 09:30'),
    );
    expect(told(dueAt)).toBe('2026-07-07 17:00');
    expect(told(calendar.amberAt(startAt, dueAt, limit, 420))).toBe('2026-07-07 12:00');
  });

  it('reminds at half of the way', () => {
    expect(told(calendar.halfAt(at('2026-07-06 09:30'), at('2026-07-09 17:00')))).toBe('2026-07-08 09:00');
  });
});

describe('rings', () => {
  const startAt = at('2026-07-06 09:30');
  const dueAt = at('2026-07-09 17:00');

  it('is full and says how much is over after the due time', () => {
    const ring = calendar.ringOf({ now: at('2026-07-10 10:30'), startAt, dueAt });
    expect(ring).toMatchObject({ whole: 27 * 60, used: 29 * 60, left: 0, over: 120, share: 1 });
  });

  it('leaves paused time out of whole and used', () => {
    const moved = calendar.extendByPause(dueAt, at('2026-07-07 10:00'), at('2026-07-08 10:00'));
    const ring = calendar.ringOf({ now: at('2026-07-08 12:00'), startAt, dueAt: moved, pausedMinutes: 420 });
    expect(ring).toMatchObject({ whole: 27 * 60, used: 9.5 * 60, left: 17.5 * 60, over: 0 });
  });
});
