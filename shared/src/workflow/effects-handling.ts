/** The units: signing, telling, asking, answering, giving back. */
import type { InputOf } from './inputs.ts';
import type { Assignment, Case, ClockChange, Reply } from './model.ts';
import type { CaseState } from '../words/index.ts';
import { ASKS_PER_ROUND, PAUSE_CAP_MINUTES, TRANSFER_BACKS_PER_CASE } from './clocks.ts';
import { leadAssignment, openCoAssignments } from './relations.ts';
import {
  need,
  openAssignments,
  ownAssignment,
  resumed,
  runningClock,
  start,
  stop,
  type Effect,
  type Situation,
} from './situation.ts';

/** Anything the lead does first counts as signing; a co-handler's acts never move the case. */
function signing(s: Situation): { to: CaseState; clocks: ClockChange[] } {
  return s.standing.relation === 'leadHandler'
    ? { to: 'handling', clocks: stop(s, 'sign') }
    : { to: s.c.state, clocks: [] };
}

export function sign(s: Situation): Effect {
  const own = ownAssignment(s);
  need(own.state === 'unsigned', 'signedAlready');
  return { ...signing(s), data: { assignmentId: own.id } };
}

export function progress(s: Situation<InputOf<'progress'>>): Effect {
  const own = ownAssignment(s);
  need(own.state === 'unsigned' || own.state === 'handling', 'partDone');
  return {
    ...signing(s),
    data: { ...s.input, assignmentId: own.id },
    tell: s.input.visible ? [{ notice: 'progressed', audience: { to: 'authors' } }] : [],
  };
}

export function ask(s: Situation<InputOf<'ask'>>): Effect {
  const own = ownAssignment(s);
  const { c, world } = s;
  const reply = runningClock(c, 'reply');
  need(c.ask === null, 'askOpen');
  need(c.asksInRound < ASKS_PER_ROUND && c.pausedMinutesInRound < PAUSE_CAP_MINUTES, 'askLimit');
  need(reply && reply.overdueAt === null && world.now < reply.dueAt, 'askOverdue');
  const byLimit = world.calendar.due(world.now, world.limits.ask).dueAt;
  const byCap = world.calendar.addWorkingMinutes(world.now, PAUSE_CAP_MINUTES - c.pausedMinutesInRound);
  return {
    to: 'handling',
    data: {
      assignmentId: own.id,
      ask: {
        id: `q${c.clocks.filter((k) => k.kind === 'ask').length + 1}`,
        question: s.input.question,
        askedAt: world.now,
        round: c.round,
      },
    },
    clocks: [
      ...stop(s, 'sign'),
      { do: 'pause', id: reply.id },
      start(s, 'ask', { dueAt: Math.min(byLimit, byCap) }),
    ],
  };
}

function endAsk(s: Situation): ClockChange[] {
  const reply = runningClock(s.c, 'reply');
  need(s.c.ask && reply && reply.pausedAt !== null, 'noAsk');
  return [...stop(s, 'ask'), resumed(s, reply)];
}

export function answer(s: Situation<InputOf<'answer'>>): Effect {
  const lead = leadAssignment(s.c);
  return {
    clocks: endAsk(s),
    data: { ...s.input, question: s.c.ask?.question },
    tell: lead
      ? [{ notice: 'answered', audience: { to: 'unit', unitId: lead.unitId, role: 'handler' } }]
      : [],
  };
}

export function lapseAsk(s: Situation<InputOf<'clock'>>): Effect {
  const clock = runningClock(s.c, 'ask');
  need(clock && clock.id === s.input.clockId, 'clockGone');
  need(s.world.now >= clock.dueAt, 'clockEarly');
  const lead = leadAssignment(s.c);
  return {
    clocks: endAsk(s),
    data: { clockId: clock.id, question: s.c.ask?.question },
    tell: lead
      ? [{ notice: 'askLapsed', audience: { to: 'unit', unitId: lead.unitId, role: 'handler' } }]
      : [],
  };
}

export function opinion(s: Situation<InputOf<'opinion'>>): Effect {
  const own = ownAssignment(s);
  need(own.state === 'unsigned' || own.state === 'handling', 'partDone');
  const lead = leadAssignment(s.c);
  return {
    data: { ...s.input, assignmentId: own.id },
    tell: lead ? [{ notice: 'opinion', audience: { to: 'unit', unitId: lead.unitId, role: 'handler' } }] : [],
  };
}

export function transferBack(s: Situation<InputOf<'transferBack'>>): Effect {
  const own = ownAssignment(s);
  const data = { ...s.input, assignmentId: own.id, unitId: own.unitId };
  if (own.part === 'co') {
    need(own.state === 'unsigned' || own.state === 'handling', 'partDone');
    return {
      data: { ...data, lead: false, cancelled: [] },
      tell: [{ notice: 'coReturned', audience: { to: 'dispatchers' } }],
    };
  }
  const signClock = s.c.clocks.findLast((k) => k.kind === 'sign');
  need(s.c.reworks === 0, 'transferRework');
  need(signClock && s.world.now <= signClock.dueAt, 'transferLate');
  need(!s.c.transferBacks.some((t) => t.unitId === own.unitId), 'transferTwice');
  const byLeads = s.c.transferBacks.filter((t) =>
    s.c.assignments.some((a) => a.part === 'lead' && a.unitId === t.unitId && a.state === 'returned'),
  );
  need(byLeads.length < TRANSFER_BACKS_PER_CASE, 'transferLimit');
  return {
    to: 'accepted',
    data: { ...data, lead: true, cancelled: openCoAssignments(s.c).map((a) => a.id) },
    clocks: [...stop(s, 'sign', 'reply', 'ask'), start(s, 'dispatch')],
  };
}

/** Co-handlers of this dispatch that are still in it: neither those of an earlier one nor any taken off since. */
function unitsBeside(c: Case, lead: Assignment): string[] {
  const given = c.assignments.slice(c.assignments.findIndex((a) => a.id === lead.id) + 1);
  const stay = given.filter((a) => a.part === 'co' && a.state !== 'cancelled' && a.state !== 'returned');
  return [...new Set(stay.map((a) => a.unitId))];
}

export function reply(s: Situation<InputOf<'reply'>>): Effect {
  const own = ownAssignment(s);
  const answerGiven: Reply = {
    round: s.c.round,
    unitId: own.unitId,
    personId: s.personId ?? '',
    coUnitIds: unitsBeside(s.c, own),
    ...s.input,
    at: s.world.now,
  };
  const awaited = s.c.authors
    .filter((a) => (a.joined === 'first' || a.joined === 'accepted') && !s.world.leftOffice(a.personId))
    .map((a) => a.personId);
  return {
    to: 'replied',
    data: {
      assignmentId: own.id,
      reply: answerGiven,
      awaited,
      cancelled: openAssignments(s.c)
        .filter((a) => a.part === 'co')
        .map((a) => a.id),
    },
    clocks: [...stop(s, 'sign', 'ask', 'reply'), start(s, 'rate')],
  };
}
