/** Stretches of days a figure is told for, and those it is compared with. Days are Shanghai days since 1970-01-01. */
import { dateOfDay, dayOfDate, weekdayOfDay } from '../time/index.ts';

export const PERIODS = {
  day: '今天',
  week: '本周',
  month: '本月',
  quarter: '本季度',
  half: '本半年',
  year: '今年',
  last12: '近 12 个月',
  custom: '自定',
} as const;
export type PeriodName = keyof typeof PERIODS;
export const PERIOD_NAMES = Object.keys(PERIODS) as [PeriodName, ...PeriodName[]];

/** From and to are both counted. `end` is the last day of the whole period, which may still lie ahead. */
export interface Period {
  name: PeriodName;
  from: number;
  to: number;
  end: number;
}

interface Ymd {
  year: number;
  month: number;
  day: number;
}

const ymdOf = (day: number): Ymd => {
  const [year = 1970, month = 1, date = 1] = dateOfDay(day).split('-').map(Number);
  return { year, month, day: date };
};
const pad = (n: number, width = 2): string => String(n).padStart(width, '0');

/** The day number of a date whose month may lie outside 1 to 12; a day behind the month's end becomes its last. */
function dayAt(year: number, month: number, day: number): number {
  const y = year + Math.floor((month - 1) / 12);
  const m = ((((month - 1) % 12) + 12) % 12) + 1;
  const first = dayOfDate(`${pad(y, 4)}-${pad(m)}-01`) ?? 0;
  return first + Math.min(day, daysIn(y, m)) - 1;
}

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Months since the year 0, of a day. */
export function monthOf(day: number): number {
  const { year, month } = ymdOf(day);
  return year * 12 + month - 1;
}

/** The first day of a month. */
export const firstDayOf = (month: number): number => dayAt(Math.floor(month / 12), (month % 12) + 1, 1);

/** The same date so many months on; the 31st becomes a shorter month's last day. */
export function monthsOn(day: number, months: number): number {
  const { year, month, day: date } = ymdOf(day);
  return dayAt(year, month + months, date);
}

const MONTHS: Partial<Record<PeriodName, number>> = { month: 1, quarter: 3, half: 6, year: 12, last12: 12 };

/** Whole months or weeks that hold `within`, cut off at `today`; a custom one as asked for. */
export function periodOf(
  name: PeriodName,
  today: number,
  asked: { within?: number | undefined; from?: number | undefined; to?: number | undefined } = {},
): Period {
  const within = asked.within ?? today;
  const of = (from: number, end: number): Period => ({
    name,
    from,
    end,
    to: Math.max(from, Math.min(end, today)),
  });
  const { year, month } = ymdOf(within);
  switch (name) {
    case 'day':
      return of(within, within);
    case 'week': {
      const monday = within - ((weekdayOfDay(within) + 6) % 7);
      return of(monday, monday + 6);
    }
    case 'last12':
      return of(monthsOn(within, -12) + 1, within);
    case 'custom':
      return of(asked.from ?? within, asked.to ?? within);
    default: {
      const length = MONTHS[name] ?? 1;
      const first = dayAt(year, month - ((month - 1) % length), 1);
      return of(first, monthsOn(first, length) - 1);
    }
  }
}

/** 环比: the period before, as far as this one has come. */
export function before(p: Period): Period {
  const months = MONTHS[p.name];
  if (months === undefined) {
    const days = p.end - p.from + 1;
    return { ...p, from: p.from - days, to: p.to - days, end: p.end - days };
  }
  return shifted(p, -months);
}

/** 同比: the same period a year before, as far as this one has come. */
export const yearBefore = (p: Period): Period => (p.name === 'week' ? moved(p, -364) : shifted(p, -12));

const moved = (p: Period, days: number): Period => ({
  ...p,
  from: p.from + days,
  to: p.to + days,
  end: p.end + days,
});

/** Whole months stay whole: February's last day is compared with January's. */
function shifted(p: Period, months: number): Period {
  const from = monthsOn(p.from, months);
  const end = monthsOn(p.end + 1, months) - 1;
  return { ...p, from, end, to: p.to === p.end ? end : Math.min(end, monthsOn(p.to, months)) };
}

export const GRAINS = { day: '按天', week: '按周', month: '按月' } as const;
export type Grain = keyof typeof GRAINS;

/** The period in pieces, first to last; the first and last may be cut off. */
export function piecesOf(p: Period, grain: Grain): { from: number; to: number }[] {
  const pieces: { from: number; to: number }[] = [];
  for (let from = p.from; from <= p.to;) {
    const end =
      grain === 'day'
        ? from
        : grain === 'week'
          ? from + ((7 - weekdayOfDay(from)) % 7)
          : firstDayOf(monthOf(from) + 1) - 1;
    pieces.push({ from, to: Math.min(end, p.to) });
    from = end + 1;
  }
  return pieces;
}

/** 2026年1月1日至7月7日; one day alone is that day. */
export function periodText({ from, to }: Pick<Period, 'from' | 'to'>): string {
  const a = ymdOf(from);
  const b = ymdOf(to);
  const first = `${a.year}年${a.month}月${a.day}日`;
  if (from === to) {
    return first;
  }
  return `${first}至${a.year === b.year ? '' : `${b.year}年`}${b.month}月${b.day}日`;
}

/** 7月6日, 6月29日当周, 7月: a piece under its bar, with the year where it is not `year`. */
export function pieceText(from: number, grain: Grain, year: number): string {
  const at = ymdOf(from);
  const y = at.year === year ? '' : `${at.year}年`;
  return grain === 'month'
    ? `${y}${at.month}月`
    : `${y}${at.month}月${at.day}日${grain === 'week' ? '当周' : ''}`;
}
