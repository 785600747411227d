/**
 * Who may do what, from which state to which, written by hand from the rules of the house and from nothing else: the
 * workflow's own table is held against this one. Plain data; `same` keeps the state.
 */
export type Part = 'first' | 'author' | 'reviewer' | 'dispatcher' | 'lead' | 'co' | 'inspector' | 'timer';

export interface Rule {
  act: string;
  by: Part;
  from: string;
  /** Every state it may lead to. */
  to: string;
}

const rules = (act: string, by: string, from: string, to: string): Rule[] =>
  by
    .split(' ')
    .flatMap((b) =>
      from.split(' ').map((f) => ({ act, by: b as Part, from: f, to: to === 'same' ? f : to })),
    );

const OPEN = 'submitted returned accepted dispatched handling replied disputed';

export const RULES: readonly Rule[] = [
  ...rules('submit', 'first', 'new returned', 'submitted'),
  ...rules('withdraw', 'first', 'submitted returned accepted', 'withdrawn'),
  ...rules('withdraw', 'timer', 'returned', 'withdrawn'),

  ...rules('accept', 'reviewer', 'submitted', 'accepted'),
  ...rules('return', 'reviewer', 'submitted', 'returned'),
  ...rules('decline', 'reviewer', 'submitted', 'declined'),
  ...rules('edit', 'reviewer', 'submitted', 'same'),
  ...rules('correct', 'reviewer dispatcher', OPEN, 'same'),

  ...rules('dispatch', 'dispatcher', 'accepted', 'dispatched'),
  ...rules('sendBack', 'dispatcher', 'accepted', 'submitted'),
  ...rules('redispatch', 'dispatcher', 'dispatched handling', 'dispatched'),
  ...rules('changeCoHandlers', 'dispatcher', 'dispatched handling', 'same'),
  ...rules('recall', 'dispatcher', 'dispatched handling', 'accepted'),

  ...rules('sign', 'lead', 'dispatched', 'handling'),
  ...rules('sign', 'co', 'dispatched handling', 'same'),
  ...rules('progress', 'lead', 'dispatched handling', 'handling'),
  ...rules('progress', 'co', 'dispatched handling', 'same'),
  ...rules('ask', 'lead', 'dispatched handling', 'handling'),
  ...rules('reply', 'lead', 'dispatched handling', 'replied'),
  ...rules('transferBack', 'lead', 'dispatched handling', 'accepted'),
  ...rules('transferBack', 'co', 'dispatched handling', 'same'),
  ...rules('opinion', 'co', 'dispatched handling', 'same'),
  ...rules('answer', 'author', 'handling', 'same'),
  ...rules('lapseAsk', 'timer', 'handling', 'same'),

  ...rules('rate', 'author', 'replied', 'same'),
  ...rules('settle', 'timer', 'replied', 'closed dispatched disputed'),
  ...rules('conclude', 'inspector', 'disputed', 'closed accepted'),

  ...rules('supplement', 'author', OPEN, 'same'),
  ...rules('comment', 'reviewer dispatcher lead co inspector', OPEN, 'same'),
  ...rules('urge', 'author inspector', 'submitted accepted dispatched handling disputed', 'same'),
  ...rules('overdue', 'timer', 'submitted returned accepted dispatched handling disputed', 'same'),
  ...rules('remind', 'timer', OPEN, 'same'),
];

/** Acts that are refused once the facts changed under whoever does them. */
export const EXCLUSIVE: readonly string[] = [
  'accept',
  'return',
  'decline',
  'edit',
  'correct',
  'dispatch',
  'redispatch',
];

/** Declared but not yet to be done by anyone. */
export const OFF: readonly string[] = [
  'reconsider',
  'merge',
  'separate',
  'escalate',
  'delegate',
  'requestExtension',
  'grant',
  'deny',
  'contact',
  'approve',
  'rejectReply',
  'appeal',
  'reviewAppeal',
  'followUp',
  'fulfil',
  'reopen',
  'visit',
  'adopt',
  'instruct',
  'commend',
  'publish',
  'supervise',
  'answerSupervision',
  'invite',
  'join',
  'declineJoin',
  'leave',
  'support',
  'reveal',
];

/** What a person in these parts may do from a state, and where it may lead; empty when they may not. */
export function allowed(act: string, parts: ReadonlySet<Part>, from: string): string[] {
  return RULES.filter((r) => r.act === act && r.from === from && parts.has(r.by)).flatMap((r) =>
    r.to.split(' '),
  );
}
