/**
 * What a case adds to the figures. Each tally is one thing that is counted once, on one day, under one area, unit,
 * category, 界别 and place; its mark tells it apart within its kind. A rate takes both its parts from tallies of one kind,
 * so a numerator is always part of its denominator, and every sum is the sum of its parts.
 */
import type { WorkingCalendar } from '../calendar/types.ts';
import type { Assignment, Case, Clock } from '../workflow/model.ts';
import type { CaseState } from '../words/index.ts';
import { endOf, FLOW_END_NAMES } from './flow.ts';

/** Things that are counted; what their marks mean stands beside each. */
export const COUNTED = [
  'reported', // on the day of the report; mark: how far it came, an index of FLOW_END_NAMES
  'handedOut', // on the day of the report, where it was received first and passed on; mark 0
  'accepted', // mark 0
  'dispatched', // on the day of the first dispatch; mark 1: answered and not being redone
  'replied', // on the day of the first released reply; marks: SOLVED and REWORKED added up
  'closed', // mark 0
  'rated', // the last round that was rated and counts; mark: the lowest stars
  'firstRated', // the first released round, where it was rated and counts; mark: the lowest stars
  'feedback', // cases that were rated, or closed without any stars; mark 1: rated
  'due', // lead assignments of round 1 at their due time; mark 1: answered by then
  'firstDue', // the same at the due time as first told, before pauses and extensions
  'reworkDue', // lead assignments of later rounds at their due time
  'signDue', // lead assignments at their sign due time; mark 1: signed by then
  'assigned', // assignments, lead and co, on the day they were given; mark 1: given back
  'adopted', // on the day of the first adoption; mark 0
] as const;

/** Stages that are timed. The mark of their tallies is the whole working minutes they took. */
export const STAGES = {
  review: { name: '审核', from: '提交（或再次提交、转来）', to: '受理' },
  dispatch: { name: '交办', from: '受理（或退回改派）', to: '交办给承办单位' },
  sign: { name: '签收', from: '交办', to: '主办单位签收' },
  handle: { name: '办理', from: '首轮交办', to: '单位提交的、后来发出的答复；扣除计时暂停' },
  check: { name: '审签', from: '答复送审', to: '审签完成（每一步各计一次）' },
  rework: { name: '整改', from: '整改或再次交办', to: '单位提交的、后来发出的答复；扣除计时暂停' },
  ruling: { name: '裁定', from: '提请裁定', to: '裁定' },
  whole: { name: '全程', from: '委员提交', to: '首轮答复由单位提交' },
} as const;
export type Stage = keyof typeof STAGES;
export const STAGE_NAMES = Object.keys(STAGES) as [Stage, ...Stage[]];
export type TimedKind = `time:${Stage}`;

export type CountedKind = (typeof COUNTED)[number];
export type TallyKind = CountedKind | TimedKind;

export const SOLVED = 1;
export const REWORKED = 2;

/** Kinds whose moment may still lie ahead: a due time is counted once it is past. */
export const AHEAD: readonly TallyKind[] = ['due', 'firstDue', 'reworkDue', 'signDue'];

export interface Tally {
  kind: TallyKind;
  mark: number;
  /** Business time; the figures count by its Shanghai day. */
  at: number;
  areaId: string;
  /** Empty while no unit has it. */
  unitId: string;
  categoryId: string;
  /** 界别 of the first author when it was reported; empty of an anonymous report. */
  sector: string;
  /** Where the matter is; the receiving area where nobody said. */
  placeId: string;
}

/** What a case does not know of itself. */
export interface TallyFacts {
  calendar: WorkingCalendar;
  sector: string;
  /** Reports filed before this instant count nowhere. */
  liveFrom: number;
}

const ANSWERED: ReadonlySet<CaseState> = new Set<CaseState>(['replied', 'disputed', 'closed']);
const UNACCEPTED: ReadonlySet<CaseState> = new Set<CaseState>([
  'draft',
  'submitted',
  'returned',
  'declined',
  'withdrawn',
  'merged',
]);
const TAKEN_AWAY: ReadonlySet<Assignment['state']> = new Set<Assignment['state']>(['returned', 'cancelled']);

const flag = (yes: boolean): number => (yes ? 1 : 0);

