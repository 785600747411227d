/** What random lives are made of: when they begin, how long they wait, what is drawn how often. */
import { createCalendar } from '../../calendar/index.ts';
import type { ActionName } from '../actions.ts';
import { at, DAY, HOUR, MONDAY, OTHER, type Given } from './people.ts';

/** Instead of a stretch of time: on to the moment of the next timer. */
export const TO_TIMER = 9;
export const WAITS = [0, 60_000, 20 * 60_000, 2 * HOUR, 5 * HOUR, DAY, 3 * DAY, 12 * DAY, 40 * DAY];
export const ENDED = new Set(['closed', 'declined', 'withdrawn', 'merged']);
/** Clocks that may go on once a case is closed: what was promised, what is under review. */
export const AFTERWARDS = new Set(['promise', 'appeal']);
export const FORBIDDEN = new Set(['notYours', 'wrongState', 'recused', 'exists']);
/** Refusals of what was typed, which a button cannot know. */
export const BY_INPUT = new Set([
  'ruledOnce',
  'nothingChanged',
  'alreadyAuthor',
  'noMember',
  'tooManyAuthors',
  'extensionDate',
  'opennessWider',
  'mergeTarget',
  'handoverNowhere',
  'sameLead',
  'unitOutside',
]);
/** Acts that end or undo much are drawn less often, so that walks get far. */
export const WEIGHT: Partial<Record<ActionName, number>> = {
  withdraw: 1,
  decline: 1,
  merge: 1,
  escalate: 1,
  delegate: 1,
  separate: 6,
  reconsider: 6,
  approve: 20,
  rejectReply: 4,
  opinion: 5,
  leave: 1,
  absorb: 1,
  adopt: 1,
  comment: 1,
  correct: 1,
  instruct: 1,
  recall: 2,
  return: 4,
  sendBack: 5,
  accept: 20,
  dispatch: 20,
  reply: 24,
  rate: 40,
  conclude: 12,
  ask: 5,
};

/** Where lives begin: an ordinary week, before 春节 2025 and its make-up Sundays, before 国庆 2025 and 2026, at night. */
export const STARTS = [
  MONDAY,
  at('2025-01-24T10:00:00'),
  at('2025-09-26T16:00:00'),
  at('2026-02-12T11:30:00'),
  at('2026-09-29T23:00:00'),
];

/** The calendar after every Wednesday of two years was declared off: running clocks are counted anew. */
export const STORMY = createCalendar({
  hours: [],
  overrides: Array.from({ length: 110 }, (_, week) => ({
    date: new Date(Date.UTC(2025, 0, 1) + week * 7 * DAY).toISOString().slice(0, 10),
    kind: 'off' as const,
    name: '停工',
  })),
  notices: [],
});

/** How the house of this life works: who signs replies before they leave. */
export const givenBy = (vary: number): Given => ({
  rules: { dispatcherCheck: vary % 3 === 1, headApproval: (unitId) => vary % 2 === 1 && unitId === 'police' },
  other: OTHER,
  ...(vary % 4 === 2 ? { partner: 'xgj' } : {}),
});
