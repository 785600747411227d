/**
 * Who may do what, from which state to which, written by hand from the rules of the house and from nothing else: the
 * workflow's own table is held against this one. Plain data; `same` keeps the state.
 */
export type Part =
  | 'first'
  | 'author'
  | 'invited'
  | 'merged'
  | 'supporter'
  | 'member'
  | 'filer'
  | 'reviewer'
  | 'dispatcher'
  | 'lead'
  | 'co'
  | 'rated'
  | 'head'
  | 'supervised'
  | 'inspector'
  | 'leader'
  | 'timer'
  | 'platform';

export interface Rule {
  act: string;
  by: Part;
  from: string;
  /** Every state it may lead to. */
  to: string;
}

const rules = (acts: string, by: string, from: string, to: string): Rule[] =>
  acts
    .split(' ')
    .flatMap((act) =>
      by
        .split(' ')
        .flatMap((b) =>
          from.split(' ').map((f) => ({ act, by: b as Part, from: f, to: to === 'same' ? f : to })),
        ),
    );

const AT_UNIT = 'dispatched handling';
const OPEN = `submitted returned accepted ${AT_UNIT} replying replied disputed`;
const ACCEPTED_ON = `accepted ${AT_UNIT} replying replied disputed closed`;
const SINCE_DISPATCH = `${AT_UNIT} replying replied disputed closed`;
const SUPERVISED = `accepted ${AT_UNIT} replying replied disputed`;
const WATCHED = `${OPEN} closed`;

