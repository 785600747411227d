/** What each event changes of a case, beside its state and clocks. */
import type { EventData, Onwards } from './event-data.ts';
import type { Assignment, Author, Case, CaseEvent } from './model.ts';

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
    c.extensionsInRound = 0;
    c.pausedMinutesInRound = 0;
  }
  c.round = round;
  c.releasedAt = null;
  c.fulfilledAt = null;
  c.promiseMissedAt = null;
};

/** Whatever was asked of others ends when the unit's part does. */
const endRequests = (c: Case): void => {
  c.ask = null;
  c.extension = null;
};

export const invited = (c: Case, personIds: readonly string[]): void => {
  c.authors = c.authors.filter((a) => !personIds.includes(a.personId));
  c.authors.push(...personIds.map((personId) => ({ personId, joined: 'invited' as const })));
};

const joined = (c: Case, personId: string | null, as: Author['joined']): void => {
  const author = c.authors.find((a) => a.personId === personId);
  if (author) {
    author.joined = as;
  }
};

/** The first author left: the case goes on under the next who joined. */
const nextFirst = (c: Case): void => {
  const next = c.authors.some((a) => a.joined === 'first')
    ? undefined
    : c.authors.find((a) => a.joined === 'accepted');
  if (next) {
    next.joined = 'first';
  }
};

const onwards = (c: Case, { steps, release }: Onwards, at: number): void => {
  if (release) {
    const { assignmentId, reply, awaited, cancelled } = release;
    ended(c, [assignmentId], 'done', at);
    ended(c, cancelled, 'cancelled', at);
    c.replies.push(reply);
    c.awaited = awaited;
    c.releasedAt = at;
    c.approval = null;
    c.authors = c.authors.filter((a) => a.joined !== 'invited');
  } else if (steps && c.approval) {
    c.approval.steps = steps;
  }
};

const handedOver = (c: Case, { receiving }: EventData['escalate']): void => {
  const { areaId, committeeId, dispatchOfficeId } = c;
  c.passed.push({ areaId, committeeId, dispatchOfficeId });
  Object.assign(c, receiving);
};

