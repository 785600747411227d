/**
 * The working of a running clock: the count from its start on the calendar as it now is, then what each pause and each
 * extension gave back, ending at exactly the due time that was told.
 */
import { clockText, durationText, endClockText, weekdayText } from '../time/index.ts';
import { dateOfDay, dayNumberOf, dayOfDate, MINUTE_MS } from '../time/zone.ts';
import type { ClockMove, DayInfo, Due, Limit, Minutes, WorkingCalendar } from './types.ts';

/** One day of a working; `counted` says whether any of it counted. */
export interface WorkingDay extends DayInfo {
  counted: boolean;
  /** The number of the day in a limit by days; null elsewhere. */
  number: number | null;
  /** 第 2 天, 国庆节，不计, 10:00–12:00 暂停 2 小时. */
  text: string;
}

/** Something that moved the due time, with the days it is worked out from. */
export interface WorkingMove {
  /** pause, granted as in ClockMove; told: what was told differs from what the calendar now gives, and stands. */
  kind: ClockMove['kind'] | 'told';
  /** Due before and after. */
  from: number;
  to: number;
  /** Office time a pause lasted; 0 for others. */
  minutes: Minutes;
  /** The span of a pause; null for others. */
  pause: { from: number; to: number } | null;
  days: WorkingDay[];
}

export interface ClockWorking {
  startAt: number;
  limit: Limit;
  /** Due by the first count, before any move. */
  firstDueAt: number;
  days: WorkingDay[];
  moves: WorkingMove[];
  dueAt: number;
  /** True when any day on the way is provisional (暂定). */
  provisional: boolean;
}

/** Explains how a clock came to be due when it is. */
export function explainClock(
  calendar: WorkingCalendar,
  clock: { startAt: number; limit: Limit; dueAt: number; moves: readonly ClockMove[] },
): ClockWorking {
  const first = calendar.due(clock.startAt, clock.limit);
  const moves: WorkingMove[] = [];
  let due = first.dueAt;
  for (const move of clock.moves) {
    const made = move.kind === 'pause' ? pauseMove(calendar, due, move) : grantedMove(calendar, due, move);
    moves.push(made);
    due = made.to;
  }
  if (due !== clock.dueAt) {
    moves.push({ kind: 'told', from: due, to: clock.dueAt, minutes: 0, pause: null, days: [] });
  }
  const days = firstDays(first, clock.limit);
  return {
    startAt: clock.startAt,
    limit: clock.limit,
    firstDueAt: first.dueAt,
    days,
    moves,
    dueAt: clock.dueAt,
    provisional: [...days, ...moves.flatMap((move) => move.days)].some((day) => day.provisional),
  };
}

function firstDays(first: Due, limit: Limit): WorkingDay[] {
  return first.working.map(({ day, minutes, spans: _spans, role: _role, why, ...info }) => ({
    ...info,
    counted: limit.unit === 'hours' ? minutes > 0 : day !== null,
    number: day,
    text: why,
  }));
}

/** The office time that was paused, day by day, and the same length again after the due time. */
function pauseMove(
  calendar: WorkingCalendar,
  due: number,
  { from, to }: Extract<ClockMove, { kind: 'pause' }>,
): WorkingMove {
  const minutes = calendar.workingMinutesBetween(from, to);
  const moved = calendar.extendByPause(due, from, to);
  const paused = spanDays(calendar, from, to, '暂停');
  const added = moved > due ? spanDays(calendar, due, moved, '补回') : [];
  return { kind: 'pause', from: due, to: moved, minutes, pause: { from, to }, days: [...paused, ...added] };
}

/** Office time between two instants, one line a day, from the first day that has some to the last. */
function spanDays(calendar: WorkingCalendar, from: number, to: number, verb: string): WorkingDay[] {
  const days: WorkingDay[] = [];
  // What ends at midnight ends the day before.
  const last = dayNumberOf(Math.max(from, to - 1));
  for (let number = dayNumberOf(from); number <= last; number += 1) {
    const info = calendar.dayKind(dateOfDay(number));
    const spans = calendar
      .spansOf(info.date)
      .map(([start, end]) => [Math.max(start, from), Math.min(end, to)] as const)
      .filter(([start, end]) => start < end);
    const minutes = spans.reduce((sum, [start, end]) => sum + (end - start) / MINUTE_MS, 0);
    const open = spans.map(([start, end]) => `${clockText(start)}–${endClockText(end)}`).join('、');
    const idle = info.kind === 'off' ? `${info.name}，不计` : '不在办公时间，不计';
    days.push({
      ...info,
      counted: minutes > 0,
      number: null,
      text: minutes > 0 ? `${open} ${verb} ${durationText(minutes)}` : idle,
    });
  }
  const first = days.findIndex((day) => day.counted);
  return first < 0 ? [] : days.slice(first, days.findLastIndex((day) => day.counted) + 1);
}

/** The date asked for, and on to the next whole working day when it is none. */
function grantedMove(
  calendar: WorkingCalendar,
  due: number,
  { date }: Extract<ClockMove, { kind: 'granted' }>,
): WorkingMove {
  const to = calendar.closeOfBusiness(date);
  const days: WorkingDay[] = [];
  for (let number = dayOfDate(date) ?? 0; number <= dayNumberOf(to - 1); number += 1) {
    const info = calendar.dayKind(dateOfDay(number));
    const last = number === dayNumberOf(to - 1);
    const text = last ? `${endClockText(to)} 下班到期` : `${info.name}，顺延`;
    days.push({ ...info, counted: last, number: null, text });
  }
  return { kind: 'granted', from: due, to, minutes: 0, pause: null, days };
}

/** 7月6日 周一. */
export function workingDayText(day: Pick<WorkingDay, 'date' | 'weekday'>): string {
  const [, month, date] = day.date.split('-');
  return `${Number(month)}月${Number(date)}日 ${weekdayText(day.weekday)}`;
}
