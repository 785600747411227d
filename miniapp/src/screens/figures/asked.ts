import type { StatisticsStanding } from '@minqing/shared/contract';
import type { PeriodName } from '@minqing/shared/statistics';
import { PERIODS } from '@minqing/shared/statistics';
import type { LocationQuery, RouteLocationRaw } from 'vue-router';
import type { Asked } from './api.ts';

/** The periods the page offers, and by what its trend is put apart. */
export const OFFERED: readonly { id: PeriodName; label: string; split: 'day' | 'week' | 'month' }[] = [
  { id: 'week', label: PERIODS.week, split: 'day' },
  { id: 'month', label: PERIODS.month, split: 'day' },
  { id: 'quarter', label: PERIODS.quarter, split: 'week' },
  { id: 'year', label: PERIODS.year, split: 'month' },
  { id: 'last12', label: PERIODS.last12, split: 'month' },
];

const text = (value: LocationQuery[string] | undefined): string => (typeof value === 'string' ? value : '');

/** What the address asks for; this year where it does not say. `within` names a day of a period that is over. */
export function askedBy(query: LocationQuery): Asked {
  const period = OFFERED.find((one) => one.id === query.period)?.id ?? 'year';
  const area = text(query.area);
  const within = /^\d{4}-\d\d-\d\d$/.test(text(query.within)) ? text(query.within) : '';
  return {
    desk: text(query.desk),
    period,
    ...(area ? { area } : {}),
    ...(within ? { within } : {}),
  };
}

/** The list of the cases behind a number, under the same filters and as of the place in the history it counts to. */
export function casesOf(
  asked: Asked,
  more: Record<string, string>,
  { seq, counting, asOf }: StatisticsStanding,
): RouteLocationRaw {
  const query = { ...(asked as Record<string, string>), ...more };
  return {
    path: '/figures/cases',
    query: { ...query, seq: String(seq), counting: String(counting), asOf },
  };
}