/** The unit that leads or last led and was not taken off: the case counts under it; empty for none. */
export function countedUnit(c: Pick<Case, 'assignments'>): string {
  return c.assignments.findLast((a) => a.part === 'lead' && !TAKEN_AWAY.has(a.state))?.unitId ?? '';
}

/** The lowest stars of a round that counts, and when its last stars came. Null where nobody rated or it is excused. */
function starsOf(c: Case, round: number): { stars: number; at: number } | null {
  const given = c.ratings.filter((r) => r.round === round);
  const excused = c.appeals.some((a) => a.round === round && a.outcome === 'excused');
  return given.length === 0 || excused
    ? null
    : { stars: Math.min(...given.map((r) => r.stars)), at: Math.max(...given.map((r) => r.at)) };
}

const unitOfRound = (c: Case, round: number): string =>
  c.replies.findLast((r) => r.round === round)?.unitId ?? countedUnit(c);

/** 已解决, or what was planned is done: as the last released reply stands. */
export const isSolved = (c: Pick<Case, 'replies' | 'fulfilledAt'>): boolean =>
  c.replies.at(-1)?.class === 'solved' || c.fulfilledAt !== null;

/** When it was accepted, as it stands: the end of its last review. Null where it is not accepted. */
export function acceptedAt(c: Pick<Case, 'state' | 'clocks'>): number | null {
  return UNACCEPTED.has(c.state) ? null : (lastReview(c)?.stoppedAt ?? null);
}

const lastReview = (c: Pick<Case, 'clocks'>): Clock | undefined =>
  c.clocks.findLast((k) => k.kind === 'review' && k.stoppedAt !== null);

/** When the first reply reached the authors: their time to rate began with it. */
export const firstReleasedAt = (c: Pick<Case, 'clocks'>): number | null =>
  c.clocks.find((k) => k.kind === 'rate')?.startedAt ?? null;

/** Everything a case counts for as it now stands. Pure: the same case and facts always give the same tallies. */
export function talliesOf(c: Case, facts: TallyFacts): Tally[] {
  if (c.submittedAt < facts.liveFrom) {
    return [];
  }
  const made: Tally[] = [];
  const shared = {
    categoryId: c.content.categoryId,
    sector: c.disclosure.anonymous ? '' : facts.sector,
    placeId: c.content.place.areaId ?? c.areaId,
  };
  const lead = countedUnit(c);
  const add = (
    kind: TallyKind,
    at: number | null,
    mark = 0,
    { unitId = lead, areaId = c.areaId }: { unitId?: string; areaId?: string } = {},
  ): void => {
    if (at !== null) {
      made.push({ kind, mark, at, areaId, unitId, ...shared });
    }
  };
  countCourse(c, add);
  countStars(c, add);
  countLimits(c, add);
  countTimes(c, facts.calendar, add);
  return made;
}

type Add = (
  kind: TallyKind,
  at: number | null,
  mark?: number,
  of?: { unitId?: string; areaId?: string },
) => void;

function countCourse(c: Case, add: Add): void {
  add('reported', c.submittedAt, FLOW_END_NAMES.indexOf(endOf(c)));
  c.passed.forEach(({ areaId }) => add('handedOut', c.submittedAt, 0, { areaId, unitId: '' }));
  add('accepted', acceptedAt(c));
  add('dispatched', c.firstDispatchedAt, flag(c.replies.length > 0 && ANSWERED.has(c.state)));
  const reworked = c.assignments.some((a) => a.rework);
  add('replied', firstReleasedAt(c), (isSolved(c) ? SOLVED : 0) + (reworked ? REWORKED : 0));
  add('closed', c.state === 'closed' ? c.closedAt : null);
  c.assignments.forEach((a) => add('assigned', a.assignedAt, flag(a.state === 'returned'), a));
  add('adopted', c.adoptions[0]?.at ?? null);
}

/** The stars a case counts with: of its last round that was rated and counts. */
export function lastStars(c: Case): { round: number; stars: number; at: number } | null {
  const rounds = [...new Set(c.ratings.map((r) => r.round))].toSorted((a, b) => b - a);
  for (const round of rounds) {
    const found = starsOf(c, round);
    if (found) {
      return { round, ...found };
    }
  }
  return null;
}