export const FOLDS: Folds = {
  submit: (c, data) => {
    c.content = data.content;
    c.originalContent = null;
    c.disclosure = data.disclosure;
  },
  takeOver: (c) => {
    c.filedBy = null;
  },
  accept: (c, data) => {
    c.content.categoryId = data.categoryId ?? c.content.categoryId;
    c.urgency = data.urgency;
    c.disclosure.openness = data.openness ?? c.disclosure.openness;
    if (data.handledBy !== undefined) {
      c.handledBy = data.handledBy;
    }
  },
  receive: (c, data) => {
    c.platformNumber = data.number;
  },
  decline: (c, _data, event) => {
    c.declinedAt = event.at;
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
  invite: (c, data) => invited(c, data.invited),
  join: (c, _data, event) => joined(c, event.personId, 'accepted'),
  declineJoin: (c, _data, event) => joined(c, event.personId, 'declined'),
  leave: (c, _data, event) => {
    joined(c, event.personId, 'left');
    nextFirst(c);
  },
  support: (c, _data, event) => {
    c.supporters.push({ personId: event.personId ?? '', at: event.at });
  },
  reveal: (c, _data, event) => {
    c.revealedAt = event.at;
  },
  merge: (c, data) => {
    c.mergedInto = data.intoCaseId;
  },
  separate: (c) => {
    c.mergedInto = null;
  },
  absorb: (c, data) => {
    c.absorbed.push(data.absorbed);
  },
  release: (c, data) => {
    c.absorbed = c.absorbed.filter((a) => a.caseId !== data.caseId);
  },
  escalate: handedOver,
  delegate: handedOver,
  dispatch: (c, data, event) => {
    newRound(c, data.round);
    c.transferred = false;
    c.countersign = data.countersign;
    c.leadFixed = c.leadFixed || data.ruling;
    c.firstDispatchedAt ??= event.at;
    c.assignments.push(...data.assignments);
  },
  redispatch: (c, data, event) => {
    ended(c, data.cancelled, 'cancelled', event.at);
    c.assignments.push(...data.assignments);
    c.countersign = data.countersign;
    endRequests(c);
  },
  changeCoHandlers: (c, data, event) => {
    ended(c, data.cancelled, 'cancelled', event.at);
    c.assignments.push(...data.assignments);
  },
  recall: (c, data, event) => {
    ended(c, data.cancelled, 'cancelled', event.at);
    endRequests(c);
  },
  sign: (c, data, event) => signed(c, data.assignmentId, event.at),
  progress: (c, data, event) => {
    if (data.assignmentId) {
      signed(c, data.assignmentId, event.at);
    }
  },
  contact: (c, data, event) => signed(c, data.assignmentId, event.at),
  ask: (c, data, event) => {
    signed(c, data.assignmentId, event.at);
    c.ask = data.ask;
    c.asksInRound += 1;
  },
  answer: (c) => {
    c.ask = null;
  },
  lapseAsk: (c) => {
    c.ask = null;
  },
  opinion: (c, data, event) => {
    signed(c, data.assignmentId, event.at);
    ended(c, [data.assignmentId], 'done', event.at);
    onwards(c, data, event.at);
  },
  transferBack: (c, data, event) => {
    ended(c, [data.assignmentId], 'returned', event.at);
    ended(c, data.cancelled, 'cancelled', event.at);
    c.transferBacks.push({ unitId: data.unitId, at: event.at });
    if (data.lead) {
      c.transferred = true;
      endRequests(c);
    }
    onwards(c, data, event.at);
  },
  requestExtension: (c, data) => {
    c.extension = data.extension;
    c.extensionsInRound += 1;
  },
  grant: (c) => {
    c.extension = null;
  },
  deny: (c) => {
    c.extension = null;
  },
  reply: (c, data, event) => {
    signed(c, data.assignmentId, event.at);
    endRequests(c);
    c.approval = data.approval;
    onwards(c, { release: data.release }, event.at);
  },
  lapseCountersign: (c, data, event) => onwards(c, data, event.at),
  approve: (c, data, event) => onwards(c, data, event.at),
  rejectReply: (c) => {
    c.approval = null;
  },
  rate: (c, data) => {
    (data.support ? c.supportRatings : c.ratings).push(data.rating);
  },
  settle: (c, data, event) => {
    c.outcome = data.outcome;
    c.visitWanted = data.visitWanted;
    if (event.to === 'dispatched') {
      newRound(c, data.round);
      c.reworks += 1;
      c.assignments.push(...data.assignments);
    }
  },
  conclude: (c, data) => {
    c.ruled = c.ruled || data.again;
    c.outcome = data.again ? null : 'upheld';
    c.visitWanted = data.again ? null : 'low';
  },
  appeal: (c, data) => {
    c.appeals.push(data.appeal);
  },
  reviewAppeal: (c, data) => {
    const open = c.appeals.find((a) => a.round === data.round);
    if (open) {
      open.outcome = data.outcome;
    }
  },
  fulfil: (c, _data, event) => {
    c.fulfilledAt = event.at;
  },
  reopen: (c, data) => {
    c.reopenedBy.push(data.by);
    c.reworks = 0;
    c.outcome = null;
    c.closedAt = null;
    c.visitWanted = null;
  },
  visit: (c) => {
    c.visitWanted = null;
  },
  adopt: (c, data) => {
    c.adoptions.push({ level: data.level, at: data.at });
  },
  commend: (c, _data, event) => {
    c.commendedAt = event.at;
  },
  publish: (c, data) => {
    c.published = { title: data.title, text: data.text, at: data.at };
  },
  supervise: (c, data) => {
    c.supervision = data.supervision;
  },
  answerSupervision: (c, _data, event) => {
    if (c.supervision) {
      c.supervision.answeredAt = event.at;
    }
  },
  urge: (c, data) => {
    c.urgedOn = data.day ?? c.urgedOn;
  },
  overdue: (c, data, event) => {
    if (data.kind === 'promise') {
      c.promiseMissedAt = event.at;
    }
    if (data.lapses) {
      c.extension = null;
    }
  },
};
