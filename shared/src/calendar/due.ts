/** Due times by kind of limit, each with its working day by day. Civil Code arts. 200–204 are what is counted by. */
import { clockText, endClockText } from '../time/moment.ts';
import { durationText } from '../time/duration.ts';
import { dayNumberOf, MINUTE_MS } from '../time/zone.ts';
import type { Due, DueStep, Limit } from './types.ts';
import type { WorkTime } from './worktime.ts';

/** The due time of a limit that starts at an instant. Throws RangeError for amounts that are no limit. */
export function dueAfter(time: WorkTime, start: number, limit: Limit): number {
  if (limit.unit === 'hours') {
    return time.addMinutes(start, limit.amount * 60);
  }
  return limit.unit === 'days' ? time.addDays(start, limit.amount) : time.naturalEnd(start, limit.amount);
}

/** The due time and every day on the way to it. */
export function dueWithWorking(time: WorkTime, start: number, limit: Limit): Due {
  const dueAt = dueAfter(time, start, limit);
  const steps = { hours: hourSteps, days: daySteps, naturalDays: naturalSteps }[limit.unit];
  const working = steps(time, start, dueAt, limit.amount);
  return { dueAt, working, provisional: working.some((step) => step.provisional) };
}

type Steps = (time: WorkTime, start: number, dueAt: number, amount: number) => DueStep[];

const hourSteps: Steps = (time, start, dueAt, amount) => {
  let rest = amount * 60;
  return daysBetween(start, dueAt - 1).map((number) => {
    const { info, spans: open } = time.dayAt(number);
    const spans = open
      .map(([from, to]): [number, number] => [Math.max(from, start), Math.min(to, dueAt)])
      .filter(([from, to]) => from < to);
    const minutes = spans.reduce((sum, [from, to]) => sum + (to - from) / MINUTE_MS, 0);
    rest -= minutes;
    const last = number === dayNumberOf(dueAt - 1);
    const role = last ? 'due' : minutes > 0 ? 'counted' : number === dayNumberOf(start) ? 'start' : 'skipped';
    const why = hourWords(info.kind, info.name, spans, minutes, rest, last ? endClockText(dueAt) : null);
    return { ...info, day: null, minutes, spans, role, why };
  });
};

const daySteps: Steps = (time, start, dueAt) => {
  let counted = 0;
  return daysBetween(start, dueAt - 1).map((number) => {
    const { info } = time.dayAt(number);
    const base = { ...info, minutes: 0, spans: [] };
    if (number === dayNumberOf(start)) {
      return { ...base, day: null, role: 'start', why: '当天不计' };
    }
    if (info.kind !== 'work') {
      const why = info.kind === 'half' ? `${info.name}，半天不计` : `${info.name}，不计`;
      return { ...base, day: null, role: 'skipped', why };
    }
    counted += 1;
    if (number === dayNumberOf(dueAt - 1)) {
      return { ...base, day: counted, role: 'due', why: `第 ${counted} 天，${endClockText(dueAt)} 下班到期` };
    }
    return { ...base, day: counted, role: 'counted', why: `第 ${counted} 天` };
  });
};

const naturalSteps: Steps = (time, start, dueAt, amount) => {
  const first = dayNumberOf(start);
  return daysBetween(start, dueAt - 1).map((number) => {
    const { info } = time.dayAt(number);
    const base = { ...info, minutes: 0, spans: [] };
    const day = number - first;
    const last = number === dayNumberOf(dueAt - 1);
    if (day === 0) {
      return { ...base, day: null, role: 'start', why: '当天不计' };
    }
    if (day > amount) {
      const why = last ? '顺延到这一天，24:00 到期' : `${info.name}，再顺延`;
      return { ...base, day: null, role: last ? 'due' : 'moved', why };
    }
    if (last) {
      return { ...base, day, role: 'due', why: `第 ${day} 天，24:00 到期` };
    }
    const why = day === amount ? `第 ${day} 天，逢${info.name}，顺延` : `第 ${day} 天`;
    return { ...base, day, role: day === amount ? 'moved' : 'counted', why };
  });
};

function hourWords(
  kind: DueStep['kind'],
  name: string,
  spans: DueStep['spans'],
  minutes: number,
  rest: number,
  dueClock: string | null,
): string {
  if (dueClock !== null && minutes === 0) {
    return `${dueClock} 到期`;
  }
  if (minutes === 0) {
    return kind === 'off' ? `${name}，不计` : '已过办公时间，不计';
  }
  const open = spans.map(([from, to]) => `${clockText(from)}–${endClockText(to)}`).join('、');
  const counted = `${open} 计 ${durationText(minutes)}`;
  return dueClock === null ? `${counted}，还差 ${durationText(rest)}` : `${counted}，${dueClock} 到期`;
}

/** Day numbers from one instant's to another's. A due time ends its day, so its day is asked for one millisecond earlier. */
function daysBetween(from: number, to: number): number[] {
  const first = dayNumberOf(from);
  return Array.from({ length: dayNumberOf(to) - first + 1 }, (_, index) => first + index);
}