export const RULES: readonly Rule[] = [
  ...rules('submit', 'first', 'new returned', 'submitted'),
  ...rules('submit', 'filer', 'returned', 'submitted'),
  ...rules('withdraw', 'first', 'submitted returned accepted', 'withdrawn'),
  ...rules('withdraw', 'timer', 'returned', 'withdrawn'),
  ...rules('takeOver', 'first', 'submitted returned accepted', 'same'),

  ...rules('accept', 'reviewer', 'submitted', 'accepted'),
  ...rules('return', 'reviewer', 'submitted', 'returned'),
  ...rules('decline', 'reviewer', 'submitted', 'declined'),
  ...rules('reconsider', 'reviewer inspector', 'declined', 'submitted'),
  ...rules('edit', 'reviewer', 'submitted', 'same'),
  ...rules('correct', 'reviewer dispatcher', OPEN, 'same'),
  ...rules('merge', 'reviewer', 'submitted accepted', 'merged'),
  ...rules('separate', 'reviewer timer', 'merged', 'submitted'),
  ...rules('absorb', 'timer', `submitted returned accepted ${AT_UNIT}`, 'same'),
  ...rules('release', 'timer', `submitted returned accepted ${AT_UNIT} replying`, 'same'),
  ...rules('escalate', 'reviewer', 'submitted accepted', 'submitted'),
  ...rules('delegate', 'reviewer', 'submitted accepted', 'submitted'),

  ...rules('dispatch', 'dispatcher', 'accepted', 'dispatched'),
  ...rules('sendBack', 'dispatcher', 'accepted', 'submitted'),
  ...rules('redispatch', 'dispatcher', AT_UNIT, 'dispatched'),
  ...rules('changeCoHandlers', 'dispatcher', AT_UNIT, 'same'),
  ...rules('recall', 'dispatcher', AT_UNIT, 'accepted'),

  ...rules('sign', 'lead', 'dispatched', 'handling'),
  ...rules('sign', 'co', `${AT_UNIT} replying`, 'same'),
  ...rules('progress', 'lead', AT_UNIT, 'handling'),
  ...rules('progress', 'co', AT_UNIT, 'same'),
  ...rules('contact', 'lead', AT_UNIT, 'handling'),
  ...rules('ask', 'lead', AT_UNIT, 'handling'),
  ...rules('answer', 'author', 'handling', 'same'),
  ...rules('lapseAsk', 'timer', 'handling', 'same'),
  ...rules('requestExtension', 'lead', AT_UNIT, 'same'),
  ...rules('grant', 'dispatcher', AT_UNIT, 'same'),
  ...rules('deny', 'dispatcher', AT_UNIT, 'same'),
  ...rules('reply', 'lead', AT_UNIT, 'replied replying'),
  ...rules('opinion', 'co', AT_UNIT, 'same'),
  ...rules('opinion', 'co', 'replying', 'replying replied'),
  ...rules('transferBack', 'lead', AT_UNIT, 'accepted'),
  ...rules('transferBack', 'co', AT_UNIT, 'same'),
  ...rules('transferBack', 'co', 'replying', 'replying replied'),
  ...rules('lapseCountersign', 'timer', 'replying', 'replying replied'),
  ...rules('receive', 'platform', `accepted ${AT_UNIT}`, 'same'),
  ...rules('dispatch', 'platform', 'accepted', 'dispatched'),
  ...rules('sendBack', 'platform', 'accepted', 'submitted'),
  ...rules('redispatch', 'platform', AT_UNIT, 'dispatched'),
  ...rules('changeCoHandlers', 'platform', AT_UNIT, 'same'),
  ...rules('recall', 'platform', AT_UNIT, 'accepted'),
  ...rules('sign', 'platform', 'dispatched', 'dispatched handling'),
  ...rules('sign', 'platform', 'handling', 'same'),
  ...rules('progress', 'platform', 'dispatched', 'dispatched handling'),
  ...rules('progress', 'platform', 'handling', 'same'),
  ...rules('contact', 'platform', AT_UNIT, 'handling'),
  ...rules('ask', 'platform', AT_UNIT, 'handling'),
  ...rules('requestExtension grant deny', 'platform', AT_UNIT, 'same'),
  ...rules('opinion', 'platform', AT_UNIT, 'same'),
  ...rules('transferBack', 'platform', 'dispatched', 'accepted dispatched'),
  ...rules('transferBack', 'platform', 'handling', 'accepted handling'),
  ...rules('reply', 'platform', AT_UNIT, 'replied'),
  ...rules('followUp fulfil', 'platform', 'replied disputed closed', 'same'),
  ...rules('approve', 'head dispatcher', 'replying', 'replying replied'),
  ...rules('rejectReply', 'head dispatcher', 'replying', 'handling'),

  ...rules('rate', 'author merged supporter', 'replied', 'same'),
  ...rules('settle', 'timer', 'replied', 'closed dispatched disputed'),
  ...rules('conclude', 'inspector', 'disputed', 'closed accepted'),
  ...rules('appeal', 'rated', SINCE_DISPATCH, 'same'),
  ...rules('reviewAppeal', 'inspector', SINCE_DISPATCH, 'same'),
  ...rules('followUp', 'lead', 'replied disputed closed', 'same'),
  ...rules('fulfil', 'lead', 'replied disputed closed', 'same'),
  ...rules('reopen', 'author inspector', 'closed', 'accepted'),
  ...rules('visit', 'reviewer', 'replied closed', 'same'),
  ...rules('adopt', 'reviewer', ACCEPTED_ON, 'same'),
  ...rules('instruct', 'leader', ACCEPTED_ON, 'same'),
  ...rules('commend', 'reviewer', 'replied closed', 'same'),
  ...rules('publish', 'reviewer', 'replied disputed closed', 'same'),

  ...rules('supplement', 'author filer', OPEN, 'same'),
  ...rules('comment', 'reviewer dispatcher lead co head inspector', OPEN, 'same'),
  ...rules(
    'urge',
    'author merged supporter inspector',
    `submitted accepted ${AT_UNIT} replying disputed`,
    'same',
  ),
  ...rules('supervise', 'inspector', SUPERVISED, 'same'),
  ...rules('answerSupervision', 'supervised', SUPERVISED, 'same'),
  ...rules('invite', 'first', `submitted returned accepted ${AT_UNIT}`, 'same'),
  ...rules('join', 'invited', `submitted returned accepted ${AT_UNIT} replying`, 'same'),
  ...rules('declineJoin', 'invited', `submitted returned accepted ${AT_UNIT} replying`, 'same'),
  ...rules('leave', 'author', 'submitted returned accepted', 'same'),
  ...rules('support', 'member', OPEN, 'same'),
  ...rules('reveal', 'reviewer', ACCEPTED_ON, 'same'),
  ...rules('overdue', 'timer', WATCHED, 'same'),
  ...rules('remind', 'timer', WATCHED, 'same'),
  ...rules('recount', 'timer', WATCHED, 'same'),
];

/** Acts that are refused once the facts changed under whoever does them. */
export const EXCLUSIVE: readonly string[] = [
  'accept',
  'return',
  'decline',
  'edit',
  'correct',
  'merge',
  'dispatch',
  'redispatch',
];

/** In a case that was handed to a connected platform these are its alone; elsewhere it has none of them. */
export const PLATFORMS_ALONE: readonly string[] = [
  'dispatch',
  'sendBack',
  'redispatch',
  'changeCoHandlers',
  'recall',
  'sign',
  'progress',
  'contact',
  'ask',
  'opinion',
  'transferBack',
  'requestExtension',
  'grant',
  'deny',
  'reply',
  'approve',
  'rejectReply',
];

/** What a person in these parts may do from a state, and where it may lead; empty when they may not. */
export function allowed(act: string, parts: ReadonlySet<Part>, from: string, handedOver = false): string[] {
  return RULES.filter(
    (r) =>
      r.act === act &&
      r.from === from &&
      parts.has(r.by) &&
      (!handedOver || r.by === 'platform' || !PLATFORMS_ALONE.includes(act)),
  ).flatMap((r) => r.to.split(' '));
}
