import { describe, expect, it } from 'vitest';
import { createCalendar } from '../calendar/index.ts';
import { decide } from './decide.ts';
import { flagsOf, duties, timersOf } from './duties.ts';
import type { Case } from './model.ts';
import { actingUnit } from './relations.ts';
import {
  act,
  at,
  CONTENT,
  DAY,
  HOUR,
  MONDAY,
  OTHER,
  PEOPLE,
  worldAt,
  type Given,
  type Who,
} from './testing/people.ts';
import { atPolice, clock, code, filed, low, play, replied, round, solved, why } from './testing/story.ts';
import type { ActionName } from './actions.ts';

const under =
  (given: Given) =>
  (c: Case, who: Who, action: ActionName, input: object = {}, now = c.lastEventAt): Case =>
    act(c, who, action, input, now, given).next;
const told = (c: Case, who: Who, action: ActionName, input: object, now = c.lastEventAt, given: Given = {}) =>
  act(c, who, action, input, now, given).tells.map((t) => [t.notice, t.audience.to]);

describe('a reply on its way out', () => {
  const strict = under({ rules: { headApproval: (unitId) => unitId === 'police', dispatcherCheck: true } });
  const dispatched = play(
    filed(),
    ['rex', 'accept'],
    ['dora', 'dispatch', { leadUnitId: 'police', coUnitIds: ['works'], countersign: true }],
  );
  const written = strict(dispatched, 'pia', 'reply', solved, MONDAY + HOUR);

  it('waits for co-handlers, then the head, then the dispatch office; the unit’s time ended when it was written', () => {
    expect([written.state, written.approval?.steps]).toEqual([
      'replying',
      ['countersign', 'head', 'dispatcher'],
    ]);
    expect(clock(written, 'countersign').dueAt).toBe(clock(dispatched, 'reply').dueAt);
    const countersigned = strict(written, 'walt', 'opinion', { text: '同意' }, MONDAY + 2 * HOUR);
    expect(countersigned.approval?.steps).toEqual(['head', 'dispatcher']);
    expect(duties(countersigned).find((d) => d.holds)?.audience).toEqual({
      to: 'unit',
      unitId: 'police',
      role: 'head',
    });
    expect(code(countersigned, 'dora', 'approve')).toBe('notWaiting');
    const signed = strict(countersigned, 'hal', 'approve', {}, MONDAY + 3 * HOUR);
    expect(code(signed, 'hal', 'approve')).toBe('notWaiting');
    const out = strict(signed, 'dora', 'approve', {}, MONDAY + 5 * HOUR);
    expect([out.state, out.awaited, out.replies.length]).toEqual(['replied', ['ann'], 1]);
    expect(clock(out, 'reply')).toMatchObject({ stoppedAt: MONDAY + HOUR, pausedMinutes: 0 });
    expect(out.assignments.map((a) => a.state)).toEqual(['done', 'done']);
  });

  it('goes on without an opinion at the due time, and sets open parts aside when it leaves', () => {
    const due = clock(written, 'countersign').dueAt;
    expect(code(written, 'timer', 'lapseCountersign', { clockId: 'countersign#1' }, due - 1)).toBe(
      'clockEarly',
    );
    const lapsed = strict(written, 'timer', 'lapseCountersign', { clockId: 'countersign#1' }, due);
    const out = strict(strict(lapsed, 'hal', 'approve'), 'dora', 'approve');
    expect(out.assignments.map((a) => a.state)).toEqual(['done', 'cancelled']);
  });

  it('comes back with what was left of the time, and overdue stays overdue', () => {
    const atHead = strict(written, 'walt', 'opinion', { text: '同意' });
    const back = strict(atHead, 'hal', 'rejectReply', why, MONDAY + 3 * HOUR);
    // Written at ten, returned at noon: two hours of waiting are not the unit's.
    expect([back.state, clock(back, 'reply').dueAt]).toEqual(['handling', at('2026-07-10T10:30:00')]);
    expect(back.pausedMinutesInRound).toBe(0);
    const overdue = play(dispatched, [
      'timer',
      'overdue',
      { clockId: 'reply#1' },
      clock(dispatched, 'reply').dueAt,
    ]);
    const late = strict(overdue, 'pia', 'reply', solved);
    const again = strict(
      strict(late, 'hal', 'rejectReply', why, late.lastEventAt + DAY),
      'pia',
      'reply',
      solved,
    );
    expect(clock(again, 'reply').overdueAt).toBe(overdue.lastEventAt);
  });

  it('needs no head where the head writes it, or where the unit has none', () => {
    const works = play(
      filed(),
      ['rex', 'accept'],
      ['dora', 'dispatch', { leadUnitId: 'works', coUnitIds: [] }],
    );
    const everywhere = under({ rules: { headApproval: () => true } });
    expect(everywhere(works, 'walt', 'reply', solved).state).toBe('replied');
    expect(everywhere(atPolice(), 'pia', 'reply', solved).state).toBe('replying');
  });
});

