/**
 * Who must move, and what stands on their card: derived from the case alone. Cards, to-dos, queues, reminders and the
 * sentence at the top of a page all ask here, so a duty that ended ends everywhere at once.
 */
import { spec, type ActionName } from './actions.ts';
import type { WorkingCalendar } from '../calendar/index.ts';
import { atDueOf, REMINDER_STEPS, type ApprovalStep, type ClockKind, type ReminderStep } from './clocks.ts';
import { stillAwaited } from './effects-after.ts';
import type { Audience, Case, Clock } from './model.ts';
import { isPlatforms } from './platform.ts';
import { firstAuthor, leadAssignment, openCoAssignments } from './relations.ts';
import { reminderAt } from './reminders.ts';

export const PURPOSES = {
  review: '审核民情',
  supplement: '补充民情',
  join: '联名邀请',
  dispatch: '交办民情',
  handle: '办理民情',
  cohandle: '协办会签',
  answer: '回答核实',
  extension: '延期审批',
  approve: '审签答复',
  check: '审核答复',
  supervision: '答复督办',
  rate: '评价答复',
  ruling: '裁定',
  appeal: '复核评价',
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

/** Duties that are the platform's in a case that was handed to it. */
const ELSEWHERE: ReadonlySet<Purpose> = new Set<Purpose>(['dispatch', 'handle', 'cohandle', 'extension']);

const nobodyLeft = (): boolean => false;

/** Every duty open now. `leftOffice` says who is no longer waited for. */
export function duties(c: Case, leftOffice: (personId: string) => boolean = nobodyLeft): Duty[] {
  const found = [...mainDuties(c, leftOffice), ...besideDuties(c)];
  return c.handledBy === undefined
    ? found
    : found.map((d) => (ELSEWHERE.has(d.purpose) ? { ...d, audience: { to: 'platform' as const } } : d));
}

function mainDuties(c: Case, leftOffice: (personId: string) => boolean): Duty[] {
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
      const personId = c.filedBy ?? firstAuthor(c);
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
      return [...leadDuties(c), ...coDuties(c, false)];
    case 'replying':
      return approvalDuties(c);
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

function leadDuties(c: Case): Duty[] {
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
  return found;
}

function coDuties(c: Case, waitedFor: boolean): Duty[] {
  return openCoAssignments(c).map((co) => ({
    key: `cohandle:${co.id}`,
    purpose: 'cohandle',
    audience: { to: 'unit', unitId: co.unitId, role: 'handler' },
    actions: co.state === 'unsigned' ? ['sign', 'opinion'] : ['opinion'],
    clockId: waitedFor ? (lastClock(c, 'countersign')?.id ?? null) : null,
    holds: waitedFor,
  }));
}

/** A submitted reply waits for its co-handlers, its head, the dispatch office: one step at a time. */
function approvalDuties(c: Case): Duty[] {
  const step = c.approval?.steps[0];
  const others = coDuties(c, step === 'countersign');
  if (!c.approval || step === 'countersign') {
    return others;
  }
  const decide = { actions: ['approve', 'rejectReply'] as const };
  const own =
    step === 'head'
      ? clocked(c, 'check', {
          ...decide,
          purpose: 'approve',
          audience: { to: 'unit', unitId: c.approval.reply.unitId, role: 'head' },
        })
      : clocked(c, 'check', { ...decide, purpose: 'check', audience: { to: 'dispatchers' } });
  return [own, ...others];
}

/** What somebody must do beside the case's own course; none of it holds the case up. */
function besideDuties(c: Case): Duty[] {
  const found: Duty[] = [];
  const beside = (kind: ClockKind, duty: Omit<Duty, 'key' | 'clockId' | 'holds'>): void =>
    void found.push({ ...clocked(c, kind, duty), holds: false });
  if (c.extension) {
    beside('extension', {
      purpose: 'extension',
      audience: { to: 'dispatchers' },
      actions: ['grant', 'deny'],
    });
  }
  if (c.supervision && c.supervision.answeredAt === null) {
    beside('supervision', {
      purpose: 'supervision',
      audience: { to: 'supervised' },
      actions: ['answerSupervision'],
    });
  }
  if (c.appeals.some((a) => a.outcome === null)) {
    beside('appeal', { purpose: 'appeal', audience: { to: 'inspectors' }, actions: ['reviewAppeal'] });
  }
  if (spec('join').from.includes(c.state)) {
    for (const { personId } of c.authors.filter((a) => a.joined === 'invited')) {
      found.push({
        key: `join:${personId}`,
        purpose: 'join',
        audience: { to: 'person', personId },
        actions: ['join', 'declineJoin'],
        clockId: null,
        holds: false,
      });
    }
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

/** What a case is marked with beside its state, so that queues find it. */
export const CASE_FLAGS = [
  'countersign',
  'approve',
  'check',
  'extension',
  'supervised',
  'appeal',
  'promise',
  'visit',
  'elsewhere',
] as const;
export type CaseFlag = (typeof CASE_FLAGS)[number];

const STEP_FLAG: Record<ApprovalStep, CaseFlag> = {
  countersign: 'countersign',
  head: 'approve',
  dispatcher: 'check',
};

const OPEN: ReadonlySet<Case['state']> = new Set<Case['state']>([
  'submitted',
  'returned',
  'accepted',
  'dispatched',
  'handling',
  'replying',
  'replied',
  'disputed',
]);

export function flagsOf(c: Case): CaseFlag[] {
  const flags: CaseFlag[] = [];
  const [step] = c.approval?.steps ?? [];
  if (step) {
    flags.push(STEP_FLAG[step]);
  }
  if (c.extension) {
    flags.push('extension');
  }
  if (c.supervision && c.supervision.answeredAt === null) {
    flags.push('supervised');
  }
  if (c.appeals.some((a) => a.outcome === null)) {
    flags.push('appeal');
  }
  if (c.clocks.some((k) => k.kind === 'promise' && k.stoppedAt === null)) {
    flags.push('promise');
  }
  if (c.visitWanted) {
    flags.push('visit');
  }
  // Its units and office work on a connected platform: nothing of it is theirs to do here.
  if (c.handledBy !== undefined && (OPEN.has(c.state) || flags.includes('promise'))) {
    flags.push('elsewhere');
  }
  return flags;
}

export type Mover =
  | 'platform'
  | 'reviewer'
  | 'dispatcher'
  | 'handler'
  | 'head'
  | 'author'
  | 'inspector'
  | 'none';

const MOVER_OF: Record<Purpose, Mover> = {
  review: 'reviewer',
  supplement: 'author',
  join: 'author',
  dispatch: 'dispatcher',
  handle: 'handler',
  cohandle: 'handler',
  answer: 'author',
  extension: 'dispatcher',
  approve: 'head',
  check: 'dispatcher',
  supervision: 'head',
  rate: 'author',
  ruling: 'inspector',
  appeal: 'inspector',
};

/** Which side must move now; `none` once nothing is waited for. */
export function moverOf(c: Case): Mover {
  const duty = duties(c).find((d) => d.holds);
  return duty ? (duty.audience.to === 'platform' ? 'platform' : MOVER_OF[duty.purpose]) : 'none';
}

export interface Timer {
  clockId: string;
  step: ReminderStep | 'due';
  at: number;
  clockVersion: number;
}

/**
 * When the clocks of this case want something: at most one row per clock and step; a paused clock wants nothing. Half
 * and yellow come before the due time, the rungs of the ladder once it was missed; what was told is not told again.
 */
export function timersOf(c: Case, calendar: WorkingCalendar): Timer[] {
  return c.clocks
    .filter((k) => k.stoppedAt === null && k.pausedAt === null && !isPlatforms(c, k))
    .flatMap((k): Timer[] => {
      const row = (step: Timer['step'], at: number): Timer => ({
        clockId: k.id,
        step,
        at,
        clockVersion: k.version,
      });
      const told = k.told === null ? -1 : REMINDER_STEPS.indexOf(k.told);
      const reminders = REMINDER_STEPS.filter(
        (step, i) => i > told && isEarly(step) === (k.overdueAt === null),
      )
        .map((step) => [step, reminderAt(calendar, k, step)] as const)
        .flatMap(([step, at]) => (at === null ? [] : [row(step, at)]));
      return k.overdueAt === null ? [...reminders, row('due', k.dueAt)] : reminders;
    });
}

const isEarly = (step: ReminderStep): boolean => step === 'half' || step === 'amber';

/**
 * Whether this step is not worth firing at `now`: another one of the same clock is due as well and tells more. What
 * was missed while nobody watched is told once; the due step itself is never left out.
 */
export function isOutrun(c: Case, timer: Timer, calendar: WorkingCalendar, now: number): boolean {
  return (
    timer.step !== 'due' &&
    timersOf(c, calendar).some(
      (t) => t.clockId === timer.clockId && t.at <= now && isLater(t.step, timer.step),
    )
  );
}

const ORDER: readonly Timer['step'][] = ['half', 'amber', 'due', 'head', 'dispatcher', 'inspector'];
const isLater = (a: Timer['step'], b: Timer['step']): boolean => ORDER.indexOf(a) > ORDER.indexOf(b);

/** What a timer's step asks for in this case, and with what input. */
export function timerAct(c: Case, clock: Clock, step: Timer['step']): { action: ActionName; input: object } {
  if (step !== 'due') {
    return { action: 'remind', input: { clockId: clock.id, step } };
  }
  const action = atDueOf(c, clock.kind);
  return { action, input: action === 'settle' || action === 'withdraw' ? {} : { clockId: clock.id } };
}
