import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateOfDay } from '../time/index.ts';
import { createCalendar, type CalendarData, type Limit, type WorkingCalendar } from './index.ts';

const FROM = Date.parse('2024-12-01T00:00:00+08:00');
const TO = Date.parse('2027-12-31T00:00:00+08:00');

const instant = fc.integer({ min: FROM, max: TO });
const minutes = fc.integer({ min: 0, max: 60 * 420 * 60_000 }).map((ms) => ms / 60_000);
const limit: fc.Arbitrary<Limit> = fc.oneof(
  fc.record({
    unit: fc.constant('hours' as const),
    amount: fc.integer({ min: 1, max: 140 }).map((n) => n / 2),
  }),
  fc.record({
    unit: fc.constantFrom('days' as const, 'naturalDays' as const),
    amount: fc.integer({ min: 1, max: 40 }),
  }),
);
const hours = fc.constantFrom<CalendarData['hours']>(
  [],
  [
    {
      validFrom: '2026-05-01',
      spans: [
        ['08:00', '12:00'],
        ['14:30', '17:30'],
      ],
    },
  ],
  [{ validFrom: '2025-01-01', spans: [['00:00', '24:00']] }],
  [
    {
      validFrom: '2025-06-01',
      spans: [
        ['09:00', '10:00'],
        ['10:00', '11:15'],
        ['23:00', '24:00'],
      ],
    },
  ],
);
const override = fc.record({
  date: fc.integer({ min: Math.floor(FROM / 86_400_000), max: Math.floor(TO / 86_400_000) }).map(dateOfDay),
  kind: fc.constantFrom('work' as const, 'half' as const, 'off' as const),
});
const calendar: fc.Arbitrary<WorkingCalendar> = fc
  .record({ hours, overrides: fc.array(override, { maxLength: 200 }), notices: fc.constant([]) })
  // Failures name the data, not the functions made from it.
  .map((data) => Object.assign(createCalendar(data), { [fc.toStringMethod]: () => JSON.stringify(data) }));

const check = (property: fc.IRawProperty<unknown>): void => fc.assert(property, { numRuns: 300 });

