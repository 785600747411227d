/** The reply on its way out: countersigned, approved, released. */
import type { InputOf } from './inputs.ts';
import type { EventData } from './event-data.ts';
import type { Approval, Assignment, Case, ClockChange, Reply } from './model.ts';
import type { ApprovalStep } from './clocks.ts';
import { authorsOf, headsOf, leadAssignment, openCoAssignments } from './relations.ts';
import {
  need,
  ownAssignment,
  resumed,
  runningClock,
  start,
  stop,
  type Effect,
  type Situation,
} from './situation.ts';

/** Co-handlers of this dispatch that are still in it: neither those of an earlier one nor any taken off since. */
function unitsBeside(c: Case, lead: Assignment): string[] {
  const given = c.assignments.slice(c.assignments.findIndex((a) => a.id === lead.id) + 1);
  const stay = given.filter((a) => a.part === 'co' && a.state !== 'cancelled' && a.state !== 'returned');
  return [...new Set(stay.map((a) => a.unitId))];
}

/** What a reply by this actor waits for before it leaves. */
function stepsFor(s: Situation, unitId: string): ApprovalStep[] {
  const { c, world, actor } = s;
  if (c.handledBy !== undefined) {
    return []; // whoever had to sign it did so over there
  }
  const due = runningClock(c, 'reply')?.dueAt ?? 0;
  const ownHead =
    actor.kind === 'person' && actor.grants.some((g) => g.role === 'head' && g.unitId === unitId);
  const hasHead = (headsOf(c, unitId, world) ?? []).length > 0;
  const steps: ApprovalStep[] = [];
  if (c.countersign && openCoAssignments(c).length > 0 && world.now < due) {
    steps.push('countersign');
  }
  if (world.rules.headApproval(unitId) && hasHead && !ownHead) {
    steps.push('head');
  }
  if (world.rules.dispatcherCheck) {
    steps.push('dispatcher');
  }
  return steps;
}

/** The clock of the step that waits now. */
function stepClock(s: Situation, step: ApprovalStep, unitId: string): ClockChange {
  const due = runningClock(s.c, 'reply')?.dueAt;
  return step === 'countersign'
    ? start(s, 'countersign', { unitId, ...(due === undefined ? {} : { dueAt: due }) })
    : start(s, 'check', { unitId: step === 'head' ? unitId : null });
}

/** The reply reaches the authors: whose stars are awaited, whose opinions come too late, what is promised. */
function released(
  s: Situation,
  { assignmentId, reply: answer }: Pick<Approval, 'assignmentId' | 'reply'>,
  leaving: readonly Assignment[],
): Required<Pick<Effect, 'to' | 'clocks'>> & {
  release: NonNullable<EventData['approve']['release']>;
} {
  const { c, world } = s;
  const everyone = [...new Set([...authorsOf(c), ...c.absorbed.flatMap((a) => a.authors)])];
  const inOffice = everyone.filter((personId) => !world.leftOffice(personId));
  return {
    to: 'replied',
    release: {
      assignmentId,
      reply: answer,
      awaited: inOffice,
      cancelled: leaving.map((a) => a.id),
    },
    clocks: [
      start(s, 'rate'),
      ...(answer.promisedOn
        ? [
            start(s, 'promise', {
              unitId: answer.unitId,
              dueAt: world.calendar.closeOfBusiness(answer.promisedOn),
              moves: [{ kind: 'granted', date: answer.promisedOn }],
            }),
          ]
        : []),
    ],
  };
}