describe('an extension', () => {
  const asked = play(atPolice(), ['pia', 'requestExtension', { ...why, until: '2026-07-15' }]);

  it('moves the due time to the close of business of the day that was granted', () => {
    expect(flagsOf(asked)).toEqual(['extension']);
    const granted = play(asked, ['dora', 'grant', {}]);
    expect(clock(granted, 'reply')).toMatchObject({
      dueAt: at('2026-07-15T17:00:00'),
      firstDueAt: at('2026-07-09T17:00:00'),
      moves: [{ kind: 'granted', date: '2026-07-15' }],
    });
    expect(code(granted, 'pia', 'requestExtension', { ...why, until: '2026-07-20' })).toBe('extensionOnce');
  });

  it('is denied, lapses at due, and is not asked late, twice, backwards or during a question', () => {
    expect(clock(play(asked, ['dora', 'deny', why]), 'reply').dueAt).toBe(at('2026-07-09T17:00:00'));
    expect(code(asked, 'pit', 'requestExtension', { ...why, until: '2026-07-20' })).toBe('extensionOpen');
    const due = clock(asked, 'reply').dueAt;
    const late = play(asked, ['timer', 'overdue', { clockId: 'reply#1' }, due]);
    expect([late.extension, clock(late, 'extension').stoppedAt]).toEqual([null, due]);
    const again = { ...why, until: '2026-07-09' };
    expect(code(atPolice(), 'pia', 'requestExtension', again)).toBe('extensionDate');
    expect(code(atPolice(), 'pia', 'requestExtension', { ...why, until: '2026-07-20' }, due)).toBe(
      'extensionLate',
    );
    const paused = play(atPolice(), ['pia', 'ask', { question: '哪里？' }]);
    expect(code(paused, 'pia', 'requestExtension', { ...why, until: '2026-07-20' })).toBe('paused');
  });
});

describe('several reports of one matter', () => {
  it('merge into an open case of the same committee; both change together', () => {
    const decision = act(filed(), 'rex', 'merge', { intoCaseId: 'other' }, MONDAY, { other: OTHER });
    expect([decision.next.state, decision.next.mergedInto]).toEqual(['merged', 'other']);
    expect(decision.also).toEqual([
      { caseId: 'other', action: 'absorb', input: { caseId: 'c1', authors: ['ann'] } },
    ]);
    for (const other of [
      null,
      { ...OTHER, committeeId: 'committee-above' },
      { ...OTHER, state: 'replied' as const },
    ]) {
      expect(() => act(filed(), 'rex', 'merge', { intoCaseId: 'other' }, MONDAY, { other })).toThrow(
        '同一政协',
      );
    }
  });

  it('are answered and rated by everybody, recuse everybody, and come apart until the answer', () => {
    const joined = play(atPolice(), ['timer', 'absorb', { caseId: 'm1', authors: ['max', 'bea'] }]);
    expect(code(joined, 'bea', 'sign')).toBe('recused');
    const out = play(joined, ['pia', 'reply', solved], ['ann', 'rate', { stars: 5 }]);
    expect([out.state, out.awaited]).toEqual(['replied', ['ann', 'max', 'bea']]);
    const rated = act(out, 'max', 'rate', { stars: 4 }, MONDAY).events[0];
    expect(rated?.capacity).toEqual({ kind: 'mergedAuthor', caseId: 'm1' });
    const merged = act(filed(), 'rex', 'merge', { intoCaseId: 'other' }, MONDAY, { other: OTHER }).next;
    const apart = act(merged, 'rex', 'separate', {}, MONDAY, { other: OTHER });
    expect([apart.next.state, apart.also]).toEqual([
      'submitted',
      [{ caseId: 'other', action: 'release', input: { caseId: 'c1' } }],
    ]);
    const answered = { ...OTHER, state: 'replied' as const };
    expect(() => act(merged, 'rex', 'separate', {}, MONDAY, { other: answered })).toThrow('不能再拆案');
  });

  it('are set free when the case they went into ends unanswered', () => {
    const taken = play(filed(), ['timer', 'absorb', { caseId: 'm1', authors: ['max'] }]);
    const declined = act(taken, 'rex', 'decline', why, MONDAY);
    expect([declined.next.absorbed, declined.also]).toEqual([
      [],
      [{ caseId: 'm1', action: 'separate', input: { note: '' } }],
    ]);
    expect(code(taken, 'rex', 'merge', { intoCaseId: 'other' })).toBe('mergeNested');
  });
});

