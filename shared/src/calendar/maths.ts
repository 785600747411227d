/** The working calendar put together from its parts; knows no holiday by itself. */
import { dateOfDay, dayNumberOf } from '../time/zone.ts';
import { createDays, requireDay } from './days.ts';
import { dueAfter, dueWithWorking } from './due.ts';
import { amberFrom, lightAt, ringAt } from './lights.ts';
import type { CalendarData, HolidaySource, RunningClock, WorkingCalendar } from './types.ts';
import { createWorkTime, type WorkTime } from './worktime.ts';

/**
 * A calendar over any source of holidays. Its methods throw RangeError for malformed dates, instants that are no
 * numbers and amounts that are no limit; building throws RangeError for malformed data.
 */
export function buildCalendar(data: CalendarData, holidays: HolidaySource): WorkingCalendar {
  const time = createWorkTime(createDays(data, holidays));
  return {
    dayKind: (date) => time.dayAt(requireDay(date)).info,
    spansOf: (date) => time.dayAt(requireDay(date)).spans,
    isWorkingInstant: (ms) =>
      time.dayAt(dayNumberOf(ms)).spans.some(([start, end]) => start <= ms && ms < end),
    workingMinutesBetween: time.between,
    addWorkingMinutes: time.addMinutes,
    addWorkingDays: time.addDays,
    naturalDaysEnd: time.naturalEnd,
    closeOfBusiness: (date) => closeOn(time, date),
    nextWorkingDay: (date) => dateOfDay(time.wholeDayFrom(requireDay(date) + 1)),
    due: (start, limit) => dueWithWorking(time, start, limit),
    explain: (start, limit) => ({ startAt: start, limit, ...dueWithWorking(time, start, limit) }),
    extendByPause: (dueAt, from, to) => afterPause(time, dueAt, from, to),
    recount: (clock) => Math.max(clock.dueAt, recounted(time, clock)),
    remaining: time.between,
    lightOf: (reading) => lightAt(time, reading),
    amberAt: (startAt, dueAt, limit, paused = 0) => amberFrom(time, startAt, dueAt, limit, paused),
    halfAt: (startAt, dueAt) => time.addMinutes(startAt, Math.max(0, time.between(startAt, dueAt)) / 2),
    ringOf: (reading) => ringAt(time, reading),
  };
}

function closeOn(time: WorkTime, date: string): number {
  return time.closeOf(time.wholeDayFrom(requireDay(date)));
}

function afterPause(time: WorkTime, dueAt: number, from: number, to: number): number {
  if (to < from) {
    throw new RangeError('A pause cannot end before it began');
  }
  return time.addMinutes(dueAt, time.between(from, to));
}

/** A granted date replaces whatever was counted before it; later pauses move that. */
function recounted(time: WorkTime, clock: RunningClock): number {
  return clock.moves.reduce(
    (dueAt, move) =>
      move.kind === 'pause' ? afterPause(time, dueAt, move.from, move.to) : closeOn(time, move.date),
    dueAfter(time, clock.startAt, clock.limit),
  );
}
