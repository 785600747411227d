/** The case as the workflow knows it: plain data, no names, no texts for the screen. Instants are epoch milliseconds. */
import type {
  AssignmentState,
  CaseState,
  Openness,
  Outcome,
  ResultClass,
  Role,
  Tier,
  UnitType,
  Urgency,
} from '../words/index.ts';
import type { Limit } from '../calendar/index.ts';
import type { ActionName } from './actions.ts';
import type { ClockKind } from './clocks.ts';

export interface Place {
  text: string;
  areaId: string | null;
  latitude?: number | undefined;
  longitude?: number | undefined;
}

export interface CaseContent {
  title: string;
  situation: string;
  analysis: string;
  suggestion: string;
  categoryId: string;
  place: Place;
  /** Ids the author's device made; bytes may still be on their way. */
  fileIds: string[];
}

/** The author's choices about who may learn what. */
export interface Disclosure {
  anonymous: boolean;
  openness: Openness;
  phoneToUnit: boolean;
}

export interface Author {
  personId: string;
  joined: 'first' | 'invited' | 'accepted' | 'declined';
}

export interface Assignment {
  id: string; // a1, a2 … within the case
  unitId: string;
  part: 'lead' | 'co';
  round: number;
  state: AssignmentState;
  assignedAt: number;
  signedAt: number | null;
  endedAt: number | null;
}

export interface Clock {
  id: string; // kind + '#' + running number within the case, e.g. review#2
  kind: ClockKind;
  unitId: string | null;
  round: number;
  startedAt: number;
  limit: Limit;
  dueAt: number;
  /** Due as first promised, before pauses and extensions. */
  firstDueAt: number;
  pausedAt: number | null;
  /** Working minutes that ended pauses lasted. */
  pausedMinutes: number;
  stoppedAt: number | null;
  overdueAt: number | null;
  remindedAt: number | null;
  /** Raised whenever the due time moves; a timer that carries an older one is dropped. */
  version: number;
}

export interface Ask {
  id: string; // q1, q2 …
  question: string;
  askedAt: number;
  round: number;
}

export interface Reply {
  round: number;
  unitId: string;
  personId: string;
  /** Co-handlers as they stood when it was written: a rework goes to the same units. */
  coUnitIds: string[];
  class: ResultClass;
  text: string;
  fileIds: string[];
  reason: string | null; // 暂不能办
  promisedOn: string | null; // 列入计划, YYYY-MM-DD
  at: number;
}

export interface Rating {
  personId: string;
  round: number;
  stars: number;
  reasons: string[];
  text: string;
  at: number;
}

export interface Case {
  id: string;
  number: string;
  version: number; // = number of its events
  exclusiveVersion: number; // version of the last exclusive action, supplement or answer
  state: CaseState;
  areaId: string; // whose committee received it
  committeeId: string;
  dispatchOfficeId: string;
  content: CaseContent;
  /** As the author last wrote it, kept once a reviewer edited. */
  originalContent: CaseContent | null;
  disclosure: Disclosure;
  urgency: Urgency;
  authors: Author[];
  /** Whose rating is waited for: the authors as they stood when the reply was released. */
  awaited: string[];
  round: number; // 0 until the first dispatch
  reworks: number; // since the last dispatch
  ruled: boolean; // a ruling has given it its one more dispatch
  assignments: Assignment[];
  clocks: Clock[];
  ask: Ask | null;
  asksInRound: number;
  pausedMinutesInRound: number;
  replies: Reply[];
  ratings: Rating[];
  transferBacks: { unitId: string; at: number }[];
  /** Accepted again after a unit gave it back: 待改派. */
  transferred: boolean;
  urgedOn: string | null; // business day of the last urge by an author
  outcome: Outcome | null;
  submittedAt: number;
  firstDispatchedAt: number | null;
  releasedAt: number | null; // when the current reply reached the authors
  closedAt: number | null;
  lastEventAt: number;
}

export interface Grant {
  role: Role;
  unitId: string | null;
  areaId: string;
  /** Held for somebody who is away. */
  forPersonId?: string | undefined;
}

export type Actor =
  | { kind: 'person'; personId: string; grants: readonly Grant[] }
  | { kind: 'timer' }
  | { kind: 'platform'; platformId: string };

/** The capacity an action was done in: what the record says beside the name. */
export type Capacity =
  | { kind: 'author' }
  | { kind: 'grant'; role: Role; unitId: string | null; areaId: string }
  | { kind: 'timer' }
  | { kind: 'platform'; platformId: string };

export type ClockChange =
  | { do: 'start'; clock: Clock }
  | { do: 'stop'; id: string }
  | { do: 'pause'; id: string }
  | { do: 'resume'; id: string; dueAt: number; pausedMinutes: number }
  | { do: 'overdue'; id: string }
  | { do: 'remind'; id: string };

/** One line of a case's history. `apply` needs nothing else to give the next state. */
export interface CaseEvent {
  caseId: string;
  version: number;
  action: ActionName;
  at: number;
  personId: string | null;
  capacity: Capacity;
  to: CaseState;
  clocks: ClockChange[];
  data: Record<string, unknown>;
}

export interface UnitFacts {
  id: string;
  name: string;
  shortName: string;
  type: UnitType;
  areaId: string;
}

export interface AreaFacts {
  id: string;
  name: string;
  tier: Tier;
  parentId: string | null;
}

/** Who hears of an event besides those whose duty begins or ends with it. */
export type Audience =
  | { to: 'authors' }
  | { to: 'firstAuthor' }
  | { to: 'reviewers' }
  | { to: 'dispatchers' }
  | { to: 'inspectors' }
  | { to: 'unit'; unitId: string; role: 'handler' | 'head' }
  | { to: 'person'; personId: string }
  | { to: 'movers' }; // whoever must move as the case stands after the event

export const NOTICES = [
  'received',
  'accepted',
  'declined',
  'dispatched',
  'progressed',
  'answered',
  'supplemented',
  'opinion',
  'coReturned',
  'taken',
  'withdrawn',
  'upheld',
  'ruledAgain',
  'closed',
  'urged',
  'reminded',
  'overdue',
  'askLapsed',
] as const;
export type NoticeName = (typeof NOTICES)[number];

export interface Tell {
  notice: NoticeName;
  audience: Audience;
}