describe('tiers', () => {
  it('hand a report up and down at most three times, each with its own review clock', () => {
    const up = play(filed(), ['rex', 'escalate', why]);
    expect([up.committeeId, up.passed.map((p) => p.committeeId), code(up, 'rex', 'accept')]).toEqual([
      'committee-above',
      ['committee'],
      'notYours',
    ]);
    expect(clock(up, 'review').id).toBe('review#2');
    const down = play(
      up,
      ['rae', 'delegate', { ...why, areaId: 'city' }],
      ['rex', 'delegate', { ...why, areaId: 'county' }],
    );
    expect(code(down, 'rod', 'escalate', why)).toBe('handoverLimit');
    expect(code(filed(), 'rex', 'delegate', { ...why, areaId: 'other' })).toBe('handoverNowhere');
  });

  it('step in where everybody at the committee reported it, and only then', () => {
    const world = worldAt(MONDAY);
    expect(actingUnit(filed(), 'reviewer', world)).toBe('committee');
    const all = { ...filed(), absorbed: [{ caseId: 'm1', authors: ['bea', 'rex'] }] };
    expect(actingUnit(all, 'reviewer', world)).toBe('committee-above');
    expect([code(all, 'rex', 'accept'), code(all, 'rae', 'accept')]).toEqual(['notYours', null]);
    const police = { ...atPolice(), absorbed: [{ caseId: 'm1', authors: ['bea', 'pia', 'pit'] }] };
    expect([code(police, 'pia', 'sign'), code(police, 'hal', 'sign')]).toEqual(['notYours', null]);
  });
});

describe('who reports', () => {
  it('several members, each of whom decides; nobody is waited for', () => {
    const c = play(null, ['ann', 'submit', { ...CONTENT, invitees: ['bea', 'max'] }]);
    expect(duties(c).map((d) => d.key)).toEqual(['review:review#1', 'join:bea', 'join:max']);
    const decided = play(c, ['bea', 'join'], ['max', 'declineJoin']);
    expect(decided.authors.map((a) => a.joined)).toEqual(['first', 'accepted', 'declined']);
    expect(code(decided, 'ann', 'withdraw')).toBe('otherAuthors');
    const left = play(decided, ['ann', 'leave']);
    expect(left.authors.find((a) => a.joined === 'first')?.personId).toBe('bea');
    expect(code(left, 'bea', 'leave')).toBe('soleAuthor');
    expect(() => play(null, ['ann', 'submit', { ...CONTENT, invitees: ['pia'] }])).toThrow('在任的委员');
  });

  it('the committee for a member, who may take over', () => {
    const c = play(null, ['rex', 'submit', { ...CONTENT, onBehalfOf: 'ann' }]);
    expect([c.authors, c.filedBy]).toEqual([[{ personId: 'ann', joined: 'first' }], 'rex']);
    expect(told(filed(), 'ann', 'supplement', { text: '还有一处' })).toEqual([['supplemented', 'movers']]);
    const returned = play(c, ['bea', 'return', why]);
    expect(code(returned, 'rex', 'submit', CONTENT)).toBeNull();
    const taken = play(returned, ['ann', 'takeOver']);
    expect([code(taken, 'rex', 'submit', CONTENT), code(taken, 'ann', 'submit', CONTENT)]).toEqual([
      'notYours',
      null,
    ]);
  });

  it('members support what is open to them; their stars count apart', () => {
    expect(code(filed(), 'mia', 'support')).toBe('notYours');
    const open = play(null, ['ann', 'submit', { ...CONTENT, disclosure: { openness: 'members' } }]);
    const c = play(
      open,
      ['mia', 'support'],
      ['rex', 'accept'],
      ['dora', 'dispatch', { leadUnitId: 'police' }],
    );
    const out = play(c, ['pia', 'reply', solved], ['mia', 'rate', low]);
    expect([out.state, out.ratings, out.supportRatings.length]).toEqual(['replied', [], 1]);
    expect(play(out, ['ann', 'rate', { stars: 5 }]).outcome).toBe('rated');
  });
});

