/** A period or a pair of days as the instants they stand for. */
import { DAY_MS, dayOfDate, startOfDay } from '@minqing/shared/time';

const PERIOD_DAYS = { day: 1, week: 7, month: 30 } as const;

export interface Span {
  period: keyof typeof PERIOD_DAYS | 'all';
  /** Days in Shanghai, both included; they lead over the period. */
  from?: string | undefined;
  to?: string | undefined;
}

/** From (included) and to (excluded), in business time; null where it is open. */
export function spanOf({ period, from, to }: Span, now: number): [from: number | null, to: number | null] {
  if (from || to) {
    const dayOf = (date: string | undefined): number | null => (date ? dayOfDate(date) : null);
    const first = dayOf(from);
    const last = dayOf(to);
    return [first === null ? null : startOfDay(first), last === null ? null : startOfDay(last + 1)];
  }
  return [period === 'all' ? null : now - PERIOD_DAYS[period] * DAY_MS, null];
}
