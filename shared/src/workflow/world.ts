/** What `decide` needs to know of the world around a case; loaded before, so that deciding is pure. */
import type { WorkingCalendar, Limit } from '../calendar/index.ts';
import type { Role, Urgency } from '../words/index.ts';
import type { ClockKind } from './clocks.ts';
import type { Case, Receiving, UnitFacts } from './model.ts';

/** What an area or unit has chosen about how cases are handled there. */
export interface HouseRules {
  /** The dispatch office checks replies before they leave. */
  dispatcherCheck: boolean;
  /** A head of this unit approves its replies. */
  headApproval(unitId: string): boolean;
  /** Share of well-rated cases drawn for a 回访, 0–100; low stars are always visited. */
  visitPercent: number;
}

export interface World {
  /** Business time, epoch milliseconds. */
  now: number;
  /** The working calendar of the case's area. */
  calendar: WorkingCalendar;
  /** The limit a clock that starts now gets. */
  limitOf(kind: ClockKind, about: { categoryId: string; urgency: Urgency }): Limit;
  rules: HouseRules;
  /** Calendar and limits of another area, for a case that is handed over. */
  elsewhere(areaId: string): Pick<World, 'calendar' | 'limitOf'>;
  unit(id: string): UnitFacts | undefined;
  /** The area itself first, then upwards to the province. */
  areaChain(areaId: string): readonly string[];
  /** The unit of the same kind one tier up: the province's committee for the city's. */
  unitAbove(unitId: string): string | undefined;
  /** Where an area's cases are received; undefined when it has no committee. */
  receiving(areaId: string): Receiving | undefined;
  /** Who holds the role in the unit now; null where it was not looked up, as in lists. */
  holders(role: Role, unitId: string): readonly string[] | null;
  /** True for one who is no longer in office: not waited for. */
  leftOffice(personId: string): boolean;
  /** True for somebody who is a member now, among those an input names. */
  isMember(personId: string): boolean;
  /** The other case of a merge or a separation. */
  other?: Case | null;
  /** The platform connected to the case's area now: whoever accepts hands the case to it. */
  partner?: string | null;
  /** What a connected platform is called; none where nobody says. */
  platformName?: ((id: string) => string) | undefined;
  /** Where a new report goes and its number; only for the first submit. */
  intake?: Receiving & { number: string };
}
