/** What each kind of event carries besides state and clocks. */
import type { ApprovalStep, ClockKind } from './clocks.ts';
import type {
  Absorbed,
  Appeal,
  Approval,
  Ask,
  Assignment,
  Case,
  CaseContent,
  Disclosure,
  Extension,
  Place,
  Rating,
  Receiving,
  Reply,
  Supervision,
} from './model.ts';
import type { AdoptionLevel, AppealOutcome, Outcome, Urgency } from '../words/index.ts';

/** A reply that reaches the authors. */
interface Release {
  assignmentId: string;
  reply: Reply;
  awaited: string[];
  /** Co-handlers whose opinions come too late. */
  cancelled: string[];
}

/** What follows for a reply under approval: the steps left, or its release. */
export interface Onwards {
  steps?: ApprovalStep[];
  release?: Release | null;
}

/** The payload of each event that changes more than state and clocks. */
export interface EventData {
  submit: {
    content: CaseContent;
    disclosure: Disclosure;
    /** Of the first submission only. */
    intake?: Receiving & { number: string };
    authorId?: string;
    filedBy?: string | null;
    invited?: string[];
  };
  takeOver: object;
  accept: {
    categoryId?: string;
    urgency: Urgency;
    openness?: Disclosure['openness'];
    handledBy?: string;
  };
  receive: { number: string };
  decline: object;
  edit: { content: CaseContent };
  correct: { categoryId?: string; place?: Place };
  invite: { invited: string[] };
  join: object;
  declineJoin: object;
  leave: object;
  support: object;
  reveal: object;
  merge: { intoCaseId: string };
  separate: object;
  absorb: { absorbed: Absorbed };
  release: { caseId: string };
  escalate: { receiving: Receiving };
  delegate: { receiving: Receiving };
  dispatch: { assignments: Assignment[]; round: number; countersign: boolean; ruling: boolean };
  redispatch: { assignments: Assignment[]; cancelled: string[]; countersign: boolean };
  changeCoHandlers: { assignments: Assignment[]; cancelled: string[] };
  recall: { cancelled: string[] };
  sign: { assignmentId: string };
  progress: { assignmentId: string | null };
  contact: { assignmentId: string };
  ask: { assignmentId: string; ask: Ask };
  answer: object;
  lapseAsk: object;
  opinion: { assignmentId: string } & Onwards;
  transferBack: { assignmentId: string; unitId: string; lead: boolean; cancelled: string[] } & Onwards;
  requestExtension: { extension: Extension };
  grant: object;
  deny: object;
  reply: { assignmentId: string; reply: Reply; approval: Approval | null; release: Release | null };
  lapseCountersign: Onwards;
  approve: Onwards;
  rejectReply: object;
  rate: { rating: Rating; support: boolean };
  settle: {
    outcome: Outcome | null;
    assignments: Assignment[];
    round: number;
    visitWanted: Case['visitWanted'];
  };
  conclude: { again: boolean };
  appeal: { appeal: Appeal };
  reviewAppeal: { round: number; outcome: AppealOutcome };
  fulfil: object;
  reopen: { by: Case['reopenedBy'][number] };
  visit: object;
  adopt: { level: AdoptionLevel; at: number };
  commend: object;
  publish: { title: string; text: string; at: number };
  supervise: { supervision: Supervision };
  answerSupervision: object;
  urge: { day: string | null };
  overdue: { kind: ClockKind; lapses: boolean };
}
