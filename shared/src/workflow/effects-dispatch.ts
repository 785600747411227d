/** The dispatch office: giving a case to units, changing that, taking it back. */
import type { InputOf } from './inputs.ts';
import type { EventData } from './event-data.ts';
import type { Clock, Tell } from './model.ts';
import { TRANSFER_BACKS_PER_CASE } from './clocks.ts';
import { leadAssignment, openCoAssignments } from './relations.ts';
import {
  assign,
  need,
  newAssignment,
  openAssignments,
  start,
  stop,
  type Effect,
  type Situation,
} from './situation.ts';

function checkUnits(s: Situation, leadUnitId: string | null, coUnitIds: readonly string[]): void {
  for (const id of [...(leadUnitId ? [leadUnitId] : []), ...coUnitIds]) {
    const unit = s.world.unit(id);
    need(unit && unit.type === 'department', 'unitUnknown');
    need(s.world.areaChain(unit.areaId).includes(s.c.areaId), 'unitOutside');
  }
  need(leadUnitId === null || !coUnitIds.includes(leadUnitId), 'leadIsCo');
}

/** Times the lead gave the case back; what co-handlers did does not count. */
export function leadReturns(s: Situation): number {
  return s.c.assignments.filter((a) => a.part === 'lead' && a.state === 'returned').length;
}

const taken = (units: readonly string[]): Tell[] =>
  units.map((unitId) => ({ notice: 'taken', audience: { to: 'unit', unitId, role: 'handler' } }));

export function dispatch(s: Situation<InputOf<'units'>>): Effect {
  const { leadUnitId, limit, note, countersign } = s.input;
  const coUnitIds = [...new Set(s.input.coUnitIds)];
  checkUnits(s, leadUnitId, coUnitIds);
  const ruling = leadReturns(s) >= TRANSFER_BACKS_PER_CASE && s.c.handledBy === undefined;
  need(!ruling || note.length > 0, 'rulingNote');
  // A round is one reply to rate: after a released reply the next dispatch opens the next round.
  const round = s.c.replies.some((r) => r.round === s.c.round) ? s.c.round + 1 : Math.max(1, s.c.round);
  const data: EventData['dispatch'] & object = {
    assignments: assign(s, round, leadUnitId, coUnitIds),
    round,
    countersign,
    ruling,
  };
  return {
    to: 'dispatched',
    data: { ...data, note },
    clocks: [
      ...stop(s, 'dispatch'),
      start(s, 'sign', { unitId: leadUnitId, round }),
      start(s, 'reply', { unitId: leadUnitId, round, limit }),
    ],
    tell: [{ notice: 'dispatched', audience: { to: 'authors' } }],
  };
}

export function redispatch(s: Situation<InputOf<'redispatch'>>): Effect {
  const { leadUnitId, limit, note, reason, countersign } = s.input;
  const coUnitIds = [...new Set(s.input.coUnitIds)];
  checkUnits(s, leadUnitId, coUnitIds);
  need(leadAssignment(s.c)?.unitId !== leadUnitId, 'sameLead');
  const old = openAssignments(s.c);
  return {
    to: 'dispatched',
    data: {
      assignments: assign(s, s.c.round, leadUnitId, coUnitIds),
      cancelled: old.map((a) => a.id),
      countersign,
      note,
      reason,
    },
    clocks: [
      ...stop(s, 'sign', 'reply', 'ask', 'extension'),
      start(s, 'sign', { unitId: leadUnitId }),
      start(s, 'reply', { unitId: leadUnitId, limit }),
    ],
    tell: [
      { notice: 'dispatched', audience: { to: 'authors' } },
      ...taken(old.map((a) => a.unitId).filter((u) => u !== leadUnitId && !coUnitIds.includes(u))),
    ],
  };
}

export function changeCoHandlers(s: Situation<InputOf<'coUnits'>>): Effect {
  const wanted = [...new Set(s.input.coUnitIds)];
  const lead = leadAssignment(s.c);
  checkUnits(s, null, wanted);
  need(lead && !wanted.includes(lead.unitId), 'leadIsCo');
  const present = s.c.assignments.filter(
    (a) => a.part === 'co' && a.round === s.c.round && a.state !== 'cancelled',
  );
  const added = wanted.filter((id) => !present.some((a) => a.unitId === id));
  const removed = openCoAssignments(s.c).filter((a) => !wanted.includes(a.unitId));
  need(added.length + removed.length > 0, 'nothingChanged');
  return {
    data: {
      assignments: added.map((unitId, i) => newAssignment(s, i + 1, s.c.round, unitId, 'co')),
      cancelled: removed.map((a) => a.id),
    } satisfies EventData['changeCoHandlers'],
    tell: taken(removed.map((a) => a.unitId)),
  };
}

export function recall(s: Situation<InputOf<'reason'>>): Effect {
  const open = openAssignments(s.c);
  return {
    to: 'accepted',
    data: { cancelled: open.map((a) => a.id), reason: s.input.reason },
    clocks: [...stop(s, 'sign', 'reply', 'ask', 'extension'), start(s, 'dispatch')],
    tell: taken(open.map((a) => a.unitId)),
  };
}

/** The limit the running reply clock was given, for the rework that follows. */
export function replyLimit(s: Situation): Clock | undefined {
  return s.c.clocks.findLast((k) => k.kind === 'reply');
}