export function reply(s: Situation<InputOf<'reply'>>): Effect {
  const own = ownAssignment(s);
  const { c, world } = s;
  const answer: Reply = {
    round: c.round,
    unitId: own.unitId,
    personId: s.personId ?? '',
    coUnitIds: unitsBeside(c, own),
    ...s.input,
    at: world.now,
  };
  const steps = stepsFor(s, own.unitId);
  const [first] = steps;
  const ends = stop(s, 'sign', 'ask', 'extension');
  if (!first) {
    const out = released(s, { assignmentId: own.id, reply: answer }, openCoAssignments(c));
    return {
      to: out.to,
      data: { assignmentId: own.id, reply: answer, approval: null, release: out.release },
      clocks: [...ends, ...stop(s, 'reply'), ...out.clocks],
    };
  }
  const running = runningClock(c, 'reply');
  const approval: Approval = { reply: answer, assignmentId: own.id, steps };
  return {
    to: 'replying',
    data: { assignmentId: own.id, reply: answer, approval, release: null },
    // An open question ends with the reply; its pause is given back before the clock stands still again.
    clocks: [
      ...ends,
      ...(running && running.pausedAt !== null ? [resumed(s, running)] : []),
      ...(running ? [{ do: 'pause' as const, id: running.id }] : []),
      stepClock(s, first, own.unitId),
    ],
  };
}

/** What follows once the first step of an approval is done; empty while it is not. */
function goOn(s: Situation, approval: Approval, stillOpen = openCoAssignments(s.c)): Effect {
  const [, ...steps] = approval.steps;
  const [next] = steps;
  const ends = stop(s, 'countersign', 'check');
  if (next) {
    return {
      data: { steps, release: null },
      clocks: [...ends, stepClock(s, next, approval.reply.unitId)],
    };
  }
  const out = released(s, approval, stillOpen);
  const clock = runningClock(s.c, 'reply');
  return {
    to: out.to,
    data: { steps: [], release: out.release },
    clocks: [
      ...ends,
      // The unit's time ended when it submitted; waiting for signatures is not its own.
      ...(clock ? [{ do: 'stop' as const, id: clock.id, at: approval.reply.at }] : []),
      ...out.clocks,
    ],
  };
}

const pending = (c: Case): Approval => {
  need(c.approval, 'notWaiting');
  return c.approval;
};

/** The reply goes on when the last co-handler it waited for has spoken or is out of it. */
export function withoutCoHandler(s: Situation, assignmentId: string): Effect {
  const { approval } = s.c;
  if (approval?.steps[0] !== 'countersign') {
    return {};
  }
  const others = openCoAssignments(s.c).filter((a) => a.id !== assignmentId);
  return others.length > 0 ? {} : goOn(s, approval, others);
}

export function lapseCountersign(s: Situation<InputOf<'clock'>>): Effect {
  const approval = pending(s.c);
  const clock = runningClock(s.c, 'countersign');
  need(clock && clock.id === s.input.clockId, 'clockGone');
  need(s.world.now >= clock.dueAt, 'clockEarly');
  const onwards = goOn(s, approval);
  return { ...onwards, data: { clockId: clock.id, ...onwards.data } };
}

/** Heads sign in the unit's name; where none is left the dispatch office does. */
function mayDecide(s: Situation, approval: Approval): void {
  const [step] = approval.steps;
  const byHead = s.standing.relation === 'head';
  const headless = headsOf(s.c, approval.reply.unitId, s.world)?.length === 0;
  need(step === 'head' ? byHead || headless : step === 'dispatcher' && !byHead, 'notWaiting');
}

export function approve(s: Situation<InputOf<'note'>>): Effect {
  const approval = pending(s.c);
  mayDecide(s, approval);
  const onwards = goOn(s, approval);
  return { ...onwards, data: { ...s.input, step: approval.steps[0], ...onwards.data } };
}

/** What was left of the unit's time runs again from now; what was overdue stays overdue. */
export function rejectReply(s: Situation<InputOf<'reason'>>): Effect {
  const approval = pending(s.c);
  mayDecide(s, approval);
  const clock = runningClock(s.c, 'reply');
  need(clock && clock.pausedAt !== null, 'clockGone');
  return {
    to: 'handling',
    data: { ...s.input, step: approval.steps[0] },
    clocks: [...stop(s, 'check'), resumed(s, clock)],
    tell: [
      {
        notice: 'replyRejected',
        audience: {
          to: 'unit',
          unitId: leadAssignment(s.c)?.unitId ?? approval.reply.unitId,
          role: 'handler',
        },
      },
    ],
  };
}
