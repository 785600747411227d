import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoShanghai } from '../time/index.ts';
import {
  createCalendar,
  explainClock,
  parseLimit,
  workingDayText,
  type ClockMove,
  type Limit,
} from './index.ts';

const calendar = createCalendar({
  hours: [],
  overrides: [{ date: '2026-07-31', kind: 'half', name: '政务网机房割接' }],
  notices: [],
});
const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
const told = (ms: number): string => isoShanghai(ms).slice(5, 16).replace('T', ' ');

function working(start: string, limitText: string, moves: ClockMove[], due?: string) {
  const startAt = at(start);
  const limit = parseLimit(limitText) as Limit;
  const from = calendar.due(startAt, limit).dueAt;
  const dueAt = due ? at(due) : calendar.recount({ startAt, limit, dueAt: from, moves });
  const made = explainClock(calendar, { startAt, limit, dueAt, moves });
  return {
    ...made,
    lines: made.days.map((day) => `${workingDayText(day)} ${day.text}`),
    told: made.moves.map((move) => ({
      kind: move.kind,
      from: told(move.from),
      to: told(move.to),
      lines: move.days.map((day) => `${workingDayText(day)} ${day.text}`),
    })),
  };
}

describe('the working of a clock', () => {
  it('tells what a question to the member gave back', () => {
    const pause = { kind: 'pause', from: at('2026-07-07 10:00'), to: at('2026-07-08 10:00') } as const;
    const made = working('2026-07-06 09:30', '3d', [pause]);
    expect(made.lines).toEqual([
      '7月6日 周一 当天不计',
      '7月7日 周二 第 1 天',
      '7月8日 周三 第 2 天',
      '7月9日 周四 第 3 天，17:00 下班到期',
    ]);
    expect(made.told).toEqual([
      {
        kind: 'pause',
        from: '07-09 17:00',
        to: '07-10 17:00',
        lines: [
          '7月7日 周二 10:00–12:00、13:30–17:00 暂停 5 小时 30 分',
          '7月8日 周三 08:30–10:00 暂停 1 小时 30 分',
          '7月10日 周五 08:30–12:00、13:30–17:00 补回 7 小时',
        ],
      },
    ]);
    expect(made.moves[0]?.minutes).toBe(420);
    expect(told(made.dueAt)).toBe('07-10 17:00');
  });

  it('counts a pause over 国庆 by its office time alone', () => {
    const pause = { kind: 'pause', from: at('2026-09-30 16:00'), to: at('2026-10-08 09:30') } as const;
    const made = working('2026-09-30 14:20', '3d', [pause]);
    expect(made.moves[0]?.minutes).toBe(120);
    expect(told(made.dueAt)).toBe('10-12 10:30');
    expect(made.told[0]?.lines.slice(1, 3)).toEqual([
      '10月1日 周四 国庆节，不计',
      '10月2日 周五 国庆节，不计',
    ]);
  });

  it('shows a granted date and why it moved on', () => {
    const made = working('2026-07-06 09:30', '3d', [{ kind: 'granted', date: '2026-07-18' }]);
    expect(made.told).toEqual([
      {
        kind: 'granted',
        from: '07-09 17:00',
        to: '07-20 17:00',
        lines: ['7月18日 周六 周末，顺延', '7月19日 周日 周末，顺延', '7月20日 周一 17:00 下班到期'],
      },
    ]);
  });

  it('ends at what was told where that is later than the calendar now gives', () => {
    const made = working('2026-07-06 09:30', '1d', [], '2026-07-08 17:00');
    expect(made.told).toEqual([{ kind: 'told', from: '07-07 17:00', to: '07-08 17:00', lines: [] }]);
  });

  it('names a half day by hand', () => {
    const made = working('2026-07-30 10:00', '1d', []);
    expect(made.lines).toEqual([
      '7月30日 周四 当天不计',
      '7月31日 周五 政务网机房割接，半天不计',
      '8月1日 周六 周末，不计',
      '8月2日 周日 周末，不计',
      '8月3日 周一 第 1 天，17:00 下班到期',
    ]);
    expect(made.days.map((day) => day.counted)).toEqual([false, false, false, false, true]);
  });

  it('is provisional when a pause runs into a year without a notice', () => {
    const pause = { kind: 'pause', from: at('2026-12-30 16:00'), to: at('2027-01-04 09:30') } as const;
    expect(working('2026-12-28 10:00', '3d', [pause]).provisional).toBe(true);
    expect(working('2026-12-28 10:00', '1d', []).provisional).toBe(false);
  });

  it('always ends at exactly the due time, every move beginning where the one before ended', () => {
    const FROM = Date.parse('2025-12-01T00:00:00+08:00');
    const limits = fc.constantFrom<Limit>(
      { unit: 'hours', amount: 2 },
      { unit: 'hours', amount: 3.5 },
      { unit: 'days', amount: 3 },
      { unit: 'days', amount: 15 },
      { unit: 'naturalDays', amount: 7 },
    );
    const pauses = fc.array(fc.tuple(fc.nat({ max: 20 * 86_400_000 }), fc.nat({ max: 6 * 86_400_000 })), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(
        fc.nat({ max: 400 * 86_400_000 }),
        limits,
        pauses,
        fc.boolean(),
        (offset, limit, list, later) => {
          const startAt = FROM + offset;
          let from = startAt;
          const moves = list.map(([wait, length]): ClockMove => {
            const pause = { kind: 'pause' as const, from: from + wait, to: from + wait + length };
            from = pause.to;
            return pause;
          });
          const counted = calendar.recount({ startAt, limit, dueAt: 0, moves });
          const dueAt = later ? counted + 86_400_000 : counted;
          const made = explainClock(calendar, { startAt, limit, dueAt, moves });
          let at = made.firstDueAt;
          for (const move of made.moves) {
            expect(move.from).toBe(at);
            at = move.to;
          }
          expect(at).toBe(dueAt);
          expect(made.moves.some((move) => move.kind === 'told')).toBe(later);
          for (const move of made.moves.filter((each) => each.kind === 'pause')) {
            expect(move.minutes).toBeCloseTo(
              calendar.workingMinutesBetween(move.pause?.from ?? 0, move.pause?.to ?? 0),
              6,
            );
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
