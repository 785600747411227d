/** The case as the workflow knows it: plain data, no names, no texts for the screen. Instants are epoch milliseconds. */
import type {
  AdoptionLevel,
  AppealOutcome,
  AssignmentState,
  CaseState,
  Openness,
  Outcome,
  ResultClass,
  Role,
  SupervisionLevel,
  Tier,
  UnitType,
  Urgency,
} from '../words/index.ts';
import type { ClockMove, Limit } from '../calendar/index.ts';
import type { ActionName } from './actions.ts';
import type { ApprovalStep, ClockKind, ReminderStep } from './clocks.ts';

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
  /** What the category asked, in the words it was asked in: a later catalogue changes nothing here. */
  answers: { question: string; answer: string }[];
}

/** The author's choices about who may learn what. */
export interface Disclosure {
  anonymous: boolean;
  openness: Openness;
  phoneToUnit: boolean;
}

export interface Author {
  personId: string;
  joined: 'first' | 'invited' | 'accepted' | 'declined' | 'left';
}

export interface Assignment {
  id: string; // a1, a2 … within the case
  unitId: string;
  part: 'lead' | 'co';
  round: number;
  state: AssignmentState;
  /** Given again by low stars, not by the dispatch office. */
  rework: boolean;
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
  /** The last reminder that was sent; those before it are never sent again. */
  told: ReminderStep | null;
  /** What moved the due time, in order: told with the working of a deadline and counted anew on a changed calendar. */
  moves: ClockMove[];
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

/** 申请延期, until it is decided or lapses with the reply's due time. */
export interface Extension {
  until: string; // YYYY-MM-DD, close of business
  reason: string;
  at: number;
}

/** 待审签: a reply that was submitted and is not released yet. The first step is the one that waits. */
export interface Approval {
  reply: Reply;
  assignmentId: string;
  steps: ApprovalStep[];
}

/** 督办: whoever holds the case must answer. */
export interface Supervision {
  level: SupervisionLevel;
  text: string;
  at: number;
  answeredAt: number | null;
}

/** 申请复核: the unit disputes a low rating; the outcome stands beside the stars, which never change. */
export interface Appeal {
  round: number;
  unitId: string;
  reason: string;
  at: number;
  outcome: AppealOutcome | null;
}

/** A case that was merged into this one: its authors are answered and rate here, unseen by others. */
export interface Absorbed {
  caseId: string;
  authors: string[];
}

/** Where a case is received. */
export interface Receiving {
  areaId: string;
  committeeId: string;
  dispatchOfficeId: string;
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
  /** The connected platform that dispatches and answers it: fixed at acceptance, absent where it is handled here. */
  handledBy?: string;
  /** Its number over there, once it was received. */
  platformNumber?: string;
  authors: Author[];
  /** Whose rating is waited for: the authors as they stood when the reply was released. */
  awaited: string[];
  round: number; // 0 until the first dispatch
  reworks: number; // since the first dispatch, or since a reopening
  ruled: boolean; // a ruling has given it its one more dispatch
  assignments: Assignment[];
  clocks: Clock[];
  ask: Ask | null;
  asksInRound: number;
  pausedMinutesInRound: number;
  replies: Reply[];
  ratings: Rating[];
  /** Stars of members who support the case: counted apart, never settling it. */
  supportRatings: Rating[];
  transferBacks: { unitId: string; at: number }[];
  /** Accepted again after a unit gave it back: 待改派. */
  transferred: boolean;
  /** The dispatch office has ruled, after the third return, who leads: nobody gives the case back any more. */
  leadFixed: boolean;
  /** The dispatcher wants every co-handler's opinion before the reply leaves. */
  countersign: boolean;
  approval: Approval | null;
  extension: Extension | null;
  extensionsInRound: number;
  supervision: Supervision | null;
  appeals: Appeal[];
  /** Staff who filed for the member and may go on doing so until the member takes over. */
  filedBy: string | null;
  supporters: { personId: string; at: number }[];
  absorbed: Absorbed[];
  mergedInto: string | null;
  /** Where it was received before it was handed up or down, first to last: they keep seeing it. */
  passed: Receiving[];
  reopenedBy: ('author' | 'inspector')[];
  declinedAt: number | null;
  fulfilledAt: number | null;
  promiseMissedAt: number | null;
  /** 待回访: somebody must call the authors; null once they did or need not. */
  visitWanted: 'low' | 'sample' | null;
  adoptions: { level: AdoptionLevel; at: number }[];
  commendedAt: number | null;
  published: { title: string; text: string; at: number } | null;
  /** 公开姓名: dispatcher and lead unit may know an anonymous author. */
  revealedAt: number | null;
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
  /** `via`: the id of the access token that acts in the person's name. */
  | { kind: 'person'; personId: string; grants: readonly Grant[]; via?: string }
  | { kind: 'timer' }
  | { kind: 'platform'; platformId: string };

/** The capacity an action was done in: what the record says beside the name. `via` as in {@link Actor}. */
export type Capacity = { via?: string } & (
  | { kind: 'author' }
  /** An author of a case that was merged into this one. */
  | { kind: 'mergedAuthor'; caseId: string }
  | { kind: 'supporter' }
  | { kind: 'grant'; role: Role; unitId: string | null; areaId: string; forPersonId?: string }
  | { kind: 'timer' }
  /** `unitId`: in whose name the platform speaks, null for its dispatch office. */
  | { kind: 'platform'; platformId: string; unitId: string | null }
);

export type ClockChange =
  | { do: 'start'; clock: Clock }
  /** `at` when it stopped before the event: a released reply counts from when it was submitted. */
  | { do: 'stop'; id: string; at?: number }
  | { do: 'pause'; id: string }
  /** `asked`: the pause was a question to the author and counts towards what a round's pauses may last. */
  | { do: 'resume'; id: string; dueAt: number; pausedMinutes: number; asked: boolean; move: ClockMove }
  | { do: 'move'; id: string; dueAt: number; move: ClockMove }
  /** Counted anew on a changed calendar. */
  | { do: 'recount'; id: string; dueAt: number }
  | { do: 'overdue'; id: string }
  | { do: 'remind'; id: string; step: ReminderStep };

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
  | { to: 'supporters' }
  | { to: 'leaders' }
  /** The connected platform that handles the case: nobody here. */
  | { to: 'platform' }
  /** Whoever answers for a supervised case: the unit's heads, else those who work there. */
  | { to: 'supervised' }
  | { to: 'movers' }; // whoever must move as the case stands after the event

export const NOTICES = [
  'received',
  'filedForYou',
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
  'escalated',
  'merged',
  'separated',
  'absorbed',
  'handedOver',
  'reconsidered',
  'joined',
  'joinDeclined',
  'left',
  'extended',
  'notExtended',
  'extensionLapsed',
  'replyRejected',
  'contacted',
  'followedUp',
  'fulfilled',
  'promiseMissed',
  'reopened',
  'supervised',
  'supervisionAnswered',
  'appealed',
  'appealReviewed',
  'adopted',
  'instructed',
  'commended',
  'published',
  'revealed',
  'dueMoved',
] as const;
export type NoticeName = (typeof NOTICES)[number];

export interface Tell {
  notice: NoticeName;
  audience: Audience;
}