function countStars(c: Case, add: Add): void {
  const last = lastStars(c);
  if (last) {
    add('rated', last.at, last.stars, { unitId: unitOfRound(c, last.round) });
  }
  const firstRound = c.replies[0]?.round;
  const first = firstRound === undefined ? null : starsOf(c, firstRound);
  if (first && firstRound !== undefined) {
    add('firstRated', first.at, first.stars, { unitId: unitOfRound(c, firstRound) });
  }
  if (c.ratings.length > 0) {
    add('feedback', Math.max(...c.ratings.map((r) => r.at)), 1);
  } else if (c.state === 'closed') {
    add('feedback', c.closedAt, 0);
  }
}

/** The lead assignment a sign or reply clock was started for: each lead starts one of both, in the same order. */
function assignmentOf(c: Case, k: Clock): Assignment | undefined {
  const nth = c.clocks.filter((other) => other.kind === k.kind).indexOf(k);
  return c.assignments.filter((a) => a.part === 'lead')[nth];
}

function countLimits(c: Case, add: Add): void {
  for (const k of c.clocks) {
    const given = k.kind === 'reply' || k.kind === 'sign' ? assignmentOf(c, k) : undefined;
    if (!given) {
      continue;
    }
    /** Of a limit that ends at `end`: met, missed, or null where it was taken off before. */
    const verdict = (end: number): number | null => {
      const done = k.kind === 'sign' ? given.signedAt : given.state === 'done' ? k.stoppedAt : null;
      const left = TAKEN_AWAY.has(given.state) && (given.endedAt ?? 0) <= end;
      return done === null && left ? null : flag(done !== null && done <= end);
    };
    const told = (kind: TallyKind, end: number): void => {
      const met = verdict(end);
      if (met !== null) {
        add(kind, end, met, given);
      }
    };
    if (k.kind === 'sign') {
      told('signDue', k.dueAt);
      continue;
    }
    // A reply that is being signed was in time or not, but nobody knows yet whether it is the one that leaves.
    const signing = c.approval?.assignmentId === given.id ? k.pausedAt : null;
    if (k.round === 1 && (signing === null || signing > k.firstDueAt)) {
      told('firstDue', k.firstDueAt);
    }
    // While a pause lasts nobody knows where the due time will lie, unless it was missed before.
    if (k.pausedAt === null || k.pausedAt > k.dueAt) {
      told(k.round === 1 ? 'due' : 'reworkDue', k.dueAt);
    }
  }
}

function countTimes(c: Case, calendar: WorkingCalendar, add: Add): void {
  const minutes = (from: number, to: number, paused = 0): number =>
    Math.max(0, Math.floor(calendar.workingMinutesBetween(from, to) - paused + 1e-6));
  const review = UNACCEPTED.has(c.state) ? undefined : lastReview(c);
  if (review?.stoppedAt != null) {
    add('time:review', review.stoppedAt, minutes(review.startedAt, review.stoppedAt));
  }
  for (const a of c.assignments.filter((each) => each.part === 'lead')) {
    const office = c.clocks.find((k) => k.kind === 'dispatch' && k.stoppedAt === a.assignedAt);
    if (office) {
      add('time:dispatch', a.assignedAt, minutes(office.startedAt, a.assignedAt), a);
    }
    if (a.signedAt !== null) {
      add('time:sign', a.signedAt, minutes(a.assignedAt, a.signedAt), a);
    }
  }
  for (const k of c.clocks.filter((each) => each.stoppedAt !== null)) {
    const end = k.stoppedAt ?? 0;
    if (k.kind === 'reply' && assignmentOf(c, k)?.state === 'done') {
      const took = minutes(k.startedAt, end, k.pausedMinutes);
      add(k.round === 1 ? 'time:handle' : 'time:rework', end, took, { unitId: k.unitId ?? '' });
    } else if (k.kind === 'check') {
      add('time:check', end, minutes(k.startedAt, end));
    } else if (k.kind === 'ruling') {
      add('time:ruling', end, minutes(k.startedAt, end));
    }
  }
  const first = c.replies[0];
  if (first) {
    add('time:whole', first.at, minutes(c.submittedAt, first.at), { unitId: first.unitId });
  }
}
