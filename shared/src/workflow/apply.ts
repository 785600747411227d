/** The fold: a case plus one event gives the next case. Needs no clock, calendar or directory, so replay is exact. */
import type { CaseState } from '../words/index.ts';
import { spec } from './actions.ts';
import { emptyCase } from './empty.ts';
import type { EventData } from './event-data.ts';
import { FOLDS, invited } from './folds.ts';
import type { Case, CaseEvent, ClockChange } from './model.ts';

/** Cases and events are JSON by nature; going through it also proves that a stored copy says the same. */
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** An author's addition counts like an exclusive action: whoever decides should have read it. */
const FRESH = new Set(['supplement', 'answer']);

/** States in which nobody is supervised any more. */
const UNSUPERVISED: ReadonlySet<CaseState> = new Set<CaseState>([
  'submitted',
  'closed',
  'withdrawn',
  'merged',
]);
/** States in which nothing merged into the case depends on it any more. */
const ENDED_UNANSWERED: ReadonlySet<CaseState> = new Set<CaseState>(['withdrawn', 'declined']);

function applyClock(c: Case, change: ClockChange, at: number): void {
  if (change.do === 'start') {
    c.clocks.push({ ...change.clock });
    return;
  }
  const clock = c.clocks.find((k) => k.id === change.id);
  if (!clock) {
    throw new Error(`case ${c.id} has no clock ${change.id}`);
  }
  switch (change.do) {
    case 'stop':
      clock.stoppedAt = change.at ?? at;
      clock.pausedAt = null;
      return;
    case 'pause':
      clock.pausedAt = at;
      clock.version += 1;
      return;
    case 'resume':
      clock.pausedAt = null;
      clock.pausedMinutes += change.pausedMinutes;
      clock.dueAt = change.dueAt;
      clock.moves.push(change.move);
      clock.version += 1;
      if (change.asked) {
        c.pausedMinutesInRound += change.pausedMinutes;
      }
      return;
    case 'move':
      clock.dueAt = change.dueAt;
      clock.moves.push(change.move);
      clock.version += 1;
      return;
    case 'recount':
      clock.dueAt = change.dueAt;
      clock.version += 1;
      return;
    case 'overdue':
      clock.overdueAt = at;
      return;
    case 'remind':
      clock.told = change.step;
  }
}

function begin(event: CaseEvent): Case {
  const {
    content,
    disclosure,
    intake,
    authorId,
    filedBy,
    invited: asked,
  } = event.data as unknown as EventData['submit'];
  if (!intake || !authorId || event.personId === null) {
    throw new Error(`the history of case ${event.caseId} does not begin with a submission`);
  }
  const c: Case = {
    ...emptyCase(event.caseId, event.at),
    ...intake,
    content,
    disclosure,
    authors: [{ personId: authorId, joined: 'first' }],
    filedBy: filedBy ?? null,
  };
  invited(c, asked ?? []);
  return c;
}

/**
 * The case after `event`. `before` is null for the first event and is never changed.
 * Throws when the event does not follow `before` (a gap in versions, an unknown clock or assignment).
 */
export function apply(before: Case | null, event: CaseEvent): Case {
  const c = before ? copy(before) : begin(event);
  if (event.version !== c.version + 1) {
    throw new Error(`event ${event.version} does not follow version ${c.version} of case ${event.caseId}`);
  }
  for (const change of event.clocks) {
    applyClock(c, change, event.at);
  }
  const fold = FOLDS[event.action as keyof EventData] as
    | ((c: Case, data: unknown, e: CaseEvent) => void)
    | undefined;
  fold?.(c, copy(event.data), event);
  if (UNSUPERVISED.has(event.to)) {
    c.supervision = null;
  }
  if (ENDED_UNANSWERED.has(event.to)) {
    c.absorbed = [];
  }
  if (event.to === 'submitted') {
    // Reviewed anew, perhaps elsewhere: who handles it is fixed at the next acceptance.
    delete c.handledBy;
    delete c.platformNumber;
  }
  c.state = event.to;
  c.version = event.version;
  c.lastEventAt = event.at;
  if (event.to === 'closed' && before?.state !== 'closed') {
    c.closedAt = event.at;
  }
  if (spec(event.action).exclusive || FRESH.has(event.action)) {
    c.exclusiveVersion = event.version;
  }
  return c;
}

/** Folds a whole history; null for none. */
export function replay(events: readonly CaseEvent[]): Case | null {
  return events.reduce<Case | null>((c, event) => apply(c, event), null);
}