describe('a second look', () => {
  it('a low rating may be appealed once a round within five working days; the rework goes on', () => {
    const rework = round(atPolice());
    const end = at('2026-07-13T17:00:00');
    expect(code(rework, 'pia', 'appeal', why, end + 1)).toBe('appealLate');
    const appealed = play(rework, ['pia', 'appeal', why, end]);
    expect([appealed.state, clock(appealed, 'appeal').stoppedAt]).toEqual(['dispatched', null]);
    const reviewed = play(appealed, ['ivy', 'reviewAppeal', { outcome: 'excused', text: '非单位责任' }]);
    expect([reviewed.appeals[0]?.outcome, reviewed.ratings[0]?.stars]).toEqual(['excused', 2]);
    expect(code(reviewed, 'pit', 'appeal', why)).toBe('appealOnce');
  });

  it('a closed case is reopened once by its authors and once by the inspector, within thirty days', () => {
    const closed = play(replied(), ['ann', 'rate', { stars: 5 }]);
    expect(code(closed, 'ann', 'reopen', why, at('2026-08-06T00:00:01'))).toBe('reopenLate');
    const open = play(closed, ['ann', 'reopen', why]);
    expect([open.state, open.outcome, code(open, 'dora', 'sendBack', why)]).toEqual([
      'accepted',
      null,
      'ruledCase',
    ]);
    const again = play(
      open,
      ['dora', 'dispatch', { leadUnitId: 'police' }],
      ['pia', 'reply', solved],
      ['ann', 'rate', { stars: 5 }],
    );
    expect([again.round, code(again, 'ann', 'reopen', why), code(again, 'ivy', 'reopen', why)]).toEqual([
      2,
      'reopenOnce',
      null,
    ]);
  });

  it('a plan is followed up to its fulfilment; a missed date opens thirty days more', () => {
    const plan = { class: 'planned', text: '列入计划', promisedOn: '2026-07-31' };
    const closed = play(atPolice(), ['pia', 'reply', plan], ['ann', 'rate', { stars: 4 }]);
    const due = at('2026-07-31T17:00:00');
    expect([closed.state, clock(closed, 'promise').dueAt, flagsOf(closed)]).toContainEqual(due);
    expect(told(closed, 'timer', 'overdue', { clockId: 'promise#1' }, due)).toEqual([
      ['overdue', 'unit'],
      ['promiseMissed', 'authors'],
    ]);
    const missed = play(closed, ['timer', 'overdue', { clockId: 'promise#1' }, due]);
    expect(code(missed, 'ann', 'reopen', why, at('2026-08-28T09:00:00'))).toBeNull();
    const done = play(missed, ['pia', 'followUp', { text: '已开工' }], ['pia', 'fulfil', { text: '已完工' }]);
    expect([done.state, clock(done, 'promise').stoppedAt === null]).toEqual(['closed', false]);
    expect(code(done, 'pia', 'fulfil', { text: '又' })).toBe('fulfilledAlready');
  });

  it('every low star is visited, and a share of the others', () => {
    const good = play(replied(), ['ann', 'rate', { stars: 5 }]);
    const all = act(replied(), 'ann', 'rate', { stars: 5 }, MONDAY, { rules: { visitPercent: 100 } }).next;
    expect([good.visitWanted, all.visitWanted]).toEqual([null, 'sample']);
    const rework = play(round(atPolice()), ['pia', 'reply', solved], ['ann', 'rate', { stars: 5 }]);
    expect(rework.visitWanted).toBe('low');
    const visit = { at: '2026-07-06T09:00:00+08:00', way: 'phone', outcome: 'solved' };
    expect(play(rework, ['rex', 'visit', visit]).visitWanted).toBeNull();
    expect(code(rework, 'rex', 'visit', { ...visit, at: '2026-07-07T09:00:00+08:00' })).toBe('notYet');
  });

  it('a declined report may be reconsidered for thirty days', () => {
    const declined = play(filed(), ['rex', 'decline', why]);
    expect(code(declined, 'rex', 'reconsider', why, at('2026-08-06T00:00:01'))).toBe('reconsiderLate');
    expect(play(declined, ['rex', 'reconsider', why]).state).toBe('submitted');
  });
});

