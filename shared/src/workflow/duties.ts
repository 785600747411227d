/**
 * Who must move, and what stands on their card: derived from the case alone. Cards, to-dos, queues, reminders and the
 * sentence at the top of a page all ask here, so a duty that ended ends everywhere at once.
 */
import type { ActionName } from './actions.ts';
import { atDueOf, CLOCKS, type ClockKind } from './clocks.ts';
import { stillAwaited } from './effects-after.ts';
import type { Audience, Case, Clock } from './model.ts';
import { firstAuthor, leadAssignment, openCoAssignments } from './relations.ts';

export const PURPOSES = {
  review: '审核民情',
  supplement: '补充民情',
  dispatch: '交办民情',
  handle: '办理民情',
  cohandle: '协办会签',
  answer: '回答核实',
  rate: '评价答复',
  ruling: '裁定',
} as const;
export type Purpose = keyof typeof PURPOSES;

export interface Duty {
  /** The same duty keeps its key while it lasts; a second review of the same case is another duty. */
  key: string;
  purpose: Purpose;
  audience: Audience;
  /** Main act first. */
  actions: readonly ActionName[];
  clockId: string | null;
  /** False for a co-handler, whose silence never holds the case up. */
  holds: boolean;
}

const lastClock = (c: Case, kind: ClockKind): Clock | undefined => c.clocks.findLast((k) => k.kind === kind);

const clocked = (c: Case, kind: ClockKind, duty: Omit<Duty, 'key' | 'clockId' | 'holds'>): Duty => {
  const clock = lastClock(c, kind);
  return { ...duty, key: `${duty.purpose}:${clock?.id ?? 'none'}`, clockId: clock?.id ?? null, holds: true };
};

const nobodyLeft = (): boolean => false;

/** Every duty open now. `leftOffice` says who is no longer waited for. */
export function duties(c: Case, leftOffice: (personId: string) => boolean = nobodyLeft): Duty[] {
  switch (c.state) {
    case 'submitted':
      return [
        clocked(c, 'review', {
          purpose: 'review',
          audience: { to: 'reviewers' },
          actions: ['accept', 'return', 'decline'],
        }),
      ];
    case 'returned': {
      const personId = firstAuthor(c);
      return [
        clocked(c, 'supplement', {
          purpose: 'supplement',
          audience: personId ? { to: 'person', personId } : { to: 'authors' },
          actions: ['submit', 'withdraw'],
        }),
      ];
    }
    case 'accepted':
      return [
        clocked(c, 'dispatch', {
          purpose: 'dispatch',
          audience: { to: 'dispatchers' },
          actions: ['dispatch', 'sendBack'],
        }),
      ];
    case 'dispatched':
    case 'handling':
      return unitDuties(c);
    case 'replied':
      return stillAwaited(c, leftOffice).map((personId) => ({
        key: `rate:${c.round}:${personId}`,
        purpose: 'rate' as const,
        audience: { to: 'person' as const, personId },
        actions: ['rate' as const],
        clockId: lastClock(c, 'rate')?.id ?? null,
        holds: true,
      }));
    case 'disputed':
      return [
        clocked(c, 'ruling', { purpose: 'ruling', audience: { to: 'inspectors' }, actions: ['conclude'] }),
      ];
    default:
      return [];
  }
}

function unitDuties(c: Case): Duty[] {
  const found: Duty[] = [];
  const lead = leadAssignment(c);
  if (c.ask) {
    found.push({
      key: `answer:${c.ask.id}`,
      purpose: 'answer',
      audience: { to: 'authors' },
      actions: ['answer'],
      clockId: lastClock(c, 'ask')?.id ?? null,
      holds: true,
    });
  }
  if (lead) {
    const unsigned = lead.state === 'unsigned';
    found.push({
      key: `handle:${lead.id}`,
      purpose: 'handle',
      audience: { to: 'unit', unitId: lead.unitId, role: 'handler' },
      actions: unsigned ? ['sign', 'reply'] : ['reply'],
      clockId: lastClock(c, unsigned ? 'sign' : 'reply')?.id ?? null,
      holds: c.ask === null,
    });
  }
  for (const co of openCoAssignments(c)) {
    found.push({
      key: `cohandle:${co.id}`,
      purpose: 'cohandle',
      audience: { to: 'unit', unitId: co.unitId, role: 'handler' },
      actions: co.state === 'unsigned' ? ['sign', 'opinion'] : ['opinion'],
      clockId: null,
      holds: false,
    });
  }
  return found;
}

/** The clock whose time is shown for the case: the one that whoever holds it up runs against. */
export function clockThatMatters(c: Case): Clock | null {
  const duty =
    duties(c).find((d) => d.holds && d.purpose !== 'answer') ?? duties(c).find((d) => d.purpose === 'handle');
  const clock = c.clocks.find((k) => k.id === duty?.clockId);
  return clock && clock.stoppedAt === null ? clock : null;
}

export type Mover = 'reviewer' | 'dispatcher' | 'handler' | 'author' | 'inspector' | 'none';

const MOVER_OF: Record<Purpose, Mover> = {
  review: 'reviewer',
  supplement: 'author',
  dispatch: 'dispatcher',
  handle: 'handler',
  cohandle: 'handler',
  answer: 'author',
  rate: 'author',
  ruling: 'inspector',
};

/** Which side must move now; `none` once nothing is waited for. */
export function moverOf(c: Case): Mover {
  const duty = duties(c).find((d) => d.holds);
  return duty ? MOVER_OF[duty.purpose] : 'none';
}

export interface Timer {
  clockId: string;
  step: 'amber' | 'due';
  at: number;
  clockVersion: number;
}

/** When the clocks of this case want something: at most one row per clock and step; a paused clock wants nothing. */
export function timersOf(c: Case, amberAt: (clock: Clock) => number): Timer[] {
  return c.clocks
    .filter((k) => k.stoppedAt === null && k.pausedAt === null)
    .flatMap((k): Timer[] => {
      const spec = CLOCKS[k.kind];
      const steps: Timer[] = [];
      if (spec.remind && k.remindedAt === null && k.overdueAt === null) {
        steps.push({
          clockId: k.id,
          step: 'amber',
          at: Math.min(amberAt(k), k.dueAt),
          clockVersion: k.version,
        });
      }
      if (k.overdueAt === null) {
        steps.push({ clockId: k.id, step: 'due', at: k.dueAt, clockVersion: k.version });
      }
      return steps;
    });
}

/** What a timer's step asks for in this case. */
export function timerAction(c: Case, clock: Clock, step: Timer['step']): ActionName {
  return step === 'amber' ? 'remind' : atDueOf(c, clock.kind);
}
