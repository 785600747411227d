/**
 * Why a running case is late and whose move it is: one answer for the sentence, the bar, the groups, the rows and what
 * is urged. Says nothing about now: the reason is the one the case would be late for, and it is late once `dueAt` has
 * passed. A paused clock is never late.
 */
import type { Audience, Case, Clock } from '../workflow/model.ts';
import { atDueOf, type ClockKind } from '../workflow/clocks.ts';
import type { Mover } from '../workflow/duties.ts';

interface ReasonSpec {
  /** On the bar and as a heading: 没有答复. */
  label: string;
  /** Whom it waits for; the words on the screen are those of {@link MOVERS}. */
  mover: Exclude<Mover, 'none'>;
  /** What they have to do: 「等婺城区住建局答复」. */
  verb: string;
  /** True when it is for the unit that has the case to end it, and a notice to the unit can help. */
  unit: boolean;
}

/** In the order of the bar where counts are equal. */
export const LATE_REASONS = {
  unanswered: { label: '没有答复', mover: 'handler', verb: '答复', unit: true },
  handedOn: { label: '转办两次以上', mover: 'handler', verb: '答复', unit: true },
  unsigned: { label: '没有签收', mover: 'handler', verb: '签收', unit: true },
  redispatch: { label: '等改派', mover: 'dispatcher', verb: '改派', unit: false },
  secondRedispatch: { label: '等第二次改派', mover: 'dispatcher', verb: '改派', unit: false },
  undispatched: { label: '三服务办未交办', mover: 'dispatcher', verb: '交办', unit: false },
  unreviewed: { label: '政协未审核', mover: 'reviewer', verb: '审核', unit: false },
  ruling: { label: '等督查裁定', mover: 'inspector', verb: '裁定', unit: false },
  supplement: { label: '等委员补充', mover: 'author', verb: '补充', unit: false },
} as const satisfies Record<string, ReasonSpec>;
export type LateReason = keyof typeof LATE_REASONS;
export const LATE_REASON_NAMES = Object.keys(LATE_REASONS) as [LateReason, ...LateReason[]];

/** The sides a case can wait for, as a filter calls them. */
export const MOVERS = {
  handler: '承办单位',
  head: '单位负责人',
  dispatcher: '三服务办',
  reviewer: '政协',
  inspector: '督查',
  author: '委员',
} as const satisfies Record<ReasonSpec['mover'], string>;
export type LateMover = keyof typeof MOVERS;

/** What the reason is found from. */
export type LateFacts = Pick<
  Case,
  | 'state'
  | 'clocks'
  | 'assignments'
  | 'transferred'
  | 'firstDispatchedAt'
  | 'committeeId'
  | 'dispatchOfficeId'
>;

/** How often the case went on from one lead unit to another: a rework by the same unit is none. */
export function handOvers(c: Pick<Case, 'assignments'>): number {
  const leads = c.assignments.filter((a) => a.part === 'lead');
  return leads.filter((a, i) => i > 0 && a.unitId !== leads[i - 1]?.unitId).length;
}

/** How often a lead unit gave the case back. */
export function givenBack(c: Pick<Case, 'assignments'>): number {
  return c.assignments.filter((a) => a.part === 'lead' && a.state === 'returned').length;
}

const MANY = 2;
const atUnit =
  (plain: LateReason) =>
  (c: LateFacts): LateReason =>
    handOvers(c) >= MANY ? 'handedOn' : plain;

/** By the clock that ran out. A kind that is not here makes nobody late: the rating period, a question. */
const REASON_OF: Partial<Record<ClockKind, (c: LateFacts, clock: Clock) => LateReason>> = {
  review: () => 'unreviewed',
  dispatch: (c) =>
    givenBack(c) >= MANY ? 'secondRedispatch' : c.transferred ? 'redispatch' : 'undispatched',
  sign: () => 'unsigned',
  reply: atUnit('unanswered'),
  ruling: () => 'ruling',
  supplement: () => 'supplement',
};

/** Every clock kind whose end makes somebody late. */
export const LATE_CLOCKS = Object.keys(REASON_OF) as ClockKind[];

/**
 * The running clock that is late first: of those that are not paused and are answered for, the one due earliest. So a
 * case with two clocks past due is told by the older miss. Null while nobody can be late.
 */
export function lateClock(c: LateFacts): Clock | null {
  const running = c.clocks.filter(
    (k) =>
      k.stoppedAt === null &&
      k.pausedAt === null &&
      REASON_OF[k.kind] !== undefined &&
      atDueOf(c, k.kind) === 'overdue',
  );
  return running.toSorted((a, b) => a.dueAt - b.dueAt)[0] ?? null;
}

/** Why the case is late, or would be once {@link lateClock} is due; null while nobody can be. */
export function lateReason(c: LateFacts): LateReason | null {
  const clock = lateClock(c);
  return clock ? (REASON_OF[clock.kind]?.(c, clock) ?? null) : null;
}

/** Who must end it: the side, its unit where it is one, and whom a notice goes to. */
export interface LateMove {
  mover: LateMover;
  unitId: string | null;
  audience: Audience;
}

/** Whose move the late clock is. */
export function lateMove(c: LateFacts): LateMove | null {
  const clock = lateClock(c);
  const reason = lateReason(c);
  if (!clock || !reason) {
    return null;
  }
  const { mover } = LATE_REASONS[reason];
  switch (mover) {
    case 'handler':
      return clock.unitId === null
        ? null
        : { mover, unitId: clock.unitId, audience: { to: 'unit', unitId: clock.unitId, role: 'handler' } };
    case 'dispatcher':
      return { mover, unitId: c.dispatchOfficeId, audience: { to: 'dispatchers' } };
    case 'reviewer':
      return { mover, unitId: c.committeeId, audience: { to: 'reviewers' } };
    case 'inspector':
      return { mover, unitId: null, audience: { to: 'inspectors' } };
    case 'author':
      return { mover, unitId: null, audience: { to: 'authors' } };
  }
}

/** The unit a case is counted under: the one that leads it or last led it, else the one that must move. */
export function lateUnitId(c: LateFacts): string | null {
  const lead = c.assignments.findLast((a) => a.part === 'lead');
  return (
    lead?.unitId ?? (c.state === 'submitted' || c.state === 'returned' ? c.committeeId : c.dispatchOfficeId)
  );
}

/** The reason as a tag on the row, with its number where there is one: 转办 3 次, 退回 2 次. */
export function lateTag(c: LateFacts): string {
  const reason = lateReason(c);
  switch (reason) {
    case null:
      return '';
    case 'handedOn':
      return `转办 ${handOvers(c)} 次`;
    case 'secondRedispatch':
      return `退回 ${givenBack(c)} 次`;
    default:
      return LATE_REASONS[reason].label;
  }
}