describe('watching', () => {
  it('reminds at half and at yellow, then climbs to head, dispatcher and inspector, each once', () => {
    const c = atPolice();
    const steps = (of: Case): string[] =>
      timersOf(of, worldAt(MONDAY).calendar)
        .filter((t) => t.clockId === 'reply#1')
        .map((t) => t.step);
    expect(steps(c)).toEqual(['half', 'amber', 'due']);
    const { dueAt } = clock(c, 'reply');
    const late = play(c, ['timer', 'overdue', { clockId: 'reply#1' }, dueAt]);
    expect(steps(late)).toEqual(['head', 'dispatcher', 'inspector']);
    // Nobody watched for a day: the rungs that were missed are told together, once.
    const missed = { clockId: 'reply#1', step: 'dispatcher' };
    expect(told(late, 'timer', 'remind', missed, dueAt + DAY)).toEqual([
      ['escalated', 'unit'],
      ['escalated', 'dispatchers'],
    ]);
    expect(steps(play(late, ['timer', 'remind', missed, dueAt + DAY]))).toEqual(['inspector']);
  });

  it('supervises whoever holds the case; its head answers, or those who work there', () => {
    const c = play(atPolice(), ['ivy', 'supervise', { text: '请尽快', limit: { unit: 'hours', amount: 2 } }]);
    expect([
      code(c, 'pia', 'answerSupervision', { text: '好' }),
      code(c, 'ivy', 'supervise', { text: '再' }),
    ]).toEqual(['notYours', 'supervisedAlready']);
    const answered = play(c, ['hal', 'answerSupervision', { text: '明天办' }]);
    expect([answered.supervision?.answeredAt, clock(answered, 'supervision').stoppedAt]).toEqual([
      MONDAY,
      MONDAY,
    ]);
    const works = play(
      filed(),
      ['rex', 'accept'],
      ['dora', 'dispatch', { leadUnitId: 'works' }],
      ['ivy', 'supervise', { text: '请尽快' }],
    );
    expect(code(works, 'walt', 'answerSupervision', { text: '好' })).toBeNull();
  });

  it('counts a running clock anew when the calendar changed, never to an earlier moment', () => {
    const c = atPolice();
    const off = createCalendar({
      hours: [],
      overrides: [{ date: '2026-07-08', kind: 'off', name: '台风停工' }],
      notices: [],
    });
    const recount = (calendar = off) =>
      decide(
        c,
        PEOPLE.timer,
        { caseId: 'c1', action: 'recount', input: { clockId: 'reply#1', why: '台风停工' } },
        { ...worldAt(MONDAY), calendar },
      );
    expect(recount().next.clocks.find((k) => k.id === 'reply#1')?.dueAt).toBe(at('2026-07-10T17:00:00'));
    expect(() => recount(worldAt(MONDAY).calendar)).toThrow('没有需要改动的内容');
  });
});
