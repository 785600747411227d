/** What `decide` needs to know of the world around a case; loaded before, so that deciding is pure. */
import type { WorkingCalendar } from '../calendar/index.ts';
import type { Limits } from './clocks.ts';
import type { UnitFacts } from './model.ts';

export interface World {
  /** Business time, epoch milliseconds. */
  now: number;
  /** The working calendar of the case's area. */
  calendar: WorkingCalendar;
  /** Limits that clocks starting now get. */
  limits: Limits;
  unit(id: string): UnitFacts | undefined;
  /** The area itself first, then upwards to the province. */
  areaChain(areaId: string): readonly string[];
  /** True for one who is no longer in office: not waited for. */
  leftOffice(personId: string): boolean;
  /** Where a new report goes and its number; only for the first submit. */
  intake?: { number: string; areaId: string; committeeId: string; dispatchOfficeId: string };
}
