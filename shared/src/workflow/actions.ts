/**
 * The workflow, as one table. Server authorization, buttons in the mini-app and on cards, the OpenAPI document, the
 * state diagram and the property tests all derive from it; nothing else decides who may do what. Its rows stand by
 * phase in table/.
 */
import type { CaseState } from '../words/index.ts';
import { AFTER } from './table/after.ts';
import { DISPATCH } from './table/dispatch.ts';
import { HANDLING } from './table/handling.ts';
import { INTAKE } from './table/intake.ts';
import { REVIEW } from './table/review.ts';
import { WATCHING } from './table/watching.ts';
import type { ActionSpec, Relation } from './table/rows.ts';

export type { ActionSpec, Relation } from './table/rows.ts';

export const ACTIONS = {
  ...INTAKE,
  ...REVIEW,
  ...DISPATCH,
  ...HANDLING,
  ...AFTER,
  ...WATCHING,
} as const satisfies Record<string, ActionSpec>;

/** The author's private text before it is a report: through the drafts resource, never an event, never another's to see. */
export const DRAFT_ACTIONS = {
  saveDraft: {
    label: '存草稿',
    from: ['new', 'draft', 'returned'],
    to: ['draft', 'same'],
    who: ['firstAuthor'],
  },
  discard: { label: '删除草稿', from: ['draft', 'returned'], to: ['new', 'same'], who: ['firstAuthor'] },
} as const satisfies Record<
  string,
  { label: string; from: readonly (CaseState | 'new')[]; to: readonly string[]; who: readonly Relation[] }
>;

export type ActionName = keyof typeof ACTIONS;
export const ACTION_NAMES = Object.keys(ACTIONS) as ActionName[];

/** The row of an action, widened so that code can ask it anything. */
export function spec(action: ActionName): ActionSpec {
  return ACTIONS[action];
}
