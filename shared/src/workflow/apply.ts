/** The fold: a case plus one event gives the next case. Needs no clock, calendar or directory, so replay is exact. */
import { spec } from './actions.ts';
import type {
  Assignment,
  Ask,
  Case,
  CaseContent,
  CaseEvent,
  ClockChange,
  Disclosure,
  Place,
  Rating,
  Reply,
} from './model.ts';
import type { Outcome, Urgency } from '../words/index.ts';

/** Cases and events are JSON by nature; going through it also proves that a stored copy says the same. */
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** An author's addition counts like an exclusive action: whoever decides should have read it. */
const FRESH = new Set(['supplement', 'answer']);

/** The payload of each event that changes more than state and clocks. */
export interface EventData {
  submit: {
    content: CaseContent;
    disclosure: Disclosure;
    intake?: { number: string; areaId: string; committeeId: string; dispatchOfficeId: string };
  };
  accept: { categoryId?: string; urgency: Urgency; openness?: Disclosure['openness'] };
  edit: { content: CaseContent };
  correct: { categoryId?: string; place?: Place };
  dispatch: { assignments: Assignment[]; round: number };
  redispatch: { assignments: Assignment[]; cancelled: string[] };
  changeCoHandlers: { assignments: Assignment[]; cancelled: string[] };
  recall: { cancelled: string[] };
  sign: { assignmentId: string };
  progress: { assignmentId: string | null };
  ask: { assignmentId: string; ask: Ask };
  opinion: { assignmentId: string };
  transferBack: { assignmentId: string; unitId: string; lead: boolean; cancelled: string[] };
  reply: { assignmentId: string; reply: Reply; awaited: string[]; cancelled: string[] };
  rate: { rating: Rating };
  settle: { outcome: Outcome | null; assignments: Assignment[]; round: number };
  conclude: { again: boolean };
  urge: { day: string | null };
}

type Folds = { [A in keyof EventData]: (c: Case, data: EventData[A], event: CaseEvent) => void };

const assignmentOf = (c: Case, id: string): Assignment => {
  const found = c.assignments.find((a) => a.id === id);
  if (!found) {
    throw new Error(`case ${c.id} has no assignment ${id}`);
  }
  return found;
};

const signed = (c: Case, id: string, at: number): void => {
  const assignment = assignmentOf(c, id);
  if (assignment.state === 'unsigned') {
    assignment.state = 'handling';
    assignment.signedAt = at;
  }
};

const ended = (c: Case, ids: readonly string[], state: Assignment['state'], at: number): void => {
  for (const id of ids) {
    const assignment = assignmentOf(c, id);
    assignment.state = state;
    assignment.endedAt = at;
  }
};

const newRound = (c: Case, round: number): void => {
  if (round !== c.round) {
    c.asksInRound = 0;
    c.pausedMinutesInRound = 0;
  }
  c.round = round;
  c.releasedAt = null;
};

const FOLDS: Folds = {
  submit: (c, data) => {
    c.content = data.content;
    c.originalContent = null;
    c.disclosure = data.disclosure;
  },
  accept: (c, data) => {
    c.content.categoryId = data.categoryId ?? c.content.categoryId;
    c.urgency = data.urgency;
    c.disclosure.openness = data.openness ?? c.disclosure.openness;
  },
  edit: (c, data) => {
    c.originalContent ??= c.content;
    c.content = data.content;
  },
  correct: (c, data) => {
    c.content = {
      ...c.content,
      categoryId: data.categoryId ?? c.content.categoryId,
      place: data.place ?? c.content.place,
    };
  },
  dispatch: (c, data, event) => {
    newRound(c, data.round);
    c.reworks = 0;
    c.transferred = false;
    c.firstDispatchedAt ??= event.at;
    c.assignments.push(...data.assignments);
  },
  redispatch: (c, data, event) => {
    ended(c, data.cancelled, 'cancelled', event.at);
    c.assignments.push(...data.assignments);
    c.ask = null;
  },
  changeCoHandlers: (c, data, event) => {
    ended(c, data.cancelled, 'cancelled', event.at);
    c.assignments.push(...data.assignments);
  },
  recall: (c, data, event) => {
    ended(c, data.cancelled, 'cancelled', event.at);
    c.ask = null;
  },
  sign: (c, data, event) => signed(c, data.assignmentId, event.at),
  progress: (c, data, event) => {
    if (data.assignmentId) {
      signed(c, data.assignmentId, event.at);
    }
  },
  ask: (c, data, event) => {
    signed(c, data.assignmentId, event.at);
    c.ask = data.ask;
    c.asksInRound += 1;
  },
  opinion: (c, data, event) => {
    signed(c, data.assignmentId, event.at);
    ended(c, [data.assignmentId], 'done', event.at);
  },
  transferBack: (c, data, event) => {
    ended(c, [data.assignmentId], 'returned', event.at);
    ended(c, data.cancelled, 'cancelled', event.at);
    c.transferBacks.push({ unitId: data.unitId, at: event.at });
    if (data.lead) {
      c.transferred = true;
      c.ask = null;
    }
  },
  reply: (c, data, event) => {
    signed(c, data.assignmentId, event.at);
    ended(c, [data.assignmentId], 'done', event.at);
    ended(c, data.cancelled, 'cancelled', event.at);
    c.replies.push(data.reply);
    c.awaited = data.awaited;
    c.releasedAt = event.at;
    c.ask = null;
  },
  rate: (c, data) => {
    c.ratings.push(data.rating);
  },
  settle: (c, data, event) => {
    c.outcome = data.outcome;
    if (event.to === 'dispatched') {
      newRound(c, data.round);
      c.reworks += 1;
      c.assignments.push(...data.assignments);
    }
  },
  conclude: (c, data) => {
    c.ruled = c.ruled || data.again;
    c.outcome = data.again ? null : 'upheld';
  },
  urge: (c, data) => {
    c.urgedOn = data.day ?? c.urgedOn;
  },
};

