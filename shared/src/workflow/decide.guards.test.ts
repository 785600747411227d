import { describe, expect, it } from 'vitest';
import { availableActions } from './decide.ts';
import { act, at, CONTENT, DAY, HOUR, joinedByBea, MONDAY, PEOPLE, worldAt } from './testing/people.ts';
import { atPolice, clock, code, filed, play, replied, why } from './testing/story.ts';

describe('what stands in the way', () => {
  it('keeps an author who is also a reviewer and a handler from their own case', () => {
    const c = joinedByBea(filed());
    expect(code(c, 'bea', 'accept')).toBe('recused');
    expect(code(filed(), 'bea', 'accept')).toBeNull();
    expect(code(joinedByBea(atPolice()), 'bea', 'sign')).toBe('recused');
    expect(availableActions(c, PEOPLE.bea, worldAt(MONDAY))).toEqual(['supplement', 'urge', 'leave']);
  });

  it('refuses an exclusive act on what was seen before another exclusive act, a supplement or an answer', () => {
    const c = play(filed(), ['rex', 'comment', { text: '先看看' }]);
    expect(code(c, 'rex', 'accept', {}, MONDAY, 1)).toBeNull();
    const more = play(c, ['ann', 'supplement', { text: '还有一处' }]);
    expect(code(more, 'rex', 'accept', {}, MONDAY, 2)).toBe('changedSince');
    expect(code(more, 'rex', 'accept', {}, MONDAY, 3)).toBeNull();
    const corrected = play(more, ['rex', 'correct', { categoryId: 'education' }]);
    expect(code(corrected, 'rex', 'decline', why, MONDAY, 3)).toBe('changedSince');
    expect(code(corrected, 'rex', 'comment', { text: '旧页面' }, MONDAY, 1)).toBeNull();
  });

  it('never withdraws or declines what was once dispatched', () => {
    const back = play(atPolice(), ['dora', 'recall', why]);
    expect(code(back, 'ann', 'withdraw')).toBe('onceDispatched');
    const again = play(back, ['dora', 'sendBack', why]);
    expect(code(again, 'rex', 'decline', why)).toBe('onceDispatched');
    expect(code(again, 'rex', 'return', why)).toBeNull();
  });

  it('does not let one author withdraw what has another', () => {
    expect(code(joinedByBea(filed()), 'ann', 'withdraw')).toBe('otherAuthors');
  });

  it('takes one urge a working day from the authors, any number from the inspector, none during a pause', () => {
    const friday = at('2026-07-10T09:00:00');
    const c = play(joinedByBea(filed()), ['ann', 'urge', {}, friday]);
    expect(code(c, 'bea', 'urge', {}, friday + HOUR)).toBe('urgedToday');
    expect(code(c, 'ivy', 'urge', {}, friday + HOUR)).toBeNull();
    expect(code(c, 'lea', 'urge')).toBe('notYours');
    const saturday = play(c, ['ann', 'urge', {}, friday + DAY]);
    expect(code(saturday, 'ann', 'urge', {}, friday + 3 * DAY)).toBe('urgedToday');
    expect(code(saturday, 'ann', 'urge', {}, friday + 4 * DAY)).toBeNull();
    expect(code(play(atPolice(), ['pia', 'ask', { question: '哪里？' }]), 'ann', 'urge')).toBe('paused');
  });

  it('dispatches to departments of the area and below only, and never to one unit twice', () => {
    const c = play(filed(), ['rex', 'accept']);
    const to = (leadUnitId: string, coUnitIds: string[] = []): string | null =>
      code(c, 'dora', 'dispatch', { leadUnitId, coUnitIds });
    expect([
      to('school'),
      to('far'),
      to('committee'),
      to('nowhere'),
      to('police', ['police']),
      to('police', ['far']),
    ]).toEqual([null, 'unitOutside', 'unitUnknown', 'unitUnknown', 'leadIsCo', 'unitOutside']);
  });
});

describe('timers', () => {
  it('tell of an overdue clock once, and remind once, in their time', () => {
    const c = filed();
    const { dueAt } = clock(c, 'review');
    expect(code(c, 'timer', 'overdue', { clockId: 'review#1' }, dueAt - 1)).toBe('clockEarly');
    expect(code(c, 'timer', 'remind', { clockId: 'review#1', step: 'amber' })).toBe('clockEarly');
    const reminded = play(c, ['timer', 'remind', { clockId: 'review#1', step: 'amber' }, dueAt - HOUR]);
    expect(code(reminded, 'timer', 'remind', { clockId: 'review#1', step: 'amber' })).toBe('clockGone');
    const overdue = play(reminded, ['timer', 'overdue', { clockId: 'review#1' }, dueAt]);
    expect([overdue.state, code(overdue, 'timer', 'overdue', { clockId: 'review#1' })]).toEqual([
      'submitted',
      'clockGone',
    ]);
  });

  it('withdraw a returned report after thirty days of silence, and never one that came back in time', () => {
    const returned = play(filed(), ['rex', 'return', why]);
    const end = clock(returned, 'supplement').dueAt;
    expect(end).toBe(at('2026-08-06T00:00:00'));
    expect(code(returned, 'timer', 'withdraw', {}, end - 1)).toBe('clockEarly');
    expect(play(returned, ['timer', 'withdraw', {}, end]).state).toBe('withdrawn');
    const again = play(returned, ['ann', 'submit', CONTENT, end - 1]);
    expect(code(again, 'timer', 'withdraw', {}, end)).not.toBeNull();
  });

  it('do not end a question, a rating or the wait for stars as overdue', () => {
    const end = clock(replied(), 'rate').dueAt;
    expect(code(replied(), 'timer', 'overdue', { clockId: 'rate#1' }, end)).not.toBeNull();
    const asked = play(atPolice(), ['pia', 'ask', { question: '哪里？' }]);
    expect(code(asked, 'timer', 'overdue', { clockId: 'ask#1' }, end)).toBe('clockGone');
    expect(code(asked, 'timer', 'overdue', { clockId: 'reply#1' }, end)).toBe('paused');
  });

  it('date an event at the last one when the clock of their machine is behind', () => {
    const c = play(filed(), ['rex', 'accept', {}, MONDAY + HOUR]);
    expect(act(c, 'dora', 'sendBack', why, MONDAY).events[0]?.at).toBe(MONDAY + HOUR);
  });
});