describe('properties of every calendar', () => {
  it('adds working minutes as the inverse of counting them', () => {
    check(
      fc.property(calendar, instant, minutes, (c, start, amount) => {
        const end = c.addWorkingMinutes(start, amount);
        expect(c.workingMinutesBetween(start, end)).toBeCloseTo(amount, 6);
      }),
    );
  });

  it('completes a limit at the earliest instant that does', () => {
    check(
      fc.property(calendar, instant, minutes, (c, start, amount) => {
        fc.pre(amount > 0);
        const end = c.addWorkingMinutes(start, amount);
        expect(c.workingMinutesBetween(start, end - 1)).toBeLessThan(amount);
        expect(c.isWorkingInstant(end - 1)).toBe(true);
      }),
    );
  });

  it('adds up over any instant between, and turns its sign with its direction', () => {
    check(
      fc.property(calendar, instant, instant, instant, (c, x, y, z) => {
        const sum = c.workingMinutesBetween(x, y) + c.workingMinutesBetween(y, z);
        expect(sum).toBeCloseTo(c.workingMinutesBetween(x, z), 6);
        expect(c.workingMinutesBetween(y, x)).toBeCloseTo(-c.workingMinutesBetween(x, y), 6);
      }),
    );
  });

  it('counts what a clock watched minute by minute counts', () => {
    check(
      fc.property(calendar, instant, fc.integer({ min: 0, max: 6 * 24 * 60 }), (c, from, length) => {
        const start = from - (from % 60_000);
        let watched = 0;
        for (let minute = 0; minute < length; minute += 1) {
          watched += c.isWorkingInstant(start + minute * 60_000) ? 1 : 0;
        }
        expect(c.workingMinutesBetween(start, start + length * 60_000)).toBe(watched);
      }),
    );
  });

  it('never moves a due time earlier for a later start, and never puts it before the start', () => {
    check(
      fc.property(calendar, instant, fc.nat({ max: 30 * 86_400_000 }), limit, (c, start, later, l) => {
        const first = c.due(start, l).dueAt;
        expect(first).toBeGreaterThan(start);
        expect(c.due(start + later, l).dueAt).toBeGreaterThanOrEqual(first);
      }),
    );
  });

  it('never moves a due time earlier for a larger amount', () => {
    check(
      fc.property(calendar, instant, limit, fc.integer({ min: 1, max: 10 }), (c, start, l, more) => {
        const larger = c.due(start, { ...l, amount: l.amount + more }).dueAt;
        expect(larger).toBeGreaterThanOrEqual(c.due(start, l).dueAt);
      }),
    );
  });

  it('ends limits in days at a close of business of a whole working day, counted from 1 without a gap', () => {
    check(
      fc.property(calendar, instant, fc.integer({ min: 1, max: 40 }), (c, start, amount) => {
        const due = c.due(start, { unit: 'days', amount });
        const last = due.working.at(-1);
        expect(last?.kind).toBe('work');
        expect(c.spansOf(last?.date ?? '').at(-1)?.[1]).toBe(due.dueAt);
        const counted = due.working.flatMap((step) => step.day ?? []);
        expect(counted).toEqual(Array.from({ length: amount }, (_, index) => index + 1));
      }),
    );
  });

  it('shows a working whose minutes add up to the limit', () => {
    check(
      fc.property(calendar, instant, fc.integer({ min: 1, max: 140 }), (c, start, halves) => {
        const due = c.due(start, { unit: 'hours', amount: halves / 2 });
        const sum = due.working.reduce((total, step) => total + step.minutes, 0);
        expect(sum).toBeCloseTo(halves * 30, 6);
      }),
    );
  });

  it('moves a due time by a pause, never to an earlier moment, and gives back what was left', () => {
    check(
      fc.property(
        calendar,
        instant,
        limit,
        fc.nat({ max: 40 * 86_400_000 }),
        fc.nat({ max: 40 * 86_400_000 }),
        (c, start, l, a, b) => {
          const dueAt = c.due(start, l).dueAt;
          const from = Math.min(start + a, dueAt);
          const moved = c.extendByPause(dueAt, from, from + b);
          expect(moved).toBeGreaterThanOrEqual(dueAt);
          expect(c.remaining(from + b, moved)).toBeCloseTo(c.remaining(from, dueAt), 6);
          expect(c.extendByPause(dueAt, from, from + b + 3_600_000)).toBeGreaterThanOrEqual(moved);
        },
      ),
    );
  });

  it('turns from green to amber at amberAt, to red after the due time, and never back', () => {
    const order = ['green', 'amber', 'red'];
    check(
      fc.property(
        calendar,
        instant,
        limit,
        fc.array(fc.nat({ max: 60 * 86_400_000 }), { maxLength: 8 }),
        (c, startAt, l, later) => {
          const { dueAt } = c.due(startAt, l);
          const light = (now: number) => c.lightOf({ now, startAt, dueAt, limit: l, paused: false });
          const amberAt = c.amberAt(startAt, dueAt, l);
          expect(light(amberAt)).toBe('amber');
          expect(light(dueAt + 1)).toBe('red');
          const times = [...later.map((ms) => startAt + ms), amberAt, dueAt].sort((x, y) => x - y);
          const steps = times.map((now) => order.indexOf(light(now)));
          expect(steps).toEqual([...steps].sort((x, y) => x - y));
        },
      ),
    );
  });

  it('never recounts a running clock to an earlier moment, whatever changes', () => {
    check(
      fc.property(calendar, calendar, instant, limit, (before, after, startAt, l) => {
        const { dueAt } = before.due(startAt, l);
        expect(after.recount({ startAt, limit: l, dueAt, moves: [] })).toBeGreaterThanOrEqual(dueAt);
        expect(before.recount({ startAt, limit: l, dueAt, moves: [] })).toBe(dueAt);
      }),
    );
  });
});
