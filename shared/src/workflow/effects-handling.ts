/** The units: signing, telling, asking, answering, giving back. */
import type { InputOf } from './inputs.ts';
import type { Assignment, ClockChange } from './model.ts';
import type { CaseState } from '../words/index.ts';
import type { EventData } from './event-data.ts';
import { ASKS_PER_ROUND, EXTENSION_MAX_DAYS, PAUSE_CAP_MINUTES, TRANSFER_BACKS_PER_CASE } from './clocks.ts';
import { leadReturns } from './effects-dispatch.ts';
import { withoutCoHandler } from './effects-reply.ts';
import { leadAssignment, openCoAssignments } from './relations.ts';
import {
  DAY_MS,
  happenedBy,
  need,
  ownAssignment,
  resumed,
  runningClock,
  start,
  stop,
  type Effect,
  type Situation,
} from './situation.ts';

/** Anything the lead does first counts as signing; a co-handler's acts never move the case. */
function signing(s: Situation, own: Assignment): { to: CaseState; clocks: ClockChange[] } {
  return own.part === 'lead' ? { to: 'handling', clocks: stop(s, 'sign') } : { to: s.c.state, clocks: [] };
}

export function sign(s: Situation): Effect {
  const own = ownAssignment(s);
  need(own.state === 'unsigned', 'signedAlready');
  return { ...signing(s, own), data: { assignmentId: own.id } };
}

export function progress(s: Situation<InputOf<'progress'>>): Effect {
  const own = ownAssignment(s);
  need(own.state === 'unsigned' || own.state === 'handling', 'partDone');
  return {
    ...signing(s, own),
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
  const about = { categoryId: c.content.categoryId, urgency: c.urgency };
  const byLimit = world.calendar.due(world.now, world.limitOf('ask', about)).dueAt;
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
  need(own.part === 'co', 'unitNotHere');
  need(own.state === 'unsigned' || own.state === 'handling', 'partDone');
  const lead = leadAssignment(s.c);
  const onwards = withoutCoHandler(s, own.id);
  return {
    ...onwards,
    data: { ...s.input, assignmentId: own.id, ...onwards.data },
    tell: lead ? [{ notice: 'opinion', audience: { to: 'unit', unitId: lead.unitId, role: 'handler' } }] : [],
  };
}

export function transferBack(s: Situation<InputOf<'transferBack'>>): Effect {
  const own = ownAssignment(s);
  const data = { ...s.input, assignmentId: own.id, unitId: own.unitId };
  if (own.part === 'co') {
    need(own.state === 'unsigned' || own.state === 'handling', 'partDone');
    const onwards = withoutCoHandler(s, own.id);
    return {
      ...onwards,
      data: { ...data, lead: false, cancelled: [], ...onwards.data },
      tell: [{ notice: 'coReturned', audience: { to: 'dispatchers' } }],
    };
  }
  need(s.c.state !== 'replying', 'partDone');
  const signClock = s.c.clocks.findLast((k) => k.kind === 'sign');
  // How often and how late units may give a case back is the platform's own rule where it was handed over.
  if (s.c.handledBy === undefined) {
    need(!own.rework, 'transferRework');
    need(!s.c.leadFixed, 'transferLimit');
    need(signClock && s.world.now <= signClock.dueAt, 'transferLate');
    need(!s.c.transferBacks.some((t) => t.unitId === own.unitId), 'transferTwice');
    need(leadReturns(s) < TRANSFER_BACKS_PER_CASE, 'transferLimit');
  }
  return {
    to: 'accepted',
    data: { ...data, lead: true, cancelled: openCoAssignments(s.c).map((a) => a.id) },
    clocks: [...stop(s, 'sign', 'reply', 'ask', 'extension'), start(s, 'dispatch')],
  };
}

export function contact(s: Situation<InputOf<'contact'>>): Effect {
  const own = ownAssignment(s);
  happenedBy(s, s.input.at);
  return {
    ...signing(s, own),
    data: { ...s.input, assignmentId: own.id },
    tell: s.input.visible ? [{ notice: 'contacted', audience: { to: 'authors' } }] : [],
  };
}

export function requestExtension(s: Situation<InputOf<'extension'>>): Effect {
  const { c, world } = s;
  const reply = runningClock(c, 'reply');
  need(c.extension === null, 'extensionOpen');
  need(c.extensionsInRound === 0 || c.handledBy !== undefined, 'extensionOnce');
  need(c.ask === null, 'paused');
  const late = reply?.overdueAt !== null || world.now >= reply.dueAt;
  need(reply && (!late || c.handledBy !== undefined), 'extensionLate');
  const until = world.calendar.closeOfBusiness(s.input.until);
  need(until > reply.dueAt && until <= world.now + EXTENSION_MAX_DAYS * DAY_MS, 'extensionDate');
  return {
    data: { extension: { ...s.input, at: world.now } } satisfies EventData['requestExtension'],
    clocks: [start(s, 'extension')],
  };
}

const toLead = (s: Situation, notice: 'extended' | 'notExtended'): Effect['tell'] => {
  const unitId = leadAssignment(s.c)?.unitId;
  return unitId ? [{ notice, audience: { to: 'unit', unitId, role: 'handler' } }] : [];
};

/** The due time becomes the close of business of the date asked for; a pause that runs now is still given back after it. */
export function grant(s: Situation<InputOf<'note'>>): Effect {
  const reply = runningClock(s.c, 'reply');
  need(s.c.extension && reply, 'notWaiting');
  const date = s.c.extension.until;
  const dueAt = s.says?.due?.reply ?? Math.max(reply.dueAt, s.world.calendar.closeOfBusiness(date));
  return {
    data: { ...s.input, until: date },
    clocks: [...stop(s, 'extension'), { do: 'move', id: reply.id, dueAt, move: { kind: 'granted', date } }],
    tell: [...(toLead(s, 'extended') ?? []), { notice: 'extended', audience: { to: 'authors' } }],
  };
}

export function deny(s: Situation<InputOf<'reason'>>): Effect {
  need(s.c.extension, 'notWaiting');
  return {
    data: { ...s.input, until: s.c.extension.until },
    clocks: stop(s, 'extension'),
    tell: toLead(s, 'notExtended'),
  };
}
