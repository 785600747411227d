/** What an effect works with, and the small moves that effects share. */
import type { ClockKind } from './clocks.ts';
import type { ActionName } from './actions.ts';
import type { Actor, Assignment, Capacity, Case, Clock, ClockChange, Tell } from './model.ts';
import type { CaseState, Urgency } from '../words/index.ts';
import type { Limit } from '../calendar/index.ts';
import { coAssignment, leadAssignment, openCoAssignments, type Standing } from './relations.ts';
import type { PlatformClock, PlatformSays } from './platform.ts';
import { Refusal, type RefusalCode } from './refusal.ts';
import type { World } from './world.ts';

export interface Situation<Input = unknown> {
  c: Case;
  action: ActionName;
  actor: Actor;
  personId: string | null;
  standing: Standing;
  input: Input;
  world: World;
  /** Only where a connected platform acts. */
  says?: PlatformSays | undefined;
}

export interface Effect {
  to?: CaseState;
  data?: object;
  clocks?: ClockChange[];
  tell?: Tell[];
  /** Another action the system does at once in the same transaction. */
  then?: ActionName;
  /** What the system does to other cases in the same transaction. */
  also?: Also[];
}

/** An act of the system on another case that belongs to this one: both happen or neither. */
export interface Also {
  caseId: string;
  action: ActionName;
  input: object;
}

export function refuse(code: RefusalCode): never {
  throw new Refusal(code);
}

/** Throws the refusal unless the condition holds. */
export function need(condition: unknown, code: RefusalCode): asserts condition {
  if (!condition) {
    refuse(code);
  }
}

export const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Refuses a moment that somebody says lies behind them and does not, or that lies before the report. */
export function happenedBy(s: Situation, at: string): void {
  need(Date.parse(at) <= s.world.now, 'notYet');
  // Forms speak in whole minutes: the minute of the report is no earlier than the report.
  need(Date.parse(at) > s.c.submittedAt - MINUTE_MS, 'tooEarly');
}

export function runningClock(c: Case, kind: ClockKind): Clock | undefined {
  return c.clocks.findLast((k) => k.kind === kind && k.stoppedAt === null);
}

/** Stops the running clocks of these kinds; a paused one is first given its pause back, so that the record is whole. */
export function stop(s: Situation, ...kinds: ClockKind[]): ClockChange[] {
  return kinds.flatMap((kind): ClockChange[] => {
    const clock = runningClock(s.c, kind);
    if (!clock) {
      return [];
    }
    return clock.pausedAt === null
      ? [{ do: 'stop', id: clock.id }]
      : [resumed(s, clock), { do: 'stop', id: clock.id }];
  });
}

/**
 * Ends a pause: the due time moves by the working time it lasted. An answer that comes before the timer could end a
 * question gives back no more than the question's limit.
 */
export function resumed(s: Situation, clock: Clock): ClockChange {
  const from = clock.pausedAt ?? s.world.now;
  const asked = s.c.ask !== null;
  const until = asked ? (runningClock(s.c, 'ask')?.dueAt ?? s.world.now) : s.world.now;
  const to = Math.max(from, Math.min(s.world.now, until));
  return {
    do: 'resume',
    id: clock.id,
    dueAt: s.world.calendar.extendByPause(clock.dueAt, from, to),
    pausedMinutes: s.world.calendar.workingMinutesBetween(from, to),
    asked,
    move: { kind: 'pause', from, to },
  };
}

/** Starts a clock with the limit in force (or the one given). A clock that ends on a date or moment of its own gets `dueAt`. */
export function start(
  s: Situation,
  kind: ClockKind,
  options: {
    unitId?: string | null;
    round?: number;
    limit?: Limit | undefined;
    dueAt?: number;
    moves?: Clock['moves'];
    /** Category and urgency as the act leaves them. */
    about?: { categoryId?: string | undefined; urgency?: Urgency | undefined };
  } = {},
): ClockChange {
  const about = {
    categoryId: options.about?.categoryId ?? s.c.content.categoryId,
    urgency: options.about?.urgency ?? s.c.urgency,
  };
  const limit = options.limit ?? s.world.limitOf(kind, about);
  const told = s.says?.due?.[kind as PlatformClock];
  const dueAt = options.dueAt ?? told ?? s.world.calendar.due(s.world.now, limit).dueAt;
  const number = s.c.clocks.filter((k) => k.kind === kind).length + 1;
  return {
    do: 'start',
    clock: {
      id: `${kind}#${number}`,
      kind,
      unitId: options.unitId ?? null,
      round: options.round ?? s.c.round,
      startedAt: s.world.now,
      limit,
      dueAt,
      firstDueAt: dueAt,
      pausedAt: null,
      pausedMinutes: 0,
      stoppedAt: null,
      overdueAt: null,
      told: null,
      moves: options.moves ?? [],
      version: 1,
    },
  };
}

/** Assignments for one round, numbered on from those the case has. */
export function assign(
  s: Situation,
  round: number,
  leadUnitId: string,
  coUnitIds: readonly string[],
  rework = false,
): Assignment[] {
  const made = [
    { unitId: leadUnitId, part: 'lead' as const },
    ...coUnitIds.map((unitId) => ({ unitId, part: 'co' as const })),
  ];
  return made.map((m, i) => ({ ...newAssignment(s, i + 1, round, m.unitId, m.part), rework }));
}

export function newAssignment(
  s: Situation,
  nth: number,
  round: number,
  unitId: string,
  part: Assignment['part'],
): Assignment {
  return {
    id: `a${s.c.assignments.length + nth}`,
    unitId,
    part,
    round,
    state: 'unsigned',
    rework: false,
    assignedAt: s.world.now,
    signedAt: null,
    endedAt: null,
  };
}

/** The lead and open co-handler assignments of now: what ends when a case is taken back. */
export function openAssignments(c: Case): Assignment[] {
  const lead = leadAssignment(c);
  return [...(lead && lead.state !== 'done' ? [lead] : []), ...openCoAssignments(c)];
}

/** The assignment in whose name the actor acts: the lead's when acting as lead handler, else its unit's own. */
export function ownAssignment(s: Situation): Assignment {
  const { relation, capacity } = s.standing;
  if (relation === 'platform') {
    const lead = leadAssignment(s.c);
    const unitId = s.says?.unitId;
    const theirs = unitId === undefined || unitId === lead?.unitId ? lead : coAssignment(s.c, unitId);
    need(theirs, 'unitNotHere');
    return theirs;
  }
  const own = relation === 'leadHandler' ? leadAssignment(s.c) : coAssignment(s.c, unitOf(capacity));
  need(own, 'notYours');
  return own;
}

export function unitOf(capacity: Capacity): string | null {
  return capacity.kind === 'grant' ? capacity.unitId : null;
}
