/** Every clock a case can run against: what it is called, who must move while it runs, what happens when it is up. */
import type { Limit } from '../calendar/index.ts';
import type { Case } from './model.ts';

export const CLOCKS = {
  review: { label: '审核', limit: { unit: 'hours', amount: 7 }, atDue: 'overdue', remind: true },
  dispatch: { label: '交办', limit: { unit: 'hours', amount: 7 }, atDue: 'overdue', remind: true },
  sign: { label: '签收', limit: { unit: 'hours', amount: 3.5 }, atDue: 'overdue', remind: true },
  reply: { label: '答复', limit: { unit: 'days', amount: 3 }, atDue: 'overdue', remind: true },
  ask: { label: '核实', limit: { unit: 'days', amount: 2 }, atDue: 'lapseAsk', remind: false },
  rate: { label: '评价', limit: { unit: 'naturalDays', amount: 7 }, atDue: 'settle', remind: true },
  ruling: { label: '裁定', limit: { unit: 'days', amount: 3 }, atDue: 'overdue', remind: true },
  supplement: { label: '补充', limit: { unit: 'naturalDays', amount: 30 }, atDue: 'withdraw', remind: true },
} as const satisfies Record<
  string,
  { label: string; limit: Limit; atDue: 'overdue' | 'lapseAsk' | 'settle' | 'withdraw'; remind: boolean }
>;
export type ClockKind = keyof typeof CLOCKS;

type AtDue = (typeof CLOCKS)[ClockKind]['atDue'];

/** What a clock's end does to this case. A report that was dispatched before is never withdrawn by silence: it is overdue. */
export function atDueOf(c: Pick<Case, 'firstDispatchedAt'>, kind: ClockKind): AtDue {
  const { atDue } = CLOCKS[kind];
  return atDue === 'withdraw' && c.firstDispatchedAt !== null ? 'overdue' : atDue;
}

/** The limits a case's clocks start with; a running clock keeps the one it started with. */
export type Limits = Record<ClockKind, Limit>;

/** The limits in force where nothing else was set. */
export function defaultLimits(): Limits {
  const entries = Object.entries(CLOCKS).map(([kind, spec]) => [kind, { ...spec.limit }]);
  return Object.fromEntries(entries) as Limits;
}

/** Pauses of one round never give back more than this many working minutes (35 h = 5 working days). */
export const PAUSE_CAP_MINUTES = 35 * 60;
export const ASKS_PER_ROUND = 2;
export const REWORKS_PER_DISPATCH = 2;
export const TRANSFER_BACKS_PER_CASE = 3;
