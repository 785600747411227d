/** Who sees what of a case. The one place that answers it; lists ask the same rule in SQL (case.scope.ts). */
import { GOVERNMENT_STATES, leadAssignment, type Actor, type Case } from '@minqing/shared/workflow';

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

export function sightOf(c: Case, viewer: Actor, areaChain: (areaId: string) => readonly string[]): Sight {
  if (viewer.kind !== 'person') {
    return { ...NOTHING, any: true, staff: true };
  }
  const { personId, grants } = viewer;
  const author = c.authors.some((a) => a.personId === personId && a.joined !== 'declined');
  const reviewer = grants.some((g) => g.role === 'reviewer' && g.unitId === c.committeeId);
  const unreviewed = !GOVERNMENT_STATES.includes(c.state);
  const dispatcher =
    !unreviewed && grants.some((g) => g.role === 'dispatcher' && g.unitId === c.dispatchOfficeId);
  const holds = (unitId: string | null): boolean =>
    c.assignments.some((a) => a.unitId === unitId && a.state !== 'returned' && a.state !== 'cancelled');
  const atUnit = grants.filter((g) => (g.role === 'handler' || g.role === 'head') && holds(g.unitId));
  const unit = atUnit.length > 0;
  const lead = leadAssignment(c)?.unitId ?? c.replies.at(-1)?.unitId;
  const leadUnit = atUnit.some((g) => g.unitId === lead);
  const chain = areaChain(c.areaId);
  const above =
    !unreviewed &&
    grants.some((g) => (g.role === 'inspector' || g.role === 'leader') && chain.includes(g.areaId));
  const open =
    !unreviewed &&
    c.disclosure.openness !== 'staff' &&
    grants.some((g) => g.role === 'member' && chain.includes(g.areaId));
  const staff = reviewer || dispatcher || unit || above;
  return {
    any: author || staff || open,
    author,
    reviewer,
    unit,
    leadUnit,
    staff,
    names: !c.disclosure.anonymous || author || reviewer,
    phone: author || reviewer || (leadUnit && c.disclosure.phoneToUnit && !c.disclosure.anonymous),
  };
}
