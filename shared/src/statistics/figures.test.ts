import { describe, expect, it } from 'vitest';
import { dateOfDay, dayOfDate } from '../time/index.ts';
import {
  before,
  FIGURE_NAMES,
  FIGURES,
  figureFrom,
  FLOW_END_NAMES,
  FLOW_STEPS,
  flowOf,
  periodOf,
  periodText,
  piecesOf,
  pointsOf,
  rateText,
  STANDARD_POINTS,
  yearBefore,
  type Period,
  type PeriodName,
} from './index.ts';

const day = (date: string): number => dayOfDate(date) ?? 0;
const told = ({ from, to }: Pick<Period, 'from' | 'to'>): string => `${dateOfDay(from)} ${dateOfDay(to)}`;

describe('periods', () => {
  it.each<[PeriodName, string, string, string, string]>([
    // name, today, the period, 环比, 同比
    ['day', '2026-07-07', '2026-07-07 2026-07-07', '2026-07-06 2026-07-06', '2025-07-07 2025-07-07'],
    ['week', '2026-07-08', '2026-07-06 2026-07-08', '2026-06-29 2026-07-01', '2025-07-07 2025-07-09'],
    ['month', '2026-03-30', '2026-03-01 2026-03-30', '2026-02-01 2026-02-28', '2025-03-01 2025-03-30'],
    ['month', '2026-02-28', '2026-02-01 2026-02-28', '2026-01-01 2026-01-31', '2025-02-01 2025-02-28'],
    ['quarter', '2026-05-15', '2026-04-01 2026-05-15', '2026-01-01 2026-02-15', '2025-04-01 2025-05-15'],
    ['half', '2026-07-07', '2026-07-01 2026-07-07', '2026-01-01 2026-01-07', '2025-07-01 2025-07-07'],
    ['year', '2024-02-29', '2024-01-01 2024-02-29', '2023-01-01 2023-02-28', '2023-01-01 2023-02-28'],
    ['last12', '2026-07-07', '2025-07-08 2026-07-07', '2024-07-08 2025-07-07', '2024-07-08 2025-07-07'],
  ])('%s on %s is %s; before it %s, a year before %s', (name, today, own, last, year) => {
    const p = periodOf(name, day(today));
    expect([told(p), told(before(p)), told(yearBefore(p))]).toEqual([own, last, year]);
  });

  it('that are over are whole, and so is what they are compared with', () => {
    const june = periodOf('month', day('2026-07-07'), { within: day('2026-06-10') });
    expect([told(june), told(before(june))]).toEqual(['2026-06-01 2026-06-30', '2026-05-01 2026-05-31']);
    const custom = periodOf('custom', day('2026-07-07'), { from: day('2026-06-01'), to: day('2026-06-10') });
    expect(told(before(custom))).toBe('2026-05-22 2026-05-31');
    expect(periodText(custom)).toBe('2026年6月1日至6月10日');
  });

  it('come in pieces that make them up without a gap', () => {
    const p = periodOf('year', day('2026-07-07'));
    for (const grain of ['day', 'week', 'month'] as const) {
      const pieces = piecesOf(p, grain);
      expect([pieces[0]?.from, pieces.at(-1)?.to]).toEqual([p.from, p.to]);
      pieces.slice(1).forEach((piece, i) => expect(piece.from).toBe((pieces[i]?.to ?? 0) + 1));
    }
  });
});

describe('figures', () => {
  it('take their numerator out of their denominator', () => {
    const marks = new Map([
      [1, 2],
      [2, 1],
      [3, 4],
      [5, 8],
    ]);
    expect(figureFrom('satisfactionRate', marks)).toEqual({ part: 12, whole: 15 });
    expect(figureFrom('fiveStarRate', marks)).toEqual({ part: 8, whole: 15 });
    expect(figureFrom('stars', marks)).toEqual({ part: 56, whole: 15 });
    for (const name of FIGURE_NAMES.filter((each) => FIGURES[each].form === 'rate')) {
      const { part, whole } = figureFrom(name, marks);
      expect([name, part <= whole]).toEqual([name, true]);
    }
  });

  it('never round to everything or nothing', () => {
    expect([rateText({ part: 9_999, whole: 10_000 }), rateText({ part: 1, whole: 10_000 })]).toEqual([
      '99.9%',
      '0.1%',
    ]);
    expect([
      rateText({ part: 3, whole: 3 }),
      rateText({ part: 0, whole: 3 }),
      rateText({ part: 0, whole: 0 }),
    ]).toEqual(['100%', '0.0%', '']);
  });

  it('have a flow in which every end lies on exactly one step', () => {
    expect(FLOW_STEPS.flatMap((step) => [...step.ends]).toSorted()).toEqual([...FLOW_END_NAMES].toSorted());
    const steps = flowOf({ review: 2, declined: 1, handling: 3, satisfied: 4 });
    expect(steps.map(({ id, count }) => [id, count])).toEqual([
      ['reported', 10],
      ['accepted', 7],
      ['dispatched', 7],
      ['replied', 4],
      ['closed', 4],
      ['rated', 4],
      ['satisfied', 4],
    ]);
  });
});

describe('points', () => {
  const later = {
    ...STANDARD_POINTS,
    validFrom: '2026-06-01',
    points: { ...STANDARD_POINTS.points, accepted: 5 },
    yearlyCap: 8,
  };
  const earned = [
    { act: 'accepted', date: '2026-05-31' },
    { act: 'accepted', date: '2026-06-01' },
    { act: 'solved', date: '2026-07-01' },
    { act: 'solved', date: '2025-07-01' },
    { act: 'solved', date: '2026-12-01' },
  ] as const;

  it('are counted by the rules of their day, up to the cap of the year', () => {
    const points = pointsOf(earned, [STANDARD_POINTS, later], 2026, '2026-07-07');
    expect(points).toMatchObject({ uncapped: 2 + 5 + 3, total: 8, cap: 8 });
    expect(points.items.map(({ act, count, points: own }) => [act, count, own])).toEqual([
      ['accepted', 2, 7],
      ['solved', 1, 3],
    ]);
    expect(pointsOf(earned, [STANDARD_POINTS, later], 2025, '2025-12-31')).toMatchObject({
      total: 3,
      cap: null,
    });
  });
});
