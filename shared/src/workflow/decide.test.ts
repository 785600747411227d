import { describe, expect, it } from 'vitest';
import { act, at, HOUR, joinedByBea, MONDAY } from './testing/people.ts';
import { atPolice, clock, code, low, play, replied, round, solved, why } from './testing/story.ts';

describe('asking the author', () => {
  const question = { question: '哪个路口？' };

  it('pauses the reply clock, and an answer gives back the working time it took', () => {
    const before = atPolice();
    const asked = play(before, ['pia', 'ask', question]);
    expect([asked.state, clock(asked, 'sign').stoppedAt, clock(asked, 'reply').pausedAt]).toEqual([
      'handling',
      MONDAY,
      MONDAY,
    ]);
    const answered = play(asked, ['ann', 'answer', { text: '南北向' }, MONDAY + 2 * HOUR]);
    expect(clock(before, 'reply').dueAt).toBe(at('2026-07-09T17:00:00'));
    expect(clock(answered, 'reply')).toMatchObject({
      dueAt: at('2026-07-10T10:30:00'),
      pausedAt: null,
      pausedMinutes: 120,
    });
    expect(answered.ask).toBeNull();
  });

  it('lasts until the close of the second working day at most', () => {
    const asked = play(atPolice(), ['pia', 'ask', question]);
    const limit = at('2026-07-08T17:00:00');
    expect(clock(asked, 'ask').dueAt).toBe(limit);
    expect(code(asked, 'timer', 'lapseAsk', { clockId: 'ask#1' }, limit - 1)).toBe('clockEarly');
    const lapsed = play(asked, ['timer', 'lapseAsk', { clockId: 'ask#1' }, limit]);
    // Monday 09:00–12:00 and 13:30–17:00, then two whole days: 6.5 h and 14 h.
    expect(clock(lapsed, 'reply')).toMatchObject({
      pausedMinutes: 20.5 * 60,
      dueAt: at('2026-07-14T16:30:00'),
    });
    expect(code(lapsed, 'ann', 'answer', { text: '南北向' })).toBe('noAsk');
  });

  it('gives back no more than its limit when the answer comes before the timer could end it', () => {
    const asked = play(atPolice(), ['pia', 'ask', question]);
    const late = play(asked, ['ann', 'answer', { text: '南北向' }, at('2026-07-10T09:00:00')]);
    expect(clock(late, 'reply').dueAt).toBe(at('2026-07-14T16:30:00'));
  });

  it('is possible twice a round, one at a time, and ends at the first answer of several authors', () => {
    const asked = play(joinedByBea(atPolice()), ['pia', 'ask', question]);
    expect(code(asked, 'pit', 'ask', question)).toBe('askOpen');
    const answered = play(asked, ['bea', 'answer', { text: '南北向' }]);
    expect(code(answered, 'ann', 'answer', { text: '东西向' })).toBe('noAsk');
    const again = play(answered, ['pia', 'ask', question], ['ann', 'answer', { text: '都有' }]);
    expect(code(again, 'pia', 'ask', question)).toBe('askLimit');
    const rework = play(round(again), ['bea', 'rate', { stars: 5 }]);
    expect([rework.state, rework.round, code(rework, 'pia', 'ask', question)]).toEqual([
      'dispatched',
      2,
      null,
    ]);
  });

  it('stops when the pauses of a round reach 35 hours', () => {
    const before = { ...atPolice(), pausedMinutesInRound: 33 * 60 };
    const asked = play(before, ['pia', 'ask', question]);
    expect(clock(asked, 'ask').dueAt).toBe(MONDAY + 2 * HOUR);
    expect(code({ ...before, pausedMinutesInRound: 35 * 60 }, 'pia', 'ask', question)).toBe('askLimit');
  });

  it('is refused once the reply is overdue, and ends with the reply, a recall, or another lead', () => {
    const late = at('2026-07-09T17:00:00');
    expect(code(atPolice(), 'pia', 'ask', question, late)).toBe('askOverdue');
    const asked = play(atPolice(), ['pia', 'ask', question]);
    for (const [who, action, input] of [
      ['pia', 'reply', solved],
      ['dora', 'recall', why],
      ['pia', 'transferBack', why],
      ['dora', 'redispatch', { leadUnitId: 'works', coUnitIds: [], reason: '换一家' }],
    ] as const) {
      const after = play(asked, [who, action, input, MONDAY + HOUR]);
      expect([action, after.ask, clock(after, 'ask').stoppedAt]).toEqual([action, null, MONDAY + HOUR]);
    }
  });
});