function applyClock(c: Case, change: ClockChange, at: number): void {
  if (change.do === 'start') {
    c.clocks.push({ ...change.clock });
    return;
  }
  const clock = c.clocks.find((k) => k.id === change.id);
  if (!clock) {
    throw new Error(`case ${c.id} has no clock ${change.id}`);
  }
  switch (change.do) {
    case 'stop':
      clock.stoppedAt = at;
      return;
    case 'pause':
      clock.pausedAt = at;
      clock.version += 1;
      return;
    case 'resume':
      clock.pausedAt = null;
      clock.pausedMinutes += change.pausedMinutes;
      clock.dueAt = change.dueAt;
      clock.version += 1;
      c.pausedMinutesInRound += change.pausedMinutes;
      return;
    case 'overdue':
      clock.overdueAt = at;
      return;
    case 'remind':
      clock.remindedAt = at;
  }
}

function begin(event: CaseEvent): Case {
  const { content, disclosure, intake } = event.data as unknown as EventData['submit'];
  if (!intake || event.personId === null) {
    throw new Error(`the history of case ${event.caseId} does not begin with a submission`);
  }
  return {
    id: event.caseId,
    ...intake,
    version: 0,
    exclusiveVersion: 0,
    state: 'draft',
    content,
    originalContent: null,
    disclosure,
    urgency: 'normal',
    authors: [{ personId: event.personId, joined: 'first' }],
    awaited: [],
    round: 0,
    reworks: 0,
    ruled: false,
    assignments: [],
    clocks: [],
    ask: null,
    asksInRound: 0,
    pausedMinutesInRound: 0,
    replies: [],
    ratings: [],
    transferBacks: [],
    transferred: false,
    urgedOn: null,
    outcome: null,
    submittedAt: event.at,
    firstDispatchedAt: null,
    releasedAt: null,
    closedAt: null,
    lastEventAt: event.at,
  };
}

/**
 * The case after `event`. `before` is null for the first event and is never changed.
 * Throws when the event does not follow `before` (a gap in versions, an unknown clock or assignment).
 */
export function apply(before: Case | null, event: CaseEvent): Case {
  const c = before ? copy(before) : begin(event);
  if (event.version !== c.version + 1) {
    throw new Error(`event ${event.version} does not follow version ${c.version} of case ${event.caseId}`);
  }
  for (const change of event.clocks) {
    applyClock(c, change, event.at);
  }
  const fold = FOLDS[event.action as keyof EventData] as
    | ((c: Case, data: unknown, e: CaseEvent) => void)
    | undefined;
  fold?.(c, copy(event.data), event);
  if (event.action === 'answer' || event.action === 'lapseAsk') {
    c.ask = null;
  }
  c.state = event.to;
  c.version = event.version;
  c.lastEventAt = event.at;
  if (event.to === 'closed') {
    c.closedAt = event.at;
  }
  if (spec(event.action).exclusive || FRESH.has(event.action)) {
    c.exclusiveVersion = event.version;
  }
  return c;
}

/** Folds a whole history; null for none. */
export function replay(events: readonly CaseEvent[]): Case | null {
  return events.reduce<Case | null>((c, event) => apply(c, event), null);
}
