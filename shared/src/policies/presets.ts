/** Tempo classes ready to be put on a row: the limit of the reply, and a time to sign that leaves time to answer. */
import type { Limit } from '../calendar/index.ts';
import type { ClockKind } from '../workflow/index.ts';

export interface Tempo {
  id: string;
  name: string;
  limits: Partial<Record<ClockKind, Limit>>;
}

const hours = (amount: number): Limit => ({ unit: 'hours', amount });
const days = (amount: number): Limit => ({ unit: 'days', amount });

/** The quickest leaves half of it for signing; the others the half day that is usual. */
export const TEMPOS: readonly Tempo[] = [
  { id: 'hours2', name: '2 小时', limits: { sign: hours(1), reply: hours(2) } },
  { id: 'day1', name: '1 个工作日', limits: { sign: hours(3.5), reply: days(1) } },
  { id: 'days3', name: '3 个工作日', limits: { sign: hours(3.5), reply: days(3) } },
  { id: 'days15', name: '15 个工作日', limits: { sign: hours(3.5), reply: days(15) } },
];
