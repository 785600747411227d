/** Every clock a case can run against: what it is called, who must move while it runs, what happens when it is up. */
import type { Limit } from '../calendar/index.ts';
import type { Case, Clock } from './model.ts';

/** What a submitted reply still waits for, in this order. */
export type ApprovalStep = 'countersign' | 'head' | 'dispatcher';

/** Reminders in the order they come: to whoever must move, then up the ladder. */
export const REMINDER_STEPS = ['half', 'amber', 'head', 'dispatcher', 'inspector'] as const;
export type ReminderStep = (typeof REMINDER_STEPS)[number];
export type Rung = 'head' | 'dispatcher' | 'inspector';

interface ClockSpec {
  label: string;
  limit: Limit;
  atDue: 'overdue' | 'lapseAsk' | 'lapseCountersign' | 'settle' | 'withdraw';
  /** Whether whoever must move is reminded at half and at yellow. */
  remind: boolean;
  /** Who is told, one after another, once it is overdue. */
  ladder: readonly Rung[];
}

const clock = (
  label: string,
  limit: Limit,
  ladder: readonly Rung[] = [],
  more: Partial<Pick<ClockSpec, 'atDue' | 'remind'>> = {},
): ClockSpec => ({ label, limit, atDue: 'overdue', remind: true, ladder, ...more });

const hours = (amount: number): Limit => ({ unit: 'hours', amount });
const days = (amount: number): Limit => ({ unit: 'days', amount });
const naturalDays = (amount: number): Limit => ({ unit: 'naturalDays', amount });

export type ClockKind =
  | 'review'
  | 'dispatch'
  | 'sign'
  | 'reply'
  | 'ask'
  | 'countersign'
  | 'check'
  | 'extension'
  | 'rate'
  | 'ruling'
  | 'appeal'
  | 'supervision'
  | 'supplement'
  | 'promise';

/** Government inspectors never learn of what the committee has not accepted: a late review goes to the committee's own head. */
export const CLOCKS: Record<ClockKind, ClockSpec> = {
  review: clock('审核', hours(7), ['head']),
  dispatch: clock('交办', hours(7), ['head', 'inspector']),
  sign: clock('签收', hours(3.5), ['head', 'dispatcher', 'inspector']),
  reply: clock('答复', days(3), ['head', 'dispatcher', 'inspector']),
  ask: clock('核实', days(2), [], { atDue: 'lapseAsk', remind: false }),
  countersign: clock('会签', days(3), [], { atDue: 'lapseCountersign' }),
  check: clock('审签', hours(3.5), ['inspector']),
  extension: clock('延期审批', hours(3.5), ['inspector']),
  rate: clock('评价', naturalDays(7), [], { atDue: 'settle' }),
  ruling: clock('裁定', days(3)),
  appeal: clock('复核', days(3)),
  supervision: clock('答复督办', days(3), ['inspector']),
  supplement: clock('补充', naturalDays(30), [], { atDue: 'withdraw' }),
  promise: clock('落实', days(30), ['head', 'dispatcher']),
};

/** Working minutes after the due time at which each rung of the ladder is told. */
export const LADDER_MINUTES: Record<Rung, number> = { head: 210, dispatcher: 420, inspector: 840 };

/** What a clock's end does to this case. A report that was dispatched before is never withdrawn by silence: it is overdue. */
export function atDueOf(c: Pick<Case, 'firstDispatchedAt'>, kind: ClockKind): ClockSpec['atDue'] {
  const { atDue } = CLOCKS[kind];
  return atDue === 'withdraw' && c.firstDispatchedAt !== null ? 'overdue' : atDue;
}

/** Clocks that end with another one, or at a moment of their own: a changed calendar does not count them anew. */
const NEVER_RECOUNTED: ReadonlySet<ClockKind> = new Set(['ask', 'countersign']);

/** Whether a changed calendar may move this clock: one that runs, is not overdue, and is counted for itself. */
export const mayRecount = (clock: Pick<Clock, 'kind' | 'stoppedAt' | 'overdueAt'>): boolean =>
  clock.stoppedAt === null && clock.overdueAt === null && !NEVER_RECOUNTED.has(clock.kind);

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
export const HANDOVERS_PER_CASE = 3;
/** Working days after a low rating in which the unit may appeal. */
export const APPEAL_DAYS = 5;
/** Natural days in which a declined report may be reconsidered, and a closed case reopened. */
export const SECOND_THOUGHTS_DAYS = 30;
/** Natural days beyond which no extension reaches. */
export const EXTENSION_MAX_DAYS = 180;
