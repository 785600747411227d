/** After the reply: rating, settling, ruling, and a second look. */
import type { InputOf } from './inputs.ts';
import type { Case, Rating, Tell } from './model.ts';
import { APPEAL_DAYS, REWORKS_PER_DISPATCH, SECOND_THOUGHTS_DAYS } from './clocks.ts';
import type { EventData } from './event-data.ts';
import {
  assign,
  happenedBy,
  need,
  runningClock,
  start,
  stop,
  unitOf,
  type Effect,
  type Situation,
} from './situation.ts';
import { replyLimit } from './effects-dispatch.ts';
import { hasReported } from './relations.ts';

const LOW = 2;

export function ratingsOfRound(c: Case, round = c.round): Rating[] {
  return c.ratings.filter((r) => r.round === round);
}

/** Whose stars are still waited for. */
export function stillAwaited(c: Case, leftOffice: (personId: string) => boolean): string[] {
  const rated = new Set(ratingsOfRound(c).map((r) => r.personId));
  return c.awaited.filter((personId) => !rated.has(personId) && !leftOffice(personId));
}

export function rate(s: Situation<InputOf<'rate'>>): Effect {
  const personId = s.personId ?? '';
  const rating: Rating = { personId, round: s.c.round, ...s.input, at: s.world.now };
  if (s.standing.relation === 'supporter') {
    need(!hasReported(s.c, personId), 'notAwaited');
    const before = s.c.supportRatings.some((r) => r.personId === personId && r.round === s.c.round);
    need(!before, 'ratedAlready');
    return { data: { rating, support: true } };
  }
  need(s.c.awaited.includes(personId), 'notAwaited');
  need(!ratingsOfRound(s.c).some((r) => r.personId === personId), 'ratedAlready');
  const waiting = stillAwaited(s.c, s.world.leftOffice).filter((p) => p !== personId);
  return {
    data: { rating, support: false },
    ...(waiting.length === 0 ? { then: 'settle' as const } : {}),
  };
}

/** Every case with low stars is visited, and a share of the others, drawn by the case's own id so that replay agrees. */
function visitWanted(c: Case, percent: number): Case['visitWanted'] {
  if (c.ratings.some((r) => r.stars <= LOW)) {
    return 'low';
  }
  const drawn = [...c.id].reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) % 10_007, 7) % 100;
  return drawn < percent ? 'sample' : null;
}

export function settle(s: Situation): Effect {
  const { c, world } = s;
  const clock = runningClock(c, 'rate');
  need(clock, 'clockGone');
  const over = world.now >= clock.dueAt;
  need(over || stillAwaited(c, world.leftOffice).length === 0, 'settleEarly');
  const given = ratingsOfRound(c);
  const nothing = { assignments: [], round: c.round, visitWanted: null };
  if (!given.some((r) => r.stars <= LOW)) {
    const outcome = given.length > 0 ? 'rated' : 'unrated';
    return {
      to: 'closed',
      data: {
        ...nothing,
        outcome,
        visitWanted: visitWanted(c, world.rules.visitPercent),
      } satisfies EventData['settle'],
      clocks: stop(s, 'rate', 'supervision'),
      tell: [
        ...(outcome === 'unrated'
          ? [{ notice: 'closed' as const, audience: { to: 'authors' as const } }]
          : []),
        { notice: 'closed', audience: { to: 'supporters' } },
      ],
    };
  }
  if (c.ruled || c.reworks >= REWORKS_PER_DISPATCH) {
    return {
      to: 'disputed',
      data: { ...nothing, outcome: null } satisfies EventData['settle'],
      clocks: [...stop(s, 'rate'), start(s, 'ruling')],
    };
  }
  const round = c.round + 1;
  const lead = c.assignments.findLast((a) => a.part === 'lead' && a.round === c.round && a.state === 'done');
  need(lead, 'unitUnknown');
  return {
    to: 'dispatched',
    data: {
      outcome: null,
      assignments: assign(s, round, lead.unitId, c.replies.at(-1)?.coUnitIds ?? [], true),
      round,
      visitWanted: null,
    } satisfies EventData['settle'],
    clocks: [
      // What was promised gives way to the new answer.
      ...stop(s, 'rate', 'promise'),
      start(s, 'sign', { unitId: lead.unitId, round }),
      start(s, 'reply', { unitId: lead.unitId, round, limit: replyLimit(s)?.limit }),
    ],
  };
}

export function conclude(s: Situation<InputOf<'conclude'>>): Effect {
  const again = s.input.ruling === 'dispatchAgain';
  need(!again || !s.c.ruled, 'ruledOnce');
  return {
    to: again ? 'accepted' : 'closed',
    data: { ...s.input, again },
    clocks: [
      ...stop(s, 'ruling'),
      ...(again ? [...stop(s, 'promise'), start(s, 'dispatch')] : stop(s, 'supervision')),
    ],
    tell: toAuthorsAndAnswerer(s.c, again ? 'ruledAgain' : 'upheld'),
  };
}

/** The same to the authors and to the unit whose answer it is about. */
function toAuthorsAndAnswerer(c: Case, notice: Tell['notice']): Tell[] {
  const unitId = c.replies.at(-1)?.unitId;
  return [
    { notice, audience: { to: 'authors' } },
    ...(unitId ? [{ notice, audience: { to: 'unit' as const, unitId, role: 'handler' as const } }] : []),
  ];
}

