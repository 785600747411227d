/** Who sees what of a case. The one place that answers it; lists ask the same rule in SQL (case.scope.ts). */
import {
  actingUnit,
  GOVERNMENT_STATES,
  isAuthor,
  isInvited,
  leadAssignment,
  type Actor,
  type Case,
  type World,
} from '@minqing/shared/workflow';

export interface Sight {
  /** May open the case at all. */
  any: boolean;
  author: boolean;
  reviewer: boolean;
  /** Lead or co-handler, handler or head, of a unit that holds the case now. */
  unit: boolean;
  leadUnit: boolean;
  /** Works on the case in any capacity: sees internal entries. */
  staff: boolean;
  /** May read an anonymous author's name. */
  names: boolean;
  /** May read the author's phone number. */
  phone: boolean;
}

const NOTHING: Sight = {
  any: false,
  author: false,
  reviewer: false,
  unit: false,
  leadUnit: false,
  staff: false,
  names: false,
  phone: false,
};

/** Units one tier up that act because everybody at the case's own reported it. */
export interface SteppedUp {
  committees?: readonly string[];
  offices?: readonly string[];
}

/** Which those are, where the world around the case was looked up. */
export function steppedUp(c: Case, world: Pick<World, 'unitAbove' | 'holders'>): SteppedUp {
  return {
    committees: [actingUnit(c, 'reviewer', world)],
    offices: [actingUnit(c, 'dispatcher', world)],
  };
}

export function sightOf(
  c: Case,
  viewer: Actor,
  areaChain: (areaId: string) => readonly string[],
  above: SteppedUp = {},
): Sight {
  if (viewer.kind !== 'person') {
    return { ...NOTHING, any: true, staff: true };
  }
  const { personId, grants } = viewer;
  const author = isAuthor(c, personId);
  // Whoever once received it keeps seeing it; where everybody there reported it, one tier up may act and so must see.
  const committees = [c.committeeId, ...c.passed.map((p) => p.committeeId), ...(above.committees ?? [])];
  const reviewer = grants.some((g) => g.role === 'reviewer' && g.unitId && committees.includes(g.unitId));
  const unreviewed = !GOVERNMENT_STATES.includes(c.state);
  const dispatcher =
    !unreviewed &&
    grants.some(
      (g) =>
        g.role === 'dispatcher' &&
        (g.unitId === c.dispatchOfficeId || above.offices?.includes(g.unitId ?? '')),
    );
  const holds = (unitId: string | null): boolean =>
    c.assignments.some((a) => a.unitId === unitId && a.state !== 'returned' && a.state !== 'cancelled');
  const atUnit = grants.filter((g) => (g.role === 'handler' || g.role === 'head') && holds(g.unitId));
  const unit = atUnit.length > 0;
  const lead = leadAssignment(c)?.unitId ?? c.replies.at(-1)?.unitId;
  const leadUnit = atUnit.some((g) => g.unitId === lead);
  const chain = areaChain(c.areaId);
  const overseer =
    // A report that was declined has been reviewed: an inspector may have it reconsidered.
    (!unreviewed || c.state === 'declined') &&
    grants.some((g) => (g.role === 'inspector' || g.role === 'leader') && chain.includes(g.areaId));
  const open =
    !unreviewed &&
    c.disclosure.openness !== 'staff' &&
    grants.some((g) => g.role === 'member' && chain.includes(g.areaId));
  const supports = c.disclosure.openness !== 'staff' && c.supporters.some((s) => s.personId === personId);
  const staff = reviewer || dispatcher || unit || overseer;
  const known = c.revealedAt !== null && (dispatcher || leadUnit);
  return {
    any: author || staff || open || isInvited(c, personId) || supports,
    author,
    reviewer,
    unit,
    leadUnit,
    staff,
    names: !c.disclosure.anonymous || author || reviewer || known,
    phone: author || reviewer || (leadUnit && c.disclosure.phoneToUnit && !c.disclosure.anonymous),
  };
}
