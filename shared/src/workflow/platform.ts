/**
 * Cases handed to a connected platform at acceptance: what is done by it alone, whose due times lead. Review, rating and
 * ruling stay here, and so do the questions to the author, whose time they take.
 */
import { shanghaiDate } from '../time/index.ts';
import type { ActionSpec, Relation } from './actions.ts';
import type { ClockKind } from './clocks.ts';
import type { Case, Clock, ClockChange, Tell } from './model.ts';

/** Clocks whose end is the platform's to watch: they are shown here and neither remind nor escalate. */
export const PLATFORM_CLOCKS = ['dispatch', 'sign', 'reply', 'extension'] as const;
export type PlatformClock = (typeof PLATFORM_CLOCKS)[number];

/** What a message of the platform says beside the act itself. */
export interface PlatformSays {
  /** The unit that acted over there, where it was not the platform's dispatch office. */
  unitId?: string | undefined;
  /** Due moments by the platform's calendar, epoch milliseconds. */
  due?: Partial<Record<PlatformClock, number>> | undefined;
}

/** Who may do it to this case: in a case that was handed over, what a platform may do is done by it alone. */
export function whoMay(c: Case, row: ActionSpec): readonly Relation[] {
  return c.handledBy !== undefined && row.platform ? ['platform'] : row.who;
}

/** Whether this clock is the platform's to watch. */
export function isPlatforms(c: Pick<Case, 'handledBy'>, clock: Pick<Clock, 'kind'>): boolean {
  return c.handledBy !== undefined && (PLATFORM_CLOCKS as readonly ClockKind[]).includes(clock.kind);
}

/** Running clocks for which the platform told another due moment than stands here, beyond what the act itself does to them. */
export function toldDue(
  c: Case,
  done: readonly ClockChange[],
  says: PlatformSays | undefined,
): ClockChange[] {
  const touched = new Set(done.flatMap((change) => ('id' in change ? [change.id] : [])));
  return PLATFORM_CLOCKS.flatMap((kind): ClockChange[] => {
    const dueAt = says?.due?.[kind];
    const clock = c.clocks.findLast((k) => k.kind === kind && k.stoppedAt === null && k.pausedAt === null);
    return dueAt === undefined || !clock || touched.has(clock.id) || clock.dueAt === dueAt
      ? []
      : [{ do: 'move', id: clock.id, dueAt, move: { kind: 'granted', date: shanghaiDate(dueAt) } }];
  });
}

/** What only whoever works on it would be told: in a case that was handed over they work elsewhere. */
const FOR_THOSE_WHO_WORK: ReadonlySet<Tell['notice']> = new Set<Tell['notice']>([
  'answered',
  'askLapsed',
  'opinion',
  'coReturned',
  'taken',
  'extended',
  'notExtended',
]);

/** Who is told here of an act on this case. */
export function toldHere(c: Case, tells: readonly Tell[]): Tell[] {
  return tells.filter(
    ({ notice, audience }) =>
      c.handledBy === undefined ||
      !FOR_THOSE_WHO_WORK.has(notice) ||
      (audience.to !== 'unit' && audience.to !== 'dispatchers'),
  );
}
