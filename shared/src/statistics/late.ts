/**
 * Why a running case is late and whose move it is: one answer for the sentence, the bar, the groups, the rows and what
 * is urged. Says nothing about now: the reason is the one the case would be late for, and it is late once `dueAt` has
 * passed. A paused clock is never late.
 */
import type { Audience, Case, Clock } from '../workflow/model.ts';
import { atDueOf, type ClockKind } from '../workflow/clocks.ts';
import type { Mover } from '../workflow/duties.ts';
import { isPlatforms } from '../workflow/platform.ts';
import { supervisedUnit } from '../workflow/relations.ts';

interface ReasonSpec {
  /** On the bar and as a heading: 没有答复. */
  label: string;
  /** Whom it waits for; the words on the screen are those of {@link MOVERS}. */
  mover: Exclude<Mover, 'none' | 'platform'>;
  /** What they have to do: 「等婺城区住建局答复」. */
  verb: string;
  /** True when it is for the unit that has the case to end it, and a notice to the unit can help. */
  unit: boolean;
}

/** In the order of the bar where counts are equal. */
export const LATE_REASONS = {
  unanswered: { label: '没有答复', mover: 'handler', verb: '答复', unit: true },
  handedOn: { label: '转办两次以上', mover: 'handler', verb: '答复', unit: true },
  afterExtension: { label: '延期获批后又超', mover: 'handler', verb: '答复', unit: true },
  unsigned: { label: '没有签收', mover: 'handler', verb: '签收', unit: true },
  headCheck: { label: '单位审签未完', mover: 'head', verb: '审签', unit: true },
  supervision: { label: '没有答复督办', mover: 'head', verb: '答复督办', unit: true },
  promise: { label: '承诺没有落实', mover: 'handler', verb: '落实', unit: true },
  redispatch: { label: '等改派', mover: 'dispatcher', verb: '改派', unit: false },
  secondRedispatch: { label: '等第二次改派', mover: 'dispatcher', verb: '改派', unit: false },
  undispatched: { label: '三服务办未交办', mover: 'dispatcher', verb: '交办', unit: false },
  officeCheck: { label: '三服务办审签未完', mover: 'dispatcher', verb: '审核答复', unit: false },
  extension: { label: '延期待批', mover: 'dispatcher', verb: '批延期', unit: false },
  officeSupervision: { label: '三服务办未答复督办', mover: 'dispatcher', verb: '答复督办', unit: false },
  unreviewed: { label: '政协未审核', mover: 'reviewer', verb: '审核', unit: false },
  ruling: { label: '等督查裁定', mover: 'inspector', verb: '裁定', unit: false },
  appeal: { label: '等督查复核', mover: 'inspector', verb: '复核', unit: false },
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
  platform: '对接平台',
} as const satisfies Record<Exclude<Mover, 'none'>, string>;
export type LateMover = keyof typeof MOVERS;

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

function replyReason(c: Case, clock: Clock): LateReason {
  if (clock.moves.some((move) => move.kind === 'granted')) {
    return 'afterExtension';
  }
  return handOvers(c) >= MANY ? 'handedOn' : 'unanswered';
}

function dispatchReason(c: Case): LateReason {
  if (givenBack(c) >= MANY) {
    return 'secondRedispatch';
  }
  return c.transferred ? 'redispatch' : 'undispatched';
}

/** By the clock that ran out. A kind that is not here makes nobody late: the rating period, a question, an opinion. */
const REASON_OF: Partial<Record<ClockKind, (c: Case, clock: Clock) => LateReason>> = {
  review: () => 'unreviewed',
  dispatch: dispatchReason,
  sign: () => 'unsigned',
  reply: replyReason,
  check: (c) => (c.approval?.steps[0] === 'dispatcher' ? 'officeCheck' : 'headCheck'),
  extension: () => 'extension',
  ruling: () => 'ruling',
  appeal: () => 'appeal',
  supervision: (c) => (supervisedUnit(c) === c.dispatchOfficeId ? 'officeSupervision' : 'supervision'),
  supplement: () => 'supplement',
  promise: () => 'promise',
};

/** Every clock kind whose end makes somebody late. */
export const LATE_CLOCKS = Object.keys(REASON_OF) as ClockKind[];

/**
 * The running clock that is late first: of those that are not paused and are answered for, the one due earliest. So a
 * case with two clocks past due is told by the older miss. Null while nobody can be late.
 */
export function lateClock(c: Case): Clock | null {
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
export function lateReason(c: Case): LateReason | null {
  const clock = lateClock(c);
  return clock ? (REASON_OF[clock.kind]?.(c, clock) ?? null) : null;
}

/** Who must end it: the side, its unit or platform where it is one, and whom a notice goes to. */
export interface LateMove {
  mover: LateMover;
  unitId: string | null;
  audience: Audience;
}

/** Whose move the late clock is. What a connected platform watches over is told to nobody here. */
export function lateMove(c: Case): LateMove | null {
  const clock = lateClock(c);
  const move = clock && moveOn(c, clock);
  return move && isPlatforms(c, clock)
    ? { mover: 'platform', unitId: c.handledBy ?? null, audience: { to: 'platform' } }
    : move;
}

function moveOn(c: Case, clock: Clock): LateMove | null {
  const reason = lateReason(c);
  if (!reason) {
    return null;
  }
  const { mover } = LATE_REASONS[reason];
  if (clock.kind === 'supervision') {
    return { mover, unitId: supervisedUnit(c), audience: { to: 'supervised' } };
  }
  switch (mover) {
    case 'handler':
    case 'head': {
      const unitId = clock.unitId ?? supervisedUnit(c);
      return { mover, unitId, audience: { to: 'unit', unitId, role: mover } };
    }
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
export function lateUnitId(c: Case): string | null {
  const lead = c.assignments.findLast((a) => a.part === 'lead');
  return (
    lead?.unitId ?? (c.state === 'submitted' || c.state === 'returned' ? c.committeeId : c.dispatchOfficeId)
  );
}

const WITH_PLATFORM: readonly Case['state'][] = ['accepted', 'dispatched', 'handling'];
const PLATFORM = 'platform:';

/** Whom it is watched under: the connected platform while it works on it, else {@link lateUnitId}. */
export function latePartyId(c: Case): string | null {
  return c.handledBy !== undefined && WITH_PLATFORM.includes(c.state)
    ? `${PLATFORM}${c.handledBy}`
    : lateUnitId(c);
}

/** The platform such a party is; null for a unit. */
export const platformOfParty = (partyId: string): string | null =>
  partyId.startsWith(PLATFORM) ? partyId.slice(PLATFORM.length) : null;

/** The reason as a tag on the row, with its number where there is one: 转办 3 次, 退回 2 次. */
export function lateTag(c: Case): string {
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