/** The latest low round this unit answered: what it may appeal. */
function lowRound(c: Case, unitId: string | null): Rating | undefined {
  const answered = c.replies.filter((r) => r.unitId === unitId).map((r) => r.round);
  return c.ratings
    .filter((r) => r.stars <= LOW && answered.includes(r.round))
    .toSorted((a, b) => a.round - b.round || a.at - b.at)
    .at(-1);
}

export function appeal(s: Situation<InputOf<'reason'>>): Effect {
  const { c, world } = s;
  const unitId = unitOf(s.standing.capacity);
  const low = lowRound(c, unitId);
  need(low, 'appealNone');
  need(!c.appeals.some((a) => a.round === low.round), 'appealOnce');
  need(!c.appeals.some((a) => a.outcome === null), 'appealOpen');
  need(world.now <= world.calendar.addWorkingDays(low.at, APPEAL_DAYS), 'appealLate');
  return {
    data: {
      appeal: {
        round: low.round,
        unitId: unitId ?? '',
        reason: s.input.reason,
        at: world.now,
        outcome: null,
      },
    } satisfies EventData['appeal'],
    clocks: [start(s, 'appeal', { unitId })],
    tell: [{ notice: 'appealed', audience: { to: 'authors' } }],
  };
}

export function reviewAppeal(s: Situation<InputOf<'appealReview'>>): Effect {
  const open = s.c.appeals.find((a) => a.outcome === null);
  need(open, 'notWaiting');
  return {
    data: { ...s.input, round: open.round },
    clocks: stop(s, 'appeal'),
    tell: [
      { notice: 'appealReviewed', audience: { to: 'unit', unitId: open.unitId, role: 'handler' } },
      { notice: 'appealReviewed', audience: { to: 'authors' } },
    ],
  };
}

/** The plan that is running: an answer 列入计划 that nothing has replaced and that is not fulfilled. */
function plan(s: Situation): void {
  need(s.c.replies.at(-1)?.class === 'planned', 'notPlanned');
  need(s.c.fulfilledAt === null, 'fulfilledAlready');
}

export function followUp(s: Situation<InputOf<'words'>>): Effect {
  plan(s);
  return { data: { ...s.input }, tell: [{ notice: 'followedUp', audience: { to: 'authors' } }] };
}

export function fulfil(s: Situation<InputOf<'words'>>): Effect {
  plan(s);
  return {
    data: { ...s.input },
    clocks: stop(s, 'promise'),
    tell: [
      { notice: 'fulfilled', audience: { to: 'authors' } },
      { notice: 'fulfilled', audience: { to: 'supporters' } },
    ],
  };
}

/** Thirty days from closing, from 落实 or from a missed promise, whichever is last. */
export function reopen(s: Situation<InputOf<'reason'>>): Effect {
  const { c, world } = s;
  const by = s.standing.relation === 'inspector' ? 'inspector' : 'author';
  need(!c.reopenedBy.includes(by), 'reopenOnce');
  const from = Math.max(c.closedAt ?? 0, c.fulfilledAt ?? 0, c.promiseMissedAt ?? 0);
  need(world.now <= world.calendar.naturalDaysEnd(from, SECOND_THOUGHTS_DAYS), 'reopenLate');
  return {
    to: 'accepted',
    data: { ...s.input, by } satisfies EventData['reopen'],
    clocks: [...stop(s, 'promise'), start(s, 'dispatch')],
    tell: [{ notice: 'reopened', audience: { to: 'authors' } }],
  };
}

export function reconsider(s: Situation<InputOf<'reason'>>): Effect {
  const end = s.world.calendar.naturalDaysEnd(s.c.declinedAt ?? s.world.now, SECOND_THOUGHTS_DAYS);
  need(s.world.now <= end, 'reconsiderLate');
  return {
    to: 'submitted',
    data: { ...s.input },
    clocks: [start(s, 'review')],
    tell: [{ notice: 'reconsidered', audience: { to: 'authors' } }],
  };
}

export function visit(s: Situation<InputOf<'visit'>>): Effect {
  happenedBy(s, s.input.at);
  return { data: { ...s.input } };
}

export function adopt(s: Situation<InputOf<'adopt'>>): Effect {
  return {
    data: { ...s.input, at: s.world.now },
    tell: [{ notice: 'adopted', audience: { to: 'authors' } }],
  };
}

/** Who must move sees it at once; the authors only when the leader wants it. */
export function instruct(s: Situation<InputOf<'instruct'>>): Effect {
  return {
    data: { ...s.input },
    tell: [
      { notice: 'instructed', audience: { to: 'movers' } },
      { notice: 'instructed', audience: { to: 'supervised' } },
      ...(s.input.visible ? [{ notice: 'instructed' as const, audience: { to: 'authors' as const } }] : []),
    ],
  };
}

export function commend(s: Situation<InputOf<'note'>>): Effect {
  need(s.c.commendedAt === null, 'commendedAlready');
  return { data: { ...s.input }, tell: toAuthorsAndAnswerer(s.c, 'commended') };
}

export function publish(s: Situation<InputOf<'publish'>>): Effect {
  need(s.c.disclosure.openness === 'public', 'notPublic');
  return {
    data: { ...s.input, at: s.world.now },
    tell: [{ notice: 'published', audience: { to: 'authors' } }],
  };
}
