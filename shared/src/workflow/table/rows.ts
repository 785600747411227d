/** What a row of the workflow table says, and the sets of states rows share. */
import type { CaseState } from '../../words/index.ts';
import type { InputName } from '../inputs.ts';

/** How an actor stands to a case. Each is resolved in relations.ts. */
export type Relation =
  | 'author' // the first author or a joint author who accepted
  | 'firstAuthor'
  | 'mergedAuthor' // of a case that was merged into this one
  | 'supporter'
  | 'filer' // the reviewer who filed it for a member who has not taken over
  | 'reviewer' // holds the role in the receiving committee
  | 'dispatcher' // holds the role in the dispatch office of the case's area
  | 'leadHandler'
  | 'coHandler'
  | 'head' // of the lead unit
  | 'ratedHandler' // of a unit that answered it in any round
  | 'supervised' // head of whoever holds the case; anyone working there where there is no head
  | 'inspector' // of the case's area or one above
  | 'leader'
  | 'member' // any member the case is open to
  | 'invited' // invited as joint author, undecided
  | 'staff' // any of reviewer, dispatcher, leadHandler, coHandler, inspector, head
  | 'timer'
  | 'platform';

export interface ActionSpec {
  label: string;
  /** `new` stands for a case that does not exist yet. */
  from: readonly (CaseState | 'new')[];
  /** States it may lead to; `same` keeps the state. */
  to: readonly (CaseState | 'same')[];
  who: readonly Relation[];
  input: InputName;
  /** Refused when another exclusive action, a supplement or an answer came after the version the actor saw. */
  exclusive: boolean;
  /** One line that tells the consequence before it is done. */
  consequence: string;
  /** Order among the buttons; 0 is the one main act of its state, null is never a button. */
  rank: number | null;
  /** Whether a connected platform may do it in an area that is handed over. */
  platform: boolean;
}

export const OPEN_FROM_SUBMISSION: readonly CaseState[] = [
  'submitted',
  'returned',
  'accepted',
  'dispatched',
  'handling',
  'replying',
  'replied',
  'disputed',
];
export const FROM_ACCEPTANCE: readonly CaseState[] = [
  'accepted',
  'dispatched',
  'handling',
  'replying',
  'replied',
  'disputed',
  'closed',
];
export const AT_UNIT: readonly CaseState[] = ['dispatched', 'handling'];
/** Until the reply is released: a co-handler's part, and what watches over the unit. */
export const UNTIL_REPLIED: readonly CaseState[] = [...AT_UNIT, 'replying'];
/** What a plan that was promised may still be told about. */
export const AFTER_REPLY: readonly CaseState[] = ['replied', 'disputed', 'closed'];

type Row = Partial<ActionSpec> & Pick<ActionSpec, 'label' | 'from' | 'to' | 'who' | 'consequence'>;

/** A row, with what most rows say filled in. */
export const act = (row: Row): ActionSpec => ({
  input: 'none',
  exclusive: false,
  rank: 50,
  platform: false,
  ...row,
});