describe('giving a case back', () => {
  it('is possible until the sign due time, signed or not', () => {
    const c = atPolice();
    const due = clock(c, 'sign').dueAt;
    expect(due).toBe(at('2026-07-06T14:00:00'));
    const signed = play(c, ['pia', 'sign']);
    expect(play(signed, ['pit', 'transferBack', why, due])).toMatchObject({
      state: 'accepted',
      transferred: true,
    });
    expect(code(signed, 'pia', 'transferBack', why, due + 1)).toBe('transferLate');
  });

  it('is possible once for a unit and three times for a case', () => {
    let c = play(
      atPolice(),
      ['pia', 'transferBack', why],
      ['dora', 'dispatch', { leadUnitId: 'police', coUnitIds: [] }],
    );
    expect(code(c, 'pia', 'transferBack', why)).toBe('transferTwice');
    c = play(
      c,
      ['dora', 'recall', why],
      ['dora', 'dispatch', { leadUnitId: 'works', coUnitIds: [] }],
      ['walt', 'transferBack', why],
    );
    c = play(c, ['dora', 'dispatch', { leadUnitId: 'parks', coUnitIds: [] }], ['paul', 'transferBack', why]);
    expect(code(c, 'dora', 'dispatch', { leadUnitId: 'water', coUnitIds: [] })).toBe('rulingNote');
    c = play(c, ['dora', 'dispatch', { leadUnitId: 'water', coUnitIds: [], note: '由水务办理' }]);
    expect([c.leadFixed, code(c, 'both', 'transferBack', why)]).toEqual([true, 'transferLimit']);
  });

  it('is not possible in a rework', () => {
    expect(code(round(atPolice()), 'pia', 'transferBack', why)).toBe('transferRework');
  });

  it('by a co-handler ends its own part only', () => {
    const c = play(atPolice(['works']), ['walt', 'transferBack', why]);
    expect([c.state, c.transferred, c.assignments.map((a) => a.state)]).toEqual([
      'dispatched',
      false,
      ['unsigned', 'returned'],
    ]);
    for (const action of ['sign', 'comment', 'opinion'] as const) {
      expect(code(c, 'walt', action, { text: '意见' })).toBe('notYours');
    }
  });
});

describe('stars', () => {
  it('of two or fewer send it back twice, then to the inspector', () => {
    const second = round(round(atPolice()));
    expect([second.state, second.round, second.reworks]).toEqual(['dispatched', 3, 2]);
    const third = round(second);
    expect([third.state, clock(third, 'ruling').dueAt]).toEqual(['disputed', at('2026-07-09T17:00:00')]);
  });

  it('lead to a ruling, one more dispatch once, then upholding only', () => {
    const disputed = round(round(round(atPolice())));
    expect(play(disputed, ['ivy', 'conclude', { ruling: 'uphold', text: '看过了' }])).toMatchObject({
      state: 'closed',
      outcome: 'upheld',
    });
    const again = play(disputed, ['ivan', 'conclude', { ruling: 'dispatchAgain', text: '再办一次' }]);
    expect([again.state, code(again, 'dora', 'sendBack', why)]).toEqual(['accepted', 'ruledCase']);
    const last = round(play(again, ['dora', 'dispatch', { leadUnitId: 'police', coUnitIds: [] }]));
    expect([last.state, last.round]).toEqual(['disputed', 4]);
    expect(code(last, 'ivy', 'conclude', { ruling: 'dispatchAgain', text: '再办' })).toBe('ruledOnce');
  });

  it('of several authors settle with the last, the lowest decides', () => {
    const waiting = play(joinedByBea(atPolice()), ['pia', 'reply', solved], ['ann', 'rate', { stars: 5 }]);
    expect([waiting.state, code(waiting, 'ann', 'rate', { stars: 1, text: '改主意' })]).toEqual([
      'replied',
      'ratedAlready',
    ]);
    expect(play(waiting, ['bea', 'rate', { stars: 4 }])).toMatchObject({ state: 'closed', outcome: 'rated' });
    expect(play(waiting, ['bea', 'rate', low])).toMatchObject({ state: 'dispatched', round: 2 });
  });

  it('are not waited for from one who left office', () => {
    const c = play(joinedByBea(atPolice()), ['pia', 'reply', solved]);
    expect(act(c, 'ann', 'rate', { stars: 5 }, MONDAY, { left: ['bea'] }).next.state).toBe('closed');
  });

  it('that nobody gives close the case unrated at the end of seven days', () => {
    const c = replied();
    const end = at('2026-07-14T00:00:00');
    expect(clock(c, 'rate').dueAt).toBe(end);
    expect(code(c, 'timer', 'settle', {}, end - 1)).toBe('settleEarly');
    expect(play(c, ['timer', 'settle', {}, end])).toMatchObject({ state: 'closed', outcome: 'unrated' });
  });

  it('bring a rework to the units that answered, not to one taken off before', () => {
    const c = play(atPolice(['works', 'parks']), ['dora', 'changeCoHandlers', { coUnitIds: ['parks'] }]);
    const rework = round(c);
    expect(rework.assignments.filter((a) => a.round === 2).map((a) => [a.unitId, a.part])).toEqual([
      ['police', 'lead'],
      ['parks', 'co'],
    ]);
  });
});
