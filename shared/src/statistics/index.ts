/**
 * What each figure means, once. Everything that shows a number calls these; each names what it counts and what it leaves
 * out. Inputs are cases as the workflow knows them, so a figure can always be traced to the cases behind it.
 */
import type { WorkingCalendar } from '../calendar/types.ts';
import type { Case, Clock } from '../workflow/model.ts';

export * from './late.ts';

export interface FigureDefinition {
  name: string;
  formula: string;
  leavesOut: string;
}

export const FIGURES = {
  closeRate: { name: '办结率', formula: '已答复且不在整改 ÷ 已交办', leavesOut: '已转交其他地区的' },
  onTimeRate: {
    name: '按期率',
    formula: '首轮主办单位按时答复 ÷ 答复时限落在本期的首轮交办单',
    leavesOut: '时限前已退回、已撤销的',
  },
  satisfactionRate: { name: '满意率', formula: '末轮评价三星及以上 ÷ 已评价', leavesOut: '未评价的' },
  firstSatisfactionRate: {
    name: '首次满意率',
    formula: '首轮评价三星及以上 ÷ 首轮已评价',
    leavesOut: '首轮未评价的',
  },
  ratedRate: { name: '参评率', formula: '已评价 ÷ 评价期已过或已评价', leavesOut: '还在评价期内的' },
  solvedRate: { name: '解决率', formula: '答复为已解决 ÷ 已答复', leavesOut: '还没有答复的' },
  reworkRate: { name: '整改率', formula: '有过整改 ÷ 已答复', leavesOut: '还没有答复的' },
  transferRate: { name: '退单率', formula: '退回的交办单 ÷ 全部交办单', leavesOut: '无' },
  signRate: {
    name: '签收及时率',
    formula: '签收时限前签收 ÷ 签收时限落在本期的交办单',
    leavesOut: '时限前已退回、已撤销的',
  },
} as const satisfies Record<string, FigureDefinition>;
export type FigureName = keyof typeof FIGURES;

/** A rate is told with its fraction; null when there is nothing to divide by. */
export interface Rate {
  part: number;
  whole: number;
}

const IN_REWORK = new Set(['dispatched', 'handling', 'replying']);
const rateOf = <T>(all: readonly T[], counts: (item: T) => boolean): Rate => ({
  part: all.filter(counts).length,
  whole: all.length,
});

const dispatchedEver = (c: Case): boolean => c.firstDispatchedAt !== null;
const replied = (c: Case): boolean => c.replies.length > 0;
const lowest = (c: Case, round: number): number | null => {
  const stars = c.ratings.filter((r) => r.round === round).map((r) => r.stars);
  return stars.length > 0 ? Math.min(...stars) : null;
};
const lastRated = (c: Case): number | null => {
  const last = c.ratings.at(-1);
  return last ? lowest(c, last.round) : null;
};

/** The reply clock of the first round that was not taken back: the promise 按期率 is measured on. */
export function firstReplyClock(c: Case): Clock | undefined {
  const reply = c.replies[0];
  return c.clocks.find(
    (k) =>
      k.kind === 'reply' &&
      (reply ? k.round === reply.round && k.unitId === reply.unitId : k.stoppedAt === null),
  );
}

/** Whether the first accepted submission came by its due time; null while that is not decided. */
export function firstOnTime(c: Case, asOf: number): boolean | null {
  const clock = firstReplyClock(c);
  if (!clock) {
    return null;
  }
  if (clock.stoppedAt !== null) {
    return clock.stoppedAt <= clock.dueAt;
  }
  return clock.pausedAt === null && asOf > clock.dueAt ? false : null;
}

/** 部门用时: dispatch → the unit's accepted submission of the first reply, less pauses, in working minutes. */
export function unitMinutesOfFirstReply(c: Case, calendar: WorkingCalendar): number | null {
  const clock = replied(c) ? firstReplyClock(c) : undefined;
  if (!clock || clock.stoppedAt === null) {
    return null;
  }
  return calendar.workingMinutesBetween(clock.startedAt, clock.stoppedAt) - clock.pausedMinutes;
}

/** Every rate over a set of cases, at the instant `asOf`. */
export function ratesOf(cases: readonly Case[], asOf: number): Record<FigureName, Rate> {
  const dispatched = cases.filter(dispatchedEver);
  const answered = cases.filter(replied);
  const decided = dispatched.map((c) => firstOnTime(c, asOf)).filter((v) => v !== null);
  const rated = answered.map(lastRated).filter((s) => s !== null);
  const first = answered.map((c) => lowest(c, c.replies[0]?.round ?? 1)).filter((s) => s !== null);
  const couldRate = answered.filter((c) => c.ratings.length > 0 || c.state !== 'replied');
  const assignments = dispatched.flatMap((c) => c.assignments);
  const signs = dispatched.flatMap((c) =>
    c.clocks.filter((k) => k.kind === 'sign' && (k.stoppedAt ?? asOf) <= asOf),
  );
  const signsDecided = signs.filter((k) => k.stoppedAt !== null || asOf > k.dueAt);
  return {
    closeRate: rateOf(dispatched, (c) => replied(c) && !IN_REWORK.has(c.state)),
    onTimeRate: rateOf(decided, (onTime) => onTime),
    satisfactionRate: rateOf(rated, (stars) => stars >= 3),
    firstSatisfactionRate: rateOf(first, (stars) => stars >= 3),
    ratedRate: rateOf(couldRate, (c) => c.ratings.length > 0),
    solvedRate: rateOf(answered, (c) => c.replies.at(-1)?.class === 'solved'),
    reworkRate: rateOf(answered, (c) => c.replies.length > 1 || c.reworks > 0),
    transferRate: rateOf(assignments, (a) => a.state === 'returned'),
    signRate: rateOf(signsDecided, (k) => k.stoppedAt !== null && k.stoppedAt <= k.dueAt),
  };
}

/** A member's own year: reports filed, closed, and the mean 部门用时 of the answered ones (null before the first answer). */
export function memberYear(
  cases: readonly Case[],
  calendarOf: (c: Case) => WorkingCalendar,
): { submitted: number; closed: number; meanReplyMinutes: number | null } {
  const minutes = cases.map((c) => unitMinutesOfFirstReply(c, calendarOf(c))).filter((m) => m !== null);
  return {
    submitted: cases.length,
    closed: cases.filter((c) => c.state === 'closed').length,
    meanReplyMinutes: minutes.length > 0 ? minutes.reduce((a, b) => a + b, 0) / minutes.length : null,
  };
}

export * from './delivery.ts';
